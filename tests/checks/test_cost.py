"""No check takes long on any text: what a text of 20,000 letters costs grows with its length."""

import pytest

from articles import checks
from articles.checks import ArticleFacts, Pair, run_checks
from tests.cost import growth


def numbered(word):
    return lambda count: "".join(f" {word}{number:b}" for number in range(count)).translate(LETTERS)


LETTERS = str.maketrans("01", "ab")
HOSTILE = [
    ("broken", lambda count: "a" * 10 * count),
    ("negation", lambda count: "a" * 10 * count),
    ("numbers", lambda count: "".join(f" {5_000 + number}" for number in range(count))),
    ("numbers", lambda count: "1-" * 3 * count),
    ("units", lambda count: "$1 " * count),
    ("capitals", lambda count: "Lundi " * count),
    ("typography", lambda count: "a!" * 2 * count),
    ("untranslated", lambda count: "the mot " * count),
    ("names", numbered("Lyon")),
    ("hedges", lambda count: "may be " * count),
    ("dropped", lambda count: "May 1, " * count),
    ("wrong-word", lambda count: "1" * 10 * count),
    ("wrong-word", lambda count: "1 a year, " * count),
    ("wrong-word", lambda count: "two" + "-a" * (count // 20)),
    ("wrong-word", lambda count: "-two" * 5 * count),
    ("wrong-word", lambda count: "was seen by cats " * (count // 4)),
    ("wrong-word", lambda count: "est vu par " * (count // 4)),
    ("wrong-word", lambda count: "red, rouge, blue, bleu, " * (count // 4)),
    ("tense", lambda count: "they used to sing " * (count // 4)),
    ("tense", lambda count: "was seen sera vu " * (count // 4)),
    ("speaker", lambda count: "Mr Keller Mme Keller " * (count // 4)),
]
"""A check, and a text on which its cost grew with the square of the length."""


@pytest.mark.slow  # each is measured several times
def test_what_checks_cost_grows_with_the_text():
    steep = {}
    for name, text in HOSTILE:
        check = checks.CHECKS[name]

        def work(count, check=check, text=text):
            pair = Pair(f"{text(count)}.", f"{text(count)} mot.")
            list(check.run(pair, ArticleFacts(pairs=[(pair.source, pair.target)])))

        times = growth(work, 1_000)
        if times >= 9:
            steep[name] = times
    assert steep == {}


def test_a_name_of_capitals_is_read_in_one_go():
    word = "A" * 40 + "1"
    assert not [each for each in run_checks(Pair(word, word)) if each.check == "names"]


def test_a_check_has_so_many_findings_and_no_more(monkeypatch):
    monkeypatch.setattr("articles.checks.registry.MOST_FINDINGS", 3)
    pair = Pair("It is good.", "C’est bon bon, beau beau, vert vert, bleu bleu, gris gris.")
    assert len(run_checks(pair, only=["doubled"])) == 3


def test_repairs_are_tried_on_so_many_letters_only(monkeypatch):
    pair = Pair("It is good and green.", "C’est bon bon et vert vert.")
    remedies = [each.remedy for each in run_checks(pair, only=["doubled"])]
    assert all(remedies)
    letters = len(pair.source) + len(pair.target)
    monkeypatch.setattr("articles.checks.registry.REPAIRED_LETTERS", letters)
    kept = [each for each in run_checks(pair, only=["doubled"]) if each.remedy]
    assert len(kept) == 1


def test_a_pair_too_long_for_the_models_is_one_part_without_links():
    pair = Pair("The mayor spoke. " * 200, "Le maire a parlé. " * 200)
    assert [part.links.links for part in pair.parts] == [()]


def test_what_a_caller_raises_ends_the_run():
    def stop():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        run_checks(Pair("e\u0301", "e\u0301"), go_on=stop)
