"""Documents are lossless: what is replaced is replaced, all else stays character for character."""

import pytest

from articles.text.document import Bead, Sentence, Span, bead_spans, extent, with_replacements
from tests.cases import for_each

TEXT = "Un. Deux. Trois."
SENTENCES = [Sentence(0, 3, "Un."), Sentence(4, 9, "Deux."), Sentence(10, 16, "Trois.")]


def test_spans_are_replaced_in_any_order():
    assert with_replacements(TEXT, [(Span(10, 16), "3."), (Span(0, 3), "1.")]) == "1. Deux. 3."


@for_each("spans", [[(0, 5), (4, 9)], [(10, 99)], [(9, 4)]])
def test_overlaps_and_strays_are_refused(spans):
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        with_replacements(TEXT, [(Span(*span), "x") for span in spans])


def test_the_extent_of_nothing_is_none():
    assert extent(SENTENCES, (1, 1)) is None
    assert extent(SENTENCES, (0, 2)) == Span(0, 9)


def test_an_empty_side_stands_where_its_words_would_go():
    beads = [Bead((0, 1), (0, 0), 1.0), Bead((1, 2), (0, 1), 1.0), Bead((2, 3), (1, 1), 1.0)]
    assert [target for _source, target in bead_spans(SENTENCES, SENTENCES, beads)] == [
        (0, 0),
        (0, 3),
        (3, 3),
    ]
