"""Hedges lost."""

from articles.checks.registry import Pair, run_checks
from articles.text.thresholds import SHOWN_SCORE
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    (
        "The ball appeared to strike his arm.",
        "Le ballon a heurté son bras.",
        {"appeared to strike", "a heurté son bras"},
    ),
    (
        "He said his client would probably appeal.",
        "Il a dit que son client ferait appel.",
        {"probably", "ferait appel"},
    ),
    ("The alleged thief was caught.", "Le voleur a été arrêté.", {"alleged", "voleur"}),
    ("He allegedly stole a car.", "Il a volé une voiture.", {"allegedly", "a volé"}),
    ("The firm reportedly paid.", "L’entreprise a payé.", {"reportedly", "a payé"}),
    ("A reported deal fell through.", "Un accord a échoué.", {"reported", "accord"}),
    ("The suspected leader fled.", "Le chef a fui.", {"suspected", "chef"}),
    ("The purported letter is a fake.", "La lettre est un faux.", {"purported", "lettre"}),
    ("He supposedly left.", "Il est parti.", {"supposedly", "est parti"}),
    ("She apparently won.", "Elle a gagné.", {"apparently", "a gagné"}),
    (
        "Protection appeared to be weaker in people over 50.",
        "La protection était moindre chez les plus de 50 ans.",
        {"appeared to be", "était moindre"},
    ),
    (
        "Stocks may never recover.",
        "Les stocks ne se reconstitueront jamais.",
        {"may never", "reconstitueront"},
    ),
    ("He may not attend the summit.", "Il n’assistera pas au sommet.", {"may not", "assistera"}),
    ("Perhaps he knew.", "Il le savait.", {"Perhaps", "savait"}),
    ("“Perhaps,” he said, “he knew.”", "« Il le savait », a-t-il déclaré.", {"Perhaps", "savait"}),
    ("He knew, “perhaps,” she said.", "Il le savait, dit-elle.", {"perhaps"}),
    ("He knew, “perhaps”, she said.", "Il le savait, dit-elle.", {"perhaps"}),
    ("‘Perhaps,’ he said, ‘he knew’.", "« Il le savait », a-t-il déclaré.", {"Perhaps", "savait"}),
    ("“Perhaps”, he said, “he knew”.", "« Il le savait », a-t-il déclaré.", {"Perhaps", "savait"}),
    ("It will probably rain.", "Il va pleuvoir.", {"probably", "va pleuvoir"}),
    ("This could change everything.", "Cela va tout changer.", {"could", "va tout changer"}),
    (
        "Power should be restored by Thursday.",
        "Le courant sera rétabli d’ici à jeudi.",
        {"should", "sera rétabli"},
    ),
    (
        "If no majority can be found, an election must be held, probably in June.",
        "Si aucune majorité ne peut être trouvée, une élection devra être organisée, en juin.",
        {"probably", "juin"},
    ),
    ("It may rain.", "Il va pleuvoir.", {"may", "va pleuvoir"}),
    ("They could win.", "Ils vont gagner.", {"could", "vont gagner"}),
    ("It will possibly rain.", "Il va pleuvoir.", {"possibly", "va pleuvoir"}),
    ("a possible attack", "une attaque", {"possible", "attaque"}),
    ("It is likely to rain.", "Il va pleuvoir.", {"likely", "va pleuvoir"}),
    ("He is believed to be dead.", "Il est mort.", {"believed to be", "est mort"}),
    ("He is said to have left.", "Il est parti.", {"said to have", "est parti"}),
    ("The rumoured talks ended.", "Les discussions ont pris fin.", {"rumoured", "discussions"}),
    ("The so-called expert left.", "L’expert est parti.", {"expert", "so-called"}),
    ("The alleged scheme will be tried in June.", "Le complot sera jugé en juin.", {"alleged"}),
    ("The accused allegedly took the money.", "L’accusé a pris l’argent.", {"allegedly", "a pris"}),
    (
        "Prosecutors said the alleged scheme began in 2015.",
        "Le stratagème a débuté en 2015, selon le parquet.",
        {"alleged", "stratagème"},
    ),
    (
        "The union said the strike could cost 40 million euros.",
        "Selon le syndicat, la grève coûtera 40 millions d’euros.",
        {"could", "coûtera"},
    ),
    ("The bridge may collapse.", "Le pont s’effondrera.", {"may", "effondrera"}),
    ("Ten people are feared dead.", "Dix personnes sont mortes.", {"feared", "sont mortes"}),
    (
        "The police may have found the car.",
        "La police avait trouvé la voiture.",
        {"may", "avait trouvé"},
    ),
    ("The toll was likely to rise.", "Le bilan allait s’alourdir.", {"likely"}),
    (
        "The company warned that its margin may fall short of the target.",
        "La société a averti que sa marge n’atteindra pas l’objectif.",
        {"may", "atteindra"},
    ),
    (
        "Repairs are expected to cost a million, of which the state may contribute half.",
        "Les réparations devraient coûter un million, dont l’État prendra en charge la moitié.",
        {"may", "prendra"},
    ),
]
WEAK = [
    ("It might rain.", "Il pleut.", {"might"}),
    ("It seems to work.", "Cela marche.", {"seems"}),
]
FINE = [
    ("He may not attend the summit.", "Il pourrait ne pas assister au sommet."),
    (
        "They will decide which players should be selected.",
        "Ils décideront quels joueurs seront sélectionnés.",
    ),
    ("He has a suspected broken leg.", "Il souffre d’une suspicion de fracture de la jambe."),
    ("It is something I could never live up to.", "C’est une chose dont je ne serai jamais digne."),
    ("What they might find will be shown soon.", "Ce qu’ils peuvent trouver sera bientôt montré."),
    (
        "A film, long rumoured, has no director.",
        "Un film, évoqué depuis longtemps, n’a pas de réalisateur.",
    ),
    ("The alleged thief was caught.", "Le voleur présumé a été arrêté."),
    ("The firm reportedly paid.", "L’entreprise aurait payé."),
    ("The firm reportedly paid.", "L’entreprise a payé, selon la presse."),
    ("The firm reportedly paid.", "D’après la presse, l’entreprise a payé."),
    ("It was thought to have burned.", "On l’a crue brûlée."),
    ("Perhaps he knew.", "Peut-être le savait-il."),
    ("It will probably rain.", "Il va sans doute pleuvoir."),
    ("It may rain.", "Il pourrait pleuvoir."),
    ("It may rain.", "« Il se peut qu’il pleuve »"),
    ("They could win.", "Ils gagneraient."),
    ("Ten people are feared dead.", "On craint la mort de dix personnes."),
    ("The police may have found the car.", "La police aurait trouvé la voiture."),
    ("The police may have found the car.", "La police a peut-être trouvé la voiture."),
    ("It seems to work.", "Cela semble marcher."),
    ("It seems to work.", "Cela paraît marcher."),
    ("The suspected leader fled.", "Le suspect a fui."),
    ("In May, it rained.", "En mai, il a plu."),
    ("Most likely, he knew.", "Il le savait très probablement."),
    ("It is unlikely.", "C’est exclu."),
    ("They can win.", "Ils gagnent."),
    ("They may be able to win.", "Ils vont gagner."),
    ("He reported that it rained.", "Il a rapporté qu’il pleuvait."),
    ("as soon as possible", "dès demain"),
    ("whatever may come", "quoi qu’il advienne"),
    ("The so-called expert left.", "Le soi-disant expert est parti."),
    ("He is said to have left.", "On dit qu’il est parti."),
    ("The alleged scheme will be tried in June.", "Le complot présumé sera jugé en juin."),
    ("The alleged thief was tried.", "L’homme accusé du vol a été jugé."),
    (
        "The union said the strike could cost 40 million euros.",
        "Selon le syndicat, la grève pourra coûter 40 millions d’euros.",
    ),
    ("The bridge may collapse.", "Le pont s’effondrera peut-être."),
    ("What are you supposed to do?", "Que faire ?"),
    ("It may rain.", ""),
    ("", "Il pleut."),
]


@for_each(("source", "target", "words"), FAULTS)
def test_a_lost_hedge_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("hedges", source, target) == words


@for_each(("source", "target"), FINE)
def test_a_hedge_said_otherwise_is_left_alone(source: str, target: str) -> None:
    assert shown("hedges", source, target) == []


def test_a_weak_hedge_is_kept_for_who_asks() -> None:
    for source, target, words in WEAK:
        (found,) = run_checks(Pair(source, target), only=["hedges"], unlikely=True)
        assert found.score < SHOWN_SCORE
        assert {span.of(source) for span in found.source_spans} == words
