"""Remedies: offered only where they remove their finding and bring no other."""

from collections.abc import Iterator

import pytest

from articles.checks import CHECKS, Finding, Pair, apply_remedy, check, run_checks
from articles.text.document import Span


def test_a_remedy_replaces_its_words():
    remedy = ((Span(0, 3), "J’"), (Span(10, 15), "fin"))
    assert apply_remedy("Je arrive début mai", remedy) == "J’arrive fin mai"


def test_a_finding_carries_the_right_form():
    target = "Je crois que il vient."
    found = run_checks(Pair("I think he is coming.", target), only=["french-elision"])
    assert [apply_remedy(target, each.remedy) for each in found] == ["Je crois qu’il vient."]


@pytest.fixture
def propose() -> Iterator[list[tuple[Span, str]]]:
    """Yield the list of what a check proposes that marks "bad"; the test fills it."""
    proposed: list[tuple[Span, str]] = []

    @check(id="bad-word", type="Grammar", severity="minor", title="", help="")
    def find_bad(pair, article):
        at = pair.target.find("bad")
        if at >= 0:
            span = Span(at, at + 3)
            yield Finding(
                "bad-word",
                "Grammar",
                "minor",
                0.9,
                "bad",
                target_spans=(span,),
                remedy=tuple(proposed),
            )
        if "worse" in pair.target:
            yield Finding("bad-word", "Grammar", "minor", 0.3, "worse")

    yield proposed
    del CHECKS["bad-word"]


@pytest.mark.parametrize(
    ("place", "words", "is_offered"),
    [
        (Span(2, 5), "good", True),
        (Span(2, 5), "too bad", False),
        (Span(2, 5), "worse", False),
        (Span(0, 5), "good", False),
    ],
    ids=["helps", "keeps the finding", "brings another", "changes more than its place"],
)
def test_a_remedy_is_offered_only_where_it_helps(propose, place, words, is_offered):
    propose.append((place, words))
    found = run_checks(Pair("A good end", "A bad end"), only=["bad-word"])
    assert [bool(each.remedy) for each in found] == [is_offered]
