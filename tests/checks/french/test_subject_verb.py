"""Verbs that do not agree with their subject."""

from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("Les entreprises a annoncé une hausse.", "a"),
    ("La société ont vendu ses parts.", "ont"),
    ("Ils vient demain.", "vient"),
    ("Elle savent tout.", "savent"),
    ("Les dirigeants de la banque prévoit une perte.", "prévoit"),
    ("Je crois que les élus doit partir.", "doit"),
    ("Le rapport des experts montrent une baisse.", "montrent"),
    ("Les trois grandes villes est fermées.", "est"),
    ("Cette loi ne changeront rien.", "changeront"),
    ("Les clients n’a pas payé.", "a"),
    ("On peuvent partir.", "peuvent"),
    ("Selon lui, les prix augmentera encore.", "augmentera"),
    ("Mais la direction refusent.", "refusent"),
    ("Si les ventes reprend, il partira.", "reprend"),
    ("L’accord entrent en vigueur lundi.", "entrent"),
    ("Le ministre viendront demain.", "viendront"),
    ("Ces mesures devrait suffire.", "devrait"),
    ("Quand les enfants dormait, il lisait.", "dormait"),
    ("Elles était là.", "était"),
    ("Le xyzzy de transport ont fermé.", "ont"),
    ("Chaque élève savent lire.", "savent"),
    ("Une station sans disque dur peuvent démarrer.", "peuvent"),
    ("Il étaient seul.", "étaient"),
    ("Mes amis y croit.", "croit"),
    ("Les personnes présentant les taux les plus élevés était malades.", "était"),
    ("Les salariés, qui réclament une hausse, a cessé le travail.", "a"),
    ("La ville, où vivent deux peuples, ont voté.", "ont"),
    ("Le très bon accueil du public nous surprend, mais le film plaisent.", "plaisent"),
]

FINE = [
    "Les entreprises ont annoncé une hausse.",
    "La société a vendu ses parts.",
    "La plupart des gens savent cela.",
    "Un groupe de manifestants ont parlé.",
    "Un groupe de manifestants, qui venaient de Lyon, ont défilé.",
    "Un panel d’agents portant des badges sont venus.",
    "Qu’avaient été son enfance et sa vie ?",
    "Le maire, les adjoints, qui étaient là, ont signé.",
    "Les adjoints, le maire, qui était là, ont signé.",
    "Les Beatles ont joué, Radiohead, qui jouait, a plu.",
    "En présentant les taux, il sourit.",
    "Le lendemain sont arrivés les autres.",
    "Un des auteurs est venu.",
    "L’une de ses filles est malade.",
    "Candide et elle avouèrent tout.",
    "Ce que font les élus est clair.",
    "Avec elles vient le doute.",
    "Le maire et son adjoint ont parlé.",
    "Les touches a et b sont bleues.",
    "Les discussions entre les parties continuent.",
    "D’autres que ma tante l’ont chanté.",
    "Dans la rue vivent des chats.",
    "Les États-Unis a-t-on dit.",
    "Le président, comme ses ministres, a parlé.",
    "La semaine dernière ont eu lieu deux votes.",
    "Il dit que la ville et le port ferment.",
    "Les touches a.",
    "Le Monde des livres sont là.",
    "Tout le monde est là.",
    "Les fêtes sur la côte est des États-Unis plaisent.",
    "Plusieurs députés des provinces de l’est ont menacé de partir.",
    "Si la vidéo inverse ferment.",
    "Un élève ou une élève viennent.",
    "Un nom de réseau (SSID) et une clé sont créés.",
]


@for_each(("target", "words"), FAULTS)
def test_a_fault_is_marked(target: str, words: str) -> None:
    assert marked("french-subject-verb", "", target) == {words}


@for_each("target", FINE)
def test_good_french_is_left_alone(target: str) -> None:
    assert not shown("french-subject-verb", "", target)


SOURCE = "Brentham, Rovelli, Homais and the Beatles"
NAMED_FAULTS = [
    ("Brentham avaient rejeté deux offres.", "avaient"),
    ("Brentham, qui a terminé septième, avaient rejeté deux offres.", "avaient"),
    ("Il est parti. Brentham ont gagné.", "ont"),
]
NAMED_FINE = [
    "Brentham a gagné.",
    "Homais et M. Brentham causaient ensemble.",
    "Brentham, Rovelli, Homais ont signé.",
    "Brentham et Rovelli, qui jouaient, ont gagné.",
    "Beatles ont joué.",
    "Paul ont gagné.",  # no name of the source: a word put in for several
]


@for_each(("target", "verb"), NAMED_FAULTS)
def test_a_name_of_the_source_is_a_subject(target: str, verb: str) -> None:
    assert marked("french-subject-verb", SOURCE, target) == {verb}


def test_names_that_may_be_several_are_left_alone() -> None:
    assert [text for text in NAMED_FINE if shown("french-subject-verb", SOURCE, text)] == []
