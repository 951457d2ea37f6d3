"""Views of realignment: choose an operation, see its result, confirm it.

These are whole pages, because several segments change at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles.models import Event, Segment
from articles.models.people import SignedInRequest
from articles.realignment import operations
from articles.realignment.corrections import SIDES
from articles.review import queries, workflow
from articles.review.forms import code_point, parse_number, utf16
from articles.review.responses import get_for_card
from articles.review.shortcuts import KEYS

_LONGEST_QUERY = 500
"""Characters of the desk's query that are read from an address."""


class Operation(NamedTuple):
    """One way to realign: the button's label, the operation and its options."""

    label: Any
    act: str
    options: dict[str, Any] = {}


OPERATIONS: dict[str, Operation] = {
    "merge": Operation(gettext_lazy("Merge with the next segment"), "merge"),
    "split": Operation(gettext_lazy("Split in two"), "split"),
    "source-up": Operation(
        gettext_lazy("Move the first sentence of the source up"),
        "shift",
        {"side": "source", "direction": "up"},
    ),
    "source-down": Operation(
        gettext_lazy("Move the last sentence of the source down"),
        "shift",
        {"side": "source", "direction": "down"},
    ),
    "target-up": Operation(
        gettext_lazy("Move the first sentence of the translation up"),
        "shift",
        {"side": "target", "direction": "up"},
    ),
    "target-down": Operation(
        gettext_lazy("Move the last sentence of the translation down"),
        "shift",
        {"side": "target", "direction": "down"},
    ),
    "again": Operation(gettext_lazy("Realign from here"), "align_again"),
    "undo": Operation(gettext_lazy("Undo the last change of alignment"), "undo"),
}

SPLIT_MOVES = (
    ("ArrowUp", "source", -1, gettext_lazy("Earlier in the source")),
    ("ArrowDown", "source", 1, gettext_lazy("Later in the source")),
    ("ArrowLeft", "target", -1, gettext_lazy("Earlier in the translation")),
    ("ArrowRight", "target", 1, gettext_lazy("Later in the translation")),
)
"""For each arrow key: the language, and the step to the next place where one can split."""


@require_http_methods(["GET", "HEAD", "POST"])
def realign(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Show how the segment may be realigned; with ``act``, show the result; posted, do it."""
    segment = get_for_card(segment_id, request.user)
    sent = request.POST if request.method == "POST" else request.GET
    name = sent.get("act", "")
    operation = OPERATIONS.get(name)
    if operation and operation.act == "split":
        operation = operation._replace(options=_split_options(segment, sent))
    back = _desk_query(request.GET.get("back", ""))
    if operation and request.method == "POST":
        return _do(request, segment, operation, back=back)
    reasons = {key: _why_not(each, request.user, segment) for key, each in OPERATIONS.items()}
    preview, refused = _preview(operation, segment, reasons.get(name))
    context = {
        "article": segment.article,
        "segment": segment,
        "neighbours": queries.with_neighbours(segment, request.user),
        "ways": _buttons(reasons),
        "chosen": name,
        "back": back,
        "desk": _desk_address(segment, request.user, back),
        "refused": refused,
        "preview": preview,
        "places": {},
        "cuts": [],
        "revisions": _join_revisions(preview),
    }
    if operation and operation.act == "split":
        context["places"] = _as_utf16(segment, operation.options)
        context["cuts"] = _nearby_splits(segment, preview) if preview else []
    return render(request, "realignment/realign.html", context)


def _buttons(reasons: Mapping[str, str | None]) -> list[tuple[str, Any, str | None, str]]:
    """Return (name, label, reason why not, key) of every operation."""
    buttons = []
    for name, operation in OPERATIONS.items():
        key = KEYS.get(f"pairing-{name}", KEYS["undo"])
        buttons.append((name, operation.label, reasons[name], key))
    return buttons


def _why_not(operation: Operation, person: User, segment: Segment) -> str | None:
    if operation.act == "undo":
        return operations.why_not_undo(person, segment.article)
    return operations.why_not(operation.act, person, segment, **operation.options)


def _preview(
    operation: Operation | None, segment: Segment, reason: str | None
) -> tuple[operations.Preview | None, str | None]:
    """Return the preview of an operation, or the reason why there is none.

    Some reasons show themselves only now: that aligning again changes nothing, for one.
    """
    if operation is None or reason:
        return None, reason
    try:
        if operation.act == "undo":
            return operations.preview_undo(segment.article), None
        return operations.preview(operation.act, segment, **operation.options), None
    except workflow.Refused as refused:
        return None, str(refused)


def _do(
    request: SignedInRequest, segment: Segment, operation: Operation, *, back: str
) -> HttpResponse:
    """Do the operation and redirect to the desk; a refusal is shown on this page again."""
    is_undo = operation.act == "undo"
    try:
        if is_undo:
            operations.undo(segment.article, by=request.user)
        else:
            act: Callable[..., Event] = getattr(operations, operation.act)
            revisions = _split_revisions(request.POST.get("revisions", ""))
            act(segment, by=request.user, revisions=revisions, **operation.options)
    except (workflow.Refused, workflow.Stale) as reason:
        messages.warning(request, str(reason))
        return redirect(_page_address(segment, back))
    # The segment itself may be gone: the one at its place, or the last before, stands for it.
    before = segment.article.segments.filter(position__lte=segment.position)
    nearest = before.order_by("position").last()
    if is_undo:
        messages.success(request, _("Alignment restored."))
    else:
        undo_address = _page_address(nearest, back) if nearest else ""
        messages.success(request, _("Alignment changed."), extra_tags=undo_address)
    return redirect(_desk_address(nearest or segment, request.user, back))


# ── the places of a split ────────────────────────────────────────────────────


def _split_options(segment: Segment, sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the options of a split in code points; the browser sends UTF-16 units.

    An offset outside the text, or inside a character, is left out.
    """
    options = {}
    for side in SIDES:
        unit = parse_number(sent.get(f"{side}_at", ""), default=-1)
        place = code_point(getattr(segment, f"{side}_text"), unit)
        if place is not None:
            options[f"{side}_at"] = place
    return options


def _as_utf16(segment: Segment, options: Mapping[str, Any]) -> dict[str, int]:
    """Return the options of a split in UTF-16 units, as the browser counts."""
    units = {}
    for name, place in options.items():
        text = getattr(segment, name.replace("_at", "_text"))
        units[name] = utf16(text, place)
    return units


def _nearby_splits(segment: Segment, preview: operations.Preview) -> list[tuple[str, Any, str]]:
    """Return (key, label, query) of the splits one sentence away from the one shown."""
    first = next(each.segment for each in preview.pairs if each.changed)
    places = {side: operations.split_points(segment, side) for side in SIDES}
    shown = {side: _sentence_count(first, side, places[side]) for side in SIDES}
    last = {side: len(places[side]) - 1 for side in SIDES}
    found = []
    for key, side, step, label in SPLIT_MOVES:
        # Both places go into the link: without a caret a side would be split about where the other
        # is.
        moved = shown | {side: shown[side] + step}
        if _is_split(moved, last, side):
            options = {f"{each}_at": places[each][moved[each]] for each in SIDES}
            query = {"act": "split"} | _as_utf16(segment, options)
            found.append((key, label, urlencode(query)))
    return found


def _is_split(cut: Mapping[str, int], last: Mapping[str, int], side: str) -> bool:
    """Return whether the cut is inside this language's text and leaves a sentence to both parts."""
    if not 0 <= cut[side] <= last[side]:
        return False
    is_at_start = not any(cut.values())
    return not is_at_start and cut != last


def _sentence_count(part: Segment, side: str, places: list[int]) -> int:
    """Return how many sentences of one side the first part of a split has."""
    length = getattr(part, f"{side}_end") - getattr(part, f"{side}_start")
    return sum(place <= length for place in places[1:])


# ── addresses and revisions ──────────────────────────────────────────────────


def _desk_query(sent: str) -> str:
    """Return the query of the desk that the person came from: filter, order and search only."""
    # It comes out of an address, which anybody can write, and goes into links and redirects.
    query = QueryDict(sent[:_LONGEST_QUERY])
    names = [name for name in ("filter", "order", "search") if query.get(name)]
    return urlencode({name: query[name] for name in names})


def _desk_address(segment: Segment, person: User, back: str) -> str:
    """Return where the segment is on the desk, in the filter and order of the query ``back``."""
    asked = QueryDict(back).dict()
    page = queries.page_number_of(segment, person, **asked)
    query = urlencode(asked | {"page": page})
    return f"{reverse('desk', args=[segment.article_id])}?{query}#segment-{segment.pk}"


def _page_address(segment: Segment, back: str) -> str:
    """Return the address of this segment's realignment page, with the way back to the desk."""
    query = f"?{urlencode({'back': back})}" if back else ""
    return reverse("pairing", args=[segment.pk]) + query


def _join_revisions(preview: operations.Preview | None) -> str:
    """Return "3:1,4:2" for segment 3 at revision 1 and segment 4 at revision 2."""
    if preview is None:
        return ""
    return ",".join(f"{key}:{revision}" for key, revision in preview.revisions.items())


def _split_revisions(text: str) -> dict[int, int]:
    """Return the revisions from "3:1,4:2".

    What is no number is left out: the operation refuses a segment without a revision as stale.
    """
    revisions = {}
    for each in text.split(","):
        if each.count(":") != 1:
            continue
        key, revision = (parse_number(number, default=0) for number in each.split(":"))
        if key and revision:
            revisions[key] = revision
    return revisions
