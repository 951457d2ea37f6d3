"""A lost "only" before a number."""

from tests.checks.table import marked, shown

FAULTS = [
    ("Only half of the pledges were kept.", "La moitié des promesses ont été tenues.", "Only"),
    ("He has only ten men.", "Il a dix hommes.", "only"),
    (
        "She sang only six songs at a small club.",
        "Elle a chanté six airs dans un petit club.",
        "only",
    ),
    ("It cost only $5.", "Cela a coûté 5 dollars.", "only"),
    (
        "Only two engines ran, and nobody had ever trained.",
        "Deux moteurs tournaient, et personne ne s’était jamais entraîné.",
        "Only",
    ),
]
FINE = [
    ("Only half of the pledges were kept.", "Seule la moitié des promesses a été tenue."),
    ("He has only ten men.", "Il n’a que dix hommes."),
    ("He has only ten men.", "Il a dix hommes seulement."),
    ("Not only ten men came.", "Dix hommes sont venus, et d’autres."),
    ("They met only two years later.", "Ils se sont rencontrés deux ans plus tard."),
    ("The only two men left.", "Les deux hommes sont partis."),
    ("He only sings.", "Il chante."),
    ("He has only ten men.", ""),
    ("Only two ran, and he sang.", "Deux tournaient ; il chantait, et pas plus."),
]


def test_a_lost_only_is_found_before_numbers_alone() -> None:
    for source, target, word in FAULTS:
        assert marked("restriction", source, target) == {word}
    for source, target in FINE:
        assert shown("restriction", source, target) == []
