"""A word of a small set that became another of it: north and south, first and last, a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from articles.checks.counterparts import are_in_one_place
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.checks.word_sets import Meaning, Use, uses
from articles.text.messages import gettext_noop as _

_ALWAYS_TRANSLATED = "office"
"""The set whose words are reported when they are missing, too: former, vice, deputy, acting."""
LANGUAGES = (
    ("en", "fr"),
    ("fr", "en"),
    ("en", "de"),
    ("de", "en"),
    ("en", "es"),
    ("es", "en"),
)


@check(
    id="wrong-word",
    type="Mistranslation",
    severity="major",
    title=_("Wrong word"),
    help=_(
        "North and south, left and right, first and last, more and less, colours, relatives, "
        "seasons, countries and their people, opposites: the source has one of them and the "
        "translation another in its place. “Former”, “vice”, “deputy” and “acting” are reported "
        "when they are missing, too."
    ),
    languages=LANGUAGES,
    examples=(
        (
            "The fire spread to the north of the town.",
            "L’incendie a gagné le sud de la ville.",
            "Word differs: “north” → “sud”",
        ),
        (
            "The former minister was heard.",
            "Le ministre a été entendu.",
            "“former”: word lost?",
        ),
        ("The former minister was heard.", "L’ex-ministre a été entendu.", ""),
    ),
)
def wrong_word(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report, for each set, the one word of the source that another of the set replaced."""
    if not pair.source:
        return
    if not pair.target:
        return
    source = uses(pair.source, pair.source_language)
    target = uses(pair.target, pair.target_language)
    groups = set(map(_group, source))
    for group in sorted(groups):
        lost = _only_here(source, target, group)
        gained = _only_here(target, source, group)
        if len(lost) == len(gained) == 1:
            yield _replaced(pair, lost[0], gained[0])
        elif lost and not gained and group == _ALWAYS_TRANSLATED:
            yield _missing(pair, lost[0])


def _group(use: Use) -> str:
    return next(iter(use.meanings)).group


def _only_here(uses_here: Sequence[Use], uses_there: Sequence[Use], group: str) -> list[Use]:
    """Return the uses of ``group`` of which the other text has no meaning, one for each meaning."""
    there = _meanings(uses_there)
    found: dict[frozenset[Meaning], Use] = {}
    for each in uses_here:
        if _group(each) != group:
            continue
        if each.meanings & there:
            continue
        found.setdefault(each.meanings, each)
    return list(found.values())


def _meanings(found: Iterable[Use]) -> set[Meaning]:
    meanings: set[Meaning] = set()
    for each in found:
        meanings |= each.meanings
    return meanings


def _replaced(pair: Pair, lost: Use, gained: Use) -> Finding:
    """Return the finding of two words that exclude each other."""
    return Finding(
        "wrong-word",
        "Mistranslation",
        "major",
        _replaced_score(pair, lost, gained),
        _("Word differs: “%(source)s” → “%(target)s”"),
        {"source": lost.span.of(pair.source), "target": gained.span.of(pair.target)},
        (lost.span,),
        (gained.span,),
    )


def _replaced_score(pair: Pair, lost: Use, gained: Use) -> float:
    """Return a high score where two words stand in the same place, and none of them is negated."""
    if lost.is_negated:
        return 0.3
    if gained.is_negated:
        return 0.3
    if _is_finer(lost, gained):
        return 0.3
    if are_in_one_place(pair, lost.span, gained.span):
        return 0.8
    return 0.3


def _is_finer(left: Use, right: Use) -> bool:
    """Return whether one compass point is part of the other: north and northeast."""
    if _group(left) != "compass":
        return False
    for one, other in product(left.meanings, right.meanings):
        if one.name in other.name:
            return True
        if other.name in one.name:
            return True
    return False


def _missing(pair: Pair, lost: Use) -> Finding:
    return Finding(
        "wrong-word",
        "Omission",
        "major",
        0.65,
        _("“%(source)s”: word lost?"),
        {"source": lost.span.of(pair.source)},
        (lost.span,),
    )
