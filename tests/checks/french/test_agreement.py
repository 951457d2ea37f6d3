"""Participles and adjectives that agree with no noun."""

from articles.checks.registry import Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("Les 400 premiers maillots floqués à son nom étaient épuisé à midi.", "épuisé"),
    ("Les photos ont été publié hier.", "publié"),
    ("La banque a été vendus à un fonds.", "vendus"),
    ("Elle est partis avant midi.", "partis"),
    ("La taille et les résultats ont été extraites.", "extraites"),
    ("Elles sont arrivé en retard.", "arrivé"),
    ("Ils seront choisi par le jury.", "choisi"),
    ("Plusieurs images qui, selon lui, avaient été retouchés à la main.", "retouchés"),
    ("Il montre des lettres qui ont été écrit en prison.", "écrit"),
    ("La direction n’a pas encore été prévenu.", "prévenu"),
    ("Les mesures doivent être votée en mars.", "votée"),
    ("Les chansons peuvent être écouté en ligne.", "écouté"),
    ("Il évoque des discussions lié au contrat.", "lié"),
    ("Elle lit une lettre adressé à son père.", "adressé"),
    ("Voici des règles imposée par la ville.", "imposée"),
    ("Il refuse une offre jugé trop basse.", "jugé"),
    ("La réponse était évident.", "évident"),
    ("Même avec cette fonction activées, il démarre.", "activées"),
    ("Il pleut et les ponts sont fermée.", "fermée"),
    ("La « distribution » est utilisé ici.", "utilisé"),
    ("Il vend des vis employé par les plombiers.", "employé"),
    ("Les routes sont dangereux.", "dangereux"),
    ("Elle prépare une loi économiques.", "économiques"),
    ("Celles qui ont été retenus le savent.", "retenus"),
    ("L’entreprise est récemment devenu rentable.", "devenu"),
    ("Je crois que la maison est situé au nord.", "situé"),
    ("Le pont et la route ont été fermé.", "fermé"),
    ("La distribution logicielle est livré avec un manuel.", "livré"),
    ("Les loyers resteront abordable.", "abordable"),
    ("Les travaux fait par l’équipe sont bons.", "fait"),
    ("Il vante les maisons construit par la ville.", "construit"),
    ("Les travaux sont fait.", "fait"),
    ("La situation semble inquiétant.", "inquiétant"),
    ("Ces règles leur paraissent très strict.", "strict"),
    ("Ce qui est signalée dans le journal compte.", "signalée"),
]

FINE = [
    "La vice-ministre chilienne a parlé.",
    "Depuis sa mort, trois médecins se sont succédé au village.",
    "Les travaux fait par semaine coûtent cher.",
    "C’est un travail fait par lui.",
    "Que de travaux fait par ces équipes !",
    "Les travaux sont faits et la ville fait par exemple construire un pont.",
    "Celui qui aime les voitures produit par an dix films.",
    "Ils se sont fait mal et les enfants se sont fait gronder.",
    "Les loyers resteront abordables.",
    "Cette fois l’homme parut ému.",
    "Les prix restent bien plus élevés qu’ailleurs.",
    "L’enquête reste ouverte et ils restent debout.",
    "Les photos ont été publiées hier.",
    "Les différences entre les écoles et les hôpitaux ont été étudiées.",
    "La taille et les photos ont été publiées.",
    "La taille et les résultats ont été extraits.",
    "Elle lit une lettre de son père adressée à la mairie.",
    "Il a écrit un article sur les discussions publié hier.",
    "Le pont et la route ont été fermés.",
    "La plupart des élèves sont partis.",
    "Une dizaine de personnes sont venues.",
    "Dans les rues sont arrivés des milliers de gens.",
    "Une fois terminé, le film sera montré.",
    "Il fut un jour libéré par ses amis.",
    "Elle s’est rendu compte de son erreur.",
    "Les femmes y compris étaient là.",
    "Elle est fort prudente et ces règles sont fort justes.",
    "Il porte une veste bleu foncé et des chaussures marron.",
    "C’est une mesure de sécurité prise par la ville.",
    "Le cadavre d’une femme a été trouvé.",
    "Sora et Nadia ont été invitées.",
    "Ces deux images ont été retouchées.",
    "Les niveaux sont juste un moyen de mesurer.",
    "La liste des candidats retenus est longue.",
    "Avec elle sont partis trois hommes.",
    "Les électeurs sont 20 % mécontents.",
    "Les outils comme les scies n’étaient pas rangés.",
    "Elle a, selon ses amis, avoir depuis son arrivée motivé une équipe.",
    "Les clients appelant la banque attendent.",
    "Il a vu sur la ligne des trains qui étaient vides.",
    "Cette nouvelle version est meilleure.",
    "Le ministre de l’Intérieur est arrivé.",
    "Les personnes dont la vie est finie.",
    "L’offre que les élus ont jugée trop basse est retirée.",
    "Des mots clés ont été ajoutés.",
    "Les interfaces utilisateur sont en ligne et les fonctions moteur aussi.",
    "Les amis venus hier soir, sont partis.",
    "Elles veulent être vues.",
    "Il garde ceux de même nom importés hier.",
    "Les langues française et anglaise sont enseignées.",
    "Il a signé la loi traité hier.",
    "Les émotions de leurs animaux.",
    "Est fermé le lundi.",
    "N’est pas prêt qui veut.",
    "Les amis, vus « hier », sont partis.",
    "Il voit Sora qui est venue.",
    "Il lit des livres, romans qui sont connus.",
]


@for_each(("target", "words"), FAULTS)
def test_a_fault_is_marked(target: str, words: str) -> None:
    assert marked("french-agreement", "", target) == {words}


@for_each("target", FINE)
def test_good_french_is_left_alone(target: str) -> None:
    assert not shown("french-agreement", "", target)


def test_the_finding_names_the_noun() -> None:
    (finding,) = shown("french-agreement", "", "Les photos ont été publié hier.")
    assert finding.text == "“publié” does not agree with “photos”?"
    assert finding.type == "Grammar"


def test_a_participle_is_not_said_to_agree_with_its_verb() -> None:
    (found,) = shown("french-agreement", "", "À l’été 2022, 9 000 foyers ont été privé d’eau.")
    assert found.text == "“privé”: singular after the plural “ont”?"


def test_only_french_is_read() -> None:
    assert not run_checks(
        Pair("", "Les photos ont été publié.", target_language="en"), only=["french-agreement"]
    )
