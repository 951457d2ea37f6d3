"""Stray full stops, and sentences that start in lower case: two doubts, never both of one word."""

from tests.cases import for_each
from tests.checks.table import marked, shown

STRAY = [
    ("Cela suscite des inquiétudes. dans tout le pays.", "inquiétudes. dans"),
    ("Le ministre. a parlé.", "ministre. a"),
    ("Il part à Lyon. avec elle.", "Lyon. avec"),
    ("Le texte est long. qui le lira ?", "long. qui"),
    ("Elle dit « oui ». et sort.", "oui ». et"),
    ("Elle dit “oui”. et sort.", "oui”. et"),
    ("Les prix montent. l’hiver approche.", "montent. l’hiver"),
    ("Les prix montent. qu’il le veuille ou non.", "montent. qu’il"),
    ("C’est fini. mais pas pour lui.", "fini. mais"),
    ("Il voit la mer.\nbleue et calme.", "mer.\nbleue"),
    ("Il voit la mer.\u00a0bleue et calme.", "mer.\u00a0bleue"),
    ("La société. nouvelle est née.", "société. nouvelle"),
    ("Il est né. à Paris.", "né. à"),
    ("Le chef. de la police parle.", "chef. de"),
    ("Un projet. important.", "projet. important"),
    ("Il aime. la musique.", "aime. la"),
    ("Elle court. vite.", "court. vite"),
    ("Ce jour. là, il pleuvait.", "jour. là"),
    ("Deux hommes. armés sont entrés.", "hommes. armés"),
    ("On a vu. des choses.", "vu. des"),
]
WHOLE = [
    "M. Dupont et Mme. de Gaulle sont venus.",
    "Il y a des fruits, etc. dans le panier.",
    "Voir fig. ci-dessous, p. 12.",
    "Il parle. Elle écoute.",
    "Il parle… elle écoute.",
    "Il hésite... puis parle.",
    "« Oui ! » dit-il.",
    "« Qui ? » demande-t-elle.",
    "Les États-Unis (É.-U. en bref) gagnent.",
    "Env. trente personnes.",
    "La temp. descendra à 3 °C.",
    "Né av. notre ère.",
    "Le chap. deux est long.",
    "Le site exemple.fr marche.",
    "Il vaut 3.5 points.",
    "C’est la vol. deux.",
    "Rien. De plus, il pleut.",
    "Rien. Mais il pleut.",
    "En janv. dernier, il neigeait.",
    "Le no. un mondial.",
    "Il a dit non. iPhone est cher.",
]
LOWER = [
    ("The report notes it.", "le rapport le note.", "le"),
    ("“We look forward to it.”", "j’attends cela.", "j’attends"),
    ("AI played a pivotal role.", "rôle pivot.", "rôle"),
    ("He left.", "il est parti.", "il"),
    ("The deal averted a war.", "a évité une guerre.", "a"),
    ("Police came.", "police est venue.", "police"),
    ("“Yes,” he said.", "« oui », dit-il.", "oui"),
    ("“Yes,” he said.", "“oui”, dit-il.", "oui"),
    ('"Yes," he said.', '"oui", dit-il.', "oui"),
    ("Elsewhere, it rained.", "ailleurs, il pleuvait.", "ailleurs"),
    ("It’s late.", "c’est tard.", "c’est"),
    ("Today it rains.", "aujourd’hui il pleut.", "aujourd’hui"),
    ("At night, he works.", "à la nuit, il travaille.", "à"),
    ("The summer is here.", "été : il est là.", "été"),
    ("(The rest is known.)", "(le reste est connu.)", "le"),
    ("– He smiled.", "– il sourit.", "il"),
    ("In Paris, he works.", "\u00a0à Paris, il travaille.", "à"),
    ("Work goes on.", "travail continue.", "travail"),
    ("Is it late?", "est-il tard ?", "est-il"),
    ("Dialogue matters.", "dialogue important.", "dialogue"),
    ("", "pour la version originale, cliquez ici.", "pour"),
]
WELL_STARTED = [
    ("The report notes it.", "Le rapport le note."),
    ("“We wait.”", "« Nous attendons. »"),
    ("iPhone sales fell.", "iPhone : les ventes baissent."),
    ("Sales of the iPhone fell.", "iPhone : les ventes baissent."),
    ("eBay grows.", "eBay grandit."),
    ("xkcd is fun. So is Paris.", "xkcd est drôle."),
    ("See xkcd.", "xkcd est à voir."),
    ("and then he left.", "et puis il est parti."),
    ("12 people came.", "12 personnes sont venues."),
    ("D’Artagnan came.", "d’Artagnan est venu."),
    ("", ""),
    ("Yes!", "…"),
    ("Yes.", ""),
    ("", "Lire la suite"),
    ("E-mail him.", "Écrivez-lui."),
    ("‘Why?’", "‘Pourquoi ?’"),
    ("Élan!", "Élan !"),
    ("(He left.)", "(Il est parti.)"),
    ("OK.", "D’accord."),
    ("A.", "À."),
]


@for_each(("target", "words"), STRAY)
def test_a_stray_full_stop_is_found(target: str, words: str) -> None:
    assert marked("broken", "One sentence goes on.", target) == {words}
    assert shown("lowercase", "One sentence goes on.", target) == []


@for_each("target", WHOLE)
def test_a_right_full_stop_is_left_alone(target: str) -> None:
    assert shown("broken", "One sentence about an iPhone goes on.", target) == []


@for_each(("source", "target", "word"), LOWER)
def test_a_start_in_lower_case_is_found(source: str, target: str, word: str) -> None:
    assert marked("lowercase", source, target) == {word}
    assert shown("broken", source, target) == []


@for_each(("source", "target"), WELL_STARTED)
def test_a_good_start_is_left_alone(source: str, target: str) -> None:
    assert shown("lowercase", source, target) == []


def test_a_list_that_goes_on_after_a_colon_may_start_in_lower_case() -> None:
    more = ("It needs:", "Il faut :")
    assert not shown("lowercase", "Bread", "du pain", previous=more)
    assert shown("lowercase", "Bread", "du pain", previous=("It rained.", "Il a plu."))
    assert shown("lowercase", "Bread.", "du pain.", previous=("He asked why.", "Il a demandé :"))
