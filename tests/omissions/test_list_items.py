"""Enumerations: where their items are, and which of them a translation leaves out."""

from __future__ import annotations

import pytest

from articles.omissions.list_items import (
    MOST_ITEMS,
    find_enumerations,
    missing_items,
    separator,
)
from articles.omissions.pair_parts import PairPart
from articles.omissions.word_aligner import NO_LINKS, align_words
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each


def items(text: str, language: str = "en") -> list[list[str]]:
    """The enumerations of a text, each item as its words."""
    words = tokens(text)
    found = []
    for enumeration in find_enumerations(words, language):
        found.append([" ".join(word.text for word in words[a:b]) for a, b in enumeration])
    return found


@for_each(
    ("text", "expected"),
    [
        ("We sell bread, honey and cheese.", [["bread", "honey", "cheese"]]),
        ("We sell bread, honey, and cheese.", [["bread", "honey", "cheese"]]),
        ("tea, green coffee, sugar or salt", [["tea", "green coffee", "sugar", "salt"]]),
        ("In May, she left.", []),
        ("He stayed, because nobody would ever have let him go, and slept.", []),
        ("bread, , and cheese", []),
        ("bread, honey and", []),
        (",", []),
    ],
)
def test_an_enumeration_has_items_between_commas_and_a_conjunction(
    text: str, expected: list[list[str]]
) -> None:
    assert items(text) == expected


def test_a_long_table_is_no_enumeration() -> None:
    (enumeration,) = items("one, " * 40 + "two and three")
    assert len(enumeration) <= MOST_ITEMS + 1


def missing(source: str, target: str, languages: tuple[str, str] = ("en", "fr")) -> list[str]:
    """The items that the target leaves out."""
    left, right = tokens(source), tokens(target)
    part = PairPart(left, right, align_words(source, left, target, right))
    return [" ".join(word.text for word in left[a:b]) for a, b in missing_items(part, languages)]


needs_encoder = pytest.mark.skipif(
    load_word_encoder() is None, reason="the word encoder is not installed"
)


@needs_encoder
@for_each(
    ("source", "target", "expected"),
    [
        (
            "The company sells tea, coffee, sugar and spices.",
            "L’entreprise vend du thé, du café et des épices.",
            ["sugar"],
        ),
        (
            "The company sells tea, coffee, sugar and spices.",
            "L’entreprise vend du thé, du café, du sucre et des épices.",
            [],
        ),
        (  # another word stands in its place
            "The company sells tea, coffee, sugar and spices.",
            "L’entreprise vend du thé, du café, des douceurs et des épices.",
            [],
        ),
        (  # what is left is two words for an item of two
            "It stores data for hospitals, banks and local authorities in 14 countries.",
            "Elle stocke des données pour des hôpitaux et des collectivités locales dans 14 pays.",
            ["banks"],
        ),
        (  # the last one
            "The film was shot in Spain, Morocco and Iceland over two years.",
            "Le film a été tourné en Espagne et au Maroc pendant deux ans.",
            ["Iceland"],
        ),
        (  # the first one
            "The fund of the region pays for roads, bridges and water pipes in rural areas.",
            "Le fonds de la région finance les ponts et les conduites d’eau dans les zones rurales.",
            ["roads"],
        ),
        (  # no enumeration
            "On the other hand, icy and snowy roads are normal in many countries.",
            "D’autre part, les routes verglacées et enneigées sont normales dans bien des pays.",
            [],
        ),
        ("The museum shows paintings, drawings and letters.", "Le musée est fermé.", []),
    ],
)
def test_an_item_is_missing_where_those_beside_it_stand_close_together(
    source: str, target: str, expected: list[str]
) -> None:
    assert missing(source, target) == expected


@needs_encoder
def test_an_item_is_missing_in_languages_without_a_table_too() -> None:
    source = "The company sells tea, coffee, sugar and spices."
    target = "Die Firma verkauft Tee, Kaffee und Gewürze."
    assert missing(source, target, ("en", "de")) == ["sugar"]


def test_nothing_is_said_without_links() -> None:
    words = tokens("bread, honey and cheese")
    assert missing_items(PairPart(words, words, NO_LINKS), ("en", "fr")) == []


def test_conjunctions_are_those_of_the_language() -> None:
    assert separator("fr").findall("de l’or, et il y a un bar ou un café") == [", et", "ou"]
    assert separator("es").findall("pan y miel") == ["y"]
    assert separator("it").findall("bread and y, miel") == ["and", "y", ","]
    assert items("du pain, du miel et du fromage", "fr") == [["pain", "du miel", "du fromage"]]
    assert items("du fer, du zinc, de l’or et du sel", "fr") == [
        ["fer", "du zinc", "de l’ or", "du sel"]
    ]
    assert items("plan A, plan B or plan Y", "en") == [["A", "plan B", "plan Y"]]
    assert items("the first, o, the second y the third", "en") == []
