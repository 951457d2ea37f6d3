"""The tags that make a card: its frame, its two sides, its notes and its foot, most of them out of moulds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Correction
from articles.review.cards import Card, FindingRow, FlagRow
from articles.review.moulds import cast
from articles.review.shortcuts import KEYS
from articles.templatetags.desk import bare, unlikely, verbatim_text
from articles.text.diff import Change

register = template.Library()


class Mark(NamedTuple):
    """A stretch of a text that a finding or a flag is about (a caret where it is empty). ``key`` names its note."""

    start: int
    end: int
    kind: str
    key: str


class MarkedRun(NamedTuple):
    """A stretch of text under the same marks; no text and a caret where words are missing."""

    text: str
    kinds: str
    keys: str
    caret: bool


def split_runs(text: str, marks: list[Mark]) -> Iterator[MarkedRun]:
    """``text`` cut where marks begin and end: joined, the runs are the text. Marks may overlap."""
    size = len(text)
    inside = [
        m._replace(start=max(m.start, 0), end=min(m.end, size)) for m in marks if m.start <= size
    ]
    cuts = sorted({0, size, *(m.start for m in inside), *(m.end for m in inside)})
    for at, end in zip(cuts, [*cuts[1:], size], strict=True):
        if carets := [m for m in inside if m.start == m.end == at]:
            yield _run("", carets, caret=True)
        if at < end:
            yield _run(
                text[at:end], [m for m in inside if m.start <= at and end <= m.end], caret=False
            )


def _run(text: str, marks: list[Mark], *, caret: bool) -> MarkedRun:
    kinds = " ".join(sorted({mark.kind for mark in marks}))
    return MarkedRun(text, kinds, " ".join(sorted({mark.key for mark in marks})), caret)


def card_marks(card: Card, side: str) -> list[Mark]:
    """The marks of the card's open findings and open flags on one side."""
    found: list[Mark] = []
    carets: list[tuple[int | None, str, str]] = []
    for doubt, _why in card.findings:
        key = f"finding-{doubt.pk}"
        kind = "unlikely" if unlikely(doubt) else "finding"
        found += [Mark(start, end, kind, key) for start, end in getattr(doubt, f"{side}_spans")]
        carets.append((doubt.caret, kind, key))
    for flag, _why in card.flags:
        if flag.status == flag.Status.OPEN and not flag.needs_locating:
            key, span = (
                f"flag-{flag.pk}",
                flag.source_span if side == "source" else flag.target_span,
            )
            found += [Mark(span.start, span.end, "flag", key)] if span else []
            carets.append((flag.caret, "flag", key))
    if side == "target":
        found += [Mark(at, at, kind, key) for at, kind, key in carets if at is not None]
    return found


@register.simple_tag(takes_context=True)
def render_card(context: Any, card: Card) -> SafeString:
    """The whole card."""
    segment, article, token = card.segment, card.segment.article, str(context.get("csrf_token", ""))
    inside = {"card": card, "segment": segment, "article": article, "csrf_token": token}
    at_rest, changes = card.state == "rest", card.state != "edit" and card.shows_changes
    if card.state == "edit":
        target = render_to_string("review/edit.html", inside)
    else:
        target = render_changes(card.changes) if changes else render_marked(card, "target")
    return cast(
        "review/card.html",
        {
            "pk": segment.pk,
            "position": segment.position,
            "revision": segment.revision,
            "token": token,
            "back": render_to_string("review/returned.html", inside) if card.sent_back else "",
            "source": render_marked(card, "source"),
            "target": target,
            "notes": "" if card.quiet else notes(card),
            "foot": foot(card) if at_rest else render_to_string("review/forms.html", inside),
        },
        status=segment.status,
        state=card.state,
        elsewhere=card.elsewhere,
        source_language=article.source.language,
        target_language=article.target.language,
        has_source=bool(segment.source_text),
        has_target=bool(segment.target_text),
        has_changes=changes,
    )


def render_marked(card: Card, side: str) -> SafeString:
    """One side's text with its marks; the page holds the text character for character."""
    return render_marked_text(getattr(card.segment, f"{side}_text"), card_marks(card, side))


def render_marked_text(text: str, marks: list[Mark]) -> SafeString:
    """A text with marks in it."""
    if not marks:
        return verbatim_text(text)
    return _joined(
        _marked(run) if run.kinds else verbatim_text(run.text) for run in split_runs(text, marks)
    )


def _marked(run: MarkedRun) -> SafeString:
    places = {"text": verbatim_text(run.text), "keys": run.keys}
    return cast("review/run.html", places, kinds=run.kinds, caret=run.caret)


@register.simple_tag
def render_changes(changes: list[Change]) -> SafeString:
    """What was taken out and put in, in the words around it."""
    if not changes:
        return SafeString(_("No words are left."))
    return _joined(
        verbatim_text(text)
        if kind == "same"
        else cast("review/change.html", {"text": verbatim_text(text)}, kind=kind)
        for kind, text in changes
    )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 each piece is safe


@register.simple_tag
def render_time(at: datetime) -> SafeString:
    """A point in time."""
    here = timezone.localtime(at)
    # What date_format(here, "j M, H:i") says, in a tenth of its time.
    said = f"{here.day} {str(MONTHS_3[here.month]).title()}, {here:%H:%M}"
    return cast("shared/when.html", {"exact": here.isoformat(), "said": said})


def notes(card: Card) -> SafeString:
    """What is noted between the texts of a card and its foot."""
    segment, corrected = card.segment, card.waiting or card.approved
    draft = card.draft if card.state != "edit" else None
    writers = card.writers if card.state != "edit" else []
    places = {
        "notice": card.notice,
        "writers": render_to_string("review/writers.html", {"names": writers}) if writers else "",
        "draft": Truncator(draft.text).chars(90) if draft else "",
        "doubts": _joined(finding_note(card, doubt) for doubt in card.findings),
        "flags": _joined(flag_note(card, mistake) for mistake in card.flags),
        "dismissed": _joined(dismissed_note(card, doubt) for doubt in card.dismissed),
    }
    return cast(
        "review/notes.html",
        places | {"pk": segment.pk} | (_by(corrected) if corrected else {}),
        corrected=corrected.status if corrected else "",
        unsure=segment.uncertain,
        dismissed_count=len(card.dismissed),
        has=tuple(name for name, value in places.items() if value),
        target_language=segment.article.target.language,
    )


def _by(correction: Correction) -> dict[str, str]:
    """Who made and who approved the correction, and when it came to where it stands."""
    people = {"author": str(correction.author), "decider": str(correction.decided_by or "")}
    at = correction.decided_at or correction.submitted_at
    return people | {"at": render_time(at) if at else ""}


def dismissed_note(card: Card, doubt: FindingRow) -> SafeString:
    """A finding that somebody dismissed."""
    finding, why = doubt
    return cast(
        "review/dismissed.html",
        {
            "pk": finding.pk,
            "segment": card.segment.pk,
            "text": finding.text,
            "by": str(finding.decided_by),
        },
        reason=finding.reason,
        may_restore=card.state == "rest" and not why["restore"],
    )


def finding_note(card: Card, doubt: FindingRow) -> SafeString:
    """What a finding says, and what can be done about it."""
    finding, why = doubt
    return cast(
        "review/finding.html",
        {"pk": finding.pk, "segment": card.segment.pk, "text": finding.text},
        at_rest=card.state == "rest",
        finder=finding.finder,
        check_id=finding.check_id,
        type=finding.type,
        unlikely=unlikely(finding),
        may_take=not why["take"],
        may_dismiss=not why["dismiss"],
    )


def flag_note(card: Card, mistake: FlagRow) -> SafeString:
    """What a flag says, what was said of it, and what can be done about it."""
    flag, why = mistake
    words: dict[str, int | str] = {
        "source_quote": bare(flag.source_quote),
        "target_quote": bare(flag.target_quote),
    }
    words["comment"] = flag.comment
    talk = render_to_string("review/replies.html", {"flag": flag}) if flag.talk else ""
    return cast(
        "review/flag_note.html",
        words
        | {"pk": flag.pk, "segment": card.segment.pk, "talk": talk}
        | {"author": flag.author.get_username(), "made": render_time(flag.created_at)},
        at_rest=card.state == "rest",
        type=flag.type,
        severity=flag.severity,
        status=flag.status,
        source_language=card.segment.article.source.language,
        target_language=card.segment.article.target.language,
        has=tuple(name for name in (*words, "needs_locating") if getattr(flag, name)),
        may=tuple(
            move
            for move in ("uphold", "keep", "answer", "edit_flag", "remove_flag")
            if not why[move]
        ),
    )


def foot(card: Card) -> SafeString:
    """What can be done with a card at rest."""
    waiting = card.waiting
    return cast(
        "review/acts.html",
        {
            "pk": card.segment.pk,
            "thing": waiting.pk if waiting else 0,
            "undo": card.undo,
            "refusals": " ".join(card.refusals),
            "in_the_way": card.in_the_way.pk if card.in_the_way else 0,
        },
        status=card.segment.status,
        refused=tuple(move for move, reason in card.reasons.items() if reason),
        has_undo=bool(card.undo),
        waits=bool(waiting),
        own=bool(waiting and waiting.author_id == card.person.pk),
        alike=len(card.alike),
        leads=bool(card.in_the_way),
    )


@register.inclusion_tag("review/act.html", takes_context=True)
def act(context: Any, move: str, label: str) -> dict[str, Any]:
    """The button (or, where a form follows, the link) of a move on the card: greyed out when the rules refuse it."""
    return {
        "move": move,
        "label": label,
        "pk": context["pk"],
        "thing": context["thing"] if move in ("approve", "reject", "withdraw") else None,
        "refused": move in context["refused"],
        "is_link": move in ("flag", "edit", "reject"),
        "key": KEYS.get(move, ""),
        "act": "undo" if move in ("reopen", "withdraw") else move,
    }
