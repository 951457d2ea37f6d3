"""Mark the history and the decisions that files brought before claims were kept.

History that a file brought was stored before the event of its import, so that its events have
lower numbers; a correction that a file brought as decided was decided before that event's time.
Such decisions stay in force: nothing is taken away by an upgrade.
"""

from django.conf import settings
from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def mark_what_came_by_file(apps, _schema_editor):
    """Mark history and decisions that are older than the import of their article."""
    Event = apps.get_model("articles", "Event")
    Correction = apps.get_model("articles", "Correction")
    User = apps.get_model(settings.AUTH_USER_MODEL)
    imports = Event.objects.filter(act="imported").order_by("id")
    own = imports.filter(article=OuterRef("article"))
    earlier = Event.objects.filter(id__lt=Subquery(own.values("id")[:1]))
    earlier.update(foreign=True)
    of_segment = imports.filter(article=OuterRef("segment__article"))
    decided = Correction.objects.filter(decided_at__lte=Subquery(of_segment.values("at")[:1]))
    decider = User.objects.filter(pk=OuterRef("decided_by")).values("username")[:1]
    decided.update(claim=F("status"), claimed_at=F("decided_at"), claimed_by=Subquery(decider))


class Migration(migrations.Migration):

    dependencies = [("articles", "0014_keep_claims")]

    operations = [migrations.RunPython(mark_what_came_by_file, migrations.RunPython.noop)]
