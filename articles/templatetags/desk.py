"""What the templates of the desk need beyond Django's own tags: marked texts, icons, names of languages and acts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from articles.models import Event, Finding, Segment
from articles.models.review import in_words
from articles.shortcuts import KEYS
from articles.views.cards import Card

register = template.Library()
LIKELY = 0.75
"""How likely a finding is, at least, where only likely ones are shown: three of four are right."""


class Mark(NamedTuple):
    """A stretch of a text that a finding or a flag is about (a caret where it is empty). ``key`` names its note."""

    start: int
    end: int
    kind: str
    key: str


class Run(NamedTuple):
    """A stretch of text under the same marks; no text and a caret where words are missing."""

    text: str
    kinds: str
    keys: str
    caret: bool


def runs(text: str, marks: list[Mark]) -> Iterator[Run]:
    """``text`` cut where marks begin and end: joined, the runs are the text. Marks may overlap."""
    size = len(text)
    inside = [m._replace(start=max(m.start, 0), end=min(m.end, size)) for m in marks if m.start <= size]
    cuts = sorted({0, size, *(m.start for m in inside), *(m.end for m in inside)})
    for at, end in zip(cuts, [*cuts[1:], size], strict=True):
        if carets := [m for m in inside if m.start == m.end == at]:
            yield _run("", carets, caret=True)
        if at < end:
            yield _run(text[at:end], [m for m in inside if m.start <= at and end <= m.end], caret=False)


def _run(text: str, marks: list[Mark], *, caret: bool) -> Run:
    kinds = " ".join(sorted({mark.kind for mark in marks}))
    return Run(text, kinds, " ".join(sorted({mark.key for mark in marks})), caret)


def marks_of(card: Card, side: str) -> list[Mark]:
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
            key, span = f"flag-{flag.pk}", flag.source_span if side == "source" else flag.target_span
            found += [Mark(span.start, span.end, "flag", key)] if span else []
            carets.append((flag.caret, "flag", key))
    if side == "target":
        found += [Mark(at, at, kind, key) for at, kind, key in carets if at is not None]
    return found


@register.filter
def unlikely(finding: Finding) -> bool:
    """Whether the finding is left out where only likely ones are shown."""
    return finding.score < LIKELY


@register.filter
def finding_text(finding: Any) -> str:
    """What a finding says, stored or not, in the reader's language."""
    return in_words(finding.message, finding.values)


@register.inclusion_tag("_parts/marked.html")
def marked(card: Card, side: str) -> dict[str, Any]:
    """One side's text with its marks; the page holds the text character for character."""
    return {"runs": runs(getattr(card.segment, f"{side}_text"), marks_of(card, side))}


@register.filter
def verbatim_text(text: str) -> SafeString:
    """Escaped text whose carriage returns survive the browser's reading of the page."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308 escaped just here


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> str:
    """A lucide icon as decoration. Rendering one takes 0.1 ms, so each is made once."""
    return render_to_string("_parts/icon.html", {"name": name})


SHELL = {"pk": 901_190_119, "position": 801_180_118, "revision": 701_170_117}
"""The numbers of the stand-in segment: nothing else in a shell has any like them."""
WORDS = {"source_text": "\ue000source\ue000", "target_text": "\ue000target\ue000"}
TOKEN = "\ue000token\ue000"  # noqa: S105 a place, not a secret


@register.simple_tag(takes_context=True)
def quiet_card(context: Any, card: Card) -> str:
    """A card with nothing on it but its texts. Such cards differ in numbers and words alone, so one shell is rendered
    for all of the same standing, and each puts its own in: 30 times as fast as rendering every one.
    """
    segment = card.segment
    texts = {name: getattr(segment, name) for name in WORDS}
    languages = (segment.article.source.language, segment.article.target.language)
    key = (get_language(), segment.status, languages, *map(bool, texts.values()))
    html = _shell(key, tuple(card.refusals), card, template="_fragments/card.html")
    for name, number in SHELL.items():
        html = html.replace(str(number), str(getattr(segment, name)))
    html = html.replace(TOKEN, str(context["csrf_token"]))
    for name, place in WORDS.items():  # last: whatever the texts hold, nothing is looked for in them
        before, found, after = html.partition(place)
        html = before + verbatim_text(texts[name]) + after if found else html
    return mark_safe(html)  # noqa: S308 the template's own escaping, and verbatim_text


_shells: dict[tuple[Any, ...], str] = {}


@register.simple_tag
def quiet_acts(card: Card) -> str:
    """The foot of a card on which nothing waits and nothing can be undone: one rendering for all of a standing."""
    html = _shell((get_language(), card.segment.status), tuple(card.refusals), card, template="_parts/acts.html")
    return mark_safe(html.replace(str(SHELL["pk"]), str(card.segment.pk)))  # noqa: S308 the template's own escaping


def _shell(key: tuple[Any, ...], refusals: tuple[str, ...], card: Card, *, template: str) -> str:
    """A template with the card of a stand-in segment of the same standing. There are few standings; when there are
    many, begin anew.
    """
    if (found := _shells.get((template, *key, refusals))) is not None:
        return found
    own = card.segment
    words = {name: place if getattr(own, name) else "" for name, place in WORDS.items()}
    segment = Segment(article=own.article, status=own.status, score=own.score, **SHELL, **words)
    segment.shown_findings, segment.shown_flags, segment.shown_corrections = [], [], []
    context = {"card": Card(segment, card.person), "segment": segment, "csrf_token": TOKEN}
    html = render_to_string(template, context)
    if len(_shells) > 500:
        _shells.clear()
    _shells[(template, *key, refusals)] = html
    return html


@register.filter
def language_name(code: str) -> str:
    """“English” for "en", in the reader's language; the code itself where Django has no name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """``mapping[key]``, None where it has none."""
    return mapping.get(key)


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
    names = {"to_review": "circle-dashed", "flagged": "flag", "waiting": "hourglass", "done": "circle-check"}
    return icon(names[status])


@register.filter
def detail(event: Event) -> str:
    """What one line of history adds to its act: the type, the reason."""
    said = [type_name(event.details.get("type", "")), reason_name(event.details.get("reason", ""))]
    return " · ".join(part for part in said if part)


@register.inclusion_tag("_parts/act.html")
def act(card: Card, move: str, label: str) -> dict[str, Any]:
    """The button (or, where a form follows, the link) of a move on the card: greyed out when the rules refuse it."""
    thing = [card.waiting.pk] if move in ("approve", "reject", "withdraw") and card.waiting else []
    return {
        "move": move,
        "label": label,
        "url": card.url(move, *thing),
        "refused": card.reasons[move],
        "is_link": move in ("flag", "edit", "reject"),
        "key": KEYS.get(move, ""),
        "act": "undo" if move in ("reopen", "withdraw") else move,
        "why_id": f"why-{card.segment.pk}",
    }
