"""Who said a quotation: another name, or a title of the other gender."""

from articles.checks.registry import ArticleFacts, Pair
from articles.checks.said_by import other_speaker
from tests.cases import for_each
from tests.checks.table import marked

QUOTED = "“At that moment I thought it was over,” {}."
CITÉ = "« À ce moment-là, j’ai pensé que c’était fini », {}."


@for_each(
    ("source", "target", "words"),
    [
        ("Hahn admitted", "a reconnu Meier", {"Hahn", "Meier"}),
        ("said Hahn", "a déclaré Meier après le match", {"Hahn", "Meier"}),
        ("Hahn admitted", "a reconnu Hahn", set()),
        ("Putin said", "a dit Poutine", set()),
        ("wrote Fiona Abbott", "a écrit Annika Sjoberg", {"Fiona Abbott", "Annika Sjoberg"}),
        ("wrote Fiona Abbott", "a écrit Mme Abbott", set()),
        ("wrote Fiona Abbott", "a écrit Fiona Abbott", set()),
        ("Beijing said", "a dit Pékin", set()),
        ("Hahn admitted", "a reconnu la joueuse", set()),
        ("she admitted", "a reconnu Meier", set()),
    ],
)
def test_another_person_behind_a_quotation(source: str, target: str, words: set[str]) -> None:
    assert marked("names", QUOTED.format(source), CITÉ.format(target)) == words


def test_two_names_of_one_person_are_no_other_speaker() -> None:
    pair = Pair(QUOTED.format("Anna said"), CITÉ.format("a dit Kovar"))
    assert list(other_speaker(pair, ArticleFacts()))
    named = ArticleFacts(pairs=(("Anna Kovar has won.", "Anna Kovar a gagné."),))
    assert not list(other_speaker(pair, named))


@for_each(
    ("source", "target", "words"),
    [
        ("she said", "a déclaré M. Mlakar", {"she", "M. Mlakar"}),
        ("he said", "a déclaré Mme Mlakar", {"he", "Mme Mlakar"}),
        ("she said", "s’est désolé M. Mlakar", {"she", "M. Mlakar"}),
        ("she said", "a déclaré Mme Mlakar", set()),
        ("Mlakar said", "a déclaré M. Mlakar", set()),
    ],
)
def test_a_title_of_the_other_gender(source: str, target: str, words: set[str]) -> None:
    assert marked("speaker", QUOTED.format(source), CITÉ.format(target)) == words


@for_each(
    ("source", "target", "words"),
    [
        ("Mr Keller resigned.", "Mme Keller a démissionné.", {"Mr Keller", "Mme Keller"}),
        ("Mrs Keller resigned.", "M. Keller a démissionné.", {"Mrs Keller", "M. Keller"}),
        ("Mr Keller resigned.", "M. Keller a démissionné.", set()),
        ("Mr and Mrs Keller met Mr Keller.", "Mme Keller a rencontré M. Keller.", set()),
        ("Keller resigned.", "Mme Keller a démissionné.", set()),
    ],
)
def test_mr_told_as_mme(source: str, target: str, words: set[str]) -> None:
    assert marked("speaker", source, target) == words
