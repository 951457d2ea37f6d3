"""Tenses that changed between the source and the translation."""

import pytest

from articles.omissions.word_encoder import load_word_encoder
from tests.cases import for_each
from tests.checks.table import marked, shown

pytestmark = pytest.mark.skipif(load_word_encoder() is None, reason="needs the word encoder")
FAULTS = [
    ("The city will build a bridge.", "La ville a construit un pont.", "a construit"),
    (
        "The agency said it would test the water.",
        "L’agence a dit qu’elle avait testé l’eau.",
        "avait testé",
    ),
    (
        "Drivers will have to pay a toll.",
        "Les automobilistes ont dû payer un péage.",
        "ont dû payer",
    ),
    ("The bridge is due to open in May.", "Le pont a ouvert en mai.", "a ouvert"),
    (
        "The bridge is to be closed for repairs.",
        "Le pont a été fermé pour réparations.",
        "a été fermé",
    ),
    ("The judge rejected the request.", "Le juge rejettera la demande.", "rejettera"),
    (
        "The two sides will meet on Monday.",
        "Les deux parties se sont rencontrées lundi.",
        "rencontrées",
    ),
    ("He will have to put up with it.", "Il a dû s’y faire.", "a dû"),
    ("The city has built a bridge.", "La ville construira un pont.", "construira"),
    ("The museum opened in 2019.", "Le musée ouvrira en 2019.", "ouvrira"),
    ("The bridge was closed in March.", "Le pont sera fermé en mars.", "sera fermé"),
    (
        "The brothers, who used to hunt there, are guides.",
        "Les frères, qui chassent là, sont guides.",
        "chassent",
    ),
]
FINE = [
    ("The brothers used to hunt there.", "Les frères y chassaient autrefois."),
    ("He is used to the cold.", "Il a l’habitude du froid."),
    ("The law was to be passed.", "La loi sera votée."),
    ("The bridge is due to open in May.", "Le pont doit ouvrir en mai."),
    ("The bridge is to have opened in May.", "Le pont aurait ouvert en mai."),
    ("The city will build a bridge.", "La ville construira un pont."),
    ("The city will build a bridge.", "La ville va construire un pont."),
    ("The agency said it would test the water.", "L’agence a dit qu’elle testerait l’eau."),
    ("The city would have built a bridge.", "La ville aurait construit un pont."),
    ("Once it has built the bridge, it is done.", "Quand elle aura construit le pont, c’est fini."),
    ("The city has built a bridge.", "La ville a construit un pont."),
]


@for_each(("source", "target", "word"), FAULTS)
def test_another_tense_is_found(source: str, target: str, word: str) -> None:
    assert word in " ".join(marked("tense", source, target))


@for_each(("source", "target"), FINE)
def test_the_same_time_said_otherwise_is_left_alone(source: str, target: str) -> None:
    assert not shown("tense", source, target)
