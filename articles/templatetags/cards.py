"""The tags and filters of a card: its texts with their marks, its redlines, its times and buttons.

Marks and redlines are built with ``format_html``: a template for each takes ten times as long.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape  # Django's takes several times as long, for lazy texts that these are not
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from articles.checks import CHECKS
from articles.findings.store import OWN_CHECKS
from articles.models import Article, Document, Finding, Flag, Segment
from articles.models.people import name_of
from articles.review.cards import Card, FlagRow
from articles.review.forms import CorrectionForm, FlagForm
from articles.review.marks import (
    FindingGroup,
    Mark,
    MarkedRun,
    flagged_place,
    is_unlikely,
    reasons_to_dismiss,
    segment_marks,
    split_runs,
    weight_of,
)
from articles.review.offers import CORRECTION_MOVES
from articles.review.reading import Passage
from articles.review.remedies import new_words
from articles.review.shortcuts import KEYS
from articles.templatetags.desk import (
    bare,
    flag_mqm,
    icon,
    issue_name,
    render_words,
    severity_name,
    status_icon,
    status_name,
    type_name,
    verbatim_text,
)
from articles.text.diff import Change
from articles.text.emphasis import Emphasis

register = template.Library()
register.filter(reasons_to_dismiss)


@register.simple_tag
def card_attributes(card: Card) -> SafeString:
    """Render the attributes of a card's element.

    They tell the script what the person may do: ``data-moves`` are the allowed moves,
    ``data-refused`` the reasons of those refused, as JSON.
    """
    segment = card.segment
    classes = f"segment {card.classes} {segment.layout}".rstrip()
    # One string for what each card has: a page has fifty.
    always = (
        f'id="segment-{segment.pk}" aria-label="{escape(card.label)}" role="region" tabindex="-1"'
        f' class="{classes}" data-position="{segment.position}"'
        f' data-revision="{segment.revision}" data-words="{card.word_count}"'
        f' data-passes="{card.matching_filters}"'
    )
    attributes: dict[str, Any] = {}
    if card.is_out_of_band:
        attributes["hx-swap-oob"] = "true"
    if card.at_rest:
        attributes["data-moves"] = " ".join(card.offer.allowed)
        attributes.update(_refusals(card))
        if card.waiting:
            attributes["data-correction"] = card.waiting.pk
        if card.alike_count:
            attributes["data-alike"] = card.alike_count
        if card.undo:
            attributes["data-undo"] = card.undo
        attributes.update(_start_of_editor(segment))
    else:
        # The links and forms in an open card answer with the card.
        attributes.update({"hx-boost": "true", "hx-target": "this", "hx-swap": "outerHTML"})
    pairs = [f'{name}="{escape(str(value))}"' for name, value in attributes.items()]
    return SafeString(" ".join([always, *pairs]))


def _start_of_editor(segment: Segment) -> dict[str, str]:
    """Return the attributes that say how the editor begins.

    Where a correction is shown, only the server knows. Else it begins with the flagged words
    selected, and no script can tell which those are.
    """
    if segment.shown_corrections:
        return {"data-corrected": "yes"}
    place = flagged_place(segment.target_text, segment.shown_flags)
    return {"data-flagged": f"{place[0]} {place[1]}"} if place else {}


@register.simple_tag
def card_number(card: Card) -> SafeString:
    """Render the segment's number, which leads to its page, with its status beside it."""
    # A link in an open card answers with the card; this one leads away.
    boost = "" if card.at_rest else ' hx-boost="false"'
    link = f'<a href="{card.address}"{boost}>{card.segment.position}</a>'
    if not card.status_mark:
        return SafeString(f'<p class="number">{link}</p>')
    status = card.segment.status
    name = escape(status_name(status))
    mark = f'{status_icon(status)} <span class="status">{name}</span>'
    return SafeString(f'<p class="number">{link} {mark}</p>')


def _refusals(card: Card) -> dict[str, str]:
    """Return the attributes that say what is refused and why, and which flag is in the way."""
    if not card.offer.refused:
        return {}
    refused = {"data-refused": json.dumps(card.offer.refused, ensure_ascii=False)}
    if card.blocking_flag:
        refused["data-in-the-way"] = f"flag-{card.blocking_flag.pk}"
    return refused


@register.simple_tag
def render_side(card: Card, side: str) -> SafeString:
    """Render one side of the card as a paragraph: its text with marks, or the target's redline."""
    segment = card.segment
    if side == "target" and card.shows_changes:
        language = escape(segment.article.target.language)
        changes = render_changes(card.changes, segment.emphasis(side))
        html = f'<p class="side target text changes" lang="{language}">{changes}</p>'
        return SafeString(html)
    text = segment.source_text if side == "source" else segment.target_text
    if not text:
        return format_html('<p class="side {} nothing">{}</p>', side, _missing(side))
    document = segment.article.source if side == "source" else segment.article.target
    attributes = f'lang="{escape(document.language)}" data-side="{side}"'
    emphasis = segment.emphasis(side) if document.emphasis else []
    marked = render_marked_text(text, segment_marks(segment, card.finding_groups, side), emphasis)
    return SafeString(f'<p class="side {side} text" {attributes}>{marked}</p>')


def _missing(side: str) -> str:
    if side == "source":
        return _("No source sentence for this.")
    return _("No translation for this.")


def render_marked_text(
    text: str, marks: list[Mark], emphasis: Sequence[Emphasis] = ()
) -> SafeString:
    """Render a text with marks in it, and in them its emphasis."""
    if not marks:
        return render_words(text, 0, emphasis)
    pieces = []
    at = 0
    for run in split_runs(text, marks):
        pieces.append(_render_run(run, render_words(run.text, at, emphasis)))
        at += len(run.text)
    return SafeString("".join(pieces))


def _render_run(run: MarkedRun, text: SafeString) -> SafeString:
    if run.caret:
        label = escape(_("words may be missing here"))
        attributes = f'class="caret {run.kinds}" role="img" aria-label="{label}"'
        return SafeString(f'<span {attributes} data-notes="{run.keys}"></span>')
    if not run.kinds:
        return text
    return SafeString(f'<mark class="{run.kinds}" data-notes="{run.keys}">{text}</mark>')


@register.simple_tag(takes_context=True)
def note_list(
    context: Any, card: Card, findings: Sequence[FindingGroup], flags: Sequence[FlagRow]
) -> SafeString:
    """Render the notes of findings and flags below one side of the card as a list, if any."""
    notes = [_finding_note(context, card, group) for group in findings]
    notes += [_flag_note(context, card, flag, moves) for flag, moves in flags]
    if not notes:
        return SafeString("")
    label: SafeString | str = ""
    if findings:
        name = _("Possible issues and flags") if flags else _("Possible issues")
        label = format_html(' aria-label="{}"', name)
    return SafeString(f'<ul class="list"{label}>{"".join(notes)}</ul>')


def _finding_note(context: Any, card: Card, group: FindingGroup) -> SafeString:
    """Render the note of open findings about the same words.

    Where the card has buttons, they are about the finding that leads.
    """
    finding = group.lead
    is_own_check = finding.finder == OWN_CHECKS
    kinds = ["unlikely"] if is_unlikely(finding) else []
    if finding.type == "Omission":
        kinds.append("omission")
    weight = weight_of(finding)
    kinds.append(weight)
    origin = "" if is_own_check else format_html(' <span class="who">{}</span>', finding.finder)
    buttons = ""
    if card.has_buttons:
        check = finding.check_id if is_own_check else ""
        given = {"pk": card.segment.pk, "thing": finding.pk, "check": check}
        given |= {"moves": card.offer.allowed, "segment": card.segment}
        buttons = render_to_string("review/finding_acts.html", given, context.get("request"))
    return format_html(
        '<li class="note finding {}" id="finding-{}" data-check="{}" title="{}">'
        "{} <span>{}{}</span>{}{}</li>",
        " ".join(kinds),
        finding.pk,
        finding.check_id if is_own_check else "",
        _describe_certainty(finding),
        icon(_WEIGHT_ICONS[weight]),
        group.text,
        origin,
        _remedy_link(card, finding),
        buttons,
    )


def _flag_note(context: Any, card: Card, flag: Flag, moves: list[str]) -> SafeString:
    """Render the note of a flag with its discussion; with its buttons where the card has them."""
    request = context.get("request")
    given = {"flag": flag, "segment": card.segment, "pk": card.segment.pk, "thing": flag.pk}
    given["moves"] = moves
    discussion = render_to_string("review/replies.html", given, request) if flag.talk else ""
    buttons = ""
    if card.has_buttons:
        buttons = render_to_string("review/flag_acts.html", given, request)
    uncorrected = card.why_uncorrected(flag)
    if uncorrected:
        mark = icon("triangle-alert")
        uncorrected = format_html('<span class="uncorrected">{} {}</span>', mark, uncorrected)
    accepted = card.accepted_by(flag)
    remedy: SafeString | str = ""
    if accepted and flag.status == Flag.Status.OPEN:
        remedy = _remedy_link(card, accepted)
    return format_html(
        '<li class="note flag {}" id="flag-{}" tabindex="-1"{}>{} <span>{}</span>{}{}{}{}</li>',
        flag.status,
        flag.pk,
        format_html(' data-moves="{}"', " ".join(moves)) if card.at_rest else "",
        icon("flag"),
        _flag_words(flag, card.segment.article, is_corrected=not uncorrected),
        uncorrected,
        remedy,
        discussion,
        buttons,
    )


def _flag_words(flag: Flag, article: Article, *, is_corrected: bool) -> SafeString:
    """Render what the flag says: its issue, the words that it is about, who made it.

    ``is_corrected`` of a closed flag: nothing is known to the contrary.
    """
    pieces = [f"<b>{escape(issue_name(flag))}</b>"]
    if mqm := flag_mqm(flag):
        pieces.append(f"<small>{escape(mqm)}</small>")
    severity = escape(severity_name(flag.severity))
    pieces.append(f'<span class="severity {flag.severity}">{severity}</span>')
    for document, quote in (
        (article.source, flag.source_quote),
        (article.target, flag.target_quote),
    ):
        if quote:
            pieces.append(f'<q lang="{escape(document.language)}">{escape(bare(quote))}</q>')
    if flag.comment:
        pieces.append(f'<span class="comment">{escape(flag.comment)}</span>')
    made = [escape(name_of(flag.author)), render_time(flag.created_at)]
    if flag.status == Flag.Status.CLOSED:
        made.append(escape(_("corrected") if is_corrected else _("closed")))
    if flag.needs_locating:
        made.append(escape(_("position to be checked")))
    pieces.append(f'<span class="who">{" · ".join(made)}</span>')
    return SafeString(" ".join(pieces))


_WEIGHT_ICONS = {"grave": "triangle-alert", "": "circle-question-mark", "light": "dot"}
"""The icon of a finding by its weight, so that colour is not the only sign."""


def _describe_certainty(finding: Finding) -> str:
    """Return what the finding is called and how likely it is right, for its tooltip."""
    check = CHECKS.get(finding.check_id)
    name = _(check.title) if check else type_name(finding.type)
    values = {"name": name, "percent": round(100 * finding.score)}
    return _("Possible: %(name)s · likelihood %(percent)s %%") % values


def _remedy_link(card: Card, finding: Finding) -> SafeString | str:
    """Render the right form as a link that opens the editor with it, where the person may edit."""
    if not finding.remedy or not card.at_rest or "edit" not in card.offer.allowed:
        return ""
    return format_html(
        '<a class="remedy" href="{}?remedy={}" data-act="remedy" data-swaps'
        ' aria-keyshortcuts="{}">{} {} <ins>{}</ins></a>',
        reverse("edit", args=[card.segment.pk]),
        finding.pk,
        KEYS["remedy"],
        icon("pencil-line"),
        pgettext("before the words that a quick repair puts in", "Fix:"),
        new_words(finding, card.current_text),
    )


@register.simple_tag
def empty_flag_form(article: Article) -> str:
    """Render the form of a new flag for the script, which puts a segment's number in place of 0.

    Each process renders it once for each language of the reader and of the article.
    """
    return _empty_flag_form(get_language(), article.source.language, article.target.language)


@lru_cache(maxsize=64)
def _empty_flag_form(_language: str | None, source: str, target: str) -> str:
    segment = _empty_segment(source, target)
    card = {"form": FlagForm(segment=segment), "thing": None}
    return render_to_string("review/flag_form.html", {"card": card, "segment": segment})


def _empty_segment(source: str, target: str) -> Segment:
    """Return the segment that the forms in a page are about until the script fills them."""
    documents = {"source": Document(language=source), "target": Document(language=target)}
    return Segment(pk=0, article=Article(**documents))


@register.simple_tag
def empty_editor(article: Article) -> str:
    """Render the editor of a segment without a correction, as ``empty_flag_form`` does."""
    return _empty_editor(get_language(), article.source.language, article.target.language)


@lru_cache(maxsize=64)
def _empty_editor(_language: str | None, source: str, target: str) -> str:
    segment = _empty_segment(source, target)
    card = {
        "segment": segment,
        "form": CorrectionForm(segment=segment),
        "editor_address": reverse("edit", args=[0]),
    }
    context = {"card": card, "segment": segment, "article": segment.article}
    return render_to_string("review/edit.html", context)


@register.simple_tag
def render_changes(changes: list[Change], emphasis: Sequence[Emphasis] = ()) -> SafeString:
    """Render a redline: the words that were taken out and put in, in the words around them.

    ``emphasis`` is that of the text before the changes.
    """
    if not changes:
        return format_html("{}", _("No words are left."))
    pieces = []
    at = 0
    for kind, text in changes:
        if kind == "added":
            pieces.append(_render_change(kind, verbatim_text(text)))
        else:
            pieces.append(_render_change(kind, render_words(text, at, emphasis)))
            at += len(text)
    return SafeString("".join(pieces))


def _render_change(kind: str, text: SafeString) -> SafeString:
    if kind == "added":
        return format_html("<ins>{}</ins>", text)
    if kind == "same":
        return text
    return format_html("<del>{}</del>", text)


@register.simple_tag
def say_changes(changes: Sequence[Change]) -> SafeString | str:
    """Render what a redline changes for a screen reader, a sentence a change."""
    sentences = []
    removed = ""
    for kind, text in [*changes, Change("same", "")]:
        words = text.strip()
        if kind == "removed":
            removed = words
            continue
        sentences.append(_say_change(removed, words * (kind == "added")))
        removed = ""
    said = " ".join(filter(None, sentences))
    if not said:
        return ""
    return format_html('<span class="unseen"> {}</span>', said)


_CHANGES = {
    (True, True): gettext_noop("“%(before)s” replaced by “%(after)s”."),
    (True, False): gettext_noop("“%(before)s” deleted."),
    (False, True): gettext_noop("“%(after)s” inserted."),
}
"""The sentence of a change, by whether words were taken out and whether some were put in."""


def _say_change(removed: str, added: str) -> str:
    if not removed and not added:
        return ""
    sentence = _CHANGES[bool(removed), bool(added)]
    return _(sentence) % {"before": removed, "after": added}


_PEOPLE = {
    (False, False): gettext_noop("Corrected by %(name)s"),
    (False, True): gettext_noop("Corrected by %(name)s, approved by %(by)s"),
    (True, False): gettext_noop("Corrected by %(name)s, edited by %(editor)s"),
    (True, True): gettext_noop("Corrected by %(name)s, edited by %(editor)s, approved by %(by)s"),
}
"""Who made a correction, by whether it is an edit of another one and whether it is approved."""


@register.simple_tag
def correction_line(card: Card) -> SafeString:
    """Render who wrote the correction that waits or is in force, who approved it, and when."""
    row = card.waiting or card.approved
    if row is None:
        return SafeString("")
    is_approved = row is card.approved
    first = row.edit_of or row
    people = {"name": name_of(first.author), "editor": name_of(row.author)}
    people["by"] = name_of(row.decided_by)
    words = escape(_(_PEOPLE[first is not row, is_approved]) % people)
    at = row.decided_at if is_approved else row.submitted_at
    when = render_time(at) if at else ""
    changes = say_changes(card.changes) if card.shows_changes else ""
    mark = icon("circle-check" if is_approved else "hourglass")
    return SafeString(f'<p class="note by">{mark} {words} · {when}{changes}</p>')


@register.simple_tag
def passages(article: Article, line: list[Passage]) -> SafeString:
    """Render the passages of one line of the reading view, each with the way to its segment."""
    pieces = []
    jump = reverse("jump", args=[article.pk])
    label = escape(_("Segment %(number)s"))
    for number, changes, emphasis in line:
        words = render_changes(changes, emphasis)
        pieces.append(
            f'<span id="s{number}">{words}</span>{say_changes(changes)}<a class="to"'
            f' href="{jump}?number={number}" aria-label="{label % {"number": number}}">{number}</a>'
        )
    return SafeString(" ".join(pieces))


@register.simple_tag
def render_time(at: datetime) -> SafeString:
    """Render a point in time."""
    here = timezone.localtime(at)
    words = _time_in_words(here.replace(second=0, microsecond=0, tzinfo=None), get_language())
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), words)


@lru_cache(maxsize=2000)
def _time_in_words(at: datetime, _language: str | None) -> str:
    """Return a minute without its year. A page names the same ones each time."""
    return date_format(at, get_format("DATETIME_FORMAT").replace(" Y", ""))


_ACTS = {"reopen": "undo", "withdraw": "undo", "revise": "edit"}
"""The act that the keyboard knows a move by, where it has another name."""


@register.inclusion_tag("review/act.html", takes_context=True)
def act(context: Any, move: str, label: str) -> dict[str, Any]:
    """Render the button of a move on a segment, or the link where a form follows.

    A move that is not offered has no button; one that is refused is greyed out. The context holds
    the allowed ``moves``, the ``refused`` ones with their reasons, and the numbers of the segment
    and its waiting correction: 0 in the template that the script fills for the current card.
    """
    return {
        "move": move,
        "label": label,
        "pk": context["pk"],
        "correction": context["correction"] if move in CORRECTION_MOVES else None,
        "allowed": move in context["moves"],
        "is_refused": move in context["refused"],
        "is_link": move in ("flag", "edit", "revise", "reject"),
        "key": KEYS.get("edit" if move == "revise" else move, ""),
        "act": _ACTS.get(move, move),
    }
