"""A profession with the gender of somebody else."""

from articles.checks.french.person_gender import other_gender
from articles.checks.registry import Pair, run_checks
from tests.cases import for_each


@for_each(
    ("target", "word", "right"),
    [
        ("Ce comptable, Denise Arruda, a témoigné.", "Ce", "Cette"),
        ("Le maire de Lyon, Anna Kovac, a parlé.", "Le", "La"),
        ("Elle a vu la juge Pierre Dupont.", "la", "le"),
        ("Il parle au ministre des Finances, Marie Durand.", "au", "à la"),
    ],
)
def test_the_other_gender_is_found(target: str, word: str, right: str) -> None:
    ((span, _person, remedy),) = other_gender(target)
    assert (span.of(target), remedy) == (word, right)


@for_each(
    "target",
    [
        "Cette comptable, Denise Arruda, a témoigné.",
        "Le juge Pierre Dupont a parlé.",
        "Le juge et la greffière, Anna Kovac, ont parlé.",
        "La porte-parole de la mairie, Camille Roux, a parlé.",
        "Le juge que présente Anna Kovac a parlé.",
    ],
)
def test_the_right_gender_is_left_alone(target: str) -> None:
    assert list(other_gender(target)) == []


def test_the_right_word_is_offered() -> None:
    pair = Pair("This bookkeeper, Denise Arruda, spoke.", "Ce comptable, Denise Arruda, a parlé.")
    (finding,) = run_checks(pair, only=["french-determiner"])
    assert [words for _span, words in finding.remedy] == ["Cette"]
