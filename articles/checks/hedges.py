"""Lost hedges: what the source calls alleged or possible, the translation states as a fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from articles.checks.counterparts import content_words_after, is_translated, linked_places, start_of
from articles.checks.french.verb_groups import FUTURE, PAST, tense_of, verb_group_at
from articles.checks.french.words import Word, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

# Strong hedges carry the claim, and libel hangs on them; weak ones are often translated by a mood
# or not at all.
_STRONG = re.compile(
    r"\b(?:alleged(?:ly)?"
    r"|reported(?:ly)?(?= (?:to|plan|deal|bid|attack|theft|victim|sighting))|reportedly"
    r"|purported(?:ly)?|(?<!you )(?<!we )(?<!they )supposed(?:ly)?|suspected"
    r"|apparently|seemingly|presumed|presumably|possibly"
    r"|(?<!it )(?<!as )(?<!best )(?<!any )(?<!all )(?<!every )(?<!where )(?<!if )(?<!when )possible"
    r"(?! to\b)"
    r"|probabl[ey]|perhaps|so-called|rumou?red"
    r"|feared(?= (?:dead|drowned|killed|lost|to))"
    r"|(?:said|believed|thought) to (?:be|have)"
    r"|appear(?:s|ed)? to (?!(?:the|an?|us|me|him|her|them|it|people)\b)[a-z]+"
    r")\b"
    r"|\b(?<!most )(?<!more )(?<!less )(?<!\bas )(?<!un)likely\b",
    re.I,
)
_WEAK = re.compile(
    r"(?<!whatever )(?<!whoever )"
    r"\b(?:may|[Mm]ight|[Cc]ould|can|seems?|seemed)\b(?! (?:be able|not))"
)
_HEDGED_FR = re.compile(
    r"\b(?:présomption\w*|suspicion\w*|éventualité\w*|conjectur\w+"
    r"|présum\w+|prétend\w*|suppos\w*|soi-disant|soupçon\w*|suspect\w*|allég\w+"
    r"|accus\w+|inculp\w+|apparemment|apparent\w*|en apparence|vraisemblabl\w+|probabl\w+"
    r"|possib\w+|peut-être|éventuel\w*|sans doute|sembl\w+|appara[iî]\w*|paraît|paraissent"
    r"|paraissait|paru\w*"
    r"|pourr\w+"
    r"|peu[txv]\w*|pouv\w+|puisse\w*|put|purent|pu|risqu\w+|susceptib\w+|censée?s?|réput\w+"
    r"|rumeur\w*|selon|d[’']après|on dit|dit-on|affirm\w+|crédit|cr(?:oi|oy)\w+|crue?s?"
    r"|pens\w+|estim\w+|jug\w+|consid[éè]r\w+|visiblement|manifestement|potentiel\w*|hypothè\w+"
    r"|hypothétiq\w+|plausib\w+|chances?|probabilité\w*|faudra\w*|dénommée?s?|dit[es]?"
    r"|fameu\w+|pseudo\w*|prévu\w*|prévoi\w+|dev(?:oir|ait|aient|ra|ront)|doit|doivent"
    r"|crain\w+|craign\w+|redout\w+|attend\w*|appelée?s?|nommée?s?"
    r"|capables?|permet\w*|parfois|occasion|moyen|hasard|quasi\w*"
    r"|presque|envisag\w+|ambition\w*|menac\w+|sait|savent|arriv\w+|parven\w+|parvien\w+"
    r"|réuss\w+|sûrement|tend\w*|signal\w+ comme|volontiers|facilement|plutôt"
    r"|impression|l[’']air|décri\w+|rapport\w+|apparence\w*|impossib\w+|évoqu\w+|pressenti\w*)\b"
    r"|\b\w{2,}r(?:ai[st]|aient|ions|iez)\b",
    re.I,
)
_OWN_COUNTERPARTS = tuple(
    (re.compile(rf"\b(?:{french})", re.I), re.compile(rf"\b(?:{english})", re.I))
    for french, english in {
        r"accus\w+|inculp\w+": r"accus|charg|indict|defendant|prosecut",
        r"jug\w+": r"judg|trial|tried|try\b|court|deem|sentenc|call|found",
        r"selon\b|d[’']après\b|affirm\w+|dit[es]?\b|rapport\w+|signal\w+ comme": (
            r"sa(?:id|ys?|ying)\b|t(?:old|ells?)\b|according|claim|stat(?:ed|ing)\b|report"
            r"|announc|assert|insist|argu|wr(?:ote|ites)|add(?:s|ed)\b|den(?:y|ie)|based on|relat"
            r"|depend|affirm"
        ),
        r"estim\w+|pens\w+|cr(?:oi|oy)\w+|cru\b|consid[éè]r\w+": (
            r"estimat|th(?:ink|ought)|believ|consider|reckon|feel|felt|pension|cross|grow|belief"
            r"|credit"
        ),
        r"attend\w*|prévu\w*|prévoi\w+": (
            r"expect|a?wait|plan|schedul|forecast|set to|attend|provid|due|predict"
        ),
        r"appelée?s?\b|nommée?s?\b|dénommée?s?\b": r"call|nam|appoint|appeal|known|nominat",
        r"arriv\w+": r"arriv|happen|c(?:o|a)m|reach|get|got|finish|end|turn",
        r"permet\w*": r"allow|enabl|let|permit|mak|help",
        r"parven\w+|parvien\w+|réuss\w+": r"manag|succe|achiev|reach|abl|pull|ma[dk]e",
        r"sait\b|savent\b": r"know|aware|can\b|understand",
        r"doit\b|doivent\b|dev(?:oir|ait|aient|ra|ront)\b|faudra\b": r"must|ha[dvs]|need|should",
        r"menac\w+": r"threat|menac",
        r"(?!pourr|devr)\w{2,}r(?:ai[st]|aient|ions|iez)\b": r"would\b|should\b|[’']d\b",
        r"risqu\w+": r"risk",
        r"décri\w+": r"describ|call|portray|criti",
        r"occasion\b|chances?\b": r"occasion|opportunit|chance|second-hand|used",
        r"moyen\b": r"means|way|average|middle|mid",
        r"presque\b|quasi\w*": r"almost|near|virtual|practical",
        r"parfois\b": r"sometimes|at times",
        r"plutôt\b": r"rather|instead|quite|prefer|earlier|sooner",
        r"capables?\b": r"capab|abl|can\b|could",
        r"tend\w*": r"tend|tens|stretch|reach",
        r"peu(?:t|x|vent)\b(?!-)": r"\bcan(?:not|[’']t)?\b|able\b",
    }.items()
)
"""French words that can hedge, and the English ones of which they are otherwise the translation:
who "was tried" *a été jugé*."""
_MODAL = re.compile(
    r"\b(?:may|[Mm]ight)\b(?: not| never)?\b(?! be able)|\b[Cc]ould\b(?! (?:be able|not|never))"
)
"""What cannot become a plain future: "could cost", *coûtera*."""
_SHOULD = re.compile(r"(?<=[a-z] )(?<!\bit )(?<!\bIt )(?<!which )(?<!\bwho )should(?= be\b)")
"""What is expected; "you should" is advice, which French may give in the future."""
_ASKED = re.compile(r"\b(?:which|what|who|how many) (?:\w+ ){1,3}\Z", re.I)
"""What is asked: "which players should be selected" is *quels joueurs seront sélectionnés*."""
_DUTY_FR = re.compile(
    r"\b(?:dev(?:rai|ra|ron|ait|aient)\w*|doi(?:t|vent)|dû|faut|faudra\w*|convient|besoin)\b", re.I
)
_GOING_TO = frozenset("va vont".split())
_PERFECT = re.compile(r"(?: well| also| already)? have\b")
_POSSIBLE = re.compile(
    r"\b(?:peut-être|possib\w+|probab\w+|éventuel\w*|sans doute|risqu\w+|susceptib\w+|si|s[’']ils?"
    r"|potentiel\w*|vraisemblabl\w+|chances?|capables?|pourr(?:a|ont)|quand|lorsqu\w+|permett\w+"
    r"|saur(?:a|ont)|semble\w*|p[uû]e?s?|(?:au|se|dev)rai(?:t|ent)|devai(?:t|ent)"
    r"|paraît|paraissent|apparemment|sûrement|présum\w+|suppos\w+)\b",
    re.I,
)
"""What keeps a future from being certain."""
_EXPECTED = re.compile(r"\b(?:expected|due|ought|supposed|scheduled) to\b|\bshould\b", re.I)
"""What French says with *devrait* and other conditionals."""
_LATER = re.compile(
    r"\b(?:will|shall|would|won|(?:is|are|was|were|set|about|going) to|plans?|intends?|if|when"
    r"|once|until|tomorrow|next|hopes?|promis\w+|by the time|as soon as)\b|[’']ll\b",
    re.I,
)
"""What French may say with a future of its own."""
_QUOTED = re.compile(r"(?:[,.?!][”’\"]|[”’\"][,.?!])(?P<again>[^“”‘\"]{1,60}[“‘\"])?")
"""A quotation that ends behind a hedge, up to where it goes on: “Perhaps,” he said, “he knew.”"""
_REACH = 60
"""Letters before a "should" in which the question word stands."""
FUTURE_SCORE = 0.7
STRONG_SCORE = 0.75
WEAK_SCORE = 0.45
"""The score of may, might, could, seem: none of three shown on good news was right."""
FREE_SCORE = 0.35
"""The score of may, might, could, seem where the verb is not translated by a word of its own: the
whole clause is said otherwise."""
CAN_SCORE = 0.3
"""The score of "can", which mostly says that somebody is able to."""


@check(
    id="hedges",
    type="Mistranslation",
    severity="major",
    title=_("Lost hedge"),
    help=_(
        "The source says “alleged”, “reportedly”, “perhaps”, “may” or the like; the translation "
        "says it as a fact. A conditional (“aurait”, “serait”), “selon”, “présumé” and many others "
        "count as hedges."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "The alleged thief was caught.",
            "Le voleur a été arrêté.",
            "“alleged”: hedge lost?",
        ),
        ("The firm reportedly paid.", "L’entreprise aurait payé.", ""),
    ),
)
def hedges(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the first hedge of the source when the target has none that can stand for it."""
    del article
    if not pair.target:
        return
    found = _STRONG.search(pair.source)
    if found:
        if not _has_hedge_for(found, pair):
            yield _finding(pair, found, STRONG_SCORE, _verb_of(pair, found))
        return
    told_as_certain = _told_as_certain(pair) or _expected_as_certain(pair)
    if told_as_certain:
        modal, certain = told_as_certain
        yield _finding(pair, modal, FUTURE_SCORE, certain)
        return
    found = _WEAK.search(pair.source)
    if found and not _HEDGED_FR.search(pair.target):
        yield _finding(pair, found, _weak_score(found, pair), _verb_of(pair, found))


def _verb_of(pair: Pair, hedge: re.Match[str]) -> set[int]:
    """Return where the counterpart of the next word that says something begins.

    Who is quoted and "said" stand outside; where the quotation does not go on there is none.
    """
    end = hedge.end()
    quoted = _QUOTED.match(pair.source, end)
    if quoted and not quoted["again"]:
        return set()
    if quoted:
        end = quoted.end()
    following = content_words_after(pair.source_tokens, end, 1)
    starts = map(start_of, following)
    return linked_places(pair, set(starts))


def _has_hedge_for(hedge: re.Match[str], pair: Pair) -> bool:
    """Return whether the target has a hedge that is not the counterpart of another word."""
    source = pair.source[: hedge.start()] + pair.source[hedge.end() :]
    hedges = [match.group() for match in _HEDGED_FR.finditer(pair.target)]
    for french, english in _OWN_COUNTERPARTS:
        own = list(filter(french.match, hedges))
        if own and len(own) <= len(english.findall(source)):
            hedges = [each for each in hedges if each not in own]
    return bool(hedges)


def _told_as_certain(pair: Pair) -> tuple[re.Match[str], set[int]] | None:
    """Return the first may, might, could whose French verb is certain, and where that begins.

    It is in the future ("could cost", *coûtera*) or, for "may have been told", in the past. Who
    says so does not matter: *selon le syndicat, la grève coûtera* is certain.
    """
    modals = list(_MODAL.finditer(pair.source))
    if not modals:
        return None
    sentence = words(pair.target_tokens)
    tenses = _places_by_tense(sentence)
    futures = tenses[FUTURE] | _near_futures(sentence)
    futures_and_pasts = futures | tenses[PAST]
    only = futures if len(modals) == 1 and _stands_for_may(pair, futures) else set()
    is_possible = _may_be_possible(pair)
    for modal in modals:
        is_perfect = _PERFECT.match(pair.source, modal.end())
        certain = futures_and_pasts if is_perfect else futures
        places = certain & _verb_of(pair, modal)
        if places and is_possible:
            return None
        places = places or only
        if places:
            return modal, places
    return None


def _expected_as_certain(pair: Pair) -> tuple[re.Match[str], set[int]] | None:
    """Return the first "should" whose French verb is in the future, and where that begins.

    "Power should be restored by Thursday" is not *le courant sera rétabli*.
    """
    if _DUTY_FR.search(pair.target):
        return None
    if _POSSIBLE.search(pair.target):
        return None
    sentence = words(pair.target_tokens)
    futures = _with_participles(sentence, _places_by_tense(sentence)[FUTURE])
    for should in _SHOULD.finditer(pair.source):
        start = should.start()
        if _ASKED.search(pair.source, max(0, start - _REACH), start):
            continue
        places = futures & _verb_of(pair, should)
        if places:
            return should, places
    return None


def _with_participles(sentence: Sequence[Word], verbs: Collection[int]) -> set[int]:
    """Return ``verbs``, and where the participles begin that stand behind one: *sera rétabli*."""
    places = set(verbs)
    for at, word in enumerate(sentence):
        first = max(0, at - 2)
        before = {each.token.start for each in sentence[first:at]}
        if word.participles and not before.isdisjoint(verbs):
            places.add(word.token.start)
    return places


def _near_futures(sentence: Sequence[Word]) -> set[int]:
    """Return where the infinitives behind *va* and *vont* begin: *va tout changer*."""
    places: set[int] = set()
    for at, word in enumerate(sentence):
        first = max(0, at - 2)
        before = {each.lowered for each in sentence[first:at]}
        if word.is_infinitive and not _GOING_TO.isdisjoint(before):
            places.add(word.token.start)
    return places


def _places_by_tense(sentence: Sequence[Word]) -> dict[str, set[int]]:
    """Return where the French words of each tense begin."""
    places: dict[str, set[int]] = defaultdict(set)
    for at, word in enumerate(sentence):
        tense = tense_of(sentence, at)
        places[tense].add(word.token.start)
    return places


def _stands_for_may(pair: Pair, futures: Collection[int]) -> bool:
    """Return whether the only future of the French can stand for the "may" of the source alone.

    "May fall short" is *n’atteindra pas*, "may contribute" *prendra en charge*.
    """
    if len(futures) != 1 or _LATER.search(pair.source):
        return False
    expected = _EXPECTED.findall(pair.source)
    hedged = _HEDGED_FR.findall(pair.target)
    return len(hedged) == len(expected)


def _may_be_possible(pair: Pair) -> bool:
    """Return whether the French says that something is possible more often than other English words
    do: *devrait* for "is expected to" is no counterpart of "may"."""
    others = len(_EXPECTED.findall(pair.source))
    hedges = list(islice(_POSSIBLE.finditer(pair.target), others + 1))
    return len(hedges) > others


def _weak_score(hedge: re.Match[str], pair: Pair) -> float:
    """Return the score of a lost may, might, could, seem, can."""
    if hedge.group().lower() == "can":
        return CAN_SCORE
    verb = content_words_after(pair.source_tokens, hedge.end(), 1)
    is_literal = any(is_translated(pair, word, axis=0) for word in verb)
    return WEAK_SCORE if is_literal else FREE_SCORE


def _finding(pair: Pair, hedge: re.Match[str], score: float, places: set[int]) -> Finding:
    """Return the finding of a hedge; ``places`` are where the French says it as a fact."""
    sentence = words(pair.target_tokens)
    return Finding(
        "hedges",
        "Mistranslation",
        "major",
        score,
        _("“%(source)s”: hedge lost?"),
        {"source": hedge.group()},
        (Span(*hedge.span()),),
        verb_group_at(sentence, places),
    )
