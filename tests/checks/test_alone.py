"""A segment without partner, and a translation of unusual length."""

from __future__ import annotations

import pytest

from articles.checks.registry import ArticleFacts, Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown
from tests.checks.test_dropped import WHOLE

PASSAGES = [
    (" ".join(source), " ".join(target))
    for source, target in (
        zip(WHOLE[at - 2], WHOLE[at - 1], WHOLE[at], strict=True) for at in range(len(WHOLE))
    )
]
"""Three whole translations in a row."""


@for_each(
    ("source", "target", "kind"),
    [(" Left out. ", "", "Omission"), ("", "Ajouté.", "Addition"), ("Left.", " ", "Omission")],
)
def test_the_side_without_partner_is_marked_whole(source: str, target: str, kind: str) -> None:
    (finding,) = shown("alone", source, target)
    assert finding.type == kind
    assert marked("alone", source, target) == {(source + target).strip()}


@for_each(("source", "target"), [("One.", "Un."), ("", ""), (" ", "\n")])
def test_two_sides_or_none_are_left_alone(source: str, target: str) -> None:
    assert shown("alone", source, target) == []


@for_each(
    ("source", "target", "kind"),
    [("x" * 200, "y" * 80, "Omission"), ("x" * 100, "y" * 250, "Addition")],
)
def test_a_far_off_length_is_doubted(source: str, target: str, kind: str) -> None:
    (finding,) = shown("length", source, target)
    assert finding.type == kind


@for_each(("source", "target"), PASSAGES)
def test_a_passage_of_which_a_quarter_is_left_is_doubted_and_a_whole_one_is_not(
    source: str, target: str
) -> None:
    assert shown("length", source, target) == []
    assert [each.type for each in shown("length", source, target[: len(target) // 4])] == [
        "Omission"
    ]
    assert [each.type for each in shown("length", source[: len(source) // 4], target)] == [
        "Addition"
    ]


def test_the_article_says_what_is_usual() -> None:
    assert shown("length", "x" * 200, "y" * 100, ArticleFacts(length_ratio=0.5)) == []
    assert shown("length", "x" * 200, "y" * 190, ArticleFacts(length_ratio=0.5, length_spread=0.1))


@for_each(
    ("source", "target"), [("Yes!", "Non, merci."), ("x" * 100, "y" * 115), ("", "y"), ("x", "")]
)
def test_usual_lengths_short_texts_and_empty_sides_are_left_alone(source: str, target: str) -> None:
    assert shown("length", source, target) == []


MOVED = [
    ("The mill was sold in spring.", "Le moulin a été vendu au printemps."),
    ("", "La nouvelle toiture coûtera 90 000 euros. Personne ne sait qui paiera."),
    ("The old wheel turns again.", "La vieille roue tourne de nouveau."),
    ("A new roof will cost 90,000 euros.", ""),
    ("Nobody knows who will pay.", ""),
    ("The baker has lost half of his customers.", ""),
    ("", "Abonnez-vous à notre lettre du matin"),
    ("Walkers want the footbridge rebuilt before winter.", ""),
    ("", "Les promeneurs veulent que la passerelle (2) soit rebâtie avant l’hiver."),
]


@pytest.mark.slow
def test_what_stands_at_another_place_is_said_to_be_moved() -> None:
    article = ArticleFacts(pairs=MOVED)
    told = {pair: shown("alone", *pair, article)[0].text for pair in MOVED if not all(pair)}
    moved = [pair for pair, text in told.items() if text.startswith("Moved: ")]
    # The footbridge is less similar than others, but nothing else comes near to it.
    assert moved == [MOVED[1], MOVED[3], MOVED[4], MOVED[7], MOVED[8]]
    assert "“La nouvelle toiture coûtera 90 000 euros.”" in told[MOVED[3]]


def test_amounts_in_short_count_as_long_as_those_in_full():
    source = (
        "Net profit dropped to €318m from €402m a year earlier, while sales were flat at €2.7bn."
    )
    target = (
        "Le bénéfice net est tombé à 318 millions d’euros, contre 402 millions un an plus tôt, "
        "tandis que le chiffre d’affaires est resté stable, à 2,7 milliards d’euros."
    )
    assert shown("length", source, target) == []
    assert shown("length", source, target + " Rien ne change pourtant à Paris, dit-on." * 4) != []


def test_a_few_letters_more_are_another_way_to_say_it():
    facts = ArticleFacts(length_spread=0.08)
    source, target = "Two girls died last week.", "Deux fillettes sont mortes la semaine dernière."
    assert shown("length", source, target, facts) == []
    assert shown("length", source * 3, target * 3, facts) != []


def test_a_short_length_is_left_out_beside_the_words_that_explain_it() -> None:
    source = (
        "The committee, which met for the third time this year, will publish its findings before "
        "the summer."
    )
    target = "Le comité publiera ses conclusions."
    pair = Pair(source, target)
    assert [each.check for each in run_checks(pair, only=["length"])] == ["length"]
    both = run_checks(pair, only=["length", "dropped"])
    assert {each.check for each in both} == {"dropped"}
