"""French."""

from articles.segmentation.languages.rules import Rules, phrases, words

RULES = Rules(
    code="fr",
    titles=words(
        "m mm mme mmes mlle mlles mgr dr pr prof st ste sts vs c.-à-d p.ex cf"
    ),
    numbered=words(
        "no nos n art p pp vol chap ch fig col cap t al"
    ),
    abbreviations=words(
        "etc inc co corp ltd cie bros jr sr u.s l.a n.y a.m p.m janv févr fév avr juil sept "
        "oct nov déc lun mar mer jeu ven sam dim tél hab ph.d me gal cdt lt ca env éd ed av "
        "apr ap j.-c ex bd boul min sec temp max"
    ),
    starters=words(
        "le la les l un une des du de d ce cet cette ces c il elle ils elles on nous vous je j "
        "tu mon ma mes son sa ses notre nos votre vos leur leurs mais et ou donc or ni car si s "
        "quand lorsque lorsqu tandis comme alors ainsi puis ensuite enfin aussi cependant pourtant "
        "toutefois néanmoins en à au aux dans sur sous par pour avec sans selon après avant "
        "depuis pendant malgré chez entre parmi vers qui que qu quoi où comment pourquoi quel "
        "quelle quels quelles y n ne pas rien personne tout toute tous toutes certains "
        "certaines plusieurs beaucoup peu chaque aucun aucune autre autres même voici voilà "
        "aujourd'hui hier demain ici là"
    ),
    common=words(
        "le la les l de des du d et à a un une est dans que qu qui pour par sur au aux il "
        "elle pas plus ce se s ne n avec son sa ses ont été sont en on"
    ),
    numbers={
        "un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6",
        "sept": "7", "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "douze": "12",
        "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16", "vingt": "20",
        "trente": "30", "quarante": "40", "cinquante": "50", "soixante": "60", "cent": "100",
        "mille": "1000",
    },
    boilerplate=phrases(
        alone=r"""
            (?:publicité|annonce|sponsorisé|contenu sponsorisé|contenu partenaire)
            (?:la )?suite (?:après|ci-dessous)(?: (?:cette|la) publicité)?
            l[’']article (?:continue|se poursuit) (?:après|ci-dessous)(?: (?:cette|la) publicité)?
            partager(?: (?:cet|cette|l[’']|la) ?(?:article|page))?(?: (?:sur|par) [\w-]+)?
            imprimer(?: (?:cet|cette|l[’']|la) ?(?:article|page))?(?: (?:sur|par) [\w-]+)?
            envoyer(?: (?:cet|cette|l[’']|la) ?(?:article|page))?(?: (?:sur|par) [\w-]+)?
            copier le lien(?: de (?:l[’']article|la page))?
            (?:temps de lecture\W*|lecture\W*)?\d+ min(?:utes?)?(?: de lecture)?
            (?:\d+|aucun|ajouter un|laisser un|voir les|poster un) commentaires?
            (?:cliquez|appuyez) ici
            (?:s[’']inscrire|se connecter)(?: ici| maintenant)?
            (?:s[’']abonner|abonnez-vous|inscrivez-vous)(?: ici| maintenant)?
            tous droits réservés
            l[’']essentiel
        """,
        leading=r"""
            (?:lire|voir|écouter|regarder)(?: aussi| également| plus| la suite| l[’']article)?\s?:
            (?:à|a) (?:lire|voir|écouter)(?: aussi| également)?\s?:
            lire (?:la suite|aussi|également)
            (?:sur le même sujet|articles? (?:liés?|connexes?|similaires?)|dans la même rubrique)
            (?:photos?|images?|illustrations?)(?: d[’']illustration| d[’']archives?| de \w+)
            (?:photo|image|crédits?(?: photo)?|légende)\s?:
            (?:©|copyright)
            (?:inscrivez|abonnez|connectez)-vous (?:à|pour|dès)
            (?:suivez|rejoignez|retrouvez|contactez)-nous
            (?:publié|mis à jour|modifié|posté|créé|actualisé) (?:le|à|il y a)\b(?=.{0,60}\d)
            par (?:[\w.’'-]+ ){1,4}?[\w.’'-]+, (?:notre|envoyée?|correspondante?|journaliste)
            par (?:notre|nos) (?:\w+ )?(?:correspondante?s?|envoyée?s?|rédaction|journalistes?)
            de (?:notre|nos) (?:\w+ )?(?:correspondante?s?|envoyée?s?|rédaction|journalistes?)
            ce (?:contenu|texte) a été traduit
            cet(?:te)? (?:article|page) a été traduite?
            ce qu[’']il faut (?:savoir|retenir)
            (?:nous utilisons|ce site utilise) des cookies
        """,
    ),
)  # fmt: skip
