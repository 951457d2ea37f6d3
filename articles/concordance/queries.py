"""Find words in the segments of all articles that a person may read.

What is searched is the source and the target text in force: an approved correction's, else the
translation as it came. Drafts and corrections that wait are not: nobody has approved them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from articles.concordance.pieces import Piece, mark_translations, split_text
from articles.models import Article, Segment, SignOff
from articles.models.roles import within_teams
from articles.text.typed_words import Folding, certain_letters, words_pattern

MOST_HITS = 500
"""Segments that a search shows; of more it says only that there are more."""
PAGE_SIZE = 50
LONGEST_WORDS = 200
"""Letters that can be searched for."""

SIDES: dict[str, str] = {
    "both": gettext_noop("Source and translation"),
    "source": gettext_noop("Source"),
    "target": gettext_noop("Translation"),
}
"""Where words are looked for."""
_FIELDS = {
    "both": ("source_text", "text_in_force"),
    "source": ("source_text",),
    "target": ("text_in_force",),
}

S = Segment.Status
_IN_ARTICLE = "article__source__language", "article__target__language"


@dataclass(frozen=True)
class Search:
    """What is looked for, and where. ``languages`` are two codes, () for any."""

    words: str
    side: str = "both"
    languages: tuple[str, ...] = ()
    whole_words: bool = True
    ignore_accents: bool = False

    @property
    def _folding(self) -> Folding:
        return Folding(capitals=True, ligatures=True, accents=self.ignore_accents)

    @property
    def pattern(self) -> str:
        """The words as a regular expression for the database and for ``re``."""
        return words_pattern(self.words, self._folding, whole_words=self.whole_words)

    @property
    def condition(self) -> Q:
        """The condition that a segment, annotated with its text in force, has the words."""
        letters = certain_letters(self.words, self._folding)
        found = Q()
        for field in _FIELDS[self.side]:
            # The letters first: SQLite calls back to Python for the pattern.
            has_letters = Q(**{f"{field}__icontains": letters})
            has_words = Q(**{f"{field}__regex": self.pattern})
            found |= has_letters & has_words
        return found


class HitState(NamedTuple):
    """How far the text of a hit was checked: a name for the style sheet, in words, an icon."""

    name: str
    label: object
    icon: str


_OPEN_ICON = "circle-dashed"
_SIGNED_OFF = HitState("done", pgettext_lazy("an article", "Signed off"), "badge-check")
_READ_BLIND = HitState("open", _("Blind review"), "glasses")
_STATES: dict[tuple[bool, str], HitState] = {
    (False, S.TO_REVIEW): HitState("open", _("Machine translation, not reviewed"), _OPEN_ICON),
    (False, S.FLAGGED): HitState("flagged", _("Machine translation, flagged"), "flag"),
    (False, S.WAITING): HitState(
        "open", _("Machine translation, correction awaiting approval"), _OPEN_ICON
    ),
    (False, S.DONE): HitState("done", _("No issues"), "circle-check"),
    (True, S.TO_REVIEW): HitState("open", _("Approved correction, to review again"), _OPEN_ICON),
    (True, S.FLAGGED): HitState("flagged", _("Approved correction, flagged since"), "flag"),
    (True, S.WAITING): HitState(
        "open", _("Approved correction, another awaiting approval"), _OPEN_ICON
    ),
    (True, S.DONE): HitState("done", _("Approved correction"), "circle-check"),
}
"""What is said of the text in force, by whether it is a correction's and its segment's status."""


@dataclass(frozen=True)
class Hit:
    """A segment that has the words, with its two texts in pieces."""

    segment: Any
    source: list[Piece]
    target: list[Piece]

    @property
    def since(self) -> datetime:
        """When the target text came into force: it was approved then, or imported."""
        moment: datetime = self.segment.since
        return moment

    @property
    def is_corrected(self) -> bool:
        """Whether the target text is that of an approved correction."""
        return bool(self.segment.is_corrected)

    @property
    def has_likely(self) -> bool:
        """Whether the likely translation of the words is marked."""
        return any(piece.is_likely for piece in [*self.source, *self.target])

    @property
    def headline_language(self) -> str:
        """The language of the article's headline."""
        side = "target" if self.segment.article.target_title else "source"
        return str(getattr(self.segment, f"{side}_language"))

    @property
    def state(self) -> HitState:
        """Who has seen this very text so far, and never more than that."""
        if self.segment.is_signed_off:
            return _SIGNED_OFF
        if self.segment.article.in_blind_review:
            return _READ_BLIND
        return _STATES[self.is_corrected, self.segment.status]


def language_pairs(person: User) -> list[tuple[str, str]]:
    """Return the languages, from and to, of the articles that the person may read. One query."""
    rows = Article.objects.visible_to(person).order_by().distinct()
    return sorted(rows.values_list("source__language", "target__language"))


def find_segments(person: User, search: Search) -> list[int]:
    """Return the ids of the segments that have the words, MOST_HITS + 1 at most. One query.

    Those come first of which most was checked: articles that are signed off, then approved
    corrections, then what a reviewer found without issues, then the rest, and last what somebody
    flagged. Among these the text that came into force last is the first.
    """
    rows = _annotated(person).filter(search.condition)
    if search.languages:
        rows = rows.filter(**dict(zip(_IN_ARTICLE, search.languages, strict=True)))
    rank = Case(
        When(is_signed_off=True, then=Value(0)),
        When(status=S.DONE, in_force__isnull=False, then=Value(1)),
        When(status=S.DONE, then=Value(2)),
        When(status=S.FLAGGED, then=Value(4)),
        default=Value(3),
    )
    rows = rows.order_by(rank, F("since").desc(), "-article", "position")
    return list(rows.values_list("pk", flat=True)[: MOST_HITS + 1])


def read_hits(person: User, search: Search, keys: Sequence[int]) -> list[Hit]:
    """Return these segments as hits, in their order. One query."""
    rows = _annotated(person).filter(pk__in=keys).select_related("article")
    rows = rows.annotate(
        source_language=F("article__source__language"),
        target_language=F("article__target__language"),
        is_corrected=Q(in_force__isnull=False),
    )
    patterns = dict.fromkeys(_FIELDS[search.side], re.compile(f"({search.pattern})"))
    hits = []
    for row in sorted(rows, key=lambda each: keys.index(each.pk)):
        source = split_text(row.source_text, patterns.get("source_text"))
        target = split_text(row.text_in_force, patterns.get("text_in_force"))
        languages = (row.source_language, row.target_language)
        hits.append(Hit(row, *mark_translations(source, target, languages)))
    return hits


def find_segment(person: User, key: int) -> Segment | None:
    """Return the segment of this id with its article, if the person may read it. One query."""
    found: Segment | None = _readable(person).filter(pk=key).select_related("article").first()
    return found


def _readable(person: User) -> Any:
    """Return the segments of the articles that the person may read."""
    ready = Segment.objects.filter(article__ready=True).order_by()
    return ready.filter(within_teams(person, "article__team"))


def _annotated(person: User) -> QuerySet[Segment, Any]:
    """Return these segments with their text in force, since when, and if it is signed off."""
    signed_off = SignOff.objects.filter(article=OuterRef("article"), ended_at=None)
    rows: QuerySet[Segment, Any] = _readable(person).with_text_in_force()
    return rows.annotate(
        since=Coalesce("in_force__decided_at", "article__created_at"),
        is_signed_off=Exists(signed_off),
    )
