"""Articles that do not agree with their noun."""

from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("Le société grandit.", "Le société"),
    ("Il lit les rapport du matin.", "les rapport"),
    ("C’est une problème.", "une problème"),
    ("Elle aime cette projet.", "cette projet"),
    ("Il a vu une vidéos.", "une vidéos"),
    ("Ces entreprise sont grandes.", "Ces entreprise"),
    ("Un voiture passe.", "Un voiture"),
    ("La gouvernement tombe.", "La gouvernement"),
    ("Il va au réunion.", "au réunion"),
    ("Il parle du situation.", "du situation"),
    ("Plusieurs raison l’expliquent.", "Plusieurs raison"),
    ("Quelques semaine plus tard.", "Quelques semaine"),
    ("Leurs outil servent.", "Leurs outil"),
    ("Chaque mesures compte.", "Chaque mesures"),
    ("Il vend son vélos.", "son vélos"),
    ("Nos client attendent.", "Nos client"),
    ("Elle est dans ma bureau.", "ma bureau"),
    ("Aucun solution n’existe.", "Aucun solution"),
    ("Certains villes ferment.", "Certains villes"),
    ("Il voit les grandes société.", "les grandes société"),
    ("Il lit le nouvelle loi.", "le nouvelle loi"),
    ("Il ouvre une nouveau bibliothèque.", "nouveau bibliothèque"),
    ("Les nouveau bâtiments sont là.", "nouveau bâtiments"),
    ("Ce réunions sont longues.", "Ce réunions"),
]

FINE = [
    "Trente et un conseillers ont voté, et vingt et une personnes sont venues.",
    "La société grandit et les rapports suivent.",
    "La vice-ministre et la sous-préfète ont parlé.",
    "La maire et la ministre ont parlé.",
    "Une auteur connue signe ici.",
    "Il le porte, elle la montre, nous les voyons.",
    "Le « Société » du titre.",
    "Le Monde et les Échos paraissent.",
    "Son amie et mon école.",
    "Une après-midi, la mi-mars, les deux tiers.",
    "La grand-mère et les week-ends.",
    "Il a mis le mode avion à la mode.",
    "Les nouvelles entreprises et une belle société.",
    "Un grand nombre de gens.",
    "Ce sont des amis.",
    "Leur rapport et leurs rapports.",
    "Le gens du voyage.",
    "Elle lit une page, il aide un page.",
    "Des photos et aucun problème.",
    "Une nouvelle star chante.",
    "Les pros et les ex.",
    "Il habite la Seine-Maritime.",
    "Les avant-garde/avant-poste.",
    "Un de ces jours.",
    "Une boîte vide et une contenant dix clous.",
    "L’un porte le pain, l’une compte les jours, quelqu’un remue.",
]


@for_each(("target", "words"), FAULTS)
def test_a_fault_is_marked(target: str, words: str) -> None:
    assert marked("french-determiner", "", target) == {words}


@for_each("target", FINE)
def test_good_french_is_left_alone(target: str) -> None:
    assert not shown("french-determiner", "", target)
