"""A query made once is asked with other values each time."""

from __future__ import annotations

from typing import Any

from articles.models import Segment
from articles.models.prepared import Prepared
from tests.factories import make_article


def test_the_query_is_made_once_and_asked_with_other_values(db: Any, django_assert_num_queries: Any) -> None:
    made = []

    def build(article: int, last: int) -> Any:
        made.append(article)
        return Segment.objects.filter(article=article, position__lte=last).values_list("position").order_by("position")

    query = Prepared(build)
    one, two = make_article(), make_article(title="The council")
    with django_assert_num_queries(3):
        assert query.rows(article=one.pk, last=1) == [(1,)]
        assert query.rows(last=2, article=two.pk) == [(1,), (2,)]
        assert query.rows(article=0, last=9) == []
    assert len(made) == 1
