"""A lost "a year", "per week", "an hour" behind an amount, which the translation gives alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.text.document import Span

_AMOUNT = (
    r"(?:(?<![\d,.])\d[\d,.]*+(?:k?m|k?g|bn|tn|k|pc?|c|[kMGT]Wh?|%)?"
    r"|\b(?:millions?|billions?|thousands?|hundreds?|dozens?|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty))"
)
_COUNTED = r"(?:[ -][^\W\d_][\w’'-]{0,30}+){0,4}?"
"""Up to four words of what there is an amount of; the bound holds down what long words cost."""
_SECOND = (
    r"second(?=[^\w\s’'-]|\Z"
    r"| (?:in|on|at|by|over|through|to|from|when|while|as|during|for|with)\b)"
)
"""The unit of time: "a second time" is none."""
_A = (
    r"(?:per|each|every"
    r"|an?(?! (?:person|household|passenger|child|pupil|inhabitant|vehicle)\b)"
    r"|(?:(?<=euros )|(?<=dollars )|(?<=pounds )|(?<=pence )|(?<=cents )|(?<=litres )|(?<=\d )"
    r"|(?<=\d[mkpc%] )|(?<=\d[bt]n ))an?)"
)
"""What makes the next word a period. Behind other words "a child" is whom something happens to."""
_RATE = re.compile(
    rf"{_AMOUNT}{_COUNTED} (?P<rate>{_A} "
    rf"(?P<period>year|month|week|day|night|hour|minute|{_SECOND}|season|person|head|capita"
    r"|household|passenger|child|pupil|inhabitant|vehicle|tonne|ton|barrel|litre"
    r"|square met(?:re|er)))\b"
    r"(?![-‑])(?! (?:ago|later|earlier|before|after|and|or|or so|old|long|half|in which|that))",
    re.I,
)
_NO_RATE = re.compile(
    r"\b(?:for|in|within|after|of|about|over|almost|nearly|than|just|another|half|quarter|to|by"
    r"|with|as|on|at|from|took|takes|take|lasted|spent|last|and|or|is|was|be|only|like|until|before"
    r"|had|has|have|under|into|without) \Z",
    re.I,
)
"""What stands before "a year" that is no rate: "for a year"."""
_BEFORE = 12
"""Letters before "a year" among which the word before it stands."""
_PERIODS = {
    "year": r"\ban\b|\bans\b|ann[uée]\w*",
    "month": r"\bmois\b|mensu\w+",
    "week": r"semaine\w*|hebdo\w*|(?:\bsur|/) ?(?:7|sept)\b",
    "day": r"\bjours?\b|\bbp?j\b|/j\b|journ\w+|quotidien\w*|journalie?r\w*"
    r"|(?:\bsur|/) ?(?:24|vingt-quatre)\b",
    "night": r"\bnuits?\b|nuitée\w*|\bsoirs?\b|soirée\w*",
    "hour": r"heures?\b|horaires?\b|\bh\b|/h\b",
    "minute": r"minutes?\b|\bmn\b|\bmin\b",
    "second": r"secondes?\b|/s\b",
    "season": r"saison\w*",
    "person": r"personnes?\b|tête|chacun\w*|habitants?\b|individu\w*|usager\w*",
    "head": r"habitants?\b|tête|personnes?\b|chacun\w*",
    "capita": r"habitants?\b|tête|personnes?\b",
    "household": r"ménages?\b|foyers?\b|famill\w+",
    "passenger": r"passag\w+|voyag\w+|personnes?\b",
    "child": r"enfants?\b",
    "pupil": r"élèves?\b|enfants?\b",
    "inhabitant": r"habitants?\b",
    "vehicle": r"véhicules?\b|voitures?\b",
    "tonne": r"tonnes?\b|\bt\b|/t\b",
    "ton": r"tonnes?\b|\bt\b|/t\b",
    "barrel": r"baril\w*",
    "litre": r"litres?\b|/l\b",
}
_AREA = r"carrés?\b|m²|m2"
_AS_RATE = r"(?:\bpar\s|/\s?|\bchaque\s|\b(?:tous|toutes)\sles\s|\bl[’'])"
"""What stands before a period in a French rate: *par an*, *chaque année*, *de l’heure*."""
_ENDS = r"(?!\w|\s(?:derni|prochain|pass[ée]|suivant|précédent))"
"""What does not follow a period there: *l’année dernière* is no rate."""
_ADJECTIVES = {
    "year": r"\bannuel\w*",
    "month": r"\bmensuel\w*",
    "week": r"\bhebdo\w*",
    "day": r"\bquotidien\w*|\bjournali\w+",
    "hour": r"\bhoraires?\b",
}
_NAMED = {
    "second": rf"\b{_A} {_SECOND}|\bseconds\b",
    "child": r"\bchild(?:ren)?\b",
    "day": r"\b(?:days?|daily)\b",
}
"""How English names these periods; the others are the word alone, with "s" or with "ly"."""


def lost_rates(source: str, target: str) -> Iterator[Span]:
    """Yield "a year" and the like of the English source where the French has no such period."""
    rates: dict[str, list[Span]] = {}
    for rate in _RATE.finditer(source):
        start = rate.start("rate")
        if not _NO_RATE.search(source, max(0, start - _BEFORE), start):
            spans = rates.setdefault(rate["period"].lower(), [])
            spans.append(Span(start, rate.end("rate")))
    for period, spans in rates.items():
        if _count_french_rates(period, target) >= len(spans):
            continue
        # "two weeks" and "a week" may both be told by *semaine*.
        english = _NAMED.get(period, rf"\b{period}(?:s|ly)?\b")
        named = re.findall(english, source, re.I)
        told = re.findall(_PERIODS.get(period, _AREA), target, re.I)
        if len(told) < len(named):
            yield spans[0]


def _count_french_rates(period: str, target: str) -> int:
    """Return how often the French names the period as that of a rate: *par an*, *annuel*."""
    french = _PERIODS.get(period, _AREA)
    rates = re.findall(rf"{_AS_RATE}(?:{french}){_ENDS}", target, re.I)
    adjective = _ADJECTIVES.get(period)
    adjectives = re.findall(adjective, target, re.I) if adjective else []
    return len(rates) + len(adjectives)
