"""Floor 3: a Word file that was handed out comes back reviewed; what changed in it becomes proposals.

First it is examined: which segments' words are others now, and of each whether it may be proposed. Then the chosen
ones are sent to approval, segment by segment, by whoever brought the file; each is taken whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.exporting.actions import exchanged
from articles.formats import BadFile, interchange
from articles.formats.interchange import LARGEST_TEXT, read_all
from articles.formats.office.docx_read import (
    Comment,
    Reviewed,
    placed,
    proposals,
    read_reviewed,
    table_proposals,
)
from articles.formats.tables.delimited import described
from articles.formats.text.plain import corrected
from articles.models import Article, Correction, Segment
from articles.review import actions, workflow
from articles.text.diff import Change, edits, redline

C = Correction.Status
SAME_ARTICLE = 0.5
"""A file belongs to the article when at least this share of the characters stayed, with or without its changes."""

_FOREIGN = gettext_noop(
    "this is another text than “%(title)s”: most of its words are not in the file"
)


@dataclass(frozen=True)
class Proposal:
    """A new text for a segment. ``author`` is who changed it in Word; ``reason`` says why it cannot be proposed, and
    ``doubt`` why it may not be meant, each "" when there is none."""

    segment: Segment
    before: str
    text: str
    author: str = ""
    reason: str = ""
    doubt: str = ""

    @property
    def changes(self) -> list[Change]:
        """The redline from the words in force to the proposed ones."""
        return redline(self.before, self.text)

    @property
    def value(self) -> str:
        """What ``take`` needs of it, for a form to carry: line ends survive a browser inside JSON."""
        return json.dumps([self.segment.pk, self.segment.revision, self.text])


@dataclass(frozen=True)
class Remark:
    """A comment that somebody wrote in Word, and the segment it is about where that is known."""

    comment: Comment
    segment: Segment | None


class Returned(NamedTuple):
    """What is in a file that came back."""

    proposals: list[Proposal]
    remarks: list[Remark]


def examine(article: Article, file: BinaryIO, *, by: Any) -> Returned:
    """What the reviewed file proposes and remarks, in reading order; nothing is stored. Raises BadFile for what is no
    Word file, or another text."""
    data = read_all(file, 5 * LARGEST_TEXT)
    sent = exchanged(article)
    sent = replace(sent, segments=list(sent.segments))
    found, reviewed = table_proposals(sent, data), read_reviewed(data)
    is_table = found is not None
    if found is None:
        if not _is_of(sent, reviewed):
            raise BadFile(_FOREIGN, title=article.title)
        found = proposals(sent, reviewed)
    changed = {int(each.id): made for each, made in found}
    rows = (
        article.segments.filter(position__in=list(changed))
        .prefetch_related("corrections")
        .order_by("position")
    )
    remarks = list(_remarks(article, sent, reviewed, is_table=is_table))
    return Returned([_proposal(row, changed[row.position], by=by) for row in rows], remarks)


def _remarks(
    article: Article, sent: interchange.Article, reviewed: Reviewed, *, is_table: bool
) -> Iterator[Remark]:
    """The comments in the file that did not go out with it; in a table nobody knows to which segment they belong."""
    segments = [segment for segment in sent.segments if segment.target_span is not None]
    ours = {_squeezed(described(flag, segment)) for segment in segments for flag in segment.flags}
    others = [each for each in reviewed.comments if _squeezed(each.text) not in ours]
    ends = (
        []
        if is_table or not others
        else [end for _start, end in placed(sent, segments, reviewed.accepted)]
    )
    rows = {row.position: row for row in article.segments.all()} if ends else {}
    for each in others:
        number = next((number for number, end in enumerate(ends) if each.at < end), len(ends) - 1)
        yield Remark(each, rows.get(int(segments[number].id)) if ends else None)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def take(article: Article, chosen: Iterable[tuple[int, int, str]], *, by: Any) -> list[Proposal]:
    """Send proposals, each (segment id, its revision when examined, text), to approval. A segment that is done is
    reopened for it. Those that the rules refuse have a ``reason``, and left nothing behind."""
    told = []
    for key, revision, text in chosen:
        row = article.segments.filter(pk=key).prefetch_related("corrections").first()
        if row is not None:
            before = actions.current_text(row)
            told.append(
                Proposal(row, before, text, reason=_sent(row, text, by=by, revision=revision))
            )
    return told


def _sent(row: Segment, text: str, *, by: Any, revision: int) -> str:
    """Reopen and submit as one act; why it was refused, or ""."""
    try:
        with transaction.atomic():
            if reason := _why_not(row, text, by=by):
                return reason
            if row.status == Segment.Status.DONE:
                actions.reopen(row, by=by, revision=revision)
                revision = row.revision
            actions.submit(row, by=by, revision=revision, text=text)
    except (workflow.Refused, workflow.Stale) as refused:
        return str(refused)
    return ""


def _proposal(row: Segment, made: interchange.Correction, *, by: Any) -> Proposal:
    crlf = "\r\n" in row.target_text
    text = made.after.replace("\n", "\r\n") if crlf else made.after
    corrections = list(row.corrections.all())
    approved = next((each for each in corrections if each.status == C.APPROVED), None)
    earlier = {row.target_text, *(each.text for each in corrections if each.status == C.REPLACED)}
    doubt = ""
    if approved and text in earlier:
        words = _(
            "These are the words from before %(author)s’s correction, approved on %(time)s: "
            "it was rejected in Word, or the file is older."
        )
        doubt = words % {"author": approved.author, "time": f"{approved.decided_at:%Y-%m-%d %H:%M}"}
    return Proposal(row, made.before, text, made.author, _why_not(row, text, by=by), doubt)


def _why_not(row: Segment, text: str, *, by: Any) -> str:
    """Why the text cannot be proposed by this person, or ""."""
    for each in row.corrections.all():
        if each.status == C.SUBMITTED and each.text == text:
            return _("This very text is already waiting for approval.")
        if each.status == C.DRAFT and each.author_id == by.pk and each.text != text:
            return _("You have begun a correction of your own here; send it or discard it first.")
    return (
        workflow.why_not("reopen" if row.status == Segment.Status.DONE else "draft", by, row) or ""
    )


def _is_of(sent: interchange.Article, reviewed: Reviewed) -> bool:
    """Whether the file holds the article: as it was with all changes rejected, or as it is with all accepted."""
    return (
        _share(sent.target, reviewed.rejected) >= SAME_ARTICLE
        or _share(corrected(sent), reviewed.accepted) >= SAME_ARTICLE
    )


def _share(before: str, after: str) -> float:
    """The share of characters that stayed, of the longer text."""
    gone = sum(edit.span.end - edit.span.start for edit in edits(before, after))
    return (len(before) - gone) / max(len(before), len(after), 1)
