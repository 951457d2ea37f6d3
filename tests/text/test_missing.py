"""Which words are missing, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from articles.text import missing
from articles.text.missing import missing_words, stretches
from articles.text.pair_facts import between, explained, lead
from articles.text.tokens import tokens
from articles.text.word_aligner import align_words
from articles.text.word_encoder import load_word_encoder
from articles.text.word_facts import frequency, side, signs


def likeliest(source: str, target: str) -> tuple[str, float]:
    """The likeliest missing words and their probability."""
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    left, right = tokens(source), tokens(target)
    found = missing_words(align_words(source, left, target, right), left, right, ("en", "fr"))
    if not found:
        return "", 0.0
    first = found[0]
    assert [each.probability for each in found] == sorted((each.probability for each in found), reverse=True)
    return source[left[first.first].start : left[first.end - 1].end], first.probability


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("The mayor opened the new bridge on Friday.", "Le maire a inauguré vendredi.", "the new bridge"),
        ("He sold his house and moved to the coast.", "Il a vendu sa maison.", "and moved to the coast"),
        (
            "Nurses and teachers from Lyon marched in silence.",
            "Ont défilé en silence.",
            "Nurses and teachers from Lyon",
        ),
    ],
)
def test_the_missing_words_are_named(source: str, target: str, words: str) -> None:
    found, probability = likeliest(source, target)
    assert words in found
    assert len(found) <= len(words) + 4  # a preposition beside it may come along
    assert probability > 0.5


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The mayor opened the new bridge on Friday.", "Le maire a inauguré le nouveau pont vendredi."),
        ("He sold his house and moved to the coast.", "Il a vendu sa maison et s’est installé sur la côte."),
        ("Nurses marched in silence.", "Les infirmières ont défilé en silence."),
        ("Yes.", "Oui."),
    ],
)
def test_a_whole_translation_misses_nothing(source: str, target: str) -> None:
    assert likeliest(source, target)[1] < 0.5


def test_nothing_is_said_of_an_empty_side() -> None:
    assert likeliest("", "Oui.") == ("", 0.0)
    assert likeliest("Yes.", "") == ("", 0.0)


def test_stretches_are_the_runs_with_the_highest_sums() -> None:
    found = stretches(np.array([-9, 2, 1, -1, 2, -9, 1], dtype=np.float32), np.ones(7, dtype=np.float32))
    assert found[0] == (4, 1, 5)
    assert found[1] == (1, 6, 7)


def test_no_stretch_where_every_word_is_surely_there() -> None:
    assert stretches(np.full(4, -9, dtype=np.float32), np.ones(4, dtype=np.float32)) == []


def test_shares_sum_to_at_most_one_and_chance_takes_the_rest() -> None:
    shares = explained(np.array([[0.9, 0.0], [0.8, -0.5]], dtype=np.float32))
    assert (shares.of_target.sum(axis=0) <= 1).all()
    assert shares.target_unexplained[1] > 0.9 > shares.target_unexplained[0]
    assert shares.source_unexplained.max() < 0.1


def test_the_lead_is_what_a_word_is_ahead_of_its_rivals() -> None:
    assert np.allclose(lead(np.array([[0.9, 0.2], [0.4, 0.1]], dtype=np.float32)), [0.5, -0.1])
    assert np.allclose(lead(np.array([[0.9, 0.2]], dtype=np.float32)), [0.9])


def test_sums_between_two_places_leave_both_out() -> None:
    amounts = np.array([1, 2, 4, 8], dtype=np.float32)
    assert between(amounts, np.array([-1, 0, 2]), np.array([4, 3, 1])).tolist() == [15, 6, 0]


def test_a_language_without_a_list_of_frequencies_goes_by_length() -> None:
    assert frequency("a", "xx") > frequency("antidisestablishment", "xx")
    assert frequency("the", "en") > 7


def test_facts_of_words_and_of_signs() -> None:
    facts = side(tokens("He said “Anna has 3 cats”."), "en")
    assert facts.quoted.tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 1]
    assert facts.capital.sum() == 2
    assert facts.digit.sum() == 1
    assert side([], "en").length == 0
    assert signs(tokens("“We won.”"), tokens("nous avons gagné.")) == (1, 2)
    assert signs([], tokens("oui")) == (0, 0)


def test_where_every_word_is_there_no_stretch_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing, "stretches", lambda _logits, _is_word: [])
    assert likeliest("Nurses marched in silence.", "Les infirmières ont défilé en silence.") == ("", 0.0)
