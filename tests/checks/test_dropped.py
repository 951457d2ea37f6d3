"""Dropped and added phrases: what must be found, and what must be left alone."""

from __future__ import annotations

import numpy as np
import pytest

from articles.checks import dropped
from articles.checks.carets import insertion_point
from articles.checks.nearby import is_translated_nearby
from articles.checks.registry import ArticleFacts, Pair, language_name, run_checks
from articles.omissions import word_aligner
from articles.omissions.omission_spans import OmittedRun
from articles.omissions.pair_parts import linked_parts
from articles.omissions.word_aligner import WordLinks
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each
from tests.checks.table import marked, shown

pytestmark = pytest.mark.skipif(
    load_word_encoder() is None, reason="the word encoder is not installed"
)

DROPPED = [
    (
        "The minister arrived in Rome on Tuesday with a dozen advisers.",
        "Le ministre est arrivé à Rome mardi.",
        "advisers",
    ),
    (
        "The court ruled on Monday that the law was unfair.",
        "Le tribunal a jugé lundi.",
        "that the law was unfair",
    ),
    (
        "Two hikers were rescued by helicopter on Sunday.",
        "Deux randonneurs ont été secourus dimanche.",
        "by helicopter",
    ),
    (
        "The company, founded in Lille in 1987, makes clocks.",
        "L’entreprise fabrique des horloges.",
        "founded in Lille",
    ),
    (
        "Prices rose sharply because of the drought.",
        "Les prix ont fortement augmenté.",
        "because of the drought",
    ),
    ("She plays the violin and the piano.", "Elle joue du violon.", "and the piano"),
    (
        "Before leaving, he thanked the whole crew.",
        "Il a remercié tout l’équipage.",
        "Before leaving",
    ),
    (
        "The old library near the harbour burned down.",
        "La vieille bibliothèque a brûlé.",
        "near the harbour",
    ),
    (
        "The players celebrated their victory in the streets.",
        "ont fêté leur victoire dans les rues.",
        "players",
    ),
    (
        "The mayor, who was visibly moved, left early.",
        "Le maire est parti plus tôt.",
        "visibly moved",
    ),
    (
        "Rents have doubled in ten years in the centre of Nantes.",
        "Les loyers ont doublé en dix ans.",
        "Nantes",
    ),
    (
        "“Nobody warned us about the flood,” the baker said.",
        "« Personne ne nous a prévenus », a dit le boulanger.",
        "flood",
    ),
    (
        "“We will appeal,” the lawyer told reporters.",
        "« Nous ferons appel. »",
        "the lawyer told reporters",
    ),
    (
        "The ferry sank off the island during a violent storm.",
        "Le ferry a coulé au large de l’île.",
        "violent storm",
    ),
    (
        "According to the police, four shops were robbed.",
        "Quatre magasins ont été cambriolés.",
        "According to the police",
    ),
    (
        "The new tram carries 40,000 passengers every day.",
        "Le nouveau tramway transporte 40 000 passagers.",
        "every day",
    ),
    (
        "The farmer keeps goats, hens and two old donkeys.",
        "L’agriculteur élève des chèvres et des poules.",
        "donkeys",
    ),
    (
        "The hospital will close its maternity ward next spring.",
        "L’hôpital fermera au printemps prochain.",
        "maternity ward",
    ),
    ("The film (shot in Iceland) opens on Wednesday.", "Le film sort mercredi.", "shot in Iceland"),
]
WHOLE = [
    ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi."),
    (
        "The court ruled on Monday that the law was unfair.",
        "Lundi, le tribunal a jugé la loi injuste.",
    ),
    (
        "Two hikers were rescued by helicopter.",
        "Deux randonneurs ont été secourus par hélicoptère.",
    ),
    ("She plays the violin and the piano.", "Elle joue du violon et du piano."),
    (
        "Prices rose sharply because of the drought.",
        "La sécheresse a fait fortement grimper les prix.",
    ),
    ("I do not know what to do.", "Je ne sais pas quoi faire."),
    (
        "“It was a great night,” said the singer.",
        "« C’était une belle soirée », a déclaré la chanteuse.",
    ),
    ("The film will be shown in 12 cities.", "Le film sera projeté dans 12 villes."),
    ("It is raining.", "Il pleut."),
    ("He has been living here since 2010.", "Il vit ici depuis 2010."),
    (
        "The mayor, who was visibly moved, left early.",
        "Visiblement ému, le maire est parti plus tôt.",
    ),
    ("Rents have doubled in ten years.", "En dix ans, les loyers ont été multipliés par deux."),
    (
        "“We will appeal,” the lawyer told reporters.",
        "« Nous ferons appel », a déclaré l’avocate à la presse.",
    ),
    ("The ferry sank off the island.", "Le ferry a coulé au large de l’île."),
    (
        "According to the police, four shops were robbed.",
        "Quatre magasins ont été cambriolés, selon la police.",
    ),
    ("Bread is getting more and more expensive.", "Le pain coûte de plus en plus cher."),
    ("There are no trains this morning.", "Aucun train ne circule ce matin."),
    ("The hospital will close its maternity ward.", "La maternité de l’hôpital va fermer."),
    (
        "She did not want to answer our questions.",
        "Elle n’a pas souhaité répondre à nos questions.",
    ),
    ("The film opens on Wednesday.", "Le film sort mercredi\u202f!"),
]
ADDED = [
    (
        "The minister arrived.",
        "Le ministre est arrivé avec une douzaine de conseillers.",
        "conseillers",
    ),
    (
        "The court ruled on Monday.",
        "Le tribunal a jugé lundi que la loi était injuste.",
        "la loi était injuste",
    ),
    (
        "Two hikers were rescued.",
        "Deux randonneurs ont été secourus par un hélicoptère de l’armée.",
        "hélicoptère",
    ),
    (
        "The company makes clocks.",
        "L’entreprise, fondée à Lille en 1987, fabrique des horloges.",
        "fondée à Lille",
    ),
    (
        "Prices rose sharply.",
        "Les prix ont fortement augmenté à cause de la sécheresse.",
        "sécheresse",
    ),
    ("She plays the violin.", "Elle joue du violon et du piano depuis son enfance.", "piano"),
    (
        "He thanked the crew.",
        "Avant de quitter le navire, il a remercié l’équipage.",
        "quitter le navire",
    ),
    (
        "The old library burned down.",
        "La vieille bibliothèque, près du port de pêche, a brûlé.",
        "port de pêche",
    ),
    (
        "They want to build schools.",
        "Ils veulent construire des écoles, des hôpitaux et des routes.",
        "hôpitaux",
    ),
    (
        "The players celebrated.",
        "Les joueurs ont fait la fête dans les rues de la capitale.",
        "rues de la capitale",
    ),
    (
        "The mayor left early.",
        "Le maire, très ému par cet accueil, est parti plus tôt.",
        "ému par cet accueil",
    ),
    ("Rents have doubled.", "Les loyers ont doublé dans le centre historique de Nantes.", "Nantes"),
    ("Nobody warned us.", "Personne ne nous a prévenus de la crue du fleuve.", "crue du fleuve"),
    (
        "“We will appeal.”",
        "« Nous ferons appel », a déclaré l’avocate aux journalistes.",
        "avocate",
    ),
    (
        "The ferry sank.",
        "Le ferry a coulé au large de l’île pendant une violente tempête.",
        "violente tempête",
    ),
    (
        "Four shops were robbed.",
        "Selon la police municipale, quatre magasins ont été cambriolés.",
        "police municipale",
    ),
    ("The farmer keeps goats.", "L’agriculteur élève des chèvres et deux vieux ânes.", "ânes"),
    (
        "The hospital will close.",
        "L’hôpital fermera définitivement sa maternité au printemps.",
        "maternité",
    ),
    (
        "The film opens on Wednesday.",
        "Le film, tourné en Islande, sort mercredi.",
        "tourné en Islande",
    ),
    (
        "The bridge is closed.",
        "Le pont est fermé aux camions jusqu’à la fin des travaux.",
        "fin des travaux",
    ),
]


@for_each(("source", "target", "words"), DROPPED)
def test_dropped_words_are_underlined(source: str, target: str, words: str) -> None:
    assert any(words in each for each in marked("dropped", source, target))


@for_each(("source", "target"), WHOLE)
def test_whole_translations_are_left_alone(source: str, target: str) -> None:
    assert shown("dropped", source, target) == []
    assert shown("added", source, target) == []


@for_each(("source", "target", "words"), ADDED)
def test_added_words_are_underlined_for_who_asks(source: str, target: str, words: str) -> None:
    findings = run_checks(Pair(source, target), only=["added"], unlikely=True)
    assert any(words in finding.values["words"] for finding in findings)


def test_a_filler_at_the_start_may_go() -> None:
    assert (
        shown("dropped", "Oh, the bridge was closed on Monday.", "Le pont a été fermé lundi.") == []
    )
    well = Pair("Well, nobody was hurt.", "Personne n’a été blessé.")
    assert all(each.score < 0.2 for each in run_checks(well, only=["dropped"], unlikely=True))
    now = run_checks(Pair("Now he is free.", "Il est libre."), only=["dropped"], unlikely=True)
    assert now[0].score > 0.4


def test_a_part_of_a_hyphenated_word_is_a_counterpart() -> None:
    source = (
        "A recent study by Dr. Moreno of the University of Wisconsin, Madison and her colleagues"
        " found that students drank more."
    )
    target = (
        "Selon une étude récente du docteur Moreno de l’université du Wisconsin-Madison et de ses"
        " collègues, les étudiants buvaient plus."
    )
    assert not shown("dropped", source, target)
    assert shown("dropped", source, target.replace("-Madison", ""))


def test_the_caret_stands_where_the_words_belong_and_the_reason_is_plain() -> None:
    target = "Le ministre est arrivé à Rome mardi."
    (finding,) = shown(
        "dropped", "The minister arrived in Rome on Tuesday with a dozen advisers.", target
    )
    assert finding.caret == target.index(".")
    assert finding.text == "“with a dozen advisers” is missing from the French"


def test_the_caret_of_a_lost_adjective_stands_where_french_puts_it() -> None:
    for source, target, word, before in [
        ("A retired teacher won the prize.", "Un enseignant a remporté le prix.", "retired", " a"),
        ("The former teacher won the prize.", "L’enseignant a remporté le prix.", "former", "ens"),
        (
            "Police arrested three armed men near the harbour.",
            "La police a arrêté trois hommes près du port.",
            "armed",
            " près",
        ),
        (
            "The municipal pumping station was flooded.",
            "La station de pompage a été inondée.",
            "municipal",
            " a",
        ),
        (
            "The coastal railway line will reopen in April.",
            "La ligne de chemin de fer rouvrira en avril.",
            "coastal",
            " rouvrira",
        ),
        (
            "They closed the abandoned power plant near the river.",
            "Ils ont fermé la centrale électrique près de la rivière.",
            "abandoned",
            " près",
        ),
        (
            "The French prime minister resigned on Friday.",
            "Le Premier ministre a démissionné vendredi.",
            "French",
            " a",
        ),
        (
            "It is the largest offshore wind farm in Europe.",
            "C’est le plus grand parc éolien d’Europe.",
            "offshore",
            " d’Europe",
        ),
        ("The northern town floods.", "La ville inonde.", "northern", " inonde"),
        (
            "The northern town of Lervik is calm.",
            "La ville de Lervik est calme.",
            "northern",
            " de",
        ),
        ("Of all, red: the station won.", "De tous : la gare a gagné.", "red", ":"),
    ]:
        [part] = linked_parts(source, tokens(source), target, tokens(target), ("en", "fr"))
        first = [token.text for token in part.source].index(word)
        place = dropped.omission_finding(Pair(source, target), part, first, first + 1, 0.9).caret
        assert target[place:].lstrip().startswith(before.strip()), word


def test_a_lost_beginning_is_said_and_the_caret_stands_before_the_rest() -> None:
    (finding,) = shown(
        "dropped", "The players celebrated their victory.", "ont fêté leur victoire."
    )
    assert finding.caret == 0
    assert finding.text.endswith(", which starts in lower case")


def test_a_lost_opening_quotation_mark_belongs_to_the_lost_words() -> None:
    source = "The coach was clear: “Nobody here is afraid of losing,” he said."
    target = "L’entraîneur a été clair : a peur de perdre », a-t-il dit."
    assert any(each.startswith("“Nobody") for each in marked("dropped", source, target))


def test_a_lost_sentence_of_several_is_called_a_sentence() -> None:
    source = (
        "The mayor opened the new bridge on Friday. Two hundred people came to see it. "
        "The old bridge will be pulled down in the spring."
    )
    target = "Le maire a inauguré le nouveau pont vendredi. L’ancien pont sera démoli au printemps."
    (finding,) = shown("dropped", source, target)
    assert finding.text == (
        "“Two hundred people came to see it”: this sentence is missing from the French"
    )
    assert finding.caret == target.index(" L’ancien")


@pytest.mark.slow
def test_a_long_faithful_text_raises_no_alarm() -> None:
    chosen = [*WHOLE, *WHOLE]
    source = " ".join(source for source, _target in chosen)
    target = " ".join(target for _source, target in chosen)
    assert len(source.split()) > 200
    assert shown("dropped", source, target) == []


LITERAL = (
    ("The doctors closed the small hospital.", "Les médecins ont fermé le petit hôpital."),
    ("The old bridge was dangerous in winter.", "Le vieux pont était dangereux en hiver."),
    ("The children read a book at school.", "Les enfants lisent un livre à l’école."),
    ("The government will publish the report.", "Le gouvernement publiera le rapport."),
)
LONG = (
    "The northern region, where heavy rain destroyed hundreds of homes last spring, will receive "
    "12 million euros to rebuild roads and schools before the end of the year."
)
LONG_TRANSLATION = (
    "La région, où de fortes pluies ont détruit des centaines de maisons au printemps dernier, "
    "recevra 12 millions d’euros pour reconstruire des routes et des écoles avant la fin de l’année."
)


def test_a_single_word_of_a_long_sentence_is_missed_where_the_article_is_literal() -> None:
    article = ArticleFacts(pairs=LITERAL * 5)
    findings = run_checks(Pair(LONG, LONG_TRANSLATION), article, only=["dropped"])
    assert [each.values["words"] for each in findings] == ["northern"]
    whole = LONG_TRANSLATION.replace("région", "région du nord")
    assert run_checks(Pair(LONG, whole), article, only=["dropped"]) == []


def test_a_single_word_is_not_missed_where_the_article_is_free() -> None:
    free = [(source, LITERAL[number - 1][1]) for number, (source, _target) in enumerate(LITERAL)]
    article = ArticleFacts(pairs=free * 5)
    assert run_checks(Pair(LONG, LONG_TRANSLATION), article, only=["dropped"]) == []


def test_words_said_in_the_next_segment_are_not_dropped() -> None:
    source, target = "He sold his house and moved to the coast.", "Il a vendu sa maison."
    following = ("The sea was grey.", "Il s’est installé sur la côte. La mer était grise.")
    assert shown("dropped", source, target)
    assert shown("dropped", source, target, following=following) == []
    assert shown("dropped", source, target, following=("The sea was grey.", "La mer était grise."))
    assert shown(
        "dropped", source, target, previous=("Yes", "Oui"), following=("He sang", "Il chantait")
    )


def test_a_language_has_a_name_or_its_code() -> None:
    assert language_name("es") == "Spanish"
    assert language_name("it") == "it"


def test_without_the_encoder_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_aligner, "load_word_encoder", lambda: None)
    assert shown("dropped", *DROPPED[0][:2]) == []


def links(rows: int, columns: int, *pairs: tuple[int, int]) -> WordLinks:
    """These links and no others."""
    return WordLinks(np.zeros((rows, columns)), np.zeros((rows, columns)), pairs)


def test_marks_at_the_edges_do_not_belong_to_the_lost_words() -> None:
    words = tokens("He left , the old man said .")
    assert dropped.trim_punctuation(words, links(8, 1), OmittedRun(2, 8, 0.9)) == (3, 7)


def test_lost_words_belong_before_the_words_that_nothing_translates() -> None:
    target = tokens("Hier, pour finir, tous ont bien ri.")
    late = links(6, 9, (0, 8), (5, 7))
    assert insertion_point(late, target, 3, 5) == 0


def test_short_words_alone_are_not_looked_for_elsewhere() -> None:
    pair = Pair(
        "We go on.", "Continuons.", following=("It is late.", "Nous le savons, il est tard.")
    )
    assert not is_translated_nearby(pair, pair.parts[0], 0, 1)
    pair = Pair("Nobody.", "Non.", following=("", "!"))
    assert not is_translated_nearby(pair, pair.parts[0], 0, 1)
