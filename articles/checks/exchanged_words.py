"""Two words of one set that changed places: "orange rather than yellow", *jaunes plutôt qu’orange*;
"sales rose and profits fell", *les ventes ont baissé et les bénéfices augmenté*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from articles.checks.counterparts import after, are_beside, before
from articles.checks.registry import Pair
from articles.checks.word_sets import Use
from articles.text.document import Span

Two = tuple[Span, Span]
"""The places of two words of a text, in their order."""

_TWO = 2
_MOST = 6
"""The most words of one set in a text that are looked at."""
_LETTERS = 40
"""The most letters before two words, and between them."""
_CONTRAST = {
    "en": re.compile(r",? (?:rather than|instead of|and not|but not|not|in place of)\b", re.I),
    "fr": re.compile(r",? (?:plutôt qu|au lieu d|à la place d|et non|et pas|mais pas)", re.I),
    "de": re.compile(r",? (?:statt|anstatt|anstelle|und nicht|nicht)\b", re.I),
    "es": re.compile(r",? (?:en lugar de|en vez de|y no|no)\b", re.I),
}
_FROM = {
    "en": re.compile(r"\bfrom (?:the |an? )?\Z", re.I),
    "fr": re.compile(r"\bd(?:e |u |es |e la |e l[’']|[’'])\Z", re.I),
    "de": re.compile(r"\b(?:von|vom|von der|von den|aus) \Z", re.I),
    "es": re.compile(r"\b(?:de|del|desde|de la|de los) \Z", re.I),
}
_TO = {
    "en": re.compile(r" to\b", re.I),
    "fr": re.compile(r" (?:à|au|aux|vers)\b", re.I),
    "de": re.compile(r" (?:nach|bis|zu|zum|zur)\b", re.I),
    "es": re.compile(r" (?:a|al|hasta)\b", re.I),
}
_THAN = {
    "en": re.compile(r"[^.;:]*\bthan\b", re.I),
    "fr": re.compile(r"[^.;:]*\bqu(?:e\b|[’'])", re.I),
    "de": re.compile(r"[^.;:]*\bals\b", re.I),
    "es": re.compile(r"[^.;:]*\bque\b", re.I),
}
_PART = re.compile(
    r"[,;:]|\b(?:and|but|while|whereas|et|mais|tandis|alors|und|aber|während|y|e|pero|mientras)\b"
)


def exchanged(
    pair: Pair, source: Sequence[Use], target: Sequence[Use]
) -> Iterator[tuple[Span, Span]]:
    """Yield where two words of a set stand that both texts have, each in the other's place.

    ``source`` and ``target`` are all uses of the set. Either a contrast or "from … to" joins the
    two in both texts, or they are the only ones and "than" does, or each stands beside what the
    other one stands beside in the source.
    """
    if max(len(source), len(target)) > _MOST:
        return
    for here, there in product(pairwise(source), pairwise(target)):
        if not _are_crossed(here, there):
            continue
        first = (here[0].span, here[1].span)
        second = (there[0].span, there[1].span)
        is_exchanged = _are_joined_alike(pair, first, second)
        if len(source) == len(target) == _TWO:
            is_exchanged |= _are_joined_by(_THAN, pair, first, second)
            is_exchanged |= _have_exchanged_neighbours(pair, first, second)
        if is_exchanged:
            yield _both(first), _both(second)


def _are_crossed(here: tuple[Use, Use], there: tuple[Use, Use]) -> bool:
    """Return whether the two mean different things, and the same as the two there in turn."""
    first, second = here
    one, other = there
    if first.meanings & second.meanings:
        return False
    if one.meanings & other.meanings:
        return False
    if not first.meanings & other.meanings:
        return False
    return bool(second.meanings & one.meanings)


def _both(two: Two) -> Span:
    return Span(two[0].start, two[1].end)


def _are_joined_alike(pair: Pair, here: Two, there: Two) -> bool:
    """Return whether the same kind of words joins the two in either text."""
    if _are_joined_by(_CONTRAST, pair, here, there):
        return True
    return _are_joined_by(_TO, pair, here, there)


def _are_joined_by(kind: Mapping[str, re.Pattern[str]], pair: Pair, here: Two, there: Two) -> bool:
    """Return whether words of this kind join the two in both texts."""
    if not _are_joined(pair.source, here, pair.source_language, kind):
        return False
    return _are_joined(pair.target, there, pair.target_language, kind)


def _are_joined(text: str, two: Two, language: str, kind: Mapping[str, re.Pattern[str]]) -> bool:
    """Return whether words of this kind stand between the two, and "from" before a "to"."""
    first, second = two
    if second.start - first.end > _LETTERS:
        return False
    is_joined = kind[language].match(text, first.end, second.start) is not None
    if kind is not _TO:
        return is_joined
    start = max(0, first.start - _LETTERS)
    is_after_from = _FROM[language].search(text, start, first.start) is not None
    return is_joined and is_after_from


def _have_exchanged_neighbours(pair: Pair, here: Two, there: Two) -> bool:
    """Return whether each of the two stands beside what the other one stands beside there.

    Something parts the two: in "screen reader software" they belong together.
    """
    first, second = here
    one, other = there
    if not _PART.search(pair.source, first.end, second.start):
        return False
    if not _PART.search(pair.target, one.end, other.start):
        return False
    for side in (before, after):
        straight = (are_beside(pair, first, other, side), are_beside(pair, second, one, side))
        crossed = (are_beside(pair, first, one, side), are_beside(pair, second, other, side))
        if all(crossed) and not any(straight):
            return True
    return False
