"""How far two people who read the same text apart agree: which marks are of one fault, and the usual figures.

Values in, values out. Places are code points of the segment's two texts. A figure is None where it has no meaning:
chance agreement cannot be told from agreement when nothing ever differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from articles.scoring.mqm import SEVERITIES
from articles.text.document import Span

SAME, DIFFERING, FIRST_ONLY, SECOND_ONLY = "same", "differing", "one", "other"
"""Both saw it alike · both marked the place, otherwise · only the first · only the second."""


@dataclass(frozen=True)
class Annotation:
    """One person's mark on a segment, known by ``key``: what is wrong, how badly, and where (a side may be None)."""

    key: int
    segment: int
    type: str
    severity: str
    source: Span | None = None
    target: Span | None = None
    caret: int | None = None


class MatchedPair(NamedTuple):
    """What two people said of one place; at least one of them said something."""

    first: Annotation | None
    second: Annotation | None

    @property
    def kind(self) -> str:
        """SAME when type and severity are the same too, DIFFERING, ONE or OTHER."""
        if self.first is None or self.second is None:
            return FIRST_ONLY if self.first else SECOND_ONLY
        alike = (self.first.type, self.first.severity) == (self.second.type, self.second.severity)
        return SAME if alike else DIFFERING


@dataclass(frozen=True)
class Agreement:
    """How two people agree on one article. ``kinds`` counts the pairs by kind; each function explains its own."""

    segments: int
    alike: int
    kappa: float | None
    words: float | None
    alpha: float | None
    kinds: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """For storing."""
        return asdict(self)


def compute_agreement(
    segments: Sequence[int], first: Sequence[Annotation], second: Sequence[Annotation]
) -> Agreement:
    """All figures of two people's marks on the ``segments`` that both of them read."""
    flagged = [
        [key in {mark.segment for mark in marks} for key in segments] for marks in (first, second)
    ]
    points = [[float(_points(marks).get(key, 0)) for key in segments] for marks in (first, second)]
    kinds = Counter(pair.kind for pair in match_annotations(first, second))
    return Agreement(
        segments=len(segments),
        alike=sum(a == b for a, b in zip(*flagged, strict=True)),
        kappa=kappa(*flagged),
        words=f1(marked_characters(first), marked_characters(second)),
        alpha=alpha(*points),
        kinds={kind: kinds[kind] for kind in (SAME, DIFFERING, FIRST_ONLY, SECOND_ONLY)},
    )


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Cohen's kappa of two people's labels for the same things: agreement beyond chance, 1 at most, 0 for chance.

    (p_o − p_e) / (1 − p_e), with p_e from each person's own share of each label. J. Cohen, "A coefficient of agreement
    for nominal scales", Educational and Psychological Measurement 20 (1960).
    """
    count = len(first)
    shares = Counter(first), Counter(second)
    expected = sum(shares[0][label] * shares[1][label] for label in shares[0])
    if count * count == expected:  # also when there is nothing to label
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True))
    return (observed * count - expected) / (count * count - expected)


def f1(first: set[Hashable], second: set[Hashable]) -> float | None:
    """Of what either marked, twice what both marked over the sum of both: the F measure of one against the other, the
    same whichever is taken for the truth. It needs no count of what nobody marked. G. Hripcsak and A. S. Rothschild,
    "Agreement, the F-measure, and reliability in information retrieval", JAMIA 12 (2005).
    """
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else None


def alpha(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Krippendorff's alpha of two people's scores for the same things, by squared distance (interval scale): 1 is the
    same scores, 0 is chance, less is worse than chance. K. Krippendorff, "Computing Krippendorff's alpha-reliability"
    (2011), with two observers and nothing missing.
    """
    values = [*first, *second]
    count = len(values)
    expected = 2 * (count * sum(value**2 for value in values) - sum(values) ** 2)
    if not expected:
        return None
    observed = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / (count / 2)
    return 1 - observed * count * (count - 1) / expected


def marked_characters(marks: Iterable[Annotation]) -> set[Hashable]:
    """Every letter that is marked on either side; a mark without words is its one place, or the segment."""
    found: set[Hashable] = set()
    for mark in marks:
        sides = {"source": mark.source, "target": mark.target}
        spans = {side: span for side, span in sides.items() if span}
        found.update(
            (mark.segment, side, at)
            for side, span in spans.items()
            for at in range(span.start, span.end)
        )
        if not spans:
            found.add((mark.segment, "caret", mark.caret))
    return found


def match_annotations(
    first: Sequence[Annotation], second: Sequence[Annotation]
) -> list[MatchedPair]:
    """Each mark once, beside the other person's mark of the same place where there is one, by segment and first place.

    Where several overlap, marks of the same type find each other first, then those that share most.
    """
    chances = sorted(
        (
            (one.type != other.type, one.severity != other.severity, -shared, i, j)
            for i, one in enumerate(first)
            for j, other in enumerate(second)
            if (shared := _shared(one, other))
        ),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_order, i, j in chances:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    found = [
        MatchedPair(mark, second[partner[i]] if i in partner else None)
        for i, mark in enumerate(first)
    ]
    found += [MatchedPair(None, mark) for j, mark in enumerate(second) if j not in taken]
    return sorted(found, key=_place)


def _shared(one: Annotation, other: Annotation) -> float:
    """How much of two marks is the same place, 0 to 1; a caret at the edge of marked words touches them."""
    if one.segment != other.segment:
        return 0
    mine, theirs = marked_characters([one]), marked_characters([other])
    if share := len(mine & theirs) / len(mine | theirs):
        return share
    return 0.01 if _touches(one, other) or _touches(other, one) else 0


def _touches(one: Annotation, other: Annotation) -> bool:
    """Whether one's caret is within a letter of the other's caret or marked words in the target."""
    if one.caret is None:
        return False
    if other.target:
        return other.target.start - 1 <= one.caret <= other.target.end + 1
    return other.caret is not None and abs(one.caret - other.caret) <= 1


def _points(marks: Iterable[Annotation]) -> dict[int, int]:
    """Segment → MQM penalty points."""
    found: dict[int, int] = defaultdict(int)
    for mark in marks:
        found[mark.segment] += SEVERITIES[mark.severity]
    return found


def _place(pair: MatchedPair) -> tuple[int, int, int]:
    mark = next(mark for mark in pair if mark)
    starts = [span.start for span in (mark.source, mark.target) if span]
    return mark.segment, min(starts, default=mark.caret or 0), mark.key
