"""A source comes nearer to its translation without the words that the translation lacks."""

import pytest

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions import shorter_source
from articles.omissions.shorter_source import gain_without, text_without
from articles.text.document import Span

SOURCE = "The minister arrived in Rome on Tuesday with a dozen advisers."
TARGET = "Le ministre est arrivé à Rome mardi."


def span_of(words: str) -> Span:
    start = SOURCE.index(words)
    return Span(start, start + len(words))


def test_the_source_comes_nearer_without_lost_words_and_not_without_others() -> None:
    if load_encoder() is None:
        pytest.skip("the sentence encoder is not installed")
    assert gain_without(SOURCE, span_of("with a dozen advisers"), TARGET) > 0.1
    assert gain_without(SOURCE, span_of("in Rome"), TARGET) < 0


def test_nothing_is_known_without_the_encoder_and_where_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert gain_without(SOURCE, Span(0, len(SOURCE)), TARGET) == 0
    monkeypatch.setattr(shorter_source, "load_encoder", lambda: None)
    assert gain_without(SOURCE, span_of("with a dozen advisers"), TARGET) == 0


def test_what_is_left_is_closed_up() -> None:
    for text, words, rest in (
        ("He left, slowly, at noon.", "slowly,", "He left, at noon."),
        ("He left slowly.", "slowly", "He left."),
        ("He left (slowly) at noon.", "slowly", "He left  at noon."),
    ):
        start = text.index(words)
        assert text_without(text, Span(start, start + len(words))) == rest
