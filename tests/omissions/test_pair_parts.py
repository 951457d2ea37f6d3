"""Long pairs are cut where their sentences are aligned."""

from __future__ import annotations

import pytest

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions.pair_parts import cut_pair, joined_beads
from articles.text.document import Bead
from articles.text.tokens import tokens

ENGLISH = (
    "The mayor opened the new bridge on Friday. Two hundred people came to see it. "
    "The old bridge will be pulled down in the spring."
)
FRENCH = (
    "Le maire a inauguré le nouveau pont vendredi. Deux cents personnes sont venues le voir. "
    "L’ancien pont sera démoli au printemps."
)


def parts_of(source: str, target: str) -> list[tuple[str, str]]:
    """The texts of the parts of a pair."""
    found = []
    cut = cut_pair(source, tokens(source), target, tokens(target), ("en", "fr"))
    for left, right in cut:
        found.append((source[left[0].start : left[-1].end], target[right[0].start : right[-1].end]))
    assert [word for left, _right in cut for word in left] == tokens(source)
    assert [word for _left, right in cut for word in right] == tokens(target)
    return found


def test_a_paragraph_is_read_sentence_by_sentence() -> None:
    if load_encoder() is None:
        pytest.skip("the sentence encoder is not installed")
    assert parts_of(ENGLISH, FRENCH) == [
        (
            "The mayor opened the new bridge on Friday.",
            "Le maire a inauguré le nouveau pont vendredi.",
        ),
        ("Two hundred people came to see it.", "Deux cents personnes sont venues le voir."),
        (
            "The old bridge will be pulled down in the spring.",
            "L’ancien pont sera démoli au printemps.",
        ),
    ]


def test_a_sentence_without_partner_stays_with_its_neighbour() -> None:
    if load_encoder() is None:
        pytest.skip("the sentence encoder is not installed")
    shorter = FRENCH.replace("Deux cents personnes sont venues le voir. ", "")
    found = parts_of(ENGLISH, shorter)
    assert len(found) == 2
    assert any("Two hundred people" in source for source, _target in found)


def test_short_and_one_sided_pairs_are_read_at_once() -> None:
    assert parts_of("It rains. We stay.", "Il pleut. Nous restons.") == [
        ("It rains. We stay.", "Il pleut. Nous restons.")
    ]
    words = tokens(ENGLISH)
    assert cut_pair(ENGLISH, words, "", [], ("en", "fr")) == [(words, [])]
    assert cut_pair("", [], FRENCH, tokens(FRENCH), ("en", "fr")) == [([], tokens(FRENCH))]


def test_unsure_groups_join_their_neighbours() -> None:
    sure, unsure = 0.9, 0.3
    beads = [
        Bead((0, 1), (0, 0), sure),
        Bead((1, 2), (0, 1), sure),
        Bead((2, 3), (1, 2), sure),
        Bead((3, 4), (2, 3), unsure),
        Bead((4, 5), (3, 4), sure),
    ]
    assert [(bead.source, bead.target) for bead in joined_beads(beads)] == [
        ((0, 2), (0, 1)),
        ((2, 4), (1, 3)),
        ((4, 5), (3, 4)),
    ]
    assert joined_beads([]) == []
