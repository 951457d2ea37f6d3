"""Numbers that differ: in digits or words, ordinals, millions and milliards, decades."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from operator import attrgetter

from articles.checks.counterparts import linked_places
from articles.checks.numbers.comparison import comparison
from articles.checks.numbers.figures import figures_as_in_source, in_french
from articles.checks.numbers.quantities import Comparison, Quantity, is_converted, quantities
from articles.checks.numbers.ranges import exchanged_ends
from articles.checks.numbers.regnal import other_numerals
from articles.checks.numbers.rivals import rivals_among
from articles.checks.numbers.shares import misread_shares
from articles.checks.registry import (
    BOTH_WAYS,
    FROM_ENGLISH,
    ArticleFacts,
    Finding,
    Pair,
    Remedy,
    check,
    mistranslation,
)
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_SEPARATOR = re.compile("[.,]")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?: \w+)?")
"""Numbers that a French newspaper may write so too: 400.000."""
_INDEFINITE = re.compile(r"\b[Dd]es \Z")
_EXCHANGED_SCORE = 0.9
_ONE_SCORE = 0.6
_HYPHENS = ("-", "‑")
_LONGEST_ARTICLE = 5
"""Characters before a noun among which its *des* or *une* stands."""
_SEVERAL = re.compile("two|three|four|five|six|seven|eight|nine|ten|eleven|twelve", re.I)
_ONE = re.compile(r"\b(?P<one>[Uu]ne?)\s\Z")
_FEWEST = 3
"""Two is often *un couple*, *les deux* or the plural alone."""
_NOUN_WITHIN = 2
"""Words behind a number among which its noun is looked for: “four masked thieves”."""


@check(
    id="numbers",
    type="Mistranslation",
    severity="major",
    title=_("Wrong number"),
    help=_(
        "Compares the numbers of both texts, in figures and in words. Thousands marks, milliards, "
        "dozens, Roman numerals and converted units (10 miles, 16 km) are understood. A number "
        "spelt out and left out is only reported where “des” replaces it."
    ),
    languages=BOTH_WAYS,
    measured=FROM_ENGLISH,
    examples=(
        (
            "The firm lost 1,200 jobs.",
            "L’entreprise a supprimé 12 000 emplois.",
            "Number differs: 1,200 → 12 000",
        ),
        ("It cost $1.2 billion.", "Cela a coûté 1,2 milliard de dollars.", ""),
        ("A dozen people ran ten miles.", "Une douzaine de personnes ont couru 16 km.", ""),
    ),
)
def numbers(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report numbers without an equal on the other side: two rivals together, then single ones."""
    found = comparison(pair)
    source = _without_times(found.source)
    target = _without_times(found.target)
    is_only_one = len(source) == len(target) == 1
    for left, right in rivals_among(source, target):
        source.remove(left)
        target.remove(right)
        wrong = _different(pair, left.span, right.span, _wrong_score(left, right))
        # Among several numbers another one may be meant.
        if is_only_one:
            remedy = figures_as_in_source(left, right, pair.target_language)
            wrong = replace(wrong, remedy=remedy)
        yield wrong
    yield from _missing(source, found, pair)
    yield from _added(target, found, pair)
    yield from _exchanged(found, pair)
    if pair.source_language == "en":
        for place, other in misread_shares(found.pairs, pair.source, pair.target):
            yield _different(pair, place, other, _EXCHANGED_SCORE)
    for place, other in other_numerals(pair.source, pair.target):
        yield _different(pair, place, other, _EXCHANGED_SCORE)
    yield from _odd_formats(found, pair.target_language)


def _exchanged(found: Comparison, pair: Pair) -> Iterator[Finding]:
    """Yield a finding where the numbers of "from … to …" changed places."""
    if (pair.source_language, pair.target_language) != ("en", "fr"):
        return
    for source, target in exchanged_ends(found.pairs, pair.source, pair.target):
        yield _different(pair, source, target, _EXCHANGED_SCORE)


def _told_as_one(each: Quantity, pair: Pair, places: Sequence[int]) -> Span | None:
    """Return the *un* or *une* that stands before the noun of a number in words, or None.

    For example "two black boxes" told as *une boîte noire*. ``places`` are where the noun may be.
    """
    if not _SEVERAL.fullmatch(each.words):
        return None
    if pair.source[each.span.end : each.span.end + 1] in _HYPHENS:
        return None
    for place in places:
        one = _ONE.search(pair.target, max(0, place - _LONGEST_ARTICLE), place)
        if one:
            return Span(*one.span("one"))
    return None


def _places_of_noun(each: Quantity, pair: Pair) -> list[int]:
    """Return where the French words begin among which the noun of a number in words is, in order.

    None for a number in digits, and for another language.
    """
    if pair.target_language != "fr" or each.number.kind == "digits":
        return []
    words = pair.source_tokens
    first = bisect_left(words, each.span.end, key=attrgetter("start"))
    behind = [word.start for word in words[first : first + _NOUN_WITHIN]]
    return sorted(linked_places(pair, behind))


def _different(pair: Pair, source: Span, target: Span, score: float) -> Finding:
    """Return the finding of two places that hold different numbers."""
    message = _("Number differs: %(source)s → %(target)s")
    return mistranslation("numbers", message, score, pair, source, target)


def _without_times(found: list[Quantity]) -> list[Quantity]:
    """Return the numbers that are no times of day."""
    return [each for each in found if not each.is_time]


def _missing(source: list[Quantity], found: Comparison, pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each number in digits that only the source has, or that is left out."""
    text = " ".join([pair.previous[1], pair.following[1]])
    elsewhere = [left for left, _right in found.pairs]
    kinds = {each.number.kind for each in found.target}
    for each in source:
        places = _places_of_noun(each, pair)
        one = _told_as_one(each, pair, places)
        if one:
            yield _different(pair, each.span, one, _ONE_SCORE)
            continue
        if each.number.kind != "digits" and not _is_left_out(each, pair, places):
            continue
        if "vague" in kinds and _is_large(each):
            continue  # 5,000: des milliers
        around = quantities(text, pair.target_language)
        yield Finding(
            "numbers",
            "Omission",
            "major",
            _single_score(each, 0.65, elsewhere, around),
            _("Number missing: “%(source)s”"),
            {"source": each.words},
            (each.span,),
        )


def _is_left_out(each: Quantity, pair: Pair, places: Sequence[int]) -> bool:
    """Return whether a number in words is lost: “four thieves”, *des voleurs*.

    ``places`` are where its noun may be. A number is often left out where the noun is known already
    (“the four thieves”, *les voleurs*).
    """
    if each.number.kind != "words":
        return False
    if min(each.number.values, default=0) < _FEWEST:
        return False
    for place in places:
        if _INDEFINITE.search(pair.target, max(0, place - _LONGEST_ARTICLE), place):
            return True
    return False


def _is_large(each: Quantity) -> bool:
    return max(each.number.values, default=0) >= 1000


def _added(target: list[Quantity], found: Comparison, pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each number in digits that only the target has."""
    text = " ".join([pair.previous[0], pair.following[0]])
    elsewhere = list(chain.from_iterable(found.pairs))
    for each in target:
        if each.number.kind != "digits":
            continue
        around = quantities(text, pair.source_language)
        yield Finding(
            "numbers",
            "Addition",
            "major",
            _single_score(each, 0.6, elsewhere, around),
            _("Number added: “%(target)s”"),
            {"target": each.words},
            (),
            (each.span,),
        )


def _wrong_score(left: Quantity, right: Quantity) -> float:
    if left.unit != right.unit and _measure_time(left, right):
        return 0.4  # 75 minutes, une heure et quart
    kinds = {left.number.kind, right.number.kind}
    if kinds == {"digits"}:
        return 0.9
    if kinds == {"words"}:
        return 0.6
    if "vague" in kinds:
        return 0.6
    return 0.65


def _measure_time(*quantities: Quantity) -> bool:
    for each in quantities:
        if each.unit is None:
            return False
        if each.unit.dimension != "time":
            return False
    return True


def _single_score(
    each: Quantity, score: float, elsewhere: Sequence[Quantity], around: Sequence[Quantity]
) -> float:
    """Return ``score``, or less where the number has an equal after all.

    ``elsewhere`` are the matched numbers of its own text, for a number that is repeated;
    ``around`` those of the neighbouring segments, for one that moved. Durations are often
    expressed otherwise.
    """
    if _is_in_a_series(each, elsewhere):
        return 0.3
    for other in (*elsewhere, *around):
        if each.number.values & other.number.values:
            return 0.3
        if is_converted(each, other):
            return 0.3
    if _measure_time(each):
        return 0.4
    return score


def _is_in_a_series(each: Quantity, elsewhere: Sequence[Quantity]) -> bool:
    """Return whether the numbers before and after are matched: 11th to 13th, XIe au XIIIe."""
    around: set[Fraction] = set()
    for other in elsewhere:
        around |= other.number.values
    return any({value - 1, value + 1} <= around for value in each.number.values)


def _odd_formats(found: Comparison, language: str) -> Iterator[Finding]:
    """Yield numbers that are equal only with the other language's separators: 1,200 in French."""
    for left, right in found.odd_format:
        if not _SEPARATOR.search(left.words):
            continue
        if not _SEPARATOR.search(right.words):
            continue
        if _DOTTED_THOUSANDS.fullmatch(right.words):
            continue
        remedy: Remedy = ()
        if language == "fr":
            remedy = ((right.span, in_french(right.words)),)
        yield Finding(
            "numbers",
            "Number format",
            "minor",
            0.7,
            _("“%(target)s”: separators of the source language?"),
            {"target": right.words},
            (left.span,),
            (right.span,),
            remedy=remedy,
        )
