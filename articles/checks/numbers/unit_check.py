"""Right number, wrong unit: dollars for euros, miles for kilometres, a lost per cent."""

from __future__ import annotations

from collections.abc import Iterable

from articles.checks.numbers.check import LANGUAGES, MEASURED, comparison
from articles.checks.numbers.units import place_with_unit
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_LONGEST_UNIT = 15
"""Characters after a number in which its unit stands."""


@check(
    id="units",
    type="Mistranslation",
    severity="major",
    title=_("Wrong unit or currency"),
    help=_(
        "The number is the same, but it counts something else: miles and kilometres, dollars and "
        "euros, a lost per cent sign."
    ),
    languages=LANGUAGES,
    measured=MEASURED,
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
        if not left.number.values & right.number.values or not left.unit:
            continue
        if left.number.kind in ("vague", "hint"):
            continue
        # yards/metres: the source names both.
        if "/" in pair.source[left.span.end : left.span.end + _LONGEST_UNIT]:
            continue
        if right.unit is None:
            if left.unit.name == "%":
                message = _("“%(target)s”: unit lost (%(unit)s)")
                values = {"target": right.words, "unit": left.unit.name}
                yield _finding((left.span, right.span), 0.6, message, values)
        elif left.unit != right.unit and left.unit.dimension == right.unit.dimension:
            message = _("Unit differs: %(source)s → %(target)s")
            source = place_with_unit(left.number, pair.source, pair.source_language)
            target = place_with_unit(right.number, pair.target, pair.target_language)
            values = {"source": source.of(pair.source), "target": target.of(pair.target)}
            yield _finding((source, target), 0.85, message, values)


def _finding(
    places: tuple[Span, Span], score: float, message: str, values: dict[str, str]
) -> Finding:
    source, target = places
    return Finding("units", "Mistranslation", "major", score, message, values, (source,), (target,))
