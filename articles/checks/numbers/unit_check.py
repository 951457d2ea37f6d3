"""Right number, other unit: dollars for euros, miles for kilometres, a lost per cent."""

from __future__ import annotations

from collections.abc import Iterable

from articles.checks.numbers.check import BOTH_WAYS, comparison
from articles.checks.numbers.quantities import Quantity
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.messages import gettext_noop as _


@check(
    id="units",
    type="Mistranslation",
    severity="major",
    title=_("Wrong unit or currency"),
    help=_(
        "The number is the same, but it counts something else: miles and kilometres, dollars and euros, a lost per "
        "cent sign."
    ),
    languages=BOTH_WAYS,
    examples=(
        (
            "It cost $5 million.",
            "Cela a coûté 5 millions d’euros.",
            "Possible wrong unit: “5 million $” became “5 millions €”.",
        ),
        ("They walked 10 miles.", "Ils ont marché 16 km.", ""),
        (
            "Prices rose 4 percent.",
            "Les prix ont augmenté de 4.",
            "Possible lost unit: “4” counts % in the source.",
        ),
    ),
)
def units(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Paired numbers whose units differ, when both are known; a per cent that lost its sign."""
    for ours, theirs in comparison(pair).pairs:
        if not ours.number.values & theirs.number.values or not ours.unit:
            continue
        if theirs.unit is None and ours.unit.name == "%":
            yield _finding(
                ours,
                theirs,
                0.6,
                _("Possible lost unit: “%(target)s” counts %(unit)s in the source."),
                {"target": theirs.words, "unit": ours.unit.name},
            )
        elif (
            theirs.unit
            and ours.unit != theirs.unit
            and ours.unit.dimension == theirs.unit.dimension
        ):
            values = {
                "source": f"{ours.words} {ours.unit.name}",
                "target": f"{theirs.words} {theirs.unit.name}",
            }
            yield _finding(
                ours,
                theirs,
                0.8,
                _("Possible wrong unit: “%(source)s” became “%(target)s”."),
                values,
            )


def _finding(
    ours: Quantity, theirs: Quantity, score: float, message: str, values: dict[str, str]
) -> Finding:
    return Finding(
        "units", "Mistranslation", "major", score, message, values, (ours.span,), (theirs.span,)
    )
