"""Articles that were checked before keep that: their state comes from the runs on record.

A run spoke of the machine's text. Segments where a correction is in force count as not checked,
and articles without a run as never checked.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EARLIER = "before 0.2"
"""What the segments of an earlier run have in the place of a digest; no digest equals it."""


def forwards(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    runs = apps.get_model("articles", "CheckRun").objects
    segments = apps.get_model("articles", "Segment").objects
    for run in runs.all():
        own = segments.filter(article_id=run.article_id)
        own.exclude(corrections__status="approved").update(checked=EARLIER)
        run.status = "done"
        run.total = own.count()
        run.done = own.exclude(checked="").count()
        run.save()


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_follow_the_text_in_force")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
