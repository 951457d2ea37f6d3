"""Read an exported Word file that comes back reviewed; what changed in it becomes proposals.

First the file is examined: which segments have other words now, and whether each change may be
proposed. Then the chosen ones are sent to approval, segment by segment, by the person who brought
the file; each is stored whole or not at all.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.exporting.actions import to_interchange
from articles.formats import BadFile, interchange
from articles.formats.interchange import LARGEST_TEXT, read_all
from articles.formats.office.docx_read import (
    Comment,
    ReviewedDocument,
    locate_segments,
    proposed_corrections,
    read_reviewed,
    table_corrections,
)
from articles.formats.tables.delimited import describe_flag
from articles.formats.text.plain import corrected_text
from articles.models import Article, Correction, Segment
from articles.review import actions, workflow
from articles.text.diff import Change, edits, redline
from articles.text.thresholds import SAME_WORD_FILE

_FOREIGN = gettext_noop(
    "this is another text than “%(title)s”: most of its words are not in the file"
)


@dataclass(frozen=True)
class Proposal:
    """A new text for a segment.

    ``author`` changed it in Word. ``reason`` says why it cannot be proposed, and ``warning`` why
    it may not be meant; each is "" when there is none.
    """

    segment: Segment
    before: str
    text: str
    author: str = ""
    reason: str = ""
    warning: str = ""

    @property
    def changes(self) -> list[Change]:
        """The redline from the words in force to the proposed ones."""
        return redline(self.before, self.text)

    @property
    def value(self) -> str:
        """What ``submit_proposals`` needs of it, for a form to carry.

        JSON, because a browser changes the line ends of a plain value.
        """
        return json.dumps([self.segment.pk, self.segment.revision, self.text])


@dataclass(frozen=True)
class WordComment:
    """A comment that somebody wrote in Word, and the segment it is about where that is known."""

    comment: Comment
    segment: Segment | None


class ReviewedFile(NamedTuple):
    """The contents of a file that came back."""

    proposals: list[Proposal]
    comments: list[WordComment]


def read_proposals(article: Article, file: BinaryIO, *, by: User) -> ReviewedFile:
    """Return the proposals and comments of the reviewed file, in reading order; store nothing.

    Raises BadFile for what is no Word file, or another text.
    """
    data = read_all(file, 5 * LARGEST_TEXT)
    exported = to_interchange(article)
    exported = replace(exported, segments=list(exported.segments))
    found = table_corrections(exported, data)
    reviewed = read_reviewed(data)
    is_table = found is not None
    if found is None:
        if not _belongs_to(exported, reviewed):
            raise BadFile(_FOREIGN, title=article.title)
        found = proposed_corrections(exported, reviewed)
    changed = {int(segment.id): correction for segment, correction in found}
    rows = (
        article.segments.filter(position__in=list(changed))
        .prefetch_related("corrections")
        .order_by("position")
    )
    comments = _new_comments(article, exported, reviewed, is_table=is_table)
    return ReviewedFile([_proposal(row, changed[row.position], by=by) for row in rows], comments)


def _new_comments(
    article: Article, exported: interchange.Article, reviewed: ReviewedDocument, *, is_table: bool
) -> list[WordComment]:
    """Return the comments in the file that were not exported with it."""
    exported_comments = _exported_comments(_placed_segments(exported))
    comments = [
        comment
        for comment in reviewed.comments
        if _normalize(comment.text) not in exported_comments
    ]
    if is_table or not comments:  # a table does not tell to which segment a comment belongs
        return [WordComment(comment, None) for comment in comments]
    return _located_comments(article, exported, reviewed, comments)


def _located_comments(
    article: Article,
    exported: interchange.Article,
    reviewed: ReviewedDocument,
    comments: Iterable[Comment],
) -> list[WordComment]:
    """Return the comments with the segments whose words they stand in."""
    segments = _placed_segments(exported)
    places = locate_segments(exported, segments, reviewed.accepted)
    ends = [end for _start, end in places]
    rows = {row.position: row for row in article.segments.all()}
    found = []
    for comment in comments:
        row = None
        if ends:
            number = min(bisect_right(ends, comment.at), len(ends) - 1)
            row = rows.get(int(segments[number].id))
        found.append(WordComment(comment, row))
    return found


def _placed_segments(exported: interchange.Article) -> list[interchange.Segment]:
    return [segment for segment in exported.segments if segment.target_span is not None]


def _exported_comments(segments: Iterable[interchange.Segment]) -> set[str]:
    """Return the texts of the comments that the exported file has for its flags."""
    texts: set[str] = set()
    for segment in segments:
        texts.update(_normalize(describe_flag(flag, segment)) for flag in segment.flags)
    return texts


def _normalize(text: str) -> str:
    return " ".join(text.split())


def submit_proposals(
    article: Article, chosen: Iterable[tuple[int, int, str]], *, by: User
) -> list[Proposal]:
    """Send proposals to approval, each (segment id, its revision when examined, text).

    A segment that is done is reopened for it. Proposals that the rules refuse have a ``reason``,
    and leave nothing behind.
    """
    results = []
    for key, revision, text in chosen:
        row = article.segments.filter(pk=key).prefetch_related("corrections").first()
        if row is not None:
            before = actions.current_text(row)
            reason = _submit(row, text, by=by, revision=revision)
            results.append(Proposal(row, before, text, reason=reason))
    return results


def _submit(row: Segment, text: str, *, by: User, revision: int) -> str:
    """Reopen the segment and submit the text as one act; return why it was refused, or ""."""
    try:
        with transaction.atomic():
            reason = _refusal(row, text, by=by)
            if reason:
                return reason
            if row.status == Segment.Status.DONE:
                actions.reopen(row, by=by, revision=revision)
                revision = row.revision
            actions.submit(row, by=by, revision=revision, text=text)
    except (workflow.Refused, workflow.Stale) as refused:
        return str(refused)
    return ""


def _proposal(row: Segment, made: interchange.Correction, *, by: User) -> Proposal:
    uses_crlf = "\r\n" in row.target_text
    text = made.after.replace("\n", "\r\n") if uses_crlf else made.after
    reason = _refusal(row, text, by=by)
    warning = _outdated_warning(row, text)
    return Proposal(row, made.before, text, made.author, reason, warning)


def _outdated_warning(row: Segment, text: str) -> str:
    """Return a sentence where ``text`` is what stood there before an approved correction."""
    approved = None
    earlier = {row.target_text}
    for correction in row.corrections.all():
        if correction.status == Correction.Status.APPROVED:
            approved = correction
        elif correction.status == Correction.Status.REPLACED:
            earlier.add(correction.text)
    if approved is None or text not in earlier:
        return ""
    words = _(
        "These are the words from before %(author)s’s correction, approved on %(time)s: "
        "it was rejected in Word, or the file is older."
    )
    return words % {"author": approved.author, "time": f"{approved.decided_at:%Y-%m-%d %H:%M}"}


def _refusal(row: Segment, text: str, *, by: User) -> str:
    """Return why this person cannot propose the text, or ""."""
    corrections = row.corrections.all()
    submitted = {
        correction.text
        for correction in corrections
        if correction.status == Correction.Status.SUBMITTED
    }
    if text in submitted:
        return _("This very text is already waiting for approval.")
    if _other_draft(corrections, text, by=by):
        return _("You have begun a correction of your own here; send it or discard it first.")
    move = "reopen" if row.status == Segment.Status.DONE else "draft"
    return workflow.why_not(move, by, row) or ""


def _other_draft(corrections: Iterable[Correction], text: str, *, by: User) -> bool:
    """Return whether this person has begun to write another text."""
    drafts = [
        correction.text
        for correction in corrections
        if correction.status == Correction.Status.DRAFT and correction.author_id == by.pk
    ]
    return any(draft != text for draft in drafts)


def _belongs_to(exported: interchange.Article, reviewed: ReviewedDocument) -> bool:
    """Return whether the file holds the article, with all changes rejected or all accepted."""
    if _shared(exported.target, reviewed.rejected) >= SAME_WORD_FILE:
        return True
    return _shared(corrected_text(exported), reviewed.accepted) >= SAME_WORD_FILE


def _shared(before: str, after: str) -> float:
    """Return the share of characters that stayed, of the longer text."""
    removed = sum(edit.span.end - edit.span.start for edit in edits(before, after))
    return (len(before) - removed) / max(len(before), len(after), 1)
