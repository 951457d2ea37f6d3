"""An approver edits a correction that waits: the edit is a correction of their own in its place.

It needs the approval of the author of what was edited, or of another approver, so that two people
stand behind every text. Members of the role that the settings name approve their edit with it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.findings.corrections import show_hidden_findings
from articles.findings.tasks import queue_correction_check
from articles.models import Correction, Event, Segment
from articles.models.roles import may_decide_alone
from articles.review import actions, workflow


def revise(correction: Correction, *, by: User, revision: int, text: str) -> Correction:
    """Put the person's edit in the place of another person's waiting correction; return the edit.

    It waits for approval, or is approved where the person may decide alone. What was typed is kept
    as a draft even if this is refused.
    """
    segment = correction.segment
    edit = actions.save_draft(segment, by=by, revision=revision, text=text)
    is_alone = may_decide_alone(by, segment.article)
    move = "decide_alone" if is_alone else "revise"
    with actions.writing(segment, move, by=by, revision=revision, thing=correction) as locked:
        edit.before = actions.current_text(locked)
        edit.edit_of = correction
        _check_contents(edit, locked, is_alone=is_alone)
        actions.decide_correction(correction, Correction.Status.EDITED, by=by)
        show_hidden_findings(correction)
        edit.status = Correction.Status.SUBMITTED
        edit.submitted_at = timezone.now()
        edit.checked = ""
        edit.save()
        details: dict[str, Any] = {"edit_of": str(correction.author)}
        if is_alone:
            actions.bring_into_force(edit, locked, by=by, **details)
            return edit
        queue_correction_check(edit)
        Event.objects.record(
            Event.Act.REVISED,
            segment=locked,
            by=by,
            correction=edit.pk,
            before=edit.before,
            after=edit.text,
            **details,
        )
    return edit


def _check_contents(edit: Correction, locked: Segment, *, is_alone: bool) -> None:
    """Raise Refused where the edit changes nothing, or may not be approved as it stands."""
    if edit.edit_of is not None and edit.text == edit.edit_of.text:
        raise workflow.Refused(_("You changed nothing; approve the correction as it is."))
    if edit.text == edit.before:
        raise workflow.Refused(_("This is the current text; return the correction instead."))
    incomplete = workflow.why_incomplete(locked, edit)
    if incomplete is not None:
        raise workflow.Refused(incomplete)
    flag = workflow.unrepaired(locked, edit) if is_alone else None
    if flag is not None:
        raise workflow.Refused(workflow.why_unrepaired(flag))
