"""Mending a wrong pairing: choose what to do, see what it would come to, say yes. Whole pages, because several
segments change at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.models import Segment
from articles.realignment import operations
from articles.realignment.corrections import SIDES
from articles.review import queries, workflow
from articles.review.forms import code_point, parse_number, utf16
from articles.review.responses import get_for_card
from articles.review.shortcuts import KEYS


class Operation(NamedTuple):
    """One way to mend: what the button says, the act of realign.py, and its options."""

    label: Any
    act: str
    options: dict[str, Any] = {}


OPERATIONS: dict[str, Operation] = {
    "merge": Operation(gettext_lazy("Join with the next segment"), "merge"),
    "split": Operation(gettext_lazy("Split in two"), "split"),
    "source-up": Operation(
        gettext_lazy("First sentence of the source up"),
        "shift",
        {"side": "source", "direction": "up"},
    ),
    "source-down": Operation(
        gettext_lazy("Last sentence of the source down"),
        "shift",
        {"side": "source", "direction": "down"},
    ),
    "target-up": Operation(
        gettext_lazy("First sentence of the translation up"),
        "shift",
        {"side": "target", "direction": "up"},
    ),
    "target-down": Operation(
        gettext_lazy("Last sentence of the translation down"),
        "shift",
        {"side": "target", "direction": "down"},
    ),
    "again": Operation(gettext_lazy("Pair again from here"), "align_again"),
    "undo": Operation(gettext_lazy("Undo the last change of pairing"), "undo"),
}

SPLIT_MOVES = (
    ("ArrowUp", "source", -1, gettext_lazy("Earlier in the source")),
    ("ArrowDown", "source", 1, gettext_lazy("Later in the source")),
    ("ArrowLeft", "target", -1, gettext_lazy("Earlier in the translation")),
    ("ArrowRight", "target", 1, gettext_lazy("Later in the translation")),
)
"""Other places to split at, by key."""


@require_http_methods(["GET", "HEAD", "POST"])
def realign(request: HttpRequest, segment_id: int) -> HttpResponse:
    """What can be done about this segment's pairing; with ``act`` chosen, what it would come to; posted, do it."""
    segment = get_for_card(segment_id, request.user)
    asked = request.POST if request.method == "POST" else request.GET
    name = asked.get("act", "")
    way = OPERATIONS.get(name)
    if way and way.act == "split":
        way = way._replace(options=_places(segment, asked))
    back = _back(request.GET.get("back", ""))
    if way and request.method == "POST":
        return _done(request, segment, way, back=back)
    why = {key: _why_not(each, request.user, segment) for key, each in OPERATIONS.items()}
    shown, refused = _looked_at(way, segment, why.get(name))
    context = {
        "article": segment.article,
        "segment": segment,
        "neighbours": queries.with_neighbours(segment, request.user),
        "ways": [
            (key, each.label, why[key], KEYS.get(f"pairing-{key}", KEYS["undo"]))
            for key, each in OPERATIONS.items()
        ],
        "chosen": name,
        "back": back,
        "desk": _desk(segment, request.user, back),
        "refused": refused,
        "preview": shown,
        "places": _units(segment, way.options) if way and way.act == "split" else {},
        "cuts": _cuts(segment, shown) if shown and name == "split" else [],
        "revisions": ",".join(f"{key}:{revision}" for key, revision in shown.revisions.items())
        if shown
        else "",
    }
    return render(request, "realignment/realign.html", context)


def _back(sent: str) -> str:
    """The query of the desk that the person came from: its filter, order and search, and nothing else."""
    query = QueryDict(sent[:500])
    return urlencode(
        {name: query[name] for name in ("filter", "order", "search") if query.get(name)}
    )


def _desk(segment: Segment, person: Any, back: str) -> str:
    """Where on the desk the segment is, in the choice and order that the person came from."""
    asked = QueryDict(back).dict()
    query = urlencode(asked | {"page": queries.page_number_of(segment, person, **asked)})
    return f"{reverse('desk', args=[segment.article_id])}?{query}#segment-{segment.pk}"


def _places(segment: Segment, asked: Mapping[str, str]) -> dict[str, Any]:
    """Where to split, as realign takes it; the browser names UTF-16 units, and what is no place is left out."""
    units = {side: parse_number(asked.get(f"{side}_at", ""), default=-1) for side in SIDES}
    places = {
        f"{side}_at": code_point(getattr(segment, f"{side}_text"), unit)
        for side, unit in units.items()
    }
    return {name: place for name, place in places.items() if place is not None}


def _units(segment: Segment, places: Mapping[str, Any]) -> dict[str, int]:
    """The places of a split as the browser names them."""
    return {
        name: utf16(getattr(segment, name.replace("_at", "_text")), at)
        for name, at in places.items()
    }


def _cuts(segment: Segment, preview: operations.Preview) -> list[tuple[str, Any, str]]:
    """The splits one sentence away from the one shown, as (key, label, query)."""
    first = next(pair.segment for pair in preview.pairs if pair.changed)
    places = {side: operations.split_points(segment, side) for side in SIDES}
    lengths = {
        side: getattr(first, f"{side}_end") - getattr(first, f"{side}_start") for side in SIDES
    }
    shown = {side: sum(at <= lengths[side] for at in places[side][1:]) for side in SIDES}
    last = {side: len(places[side]) - 1 for side in SIDES}
    found = []
    for key, side, step, label in SPLIT_MOVES:
        there = shown | {side: shown[side] + step}
        if 0 <= there[side] <= last[side] and there != last and any(there.values()):
            cut = _units(segment, {f"{each}_at": places[each][there[each]] for each in SIDES})
            found.append((key, label, urlencode({"act": "split"} | cut)))
    return found


def _why_not(way: Operation, person: Any, segment: Segment) -> str | None:
    if way.act == "undo":
        return operations.why_not_undo(person, segment.article)
    return operations.why_not(way.act, person, segment, **way.options)


def _looked_at(
    way: Operation | None, segment: Segment, why: str | None
) -> tuple[operations.Preview | None, str | None]:
    """The preview of the chosen way, or why there is none. Only trying shows that aligning again changes nothing."""
    if way is None or why:
        return None, why
    try:
        if way.act == "undo":
            return operations.preview_undo(segment.article), None
        return operations.preview(way.act, segment, **way.options), None
    except workflow.Refused as reason:
        return None, str(reason)


def _done(request: HttpRequest, segment: Segment, way: Operation, *, back: str) -> HttpResponse:
    """Do it and go back to the desk; when it may not be done any more, say why on this page."""
    try:
        if way.act == "undo":
            operations.undo(segment.article, by=request.user)
        else:
            act = getattr(operations, way.act)
            act(
                segment,
                by=request.user,
                revisions=_revisions(request.POST.get("revisions", "")),
                **way.options,
            )
    except (workflow.Refused, workflow.Stale) as reason:
        messages.warning(request, str(reason))
        return redirect(_address(segment, back))
    beside = (
        segment.article.segments.filter(position__lte=segment.position).order_by("position").last()
    )
    undo = _address(beside, back) if beside and way.act != "undo" else ""
    said = _("The pairing is as it was.") if way.act == "undo" else _("The pairing was changed.")
    messages.success(request, said, extra_tags=undo)
    return redirect(_desk(beside or segment, request.user, back))


def _address(segment: Segment, back: str) -> str:
    """The page of this segment's pairing, which knows the way back."""
    query = f"?{urlencode({'back': back})}" if back else ""
    return reverse("pairing", args=[segment.pk]) + query


def _revisions(text: str) -> dict[int, int]:
    """``{segment: revision}`` from "3:1,4:2"; what is no number is left out, and so is refused as stale."""
    pairs = [each.split(":") for each in text.split(",") if each.count(":") == 1]
    numbers = [
        (parse_number(key, default=0), parse_number(revision, default=0)) for key, revision in pairs
    ]
    return {key: revision for key, revision in numbers if key and revision}
