"""Words of a pair find each other, with the encoder and without."""

from __future__ import annotations

import numpy as np
import pytest

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions import word_aligner
from articles.omissions.word_aligner import align_words, diagonal_distance, mutual_best
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each


def linked(source: str, target: str) -> dict[str, str]:
    """The links of two texts as words."""
    left, right = tokens(source), tokens(target)
    links = align_words(source, left, target, right).links
    return {left[i].text: right[j].text for i, j in links}


def test_words_find_their_translation_wherever_it_stands() -> None:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    found = linked(
        "The white cat slept all afternoon.", "Tout l’après-midi, le chat blanc a dormi."
    )
    assert found["cat"] == "chat"
    assert found["white"] == "blanc"
    assert found["slept"] == "dormi"
    assert found["afternoon"] == "après-midi"


def test_without_the_encoder_spelling_links_names_numbers_and_cognates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word_aligner, "load_word_encoder", lambda: None)
    found = linked("In 1998 Anna visited the museum.", "En 1998, Anna a visité le musée.")
    assert found.items() >= {
        ("1998", "1998"),
        ("Anna", "Anna"),
        ("museum", "musée"),
        ("visited", "visité"),
    }


@for_each(("source", "target"), [("", "Bonjour."), ("Hello.", ""), ("", "")])
def test_a_side_without_words_has_no_links(source: str, target: str) -> None:
    assert align_words(source, tokens(source), target, tokens(target)).links == ()


def test_a_link_is_the_best_of_its_row_and_of_its_column() -> None:
    scores = np.array([[0.9, 0.8], [0.95, 0.1], [-0.1, -0.2]], dtype=np.float32)
    assert mutual_best(scores) == ((1, 0),)


def test_the_diagonal_costs_nothing_and_the_corners_most() -> None:
    far = diagonal_distance(4, 4)
    assert np.allclose(np.diag(far), 0)
    assert far[0, 3] == far.max()


def test_without_the_sentence_encoder_words_are_linked_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if load_word_encoder() is None:
        pytest.skip("the word encoder is not installed")
    monkeypatch.setattr(word_aligner, "load_encoder", lambda: None)
    assert linked("The cat slept.", "Le chat a dormi.")["cat"] == "chat"


def test_vectors_of_words_are_forgotten_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Letters:
        def sentences(self, texts: list[str]) -> np.ndarray:
            return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    monkeypatch.setattr(word_aligner, "known_vector", lambda word: None)
    monkeypatch.setattr(word_aligner, "load_encoder", Letters)
    monkeypatch.setattr(word_aligner, "CACHED_WORDS", 3)
    monkeypatch.setattr(word_aligner, "_isolated_cache", {})
    first = word_aligner.isolated_vectors(["a", "bb"], ["ccc"])
    assert first is not None
    assert [side.tolist() for side in first] == [[[1, 1], [2, 1]], [[3, 1]]]
    again = word_aligner.isolated_vectors(["a", "dddd"], ["e"])
    assert again is not None
    assert [side.tolist() for side in again] == [[[1, 1], [4, 1]], [[1, 1]]]


def test_texts_of_very_many_words_have_no_links() -> None:
    text = "[" * 100_000
    assert align_words(text, tokens(text), "Le maire.", tokens("Le maire.")).swapped.links == ()


def test_a_word_has_one_vector_whatever_is_read_before_and_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if load_encoder() is None:
        pytest.skip("the sentence encoder is not installed")

    def vector_of_ward(words: list[str], others: list[str]) -> np.ndarray:
        vectors = word_aligner.isolated_vectors(words, others)
        assert vectors is not None
        return vectors[0][words.index("ward")]

    monkeypatch.setattr(word_aligner, "_isolated_cache", {})
    alone = vector_of_ward(["ward"], [])
    monkeypatch.setattr(word_aligner, "_isolated_cache", {})
    beside = vector_of_ward(["maternity", "ward", "extraordinarily"], ["maternité", "!"])
    after = vector_of_ward(["hospital", "ward"], ["fermer"])
    assert np.array_equal(alone, beside)
    assert np.array_equal(alone, after)
