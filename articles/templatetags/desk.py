"""What templates need beyond Django's own tags: icons, exact texts, names of languages, statuses and acts."""

from __future__ import annotations

from functools import lru_cache
from html import escape  # Django's own calls this, and takes ten times as long
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from articles.models import Assignment, Event, Finding, Segment
from articles.models.hidden import BlindStatus
from articles.models.review import Severity, render_message
from articles.text.thresholds import LIKELY_SCORE

register = template.Library()


@register.filter
def unlikely(finding: Finding) -> bool:
    """Whether the finding is left out where only likely ones are shown."""
    return finding.score < LIKELY_SCORE


@register.filter
def finding_text(finding: Any) -> str:
    """What a finding says, stored or not, in the reader's language."""
    return render_message(finding.message, finding.values)


@register.filter
def bare(words: str) -> str:
    """Quoted words without the quotation marks that they begin or end with, which would stand beside our own; marks
    alone stay."""
    return words.strip(' \u00a0\u202f“”„"«»') or words


@register.filter
def counted(number: int, name: str) -> SafeString:
    """Render a number that the script counts on, under its name."""
    return format_html('<span data-count="{}">{}</span>', name, number)


@register.filter
def verbatim_text(text: str) -> SafeString:
    """Escaped text whose carriage returns survive the browser's reading of the page."""
    return SafeString(escape(text).replace("\r", "&#13;"))


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> str:
    """A lucide icon as decoration. Rendering one takes 0.1 ms, so each is made once."""
    return render_to_string("shared/icon.html", {"name": name})


@register.simple_tag
def language_part(name: str, **context: str) -> str:
    """Render a part of a page that is the same for everybody who reads in one language.

    Each process renders it once: the sheet of shortcuts takes as long as ten cards.
    """
    return _language_part(name, get_language(), tuple(context.items()))


@lru_cache(maxsize=64)
def _language_part(name: str, _language: str | None, context: tuple[tuple[str, str], ...]) -> str:
    return render_to_string(name, dict(context))


@register.filter
def language_name(code: str) -> str:
    """“English” for "en", in the reader's language; the code itself where Django has no name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def type_name(name: str) -> str:
    """The MQM type in the reader's language."""
    return _(name) if name else ""


@register.filter
def reason_name(reason: str) -> str:
    """The reason of a dismissal in the reader's language."""
    return str(dict(Finding.Reason.choices).get(reason, reason))


@register.simple_tag
def status_icon(status: str) -> str:
    """The icon of a segment's status."""
    names = {
        "to_review": "circle-dashed",
        "flagged": "flag",
        "waiting": "hourglass",
        "done": "circle-check",
    }
    return icon(names[status])


@register.filter
def status_name(status: str) -> str:
    """A segment's status in the reader's language."""
    return str(Segment.Status(status).label)


@register.filter
def severity_name(severity: str) -> str:
    """A flag's severity in the reader's language."""
    return str(Severity(severity).label)


@register.filter
def detail(event: Event) -> str:
    """What one line of history adds to its act: the type, the reason, whom it is about, whose mark was kept."""
    told = event.details
    said = [type_name(told.get("type", "")), reason_name(told.get("reason", ""))]
    if event.act == Event.Act.ASSIGNED:
        said += [
            told["person"],
            _("no longer") if told["gone"] else str(Assignment.Role(told["role"]).label),
        ]
    elif event.act == Event.Act.FINISHED and told["person"] != str(event.actor):
        said.append(told["person"])
    elif event.act == Event.Act.DECIDED and told["keep"] != "open":
        kept = _("kept: %(names)s") % {"names": ", ".join(told["kept"])}
        said.append(kept if told["kept"] else str(BlindStatus.DROPPED.label))
    return " · ".join(part for part in said if part)
