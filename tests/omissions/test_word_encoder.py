"""Words become vectors, and a file that is no model is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from articles.omissions import onnx_graph, word_encoder
from articles.omissions.word_encoder import LAYERS, ModelFile, load_word_encoder, unpack_q4, windows
from articles.text.tokens import tokens


def vectors(text: str) -> np.ndarray:
    """The words of ``text`` as vectors."""
    encoder = load_word_encoder()
    if encoder is None:
        pytest.skip("the word encoder is not installed")
    return encoder.words(text, tokens(text))


def test_a_word_has_a_row_of_all_layers() -> None:
    assert vectors("The cat sleeps.").shape == (4, 384 * len(LAYERS))
    assert vectors("").shape == (0, 384 * len(LAYERS))


def test_the_same_sentence_gives_the_same_vectors_and_context_changes_them() -> None:
    once, again = vectors("She sat on the river bank."), vectors("She sat on the river bank.")
    assert np.array_equal(once, again)
    assert not np.allclose(once[5], vectors("She works at the bank.")[4])


@pytest.mark.slow
def test_a_text_longer_than_the_model_knows_is_read_in_windows() -> None:
    assert len(vectors("one two three " * 400)) == 1200


def test_unknown_characters_have_vectors_too() -> None:
    assert len(vectors("\U000f0000 \ud800 ok")) == len(tokens("\U000f0000 \ud800 ok"))


def test_windows_cut_between_words_and_keep_all_in_order() -> None:
    assert windows([]) == []
    assert windows([300, 200, 100]) == [range(1), range(1, 3)]
    assert windows([9999, 1]) == [range(1), range(1, 2)]


def test_packed_weights_are_scale_times_nibble_less_eight() -> None:
    block = np.zeros((1, 18), dtype=np.uint8)
    block[0, :2] = np.array([2.0], dtype="<f2").view(np.uint8)
    block[0, 2] = 0x9F  # the first weight is 15, the seventeenth 9
    weights = unpack_q4(block)
    assert weights[0] == 14
    assert weights[16] == 2
    assert weights[1] == -16


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.bin"
    other.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"model\.bin is not a model file"):
        ModelFile(other)


def test_without_the_package_there_is_no_encoder_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(word_encoder, "PACKAGE", "no-such-package")
    assert load_word_encoder.__wrapped__() is None
    monkeypatch.setattr(word_encoder, "PACKAGE", "numpy")
    assert load_word_encoder.__wrapped__() is None
    assert "not installed" in caplog.text
    assert "no e5-small-q4.bin in numpy" in caplog.text


def test_numbers_are_written_seven_bits_a_byte() -> None:
    assert onnx_graph.varint(0) == b"\x00"
    assert onnx_graph.varint(300) == b"\xac\x02"


@pytest.mark.slow
def test_a_word_longer_than_the_model_knows_has_a_row_too() -> None:
    assert vectors("The " + "z" * 6000).shape == (2, 384 * len(LAYERS))
