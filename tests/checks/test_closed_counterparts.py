"""Expressions whose loss is told by a closed set of French counterparts."""

from articles.checks.closed_counterparts import lost_expressions
from tests.cases import for_each
from tests.checks.table import marked

LOST = [
    ("It would save 75 million euros a year.", "Cela économiserait 75 millions d’euros.", "a year"),
    ("They work 40 hours a week.", "Ils travaillent 40 heures.", "a week"),
    ("Each pays €30 per night.", "Chacun paie 30 euros.", "per night"),
    (
        "She voted with the party on most other matters.",
        "Elle a voté avec le parti sur les autres sujets.",
        "most",
    ),
    ("The trip takes most of the day.", "Le trajet prend la journée.", "most"),
    ("It means a round trip of 300 miles.", "Cela implique un trajet de 480 km.", "round"),
    (
        "It was their third straight defeat.",
        "C’était leur troisième défaite.",
        "straight",
    ),
    ("He came despite the rain.", "Il est venu sous la pluie.", "despite"),
    ("Fines of up to 300 euros apply.", "Des amendes de 300 euros s’appliquent.", "up to"),
    ("More than 300 people came.", "Il est venu 300 personnes.", "More than"),
    ("He spoke under oath.", "Il a parlé.", "under oath"),
]
KEPT = [
    ("It would save 75 million a year.", "Cela économiserait 75 millions par an."),
    ("It would save 75 million a year.", "L’économie annuelle serait de 75 millions."),
    ("It lasted for a year.", "Cela a duré longtemps."),
    ("He left two years ago, a year later.", "Il est parti il y a deux ans, un an plus tard."),
    ("The most important votes were close.", "Les votes essentiels ont été serrés."),
    ("Most voters stayed at home.", "La plupart des électeurs sont restés chez eux."),
    ("It was a return ticket.", "C’était un aller-retour."),
]


@for_each(("source", "target", "words"), LOST)
def test_a_lost_expression_is_found(source: str, target: str, words: str) -> None:
    found = [span.of(source) for span in lost_expressions(source, target)]
    assert found == [words]


@for_each(("source", "target"), KEPT)
def test_what_french_says_is_left_alone(source: str, target: str) -> None:
    assert list(lost_expressions(source, target)) == []


def test_it_is_shown_as_missing() -> None:
    source = "It would save 75 million euros a year."
    assert marked("wrong-word", source, "Cela économiserait 75 millions d’euros.") == {"a year"}
