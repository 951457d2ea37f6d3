"""Whether words beside each other have counterparts beside each other."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from articles.checks.counterparts import (
    are_beside_counterparts,
    are_in_one_place,
    are_unlinked,
    have_no_other_counterparts,
    is_translated,
)
from articles.checks.registry import Pair
from articles.omissions.pair_parts import PairPart
from articles.text.document import Span
from articles.text.tokens import tokens

SOURCE, TARGET = "in the first quarter", "au dernier trimestre"


def pair_with(links, similarity, learned=()):
    learned_similarity = np.array(learned if len(learned) else np.zeros((0, 0)))
    alignment = SimpleNamespace(
        links=links, similarity=np.array(similarity), learned_similarity=learned_similarity
    )
    pair = Pair(SOURCE, TARGET)
    pair.parts = [PairPart(pair.source_tokens, pair.target_tokens, alignment)]
    return pair


def test_first_quarter_and_dernier_trimestre_are_in_one_place():
    first, dernier = Span(7, 12), Span(3, 10)
    similarity = np.full((4, 3), 0.1)
    similarity[3, 2] = 0.99
    similarity[2, 1] = 0.2
    linked = pair_with([(0, 0), (3, 2)], similarity, similarity)
    assert are_beside_counterparts(linked, first, dernier)
    assert not are_beside_counterparts(linked, Span(0, 2), Span(0, 2)), "their neighbours have none"
    assert not are_beside_counterparts(pair_with([(3, 2)], similarity), first, dernier)
    assert not are_in_one_place(linked, first, dernier), "nothing links the two"
    similarity[2, 1] = 0.99
    assert are_in_one_place(pair_with([(0, 0), (2, 0), (2, 1)], similarity), first, dernier)


def test_a_word_is_translated_where_one_of_the_other_text_is_near_it():
    similarity = np.full((4, 3), 0.1)
    similarity[3, 2] = 0.99
    pair = pair_with([], similarity)
    first, quarter = list(tokens(SOURCE))[2:]
    assert is_translated(pair, quarter, axis=0)
    assert not is_translated(pair, first, axis=0)
    assert is_translated(pair, list(tokens(TARGET))[2], axis=1)
    assert not is_translated(pair, next(iter(tokens("elsewhere"))), axis=0)
    assert not is_translated(pair_with([], np.zeros((0, 0))), quarter, axis=0)


def test_words_are_unlinked_where_only_weak_links_are():
    similarity = np.full((4, 3), 0.99)
    first, dernier = Span(7, 12), Span(3, 10)
    assert are_unlinked(pair_with([], similarity), first, dernier)
    assert are_unlinked(pair_with([(3, 2)], similarity), first, dernier)
    assert are_unlinked(pair_with([(2, 1)], np.full((4, 3), 0.1)), first, dernier)
    assert not are_unlinked(pair_with([(2, 2)], similarity), first, dernier)


def test_words_have_no_other_counterpart_where_all_others_are_far():
    first, dernier = Span(7, 12), Span(3, 10)
    far = np.full((4, 3), 0.1)
    near = far.copy()
    near[2, 2] = 0.99
    assert have_no_other_counterparts(pair_with([], far, far), first, dernier)
    assert not have_no_other_counterparts(pair_with([], near, near), first, dernier)
    assert not have_no_other_counterparts(pair_with([], far), first, dernier), "nothing is known"
    assert not have_no_other_counterparts(pair_with([], far, far), Span(40, 44), dernier)
