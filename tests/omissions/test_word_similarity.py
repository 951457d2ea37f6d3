"""The learned similarity of words, and which words have no counterpart."""

from __future__ import annotations

import numpy as np
import pytest

from articles.omissions.features import word_features
from articles.omissions.word_aligner import align_words
from articles.omissions.word_encoder import load_word_encoder
from articles.omissions.word_similarity import (
    PUNCTUATION_LOGIT,
    combine_vectors,
    embed_words,
    match_features,
    normalize_layers,
)
from articles.text.tokens import tokens

ALIKE = np.array([[0.9, 0.1, 0.0], [0.0, 0.1, 0.1], [0.1, 0.1, 0.9]], dtype=np.float32)


def test_a_word_that_nothing_is_like_is_doubted_most() -> None:
    found = match_features(
        ALIKE,
        word_features(tokens("cats often sleep"), "en"),
        word_features(tokens("chats qui dorment"), "fr"),
    )
    assert found.logit.argmax() == 1
    assert found.best.argmin() == 1
    assert found.covered[1] < 0.5 < found.covered[0]
    assert found.mutual[1] < 0.5 < found.mutual[2]


def test_marks_are_not_asked_about_and_explain_nothing() -> None:
    found = match_features(
        ALIKE,
        word_features(tokens("cats sleep !"), "en"),
        word_features(tokens("! chats dorment"), "fr"),
    )
    assert found.logit[2] == PUNCTUATION_LOGIT
    assert found.nearest.tolist() == pytest.approx([0.1, 0.1, 0.9])
    assert found.covers[2] == pytest.approx(0)
    assert (found.best >= -1).all()


def test_words_are_as_long_as_each_other_and_a_layer_has_no_mean() -> None:
    vectors = np.random.default_rng(1).normal(size=(5, 1536)).astype(np.float32)
    assert np.allclose(
        np.linalg.norm(embed_words(combine_vectors(vectors, None)), axis=1), 1, atol=1e-3
    )
    alone = np.ones((5, 512), dtype=np.float32)
    assert not np.allclose(
        embed_words(combine_vectors(vectors, None)), embed_words(combine_vectors(vectors, alone))
    )
    assert np.allclose(
        np.linalg.norm(normalize_layers(vectors).reshape(5, 4, 384), axis=2), 1, atol=1e-3
    )


def test_translations_are_more_alike_than_other_words() -> None:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    source, target = (
        "The nurses left the old hospital.",
        "Les infirmières ont quitté le vieil hôpital.",
    )
    left, right = tokens(source), tokens(target)
    links = align_words(source, left, target, right)
    best = {
        left[i].text: right[j].text for i, j in enumerate(links.learned_similarity.argmax(axis=1))
    }
    assert best["nurses"] == "infirmières"
    assert best["left"] == "quitté"
    assert best["hospital"] == "hôpital"
    assert np.array_equal(links.swapped.learned_similarity, links.learned_similarity.T)
