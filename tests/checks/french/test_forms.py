"""The form that agrees, and findings that carry it."""

from articles.checks import apply_remedy
from articles.checks.french.forms import agreeing_form, plural_noun, verb_in_number
from articles.checks.french.words import FP, FS, MP, PLURAL, words
from articles.text.tokens import tokens
from tests.checks.table import shown

SOURCE = "Anything at all."


def word(text):
    return words(tokens(text))[0]


def test_a_form_is_made_only_where_the_dictionary_has_it() -> None:
    made = [
        agreeing_form(word("lié"), FP),
        agreeing_form(word("heureux"), FS),
        agreeing_form(word("nationale"), MP),
        agreeing_form(word("nouveau"), FS),
        agreeing_form(word("lié"), PLURAL),
        agreeing_form(word("table"), FP),
    ]
    assert made == ["liées", "heureuse", "nationaux", "nouvelle", "", ""]
    assert [plural_noun(word("rapport")), plural_noun(word("cheval"))] == ["rapports", "chevaux"]
    verbs = [("est", "p"), ("annonce", "p"), ("finissent", "s"), ("avait", "p"), ("peut", "p")]
    forms = [verb_in_number(word(text), number) for text, number in verbs]
    assert forms == ["sont", "annoncent", "finit", "avaient", "peuvent"]


def test_findings_of_grammar_carry_the_right_form() -> None:
    table = [
        ("Le société grandit.", "La société grandit."),
        ("Il lit les rapport.", "Il lit les rapports."),
        ("C’est un histoire vraie.", "C’est une histoire vraie."),
        ("Les entreprises a annoncé une hausse.", "Les entreprises ont annoncé une hausse."),
        ("Il vient dans afin de parler.", "Il vient afin de parler."),
        ("Il parle de les enfants.", "Il parle des enfants."),
        ("Il à mangé.", "Il a mangé."),
        ("Elle a toujours a cherché de l’aide.", "Elle a toujours cherché de l’aide."),
        ("Une étoile brillante et brillante.", "Une étoile brillante."),
    ]
    checks = "french-determiner french-subject-verb french-prepositions french-homophones doubled"
    wrong = []
    for target, right in table:
        repaired = []
        for check in checks.split():
            repaired += [apply_remedy(target, each.remedy) for each in shown(check, SOURCE, target)]
        if right not in repaired:
            wrong.append((target, repaired))
    assert wrong == []


def test_facts_carry_what_the_source_says() -> None:
    table = [
        (
            "numbers",
            "He paid 1,200 euros.",
            "Il a payé 1 300 euros.",
            "Il a payé 1\u00a0200 euros.",
        ),
        ("dates", "They met on Monday.", "Ils se sont vus mardi.", "Ils se sont vus lundi."),
        ("names", "Then Corbyn left.", "Puis Cobryn est parti.", "Puis Corbyn est parti."),
        ("broken", "He sat down in a chair.", "Il s’assied. dans un fauteuil.", ""),
    ]
    for check, source, target, right in table:
        found = shown(check, source, target)
        repaired = [apply_remedy(target, each.remedy) for each in found]
        assert repaired == [right or "Il s’assied dans un fauteuil."]


def test_two_wrong_numbers_have_no_remedy() -> None:
    found = shown("numbers", "He paid 12 euros for 7 cats.", "Il a payé 15 euros pour 8 chats.")
    assert found
    assert not any(each.remedy for each in found)
