"""The upgrade marks the decisions and the history that files brought before claims were kept."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps

from articles.models import Correction, Event
from tests.factories import make_article, make_correction


def old_event(act, *, segment=None, article=None, **values):
    """An event as it was stored before history was chained: it has no digest."""
    article = article or segment.article
    return Event.everything.create(act=act, segment=segment, article=article, **values)


def test_what_is_older_than_the_import_is_marked_and_stays_in_force(db, rosa, edith):
    article = make_article()
    first, second = article.segments.order_by("position")
    by_file = make_correction(first, by=rosa, status="approved", decided_by=edith)
    old_event("approved", segment=first, actor=edith, details={"correction": by_file.pk})
    brought = old_event("imported", article=article, actor=rosa)
    here = make_correction(second, by=rosa, status="approved", decided_by=edith)
    Correction.objects.filter(pk=here.pk).update(decided_at=brought.at + timedelta(minutes=1))
    old_event("approved", segment=second, actor=edith, details={"correction": here.pk})
    upgrade = import_module("articles.migrations.0015_mark_claims")
    upgrade.mark_what_came_by_file(apps, None)
    assert list(Event.objects.order_by("id").values_list("foreign", flat=True)) == [
        True,
        False,
        False,
    ]
    by_file.refresh_from_db()
    here.refresh_from_db()
    assert (by_file.status, by_file.claim, by_file.claimed_by) == ("approved", "approved", "edith")
    assert by_file.decided_at == by_file.claimed_at
    assert here.claim == ""
