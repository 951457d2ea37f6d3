"""Expressions whose loss is told by a closed set of French counterparts."""

from articles.checks.closed_counterparts import added_ranks, lost_expressions
from articles.checks.registry import Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked

LOST = [
    ("Many have been unable to return.", "Beaucoup ont pu rentrer.", "unable to"),
    ("It has yet to be confirmed.", "Il a déjà été confirmé.", "yet to"),
    ("We cannot yet say why.", "Nous ne pouvons dire pourquoi.", "yet"),
    ("Profit before special items fell.", "Le bénéfice a baissé.", "before special items"),
    ("It rose on fears of a shortage.", "Il monte à cause d’une pénurie.", "fears of"),
    ("It rose partly because of that.", "Il monte à cause de cela.", "partly"),
    ("Forty unarmed observers came.", "Quarante observateurs sont venus.", "unarmed"),
    ("They fired warning shots.", "Ils ont tiré.", "warning"),
    ("His minority government stays.", "Son gouvernement reste.", "minority"),
    ("It was found by chance.", "Il a été trouvé.", "by chance"),
    ("It comes out, including its annexes.", "Il paraît.", "including its"),
    ("It has fallen by half since 2001.", "Il a diminué depuis 2001.", "by half"),
    ("She is an emeritus professor.", "Elle est professeure.", "emeritus"),
    ("It pays for much of the fire service.", "Elle finance les pompiers.", "much of"),
    ("Two canals that they say divert it.", "Deux canaux qui le détournent.", "they say"),
    ("They pulled four skiers alive from it.", "Ils en ont sorti quatre skieurs.", "alive"),
    ("They won 4-3 in overtime on Saturday.", "Ils ont gagné 4-3 samedi.", "in overtime"),
    ("They agreed in principle to it.", "Ils en sont convenus.", "in principle"),
    ("They retire on full pay.", "Ils partent à la retraite.", "on full pay"),
    ("The price is far below its value.", "Le prix est inférieur à sa valeur.", "far"),
    ("She worked there for a decade.", "Elle y a travaillé deux ans.", "a decade"),
    (
        "She may do so only if two candidates agree.",
        "Elle le peut si deux candidats sont d’accord.",
        "only",
    ),
    (
        "It honours the women directors of the 1920s.",
        "Il honore les réalisateurs des années 1920.",
        "women",
    ),
    ("It was the largest fire ever recorded.", "C’était le plus grand incendie.", "ever"),
    ("It would save 75 million euros a year.", "Cela économiserait 75 millions d’euros.", "a year"),
    ("They work 40 hours a week.", "Ils travaillent 40 heures.", "a week"),
    ("Each pays €30 per night.", "Chacun paie 30 euros.", "per night"),
    (
        "She voted with the party on most other matters.",
        "Elle a voté avec le parti sur les autres sujets.",
        "most",
    ),
    ("The trip takes most of the day.", "Le trajet prend la journée.", "most"),
    ("It means a round trip of 300 miles.", "Cela implique un trajet de 480 km.", "round"),
    (
        "It was their third straight defeat.",
        "C’était leur troisième défaite.",
        "straight",
    ),
    ("He came despite the rain.", "Il est venu sous la pluie.", "despite"),
    ("Fines of up to 300 euros apply.", "Des amendes de 300 euros s’appliquent.", "up to"),
    ("More than 300 people came.", "Il est venu 300 personnes.", "More than"),
    ("He spoke under oath.", "Il a parlé.", "under oath"),
    ("It flies at 20 metres a second.", "Il vole à 20 mètres.", "a second"),
    ("It costs 20 euros a child.", "Cela coûte 20 euros.", "a child"),
    ("They came by train and left.", "Ils sont arrivés puis repartis.", "by train"),
    ("They sent it by post.", "Ils l’ont envoyé.", "by post"),
    ("She paid in cash for the car.", "Elle a payé la voiture.", "in cash"),
    (
        "The island is reached by boat (20 minutes).",
        "L’île est accessible (20 minutes).",
        "by boat",
    ),
    ("They sent it by post “today”.", "Ils l’ont envoyé « aujourd’hui ».", "by post"),
    ("They came by train 10 times.", "Ils sont venus dix fois.", "by train"),
    ("They travel by bus daily.", "Ils circulent chaque jour.", "by bus"),
    ("They left by boat Sunday.", "Ils sont partis dimanche.", "by boat"),
    ("Profit after tax rose.", "Le bénéfice a augmenté.", "after tax"),
    ("The pre-tax profit rose.", "Le bénéfice a augmenté.", "pre-tax"),
    ("US pretax profit rose.", "Le bénéfice a augmenté.", "pretax"),
    # Amounts as newspapers write them.
    ("It makes £5m a year.", "Il gagne 5 millions de livres.", "a year"),
    ("It makes $1.2bn a year.", "Il gagne 1,2 milliard de dollars.", "a year"),
    ("It grows 5% a year.", "Il croît de 5 %.", "a year"),
    ("It costs 20p a litre.", "Il coûte 20 pence.", "a litre"),
    ("It does 300km a day.", "Il fait 300 km.", "a day"),
    ("It costs £5m a child.", "Cela coûte 5 millions de livres.", "a child"),
    # A period that French names elsewhere is no rate.
    (
        "The plant, which opened two years ago, makes 3 million cars a year.",
        "L’usine, ouverte il y a deux ans, produit 3 millions de voitures.",
        "a year",
    ),
    (
        "The 34-year-old earned 3 million euros a year last year.",
        "Le trentenaire a gagné 3 millions d’euros l’année dernière.",
        "a year",
    ),
    ("It is closed until further notice.", "C’est fermé.", "until further notice"),
    ("He was tried in absentia.", "Il a été jugé.", "in absentia"),
    ("They were held without charge.", "Ils ont été détenus.", "without charge"),
    ("Net profit rose to 61 million.", "Le bénéfice a atteint 61 millions.", "Net"),
    (
        "It has parts of both flippers and a bone.",
        "Il a des parties d’un aileron et un os.",
        "both",
    ),
    ("Most businesses are closed.", "Les entreprises sont fermées.", "Most"),
    (
        "It has new engines on all but two of its ships.",
        "Tous ses navires ont un moteur neuf.",
        "but",
    ),
    ("It is worth 2 billion, including debt.", "Il vaut 2 milliards.", "including debt"),
    ("It passed with one abstention.", "Le texte a été adopté.", "one abstention"),
    ("They protest against the end of it.", "Ils protestent contre cela.", "the end of"),
    (
        "They blame the firs, which they say dry the soil.",
        "Ils accablent les sapins, qui assèchent le sol.",
        "they say",
    ),
    ("About half of the town came.", "La moitié de la ville est venue.", "About"),
    ("It is about a third of their income.", "C’est le tiers de leurs revenus.", "about"),
    (
        "Neither the families nor the doctors knew it.",
        "Les familles ne le savaient pas.",
        "nor the",
    ),
    (
        "It compares with an estimate of up to 500 million.",
        "L’estimation portait sur un bénéfice de 500 millions.",
        "up to",
    ),
]
KEPT = [
    ("Many have been unable to return.", "Beaucoup n’ont pas pu rentrer."),
    ("It has yet to be confirmed.", "Cela reste à confirmer."),
    ("Build in extra time for it.", "Prévoyez plus de temps."),
    ("She may do so only if two agree.", "Elle ne le peut que si deux sont d’accord."),
    ("The women politicians met.", "Les politiques se sont réunies."),
    ("He was found alive.", "Il respire."),
    ("It honours women directors.", "Il honore des réalisatrices."),
    ("It is closed until further notice.", "C’est fermé jusqu’à nouvel ordre."),
    ("They were held without charge.", "Ils ont été détenus sans inculpation."),
    ("Net profit rose.", "Le bénéfice net a progressé."),
    ("Both sides signed.", "Les deux camps ont signé."),
    ("Both sides agreed to talk.", "Les parties ont accepté de se parler."),
    ("She breeds both dogs and cats.", "Elle élève chiens et chats."),
    ("It would save 75 million a year.", "Cela économiserait 75 millions par an."),
    ("It would save 75 million a year.", "L’économie annuelle serait de 75 millions."),
    (
        "The plant, which opened two years ago, makes 3 million cars a year.",
        "L’usine, ouverte en 2022, produit 3 millions de voitures par an.",
    ),
    (
        "The 34-year-old earns 3 million euros a year.",
        "Le trentenaire gagne 3 millions d’euros par an.",
    ),
    (
        "Two days later it made 3 tonnes a day.",
        "Ensuite la production quotidienne était de 3 tonnes.",
    ),
    ("Three hours later it did 80 km an hour.", "Ensuite il roulait à 80 km/h."),
    ("In the 1990s a year abroad was rare.", "Un séjour à l’étranger était alors rare."),
    (
        "The shares fell after tax inspectors searched its offices.",
        "L’action a chuté après une perquisition.",
    ),
    ("It costs 29.90 euros before tax.", "Il coûte 29,90 euros HT."),
    ("Profit before taxes rose.", "Le bénéfice avant impôts a augmenté."),
    ("It lasted for a year.", "Cela a duré longtemps."),
    ("He left two years ago, a year later.", "Il est parti il y a deux ans, un an plus tard."),
    ("The most important votes were close.", "Les votes essentiels ont été serrés."),
    ("Most voters stayed at home.", "La plupart des électeurs sont restés chez eux."),
    ("It was a return ticket.", "C’était un aller-retour."),
    # An amount is a whole word: "written" holds no "ten".
    ("She has written a second novel.", "Elle a écrit un autre roman."),
    ("They were beaten a second time.", "Ils ont encore été battus."),
    ("There has often been a person there.", "Il y a souvent eu quelqu’un."),
    ("After 200 people fled a second time, it fell.", "Après une nouvelle fuite de 200 gens."),
    ("After 200 people fled a second-hand shop, it fell.", "200 gens ont fui une friperie."),
    ("Two men stole a vehicle.", "Deux hommes ont volé une camionnette."),
    # A period is named by whole words.
    ("It is 300 euros per capita in the capital.", "C’est 300 euros par tête dans la capitale."),
    (
        "It costs 3 euros a head at its headquarters.",
        "Cela coûte 3 euros par personne à son siège.",
    ),
    (
        "She came second, at 20 metres a second.",
        "Elle est arrivée deuxième, à 20 mètres par seconde.",
    ),
    (
        "It is open 24 hours a day, seven days a week.",
        "C’est ouvert 24 heures sur 24, 7 jours sur 7.",
    ),
    ("It is open seven days a week.", "C’est ouvert sept jours sur sept."),
    ("It is open 24 hours a day.", "C’est ouvert 24h/24."),
    # The words are part of a longer noun.
    ("It was decided by rail workers.", "Les cheminots l’ont décidé."),
    ("It was decided by ship owners.", "Les armateurs l’ont décidé."),
    ("It was done by post-war governments.", "Les gouvernements d’après-guerre l’ont fait."),
    ("It was done by phone companies.", "Les opérateurs l’ont fait."),
    ("They live in cash-strapped towns.", "Ils vivent dans des villes pauvres."),
    ("It results in error messages.", "Cela donne des avis de panne."),
    # "Most" belongs to an adjective or to a verb.
    ("It is in its most serious crisis.", "Il vit sa pire crise."),
    ("It is in its most ruthless phase.", "Il vit sa pire phase."),
    ("What hurts him most is silence.", "Le silence le blesse."),
    ("It has engines on all but two of its ships.", "Tous ses navires sauf deux ont un moteur."),
    ("About half of the town came.", "Près de la moitié de la ville est venue."),
    ("He waited about a quarter of an hour.", "Il attendit un quart d’heure."),
    ("The door was about half open.", "La porte était ouverte à moitié."),
    ("Neither the owner nor the crew spoke.", "Ni l’armateur ni l’équipage n’ont parlé."),
    (
        "Neither the owner nor the crew spoke.",
        "L’armateur n’a pas parlé, l’équipage n’a rien dit.",
    ),
    ("He has neither slept nor eaten.", "Il n’a rien mangé et pas dormi."),
    ("Gusts of up to 191 km/h were felt.", "Des rafales atteignant 191 km/h ont soufflé."),
]


@for_each(("source", "target", "words"), LOST)
def test_a_lost_expression_is_found(source: str, target: str, words: str) -> None:
    found = [span.of(source) for span in lost_expressions(source, target)]
    assert found == [words]


@for_each(("source", "target"), KEPT)
def test_what_french_says_is_left_alone(source: str, target: str) -> None:
    assert list(lost_expressions(source, target)) == []


def test_it_is_shown_as_missing() -> None:
    source = "It would save 75 million euros a year."
    assert marked("wrong-word", source, "Cela économiserait 75 millions d’euros.") == {"a year"}


@for_each(
    ("source", "target", "words"),
    [
        ("The president resigned.", "Le vice-président a démissionné.", "vice-président"),
        ("The champion was beaten.", "L’ex-championne a été battue.", "ex-championne"),
        (
            "Their director is heard today.",
            "Leur ancien directeur est entendu.",
            "ancien directeur",
        ),
    ],
)
def test_another_rank_that_the_english_does_not_have_is_found(
    source: str, target: str, words: str
) -> None:
    assert [span.of(target) for span in added_ranks(source, target)] == [words]
    found = run_checks(Pair(source, target), only=["added"])
    assert f"“{words}” has no counterpart in the English" in [each.text for each in found]


@for_each(
    ("source", "target"),
    [
        ("The deputy president resigned.", "Le vice-président a démissionné."),
        ("A becomes B.", "A devient B, ou vice-versa."),
        ("The ousted president spoke.", "L’ex-président a parlé."),
        ("He was once the mayor.", "C’est un ancien maire."),
        ("The ancient bridge stands.", "L’ancien pont tient."),
    ],
)
def test_a_rank_that_the_english_has_is_left_alone(source: str, target: str) -> None:
    assert list(added_ranks(source, target)) == []
