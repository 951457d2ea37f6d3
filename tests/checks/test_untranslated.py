"""Words left in the source's language."""

from articles.checks.registry import ArticleFacts, Pair, run_checks
from articles.text.thresholds import SHOWN_SCORE
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("The writers lost the strike.", "Les writers ont perdu la grève.", {"writers"}),
    ("He reads the newspaper.", "Il lit le newspaper.", {"newspaper"}),
    ("They spend money.", "Ils spend de l’argent.", {"spend"}),
    ("It is definitely true.", "C’est definitely vrai.", {"definitely"}),
    ("a big and shining star", "une grande and shining étoile", {"and"}),
    ("They found the children.", "Ils ont trouvé les children.", {"children"}),
    ("“The weather is bad,” he said.", "« Le weather est mauvais », dit-il.", {"weather"}),
    ('"The weather is bad," he said.', '"Le weather est mauvais", dit-il.', {"weather"}),
    ("The government fell.", "Le government est tombé.", {"government"}),
    ("two weeks ago", "il y a deux weeks", {"weeks"}),
    ("because of you", "because de toi", {"because"}),
    ("They were with friends.", "Ils étaient with friends.", {"with friends"}),
    ("the knowledge of things", "la knowledge des choses", {"knowledge"}),
    ("He is unhappy.", "Il est unhappy.", {"unhappy"}),
    ("It happened yesterday.", "C’est arrivé yesterday.", {"yesterday"}),
    ("The Americans withdraw troops.", "Les Américains withdraw leurs soldats.", {"withdraw"}),
    (
        "Green activists gave a rough figure.",
        "Les militants écologistes ont donné un chiffre rough.",
        {"rough"},
    ),
    ("A slice of bread is on a par with it.", "Une slice de pain est pareille.", {"slice"}),
    ("He works through the night.", "Il travaille through la nuit.", {"through"}),
]
FINE = [
    ("From the green it fell into the rough.", "Du green, elle est tombée dans le rough."),
    ("The ball landed in the rough.", "La balle est tombée dans le rough."),
    ("Argyll and Bute Council said so.", "Le conseil d’Argyll and Bute l’a dit."),
    ("They love the buzz.", "Ils aiment le buzz."),
    ("a long weekend", "un long week-end"),
    ("The pitch was good.", "Le pitch était bon."),
    ("The budget is small.", "Le budget est petit."),
    ("Bank of America fell.", "Bank of America a chuté."),
    ("They saw “Back to the Future”.", "Ils ont vu « Back to the Future »."),
    ("He sang “when the night comes”.", "Il a chanté « when the night comes »."),
    ("Lord of the Rings", "Lord of the Rings"),
    ("See www.weather.com now.", "Voir www.weather.com maintenant."),
    ("Follow @weather now.", "Suivez @weather maintenant."),
    ("a newsroom with a chatbot", "une rédaction avec un chatbot"),
    ("The match ended.", "Le match est fini."),
    ("a cocktail", "un cocktail"),
    ("The film festival", "Le festival du film"),
    ("It is possible.", "C’est possible."),
    ("a football team leader", "un leader de football"),
    ("The marketing manager", "Le manager du marketing"),
    ("He is on the web.", "Il est sur le web."),
    ("A star is born.", "Une star est née."),
    ("An iPhone app", "Une appli iPhone"),
    ("", "Les writers"),
    ("The writers", ""),
]


ADOPTED = [
    ("The company grew.", "La company a grandi.", "company"),
    ("He bought a house.", "Il a acheté une house.", "house"),
    ("a gin party", "un gin party", "party"),
    ("They were two down.", "Ils étaient menés deux down.", "down"),
]


def test_a_word_that_french_may_have_adopted_is_unlikely() -> None:
    for source, target, word in ADOPTED:
        found = run_checks(Pair(source, target), only=["untranslated"], unlikely=True)
        assert [span.of(target) for each in found for span in each.target_spans] == [word]
        assert found[0].score < SHOWN_SCORE


@for_each(("source", "target", "words"), FAULTS)
def test_a_word_left_in_english_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("untranslated", source, target) == words


@for_each(("source", "target"), FINE)
def test_a_loan_or_a_title_is_left_alone(source: str, target: str) -> None:
    assert shown("untranslated", source, target) == []


def test_words_not_to_be_translated_are_left_alone() -> None:
    facts = ArticleFacts(do_not_translate=["daily weather"])
    assert not shown("untranslated", "the daily weather", "le daily weather", facts)
    # One of its words alone is not the term.
    found = marked("untranslated", "the daily weather", "le weather quotidien", facts)
    assert found == {"weather"}


def test_french_left_in_english_is_found_too() -> None:
    assert marked(
        "untranslated",
        "La grève dure.",
        "The grève goes on.",
        source_language="fr",
        target_language="en",
    )


def test_english_left_in_german_and_spanish_is_found() -> None:
    source = "The neighbours struck."
    for target, language in (
        ("Die neighbours streikten.", "de"),
        ("Los neighbours pararon.", "es"),
    ):
        found = marked("untranslated", source, target, target_language=language)
        assert found == {"neighbours"}
