"""Seldom cases of the checks: each pair with what it says of it, [] where it must not speak."""

from typing import Any

from articles.checks.registry import ArticleFacts
from tests.checks.table import marked, shown

ONE_SIDED = ArticleFacts(
    pairs=[("The mayor spoke on Monday.", ""), ("", "Le maire a parlé lundi.")]
)
KEEPS = ArticleFacts(
    pairs=[
        ("Then Altman met Gottlieb.", "Puis Altman a rencontré Gottlieb."),
        ("Here Altman met Gottlieb.", "Ici, Altman a rencontré Gottlieb."),
    ]
)
CASES: list[tuple[str, str, str, set[str], dict[str, Any]]] = [
    ("capitals", "He met Jean-Paul of Xyloba.", "Il a vu le jean-paul de xyloba.", {"xyloba"}, {}),
    ("capitals", "He met DeGaulle and McKinsey.", "Il a vu degaulle et mckinsey.", {"degaulle", "mckinsey"}, {}),
    ("capitals", "He met Mont Blanc.", "Il a vu mont blanc.", set(), {}),
    ("capitals", "Il a vu Xyloba hier.", "He saw xyloba.", {"xyloba"}, {"source_language": "fr", "target_language": "en"}),
    ("doubled", "x", "Le roi et roi est là.", set(), {}),
    ("doubled", "x", "Il a 12 a mangé.", set(), {}),
    ("lowercase", "He came.", "le maire dort.", set(), {"previous": ("", "Il dit,")}),
    ("negation", "He read Do Not Disturb in bed.", "Il a lu au lit.", set(), {}),
    ("names", "- Altman left again.", "- Il est parti.", set(), {"article": KEEPS}),
    ("names", "There he saw Altman.", "Il a vu Alt-man.", set(), {"article": KEEPS}),
    ("names", "There he saw Altman.", "Il a vu Zyx-Altman.", set(), {"article": KEEPS}),
    ("names", "There he saw Altman.", "Il a vu un altmani.", set(), {"article": KEEPS}),
    ("names", "They met Carlos there.", "Ils ont vu Carlton.", set(), {}),
    ("names", "The town of Krasnoyarsk burns.", "La ville de Krasnoïarsk brûle.", set(), {}),
    ("names", "They met Julian there.", "Ils ont vu Julien.", set(), {}),
    ("names", "There he met Altman.", "Il y est.", {"Altman"},
     {"article": ArticleFacts(pairs=[("He met Altman.", "Il a vu Altman."), ("Altman left.", "Il part.")])}),
    ("numbers", "It is in the 80s today.", "Il fait 28 heures.", {"80s", "28"}, {}),
    ("numbers", "It is in the 80s today.", "Il y en a 28.", {"80s", "28"}, {}),
    ("numbers", "It took 3 hours and forty km.", "Il a fallu 40 heures et quatre km.", {"3", "quatre"}, {}),
    ("dates", "See Dec. there.", "Voir là.", set(), {}),
]  # fmt: skip
FRENCH = [
    ("agreement", "Elle lit une lettre Adressé à son père.", ""),
    ("agreement", "Il chante des chansons fort.", ""),
    ("agreement", "La plupart des maisons vendus sont neuves.", ""),
    ("agreement", "Beaucoup de maisons vendus sont neuves.", ""),
    ("agreement", "Le pont et la route fermés rouvrent.", ""),
    ("agreement", "Les ponts et la route qui sont fermée rouvrent.", "fermée"),
    ("agreement", "Les routes est fermées.", ""),
    ("determiner", "La os tombe.", ""),
    ("noun-for-verb", "La direction Rapports que tout va bien.", ""),
    ("noun-for-verb", "Le maire et le ministre rapports que tout va.", ""),
    ("noun-for-verb", "Grande ministre rapports que tout va bien.", ""),
    ("noun-for-verb", "Il traité que tout va bien.", ""),
    ("homophones", "Il à Paris hier.", ""),
    ("homophones", "Un moment ou il dort vient.", ""),
    ("second-verb", "C’est la ville reste calme.", ""),
    ("second-verb", "C’a la maison est venue.", ""),
    ("second-verb", "C’est une a dit.", ""),
    ("subject-verb", "La temps passent.", ""),
    ("no-verb", "Le très vendu roman du jeune auteur.", ""),
    ("elision", "le yaourt est bon.", ""),
    ("elision", "que iPhone marche.", ""),
    ("missing-ne", "Il regrette la marche pas finie.", ""),
    ("missing-ne", "Il pleut, et donc on voit pas.", "voit pas"),
    ("missing-ne", "C’est pas un peu bizarre ?", ""),
    ("missing-word", "Un jeu semblable à, disons, des charades.", ""),
    ("missing-word", "Si je n’aime pas mon travail alors change le.", ""),
    ("missing-word", "Il a survécu à, à une inondation.", "à,"),
    ("elision", "le convoi de united we roll.", ""),
    ("agreement", "Il étudie les maladies chez les humains qui sont prédominantes.", ""),
]


def test_a_determiner_is_offered_with_its_noun_where_the_form_is_sure() -> None:
    for target, offered in (
        ("Une arbre tombe.", ["un arbre"]),
        ("Cette homme vient.", []),
        ("Chaque arbre et plusieurs hibou.", []),
    ):
        [finding] = shown("french-determiner", "x", target)
        assert [words.lower() for _span, words in finding.remedy] == offered, target


def test_a_name_that_is_wrong_twice_is_one_finding() -> None:
    assert len(shown("names", "He met Altman, and Altman left.", "Il l’a vu et Altmen est parti.")) == 1  # fmt: skip


def test_words_that_stand_in_another_segment_are_no_grave_omission() -> None:
    for source, target in ONE_SIDED.pairs:
        [finding] = shown("alone", source, target, ONE_SIDED)
        assert finding.severity == "minor"
        elsewhere = "lundi" if source else "Monday"
        assert elsewhere in finding.text


def test_a_stray_full_stop_is_mended_as_the_source_has_it() -> None:
    for source, words, text in (
        ("He came. They left.", "Ils", "“ils”: capital missing after a full stop?"),
        ("He came and left.", "venu", "“venu. ils”: stray full stop?"),
    ):
        [finding] = shown("broken", source, "Il est venu. ils sont partis.")
        assert [new for _span, new in finding.remedy] == [words]
        assert finding.text == text


def test_a_word_that_begins_like_one_of_the_source_is_not_misspelt() -> None:
    target = "Ces algorithmes évolutionnaires sont anciens."
    assert not shown("french-spelling", "These evolutionary algorithms are old.", target)
    [finding] = shown("french-spelling", "These algorithms are old.", target)
    assert "révolutionnaires" in finding.text


def test_seldom_cases_of_all_languages() -> None:
    for check, source, target, words, more in CASES:
        assert marked(check, source, target, **more) == words, (check, target)


def test_seldom_cases_of_french() -> None:
    for check, target, words in FRENCH:
        assert marked(f"french-{check}", "x", target) == ({words} - {""}), (check, target)
