"""Tags and filters for every page: icons, exact texts, names of languages, statuses and acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape  # Django's own calls this, and takes ten times as long
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from articles.models import Assignment, Correction, Event, Finding, Flag, Segment
from articles.models.hidden import BlindStatus
from articles.models.messages import language_name, shown_file_name
from articles.models.review import Severity, render_message
from articles.scoring.mqm import find_choice, join_issue
from articles.teams.embargo import in_words
from articles.text.codes import find_codes, may_have_codes
from articles.text.emphasis import BOLD, LINK, Emphasis, split_emphasis
from articles.text.spans import excerpt_of_change

register = template.Library()


register.filter("file_name", shown_file_name)
register.filter(language_name)


@register.filter
def change_excerpt(correction: Correction) -> str:
    """Return the text of the correction from shortly before its first change on."""
    return excerpt_of_change(correction.before, correction.text)


@register.filter
def finding_text(finding: Any) -> str:
    """Return the message of a finding, stored or not, in the reader's language."""
    return render_message(finding.message, finding.values)


@register.filter
def bare(words: str) -> str:
    """Return quoted words without the quotation marks that they begin or end with.

    The page puts its own marks around them. Words that are marks alone stay as they are.
    """
    return words.strip(' \u00a0\u202f“”„"«»') or words


@register.filter
def counted(number: int, name: str) -> SafeString:
    """Render a number that the script counts on, under its name."""
    return format_html('<span data-count="{}">{}</span>', name, number)


@register.filter
def verbatim_text(text: str) -> SafeString:
    """Return the text escaped, its codes as such.

    Carriage returns are entities, which browsers keep. The text of the page is that of the segment,
    so that its places can be counted.
    """
    if not may_have_codes(text):
        return SafeString(escape(text).replace("\r", "&#13;"))
    pieces = []
    at = 0
    for code in find_codes(text):
        pieces += [escape(text[at : code.span.start]), _render_code(code.span.of(text))]
        at = code.span.end
    pieces.append(escape(text[at:]))
    return SafeString("".join(pieces).replace("\r", "&#13;"))


def render_words(text: str, at: int, emphasis: Sequence[Emphasis]) -> SafeString:
    """Render words as ``verbatim_text`` does, with their emphasis.

    They begin at the place ``at`` of the text that the emphasis is of.
    """
    if not emphasis:
        return verbatim_text(text)
    pieces = []
    for start, end, kinds in split_emphasis(at, at + len(text), emphasis):
        words = verbatim_text(text[start - at : end - at])
        for each in kinds:
            words = _emphasize(words, each)
        pieces.append(words)
    return SafeString("".join(pieces))


def _emphasize(words: SafeString, emphasis: Emphasis) -> SafeString:
    if emphasis.kind == LINK:
        return format_html('<span class="link" title="{}">{}</span>', emphasis.address, words)
    return format_html("<b>{}</b>" if emphasis.kind == BOLD else "<i>{}</i>", words)


def _render_code(code: str) -> str:
    """Render a protected code."""
    label = escape(_("Code: exported unchanged"))
    return f'<code title="{label} · {escape(code)}">{escape(code)}</code>'


@register.simple_tag
def address(name: str, *arguments: int | str) -> str:
    """Return the address of that name, as ``url`` does.

    Each process composes one once: the desk has thirty of its article, which take Django as long
    as forty cards at rest.
    """
    return _address(get_script_prefix(), name, *arguments)


@lru_cache(maxsize=2_000)
def _address(_prefix: str, name: str, *arguments: int | str) -> str:
    return reverse(name, args=arguments)


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> str:
    """Render a lucide icon as decoration. Each is rendered once in a process: it takes 0.1 ms."""
    return render_to_string("shared/icon.html", {"name": name})


@register.simple_tag
def language_part(name: str, **context: str | bool) -> str:
    """Render a part of a page that is the same for everybody who reads in one language.

    Each process renders it once: the sheet of shortcuts takes as long as ten cards.
    """
    return _language_part(name, get_language(), tuple(context.items()))


@lru_cache(maxsize=64)
def _language_part(
    name: str, _language: str | None, context: tuple[tuple[str, str | bool], ...]
) -> str:
    return render_to_string(name, dict(context))


@register.filter
def type_name(name: str) -> str:
    """Return the MQM type in the reader's language."""
    return _(name) if name else ""


@register.filter
def issue_name(flag: Flag) -> str:
    """Return what editors call the issue of a flag, in the reader's language."""
    choice = find_choice(flag.type, flag.issue)
    return _(choice.label) if choice else type_name(flag.type)


@register.filter
def flag_mqm(flag: Flag) -> str:
    """Return MQM's name of a flag's issue, "" where editors call it the same."""
    return mqm_name(join_issue(flag.type, flag.issue))


@register.filter
def mqm_name(value: str) -> str:
    """Return MQM's name of an issue type of the form, "" where editors call it the same."""
    type_, _slash, issue = str(value).partition("/")
    choice = find_choice(type_, issue)
    return type_name(type_) if choice and choice.label != type_ else ""


@register.filter
def reason_name(reason: str) -> str:
    """Return a reason in the reader's language, as far as it is a usual one.

    It is the reason of a dismissal, or that of returning a correction, which is stored as whoever
    returned it read it, own words after it.
    """
    names = {str(value): str(label) for value, label in Finding.Reason.choices}
    if reason in names:
        return names[reason]
    for label, cause in _causes_by_label().items():
        if reason == label or reason.startswith(f"{label} – "):
            return str(Correction.Cause(cause).label) + reason[len(label) :]
    return reason


@lru_cache(maxsize=1)
def _causes_by_label() -> dict[str, str]:
    """Return the usual reasons to return a correction by their labels in each language."""
    causes: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for cause in Correction.Cause:
                causes[str(cause.label)] = cause.value
    return causes


@register.simple_tag
def status_icon(status: str) -> str:
    """Render the icon of a segment's status."""
    names = {
        "to_review": "circle-dashed",
        "flagged": "flag",
        "waiting": "hourglass",
        "done": "circle-check",
    }
    return icon(names[status])


@register.filter
def status_name(status: str) -> str:
    """Return a segment's status in the reader's language."""
    return str(Segment.Status(status).label)


@register.filter
def severity_name(severity: str) -> str:
    """Return a flag's severity in the reader's language."""
    return str(Severity(severity).label)


@register.filter
def detail(event: Event) -> str:
    """Return what one line of history adds to its act.

    The type, the reason, whom it is about, or whose mark was kept.
    """
    details = event.details
    parts = [type_name(details.get("type", "")), reason_name(details.get("reason", ""))]
    if event.act == Event.Act.ASSIGNED:
        role = Assignment.Role(details["role"]).label
        parts.append(details["person"])
        parts.append(_("no longer assigned") if details["gone"] else str(role))
    elif "edit_of" in details:
        parts.append(_("edit of %(author)s’s correction") % {"author": details["edit_of"]})
    elif event.act == Event.Act.FINISHED and details["person"] != str(event.actor):
        parts.append(details["person"])
    elif event.act == Event.Act.DECIDED and details["keep"] != "open":
        parts.append(_kept(details["kept"]))
    return " · ".join(part for part in parts if part)


@register.filter
def event_text(event: Event) -> str:
    """Return the words of an event; the time of an embargo in the reader's language."""
    text = str(event.details.get("text", ""))
    if event.act != Event.Act.EMBARGOED or not event.details.get("until"):
        return text
    try:
        until = datetime.fromisoformat(str(event.details["until"]))
        return in_words(until) if timezone.is_aware(until) else text
    except (ValueError, OverflowError):  # a file may say anything of its history
        return text


def _kept(names: list[str]) -> str:
    if not names:
        return str(BlindStatus.DROPPED.label)
    return _("kept: %(names)s") % {"names": ", ".join(names)}
