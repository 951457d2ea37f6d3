"""MQM-Core: the types of errors in a translation, their severities, and the scores.

Names and formulas: MQM Council, "The MQM error typology" and "The MQM scoring models" (themqm.org,
CC BY 4.0; also arXiv 2405.16969). The definitions are in our own words. The WMT weights are those
of Freitag et al. 2021.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from articles.text.messages import gettext_noop as _

DEFINITIONS: dict[str, dict[str, str]] = {
    _("Accuracy"): {
        _("Mistranslation"): _("The meaning is rendered wrongly."),
        _("Overtranslation"): _("The translation is more specific than the source warrants."),
        _("Undertranslation"): _("The translation is less specific than the source."),
        _("Addition"): _("The translation says something the source does not."),
        _("Omission"): _(
            "Something the source says is absent from the translation. "
            "(Text that was translated and then got lost in the layout is “Missing text”.)"
        ),
        _("Do not translate"): _("Something to be kept as it is was translated."),
        _("Untranslated"): _("Something to be translated was left in the source language."),
    },
    _("Terminology"): {
        _("Inconsistent with terminology resource"): _(
            "Differs from the glossary that was to be used."
        ),
        _("Inconsistent use of terminology"): _(
            "One thing is called by several terms in the same text."
        ),
        _("Wrong term"): _("Not the term or name an expert would use, or it means something else."),
    },
    _("Linguistic conventions"): {
        _("Grammar"): _("Agreement, tense, word order or function words are wrong."),
        _("Punctuation"): _("A mark is missing, wrong or misplaced."),
        _("Spelling"): _("Letters, accents, capitals, hyphens or word division are wrong."),
        _("Unintelligible"): _("It cannot be understood."),
        _("Character encoding"): _("Characters are garbled or wrongly displayed."),
        _("Textual conventions"): _(
            "The text does not hang together: references, connections, text type."
        ),
    },
    _("Style"): {
        _("Organizational style"): _("Against the publication’s own style guide."),
        _("Third-party style"): _("Against an outside style guide that was agreed."),
        _("Inconsistent with external reference"): _("Conflicts with a document it should match."),
        _("Language register"): _("Too formal or too casual, or the wrong form of address."),
        _("Awkward style"): _("Clumsy, over-long or hard to read."),
        _("Unidiomatic style"): _("Grammatical, but not how a native speaker writes it."),
        _("Inconsistent style"): _("The style changes within the text."),
    },
    _("Locale conventions"): {
        _("Number format"): _(
            "A number is not written the way the readers write it, such as 1,234.5 in French."
        ),
        _("Currency format"): _("The sign, place or code of a currency is not the local one."),
        _("Measurement format"): _("A unit, or the way it is written, is not the local one."),
        _("Time format"): _("A time of day is not written the local way."),
        _("Date format"): _("The order, separators or capitals of a date are not the local ones."),
        _("Address format"): _("The order or parts of an address are not the local ones."),
        _("Telephone format"): _(
            "The grouping or prefix of a telephone number is not the local one."
        ),
        _("Shortcut key"): _("The key letter of an interface text does not fit the translation."),
    },
    _("Audience appropriateness"): {
        _("Culture-specific reference"): _("A reference that fails or misleads these readers."),
        _("Offensive"): _("It hurts, or may be held to be offensive."),
    },
    _("Design and markup"): {
        _("Layout"): _("Position, font or spacing is wrong."),
        _("Markup tag"): _("A tag is missing, superfluous or wrong."),
        _("Truncation/text expansion"): _("The text is cut off or overflows."),
        _("Missing text"): _(
            "Text that was translated is not there in the delivered layout. "
            "(Content the translation never had is “Omission”.)"
        ),
        _("Link/cross-reference"): _("A link or reference is broken or leads to the wrong place."),
    },
}
"""Dimension → type → what it means, in one or two plain sentences."""

DIMENSIONS: dict[str, tuple[str, ...]] = {name: tuple(types) for name, types in DEFINITIONS.items()}
"""The seven dimensions of MQM-Core and their 38 types."""

TYPES: tuple[str, ...] = tuple(name for types in DIMENSIONS.values() for name in types)

_DIMENSION = {name: dimension for dimension, types in DIMENSIONS.items() for name in types}

SEVERITIES: dict[str, int] = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""Severity → penalty points (the SPM of MQM 2.0). One critical error fails the text."""


class Choice(NamedTuple):
    """One line of the editors' short list: an MQM-Core type, its name there, and a line of help.

    Several lines may be one type of MQM-Core; ``issue`` tells them apart.
    """

    type: str
    label: str
    help: str
    issue: str = ""

    @property
    def value(self) -> str:
        """The value of the choice in a form: "Mistranslation/fact"."""
        return join_issue(self.type, self.issue)


def join_issue(type: str, issue: str) -> str:
    """Return the form value of a type and of what editors call it, "" for the type itself."""
    return f"{type}/{issue}" if issue else type


SHORT_LIST: tuple[Choice, ...] = (
    Choice(
        "Omission",
        _("Omission"),
        _("The source says it, the translation does not (“Missing text” is layout)."),
    ),
    Choice(
        "Mistranslation",
        _("Wrong meaning"),
        _("The translation says something else than the source."),
    ),
    Choice(
        "Mistranslation",
        _("Wrong number, date or name"),
        _("A figure, a date, a unit or a name is not that of the source."),
        "fact",
    ),
    Choice(
        "Mistranslation",
        _("Opposite meaning"),
        _("A negation is lost or added, or the translation says the contrary."),
        "opposite",
    ),
    Choice(
        "Mistranslation",
        _("Wrong word"),
        _("One word is translated by another that means something else."),
        "word",
    ),
    Choice("Addition", _("Addition"), _("The translation says something the source does not.")),
    Choice(
        "Untranslated",
        _("Untranslated"),
        _("Words stayed in the source language that should not have."),
    ),
    Choice("Wrong term", _("Wrong term"), _("A technical term is not the right one.")),
    Choice("Grammar", _("Grammar"), _("Agreement, tense, word order or a little word is wrong.")),
    Choice("Spelling", _("Spelling"), _("Letters, accents, capitals or hyphens are wrong.")),
    Choice("Punctuation", _("Punctuation"), _("A mark is missing, wrong or misplaced.")),
    Choice("Awkward style", _("Awkward style"), _("Correct, but clumsy or hard to read.")),
)
"""The types that an editor of news needs most, most frequent first; “more” lists all DIMENSIONS."""


def find_choice(type: str, issue: str = "") -> Choice | None:
    """Return the line of the short list for a type and what editors call it; None for no such."""
    for choice in SHORT_LIST:
        if (choice.type, choice.issue) == (type, issue):
            return choice
    return None


def dimension_of(type: str) -> str:
    """Return the dimension of a type: "Accuracy" for "Omission".

    Raises KeyError for a name that is not in MQM-Core.
    """
    return _DIMENSION[type]


def definition_of(type: str) -> str:
    """Return what the type means, in plain words.

    Raises KeyError for a name that is not in MQM-Core.
    """
    definitions = DEFINITIONS[_DIMENSION[type]]
    return definitions[type]


@dataclass(frozen=True, slots=True)
class Score:
    """The MQM scores of one text: all of them, because a single one misleads.

    The names are those of the MQM Council.
    """

    apt: float
    """Absolute penalty total: penalty points."""
    pwpt: float
    """Penalty points per evaluated word."""
    npt: float
    """Normed penalty total: penalty points per ``reference_words``."""
    rqs: float
    """Raw quality score, out of ``maximum``."""
    cqs: float
    """Calibrated quality score, out of ``maximum``."""
    passed: bool
    """CQS at or above the threshold, and no critical error."""


def score(
    errors: Iterable[tuple[str, str]],
    *,
    words: int,
    reference_words: int = 1000,
    maximum: float = 100,
    threshold: float = 95,
    acceptable: float = 15,
    weights: Mapping[str, float] | None = None,
) -> Score:
    """Return the linear MQM scores of a text of ``words`` source words.

    ``errors`` are (type, severity) each. ``acceptable`` penalty points per ``reference_words`` just
    reach the ``threshold``; ``weights`` gives a type's weight where it is not 1. Formulas: MQM
    Council, "The MQM scoring models". Raises ValueError for a text without words, KeyError for an
    unknown severity.
    """
    if words < 1:
        raise ValueError("a text without words has no score")
    weights = weights or {}
    apt = 0.0
    is_critical = False
    for type_, severity in errors:
        apt += weights.get(type_, 1) * SEVERITIES[severity]
        if severity == "critical":
            is_critical = True
    pwpt = apt / words
    # One multiplication before the division: 15 points in 1000 words must come out as exactly 15.
    npt = apt * reference_words / words
    rqs = (1 - pwpt) * maximum
    cqs = maximum - npt * (maximum - threshold) / acceptable
    is_acceptable = npt <= acceptable
    return Score(
        apt=apt,
        pwpt=pwpt,
        npt=npt,
        rqs=rqs,
        cqs=cqs,
        passed=is_acceptable and not is_critical,
    )


class Rating(NamedTuple):
    """One row of a WMT table as far as the score needs it.

    ``segment`` is a name that is unique among the segments of a system.
    """

    system: str
    segment: str
    rater: str
    category: str
    severity: str


def wmt_weight(category: str, severity: str) -> float:
    """Return the penalty points of one row of a WMT/Google MQM table (Freitag et al. 2021).

    They are 0 for what is not an error.
    """
    category = category.strip().lower()
    severity = severity.strip().lower()
    if category.startswith("non-translation"):
        return 25
    if severity == "major":
        return 5
    if severity != "minor":
        return 0
    if category == "fluency/punctuation":
        return 0.1
    return 1


def wmt_segment_scores(ratings: Iterable[Rating]) -> dict[tuple[str, str], float]:
    """Return (system, segment) → penalty points; lower is better.

    They are the sum of each rater's rows, averaged over the raters.
    """
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for each in ratings:
        by_rater = sums[each.system, each.segment]
        by_rater[each.rater] += wmt_weight(each.category, each.severity)
    return {key: sum(by_rater.values()) / len(by_rater) for key, by_rater in sums.items()}


def wmt_system_scores(ratings: Iterable[Rating]) -> dict[str, float]:
    """Return system → the mean of its segments' scores; lower is better."""
    by_system: dict[str, list[float]] = defaultdict(list)
    segment_scores = wmt_segment_scores(ratings)
    for (system, _segment), points in segment_scores.items():
        by_system[system].append(points)
    return {system: sum(points) / len(points) for system, points in by_system.items()}
