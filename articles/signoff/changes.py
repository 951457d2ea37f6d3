"""The sentences of an article that differ from the machine's translation, for who signs it off."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, Correction
from articles.text.diff import Change, redline

SHOWN = 50
"""Changed sentences that the page lists; the reading view shows all in their places."""


@dataclass(frozen=True)
class ChangedSentence:
    """An approved correction, and the changes that it makes to the machine's words."""

    correction: Correction
    changes: list[Change]


@dataclass(frozen=True)
class Changed:
    """How many segments have another text than the machine's, and the first of them."""

    count: int
    shown: list[ChangedSentence]

    @property
    def left(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def changed_sentences(article: Article) -> Changed:
    """Return the approved corrections of the article in the order of its text. Two queries."""
    approved = Correction.objects.filter(
        segment__article=article, status=Correction.Status.APPROVED
    ).order_by("segment__position")
    rows = approved.select_related("segment", "author", "decided_by")[:SHOWN]
    shown = []
    for row in rows:
        shown.append(ChangedSentence(row, redline(row.segment.target_text, row.text)))
    return Changed(approved.count(), shown)
