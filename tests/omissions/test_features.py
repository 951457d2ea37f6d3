"""Which words carry grammar, and which content, as frequent as they are."""

from articles.omissions.features import is_content_word, word_frequency
from articles.omissions.telling_words import TELLING_WORDS
from articles.text.thresholds import COMMON_WORD
from articles.text.tokens import tokens


def test_frequent_words_carry_grammar_but_for_the_telling_ones() -> None:
    words = tokens("the three of them never saw a tiger")
    content = [word.text for word in words if is_content_word(word, "en")]
    assert content == ["three", "never", "saw", "tiger"]


def test_only_words_that_would_be_grammar_are_listed_as_telling() -> None:
    needless = []
    for language, listed in TELLING_WORDS.items():
        needless += [word for word in listed if word_frequency(word, language) < COMMON_WORD]
    assert needless == []
