"""Facts that a translation changed: one word for another, two that changed places, who did it."""

from articles.checks.exchanged_words import exchanged
from articles.checks.registry import Pair, run_checks
from articles.checks.voice import exchanged_roles
from articles.checks.word_sets import uses
from tests.cases import for_each
from tests.checks.table import marked, shown

LARGER_SETS = [
    ("Two glassmakers have announced layoffs.", "Deux forgerons ont annoncé des licenciements.", "forgerons"),
    ("A nest was found in a dead alder.", "Un nid a été découvert dans un sureau mort.", "sureau"),
    ("The hooker crossed the line.", "Le pilier a franchi la ligne.", "pilier"),
    ("The koruna weakened against the euro.", "La couronne a cédé du terrain face au dollar.", "dollar"),
    ("It may last until the summer.", "Cela pourrait durer jusqu’à l’hiver.", "hiver"),
    ("They could not land until dawn.", "Ils n’ont pas pu se poser avant le crépuscule.", "crépuscule"),
    ("The union’s president spoke.", "Le président de la compagnie a parlé.", "compagnie"),
    ("Chancellor Reindl was heard.", "Le vice-chancelier Reindl a été entendu.", "vice-chancelier"),
    ("It made a profit of 4 million euros.", "Il a réalisé un chiffre d’affaires de 4 millions d’euros.", "chiffre d’affaires"),
    ("The state demanded the repayment of the subsidies.", "L’État a exigé le versement des subventions.", "versement"),
    ("The trial was postponed.", "Le procès a été annulé.", "annulé"),
    ("The government lifted the curfew.", "Le gouvernement a imposé le couvre-feu.", "imposé"),
    ("Drivers must stop at the border.", "Les conducteurs peuvent s’arrêter à la frontière.", "peuvent"),
    ("Residents may leave their homes.", "Les habitants doivent quitter leur domicile.", "doivent"),
    ("The lake is deeper than the sea.", "Le lac est moins profond que la mer.", "moins"),
    ("The court failed to meet its targets.", "Le tribunal a atteint ses objectifs.", "failed to"),
    ("The firm grew thanks to exports.", "L’entreprise a grandi malgré les exportations.", "malgré"),
    # Two words that change places.
    ("Its eyes are orange rather than yellow.", "Ses yeux sont jaunes plutôt qu’orange.", "jaunes plutôt qu’orange"),
    ("The line runs from north to south.", "La ligne va du sud au nord.", "sud au nord"),
    ("Sales rose and profits fell.", "Les ventes ont baissé et les bénéfices ont augmenté.", "baissé et les bénéfices ont augmenté"),
    ("Rents have risen faster than wages.", "Les salaires ont augmenté plus vite que les loyers.", "salaires ont augmenté plus vite que les loyers"),
    ("The dam supplies drinking water.", "Le barrage fournit de l’électricité.", "électricité"),
    ("The price of bread has doubled.", "Le prix du lait a doublé.", "lait"),
    ("Pilots were unconvinced by the plan.", "Les pilotes étaient convaincus par le projet.", "convaincus"),
    ("The commission blocked the merger in 2017.", "La commission a approuvé la fusion en 2017.", "approuvé"),
    ("The court overturned the conviction.", "La cour a confirmé la condamnation.", "confirmé"),
    ("He has 15 days to lodge an application.", "Il a 15 jours pour déposer une application.", "application"),
    ("She saved three match points.", "Elle a gâché trois balles de match.", "gâché"),
    # A negation that only the translation has.
    ("The drug is safe.", "Le médicament n’est pas sûr.", "n’est pas sûr"),
]  # fmt: skip
SAID_ALIKE = [
    ("Tom is deputy chairman of the Berlin Association.", "Tom est vice-président de l’Association berlinoise."),
    ("You may need to restart your machine after this step.", "Vous devrez peut-être redémarrer votre ordinateur après cette étape."),
    ("I have no other aim than the service of the king, and also the cardinal, one of the most able men.", "Ils sont tout-puissants, et que jamais je n’ai d’autre but que le service du roi et celui du cardinal, un des plus habiles hommes."),
    ("The red and blue flags were raised.", "Les drapeaux bleus et rouges ont été hissés."),
    ("His mother was a nurse and his father a farmer.", "Sa mère était infirmière et son père agriculteur."),
    ("Visitors must not touch the walls.", "Les visiteurs ne peuvent pas toucher les murs."),
    ("The drug is safe.", "Le médicament n’est pas dangereux."),
    ("It was built over the past twelve months.", "Il a été construit au cours des douze derniers mois."),
    ("Fishermen joined the search.", "Des pêcheurs ont participé aux recherches."),
    ("The bikes went ahead.", "Les motards sont partis devant."),
    ("The fire departments came.", "Les pompiers sont venus."),
    ("The court heard the case.", "L’affaire a été entendue à l’audience."),
    ("More women than men came.", "Les femmes sont venues plus nombreuses que les hommes."),
    ("The Royal Society was founded then.", "La Société royale fut fondée à cette époque."),
    ("He helped in the summer.", "Il a aidé pendant l’été."),
    ("The bank raised its key rate.", "La banque a relevé son taux directeur."),
    ("He lives on the coast, in a tower.", "Il vit sur la côte, dans une tour."),
]  # fmt: skip


def test_a_thing_of_another_set_is_for_who_asks() -> None:
    pair = Pair("The farmers blocked the motorway.", "Les agriculteurs ont bloqué la voie ferrée.")
    assert shown("wrong-word", pair.source, pair.target) == []
    found = run_checks(pair, only=["wrong-word"], unlikely=True)
    assert [each.values["target"] for each in found] == ["voie ferrée"]


@for_each(("source", "target", "word"), LARGER_SETS)
def test_a_fact_that_became_another_is_found(source: str, target: str, word: str) -> None:
    assert word in marked("wrong-word", source, target)


@for_each(("source", "target"), SAID_ALIKE)
def test_the_same_fact_is_left_alone(source: str, target: str) -> None:
    assert not marked("wrong-word", source, target)


ROLES = [
    ("The hunter was attacked by the bear.", "Le chasseur a attaqué l’ours.", True),
    ("The hunter was attacked by the bear.", "L’ours a attaqué le chasseur.", False),
    ("The hunter was attacked by the bear.", "Le chasseur a été attaqué par l’ours.", False),
    ("The mayor was praised by residents.", "Le maire a salué les habitants.", True),
    (
        "The company sued the ministry in March.",
        "L’entreprise a été poursuivie par le ministère en mars.",
        True,
    ),
    ("The ministry sued the company.", "L’entreprise a été poursuivie par le ministère.", False),
]


@for_each(("source", "target", "is_wrong"), ROLES)
def test_who_did_it_to_whom(source: str, target: str, *, is_wrong: bool) -> None:
    assert bool(list(exchanged_roles(Pair(source, target)))) == is_wrong


def test_a_list_of_many_words_of_a_set_is_not_compared() -> None:
    source = "north, south, east, west, north, south, east, west"
    target = "sud, nord, ouest, est, sud, nord, ouest, est"
    pair = Pair(source, target)
    assert list(exchanged(pair, uses(source, "en"), uses(target, "fr"))) == []


def test_two_nationalities_are_no_lost_adjective() -> None:
    source, target = "French and German troops met.", "Des troupes se sont rencontrées."
    assert shown("wrong-word", source, target) == []


def test_the_same_letters_are_said_to_be_a_false_friend() -> None:
    (found,) = shown("wrong-word", "It sent rescue divers.", "Il a envoyé divers sauveteurs.")
    assert found.text == "“divers”: false friend?"
