"""The comments of an exported Word file: flags, and what is known of corrections without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from articles.formats.interchange import Correction, Finding, Flag, Segment
from articles.formats.office.docx_elements import legal_text
from articles.formats.office.docx_signature import NOBODY, word_date
from articles.formats.tables.delimited import describe_flag
from articles.text.diff import edits
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

WITHOUT_FLAG = _("Corrected without a flag.")
"""The words with which the comment of such a correction begins."""
_FINDING = _("Finding: %(finding)s")
_APPROVED = _("Approved by %(person)s.")
_APPROVED_WITH = _("Approved by %(person)s: %(reason)s")
_WAITING = _("Awaiting approval.")

_MOST_FINDINGS = 3
"""Findings that a comment names, the most likely ones: a sentence written anew resolves many."""

Translate = Callable[[str], str]


class SegmentComment(NamedTuple):
    """A comment on words of a segment's target, and who wrote it when; None for no known time."""

    span: Span
    text: str
    author: str
    time: datetime | None


def comments_on(segment: Segment, translate: Translate) -> Iterator[SegmentComment]:
    """Yield a comment for each flag of a segment.

    Where there is none, yield one for the approved correction: each change has one that says why.
    """
    for flag in segment.flags:
        text = describe_flag(flag, segment, translate)
        yield SegmentComment(_flagged_span(flag, segment), text, flag.author, flag.time)
    correction = segment.approved
    if segment.flags or correction is None or correction.after == segment.target:
        return
    time = correction.submitted or correction.decided
    text = describe_correction(correction, segment, translate)
    span = _changed_span(segment.target, correction.after)
    yield SegmentComment(span, text, correction.author, time)


def _flagged_span(flag: Flag, segment: Segment) -> Span:
    """Return the flag's words in the target, else its caret, else the whole target."""
    if flag.target_span:
        return flag.target_span
    if flag.caret is not None:
        return Span(flag.caret, flag.caret)
    return Span(0, len(segment.target))


def _changed_span(before: str, after: str) -> Span:
    """Return the stretch of the words before in which all changes are."""
    changes = list(edits(before, after))
    return Span(changes[0].span.start, changes[-1].span.end)


def describe_correction(correction: Correction, segment: Segment, translate: Translate) -> str:
    """Return what is known of a correction without a flag, a line each.

    These are the findings that it resolved, who approved it, and what they wrote.
    """
    lines = [translate(WITHOUT_FLAG)]
    resolved = [finding for finding in segment.findings if finding.status == "closed"]
    for finding in resolved[:_MOST_FINDINGS]:
        message = _finding_message(finding, translate)
        lines.append(translate(_FINDING) % {"finding": message})
    if correction.decided is None:
        lines.append(translate(_WAITING))
    elif correction.decided_by:
        sentence = _APPROVED
        if correction.reason:
            sentence = _APPROVED_WITH
        values = {"person": correction.decided_by, "reason": correction.reason}
        lines.append(translate(sentence) % values)
    return "\n".join(lines)


def _finding_message(finding: Finding, translate: Translate) -> str:
    """Return what a check said, in the language of ``translate`` where it can be translated."""
    if not finding.template:
        return translate(finding.message)
    values = dict(finding.values)
    for name in ("type", "language"):
        if values.get(name):
            values[name] = translate(str(values[name]))
    return translate(finding.template) % values


def add_comment(document: Any, comment: SegmentComment) -> int:
    """Add a comment to the document's comments; return its number."""
    author = comment.author or NOBODY
    initials = "".join(word[0] for word in author.split())
    text = legal_text(comment.text)
    added = document.comments.add_comment(text=text, author=legal_text(author))
    added.initials = legal_text(initials)
    if comment.time:
        added._comment_elm.set(qn("w:date"), word_date(comment.time))
    return int(added.comment_id)
