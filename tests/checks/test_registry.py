"""The registry: each check once, and only for the languages it knows."""

import pytest

from articles.checks import CHECKS, Pair, check, run_checks
from articles.checks.registry import ArticleFacts, Finding, _each_place_once
from articles.text.document import Span

REGISTERED = (
    "added alone broken capitals dates doubled dropped french-agreement french-determiner "
    "french-elision french-homophones french-missing-ne french-missing-word french-no-verb french-noun-for-verb french-prepositions "
    "french-second-verb french-spelling french-subject-verb french-subjunctive grammalecte hedges length lowercase names "
    "negation numbers quotes restriction speaker tense terminology typography units untranslated wrong-word"
).split()


def test_a_name_is_taken_once():
    with pytest.raises(ValueError, match="two checks are called dropped"):
        check(id="dropped", type="Omission", severity="major", title="", help="")(
            lambda pair, article: ()
        )


def test_a_check_keeps_to_its_languages():
    french = next(
        each
        for each in CHECKS.values()
        if {target for _source, target in each.languages} == {"fr"} and ("", "fr") in each.languages
    )
    assert french.applies(Pair("a", "b"))
    assert not french.applies(Pair("a", "b", target_language="de"))


def test_findings_come_likeliest_first():
    found = run_checks(
        Pair("The mayor paid 12 euros to 40 people.", "le maire a payé payé 13 euros."),
        unlikely=True,
    )
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len(found) > 1


def test_these_checks_are_registered_those_of_sub_packages_too():
    assert sorted(CHECKS) == sorted(REGISTERED)
    packages = {each.run.__module__.rpartition(".")[0] for each in CHECKS.values()}
    assert packages == {"articles.checks", "articles.checks.french", "articles.checks.numbers"}


def test_the_same_changed_words_are_said_once() -> None:
    pair = Pair("It lasted eleven weeks.", "Cela a duré onze mois.")
    found = run_checks(pair, only=["units", "wrong-word"])
    assert [each.text for each in found] == ["Unit differs: eleven weeks → onze mois"]
    pair = Pair(
        "The town says it never received the report.", "La ville dit avoir reçu le rapport."
    )
    found = run_checks(pair, only=["negation", "dropped"])
    assert [each.check for each in found] == ["negation"]


def test_a_lost_word_is_said_beside_what_became_of_the_speaker() -> None:
    source, target = Span(0, 6), Span(0, 2)
    lost = Finding("dropped", "Omission", "major", 0.57, "", source_spans=(source,))
    for name, expected in (("speaker", ["dropped", "speaker"]), ("negation", ["negation"])):
        turned = Finding(name, "Mistranslation", "major", 0.8, "", {}, (Span(1, 6),), (target,))
        kept = _each_place_once([turned, lost])
        assert sorted(each.check for each in kept) == sorted(expected)


def test_the_same_lost_words_are_said_once() -> None:
    article = ArticleFacts(pairs=[("Then Altman came.", "Puis Altman est venu.")] * 3)
    source = "The minister arrived in Rome on Tuesday with Altman and a dozen advisers."
    target = "Le ministre est arrivé à Rome mardi."
    names = run_checks(Pair(source, target), article, only=["names"])
    assert [each.text for each in names] == ["Name missing: “Altman”"]
    both = run_checks(Pair(source, target), article, only=["names", "dropped"])
    assert [each.check for each in both] == ["dropped"]
    only = run_checks(Pair("He found only one key.", "Il a trouvé une clé."))
    assert [each.source_spans for each in only] == [(Span(9, 13),)]


def test_an_added_sentence_is_said_once_with_its_numbers_and_days() -> None:
    added = run_checks(Pair("", "Le pont a coûté 3 millions, a-t-on appris mardi."))
    assert [each.check for each in added] == ["alone"]


def test_words_that_are_said_to_be_wrong_are_not_said_to_be_added() -> None:
    found = run_checks(
        Pair("The Chancellor resigned.", "Le vice-chancelier a démissionné."),
        only=["wrong-word", "added"],
    )
    assert [each.check for each in found] == ["wrong-word"]
