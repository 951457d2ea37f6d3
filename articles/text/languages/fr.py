"""French."""

from articles.text.languages.rules import Rules, words

RULES = Rules(
    code="fr",
    titles=words(
        "m mm mme mmes mlle mlles me mgr dr pr prof st ste sts gal cap col lt cdt p pp vol fig n no nos art chap ch "
        "cf ca env vs éd ed av apr r j.-c"
    ),
    abbreviations=words(
        "etc inc co corp ltd cie bros jr sr u.s l.a n.y a.m p.m janv févr fév avr juil sept oct nov déc "
        "lun mar mer jeu ven sam dim tél hab ph.d"
    ),
    starters=words(
        "le la les l un une des du de d ce cet cette ces c il elle ils elles on nous vous je j tu "
        "mon ma mes son sa ses notre nos votre vos leur leurs mais et ou donc or ni car si s "
        "quand lorsque lorsqu comme alors ainsi puis ensuite enfin aussi cependant pourtant toutefois néanmoins "
        "en à au aux dans sur sous par pour avec sans selon après avant depuis pendant malgré chez entre parmi vers "
        "qui que qu quoi où comment pourquoi quel quelle quels quelles y n ne pas rien personne tout toute tous toutes "
        "certains certaines plusieurs beaucoup peu chaque aucun aucune autre autres même voici voilà "
        "aujourd'hui hier demain ici là"
    ),
    numbers={
        "un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7",
        "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "douze": "12", "treize": "13", "quatorze": "14",
        "quinze": "15", "seize": "16", "vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50",
        "soixante": "60", "cent": "100", "mille": "1000",
    },
)  # fmt: skip
