"""What the usual translations of words tell: whether a word alone lacks them."""

from __future__ import annotations

import pytest

from articles.omissions.translation_table import lone_absence, word_stem
from articles.text.tokens import tokens

SOURCE = "A wooden door of the old hospital was red."


def absence(target: str, first: int = 1, end: int = 2, language: str = "fr") -> float:
    """The evidence that tokens of SOURCE, "wooden" by default, were lost."""
    return lone_absence(tokens(SOURCE), tokens(target), first, end, ("en", language))


def test_a_stem_joins_the_forms_of_a_word() -> None:
    assert word_stem("Hôpitaux", 6) == word_stem("hôpital", 6) == "hopita"


def test_a_word_that_alone_lacks_its_usual_translations_is_more_likely_dropped() -> None:
    assert absence("Une porte du vieil hôpital était rouge.") > 1.2
    assert absence("Une porte du vieil hôpital était rouge.", first=0) > 1.2


@pytest.mark.parametrize(
    ("target", "first", "end"),
    [
        ("Une porte en bois du vieil hôpital était rouge.", 1, 2),
        ("Une porte de la clinique délabrée était rouge.", 1, 2),
        ("Une porte.", 1, 3),
        ("Une porte du vieil hôpital était rouge.", 3, 5),
    ],
)
def test_nothing_is_said_of_free_translations_and_of_more_words(
    target: str, first: int, end: int
) -> None:
    assert absence(target, first, end) == 0


def test_nothing_is_said_in_languages_without_a_table_and_of_short_texts() -> None:
    assert absence("Eine Tür des alten Hospitals war rot.", language="de") == 0
    assert lone_absence(tokens("a wooden door"), tokens("une porte"), 1, 2, ("en", "fr")) == 0
