"""What the usual translations of words tell: whether a word alone lacks them."""

from __future__ import annotations

from articles.omissions.pair_parts import PairPart
from articles.omissions.translation_table import (
    free_share,
    lone_evidence,
    lone_words,
    word_stem,
)
from articles.omissions.word_aligner import NO_LINKS
from articles.text.tokens import tokens
from tests.cases import for_each

SOURCE = "A wooden door of the old hospital was red."


def absence(
    target: str, word: str = "wooden", *, source: str = SOURCE, language: str = "fr"
) -> float:
    """What the table says of ``word``; 0 where it does not stand alone."""
    words = tokens(source)
    number = [each.text for each in words].index(word)
    part = PairPart(words, tokens(target), NO_LINKS)
    return dict(lone_words(part, ("en", language))).get(number, 0.0)


def test_a_stem_joins_the_forms_of_a_word() -> None:
    assert word_stem("Hôpitaux", 6) == word_stem("hôpital", 6) == "hopita"


def test_a_word_that_alone_lacks_its_usual_translations_is_more_likely_dropped() -> None:
    assert absence("Une porte du vieil hôpital était rouge.") > 1.2
    assert (
        absence("Les dirigeants se sont rencontrés.", "quietly", source="The leaders met quietly.")
        > 1
    )


@for_each(
    ("target", "word"),
    [
        ("Une porte en bois du vieil hôpital était rouge.", "wooden"),  # it is there
        ("Une porte en chêne du vieil hôpital était rouge.", "wooden"),  # a word is left over
        ("Une porte de la clinique délabrée était rouge.", "wooden"),  # others lack theirs
        ("Une porte.", "wooden"),
        ("Une porte en bois du vieil hôpital était rouge.", "of"),  # no word of content
        ("Une porte en bois du vieux était rouge.", "hospital"),  # *le vieux* may say both
    ],
)
def test_nothing_is_said_of_free_translations_and_of_other_words(target: str, word: str) -> None:
    assert absence(target, word) == 0


def test_a_word_of_a_long_text_is_alone_where_all_others_are_there() -> None:
    long = "Une porte du vieil hôpital était rouge" + " et rouge" * 20 + "."
    assert absence(long, source=SOURCE[:-1] + " and red" * 20 + ".") > 1


def test_a_lone_word_says_more_where_the_rest_is_translated_word_by_word() -> None:
    literal = [(SOURCE, "Une porte en bois du vieil hôpital était rouge.")] * 20
    free = [(SOURCE, "L’entrée de la clinique délabrée en couleur.")] * 20
    close = free_share(literal, ("en", "fr"))
    loose = free_share(free, ("en", "fr"))
    assert close < 0.1 < 0.5 < loose
    assert lone_evidence(1.5, close) > lone_evidence(1.5, 0.2) + 1
    assert lone_evidence(1.5, loose) < lone_evidence(1.5, 0.2) - 1


def test_a_long_article_is_judged_by_some_of_its_pairs_and_within_limits() -> None:
    literal = [(SOURCE, "Une porte en bois du vieil hôpital était rouge.")]
    assert free_share(literal * 5000, ("en", "fr")) == 0.03


def test_one_pair_says_little_of_how_free_a_translation_is() -> None:
    pair = (SOURCE, "Une porte du vieil hôpital était rouge.")
    assert abs(free_share([pair], ("en", "fr")) - 0.2) < 0.05
    assert free_share([], ("en", "fr")) == 0.2
    assert free_share([(SOURCE, "")] * 9, ("en", "fr")) == 0.2


def test_nothing_is_said_of_names_and_beside_numbers() -> None:
    assert absence("La porte est vieille.", "Wooden", source="The old Wooden door.") == 0
    assert (
        absence("Il a 20 portes et lits.", "wooden", source="He has 20 wooden doors and beds.") == 0
    )


def test_nothing_is_said_in_languages_without_a_table_and_of_short_texts() -> None:
    assert absence("Eine Tür des alten Hospitals war rot.", language="de") == 0
    assert absence("Une porte.", source="a wooden door") == 0
