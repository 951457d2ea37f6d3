"""Let an assignment be due at an hour of its day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0044_reword_swapped_names")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="due_time",
            field=models.TimeField(blank=True, null=True, verbose_name="time"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_time", None), ("due__isnull", False), _connector="OR"),
                name="assignment_time_has_a_day",
                violation_error_message="A time needs a date.",
            ),
        ),
    ]
