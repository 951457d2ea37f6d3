"""Changed texts that come back in a file: what may be proposed of them, and sending it to approval.

Each proposal is stored whole or not at all, in the name of the person who brought the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article, Correction, Segment
from articles.models.people import name_of
from articles.review import actions, workflow
from articles.text.diff import Change, redline


@dataclass(frozen=True)
class Proposal:
    """A new text for a segment.

    ``author`` changed it elsewhere. ``reason`` says why it cannot be proposed, and ``warning`` why
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


def make_proposal(row: Segment, before: str, after: str, author: str, *, by: User) -> Proposal:
    """Return the proposal of ``after``, with what speaks against it.

    ``row`` has its corrections prefetched. ``before`` are the words in force when the file was
    exported; ``after`` gets the line ends of the segment.
    """
    text = with_own_line_ends(row, after)
    reason = why_not_propose(row, text, by=by)
    return Proposal(row, before, text, author, reason, _outdated_warning(row, text))


def with_own_line_ends(row: Segment, text: str) -> str:
    """Return the text, whose lines end in line feeds, with the line ends of the segment."""
    return text.replace("\n", "\r\n") if "\r\n" in row.target_text else text


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
            reason = why_not_propose(row, text, by=by)
            if reason:
                return reason
            if row.status == Segment.Status.DONE:
                actions.reopen(row, by=by, revision=revision)
                revision = row.revision
            actions.submit(row, by=by, revision=revision, text=text)
    except (workflow.Refused, workflow.Stale) as refused:
        return str(refused)
    return ""


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
        "These words are older than %(author)s’s correction, approved on %(time)s: it was "
        "rejected in the file, or the file is older."
    )
    time = date_format(localtime(approved.decided_at), "SHORT_DATETIME_FORMAT")
    return words % {"author": name_of(approved.author), "time": time}


def why_not_propose(row: Segment, text: str, *, by: User) -> str:
    """Return why this person cannot propose the text, or ""; the row has its corrections."""
    corrections = row.corrections.all()
    submitted = {
        correction.text
        for correction in corrections
        if correction.status == Correction.Status.SUBMITTED
    }
    if text in submitted:
        return _("This text is already awaiting approval.")
    if _other_draft(corrections, text, by=by):
        return _("You have a draft here; submit or discard it first.")
    move = "reopen" if row.status == Segment.Status.DONE else "draft"
    return workflow.why_not(move, by, row) or ""


def _other_draft(corrections: Iterable[Correction], text: str, *, by: User) -> bool:
    """Return whether this person has begun to write another text."""
    for correction in corrections:
        is_own_draft = (
            correction.status == Correction.Status.DRAFT and correction.author_id == by.pk
        )
        if is_own_draft and correction.text != text:
            return True
    return False
