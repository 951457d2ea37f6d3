"""Sentences become vectors; another encoder can be named; without any, a plain sentence is logged."""

import importlib.metadata

import numpy as np
import pytest

from articles.alignment import sentence_encoder
from articles.alignment.sentence_encoder import batches, load_encoder


class Fake:
    """Stands for an encoder of somebody else's."""

    def sentences(self, texts):
        return np.eye(4, dtype=np.float32)[: len(texts)]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.delenv("SENTENCE_ENCODER", raising=False)
    sentence_encoder._load.cache_clear()
    yield
    sentence_encoder._load.cache_clear()


@pytest.mark.slow
def test_a_translation_lies_closer_than_anything_else():
    vectors = load_encoder().sentences(
        ["The bridge is closed.", "Le pont est fermé.", "Il mange une pomme.", ""]
    )
    assert vectors.shape == (4, 512)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.slow
def test_half_of_a_character_is_read_as_a_question_mark():
    vectors = load_encoder().sentences(["It is \ud800 here.", "It is ? here."])
    assert np.allclose(vectors[0], vectors[1])


@pytest.mark.slow
def test_no_texts_no_rows_and_one_load_a_process():
    assert load_encoder().sentences([]).shape == (0, 512)
    assert load_encoder() is load_encoder()


def test_what_occurs_several_times_is_encoded_once():
    encoder = object.__new__(sentence_encoder.OnnxSentenceEncoder)  # no model is loaded
    asked = []

    class Session:
        def run(self, _outputs, inputs):
            (words,) = inputs.values()
            asked.extend(words)
            return [np.arange(len(words) * 512, dtype=np.float32).reshape(-1, 512)]

    encoder._session, encoder._input = Session(), "words"
    long_one = "a" * sentence_encoder.LONGEST_ENCODED
    rows = encoder.sentences(["Oui !", "Non !", "Oui !", long_one, long_one + "b"])
    assert sorted(asked) == ["Non !", "Oui !", long_one]
    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(rows[3], rows[4])
    assert not np.array_equal(rows[0], rows[1])


def test_batches_hold_every_text_once_and_stay_small():
    texts = ["x" * size for size in (1500, 10, 1250, 20, 30)]
    cut = batches(texts)
    assert sorted(index for batch in cut for index in batch) == [0, 1, 2, 3, 4]
    assert cut[0] == [1, 3, 4]
    assert all(
        len(batch) * max(len(texts[k]) for k in batch) <= sentence_encoder.BATCH_CHARACTERS
        for batch in cut
    )


def test_another_encoder_by_one_setting(monkeypatch):
    monkeypatch.setenv("SENTENCE_ENCODER", f"{__name__}.Fake")
    assert isinstance(load_encoder(), Fake)
    assert load_encoder(f"{__name__}.Fake").sentences(["a", "b"]).shape == (2, 4)


def test_a_slip_in_the_setting_is_not_passed_over():
    with pytest.raises(AttributeError):
        load_encoder(f"{__name__}.Nobody")


def test_without_the_package_there_is_none_and_the_log_says_so(monkeypatch, caplog):
    monkeypatch.setattr(importlib.metadata, "files", lambda name: None)
    assert load_encoder() is None
    assert (
        f"(no {sentence_encoder.FILE} in {sentence_encoder.PACKAGE}); sentences are paired by length, numbers and names"
        in caplog.text
    )
