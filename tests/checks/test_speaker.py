"""Who speaks."""

from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("“No,” she said on Monday.", "« Non », a-t-il dit lundi.", {"she said", "a-t-il dit"}),
    ("“No,” she says.", "« Non », explique-t-il.", {"she says", "explique-t-il"}),
    ("“No,” he told reporters.", "« Non », a-t-elle déclaré.", {"he told", "a-t-elle déclaré"}),
    ("“It was cold,” he said.", "« Il faisait froid », a-t-elle dit.", {"he said", "a-t-elle dit"}),
    (
        "“There is time; we must go,” he said.",
        "« Il y a le temps ; il faut y aller », a-t-elle dit.",
        {"he said", "a-t-elle dit"},
    ),
    ("We stay up for a dialogue.", "J’attends un dialogue.", {"We", "J’"}),
    ("“We will see,” she said.", "« je verrai », a-t-elle dit.", {"We", "je"}),
    ("We love our city.", "J’aime ma ville.", {"We", "J’"}),
    ("Yes, we can.", "Oui, je le peux.", {"we", "je"}),
    ("We're late.", "Je suis en retard.", {"We", "Je"}),
    ("We’ve won.", "J'ai gagné.", {"We", "J'"}),
    ("Here we are.", "Me voici, je suis là.", {"we", "je"}),
    ("If we leave, it ends.", "Si je pars, c’est fini.", {"we", "je"}),
    ("“We did it!”", "“Je l’ai fait !”", {"We", "Je"}),
    ("We know.", "je sais.", {"We", "je"}),
    ("We have to go.", "Il faut que j’y aille.", {"We", "j’"}),
    ("What do we do?", "Que dois-je faire ?", {"we", "je"}),
    ("I love my city.", "Nous aimons notre ville.", {"I", "Nous"}),
    ("I know.", "Nous savons.", {"I", "Nous"}),
    ("“I will see,” he said.", "« Nous verrons », a-t-il dit.", {"I", "Nous"}),
    ("I’m late.", "Nous sommes en retard.", {"I", "Nous"}),
    ("I've won.", "nous avons gagné.", {"I", "nous"}),
    ("Then I left.", "Puis nous sommes partis.", {"I", "nous"}),
    ("If I leave, it ends.", "Si nous partons, c’est fini.", {"I", "nous"}),
    ('"I did it!"', '"Nous l\'avons fait !"', {"I", "Nous"}),
]
FINE = [
    # A question, two speakers, a witness who is a woman.
    ("“And what does the bill say?” she asked.", "« Et que dit-il ? » a lancé Ruth."),
    ("“What did it say?” she asked.", "« Qu’a-t-il dit ? »"),
    (
        "“No,” she said. “Yes,” Dupont added.",
        "« Non », a confié la mère. « Oui », a-t-il ajouté.",
    ),
    ("“No,” she said.", "« Non », a dit le témoin. « Oui », a-t-il ajouté."),
    ("“He was cold,” he said.", "« Il est venu », a-t-elle dit."),
    ("“No,” she said on Monday.", "« Non », a-t-elle dit lundi."),
    ("“No,” she said of him.", "« Non », a-t-il dit."),
    ("“No,” she said.", "« Non », dit-elle de Paul, a-t-il dit."),
    ("Is there a way, she said.", "Y a-t-il un moyen, demande-t-elle ?"),
    ("We will see.", "On verra."),
    ("We will see.", "Nous verrons."),
    ("I will see.", "Je verrai."),
    ("I'm told we won.", "Il paraît que nous avons gagné."),
    ("We won, I think.", "Je crois qu’on a gagné."),
    ("We won.", "Victoire !"),
    ("Let us pray.", "Prions."),
    ("He told us.", "Il nous l’a dit."),
    ("He told me.", "Il me l’a dit."),
    ("The US won.", "Les États-Unis ont gagné, dis-je."),
    ("You know what I mean.", "Nous nous comprenons."),
    ("World War I ended.", "La guerre prit fin, nous le savons."),
    ("It's our best.", "Je suis fier."),
    ("She sings.", "Je chante."),
    ("", "Je chante."),
    ("We sing.", ""),
    ("“We agree,” said I.", "« Nous sommes d’accord », dis-je."),
    ("I and my friend left.", "Mon ami et moi sommes partis, nous deux."),
    ("We’ll wait.", "Nous attendrons, dit ma sœur."),
    ("We meet at J’s bar.", "Nous allons au bar."),
]


@for_each(("source", "target", "words"), FAULTS)
def test_another_speaker_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("speaker", source, target) == words


@for_each(("source", "target"), FINE)
def test_the_same_speaker_is_left_alone(source: str, target: str) -> None:
    assert shown("speaker", source, target) == []
