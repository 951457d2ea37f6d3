"""The discussion of a flag: others answer, its author keeps or removes it, an arbiter decides.

As in translation quality tools, whoever disagrees with a flag says so beside it, the flag's author
answers or lowers the severity, and where they do not agree a third person decides for good. Taking
one's own flag back is ``actions.remove_flag``. Each act raises workflow.Stale and workflow.Refused
as those of ``review.actions`` do.
"""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.models import Event, Finding, Flag
from articles.models.review import ReplyKind
from articles.review.actions import decide_finding, reply, writing


def answer(flag: Flag, *, by: User, revision: int, text: str) -> None:
    """Answer somebody else's flag: doubt it or explain it."""
    with writing(flag.segment, "answer", by=by, revision=revision, thing=flag) as locked:
        reply(flag, ReplyKind.ANSWERED, text, by=by)
        flag.save(update_fields=["talk"])
        Event.objects.record(Event.Act.ANSWERED, segment=locked, by=by, flag=flag.pk, text=text)


def keep(flag: Flag, *, by: User, revision: int, text: str, severity: str = "") -> None:
    """Keep one's own flag after an answer, as severe as it was or otherwise."""
    with writing(flag.segment, "keep", by=by, revision=revision, thing=flag) as locked:
        _reply_and_keep(flag, ReplyKind.KEPT, text, severity, by=by)
        Event.objects.record(
            Event.Act.KEPT,
            segment=locked,
            by=by,
            flag=flag.pk,
            type=flag.type,
            severity=flag.severity,
            text=text,
        )


def uphold(flag: Flag, *, by: User, revision: int, text: str, severity: str = "") -> None:
    """Decide as arbiter that a flag stands, as severe as it was or otherwise."""
    with writing(flag.segment, "uphold", by=by, revision=revision, thing=flag) as locked:
        _reply_and_keep(flag, ReplyKind.UPHELD, text, severity, by=by)
        Event.objects.record(
            Event.Act.UPHELD,
            segment=locked,
            by=by,
            flag=flag.pk,
            type=flag.type,
            severity=flag.severity,
            text=text,
        )


def drop(flag: Flag, *, by: User, revision: int, text: str) -> None:
    """Decide as arbiter that there is no fault.

    The finding that the flag came from is dismissed, so that it does not come back.
    """
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


def _reply_and_keep(flag: Flag, kind: str, text: str, severity: str, *, by: User) -> None:
    """Store the reply and the severity, which stays as it is where ``severity`` is ""."""
    reply(flag, kind, text, by=by)
    flag.severity = severity or flag.severity
    flag.save(update_fields=["talk", "severity", "updated_at"])
