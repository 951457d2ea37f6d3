"""Due dates in words."""

from datetime import date

from django.utils import translation

from articles.templatetags.assignments import due_date, due_words


def test_french_counts_the_first_day_of_a_month_as_the_first() -> None:
    with translation.override("fr"):
        assert due_date(date(2026, 12, 1)) == "1er décembre 2026"
        assert due_date(date(2026, 12, 11)) == "11 décembre 2026"
        assert due_words(date(2020, 1, 1)) == "en retard depuis le 1er janvier 2020"
    assert due_date(date(2026, 12, 1)) == "1 December 2026"
