"""Centuries, decades and changes in percent that the other side tells otherwise."""

from articles.checks.numbers.centuries import centuries, decades
from tests.cases import for_each
from tests.checks.table import marked

DIFFER = [
    (
        "dates",
        "They came in the seventeenth century.",
        "Ils sont venus au XVIIIe siècle.",
        {"seventeenth", "XVIIIe"},
    ),
    ("dates", "A war of the 1880s.", "Une guerre des années 1980.", {"1880", "1980"}),
    (
        "wrong-word",
        "Shares lost 14 percent before recovering to close down 6.2 percent.",
        "L’action a perdu 14 % avant de remonter pour clôturer en hausse de 6,2 %.",
        {"down", "hausse"},
    ),
    (
        "wrong-word",
        "Nordvand cut its profit forecast, blaming higher prices.",
        "Nordvand a relevé sa prévision de bénéfice, invoquant la hausse des prix.",
        {"cut", "relevé"},
    ),
    ("wrong-word", "Sales rose by 3%.", "Les ventes ont reculé de 3 %.", {"rose", "reculé"}),
]
SAME = [
    ("dates", "They came in the seventeenth century.", "Ils sont venus au XVIIe siècle."),
    ("dates", "In the 16th and 17th centuries.", "Aux XVIe et XVIIe siècles."),
    ("dates", "Two centuries ago it was new.", "Il y a deux cents ans, c’était nouveau."),
    ("dates", "The music of the 1980s.", "La musique des années 80."),
    (
        "wrong-word",
        "It raised its forecast and cut its dividend.",
        "Elle a relevé sa prévision et réduit son dividende.",
    ),
    ("wrong-word", "It closed down 6.2 percent.", "Elle a clôturé en baisse de 6,2 %."),
    (
        "wrong-word",
        "It fell 3% in May and rose 3% in June.",
        "Elle a reculé de 3 % en mai et progressé de 3 % en juin.",
    ),
]


@for_each(("check", "source", "target", "words"), DIFFER)
def test_what_differs_is_marked(check: str, source: str, target: str, words: set[str]) -> None:
    assert words <= marked(check, source, target)


@for_each(("check", "source", "target"), SAME)
def test_the_same_told_otherwise_is_left_alone(check: str, source: str, target: str) -> None:
    assert not marked(check, source, target)


NAMED = [
    ("the 16th and 17th centuries", "en", {16, 17}),
    ("a mid-nineteenth-century house, the twenty-first century", "en", {19, 21}),
    ("du VIIe au IXe siècle, au dix-huitième siècle", "fr", {7, 9, 18}),
    ("im 17. Jahrhundert", "de", {17}),
    ("the middle of the century", "en", set()),
    ("el siglo XVII", "es", set()),
]


@for_each(("text", "language", "named"), NAMED)
def test_centuries_are_read(text: str, language: str, named: set[int]) -> None:
    assert set(centuries(text, language)) == named


def test_decades_are_read() -> None:
    assert set(decades("the 1880s and the 90s", "en")) == {1880, 1990}
    assert set(decades("die 1920er Jahre", "de")) == {1920}
    assert set(decades("los años 20", "es")) == set()
