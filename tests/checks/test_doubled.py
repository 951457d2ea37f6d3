"""Words said twice."""

from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    "Une étoile brillante et brillante.",
    "Un air calme et calme.",
    "OpenAI a perpétuellement a cherché un allié.",
    "Elle a toujours a voulu partir.",
    "Ils ont souvent ont perdu.",
    "Il est ainsi est devenu roi.",
    "Le le ministre parle.",
    "Il vient de de Paris.",
    "Je pense que que tu as raison.",
    "Dans dans la rue, il pleut.",
    "Elle mange une une pomme.",
    "Les gens gens arrivent.",
    "La loi loi est votée.",
    "Il a a dit non.",
    "Pour pour finir, il rit.",
    "Il parle et il rit rit.",
    "Un texte « avec avec » des guillemets.",
    "Il marche marche, dit-il.",
    "C’est la grande ville ville.",
    "Des discussions et discussions sans fin.",
    "Il n’a pas a compris.",
]

FINE = [
    ("We washed.", "Nous nous sommes lavés."),
    ("You are wrong.", "Vous vous trompez."),
    ("He sees it: the men work.", "Il les voit : les hommes travaillent."),
    ("Again and again he came.", "Encore et encore il est venu."),
    ("Years and years passed.", "Des années et des années passèrent."),
    ("A very very big cat.", "Un très, très gros chat."),
    ("Duran Duran sang.", "Duran Duran a chanté."),
    ("Bora Bora is far.", "Bora Bora est loin."),
    ("New friends came.", "De nouveaux et nouvelles amis sont venus."),
    ("All of them, men and women.", "Tous et toutes."),
    ("He has a dog and has a cat.", "Il a un chien et a un chat."),
    ("The one he has has worked.", "Celui qu’il a a marché."),
    ("More and more people.", "De plus en plus de gens."),
    ("Side by side.", "Côte à côte."),
    ("Day after day.", "Jour après jour."),
    ("He has often wanted to.", "Il a souvent voulu."),
    ("Yes, yes.", "Oui oui."),
    ("It is what it is.", "C’est ce que c’est."),
    ("“No no,” he said.", "« Non non », dit-il."),
    ("It fell from 3 to 3.", "Il est passé de 3 à 3."),
    ("Rich and poor.", "Riches et pauvres."),
    (
        "He asked if so many so many things are needed.",
        "Il demande s’il faut tant et tant de choses.",
    ),
]


@for_each("target", FAULTS)
def test_a_doubled_word_is_found(target: str) -> None:
    assert shown("doubled", "The source says it once.", target)


@for_each(("source", "target"), FINE)
def test_what_may_be_said_twice_is_left_alone(source: str, target: str) -> None:
    assert shown("doubled", source, target) == []


def test_the_doubled_words_are_marked() -> None:
    assert marked("doubled", "It sought.", "OpenAI a perpétuellement a cherché.") == {
        "a perpétuellement a"
    }
