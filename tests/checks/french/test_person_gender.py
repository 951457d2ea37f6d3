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
        ("Samedi le maire, Anna Kovac, a parlé.", "le", "la"),
        ("André a vu le maire, Anna Kovac.", "le", "la"),
        ("Cette artiste, Paul Durand, a chanté.", "Cette", "Cet"),
        ("Il connaît cette autre élève, Paul Durand.", "cette", "cet"),
        ("C’est le bureau de la juge Paul Durand.", "de la", "du"),
        ("À la juge Paul Durand, il a menti.", "À la", "Au"),
        ("Le maire de Lyon, Anna Maria von der Heide, a parlé.", "Le", "La"),
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
        "Devant le juge, Marie Dupont a nié.",
        "Devant le juge, Marie Dupont, 34 ans, a nié.",
        "Face au juge, Marie Dupont, 34 ans, a nié.",
        "Après avoir vu le juge, Marie Dupont, 34 ans, a nié.",
        "Dans son bureau du tribunal, devant le juge, Marie Dupont, 34 ans, a nié.",
        "Accusant le maire de corruption, Anne Martin, candidate écologiste, a démissionné.",
        "Confrontée au juge, Marie Dupont, 34 ans, a nié.",
        "Il a plu. Élue contre le maire, Anne Martin, écologiste, a parlé.",
        "Surpris par le maire de la ville, Anne Martin, écologiste, a parlé.",
        f"{'Après un long débat et une pause ' * 5}le juge, Marie Dupont, 34 ans, a nié.",
        "Selon la porte-parole, Paul Dupont est sorti.",
        "D’après le maire, Anne Martin a quitté la ville.",
        "D'après le maire, Anne Martin, élue, a quitté la ville.",
        "Elle a épousé le fils du maire, Marie Durand.",
        "Elle dépend de la ministre, Paul Durand, et du préfet.",
        "Il y avait la ministre de la Culture, Gérard Larcher et le préfet.",
        "Il y avait la ministre de la Culture, Gérard Larcher, et le préfet.",
        "Il y avait la ministre de la Culture, Gérard Larcher, Paul Durand et Anne Martin.",
        "Dans le jugement, Marie Dupont est citée.",
        "Dans le jugement, Marie Dupont, 34 ans, est citée.",
        "La capitainerie du port, Paul Durand, a fermé.",
        "Devant le juge de\u00a0Marie Dupont, il a nié.",
        "Le juge et ami\nMarie Dupont a parlé.",
        "Le maire de\u00a0Sainte\u00a0Anne Martin a parlé.",
    ],
)
def test_the_right_gender_is_left_alone(target: str) -> None:
    assert list(other_gender(target)) == []


def test_the_right_word_is_offered() -> None:
    pair = Pair("This bookkeeper, Denise Arruda, spoke.", "Ce comptable, Denise Arruda, a parlé.")
    (finding,) = run_checks(pair, only=["french-determiner"])
    assert [words for _span, words in finding.remedy] == ["Cette"]
