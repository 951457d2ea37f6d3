"""Which words are missing, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from articles.omissions.features import has_lost_capital, word_features, word_frequency
from articles.omissions.omission_spans import best_runs, find_omissions, rough_odds, word_odds
from articles.omissions.word_aligner import align_words, link_words
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each


def likeliest(source: str, target: str) -> tuple[str, float]:
    """The likeliest missing words and their probability."""
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    left, right = tokens(source), tokens(target)
    found = find_omissions(align_words(source, left, target, right), left, right, ("en", "fr")).runs
    if not found:
        return "", 0.0
    first = found[0]
    assert [each.probability for each in found] == sorted(
        (each.probability for each in found), reverse=True
    )
    return source[left[first.first].start : left[first.end - 1].end], first.probability


@for_each(
    ("source", "target", "words"),
    [
        (
            "The mayor opened the new bridge on Friday.",
            "Le maire a inauguré vendredi.",
            "the new bridge",
        ),
        (
            "He sold his house and moved to the coast.",
            "Il a vendu sa maison.",
            "and moved to the coast",
        ),
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


@for_each(
    ("source", "target"),
    [
        (
            "The mayor opened the new bridge on Friday.",
            "Le maire a inauguré le nouveau pont vendredi.",
        ),
        (
            "He sold his house and moved to the coast.",
            "Il a vendu sa maison et s’est installé sur la côte.",
        ),
        ("Nurses marched in silence.", "Les infirmières ont défilé en silence."),
        ("Yes.", "Oui."),
    ],
)
def test_a_whole_translation_misses_nothing(source: str, target: str) -> None:
    assert likeliest(source, target)[1] < 0.5


@for_each(("source", "target"), [("", "Oui."), ("Yes.", ""), ("!", "Oui.")])
def test_nothing_is_said_of_a_side_without_words(source: str, target: str) -> None:
    assert likeliest(source, target) == ("", 0.0)


def test_the_best_runs_are_those_with_the_highest_sums() -> None:
    found = best_runs(
        np.array([-9, 2, 1, -1, 2, -9, 1], dtype=np.float32), np.ones(7, dtype=np.float32)
    )
    assert found[0] == (1, 5)
    assert found[1] == (6, 7)


def test_where_nothing_seems_omitted_a_run_is_a_word_and_never_a_mark() -> None:
    surely = np.array([-9, -9, -2, -9], dtype=np.float32)
    assert best_runs(surely, np.array([1, 1, 0, 1], dtype=np.float32)) == [(0, 1), (1, 2), (3, 4)]


def test_marks_alone_have_no_run() -> None:
    assert best_runs(np.full(2, -9, dtype=np.float32), np.zeros(2, dtype=np.float32)) == []


def test_a_language_without_a_list_of_frequencies_goes_by_length() -> None:
    assert word_frequency("a", "xx") > word_frequency("antidisestablishment", "xx")
    assert word_frequency("the", "en") > 7


def test_features_of_words_and_the_lost_capital() -> None:
    facts = word_features(tokens("He said “Anna has 3 cats”."), "en")
    assert facts.capital.sum() == 2
    assert facts.digit.sum() == 1
    assert word_features([], "en").is_word.size == 0
    assert has_lost_capital(tokens("“We won.”"), tokens("nous avons gagné."))
    assert not has_lost_capital([], tokens("oui"))


def test_a_word_counts_by_what_it_says_in_its_language() -> None:
    cases = (
        ("en", "the", "only"),
        ("en", "only", "rescuers"),
        ("fr", "les", "aujourd’hui"),
        ("de", "und", "nur"),
        ("es", "que", "nunca"),
    )
    for language, less, more in cases:
        features = word_features(tokens(f"{less} {more}"), language)
        odds = word_odds(np.zeros(len(features.is_word), dtype=np.float32), features)
        assert odds[0] < odds[-1], (language, less, more)
    marks = word_features(tokens("!?"), "en")
    assert word_odds(np.full(2, 9.0, dtype=np.float32), marks).tolist() == [0, 0]


def test_the_quick_look_tells_a_shortened_from_a_whole_translation() -> None:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    source = tokens("He sold his house and moved to the coast.")
    found = []
    for text in ("Il a vendu sa maison et s’est installé sur la côte.", "Il a vendu sa maison."):
        target = tokens(text)
        links = align_words("He sold his house and moved to the coast.", source, text, target)
        found.append(rough_odds(links, source, target, ("en", "fr")))
    assert found[0] < 1.5 < found[1]
    assert rough_odds(link_words(np.zeros((0, 3), np.float32)), [], source, ("en", "en")) == 0
