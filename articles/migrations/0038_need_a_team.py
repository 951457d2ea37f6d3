"""Every article and every import has a team."""

import django.db.models.deletion
from django.db import migrations, models


def _team(related_name):
    return models.ForeignKey(
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="articles.team",
        verbose_name="team",
    )


class Migration(migrations.Migration):

    dependencies = [("articles", "0037_put_everybody_into_one_team")]

    operations = [
        migrations.AlterField("article", "team", _team("articles")),
        migrations.AlterField("import", "team", _team("imports")),
    ]
