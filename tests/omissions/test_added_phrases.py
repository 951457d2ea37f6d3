"""A phrase of the target of which the source has nothing."""

import pytest

from articles.omissions.added_phrases import added_phrases
from articles.omissions.pair_parts import PairPart
from articles.omissions.word_aligner import NO_LINKS, align_words
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each


def added(source: str, target: str, languages: tuple[str, str] = ("en", "fr")) -> list[str]:
    """The phrases that the target adds."""
    left, right = tokens(source), tokens(target)
    part = PairPart(left, right, align_words(source, left, target, right))
    found = added_phrases(part, languages)
    return [target[right[a].start : right[b - 1].end] for a, b in found]


SOURCE = "The petition gathered 3,150 signatures, more than a third of the population of the town."
BEFORE = "La pétition a recueilli 3 150 signatures, "
AFTER = "soit plus d’un tiers de la population de la ville."


@pytest.mark.skipif(load_word_encoder() is None, reason="needs the word encoder")
@for_each(
    ("source", "target", "expected"),
    [
        (
            SOURCE,
            f"{BEFORE}principalement de parents d’élèves, {AFTER}",
            ["principalement de parents d’élèves"],
        ),
        (SOURCE, BEFORE + AFTER, []),
        # The source says it with other words.
        ("I cannot help it, she said.", "C’est plus fort que moi, a-t-elle dit.", []),
    ],
)
def test_a_phrase_without_any_counterpart_is_added(
    source: str, target: str, expected: list[str]
) -> None:
    assert added(source, target) == expected


def test_nothing_is_said_without_links_or_table() -> None:
    words = tokens("bread, honey and cheese")
    assert added_phrases(PairPart(words, words, NO_LINKS), ("en", "fr")) == []
    assert added("He came.", "Er kam, mit seinem alten Hund.", ("en", "de")) == []
