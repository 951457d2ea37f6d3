"""Numbers that differ: digits and written-out numbers, ordinals, millions and milliards, decades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.checks.numbers.quantities import (
    Comparison,
    Quantity,
    compare,
    is_converted,
    quantities,
)
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.messages import gettext_noop as _

BOTH_WAYS = (("en", "fr"), ("fr", "en"))


def comparison(pair: Pair) -> Comparison:
    """The pair's numbers, paired; for every check that asks about quantities."""
    return compare(
        quantities(pair.source, pair.source_language), quantities(pair.target, pair.target_language)
    )


@check(
    id="numbers",
    type="Mistranslation",
    severity="major",
    title=_("Wrong number"),
    help=_(
        "Compares the numbers of both texts, in figures and in words. Thousands marks, milliards, dozens, Roman "
        "numerals "
        "and converted units (10 miles, 16 km) are understood. A number spelt out and left out is not reported."
    ),
    languages=BOTH_WAYS,
    examples=(
        (
            "The firm lost 1,200 jobs.",
            "L’entreprise a supprimé 12 000 emplois.",
            "Possible wrong number: “1,200” became “12 000”.",
        ),
        ("It cost $1.2 billion.", "Cela a coûté 1,2 milliard de dollars.", ""),
        ("A dozen people ran ten miles.", "Une douzaine de personnes ont couru 16 km.", ""),
    ),
)
def numbers(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Numbers that found no equal on the other side, first against each other, then alone."""
    found = comparison(pair)
    source = [each for each in found.source if not each.is_time]
    target = [each for each in found.target if not each.is_time]
    for ours, theirs in _rivals(source, target):
        source.remove(ours)
        target.remove(theirs)
        yield _wrong(ours, theirs)
    around = " ".join([pair.previous[1], pair.following[1]])
    for each in source:
        if each.number.kind == "digits":
            yield Finding(
                "numbers",
                "Omission",
                "major",
                _alone(
                    each,
                    0.65,
                    [known for known, _partner in found.pairs],
                    quantities(around, pair.target_language),
                ),
                _("Possible missing number: “%(source)s” is not in the translation."),
                {"source": each.words},
                (each.span,),
            )
    around = " ".join([pair.previous[0], pair.following[0]])
    for each in target:
        if each.number.kind == "digits":
            yield Finding(
                "numbers",
                "Addition",
                "major",
                _alone(
                    each,
                    0.6,
                    [known for _partner, known in found.pairs],
                    quantities(around, pair.source_language),
                ),
                _("Possible added number: “%(target)s” is not in the source."),
                {"target": each.words},
                (),
                (each.span,),
            )
    yield from _formats(found)


def _rivals(source: list[Quantity], target: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Left-over numbers that stand for each other: first those that count the same thing, then by place."""
    rivals: list[tuple[Quantity, Quantity]] = []
    free, lone = list(target), len(source) == len(target) == 1
    for same_unit in (True, False):
        for ours in source:
            if any(ours is taken for taken, _theirs in rivals):
                continue
            fit = [each for each in free if not same_unit or (ours.unit and ours.unit == each.unit)]
            fit = [each for each in fit if _may_stand_for(ours, each, lone=lone)]
            if fit:
                rivals.append((ours, fit[0]))
                free.remove(fit[0])
    return rivals


def _may_stand_for(ours: Quantity, theirs: Quantity, *, lone: bool) -> bool:
    """Whether one may be the other, got wrong. Vague words (dozens, thousands) only when they are far apart."""
    if "vague" in (ours.number.kind, theirs.number.kind):
        values = max(ours.number.values), max(theirs.number.values)
        return (
            min(values) >= 10
            and max(values) >= 5 * min(values)
            and "digits" not in (ours.number.kind, theirs.number.kind)
        )
    return lone or ours.number.kind == theirs.number.kind or ours.unit == theirs.unit


def _wrong(ours: Quantity, theirs: Quantity) -> Finding:
    kinds = {ours.number.kind, theirs.number.kind}
    score = 0.9 if kinds == {"digits"} else 0.6 if kinds == {"words"} or "vague" in kinds else 0.65
    if (
        ours.unit
        and theirs.unit
        and ours.unit != theirs.unit
        and ours.unit.dimension == theirs.unit.dimension == "time"
    ):
        score = 0.4  # 75 minutes, une heure et quart
    return Finding(
        "numbers",
        "Mistranslation",
        "major",
        score,
        _("Possible wrong number: “%(source)s” became “%(target)s”."),
        {"source": ours.words, "target": theirs.words},
        (ours.span,),
        (theirs.span,),
    )


def _alone(
    each: Quantity, score: float, known: list[Quantity], around: tuple[Quantity, ...]
) -> float:
    """Less sure when the number is said twice, moved to the neighbouring segment, or lasts (durations are
    rephrased)."""
    if any(
        each.number.values & other.number.values or is_converted(each, other)
        for other in (*known, *around)
    ):
        return 0.3
    if each.unit and each.unit.dimension == "time":
        return 0.4
    return score


def _formats(found: Comparison) -> Iterator[Finding]:
    """Numbers equal only when the other language's separators are read: 1,200 left so in French."""
    for ours, theirs in found.odd_format:
        if set(theirs.words) & set(".,") and set(ours.words) & set(".,"):
            yield Finding(
                "numbers",
                "Number format",
                "minor",
                0.7,
                _(
                    "Possible wrong number format: “%(target)s” has the separators of the source’s language."
                ),
                {"target": theirs.words},
                (ours.span,),
                (theirs.span,),
            )
