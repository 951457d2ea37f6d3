"""Due dates and hours in words."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.html import strip_tags

from articles.models.due import Due
from articles.templatetags.assignments import due_date, due_words, is_late

FIRST = Due(date(2026, 12, 1))
NOW = datetime(2027, 3, 9, 12, 0, 30)  # noqa: DTZ001 - in the zone of the site
NINE, SIX, HALF_PAST = time(9), time(18), time(18, 30)


def test_french_counts_the_first_day_of_a_month_as_the_first() -> None:
    with translation.override("fr"):
        assert due_date(FIRST) == "1er décembre 2026"
        assert due_date(Due(date(2026, 12, 11))) == "11 décembre 2026"
        assert due_words(Due(date(2020, 1, 1))) == "en retard depuis le 1er janvier 2020"
    assert due_date(FIRST) == "1 December 2026"


@pytest.mark.parametrize(
    ("due", "english", "french", "late"),
    [
        (Due(date(2027, 3, 9)), "due today", "à rendre aujourd’hui", False),
        (Due(date(2027, 3, 9), SIX), "due today at 18:00", "à rendre aujourd’hui à 18 h", False),
        (Due(date(2027, 3, 9), time(12, 0)), "overdue since 12:00", "en retard depuis 12 h", True),
        (Due(date(2027, 3, 9), NINE), "overdue since 09:00", "en retard depuis 9 h", True),
        (
            Due(date(2027, 3, 9), time(12, 1)),
            "due today at 12:01",
            "à rendre aujourd’hui à 12 h 01",
            False,
        ),
        (
            Due(date(2027, 3, 10), HALF_PAST),
            "due tomorrow at 18:30",
            "à rendre demain à 18 h 30",
            False,
        ),
        (
            Due(date(2027, 4, 1), NINE),
            "due 1 April 2027 at 09:00",
            "à rendre le 1er avril 2027 à 9 h",
            False,
        ),
        (
            Due(date(2027, 3, 8), SIX),
            "overdue since 8 March 2027 at 18:00",
            "en retard depuis le 8 mars 2027 à 18 h",
            True,
        ),
    ],
)
def test_an_hour_is_said_and_counts(due: Due, english: str, french: str, late: bool) -> None:
    with time_machine.travel(timezone.make_aware(NOW), tick=False):
        assert strip_tags(due_words(due)).replace("\xa0", " ") == english
        with translation.override("fr"):
            assert strip_tags(due_words(due)).replace("\xa0", " ") == french
        assert is_late(due) == late


def test_an_hour_is_that_of_the_site_and_says_so_to_the_browser() -> None:
    due = Due(date(2027, 7, 1), SIX)
    with timezone.override(ZoneInfo("Europe/Paris")):
        rendered = due_date(due)
    assert 'datetime="2027-07-01T18:00:00+02:00" data-zone="CEST">18:00</time>' in rendered


def test_a_day_without_an_hour_comes_after_its_hours() -> None:
    day, next_day = date(2027, 3, 9), date(2027, 3, 10)
    dues = [Due(next_day, time(0)), Due(day), Due(day, SIX), Due(day, NINE)]
    dues.sort(key=lambda due: due.order)
    named = ["2027-03-09T09:00", "2027-03-09T18:00", "2027-03-09", "2027-03-10T00:00"]
    assert [str(due) for due in dues] == named
