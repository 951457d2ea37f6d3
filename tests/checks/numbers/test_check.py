"""Numbers in figures and in words, in both languages' dress."""

from articles.checks import apply_remedy
from articles.checks.numbers.numerals import MOST_NUMBERS, numerals
from articles.checks.registry import Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    ("The plant employs 1,200 people.", "L’usine emploie 12 000 personnes.", {"1,200", "12 000"}),
    (
        "It cost $1.2 billion.",
        "Cela a coûté 1,2 million de dollars.",
        {"1.2 billion", "1,2 million"},
    ),
    ("Some 15 percent agreed.", "Environ 50 % étaient d’accord.", {"15", "50"}),
    ("In 1987 he left.", "En 1978, il est parti.", {"1987", "1978"}),
    (
        "Sora 3, the third version, costs $5.",
        "Sora 13, la troisième version, coûte 5 $.",
        {"3", "13"},
    ),
    ("She is 34.", "Elle a quarante-trois ans.", {"34", "quarante-trois"}),
    ("Twelve boats sank.", "Quinze bateaux ont coulé.", {"Twelve", "Quinze"}),
    ("They walked 10 miles.", "Ils ont marché 30 km.", {"10", "30"}),
    ("He finished 21st.", "Il a terminé 12e.", {"21", "12"}),
    ("a twenty-first attempt", "une vingtième tentative", {"twenty-first", "vingtième"}),
    ("The hall seats 4,500.", "La salle est grande.", {"4,500"}),
    ("The hall is big.", "La salle de 4\u202f500 places est grande.", {"4\u202f500"}),
    ("a dozen eggs", "une vingtaine d’œufs", {"dozen", "une vingtaine"}),
    ("Orders fell by a fifth.", "Les commandes ont baissé de 5 %.", {"a fifth", "5 %"}),
    (
        "The age rises from 60 to 62.",
        "L’âge passe de 62 à 60 ans.",
        {"60 to 62", "62 à 60"},
    ),
    (
        "Two black boxes have been found.",
        "Une boîte noire a été retrouvée.",
        {"Two", "Une"},
    ),
    (
        "a ring of King Christian IV",
        "une bague du roi Christian VI",
        {"Christian IV", "Christian VI"},
    ),
    ("Music of the 1990s.", "Musique des années 1980.", {"1990s", "1980"}),
    ("It paid 2.5 million.", "Elle a versé 25 millions.", {"2.5 million", "25 millions"}),
    (
        "Millions of euros vanished.",
        "Des milliards d’euros ont disparu.",
        {"Millions", "milliards"},
    ),
    ("Between 3 and 7 people came.", "De 3 à 9 personnes sont venues.", {"7", "9"}),
    (
        "two hundred and fifty ships",
        "deux cent quinze navires",
        {"two hundred and fifty", "deux cent quinze"},
    ),
    ("It has 1,234 rooms.", "Il compte 1,234 chambres.", {"1,234"}),
    ("Article 49 was used.", "L’article 94 a servi.", {"49", "94"}),
    ("A record 98,300 fans", "Un record de 98\u00a0200 spectateurs", {"98,300", "98\u00a0200"}),
    ("The 5th floor burnt.", "Le 6e étage a brûlé.", {"5", "6"}),
    ("It cost €5.", "Cela a coûté 7 $.", {"5", "7"}),
    ("Four masked thieves fled.", "Des voleurs masqués ont fui.", {"Four"}),
    ("It fell to 60°F.", "Il est tombé à 30 °C.", {"60", "30"}),
]

FINE = [
    ("Orders fell by a fifth.", "Les commandes ont baissé de 20 %."),
    ("Three quarters agree.", "75 % sont d’accord."),
    ("The age rises from 60 to 62.", "L’âge passe de 60 à 62 ans."),
    ("It rose to 62 from 60.", "Il est passé de 60 à 62."),
    ("Two black boxes have been found.", "Les deux boîtes noires ont été retrouvées."),
    ("a ring of King Christian IV", "une bague du roi Christian IV"),
    ("He was third, at 1:12.", "Il était troisième à 1\u00a0min\u00a012\u00a0s."),
    ("The four masked thieves fled.", "Les voleurs masqués ont fui."),
    ("Two masked thieves fled.", "Des voleurs masqués ont fui."),
    ("The memories of a forty-year-old.", "Les souvenirs d’une quadragénaire."),
    ("A 72-year-old fell.", "Un septuagénaire est tombé."),
    ("The planet Tavi-4b is small.", "La planète Tavi-4b est petite."),
    ("The plant employs 1,200 people.", "L’usine emploie 1 200 personnes."),
    ("The plant employs 1,200 people.", "L’usine emploie 1\u202f200 personnes."),
    ("The plant employs 1,200 people.", "L’usine emploie 1\u00a0200 personnes."),
    ("It cost $1.2 billion.", "Cela a coûté 1,2 milliard de dollars."),
    ("It cost $5m, not $3bn.", "Cela a coûté 5 M$, et non 3 Md$."),
    ("A dozen people came.", "Une douzaine de personnes sont venues."),
    ("Twelve people came.", "Douze personnes sont venues."),
    ("They walked 10 miles.", "Ils ont marché 16 km."),
    ("a 6-foot-2 player of 220 pounds", "un joueur de 1,88 m et 100 kg"),
    ("It was 50°F.", "Il faisait 10 °C."),
    ("The twenty-first century", "Le XXIe siècle"),
    ("Louis XIV had 3 sons.", "Louis XIV eut trois fils."),
    ("He came 1st and she 22nd.", "Il a fini 1er et elle 22e."),
    ("Music of the 1990s and the '80s.", "Musique des années 90 et des années 1980."),
    ("Half of them left.", "50 % sont partis."),
    ("two and a half million", "2,5 millions"),
    ("1.5 million", "un million et demi"),
    ("two and a half hours", "deux heures et demie"),
    ("a year and a half or 18 months", "un an et demi ou 18 mois"),
    ("320 million a year earlier", "320 millions un an plus tôt"),
    ("It may reach 80 degrees.", "Il pourrait faire 26 degrés."),
    ("waves of six meters (18 feet)", "des vagues de six mètres"),
    ("two hundred and fifty ships", "deux cent cinquante navires"),
    ("ninety-seven and seventy-one", "quatre-vingt-dix-sept et soixante et onze"),
    ("tens of thousands of fans", "des dizaines de milliers de spectateurs"),
    ("from 4 to 5 billion euros", "de 4 à 5 milliards d’euros"),
    ("$900-million plan", "un plan de 900 millions de dollars"),
    ("15 thousand million", "15 milliards"),
    ("It took 75 minutes.", "Cela a duré une heure et quart."),
    ("On March 3, 2011", "Le 03/03/2011"),
    ("Two of them won.", "Deux d’entre eux ont gagné, une première."),
    ("No one won; one in five left.", "Personne n’a gagné ; un sur cinq est parti."),
    ("Twenty per cent of them", "20 % d’entre eux"),
    ("800 kph (497 mph)", "800 km/h"),
    ("A score of 3-0 in 2013-14", "Un score de 3 à 0 en 2013-2014"),
    ("Open from 3 to 5 pm.", "Ouvert de 15 h à 17 h."),
    ("several million voters", "plusieurs millions d’électeurs"),
    ("half a dozen cats", "six chats"),
    ("0.5 percent", "0,5 pour cent"),
    ("3½ years", "trois ans et demi"),
    ("It was 1.234 m or 1,234,567.", "C’était 1,234 m ou 1.234.567."),
    ("Flight MH370, the G20 and COVID-19", "Le vol MH370, le G20 et le COVID-19"),
    ("327 pounds of sugar for 10 cents", "148 kg de sucre pour 10 cents"),
    ("The flat cost £5million.", "L’appartement a coûté 5 millions de livres."),
    ("She ran it in 2:14:04.", "Elle l’a couru en 2 h 14 min 4 s."),
    ("It was 20F at dawn.", "Il faisait -7 °C à l’aube."),
    ("It ended 0-0.", "Score nul et vierge."),
    ("A 24/7 service.", "Un service 24 heures sur 24."),
    ("In the 80s (26-31C) today.", "Entre 26 et 31 °C aujourd’hui."),
]
GERMAN_AND_SPANISH = [
    ("It cost $1.2 billion.", "Es kostete 1,2 Milliarden Dollar.", "de", set()),
    ("It cost 1,250 euros.", "Es kostete 1.250 Euro.", "de", set()),
    ("Twenty-one people came.", "Es kamen einundzwanzig Leute.", "de", set()),
    ("He won his third title in 1998.", "1998 gewann er seinen dritten Titel.", "de", set()),
    ("It took two and a half years.", "Es dauerte zweieinhalb Jahre.", "de", set()),
    ("Use a 3rd party app.", "Nutzen Sie eine Drittanbieter-App.", "de", set()),
    ("They walked 10 miles.", "Sie gingen 16 Kilometer.", "de", set()),
    ("Some 15 percent agreed.", "Rund 50 Prozent stimmten zu.", "de", {"15", "50"}),
    ("Twelve boats sank.", "Fünfzehn Boote sanken.", "de", {"Twelve", "Fünfzehn"}),
    ("It cost $1.2 billion.", "Costó 1.200 millones de dólares.", "es", set()),
    ("It cost 1,250 euros.", "Costó 1.250 euros.", "es", set()),
    ("Thirty-one people came.", "Vinieron treinta y una personas.", "es", set()),
    ("Thousands marched.", "Marcharon miles de personas.", "es", set()),
    ("They walked 10 miles.", "Caminaron 16 kilómetros.", "es", set()),
    ("Some 15 percent agreed.", "Un 50 % estuvo de acuerdo.", "es", {"15", "50"}),
    ("Twelve boats sank.", "Se hundieron quince barcos.", "es", {"Twelve", "quince"}),
]


@for_each(("source", "target", "words"), FAULTS)
def test_a_wrong_number_is_found_where_it_stands(source: str, target: str, words: set[str]) -> None:
    assert marked("numbers", source, target) == words


@for_each(("source", "target"), FINE)
def test_an_equal_number_is_left_alone(source: str, target: str) -> None:
    assert shown("numbers", source, target) == []


@for_each(("target", "source"), FINE)
def test_french_to_english_works_too(source: str, target: str) -> None:
    assert shown("numbers", source, target, source_language="fr", target_language="en") == []


def test_german_and_spanish_are_read_in_both_directions() -> None:
    for source, target, language, words in GERMAN_AND_SPANISH:
        found = marked("numbers", source, target, target_language=language)
        assert found == words, target
        back = marked("numbers", target, source, source_language=language, target_language="en")
        assert back == words, target


def test_a_number_that_moved_to_the_next_segment_is_not_shown() -> None:
    assert not shown(
        "numbers", "It has 40 rooms.", "Il est grand.", following=("", "Il compte 40 chambres.")
    )
    assert not shown(
        "numbers", "It is big.", "Il compte 40 chambres.", previous=("It has 40 rooms.", "")
    )


@for_each(
    ("source", "target", "right"),
    [
        ("It will cost £186m.", "Coût : 168 millions de livres.", "Coût : 186 millions de livres."),
        (
            "It cost $1.2 billion.",
            "Coût : 1,3 milliard de dollars.",
            "Coût : 1,2 milliard de dollars.",
        ),
        (
            "It cost $1.2 billion.",
            "Coût : 12 milliards de dollars.",
            "Coût : 1,2 milliard de dollars.",
        ),
        (
            "It cost £3bn.",
            "Coût : 13\u00a0milliards de livres.",
            "Coût : 3\u00a0milliards de livres.",
        ),
        ("It cost £3bn.", "Coût : 3 millions de livres.", None),
    ],
)
def test_millions_are_put_right_by_the_source(source: str, target: str, right: str | None) -> None:
    (found,) = shown("numbers", source, target)
    assert (apply_remedy(target, found.remedy) if found.remedy else None) == right


def test_the_kind_of_error_is_named() -> None:
    assert shown("numbers", "It has 40 rooms.", "Il est grand.")[0].type == "Omission"
    assert shown("numbers", "It is big.", "Il a 40 chambres.")[0].type == "Addition"
    assert (
        shown("numbers", "It has 1,234 rooms.", "Il compte 1,234 chambres.")[0].type
        == "Number format"
    )


@for_each(
    ("source", "target"),
    [
        ("It took 75 minutes.", "Cela a duré une heure et quart."),
        ("The match lasted 90 minutes.", "Le match a duré 2 heures."),
    ],
)
def test_an_unlikely_finding_is_kept_for_who_asks(source: str, target: str) -> None:
    pair = Pair(source, target)
    assert [each.score for each in run_checks(pair, only=["numbers"], unlikely=True)] == [0.4]


def test_a_text_of_more_numbers_than_any_segment_has_is_read_in_part() -> None:
    assert len(numerals("1- " * 2 * MOST_NUMBERS, "en")) == MOST_NUMBERS
