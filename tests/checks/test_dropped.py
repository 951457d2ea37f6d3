"""Dropped and added phrases: what must be found, and what must be left alone."""

from __future__ import annotations

import numpy as np
import pytest

from articles.checks import dropped as module
from articles.checks.registry import Pair, run_checks
from articles.text import word_aligner
from articles.text.word_encoder import load_word_encoder
from tests.checks.table import marked, shown

pytestmark = pytest.mark.skipif(load_word_encoder() is None, reason="the word encoder is not installed")

DROPPED = [
    (
        "The minister arrived in Rome on Tuesday with a dozen advisers.",
        "Le ministre est arrivé à Rome mardi.",
        "advisers",
    ),
    ("The court ruled on Monday that the law was unfair.", "Le tribunal a jugé lundi.", "that the law was unfair"),
    (
        "Two hikers were rescued by helicopter on Sunday.",
        "Deux randonneurs ont été secourus dimanche.",
        "by helicopter",
    ),
    ("The company, founded in Lille in 1987, makes clocks.", "L’entreprise fabrique des horloges.", "founded in Lille"),
    ("Prices rose sharply because of the drought.", "Les prix ont fortement augmenté.", "because of the drought"),
    ("She plays the violin and the piano.", "Elle joue du violon.", "and the piano"),
    ("Before leaving, he thanked the whole crew.", "Il a remercié tout l’équipage.", "Before leaving"),
    ("The old library near the harbour burned down.", "La vieille bibliothèque a brûlé.", "near the harbour"),
    (
        "They want to build schools, hospitals and roads.",
        "Ils veulent construire des écoles et des routes.",
        "hospitals",
    ),
    ("The players celebrated their victory in the streets.", "ont fêté leur victoire dans les rues.", "players"),
]
WHOLE = [
    ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi."),
    ("The court ruled on Monday that the law was unfair.", "Lundi, le tribunal a jugé la loi injuste."),
    ("Two hikers were rescued by helicopter.", "Deux randonneurs ont été secourus par hélicoptère."),
    ("She plays the violin and the piano.", "Elle joue du violon et du piano."),
    ("Prices rose sharply because of the drought.", "La sécheresse a fait fortement grimper les prix."),
    ("I do not know what to do.", "Je ne sais pas quoi faire."),
    ("“It was a great night,” said the singer.", "« C’était une belle soirée », a déclaré la chanteuse."),
    ("The film will be shown in 12 cities.", "Le film sera projeté dans 12 villes."),
    ("It is raining.", "Il pleut."),
    ("He has been living here since 2010.", "Il vit ici depuis 2010."),
]


@pytest.mark.parametrize(("source", "target", "words"), DROPPED)
def test_dropped_words_are_underlined(source: str, target: str, words: str) -> None:
    assert any(words in each for each in marked("dropped", source, target))


@pytest.mark.parametrize(("source", "target"), WHOLE)
def test_whole_translations_are_left_alone(source: str, target: str) -> None:
    assert shown("dropped", source, target) == []
    assert shown("added", source, target) == []


@pytest.mark.parametrize(("target", "source", "words"), DROPPED[:2])
def test_added_words_are_underlined(source: str, target: str, words: str) -> None:
    findings = run_checks(
        Pair(source, target, source_language="fr", target_language="en"), only=["added"], unlikely=True
    )
    assert words in findings[0].target_spans[0].of(target)
    assert findings[0].score > 0.4


def test_the_caret_stands_where_the_words_belong_and_the_reason_is_plain() -> None:
    target = "Le ministre est arrivé à Rome mardi."
    (finding,) = shown("dropped", "The minister arrived in Rome on Tuesday with a dozen advisers.", target)
    assert finding.caret == target.index(".")
    assert finding.text == "Possible omission: no French words for “with a dozen advisers”."


def test_a_lost_beginning_is_said_and_the_caret_stands_before_the_rest() -> None:
    (finding,) = shown("dropped", "The players celebrated their victory.", "ont fêté leur victoire.")
    assert finding.caret == 0
    assert finding.text.endswith("; the sentence starts in lower case.")


def test_a_lost_opening_quotation_mark_belongs_to_the_lost_words() -> None:
    source = "The coach was clear: “Nobody here is afraid of losing,” he said."
    target = "L’entraîneur a été clair : a peur de perdre », a-t-il dit."
    assert any(each.startswith("“Nobody") for each in marked("dropped", source, target))


def test_words_said_in_the_next_segment_are_not_dropped() -> None:
    source, target = "He sold his house and moved to the coast.", "Il a vendu sa maison."
    following = ("The sea was grey.", "Il s’est installé sur la côte. La mer était grise.")
    assert shown("dropped", source, target)
    assert shown("dropped", source, target, following=following) == []
    assert shown("dropped", source, target, following=("The sea was grey.", "La mer était grise."))
    assert shown("dropped", source, target, previous=("Yes", "Oui"), following=("He sang", "Il chantait"))


def test_other_languages_are_called_by_their_code() -> None:
    assert module.language_name("es") == "es"


def test_without_the_encoder_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_aligner, "load_word_encoder", lambda: None)
    assert shown("dropped", *DROPPED[0][:2]) == []


def test_a_stretch_of_marks_points_at_the_word_beside_it() -> None:
    words = module.tokens("Yes, sir.")
    assert module.beside(words, module.Stretch(3, 4, 0.1)) == (2, 3)
    assert module.beside(module.tokens("?!"), module.Stretch(0, 1, 0.1)) == (0, 0)


def links(rows: int, columns: int, *pairs: tuple[int, int]) -> module.WordLinks:
    """These links and no others."""
    return module.WordLinks(np.zeros((rows, columns)), np.zeros((rows, columns)), pairs)


def test_marks_at_the_edges_do_not_belong_to_the_lost_words() -> None:
    words = module.tokens("He left , the old man said .")
    assert module.whole_words(words, links(8, 1), module.Stretch(2, 8, 0.9)) == (3, 7)


def test_lost_words_belong_before_the_words_that_nothing_translates() -> None:
    target = module.tokens("Hier, pour finir, tous ont bien ri.")
    late = links(6, 9, (0, 8), (5, 7))
    assert module.place(late, target, 3, 5) == 0


def test_short_words_alone_are_not_looked_for_elsewhere() -> None:
    pair = Pair("We go on.", "Continuons.", following=("It is late.", "Nous le savons, il est tard."))
    assert not module.said_elsewhere(pair, 0, 1)
    assert not module.said_elsewhere(Pair("Nobody.", "Non.", following=("", "!")), 0, 1)
