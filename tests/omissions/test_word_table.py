"""Vectors of frequent words from a table, those of the sentence encoder but for rounding."""

import numpy as np
import pytest

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.word_aligner import isolated_vectors
from articles.omissions.word_table import known_vector, load_table


def test_the_table_has_frequent_words_of_four_languages_as_they_are_written() -> None:
    for word in ("hospital", "hôpital", "Krankheit", "casa", "The", "the", "l’"):
        assert word in load_table().rows
    assert known_vector("Zwicklhofer") is None


def test_its_vectors_are_those_of_the_sentence_encoder() -> None:
    encoder = load_encoder()
    if encoder is None:
        pytest.skip("the sentence encoder is not installed")
    for word in ("hospital", "maire", "yesterday"):
        known = known_vector(word)
        assert known is not None
        exact = encoder.sentences([word])[0]
        assert known @ exact / np.linalg.norm(known) / np.linalg.norm(exact) > 0.95
    found = isolated_vectors(["hospital", "Zwicklhofer"], ["hospital"])
    assert found is not None
    assert np.array_equal(found[0][0], found[1][0])
    assert np.array_equal(found[0][1], encoder.sentences(["Zwicklhofer"])[0])
