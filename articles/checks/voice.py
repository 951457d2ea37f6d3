"""Who did it to whom: "the hunter was attacked by the bear", *le chasseur a attaqué l’ours*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from articles.checks.counterparts import (
    content_words_after,
    content_words_before,
    linked_places,
    linked_sources,
    start_of,
)
from articles.checks.registry import Pair
from articles.text.document import Span
from articles.text.tokens import Token

_MUTUAL = (
    r"(?!(?:met|joined|married|accompanied|faced|confronted|inspired|interested|required|meant)\b)"
)
"""Verbs that say nearly the same when both sides change places."""
_PASSIVE = re.compile(
    rf"\b(?:was|were|is|are|been|being) (?:[a-z]+ly )?{_MUTUAL}(?P<verb>[a-z]{{3,}}) by "
    r"(?!(?:the end|now|then|mid|early|late|up to|about|around|more|less|half)\b|[a-z]+ing\b|\d"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_PASSIF = re.compile(
    r"\b(?:été|est|sont|était|étaient|fut|furent|sera|seront)\s(?:\w+ment\s)?"
    r"(?P<verb>\w+?(?:é|i|u|is|it|rt)e?s?)\spar\s(?!\d|exemple\b|ailleurs\b|an\b)"
)
_ACTIVE = re.compile(
    rf"(?: (?!has|have|had|was|were|is|are|be|been)[\w’-]+){{0,3}}(?: has| have| had)? {_MUTUAL}"
    r"(?P<verb>[a-z]+)"
)
_OBJECT = re.compile(
    r" (?:the |an? |its |his |her |their |this |that )?"
    r"(?:(?!by|with|in|on|for|to|from|of|at|as|into|over|through|about)[\w’-]+ )?"
)
_ACTIF = re.compile(
    r"(?:\s(?!est|sont|été|était|se|par)[\w’-]+){0,3}\s(?:a|ont|avait|avaient)\s(?!été\b)"
    r"(?:\w+ment\s)?(?P<verb>\w+)"
)
_OBJET = re.compile(
    r"\s(?:les? |la |l[’']|une? |des |ses? |son |sa |leurs? |cet?t?e? )(?:[\w-]+\s)?"
)
_HE = r"(?:il|elle|ils|elles|on|je|nous|tu|vous)"
_WHO_DID_IT = re.compile(
    rf"\b(?:who|which|that) (?:(?:had|has|have) )?(?:[a-z]+ly )?{_MUTUAL}(?P<verb>[a-z]{{3,}})"
    r" (?:him|her|them|me|us)\b(?! (?:own|to|that|a|an|the)\b)"
)
_THAT_HE_DID = re.compile(
    rf"\b(?:qu[’']{_HE}|que {_HE}|que j[’'])\s?(?:l[’']|les? |la |\w*(?:a|ont|av\w+|eu\w*)\s)?\Z"
)
_WHOM_HE_DID_IT_TO = re.compile(
    rf"\b(?:who|whom) (?:he|she|they|we|I) (?:(?:had|has|have) )?(?:[a-z]+ly )?"
    rf"{_MUTUAL}(?P<verb>[a-z]{{3,}})"
)
_WHO_DID_IT_FR = re.compile(r"\bqui (?:l[’']|les? |la |m[’']|me )(?:(?:a|ont|av\w+|eu\w*)\s)?\Z")
_RELATIVES = ((_WHO_DID_IT, _THAT_HE_DID), (_WHOM_HE_DID_IT_TO, _WHO_DID_IT_FR))
"""Relative clauses of English, and those of French that say the reverse."""
_BEFORE_VERB = 30
"""The most letters of a French relative clause before its verb."""
_MOST = 8
"""The most passives of a text that are looked at."""
_THREE = 3
"""Who or what, the verb, and who or what else, in the order of the text."""


def exchanged_roles(pair: Pair) -> Iterator[tuple[Span, Span]]:
    """Yield where one text has a passive with its doer and the other the same words as an active.

    The active verb is right before its object. Both places are from the first of the three words
    (who, verb, whom) to the last.
    """
    for said in islice(_PASSIVE.finditer(pair.source), _MOST):
        three = _around(pair.source_tokens, Span(*said.span("verb")), said.end())
        there = _counterparts(three, pair.target_tokens, partial(linked_places, pair))
        if _is_active(pair.target, there, _ACTIF, _OBJET):
            yield _all_of(three), _all_of(there)
    for dit in islice(_PASSIF.finditer(pair.target), _MOST):
        there = _around(pair.target_tokens, Span(*dit.span("verb")), dit.end())
        three = _counterparts(there, pair.source_tokens, partial(linked_sources, pair))
        if _is_active(pair.source, three, _ACTIVE, _OBJECT):
            yield _all_of(three), _all_of(there)


def reversed_relatives(pair: Pair) -> Iterator[tuple[Span, Span]]:
    """Yield the relative clauses in which who did it and whom it was done to change places.

    "The man who had arrested him" is not *l’homme qu’il avait arrêté*. Both places are from the
    relative pronoun to the verb.
    """
    for english, french in _RELATIVES:
        for said in islice(english.finditer(pair.source), _MOST):
            verb = Span(*said.span("verb"))
            for place in sorted(linked_places(pair, {verb.start})):
                earliest = max(0, place - _BEFORE_VERB)
                found = french.search(pair.target, earliest, place)
                if found:
                    here = Span(*said.span())
                    there = Span(found.start(), _end_of_word(pair, place))
                    yield here, there


def _end_of_word(pair: Pair, start: int) -> int:
    """Return where the target's word that begins at ``start`` ends."""
    ends = [word.end for word in pair.target_tokens if word.start == start]
    return ends[0]


def _around(words: Sequence[Token], verb: Span, end: int) -> list[Token]:
    """Return the word before a passive, its verb, and who does it, which follows ``end``."""
    before = content_words_before(words, verb.start, 1)
    doers = content_words_after(words, end, 1)
    verbs = []
    for word in words:
        if word.start == verb.start:
            verbs.append(word)
    return before + verbs + doers


def _counterparts(
    three: Sequence[Token], words: Sequence[Token], linked: Callable[[set[int]], set[int]]
) -> list[Token]:
    """Return the words that the three are linked to, none unless they stand in the same order."""
    found: list[Token] = []
    for word in three:
        places = linked({word.start})
        for other in words:
            if other.start in places:
                found.append(other)
    if len(three) != _THREE:
        return []
    if len(found) != _THREE:
        return []
    return found if found == sorted(found, key=start_of) else []


def _is_active(
    text: str,
    three: Sequence[Token],
    verb: re.Pattern[str],
    between: re.Pattern[str],
) -> bool:
    """Return whether the second word is an active verb after the first, before its object."""
    if not three:
        return False
    subject, said, thing = three
    found = verb.match(text, subject.end, said.end)
    if found is None:
        return False
    if found.end() != said.end:
        return False
    return between.fullmatch(text, said.end, thing.start) is not None


def _all_of(three: Sequence[Token]) -> Span:
    return Span(three[0].start, three[2].end)
