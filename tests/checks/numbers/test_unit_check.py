"""The same number of something else."""

from tests.cases import for_each
from tests.checks.table import shown

FAULTS = [
    ("It cost $5 million.", "Cela a coûté 5 millions d’euros."),
    ("It cost 5 million euros.", "Cela a coûté 5 millions de dollars."),
    ("It cost £300.", "Cela a coûté 300 €."),
    ("It cost 300 pounds.", "Cela a coûté 300 euros."),
    ("The price is ¥900.", "Le prix est de 900 $."),
    ("They walked 10 miles.", "Ils ont marché 10 km."),
    ("They walked 10 kilometers.", "Ils ont marché 10 mètres."),
    ("a 6-foot wall", "un mur de 6 mètres"),
    ("a 12-inch pipe", "un tuyau de 12 cm"),
    ("40 acres of land", "40 hectares de terre"),
    ("It weighs 90 kg.", "Il pèse 90 grammes."),
    ("at 80 mph", "à 80 km/h"),
    ("It fell to 10°F.", "Il est tombé à 10 °C."),
    ("It fell by 4 percent.", "Il a baissé de 4 points."),
    ("It fell by 4%.", "Il a baissé de 4."),
    ("from 5 to 10 percent", "de 5 à 10"),
    ("for 3 days", "pendant 3 semaines"),
    ("in 20 minutes", "en 20 heures"),
    ("for ten years", "pendant dix mois"),
    ("two gallons of milk", "deux litres de lait"),
    ("30 square feet", "30 mètres carrés"),
    ("200 roubles a day", "200 dollars par jour"),
    ("It sold 800,000 copies.", "Il s’en est vendu pour 800 000 euros."),
    ("It lies 112 light years away.", "Elle se trouve à 112 kilomètres."),
    ("It lasted 40 minutes.", "Il a duré 40 kilomètres."),
]

FINE = [
    ("It cost $5 million.", "Cela a coûté 5 millions de dollars."),
    ("It cost $5 million.", "Cela a coûté 5 M$."),
    ("It cost US$5m.", "Cela a coûté 5 millions de dollars américains."),
    ("It cost £300.", "Cela a coûté 300 livres."),
    ("It cost 300 pounds.", "Cela a coûté 300\u00a0£."),
    ("They walked 10 miles.", "Ils ont marché 16 km."),
    ("They walked 10 miles.", "Ils ont marché 10 miles."),
    ("a 6-foot wall", "un mur de 1,80 m"),
    ("40 acres of land", "16 hectares de terre"),
    ("at 80 mph", "à 130 km/h"),
    ("It fell by 4 percent.", "Il a baissé de 4\u202f%."),
    ("It fell by 4 per cent.", "Il a baissé de 4 pour cent."),
    ("from 5 to 10 percent", "de 5 à 10 %"),
    ("for 3 days", "pendant trois jours"),
    ("in 20 minutes", "en vingt minutes"),
    ("a 2-year-old boy", "un garçon de 2 ans"),
    ("60°F", "15 °C"),
    ("100 barrels of oil", "100 barils de pétrole"),
    ("15 m from the top", "à 15 mètres du sommet"),
    ("200 people", "200 personnes"),
    ("He wrote six works.", "Il a écrit six livres."),
    ("140 kilometres per hour", "140 kilomètres à l’heure"),
    ("EUR 400 billion", "400 milliards d’euros"),
    ("5 million of them", "5 millions d’entre eux"),
    ("63 billion cubic metres", "63 milliards de mètres cubes"),
    ("$2 and 30%", "2 $ et 30 %"),
]


@for_each(("source", "target"), FAULTS)
def test_another_unit_is_found(source: str, target: str) -> None:
    assert shown("units", source, target)


@for_each(("source", "target"), FINE)
def test_the_same_unit_is_left_alone(source: str, target: str) -> None:
    assert shown("units", source, target) == []


def test_german_and_spanish_units_are_read() -> None:
    for target, language in (("5 Millionen Euro", "de"), ("5 millones de euros", "es")):
        assert shown("units", "It cost $5 million.", target, target_language=language)
        assert not shown("units", "It cost €5 million.", target, target_language=language)
