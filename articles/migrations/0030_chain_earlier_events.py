"""Chain the history that is there: its digests say what it says now, not what it said once."""

from itertools import groupby

from django.db import migrations

from articles.models.chain import event_digest, make_pseudonym, names_in


def chain_events(apps, _schema_editor):
    """Set the digests of all events of articles that are stored in full, in their order."""
    Event = apps.get_model("articles", "Event")
    Article = apps.get_model("articles", "Article")
    pseudonyms = _pseudonyms(apps)
    importing = Article.objects.filter(ready=False, earlier_of=None).values("pk")
    events = Event.objects.exclude(article__in=importing).order_by("article", "id")
    for _article, group in groupby(events.iterator(chunk_size=500), lambda row: row.article_id):
        previous = ""
        for event in group:
            event.previous = previous
            event.digest = previous = event_digest(previous, event, pseudonyms)
            Event.objects.filter(pk=event.pk).update(previous=event.previous, digest=event.digest)


def _pseudonyms(apps):
    """Store a pseudonym for each name in history, and return them all."""
    Event = apps.get_model("articles", "Event")
    PersonName = apps.get_model("articles", "PersonName")
    names = set()
    for details in Event.objects.order_by().values_list("details", flat=True).iterator():
        names |= names_in(details)
    pseudonyms = {name: make_pseudonym() for name in sorted(names)}
    rows = [PersonName(name=name, pseudonym=made) for name, made in pseudonyms.items()]
    PersonName.objects.bulk_create(rows)
    return pseudonyms


class Migration(migrations.Migration):

    dependencies = [("articles", "0029_chain_history")]

    operations = [migrations.RunPython(chain_events, migrations.RunPython.noop)]
