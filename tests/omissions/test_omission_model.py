"""The omission model's scores of a sentence and its translation."""

from __future__ import annotations

import numpy as np
import pytest

from articles.omissions import omission_model
from articles.omissions.features import word_features
from articles.omissions.omission_model import OmissionScores, score_omissions
from articles.omissions.word_aligner import align_words
from articles.omissions.word_encoder import load_word_encoder
from articles.omissions.word_similarity import PUNCTUATION_LOGIT
from articles.text.tokens import tokens

SOURCE = "The minister arrived in Rome on Tuesday with a dozen advisers."
WHOLE = "Le ministre est arrivé à Rome mardi avec une douzaine de conseillers."
SHORTENED = "Le ministre est arrivé à Rome mardi."


def scores(source: str, target: str, languages: tuple[str, str] = ("en", "fr")) -> OmissionScores:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    left, right = tokens(source), tokens(target)
    links = align_words(source, left, target, right)
    assert links.model_rows is not None
    return score_omissions(
        links.model_rows,
        links.learned_similarity,
        word_features(left, languages[0]),
        word_features(right, languages[1]),
    )


def test_the_words_that_went_are_marked_and_no_others() -> None:
    found = scores(SOURCE, SHORTENED)
    marked = {
        token.text for token, logit in zip(tokens(SOURCE), found.omitted, strict=True) if logit > 0
    }
    assert {"dozen", "advisers"} <= marked
    assert not marked & {"minister", "arrived", "Rome", "Tuesday"}
    assert found.omitted[-1] == PUNCTUATION_LOGIT
    assert found.has_omission > 0


def test_a_whole_translation_is_left_alone() -> None:
    found = scores(SOURCE, WHOLE)
    assert (found.omitted < 0).all()
    assert found.has_omission < 0


def test_it_points_at_the_place_where_words_went() -> None:
    found = scores(SOURCE, SHORTENED)
    assert np.exp(found.gap).sum() == pytest.approx(1, abs=1e-4)
    assert tokens(SHORTENED)[int(found.gap.argmax())].text == "."


def test_it_scores_the_other_way_round() -> None:
    found = scores(WHOLE, "The minister arrived in Rome on Tuesday.", ("fr", "en"))
    marked = {
        token.text for token, logit in zip(tokens(WHOLE), found.omitted, strict=True) if logit > 0
    }
    assert "conseillers" in marked
    assert "ministre" not in marked


def test_it_counts_in_numbers_of_four_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With eight it takes three times as long, and one number of eight among them makes all of them so."""
    layer, states = omission_model._layer, []
    monkeypatch.setattr(
        omission_model, "_layer", lambda *given: states.append(layer(*given)) or states[-1]
    )
    scores(SOURCE, SHORTENED)
    assert [each.dtype for each in states] == [np.float32] * 3


def test_one_word_is_enough_to_score() -> None:
    found = scores("Yes", "Oui")
    assert found.omitted.shape == (1,)
    assert np.isfinite(found.omitted).all()
