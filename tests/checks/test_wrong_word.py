"""Words of a small set that became another, or were lost."""

from articles.checks.other_sets import THINGS
from articles.checks.registry import Pair, run_checks
from articles.checks.word_sets import word_sets
from articles.text.thresholds import SHOWN_SCORE
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


NAMED_KINDS = [
    # Years, months and weeks that are told from today.
    ("It will close by the end of next year.", "Il fermera d’ici à la fin de cette année.", "cette année"),
    ("Sales rose this month.", "Les ventes ont augmenté le mois dernier.", "mois dernier"),
    # How sure it is.
    ("That suggests penguins were large.", "Cela prouve que les manchots étaient grands.", "prouve"),
    ("They marched against the plan.", "Ils ont manifesté en faveur de ce projet.", "en faveur de"),
    # Sides and points of the compass that stand in a compound.
    ("The centre-left government fell.", "Le gouvernement de centre droit est tombé.", "centre droit"),
    ("A storm hit Norway’s west coast.", "Une tempête a frappé la côte est de la Norvège.", "côte est de"),
    # Relatives, offices in a company, keys in music.
    ("She came with her granddaughter.", "Elle est venue avec son petit-fils.", "petit-fils"),
    ("It was his great-niece’s house.", "C’était la maison de sa petite-fille.", "petite-fille"),
    ("Chief executive Anna de Wit resigned.", "La directrice financière, Anna de Wit, a démissionné.", "directrice financière"),
    # What is carried, sold, voted on, skied and suffered.
    ("The plant is run by its supplier.", "L’usine est exploitée par son client.", "client"),
    ("They tabled a no-confidence motion.", "Ils ont déposé une motion de confiance.", "motion de confiance"),
    ("They knew which cabinets to open.", "Ils savaient quels cabinets ouvrir.", "cabinets"),
    ("It separated from the upper stage.", "Il s’est détaché de la scène supérieure.", "scène"),
    ("78 of the vaccinated fell ill.", "78 des vaccinés sont morts.", "morts"),
    # An adjective of a country that is lost.
    ("It came from two American foundations.", "Cela venait de deux fondations.", "American"),
    # How often, how many times, unless, the unemployed, courts, sentences.
    ("Forecasts rarely reach the boats.", "Les prévisions parviennent généralement aux bateaux.", "généralement"),
    ("It cost half its market value.", "Il a coûté le double de sa valeur marchande.", "double"),
    ("He will not play unless the appeal succeeds.", "Il ne jouera pas, même si l’appel aboutit.", "même si"),
    ("A club founded by railway workers.", "Un club fondé par des chômeurs.", "chômeurs"),
    ("It went to the Constitutional Court.", "Cela est allé devant la Cour des comptes.", "Cour des comptes"),
    ("He was given a suspended sentence.", "Il a été condamné à de la prison ferme.", "prison ferme"),
    ("Neglected in her lifetime, she is sought after.", "Célébrée de son vivant, elle est recherchée.", "Célébrée"),
    ("It was stopped until an external auditor came.", "Ce fut arrêté jusqu’à l’arrivée d’un auditeur interne.", "interne"),
    ("It shows a wedding procession.", "On y voit un cortège funèbre.", "funèbre"),
    ("She made three features.", "Elle a tourné trois courts métrages.", "courts métrages"),
    ("He denied laundering, of which he was acquitted.", "Il a nié un blanchiment, dont il a été reconnu coupable.", "reconnu coupable"),
    ("He may apply for parole.", "Il peut demander la parole.", "parole"),
    ("They call him a sensible man.", "Ils le disent homme sensible.", "sensible"),
    ("My grandfather kept it burning.", "Mon père l’a entretenu.", "père"),
    ("It declined in the treated group.", "Elle a diminué dans le groupe témoin.", "groupe témoin"),
    ("It came through forward Tyler Brandt.", "C’est venu du défenseur Tyler Brandt.", "défenseur"),
    ("The home side pulled one back.", "L’équipe visiteuse a réduit l’écart.", "équipe visiteuse"),
    ("She set up four shell companies.", "Elle a créé quatre entreprises de coquillages.", "coquillages"),
    ("He had rarely read the documents.", "Il avait toujours lu les documents.", "toujours"),
    ("His estranged daughter came.", "Sa fille étrangère est venue.", "étrangère"),
    # A small word that is missing beside another of its kind.
    ("It almost led to clashes; they lost nearly half of it.", "Cela a dégénéré en affrontements ; ils en ont perdu près de la moitié.", "almost"),
    # Who did it and whom it was done to.
    ("He betrayed the people who had elected him.", "Il a trahi le peuple qu’il avait élu.", "qu’il avait élu"),
    ("The man whom she had attacked died.", "L’homme qui l’avait attaquée est mort.", "qui l’avait attaquée"),
    ("He wrote a symphony in D minor.", "Il a écrit une symphonie en ré majeur.", "ré majeur"),
]  # fmt: skip


@for_each(("source", "target", "word"), NAMED_KINDS)
def test_a_word_that_is_told_by_the_words_beside_it_is_found(
    source: str, target: str, word: str
) -> None:
    assert word in marked("wrong-word", source, target)


SAID_OTHERWISE = [
    ("It came from two American foundations.", "Cela venait de deux fondations des États-Unis."),
    ("It trained American servicemen.", "Cela a formé des militaires nord-américains."),
    ("He is of Native American descent.", "Il est d’ascendance amérindienne."),
    ("He thanked the doctors who had saved him.", "Il a remercié les médecins qui l’avaient sauvé."),
    ("It reflects who we want to be.", "Cela reflète qui nous voulons être."),
    ("They played there as recently as May.", "Ils y jouaient encore en mai."),
    ("The club was founded by railway workers.", "Le club a été fondé par des cheminots."),
    ("They went too far and too fast.", "Ils sont allés trop loin et vite."),
    ("Deputy Economy Minister Anna Lis left.", "La vice-ministre de l’Économie, Anna Lis, est partie."),
    ("It may survive at least until spring.", "Il peut survivre au moins jusqu’au printemps."),
    ("We had to start again from nothing.", "Il fallait repartir de zéro."),
    ("They left the sinking plane.", "Ils ont quitté l’avion en train de couler."),
    ("He led the line forward.", "Il guida les soldats du rang."),
    ("It flared up again in May.", "Il s’est ravivé en mai."),
    ("Critics have mostly praised it.", "Les critiques l’ont dans l’ensemble salué."),
    ("The wooden vessel sank.", "L’embarcation en bois a coulé."),
    ("He was given a suspended sentence.", "Il a été condamné à de la prison avec sursis."),
    ("Prices picked up to 4.3 per cent.", "Les prix sont remontés à 4,3 %."),
    ("They won despite having ten men.", "Ils ont gagné alors qu’ils étaient dix."),
    ("The film Johnny English begins well.", "Le film Johnny English commence bien."),
    ("In 1985 a head-on collision killed 50.", "En 1985, une collision frontale a tué 50 personnes."),
    ("It will close next year.", "Il fermera l’année suivante."),
    ("The results proved disappointing.", "Les résultats se sont avérés décevants."),
    ("They spoke out against the plan.", "Ils se sont opposés à ce projet."),
    ("The west coast is threatened.", "La côte ouest est menacée."),
    ("The coast is threatened in the west.", "La côte est menacée à l’ouest."),
    ("There were no casualties.", "Il n’y a pas eu de blessés."),
    ("He has four grandsons.", "Il a quatre petits-enfants."),
    ("Its chief executive resigned.", "Son patron a démissionné."),
    ("Its chief financial officer resigned.", "Son directeur général adjoint chargé des finances a démissionné."),
    ("It was a major fire.", "C’était un incendie majeur."),
    ("We never saw waves so far inside the fjord.", "On n’a jamais vu de vagues aussi loin dans le fjord."),
    ("The storm left homes without electricity.", "La tempête a frappé des foyers, les privant d’électricité."),
    ("He will not say whether he would stand again.", "Il ne dit pas s’il se représentera."),
]  # fmt: skip


def test_a_lost_small_word_is_less_likely_in_a_long_sentence() -> None:
    rest = " It was in the north, and it was in the south."
    reste = " C’était dans le nord, et c’était dans le sud."
    scores = []
    for times in (0, 2, 5):
        pair = Pair("He still lives here." + times * rest, "Il vit ici." + times * reste)
        found = run_checks(pair, only={"wrong-word"}, unlikely=True)
        scores.append(found[0].score)
    assert scores[0] == scores[1] > SHOWN_SCORE > scores[2]


def test_a_lost_small_word_has_its_place_in_the_translation() -> None:
    pair = Pair("Its deputy governor warned of it.", "Son gouverneur en a averti.")
    (finding,) = run_checks(pair, only={"wrong-word"})
    assert finding.caret in (len("Son"), len("Son gouverneur"))


@for_each(("source", "target"), SAID_OTHERWISE)
def test_what_says_the_same_otherwise_is_no_wrong_word(source: str, target: str) -> None:
    assert not marked("wrong-word", source, target)


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
