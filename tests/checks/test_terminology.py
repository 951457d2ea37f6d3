"""The article's own word lists."""

from articles.checks.registry import ArticleFacts
from tests.cases import for_each
from tests.checks.table import marked, shown

FACTS = ArticleFacts(
    glossary={
        "strike": "grève",
        "writer": "scénariste|auteur",
        "social media": "réseaux sociaux",
        "AI": "IA",
        "app": "application",
        "chief executive": "PDG",
        "film studio": "studio de cinéma",
        "unset": " ",
    },
    do_not_translate=["Sora", "Black Friday", "Blade Runner", "C++"],
)
FAULTS = [
    ("The strike ended.", "Le combat a pris fin.", {"strike"}),
    ("The strikes ended.", "Les combats ont pris fin.", {"strikes"}),
    ("Strikes!", "Combats !", {"Strikes"}),
    ("The writers left.", "Les écrivains sont partis.", {"writers"}),
    ("A writer left.", "Un romancier est parti.", {"writer"}),
    ("On social media, it spread.", "Il s’est répandu sur les médias sociaux.", {"social media"}),
    ("Social media matter.", "Les médias comptent.", {"Social media"}),
    ("AI is here.", "L’AI est là.", {"AI"}),
    ("“AI” is here.", "« L’ordinateur » est là.", {"AI"}),
    ("The app works.", "L’appli marche.", {"app"}),
    ("The apps work.", "Les applis marchent.", {"apps"}),
    ("The chief executive spoke.", "Le directeur a parlé.", {"chief executive"}),
    ("Film studios agreed.", "Les studios de films sont d’accord.", {"Film studios"}),
    ("a film studio", "un studio", {"film studio"}),
    ("Sora is fast.", "Ciel est rapide.", {"Sora"}),
    ("They like Sora’s videos.", "Ils aiment ses vidéos.", {"Sora"}),
    ("Black Friday sales", "Les soldes du Vendredi noir", {"Black Friday"}),
    ("He saw Blade Runner.", "Il a vu « Le Coureur ».", {"Blade Runner"}),
    ("He writes C++.", "Il écrit du C.", {"C++"}),
    ("Sora!", "sora !", {"Sora"}),
]
FINE = [
    ("The strike ended.", "La grève a pris fin."),
    ("The strikes ended.", "Les grèves ont pris fin."),
    ("The writers left.", "Les scénaristes sont partis."),
    ("The writers left.", "Les auteurs sont partis."),
    ("Social media matter.", "Les réseaux sociaux comptent."),
    ("AI is here.", "L’IA est là."),
    ("AI is here.", "« IA » : elle est là."),
    ("The apps work.", "Les applications marchent."),
    ("The chief executive spoke.", "Le PDG a parlé."),
    ("Film studios agreed.", "Les studios de cinéma sont d’accord."),
    ("Sora is fast.", "Sora est rapide."),
    ("Sora’s videos", "les vidéos de Sora"),
    ("Black Friday sales", "Les soldes du Black Friday"),
    ("He writes C++.", "Il écrit du C++."),
    ("Nothing of note.", "Rien à signaler."),
    ("The striker scored.", "L’attaquant a marqué."),
    ("An unset word.", "Un mot."),
    ("Ai Weiwei came.", "Ai Weiwei est venu."),
    ("Sorano is a village.", "C’est un village."),
    ("", "La grève."),
]


@for_each(("source", "target", "words"), FAULTS)
def test_another_term_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("terminology", source, target, FACTS) == words


@for_each(("source", "target"), FINE)
def test_the_set_term_is_left_alone(source: str, target: str) -> None:
    assert shown("terminology", source, target, FACTS) == []


def test_a_language_without_lemmas_compares_words_as_they_are() -> None:
    facts = ArticleFacts(glossary={"strike": "streik"})
    assert shown("terminology", "The strike", "der Kampf", facts, target_language="xx")


def test_the_words_of_a_set_translation_are_no_wrong_words() -> None:
    source = "The wake could damage the oyster beds."
    target = "Le sillage pourrait endommager les parcs à huîtres."
    facts = ArticleFacts(glossary={"oyster bed": "banc d’huîtres|parc à huîtres"})
    assert marked("wrong-word", source, target) == {"beds", "parcs"}
    assert shown("wrong-word", source, target, facts) == []


def test_a_wrong_word_beside_a_set_translation_is_found() -> None:
    source = "The fire spread to the north of the oyster beds."
    target = "L’incendie a gagné le sud des parcs à huîtres."
    facts = ArticleFacts(glossary={"oyster bed": "parc à huîtres"})
    assert marked("wrong-word", source, target, facts) >= {"north", "sud"}
