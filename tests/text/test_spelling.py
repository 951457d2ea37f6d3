"""Texts that look the same compare equal, and each place is found again in the text as it was written."""

import unicodedata

from articles.checks.registry import Pair, run_checks
from articles.text.document import Span
from articles.text.spelling import compose, compose_with_places

FRENCH = "Personne n’a été blessé à Pen\u200bhaven, où la dig\u00adue a cédé."
PLAIN = "Personne n’a été blessé à Penhaven, où la digue a cédé."


def test_spellings_of_one_text_are_one_and_places_lead_back():
    decomposed = unicodedata.normalize("NFD", FRENCH)
    for written in (FRENCH, decomposed):
        composed = compose_with_places(written)
        assert composed.text == PLAIN
        for word in ("été", "Penhaven", "cédé."):
            start = PLAIN.index(word)
            span = composed.original(Span(start, start + len(word)))
            assert compose(span.of(written)) == word
    assert compose("\u0301") == "\u0301"
    assert compose("") == ""


def test_a_check_finds_the_same_in_both_spellings_and_marks_the_words_as_written():
    source = "The three injured sailors were treated at the scene on Monday."
    target = "Les trois marins blessés blessés ont été soignés sur place mercredi."
    decomposed = unicodedata.normalize("NFD", target)
    plain = run_checks(Pair(source, target))
    other = run_checks(Pair(source, decomposed))
    assert plain
    assert [each.check for each in other] == [each.check for each in plain]
    for one, two in zip(plain, other, strict=True):
        marked = [span.of(target) for span in one.target_spans]
        assert [compose(span.of(decomposed)) for span in two.target_spans] == marked
