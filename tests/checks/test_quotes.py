"""Quotation marks of both languages."""

from articles.checks import apply_remedy
from articles.checks.registry import ArticleFacts, Pair, run_checks
from articles.text.quotation import quotations
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("“We wait,” he said.", "»Wir warten, sagte er."),
    ("“We wait,” he said.", "Nous attendons », a-t-il dit."),
    ("“We wait,” he said.", "« Nous attendons, a-t-il dit."),
    ("“We wait,” he said.", "“Nous attendons, a-t-il dit."),
    ("“We wait,” he said.", "Nous attendons”, a-t-il dit."),
    ('"We wait," he said.', 'Nous attendons", a-t-il dit.'),
    ('"We wait," he said.', '"Nous attendons, a-t-il dit.'),
    ("“We wait,” he said.", "«\u00a0Nous attendons, a-t-il dit."),
    ("“We wait,” he said.", "Nous attendons\u202f», a-t-il dit."),
    ("“We wait.” “They go.”", "« Nous attendons. » « Ils partent."),
    ("“We wait.” “They go.”", "« Nous attendons. » Ils partent »."),
    ("He calls it “a very big and good plan”.", "Il parle d’un « très grand et bon projet."),
    ("“We look forward to a dialogue.”", "Nous attendons un dialogue."),
    ('"We look forward to a dialogue."', "Nous attendons un dialogue."),
    ("« We look forward to a dialogue. »", "Nous attendons un dialogue."),
    ("“Yes.”", "Oui."),
    ("He said: “This is the end of the road.”", "Il a dit que c’était la fin du voyage."),
    ("‘We look forward to a dialogue.’", "Nous attendons un dialogue."),
    ("We wait.", "Nous attendons »."),
    ("We wait for the answer.", "« Nous attendons la réponse."),
    ("“We wait, he said.", "Nous attendons », a-t-il dit."),
    ("„We wait,“ he said.", "Nous attendons », a-t-il dit."),
]
FINE = [
    ("“We wait,” he said.", "»Wir warten«, sagte er."),
    ("“We wait,” he said.", "„Wir warten“, sagte er."),
    ("“We wait,” he said.", "—Esperamos —dijo."),
    ("“We wait,” he said.", "« Nous attendons », a-t-il dit."),
    ("“We wait,” he said.", "«\u202fNous attendons\u202f», a-t-il dit."),
    ("“We wait,” he said.", "«Nous attendons», a-t-il dit."),
    ("“We wait,” he said.", "“Nous attendons”, a-t-il dit."),
    ('"We wait," he said.', '"Nous attendons", a-t-il dit.'),
    ("‘We wait a bit,’ he said.", "« Nous attendons un peu », a-t-il dit."),
    ("“A,” he said, “and B.”", "« A, dit-il, et B. »"),
    ("“He said ‘no’ to me.”", "« Il m’a dit “non”. »"),
    (
        "The “so-called” plan and its many long parts.",
        "Le prétendu projet et ses nombreuses longues parties.",
    ),
    ("It’s the dogs’ bowl.", "C’est l’écuelle des chiens."),
    ('A 15" screen.', "Un écran de 15 pouces."),
    ("A 5'10\" man.", "Un homme de 1,78 m."),
    ("We wait.", "Nous attendons."),
    ("“We wait.", "« Nous attendons."),
    ("We wait.”", "Nous attendons. »"),
    ("„We wait,“ he said.", "« Nous attendons », a-t-il dit."),
    ("Le Monde said so.", "« Le Monde » l’a dit."),
    ('("We wait.")', '("Nous attendons.")'),
    ("The '90s and the '80s.", "Les années 90 et 80."),
    ("", "« Lire la suite"),
    ("“We wait.", ""),
]


@for_each(("source", "target"), FAULTS)
def test_a_fault_of_quotation_is_found_once(source: str, target: str) -> None:
    assert len(shown("quotes", source, target)) == 1


@for_each(("source", "target"), FINE)
def test_good_quotation_is_left_alone(source: str, target: str) -> None:
    assert shown("quotes", source, target) == []


def test_the_lone_mark_and_the_place_of_its_partner_are_marked() -> None:
    assert marked("quotes", "“We wait,” he said.", "Nous attendons », a-t-il dit.") == {
        "“We wait,”",
        "»",
        "Nous",
    }


def test_speech_that_runs_over_segments_must_end_where_the_source_ends_it() -> None:
    nexts = ("And we stay.”", "Et nous restons. »")
    assert shown("quotes", "“We are here.", "« Nous sommes là. »", following=nexts)
    assert not shown("quotes", "“We are here.", "« Nous sommes là.", following=nexts)
    assert not shown("quotes", "“We are here.", "« Nous sommes là. »")


def test_a_speech_of_several_segments_that_lost_its_marks_is_told_where_it_begins() -> None:
    after = ("It was cold.”", "Il faisait froid.")
    lost = Pair("“We waited in vain.", "Nous avons attendu en vain.", following=after)
    (finding,) = run_checks(lost, only={"quotes"})
    assert finding.text == "Opening quotation mark missing"
    whole = Pair(
        "“We waited in vain, he said.", "« Nous avons attendu », a-t-il dit.", following=after
    )
    assert not run_checks(whole, only={"quotes"})


def test_speech_that_runs_on_in_the_translation_alone_is_less_sure() -> None:
    alone = Pair("We are here.", "« Nous sommes là.", following=("We stay.", "Nous restons. »"))
    after = Pair("We stay.", "Nous restons. »", previous=("We are here.", "« Nous sommes là."))
    assert [each.score for each in run_checks(alone, only=["quotes"], unlikely=True)] == [0.4]
    assert [each.score for each in run_checks(after, only=["quotes"], unlikely=True)] == [0.4]


def test_a_straight_mark_that_stands_free_closes_what_is_open() -> None:
    assert [each.complete for each in quotations('" oui " et "non"')] == [True, True]
    assert [each.complete for each in quotations('a "')] == [False]


def test_the_missing_first_mark_is_offered() -> None:
    target = "nous attendons », a-t-il dit."
    found = shown("quotes", "“We wait,” he said.", target)
    assert [apply_remedy(target, each.remedy) for each in found] == [
        "«\u00a0Nous attendons », a-t-il dit."
    ]


def test_the_missing_last_mark_is_offered_where_the_speech_ends() -> None:
    for source, target, word in (
        ("“We wait,” he said.", "« Nous attendons, a-t-il dit.", "attendons"),
        ("He said: “We wait.”", "Il a dit : « Nous attendons.", "attendons."),
    ):
        (found,) = shown("quotes", source, target)
        assert apply_remedy(target, found.remedy) == target.replace(word, f"{word}\u00a0»")


def test_a_translation_that_marks_no_speech_has_its_own_style() -> None:
    lost = [(f"“We wait {number},” he said.", f"On attend {number}.") for number in range(6)]
    title = ("He read “Hope”.", "Il a lu « Espoir ».")
    assert shown("quotes", *lost[0], ArticleFacts(pairs=[title, *lost])) == []
    assert shown("quotes", *lost[0], ArticleFacts(pairs=[title, *lost[:3]]))
