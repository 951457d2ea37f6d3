"""Where flags of a file go whose article was realigned since, and what that does to its segments."""

from __future__ import annotations

import pytest

from articles.models import Flag, Segment
from articles.records.annotations import _segment_at, add_flags
from articles.records.people import People
from tests.factories import make_article, make_flag


def test_a_flag_goes_to_the_segment_that_has_its_beginning_now():
    def segment(source: tuple[int, int], target: tuple[int, int]) -> Segment:
        return Segment(
            source_start=source[0],
            source_end=source[1],
            target_start=target[0],
            target_end=target[1],
        )

    segments = [segment((0, 10), (0, 12)), segment((10, 10), (12, 20)), segment((10, 30), (20, 44))]
    for old, number in (
        (segment((4, 10), (0, 12)), 0),
        (segment((12, 20), (20, 30)), 2),
        (segment((40, 40), (14, 20)), 1),
        (segment((40, 50), (60, 70)), 2),
    ):
        assert _segment_at(segments, old) is segments[number]


@pytest.mark.django_db
def test_flags_that_come_in_reopen_a_segment_unless_it_waits(rosa, ruth):
    article, brought = make_article(), make_article()
    for segment in brought.segments.all():
        make_flag(segment, by=ruth, comment="Tone.")
    make_flag(brought.segments.first(), by=ruth, comment="Settled.", status=Flag.Status.CLOSED)
    first, second = article.segments.order_by("position")
    Segment.objects.filter(pk=first.pk).update(status=Segment.Status.WAITING)
    Segment.objects.filter(pk=second.pk).update(status=Segment.Status.DONE)
    people = People(rosa, "ratings.csv", team=article.team)
    assert add_flags(article, brought, people) == 3
    statuses = list(article.segments.order_by("position").values_list("status", flat=True))
    assert statuses == [Segment.Status.WAITING, Segment.Status.FLAGGED]
    [event] = article.events.filter(act="annotated")
    assert (event.actor, event.details["flags_added"]) == (rosa, 3)
