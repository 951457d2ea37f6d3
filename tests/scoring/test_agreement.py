"""Agreement: the figures against values worked out by hand, and whose mark finds whose."""

import pytest

from articles.scoring.agreement import (
    DIFFERING,
    FIRST_ONLY,
    SAME,
    SECOND_ONLY,
    Annotation,
    MatchedPair,
    alpha,
    compute_agreement,
    f1,
    kappa,
    marked_characters,
    match_annotations,
)
from articles.text.document import Span
from tests.cases import for_each


def mark(key, segment=1, type="Omission", severity="major", **places):
    return Annotation(key, segment, type, severity, **places)


def keys(first, second):
    return [
        (one and one.key, other and other.key) for one, other in match_annotations(first, second)
    ]


def test_kappa_of_fifty_applications():
    # 20 both yes, 15 both no, 5 and 10 otherwise: observed 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
    first = [True] * 20 + [True] * 5 + [False] * 10 + [False] * 15
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert kappa(first, second) == pytest.approx(0.4)
    assert kappa(second, first) == pytest.approx(0.4)


def test_kappa_at_its_ends():
    assert kappa("abab", "abab") == 1
    assert kappa("ab", "ba") == -1
    assert kappa("aabb", "abab") == 0


@for_each("labels", ["", "aaaa"])
def test_kappa_means_nothing_where_nothing_differs(labels):
    assert kappa(labels, labels) is None


def test_f1_of_three_and_two_marks_with_one_in_common():
    assert f1({1, 2, 3}, {3, 4}) == pytest.approx(2 / 5)
    assert f1({1}, {2}) == 0
    assert f1(set(), set()) is None


def test_alpha_of_three_scores():
    # Observed 1/3; expected, over all pairs of the six values, 82/30.
    assert alpha([1, 2, 3], [1, 2, 4]) == pytest.approx(1 - (1 / 3) / (82 / 30))
    assert alpha([0, 5], [0, 5]) == 1
    assert alpha([0, 5], [5, 0]) == pytest.approx(1 - 25 / (50 / 3))


@for_each("scores", [[], [0, 0, 0]])
def test_alpha_means_nothing_where_nothing_differs(scores):
    assert alpha(scores, scores) is None


def test_letters_are_counted_once_on_each_side():
    marks = [mark(1, source=Span(0, 2), target=Span(1, 2)), mark(2, source=Span(1, 3))]
    assert marked_characters(marks) == {
        (1, "source", 0),
        (1, "source", 1),
        (1, "source", 2),
        (1, "target", 1),
    }
    assert marked_characters([mark(1, caret=4), mark(2)]) == {(1, "caret", 4), (1, "caret", None)}


@for_each(
    ("one", "other", "kind"),
    [
        ({"source": Span(0, 5)}, {"source": Span(4, 9)}, SAME),
        ({"source": Span(0, 5)}, {"source": Span(4, 9), "severity": "minor"}, DIFFERING),
        ({"source": Span(0, 5)}, {"source": Span(4, 9), "type": "Addition"}, DIFFERING),
        ({"caret": 4}, {"caret": 5}, SAME),
        ({"caret": 4}, {"target": Span(5, 9)}, SAME),
        ({"target": Span(5, 9)}, {"caret": 10}, SAME),
        ({}, {}, SAME),
    ],
)
def test_marks_of_one_place_are_a_pair(one, other, kind):
    first, second = mark(1, **one), mark(2, **other)
    assert [pair.kind for pair in match_annotations([first], [second])] == [kind]


@for_each(
    ("one", "other"),
    [
        ({"source": Span(0, 5)}, {"source": Span(5, 9)}),
        ({"source": Span(0, 5)}, {"target": Span(0, 5)}),
        ({"source": Span(0, 5)}, {"source": Span(0, 5), "segment": 2}),
        ({"caret": 4}, {"caret": 6}),
        ({"caret": 4}, {"target": Span(6, 9)}),
        ({"caret": 4}, {"source": Span(3, 9)}),
        ({}, {"source": Span(0, 5)}),
    ],
)
def test_marks_of_two_places_are_not(one, other):
    assert {pair.kind for pair in match_annotations([mark(1, **one)], [mark(2, **other)])} == {
        FIRST_ONLY,
        SECOND_ONLY,
    }


def test_the_same_type_finds_its_like_before_the_larger_overlap():
    first = [mark(1, source=Span(0, 10), type="Addition"), mark(2, source=Span(0, 10))]
    second = [mark(3, source=Span(0, 10)), mark(4, source=Span(9, 11), type="Addition")]
    assert keys(first, second) == [(1, 4), (2, 3)]


def test_nobody_has_two_partners_and_nobody_is_lost():
    first = [mark(1, source=Span(0, 10))]
    second = [mark(2, source=Span(0, 4)), mark(3, source=Span(4, 10)), mark(4, segment=0, caret=7)]
    assert keys(first, second) == [(None, 4), (1, 3), (None, 2)]
    assert sorted(keys(second, first), key=str) == [(2, None), (3, 1), (4, None)]


def test_figures_of_a_short_article():
    first = [mark(1, source=Span(0, 4)), mark(2, segment=2, target=Span(0, 2), severity="minor")]
    second = [mark(3, source=Span(2, 4)), mark(4, segment=3, caret=0)]
    found = compute_agreement([1, 2, 3, 4], first, second)
    assert (found.segments, found.alike) == (4, 2)
    assert found.kappa == 0  # half alike, and half by chance
    assert found.words == pytest.approx(2 * 2 / (6 + 3))
    # Scores 5 1 0 0 and 5 0 5 0: observed (0 + 1 + 25 + 0) / 4; expected 2 · (8 · 76 − 16²) / (8 · 7).
    assert found.alpha == pytest.approx(1 - 6.5 / (704 / 56))
    assert found.kinds == {SAME: 1, DIFFERING: 0, FIRST_ONLY: 1, SECOND_ONLY: 1}
    assert found.as_dict()["kinds"] == found.kinds


def test_a_pair_knows_its_kind_from_either_side():
    assert [MatchedPair(mark(1), None).kind, MatchedPair(None, mark(1)).kind] == [
        FIRST_ONLY,
        SECOND_ONLY,
    ]
