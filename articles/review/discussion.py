"""Floor 3: the talk about a flag. Others answer it, its author keeps it or takes it back, an arbiter has the last word.

As in translation quality tools: whoever doubts an error says so beside it, its finder answers or lowers the severity,
and where they do not agree a third person decides for good. Taking one's own flag back is review.remove_flag.
"""

from __future__ import annotations

from typing import Any

from articles.models import Event, Finding, Flag
from articles.models.review import ReplyKind
from articles.review.actions import decide_finding, reply, writing


def answer(flag: Flag, *, by: Any, revision: int, text: str) -> None:
    """Doubt or explain somebody else's flag."""
    with writing(flag.segment, "answer", by=by, revision=revision, thing=flag) as locked:
        reply(flag, ReplyKind.ANSWERED, text, by=by)
        flag.save(update_fields=["talk"])
        Event.objects.record(Event.Act.ANSWERED, segment=locked, by=by, flag=flag.pk, text=text)


def keep(flag: Flag, *, by: Any, revision: int, text: str, severity: str = "") -> None:
    """Keep one's own flag after an answer, as severe as it was or otherwise."""
    with writing(flag.segment, "keep", by=by, revision=revision, thing=flag) as locked:
        _stands(flag, ReplyKind.KEPT, text, severity, by=by)
        Event.objects.record(
            Event.Act.KEPT,
            segment=locked,
            by=by,
            flag=flag.pk,
            type=flag.type,
            severity=flag.severity,
            text=text,
        )


def uphold(flag: Flag, *, by: Any, revision: int, text: str, severity: str = "") -> None:
    """Say as arbiter that a flag stands, as severe as it was or otherwise."""
    with writing(flag.segment, "uphold", by=by, revision=revision, thing=flag) as locked:
        _stands(flag, ReplyKind.UPHELD, text, severity, by=by)
        Event.objects.record(
            Event.Act.UPHELD,
            segment=locked,
            by=by,
            flag=flag.pk,
            type=flag.type,
            severity=flag.severity,
            text=text,
        )


def drop(flag: Flag, *, by: Any, revision: int, text: str) -> None:
    """Say as arbiter that there is no fault; the finding it came from is dismissed, and does not come back."""
    with writing(flag.segment, "drop", by=by, revision=revision, thing=flag) as locked:
        reply(flag, ReplyKind.DROPPED, text, by=by)
        flag.status = Flag.Status.REMOVED
        flag.save(update_fields=["status", "talk", "updated_at"])
        if flag.finding and flag.finding.status == Finding.Status.TAKEN:
            decide_finding(
                flag.finding, Finding.Status.DISMISSED, by=by, reason=Finding.Reason.WRONG
            )
        Event.objects.record(
            Event.Act.DROPPED, segment=locked, by=by, flag=flag.pk, type=flag.type, text=text
        )


def _stands(flag: Flag, kind: str, text: str, severity: str, *, by: Any) -> None:
    reply(flag, kind, text, by=by)
    flag.severity = severity or flag.severity
    flag.save(update_fields=["talk", "severity", "updated_at"])
