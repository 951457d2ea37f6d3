"""Words of a small set that became another, or were lost."""

import re
from itertools import chain

from articles.checks.other_sets import THINGS
from articles.checks.word_sets import word_sets
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    (
        "The European Parliament agreed.",
        "La Commission européenne était d’accord.",
        {"European Parliament", "Commission européenne"},
    ),
    (
        "The European Central Bank held its rates.",
        "La Banque mondiale a maintenu ses taux.",
        {"European Central Bank", "Banque mondiale"},
    ),
    ("The ECB criticised the law.", "L’ONU a critiqué la loi.", {"ECB", "ONU"}),
    ("The captain was praised.", "L’entraîneur a été salué.", {"captain", "entraîneur"}),
    ("He left French Guiana.", "Il a quitté le Guyana.", {"French Guiana", "Guyana"}),
    ("Almost 150 people came.", "Plus de 150 personnes sont venues.", {"Almost", "Plus de"}),
    ("Prices are more or less high.", "Les prix sont plus ou moins bas.", {"high", "bas"}),
    ("Up to 50 jobs will go.", "Au moins 50 emplois vont disparaître.", {"Up to", "Au moins"}),
    (
        "It may melt a decade sooner.",
        "Il pourrait fondre dix ans plus tard.",
        {"sooner", "plus tard"},
    ),
    ("Not all of them agree.", "Aucun d’eux n’est d’accord.", {"Not all", "Aucun"}),
    (
        "He ordered cranes from a Chinese firm.",
        "Il a commandé des grues à une firme coréenne.",
        {"Chinese", "coréenne"},
    ),
    (
        "The national currency rose by 3 per cent against the euro.",
        "La monnaie nationale s’est dépréciée de 3 % face à l’euro.",
        {"rose", "dépréciée"},
    ),
    (
        "The Irish senator resigned.",
        "Le ministre irlandais a démissionné.",
        {"senator", "ministre"},
    ),
    (
        "The keeper dived for a left-wing cross from Joe Pell in the last minute.",
        "Le gardien a plongé à la dernière minute sur un centre de Joe Pell venu de la droite.",
        {"left-wing", "droite"},
    ),
    ("He turned left at the church.", "Il a tourné à droite à l’église.", {"left", "droite"}),
    ("Prices rose 4 percent in May.", "Les prix ont baissé de 4 % en mai.", {"rose", "baissé"}),
    ("It was the first time.", "C’était la dernière fois.", {"first", "dernière"}),
    ("Less than half voted.", "Plus de la moitié a voté.", {"Less than", "Plus de"}),
    ("The strike is illegal.", "La grève est légale.", {"illegal", "légale"}),
    ("Her brother drove.", "Sa sœur conduisait.", {"brother", "sœur"}),
    ("The German firm left.", "L’entreprise italienne est partie.", {"German", "italienne"}),
    (
        "Two chapters were cut without her consent.",
        "Deux chapitres furent coupés avec son accord.",
        {"without", "avec"},
    ),
    ("It ends in the first quarter.", "Cela finit au dernier trimestre.", {"first", "dernier"}),
    (
        "The bank raised its rate, the first increase.",
        "La banque a abaissé son taux, la première hausse.",
        {"raised", "abaissé"},
    ),
    ("They want to leave the party.", "Ils veulent rejoindre le parti.", {"leave", "rejoindre"}),
    ("A quarter of the voters left.", "Un tiers des électeurs est parti.", {"quarter", "tiers"}),
    (
        "They will close a plant by the end of the first quarter.",
        "Ils fermeront une usine d'ici à la fin du dernier trimestre.",
        {"first", "dernier"},
    ),
    (
        "Sales rose while the increase in costs slowed.",
        "Les ventes ont baissé alors que la hausse des coûts a ralenti.",
        {"rose", "baissé"},
    ),
    ("The vaccine is free.", "Le vaccin est payant.", {"free", "payant"}),
    ("Her husband was acquitted.", "Son mari a été condamné.", {"acquitted", "condamné"}),
    (
        "He fears that cases will rise.",
        "Il craint que le nombre de cas ne baisse.",
        {"rise", "baisse"},
    ),
    ("He left without a word to the press.", "Il est parti après un mot à la presse.", {"without"}),
    ("Both defendants had pleaded guilty.", "Les accusés avaient plaidé coupable.", {"Both"}),
    ("It has so far recovered a part.", "Il a récupéré une partie.", {"so far"}),
    ("Nearly forty years later, she is back.", "Quarante ans plus tard, elle revient.", {"Nearly"}),
    ("My sister still believes it.", "Ma sœur le croit.", {"still"}),
    (
        "Analysts had on average expected more.",
        "Les analystes attendaient davantage.",
        {"on average"},
    ),
    ("Fewer than 600 were sold.", "Plus de 600 ont été vendus.", {"Fewer than", "Plus de"}),
    ("The former Labor MP spoke.", "La députée travailliste a parlé.", {"former"}),
    ("The deputy mayor spoke.", "Le maire a parlé.", {"deputy"}),
    (
        "Exports to China fell, while imports rose.",
        "Les importations vers la Chine ont chuté, alors que les importations ont augmenté.",
        {"Exports", "importations"},
    ),
    (
        "The court rejected a request by the family.",
        "Le tribunal a accepté une demande de la famille.",
        {"rejected", "accepté"},
    ),
    (
        "It is built in Chile’s Atacama desert.",
        "Il est construit dans le désert d’Atacama, au Pérou.",
        {"Chile’", "Pérou"},
    ),
    (
        "It gave way shortly before 5 a.m. on Sunday.",
        "Il a cédé peu après 5 heures dimanche.",
        {"before", "après"},
    ),
    (
        "They accused the finance minister.",
        "Ils ont accusé le ministre de l’Intérieur.",
        {"finance minister", "ministre de l’Intérieur"},
    ),
    (
        "The crane fell onto a ferry.",
        "La grue est tombée sur un train.",
        {"ferry", "train"},
    ),
    ("Rain delayed the start.", "La pluie a avancé le départ.", {"delayed", "avancé"}),
    (
        "It fell to just under seven percent.",
        "Elle est tombée à un peu plus de sept pour cent.",
        {"under", "plus de"},
    ),
    ("It is not a high price.", "Ce n’est pas un prix bas.", {"high", "bas"}),
    ("It is as heavy as the Earth.", "Elle est aussi légère que la Terre.", {"heavy", "légère"}),
    (
        "It is always turned to the star.",
        "Il est parfois tourné vers l’étoile.",
        {"always", "parfois"},
    ),
    ("She teaches in Oslo.", "Elle étudie à Oslo.", {"teaches", "étudie"}),
    ("The real weakened slightly.", "Le réal s’est affaibli.", {"slightly"}),
    ("They treated the wounded.", "Ils ont soigné les morts.", {"wounded", "morts"}),
    ("He thanked his supporters.", "Il a remercié ses adversaires.", {"supporters", "adversaires"}),
    ("They dislike the work.", "Ils aiment ce travail.", {"dislike", "aiment"}),
    (
        "The defense lawyer spoke.",
        "L’avocate de l’accusation a parlé.",
        {"defense lawyer", "avocate de l’accusation"},
    ),
    (
        "She runs a charity in Leeds.",
        "Elle dirige une association à Bristol.",
        {"Leeds", "Bristol"},
    ),
    ("They play away to Nantes.", "Ils jouent à Rennes.", {"Nantes", "Rennes"}),
    ("Paris was quiet.", "Lyon était calme.", {"Paris", "Lyon"}),
    ("The eagle was seen.", "Le canard a été vu.", {"eagle", "canard"}),
    ("A boy was hurt.", "Une fille a été blessée.", {"boy", "fille"}),
    ("The vote was largely free.", "Le scrutin a été libre.", {"largely"}),
]
FINE = [
    ("The west bank is flooded again.", "La rive est de nouveau inondée."),
    ("The European Commission said so.", "L’Union européenne l’a dit."),
    ("The EU agreed.", "La Commission européenne était d’accord."),
    ("Both sides agreed to talk.", "Les parties ont accepté de se parler."),
    ("British troops left.", "Les troupes de Sa Majesté sont parties."),
    # French and English put "European" on either institution.
    (
        "The Commission and the European Parliament agreed.",
        "La Commission européenne et le Parlement se sont mis d’accord.",
    ),
    (
        "The European Council and the Commission agreed.",
        "Le Conseil et la Commission européens se sont mis d’accord.",
    ),
    (
        "The Commission and the European Council agreed.",
        "La Commission et le Conseil européens se sont mis d’accord.",
    ),
    ("NATO and the Fund agreed.", "L’Alliance et le FMI se sont mis d’accord."),
    (
        "The ECB, unlike the Fed, held its rates.",
        "L’institution de Francfort, contrairement à la Fed, a maintenu ses taux.",
    ),
    ("The rocket left from French Guiana.", "La fusée a quitté le Centre spatial guyanais."),
    ("France’s Guiana Space Centre is shut.", "Le centre spatial de Guyane est fermé."),
    ("The manager blamed the officials.", "Le manager a accusé les arbitres."),
    ("The umpire warned the coach.", "L’arbitre l’a averti."),
    (
        "The ship’s manager said the master was asleep.",
        "L’exploitant a dit que le capitaine dormait.",
    ),
    (
        "Phones are ranked from cheapest to most expensive.",
        "Les téléphones sont classés du moins cher au plus cher.",
    ),
    (
        "They are ranked from slowest to fastest.",
        "Ils sont classés du moins rapide au plus rapide.",
    ),
    ("It is a cheaper weapon.", "C’est une arme moins coûteuse."),
    ("It is a cheap weapon, at least.", "C’est du moins une arme bon marché."),
    ("It is expensive, at least for them.", "C’est du moins cher pour eux."),
    ("Prices are more or less high.", "Les prix sont plus ou moins élevés."),
    ("Prices are more or less high.", "Les prix sont assez élevés."),
    ("Prices are rather high.", "Les prix sont plus ou moins élevés."),
    ("Prices are high, at least.", "Les prix sont du moins élevés."),
    ("Chennai exports cork.", "Madras exporte du liège."),
    ("He likes Hanoi.", "Il aime la sienne."),
    ("He sailed for Hanoi.", "Il a mis le cap dessus."),
    ("Chennai makes floors of cork.", "Madras fabrique des sols en liège."),
    ("He flew from Chennai to the canton.", "Il est allé de Madras au canton."),
    ("In Trier and Guangzhou they wait.", "À Trèves et à Canton, on attend."),
    ("They moved to Ho Chi Minh City.", "Ils se sont installés à Ho Chi Minh-Ville."),
    ("They moved to Leuven from Lodz.", "Ils sont venus de Łódź à Leuven."),
    ("They moved to Cordoba from Wroclaw.", "Ils sont venus de Wrocław à Córdoba."),
    ("He passed to Callum Prior in the box.", "Il a servi Callum Prior pendant l’action."),
    ("U.S. Attorney Marcus Feld spoke.", "Le procureur fédéral Marcus Feld a parlé."),
    ("The junior housing minister left.", "La ministre déléguée au Logement est partie."),
    ("Thieves armed with grinders came.", "Des voleurs munis de meuleuses sont venus."),
    ("They vanished and were later found.", "Ils ont disparu avant d’être retrouvés."),
    ("Almost 150 people came.", "Environ 150 personnes sont venues."),
    ("At least 50 jobs will go.", "Plus de 50 emplois vont disparaître."),
    ("Most of the money is gone.", "La plus grande partie de l’argent a disparu."),
    ("He declared: “Prices went up.”", "Il l’a déclaré : « Les prix ont augmenté. »"),
    ("He turned left.", "Il a tourné à gauche."),
    ("It is not legal.", "C’est illégal."),
    ("The fire spread north.", "L’incendie a gagné le nord-est de la ville."),
    ("The former mayor spoke.", "L’ancien maire a parlé."),
    ("The former is new, the latter old.", "La première est neuve, la seconde vieille."),
    ("Tables for current or former staff.", "Des tables pour le personnel en service ou non."),
    ("The British team won.", "L’équipe anglaise a gagné."),
    ("Left alone, he slept.", ""),
    ("It sold fewer than 600 copies.", "Il s’est vendu à moins de 600 exemplaires."),
    ("Prices will rise.", "Les prix ne baisseront pas."),
    ("Both men and women came.", "Des hommes et des femmes sont venus."),
    (
        "Prices did not rise, but the increase of rents goes on.",
        "Les prix ont baissé, mais la hausse des loyers continue.",
    ),
    (
        "The rise in prices worries everybody in town.",
        "La hausse des prix inquiète tout le monde, et le recul de l’emploi aussi.",
    ),
    ("It rained in the north and the south.", "Il a plu au nord, au sud et au nord-est."),
    ("Twice I fell.", "Deux fois je suis tombé."),
    ("The attorney general spoke.", "Le procureur général a parlé."),
    ("It is the last straw for the prime minister.", "C’est le comble pour le premier ministre."),
    ("Only half of them came.", "La moitié d’entre eux est venue."),
    ("He needs only half as much water.", "Il lui faut deux fois moins d’eau."),
    ("It was adopted almost unanimously.", "Il a été adopté à la quasi-unanimité."),
    ("I have known it since I was a boy.", "Je le sais depuis que je suis enfant."),
    ("A two-year-old girl was hurt.", "Une enfant de deux ans a été blessée."),
    ("Nantes midfielder Ba left Lyon.", "Le milieu nantais Ba a quitté Lyon."),
    ("She went to Lyons.", "Elle est allée à Lyon."),
    ("An eagle was seen.", "Un oiseau a été vu."),
    ("The shark was caught.", "Le poisson a été capturé."),
    ("The ferry sank.", "Le navire a coulé."),
    ("He took a taxi.", "Il a pris une voiture."),
    ("The rifle was found.", "L’arme a été retrouvée."),
    ("The lawyer for the defence spoke.", "L’avocat a parlé."),
    ("Eventually he left.", "Il a fini par partir."),
    ("The library is shut.", "La bibliothèque est fermée."),
    ("It was less expensive.", "C’était moins cher."),
    ("The accident was preventable.", "L’accident pouvait être évité."),
    ("They also left early.", "Ils sont également partis tôt."),
    ("They could also leave.", "Ils pourraient partir."),
    ("She is back today.", "Elle est de retour aujourd’hui."),
]
OTHER_LANGUAGES = [
    ("The ferry sank.", "Die Straßenbahn sank.", "de"),
    ("They reached the semi-final.", "Llegaron a los cuartos de final.", "es"),
    ("The fire came from the north.", "Das Feuer kam von Süden.", "de"),
    ("The fire came from the north.", "El fuego llegó del sur.", "es"),
    ("The firm sold its ships.", "Die Firma hat ihre Schiffe gekauft.", "de"),
    ("They waited more than two years.", "Esperaron menos de dos años.", "es"),
]


NEW_KINDS = [
    # False friends.
    ("Eventually the firm moved.", "Éventuellement, l’entreprise a déménagé.", "Éventuellement"),
    ("The library opens at nine.", "La librairie ouvre à neuf heures.", "librairie"),
    ("The physician was praised.", "Le physicien a été salué.", "physicien"),
    # Holidays.
    ("It has been shut since Easter.", "C’est fermé depuis la Toussaint.", "Toussaint"),
    # Opposites by prefix.
    ("The defeat was avoidable.", "La défaite était inévitable.", "inévitable"),
    ("His tone was polite.", "Son ton était impoli.", "impoli"),
    # The direction of a comparison.
    ("It is less crowded than before.", "C’est plus fréquenté qu’avant.", "plus"),
    # Sets of everyday words, and opposites of what is done.
    (
        "Thieves took forks and two lamps.",
        "Des voleurs ont pris des cuillères et deux lampes.",
        "forks",
    ),
    ("The ruling strengthens tenants.", "L’arrêt affaiblit les locataires.", "affaiblit"),
    ("It sent pumps and rescue divers.", "Il a envoyé des pompes et divers sauveteurs.", "divers"),
    ("The ring is on loan from Bratislava.", "L’anneau est prêté à Bratislava.", "prêté à"),
    (
        "They were released without charge.",
        "Ils ont été remis en liberté sans frais.",
        "sans frais",
    ),
    ("Lawmakers in Germany doubt it.", "Des avocats en doutent en Allemagne.", "avocats"),
    (
        "It was four points lower than in May.",
        "C’est quatre points de plus qu’en mai.",
        "points de plus",
    ),
    ("It may last barely 40 minutes.", "Cela peut durer au moins 40 minutes.", "au moins"),
    ("The judges acquitted him of fraud.", "Les juges l’ont accusé de fraude.", "accusé"),
    (
        "It asked for a suspended sentence.",
        "Elle demandait une suspension de peine.",
        "suspension de peine",
    ),
    ("The oldest player scored.", "Le plus jeune joueur a marqué.", "jeune"),
    # Small words that are lost.
    ("He died on Friday evening.", "Il est mort vendredi.", "Friday evening"),
    ("Prices fell sharply.", "Les prix ont baissé.", "sharply"),
    ("The mayor has also resigned.", "Le maire a démissionné.", "also"),
    ("The shop normally closes at six.", "Le magasin ferme à six heures.", "normally"),
    ("She has twice won the race.", "Elle a remporté la course.", "twice"),
]


@for_each(("source", "target", "word"), NEW_KINDS)
def test_false_friends_holidays_and_lost_small_words(source: str, target: str, word: str) -> None:
    assert word in marked("wrong-word", source, target)


@for_each(("source", "target", "words"), FAULTS)
def test_another_word_of_the_set_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("wrong-word", source, target) == words


def test_the_same_word_said_otherwise_is_left_alone() -> None:
    assert [pair for pair in FINE if shown("wrong-word", *pair)] == []


def test_words_that_may_be_a_counterpart_are_not_looked_for() -> None:
    assert not shown(
        "wrong-word",
        "Il l’a presque toujours fait.",
        "He did it.",
        source_language="fr",
        target_language="en",
    )


def test_english_has_every_set_of_the_other_languages() -> None:
    english = word_sets("en").groups
    assert english >= THINGS
    for language in ("fr", "de", "es"):
        assert word_sets(language).groups - english <= {"negative"}, language


def test_no_phrase_begins_with_a_stem_which_would_never_match() -> None:
    for language in ("en", "fr", "de", "es"):
        assert [first for first in word_sets(language).phrases if "*" in str(first)] == []


def test_each_word_of_the_sets_can_be_found() -> None:
    """Words are compared in lower case, and an apostrophe ends one: "aujourd’_hui" are two."""
    lost = []
    for language in ("en", "fr", "de", "es"):
        sets = word_sets(language)
        phrases = [phrase for listed in sets.phrases.values() for phrase, _meaning in listed]
        for word in [*sets.words, *sets.stems, *chain.from_iterable(phrases)]:
            if word != word.lower() or not re.fullmatch(r"[\w-]*’?[*]?", word):
                lost.append((language, word))
    assert lost == []


def test_a_language_needs_only_its_file() -> None:
    for source, target, language in OTHER_LANGUAGES:
        assert shown("wrong-word", source, target, target_language=language), language
    assert not shown("wrong-word", "The north.", "Il sud.", target_language="it")
    for target, language in (
        ("Der frühere Minister sprach.", "de"),
        ("El exministro habló.", "es"),
    ):
        former = shown(
            "wrong-word", "The former minister spoke instead.", target, target_language=language
        )
        assert not former, language
    assert shown(
        "wrong-word", "The former minister spoke.", "Der Minister sprach.", target_language="de"
    )
