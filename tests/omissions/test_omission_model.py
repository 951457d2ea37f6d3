"""What the joint reader says of a sentence and its translation."""

from __future__ import annotations

import numpy as np
import pytest

from articles.omissions import omission_model
from articles.omissions.features import side
from articles.omissions.omission_model import Reading, read
from articles.omissions.word_aligner import align_words
from articles.omissions.word_encoder import load_word_encoder
from articles.omissions.word_similarity import UNASKED
from articles.text.tokens import tokens

SOURCE = "The minister arrived in Rome on Tuesday with a dozen advisers."
WHOLE = "Le ministre est arrivé à Rome mardi avec une douzaine de conseillers."
SPOILT = "Le ministre est arrivé à Rome mardi."


def reading(source: str, target: str, languages: tuple[str, str] = ("en", "fr")) -> Reading:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    left, right = tokens(source), tokens(target)
    links = align_words(source, left, target, right)
    assert links.rows is not None
    return read(links.rows, links.likeness, side(left, languages[0]), side(right, languages[1]))


def test_the_words_that_went_are_doubted_and_no_others() -> None:
    found = reading(SOURCE, SPOILT)
    doubted = {
        token.text for token, logit in zip(tokens(SOURCE), found.missing, strict=True) if logit > 0
    }
    assert {"dozen", "advisers"} <= doubted
    assert not doubted & {"minister", "arrived", "Rome", "Tuesday"}
    assert found.missing[-1] == UNASKED
    assert found.spoilt > 0


def test_a_whole_translation_is_left_alone() -> None:
    found = reading(SOURCE, WHOLE)
    assert (found.missing < 0).all()
    assert found.spoilt < 0


def test_it_points_at_the_place_where_words_went() -> None:
    found = reading(SOURCE, SPOILT)
    assert np.exp(found.seam).sum() == pytest.approx(1, abs=1e-4)
    assert tokens(SPOILT)[int(found.seam.argmax())].text == "."


def test_it_reads_the_other_way_round() -> None:
    found = reading(WHOLE, "The minister arrived in Rome on Tuesday.", ("fr", "en"))
    doubted = {
        token.text for token, logit in zip(tokens(WHOLE), found.missing, strict=True) if logit > 0
    }
    assert "conseillers" in doubted
    assert "ministre" not in doubted


def test_it_counts_in_numbers_of_four_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With eight it takes three times as long, and one number of eight among them makes all of them so."""
    layer, told = omission_model._layer, []
    monkeypatch.setattr(
        omission_model, "_layer", lambda *given: told.append(layer(*given)) or told[-1]
    )
    reading(SOURCE, SPOILT)
    assert [each.dtype for each in told] == [np.float32] * 3


def test_one_word_is_enough_to_read() -> None:
    found = reading("Yes", "Oui")
    assert found.missing.shape == (1,)
    assert np.isfinite(found.missing).all()
