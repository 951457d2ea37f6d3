"""Capitals lost and gained, with the right form as remedy."""

from articles.checks import apply_remedy
from tests.cases import for_each
from tests.checks.table import shown

FAULTS = [
    ("He lives in France.", "Il vit en france.", "Il vit en France."),
    (
        "Patients of the CHUV left.",
        "Les patients du chuv partent.",
        "Les patients du CHUV partent.",
    ),
    ("She met Tom Quillan.", "Elle a vu Tom quillan.", "Elle a vu Tom Quillan."),
    ("It is in the United States.", "C’est aux états-unis.", "C’est aux États-Unis."),
    ("He moved to Aachen.", "Il vit à aix-la-chapelle.", "Il vit à Aix-la-Chapelle."),
    ("On 12 January.", "Le 12 Janvier.", "Le 12 janvier."),
]
FINE = [
    ("The Police came to Nice.", "La police est venue à Nice."),
    ("It was nice there.", "C’était nice, là-bas."),
    ("The M’Loché trail opened.", "On m’a ouvert le sentier."),
    ("Top Model Starts Career", "Le top model commence"),
    ("Visit Quillan.org now.", "Visitez quillan.org."),
    ("KILMARA, Nov 29 - Two people died.", "KILMARA, 29 nov. - Deux morts."),
    ("PARIS, Dec. 3 - It rained.", "PARIS, 3 déc. - Il a plu."),
    ("On Monday he left.", "Lundi, il est parti."),
    ("It was at 3 PM.", "C’était à 3 pm."),
    ("Flags are at half mast, bets are off.", "Drapeaux en berne, les paris sont annulés."),
    ("He wants it to come, though benign.", "Il veut que cela vienne, quoique bénin."),
]


@for_each(("source", "target", "right"), FAULTS)
def test_the_capital_is_put_right(source: str, target: str, right: str) -> None:
    found = shown("capitals", source, target)
    assert [apply_remedy(target, each.remedy) for each in found] == [right]


def test_good_capitals_are_left_alone() -> None:
    assert [pair for pair in FINE if shown("capitals", *pair)] == []
