"""German."""

from articles.segmentation.languages.rules import Rules, phrases, words

RULES = Rules(
    code="de",
    titles=words(
        "hr fr hrn fa dr prof dipl ing vgl bzw ca z.b d.h u.a i.d.r sog evtl ggf bspw geb gest "
        "inkl einschl insb jun sen rd ehem exkl zzgl"
    ),
    numbered=words(
        "nr bd abb art kap s st abs ziff tab jan feb aug sep sept okt nov dez"
    ),
    abbreviations=words(
        "usw etc inc co gmbh ag u.s.w jan feb mrz apr aug sep sept okt nov dez str tel v.chr "
        "n.chr jh jhd mio mrd tsd std min sek chr mind max"
    ),
    starters=words(
        "der die das den dem des ein eine einen einem einer dieser diese dieses es er sie wir "
        "ich ihr sein seine aber und oder doch denn wenn als während obwohl weil nachdem bevor "
        "da so nun dann auch in im an am auf aus bei mit nach seit von vom vor zu zum zur für "
        "gegen ohne um durch über unter laut trotz was wer wie wo warum heute gestern morgen "
        "hier dort nicht kein keine alle viele manche einige"
    ),
    common=words(
        "der die das und in den von zu mit ist im für auf nicht ein eine einen dem des sich "
        "er sie es an auch hat war wird bei nach"
    ),
    numbers={
        "ein": "1", "eine": "1", "eins": "1", "zwei": "2", "drei": "3", "vier": "4", "fünf": "5",
        "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11",
        "zwölf": "12", "zwanzig": "20", "dreißig": "30", "hundert": "100", "tausend": "1000",
    },
    boilerplate=phrases(
        alone=r"""
            (?:anzeige|werbung|gesponsert)
            (?:(?:artikel|seite|link) )?(?:teilen|drucken|speichern|merken|senden)
            link kopieren
            (?:lesezeit\W*)?\d+ min(?:uten?|\.)?(?: lesezeit)?
            (?:\d+|keine) kommentare?
            (?:hier klicken|klicken sie hier)
            (?:anmelden|abonnieren|registrieren)
            alle rechte vorbehalten
        """,
        leading=r"""
            (?:lesen sie (?:auch|mehr)|mehr (?:dazu|zum thema)|siehe auch|auch interessant)
            (?:foto|bild|symbolbild|archivbild)\s?:
            (?:©|copyright)
            (?:folgen sie|abonnieren sie) uns
            (?:veröffentlicht|aktualisiert|stand)(?: am)?\b(?=.{0,60}\d)
        """,
    ),
    ordinal_dot=True,
)  # fmt: skip
