"""French typography, judged by the article's own habit."""

from articles.checks import apply_remedy
from articles.checks.registry import ArticleFacts, Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown

HABIT = ArticleFacts(
    pairs=[
        ("", "Qui ? « Moi », dit-il : c’est l’un ; l’autre ! Il y a 5 % d’eau, un peu, et du sel."),
        ("", "« Ah »"),
        ("", "C’est l’un qui n’a qu’une part d’eau, l’autre n’a que l’air d’un d’entre eux."),
    ]
)
FAULTS = [
    ("Lire la suite: qui ?", ":"),
    ("Il dit: oui.", ":"),
    ("Il part; elle reste.", ";"),
    ("Qui vient?", "?"),
    ("Quoi! Encore ?", "!"),
    ("Vraiment?!", "?!"),
    ("« Qui vient?»", "?"),
    ("Il a dit «oui ».", "«"),
    ("Il a dit « oui».", "»"),
    ("Il a dit “oui”.", "“"),
    ("Il a dit oui”.", "”"),
    ('"Cela ira", dit-elle.', '"'),
    ("Il vient , dit-elle.", ","),
    ("Il vient .", "."),
    ("Il y a 12% de sel.", "%"),
    ("C'est l’un.", "'"),
    ("C’est l'un.", "'"),
    ("Il y a 5 chats; il pleut.", ";"),
    ("En 2020: rien.", ":"),
    ("Ah bon?", "?"),
    ("« Bravo!”", "!"),
    ("12 %: un record", ":"),
]
FINE = [
    "Lire la suite : qui ?",
    "Lire la suite\u00a0: qui\u202f?",
    "Il part\u202f; elle reste.",
    "Quoi ! Encore ?!",
    "Il a dit « oui ».",
    "Il a dit «\u202foui\u202f».",
    "Il vient, dit-elle.",
    "Il y a 12\u00a0% de sel.",
    "C’est l’un.",
    "À 15:30, il part.",
    "Voir https://exemple.fr/?a=b;c.",
    "Un ratio de 3:1.",
    "Yahoo! gagne.",
    "(Il part.)",
    "Il part… elle reste.",
    "Il part...",
    "Rien.",
    "« Qui vient ? »",
    "1,5 million",
    "Il a dit : « Non ! »",
    "Aujourd’hui",
    'Un écran de 27" et un mur de 6\'4".',
]


@for_each(("target", "words"), FAULTS)
def test_a_slip_is_found_where_it_stands(target: str, words: str) -> None:
    found = shown("typography", "Anything.", target, HABIT)
    assert words in {span.of(target).strip() for each in found for span in each.target_spans}
    assert {each.severity for each in found} == {"neutral"}


@for_each("target", FINE)
def test_good_typography_is_left_alone(target: str) -> None:
    assert shown("typography", "Yahoo! wins.", target, HABIT) == []


def test_one_pair_of_other_quotation_marks_is_put_right() -> None:
    for target, right in (
        ('"Cela ira", dit-elle.', "«\u00a0Cela ira\u00a0», dit-elle."),
        ("“Cela ira”, dit-elle.", "«\u00a0Cela ira\u00a0», dit-elle."),
        ('« Il a dit "oui" », dit-elle.', None),
        ('"Oui", dit-elle. "Non."', None),
        ('Il a dit "oui.', None),
    ):
        (found,) = shown("typography", "Anything.", target, HABIT)
        assert (apply_remedy(target, found.remedy) if found.remedy else None) == right


def test_a_house_with_another_style_is_left_in_peace() -> None:
    house = ArticleFacts(pairs=[("", "Qui? Quoi? C'est l'un."), ("", "Il dit: oui.")])
    pair = Pair("Who?", "Qui?")
    assert run_checks(pair, house, only=["typography"], unlikely=True) == []
    mixed = ArticleFacts(pairs=[("", "Qui? Quoi? Comment?"), ("", "Quoi ?")])
    assert [each.score for each in run_checks(pair, mixed, only=["typography"], unlikely=True)] == [
        0.4
    ]
    assert [each.score for each in run_checks(pair, only=["typography"], unlikely=True)] == [0.4]
    colons = ArticleFacts(
        pairs=[("", "Il dit: oui. Elle dit: non."), ("", "Qui ? Quoi ? Où ? Et ?")]
    )
    assert shown("typography", "He asks: who?", "Il demande: qui ?", colons) == []


def test_all_places_of_a_rule_are_one_finding() -> None:
    assert marked("typography", "Who? What?", "Qui? Quoi? « Ah » : oui ! non ?", HABIT) == {"?"}


def test_straight_marks_are_slips_only_where_french_ones_are_the_habit() -> None:
    straight = '"Cela ira", dit-elle.'
    for french, is_slip in ((3, False), (4, True)):
        habit = ArticleFacts(pairs=[("", straight), *[("", "« Ah »")] * french])
        assert bool(shown("typography", "Anything.", straight, habit)) == is_slip


def test_a_mark_between_letters_is_no_quotation_mark() -> None:
    assert shown("typography", "At the age of 12.", 'À l"âge de 12 ans.', HABIT) == []
