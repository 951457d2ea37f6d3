"""Clauses that lost their verb, or have one too many."""

from tests.cases import for_each
from tests.checks.table import marked, shown

NOUNS = [
    ("Reuters rapports que la banque ferme.", "rapports"),
    ("Le Guardian rapports que la banque ferme.", "rapports"),
    ("Mais Apple notes que le prix baisse.", "notes"),
    ("La société rapports que tout va bien.", "rapports"),
    ("Il réclamations que c’est faux.", "réclamations"),
    ("Elle espoirs que cela suffira.", "espoirs"),
    ("Selon elle, le ministre rapports qu’il pleut.", "rapports"),
    ("Cela états que la règle vaut.", "états"),
    ("Il dit ce qui promesses que tout ira.", "promesses"),
    ("Google suggestions que l’on attende.", "suggestions"),
    ("Mary Jones revendications que tout est faux.", "revendications"),
    ("Le rapport final états que rien ne manque.", "états"),
    ("Ils estimations que dix suffisent.", "estimations"),
    ("Nokia affirmations qu’elle gagnera.", "affirmations"),
    ("Pour lui, Sony promesses que l’écran tient.", "promesses"),
    ("La police doutes que ce soit vrai.", "doutes"),
    ("Le juge ordres que la salle soit vidée.", "ordres"),
    ("L’étude spectacles que le sel nuit.", "spectacles"),
    ("Elles espoirs que tout cesse.", "espoirs"),
    ("On souhaits que tout cesse.", "souhaits"),
    ("Tesla constats que l’usine ouvre.", "constats"),
]

SECOND = [
    ("Il dit que c’est le nouveau moteur, Alpha, sera utile.", {"c’est", "sera"}),
    ("C’est la banque est en difficulté.", {"C’est", "est"}),
    ("C’est le prix du blé a doublé.", {"C’est", "a"}),
    ("Je crois que c’est la ville peut payer.", {"c’est", "peut"}),
    ("C’était un homme de loi a parlé.", {"C’était", "a"}),
    ("C’est cette règle n’est plus valable.", {"C’est", "est"}),
    ("C’est le maire actuellement en poste devra partir.", {"C’est", "devra"}),
    ("On sait que c’est l’usine, Delta, pourra ouvrir.", {"c’est", "pourra"}),
    ("C’est une idée va plaire.", {"C’est", "va"}),
    ("C’est les clients ont raison.", {"C’est", "ont"}),
    ("C’est un accord avait suffi.", {"C’est", "avait"}),
    ("C’est la première version serait gratuite.", {"C’est", "serait"}),
    ("C’est un nouvel outil permettra de gagner du temps.", {"C’est", "permettra"}),
    ("C’est ton frère fera le travail.", {"C’est", "fera"}),
    ("C’est le dernier film de Nolan, Tenet, était prêt.", {"C’est", "était"}),
    ("C’est la loi de 2012 doit changer.", {"C’est", "doit"}),
    ("C’est un grand groupe industriel veut vendre.", {"C’est", "veut"}),
    ("C’est ce logiciel aidera les élèves.", {"C’est", "aidera"}),
    ("Ils savent que c’est leur maison restera vide.", {"c’est", "restera"}),
    ("C’est son équipe deviendra célèbre.", {"C’est", "deviendra"}),
]

VERBLESS = [
    ("Une version de cet article paru à l’origine sur un blog.", "paru"),
    ("La fin de ce roman publié en mars.", "publié"),
    ("Une partie de ce texte rédigé par un élève.", "rédigé"),
    ("Une copie de ce rapport livré au ministre.", "livré"),
    ("La suite de ce film tourné à Rome.", "tourné"),
    ("Les photos de ce livre vendu à Paris.", "vendu"),
    ("Les pages du journal imprimé à Lyon.", "imprimé"),
    ("Une scène du film diffusé en mai.", "diffusé"),
    ("Les règles de ce jeu inventé à Lille.", "inventé"),
    ("Une traduction du texte rédigé en anglais.", "rédigé"),
    ("La vente de ce tableau exposé à Nice.", "exposé"),
    ("Une étude de cet auteur connu à Berlin.", "connu"),
    ("La copie du courrier envoyé au maire.", "envoyé"),
    ("Une lecture de ce discours prononcé à Metz.", "prononcé"),
    ("Les auteurs de ce rapport montré au juge.", "montré"),
    ("La photo du chien perdu à Nantes.", "perdu"),
    ("Une maquette du pont bâti à Millau.", "bâti"),
    ("Les suites du procès ouvert à Bonn.", "ouvert"),
    ("La liste des livres vendus à Caen.", "vendus"),
    ("Une page du carnet trouvé à Brest.", "trouvé"),
]

FINE = [
    "Reuters rapporte que la banque ferme.",
    "Le rapport que tu lis est long.",
    "Il a plus de notes que toi.",
    "Je sens que cela vient et je vis que tu dors.",
    "Avec elle rapports que nous avions.",
    "Le magasin de jouets que tu aimes.",
    "Les rapports et les notes que tu lis.",
    "Il montre des Nokia rapports que tu lis.",
    "C’est le prix qui a doublé.",
    "C’est le cas et rien n’est sûr.",
    "C’est ce qu’a dit le ministre.",
    "C’est le moment, il est midi.",
    "C’est la vie, disait-il.",
    "C’est un ami, mais il a tort.",
    "C’est une idée de ce que sera la ville.",
    "C’est là que la ville a grandi.",
    "C’est un homme.",
    "C’est un homme ; la ville a changé.",
    "C’est cela, je crois.",
    "C’est un homme de la ville",
    "C’est la vie vraiment, vraiment, vraiment belle et longue, longue.",
    "C’est le roi, est venu dire Paul.",
    "Une version de cet article est parue hier.",
    "Une grande étoile brillante et belle.",
    "Une version de cet article parue à l’origine ici.",
    "La maire, élue en mars, parle.",
    "Le résultat : un film tourné à Rome.",
    "La fin du film et du livre tourné à Rome.",
    "Court texte paru hier.",
    "La tour et le pont tournés à Rome.",
    "Une partie du texte écrit la fin.",
    "Une copie de ce texte.",
    "Une histoire de la ville de Rome en ses murs.",
    "La ville que le maire a quittée.",
]


@for_each(("target", "words"), NOUNS)
def test_a_noun_for_a_verb_is_marked(target: str, words: str) -> None:
    assert marked("french-noun-for-verb", "", target) == {words}


@for_each(("target", "words"), SECOND)
def test_a_second_verb_is_marked(target: str, words: set[str]) -> None:
    assert marked("french-second-verb", "", target) == words


@for_each(("target", "words"), VERBLESS)
def test_a_missing_verb_is_marked(target: str, words: str) -> None:
    assert marked("french-no-verb", "", target) == {words}


@for_each("target", FINE)
@for_each("check", ["french-noun-for-verb", "french-second-verb", "french-no-verb"])
def test_good_french_is_left_alone(check: str, target: str) -> None:
    assert not shown(check, "", target)
