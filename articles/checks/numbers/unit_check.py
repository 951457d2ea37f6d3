"""Right number, wrong unit: dollars for euros, miles for kilometres, a lost per cent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.numbers.comparison import comparison
from articles.checks.numbers.quantities import Quantity
from articles.checks.numbers.units import Unit, place_with_unit
from articles.checks.registry import (
    BOTH_WAYS,
    FROM_ENGLISH,
    ArticleFacts,
    Finding,
    Pair,
    check,
    mistranslation,
)
from articles.text.messages import gettext_noop as _

_LONGEST_UNIT = 15
"""Characters after a number in which its unit stands."""
_APART = frozenset(("length", "weight", "money", "time", "temperature"))
_MONEY = re.compile(r"[€$£¥]|\b(?:[A-Z]{3}\b|[Dd]ollar|[Ee]uro|[Pp]ound|[Cc]ent|[Yy][eu]|[Bb]uck)")
_LENGTH = re.compile(r"\bm\b|[ck]?mm?\b|met(?:er|re)|mile|foot|feet|inch|yard|mètre|Meter")
_NAMED = {"$": _MONEY, "€": _MONEY, "km": _LENGTH}
"""Units that a number may gain, and what names one of their kind in the source: no pounds, which
are *livres*, as books are."""


@check(
    id="units",
    type="Mistranslation",
    severity="major",
    title=_("Wrong unit or currency"),
    help=_(
        "The number is the same, but it counts something else: miles and kilometres, dollars and "
        "euros, a lost per cent sign."
    ),
    languages=BOTH_WAYS,
    measured=FROM_ENGLISH,
    examples=(
        (
            "It cost $5 million.",
            "Cela a coûté 5 millions d’euros.",
            "Unit differs: $5 million → 5 millions d’euros",
        ),
        ("They walked 10 miles.", "Ils ont marché 16 km.", ""),
        (
            "Prices rose 4 percent.",
            "Les prix ont augmenté de 4.",
            "“4”: unit lost (%)",
        ),
    ),
)
def units(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report equal numbers whose units differ, when both are known, and a lost per cent sign."""
    for left, right in comparison(pair).pairs:
        if not left.number.values & right.number.values:
            continue
        if left.number.kind in ("vague", "hint"):
            continue
        if not left.unit:
            if _is_gained(right.unit, pair.source):
                yield _differs(pair, left, right)
            continue
        # yards/metres: the source names both.
        if "/" in pair.source[left.span.end : left.span.end + _LONGEST_UNIT]:
            continue
        if right.unit is None:
            if left.unit.name == "%":
                yield _lost(left, right)
        elif _is_other(left.unit, right.unit):
            yield _differs(pair, left, right)


def _is_gained(unit: Unit | None, source: str) -> bool:
    """Return whether the target counts money or a length where the source names none at all."""
    named = _NAMED.get(unit.name) if unit else None
    return named is not None and not named.search(source)


def _is_other(unit: Unit, other: Unit) -> bool:
    """Return whether the units differ: two of one kind, or two kinds that no rate or size joins.

    Kilometres may be those of an hour or square ones, and "m" beside another kind is "million".
    """
    if unit.dimension == other.dimension:
        return unit != other
    return unit.name != "m" and {unit.dimension, other.dimension} <= _APART


def _differs(pair: Pair, left: Quantity, right: Quantity) -> Finding:
    message = _("Unit differs: %(source)s → %(target)s")
    source = place_with_unit(left.number, pair.source, pair.source_language)
    target = place_with_unit(right.number, pair.target, pair.target_language)
    return mistranslation("units", message, 0.85, pair, source, target)


def _lost(left: Quantity, right: Quantity) -> Finding:
    """Return the finding of a per cent that became a number without it."""
    return Finding(
        "units",
        "Mistranslation",
        "major",
        0.6,
        _("“%(target)s”: unit lost (%(unit)s)"),
        {"target": right.words, "unit": "%"},
        (left.span,),
        (right.span,),
    )
