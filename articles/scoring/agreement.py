"""How far two people who read the same text blind agree: which annotations are of one fault, and
the usual figures.

Plain values go in and come out. Places are code points of the segment's two texts. A figure is None
where it has no meaning: chance agreement cannot be told from agreement when nothing ever differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from operator import eq
from typing import NamedTuple

from articles.scoring.mqm import SEVERITIES
from articles.text.document import Span

SAME = "same"
"""Both annotated the place with the same type and severity."""
DIFFERING = "differing"
"""Both annotated the place, with another type or severity."""
FIRST_ONLY = "one"
SECOND_ONLY = "other"

TOUCHING = 0.01
"""How much two annotations share that only touch: less than any that have a character in common."""


@dataclass(frozen=True)
class Annotation:
    """One person's annotation of a segment, known by ``key``: what is wrong, how badly, and where.

    A side may be None.
    """

    key: int
    segment: int
    type: str
    severity: str
    source: Span | None = None
    target: Span | None = None
    caret: int | None = None


class MatchedPair(NamedTuple):
    """What two people annotated at one place; at least one of the two is not None."""

    first: Annotation | None
    second: Annotation | None

    @property
    def kind(self) -> str:
        """SAME when type and severity are the same, else DIFFERING, FIRST_ONLY or SECOND_ONLY."""
        if self.first is None:
            return SECOND_ONLY
        if self.second is None:
            return FIRST_ONLY
        first = (self.first.type, self.first.severity)
        second = (self.second.type, self.second.severity)
        if first == second:
            return SAME
        return DIFFERING


@dataclass(frozen=True)
class Agreement:
    """How two people agree on one article.

    Of ``segments`` both flagged or both left ``alike``; ``kappa`` is Cohen's on flagged segments,
    ``words`` the F measure on annotated characters, ``alpha`` Krippendorff's on the segments'
    penalty points. ``kinds`` counts the matched pairs by kind.
    """

    segments: int
    alike: int
    kappa: float | None
    words: float | None
    alpha: float | None
    kinds: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """Return the figures by name, for storing."""
        return asdict(self)


def compute_agreement(
    segments: Sequence[int], first: Sequence[Annotation], second: Sequence[Annotation]
) -> Agreement:
    """Return all figures of two people's annotations on the ``segments`` that both of them read."""
    first_flagged = _are_flagged(segments, first)
    second_flagged = _are_flagged(segments, second)
    alike = sum(map(eq, first_flagged, second_flagged))
    first_points = _points_of(segments, first)
    second_points = _points_of(segments, second)
    kinds = dict.fromkeys((SAME, DIFFERING, FIRST_ONLY, SECOND_ONLY), 0)
    for pair in match_annotations(first, second):
        kinds[pair.kind] += 1
    return Agreement(
        segments=len(segments),
        alike=alike,
        kappa=kappa(first_flagged, second_flagged),
        words=f1(marked_characters(first), marked_characters(second)),
        alpha=alpha(first_points, second_points),
        kinds=kinds,
    )


def _are_flagged(segments: Iterable[int], annotations: Iterable[Annotation]) -> list[bool]:
    """Return for each segment whether there is an annotation of it."""
    flagged = {each.segment for each in annotations}
    return [segment in flagged for segment in segments]


def _points_of(segments: Iterable[int], annotations: Iterable[Annotation]) -> list[float]:
    """Return the MQM penalty points of each segment."""
    points: dict[int, float] = defaultdict(float)
    for each in annotations:
        points[each.segment] += SEVERITIES[each.severity]
    return [points[segment] for segment in segments]


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa of two people's labels for the same things.

    It is agreement beyond chance: 1 at most, 0 for chance. (p_o − p_e) / (1 − p_e), with p_e from
    each person's own share of each label. J. Cohen, "A coefficient of agreement for nominal
    scales", Educational and Psychological Measurement 20 (1960).
    """
    count = len(first)
    first_shares = Counter(first)
    second_shares = Counter(second)
    expected = sum(first_shares[label] * second_shares[label] for label in first_shares)
    highest = count * count
    if highest == expected:  # also when there is nothing to label
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True))
    return (observed * count - expected) / (highest - expected)


def f1(first: set[Hashable], second: set[Hashable]) -> float | None:
    """Return the F measure of what two people marked, None if neither marked anything.

    It is twice what both marked over the sum of both, the same whichever is held for the truth. It
    needs no count of what nobody marked. G. Hripcsak and A. S. Rothschild, "Agreement, the
    F-measure, and reliability in information retrieval", JAMIA 12 (2005).
    """
    total = len(first) + len(second)
    if not total:
        return None
    common = len(first & second)
    return 2 * common / total


def alpha(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Krippendorff's alpha of two people's scores for the same things.

    The distance is squared (interval scale): 1 is the same scores, 0 is chance, less is worse than
    chance. K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), with two observers
    and nothing missing.
    """
    values = [*first, *second]
    count = len(values)
    squares = sum(value**2 for value in values)
    expected = 2 * (count * squares - sum(values) ** 2)
    if not expected:
        return None
    distance = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
    observed = distance / (count / 2)
    disagreement = observed * count * (count - 1) / expected
    return 1 - disagreement


def marked_characters(annotations: Iterable[Annotation]) -> set[Hashable]:
    """Return every character that is annotated on either side.

    An annotation without words counts as one place, its caret, or the segment.
    """
    found: set[Hashable] = set()
    for each in annotations:
        if each.source:
            found.update(_characters(each, "source", each.source))
        if each.target:
            found.update(_characters(each, "target", each.target))
        has_words = each.source or each.target
        if not has_words:
            found.add((each.segment, "caret", each.caret))
    return found


def _characters(annotation: Annotation, side: str, span: Span) -> Iterator[Hashable]:
    for at in range(span.start, span.end):
        yield annotation.segment, side, at


def match_annotations(
    first: Sequence[Annotation], second: Sequence[Annotation]
) -> list[MatchedPair]:
    """Return each annotation once, with the other person's of the same place if there is one.

    The pairs are in the order of segments and places. Where several annotations overlap, those of
    the same type are matched first, then those that share most.
    """
    partners: dict[int, int] = {}
    matched: set[int] = set()
    for *_order, i, j in sorted(_possible_matches(first, second)):
        if i not in partners and j not in matched:
            partners[i] = j
            matched.add(j)
    found: list[MatchedPair] = []
    for i, annotation in enumerate(first):
        partner = second[partners[i]] if i in partners else None
        found.append(MatchedPair(annotation, partner))
    for j, annotation in enumerate(second):
        if j not in matched:
            found.append(MatchedPair(None, annotation))
    return sorted(found, key=_place)


def _possible_matches(
    first: Sequence[Annotation], second: Sequence[Annotation]
) -> list[tuple[bool, bool, float, int, int]]:
    """Return the two indices of all annotations that share a place, after what they are ranked by.

    The lowest rank is the best match.
    """
    found = []
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            shared = _shared(one, other)
            if shared:
                types_differ = one.type != other.type
                severities_differ = one.severity != other.severity
                found.append((types_differ, severities_differ, -shared, i, j))
    return found


def _shared(one: Annotation, other: Annotation) -> float:
    """Return how much of two annotations is the same place, 0 to 1.

    A caret at the edge of annotated words touches them.
    """
    if one.segment != other.segment:
        return 0
    one_marked = marked_characters([one])
    other_marked = marked_characters([other])
    shared = len(one_marked & other_marked) / len(one_marked | other_marked)
    if shared:
        return shared
    if _touches(one, other) or _touches(other, one):
        return TOUCHING
    return 0


def _touches(one: Annotation, other: Annotation) -> bool:
    """Return whether one's caret is within a character of the other's caret or target words."""
    if one.caret is None:
        return False
    if other.target:
        return other.target.start - 1 <= one.caret <= other.target.end + 1
    if other.caret is None:
        return False
    return abs(one.caret - other.caret) <= 1


def _place(pair: MatchedPair) -> tuple[int, int, int]:
    """Return what the pairs are sorted by: segment, first place and key."""
    annotation = pair.first or pair.second
    assert annotation is not None  # a pair holds one at least  # noqa: S101
    starts: list[int] = []
    if annotation.source:
        starts.append(annotation.source.start)
    if annotation.target:
        starts.append(annotation.target.start)
    if not starts:
        starts.append(annotation.caret or 0)
    return annotation.segment, min(starts), annotation.key
