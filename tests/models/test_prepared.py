"""A query made once is asked with other values each time."""

from __future__ import annotations

from typing import Any

from articles.models import Segment
from articles.models.prepared import Prepared
from tests.factories import make_article


def test_the_query_is_made_once_and_asked_with_other_values(
    db: Any, django_assert_num_queries: Any
) -> None:
    made = []

    def build(article: int, last: int) -> Any:
        made.append(article)
        return (
            Segment.objects.filter(article=article, position__lte=last)
            .values_list("position")
            .order_by("position")
        )

    query = Prepared(build)
    one, two = make_article(), make_article(title="The council")
    with django_assert_num_queries(3):
        assert query(article=one.pk, last=1) == [(1,)]
        assert query(article=two.pk, last=2) == [(1,), (2,)]
        assert query(article=0, last=9) == []
    assert len(made) == 1


def test_lists_are_filled_up_so_that_few_lengths_are_made(db: Any) -> None:
    made: list[int] = []

    def build(positions: list[int], article: int) -> Any:
        made.append(len(positions))
        return Segment.objects.filter(article=article, position__in=positions).order_by("position")

    query = Prepared(build)
    article = make_article([(f"Sentence {n}.", "") for n in range(1, 9)])
    for wanted in ([3], [1, 2], [2, 4, 6], [1, 2, 3, 4], [1, 2, 3, 4, 5], list(range(1, 9))):
        found = query(positions=wanted, article=article.pk)
        assert [segment.position for segment in found] == wanted
        assert found[0].source_text == f"Sentence {wanted[0]}."
    assert made == [1, 2, 4, 8]


def test_objects_bring_along_what_was_selected_with_them(
    db: Any, django_assert_num_queries: Any
) -> None:
    query = Prepared(lambda pk: Segment.objects.with_article().filter(pk=pk))
    segment = make_article().segments.get(position=2)
    query(pk=0)
    with django_assert_num_queries(1):
        (found,) = query(pk=segment.pk)
        assert (found, found.article.title, found.article.source.language) == (
            segment,
            "The mayor",
            "en",
        )
    assert "text" in found.article.source.get_deferred_fields()


def test_nothing_has_a_number_larger_than_any(db: Any) -> None:
    assert Prepared(lambda pk: Segment.objects.filter(pk=pk))(pk=10**30) == []
