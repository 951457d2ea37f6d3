"""An adjective or adverb is missed where its noun or verb is there and nothing else is left over."""

import pytest

from articles.checks.dropped import dropped
from articles.checks.registry import ArticleFacts, Pair
from articles.omissions.modifiers import ADJECTIVE, ADJECTIVES, ADVERB, modifier_kind
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import tokens
from tests.cases import for_each

LOST = [
    (
        "They published a data-driven report on the floods.",
        "Ils ont publié un rapport {fondé sur les données }sur les inondations.",
        "data-driven",
    ),
    (
        "The prisoners were given a bowl of watery soup.",
        "Les prisonniers ont reçu un bol de soupe{ liquide}.",
        "watery",
    ),
    (
        "He found a second, unfinished portrait under the paint.",
        "Il a découvert un second portrait {inachevé }sous la peinture.",
        "unfinished",
    ),
    (
        "The council bought an electric van for the gardeners.",
        "Le conseil a acheté une camionnette {électrique }pour les jardiniers.",
        "electric",
    ),
    (
        "Two wounded sailors were taken to the hospital by helicopter.",
        "Deux marins {blessés }ont été transportés à l’hôpital en hélicoptère.",
        "wounded",
    ),
    (
        "The engineers carefully inspected the bridge after the flood.",
        "Les ingénieurs ont {soigneusement }inspecté le pont après l’inondation.",
        "carefully",
    ),
    (
        "A volcanic eruption closed the airport for three days.",
        "Une éruption {volcanique }a fermé l’aéroport pendant trois jours.",
        "volcanic",
    ),
    (
        "The town signed sensitive government contracts with a supplier.",
        "La ville a signé des marchés publics {sensibles }avec un fournisseur.",
        "sensitive",
    ),
    (
        "The leak was found during a routine inspection of the tunnel.",
        "La fuite a été découverte lors d’une inspection {de routine }du tunnel.",
        "routine",
    ),
    (
        # The usual translation of the adjective stands elsewhere.
        "The remaining nuns say they would rather stay in the convent this winter.",
        "Les religieuses {restantes }disent préférer demeurer au couvent et y rester cet hiver.",
        "remaining",
    ),
    (
        "The radar was built by a small British firm.",
        "Le radar a été construit par une {petite }entreprise britannique.",
        "small",
    ),
    (
        "The group plans to sell its loss-making escalator business in Brazil.",
        "Le groupe prévoit de céder son activité {déficitaire }d’escaliers mécaniques au Brésil.",
        "loss-making",
    ),
    (
        "The family-run hotel at the lake closed in May.",
        "L’hôtel {familial }du lac a fermé en mai.",
        "family-run",
    ),
]


def _shown(source: str, target: str) -> list[str]:
    found = dropped(Pair(source, target), ArticleFacts())
    return [each.values["words"] for each in found if each.score >= 0.5]


@pytest.mark.skipif(load_word_encoder() is None, reason="needs the word encoder")
@for_each(("source", "target", "word"), LOST)
def test_a_lost_modifier_is_shown(source: str, target: str, word: str) -> None:
    before, _brace, rest = target.partition("{")
    lost, _brace, after = rest.partition("}")
    assert _shown(source, before + lost + after) == []
    assert _shown(source, before + after) == [word]


@pytest.mark.skipif(load_word_encoder() is None, reason="needs the word encoder")
@for_each(
    ("source", "target"),
    [
        # A verb behind "to", and the end of a month.
        (
            "Firefighters worked all night to free the trapped passengers.",
            "Les pompiers ont travaillé toute la nuit pour dégager les passagers coincés.",
        ),
        (
            "Two more flights are planned, the next of them in late September.",
            "Deux autres vols sont prévus, le prochain fin septembre.",
        ),
        # Another adjective, which no list of usual translations has.
        ("They rented a tiny flat near the port.", "Ils louaient un minuscule logement au port."),
        # One word for the adjective and its noun.
        ("He was on sick leave in May.", "Il était en congé maladie en mai."),
        # A compound whose number is said with its noun.
        ("It began in a three-room flat.", "Il a commencé dans un appartement de trois pièces."),
        # What somebody is, before the name.
        ("Fly-half Jo Bell added two penalties.", "L’ouvreur Jo Bell a ajouté deux pénalités."),
        # An adverb that no list has.
        ("The minister vehemently denies this.", "Le ministre le nie farouchement."),
        # The name of the day says it.
        ("They will meet next Sunday.", "Ils se retrouveront dimanche."),
    ],
)
def test_an_adjective_said_otherwise_is_left_alone(source: str, target: str) -> None:
    assert _shown(source, target) == []


@for_each(
    ("word", "kind"),
    [
        ("wooden", ADJECTIVE),
        ("electric", ADJECTIVE),
        ("volcanic", ADJECTIVE),
        ("carefully", ADVERB),
        ("state-of-the-art", ADJECTIVE),
        ("Data-Driven", ADJECTIVE),
        ("three-room", ""),
        ("Rolls-Royce", ""),
        ("family", ""),
        ("parliament", ""),
        ("Electric", ""),
        ("12", ""),
    ],
)
def test_modifiers_are_told_by_endings_and_lists(word: str, kind: str) -> None:
    assert modifier_kind(tokens(word)[0]) == kind


def test_no_adjective_of_the_list_is_cut_at_its_hyphen() -> None:
    assert [word for word in ADJECTIVES if word.endswith("-")] == []
