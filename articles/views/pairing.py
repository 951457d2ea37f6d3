"""Mending a wrong pairing: choose what to do, see what it would come to, say yes. Whole pages, because several
segments change at once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import desk, realign, workflow
from articles.models import Segment
from articles.views.answers import find


class Way(NamedTuple):
    """One way to mend: what the button says, the act of realign.py, and its options."""

    label: Any
    act: str
    options: dict[str, str] = {}


WAYS: dict[str, Way] = {
    "merge": Way(gettext_lazy("Join with the next segment"), "merge"),
    "split": Way(gettext_lazy("Split in two"), "split"),
    "source-up": Way(
        gettext_lazy("First source sentence to the one above"), "shift", {"side": "source", "direction": "up"}
    ),
    "source-down": Way(
        gettext_lazy("Last source sentence to the next"), "shift", {"side": "source", "direction": "down"}
    ),
    "target-up": Way(
        gettext_lazy("First French sentence to the one above"), "shift", {"side": "target", "direction": "up"}
    ),
    "target-down": Way(
        gettext_lazy("Last French sentence to the next"), "shift", {"side": "target", "direction": "down"}
    ),
    "again": Way(gettext_lazy("Pair again from here"), "align_again"),
    "undo": Way(gettext_lazy("Undo the last change of pairing"), "undo"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def pairing(request: HttpRequest, segment_id: int) -> HttpResponse:
    """What can be done about this segment's pairing; with ``act`` chosen, what it would come to; posted, do it."""
    segment = find(segment_id)
    name = request.POST.get("act") or request.GET.get("act", "")
    way = WAYS.get(name)
    if way and request.method == "POST":
        return _done(request, segment, way)
    why = {key: _why_not(each, request.user, segment) for key, each in WAYS.items()}
    shown, refused = _looked_at(way, segment, why.get(name))
    context = {
        "article": segment.article,
        "segment": segment,
        "neighbours": desk.with_neighbours(segment),
        "ways": [(key, each.label, why[key]) for key, each in WAYS.items()],
        "chosen": name,
        "refused": refused,
        "preview": shown,
        "revisions": ",".join(f"{key}:{revision}" for key, revision in shown.revisions.items()) if shown else "",
    }
    return render(request, "pages/pairing.html", context)


def _why_not(way: Way, person: Any, segment: Segment) -> str | None:
    if way.act == "undo":
        return realign.why_not_undo(person, segment.article)
    return realign.why_not(way.act, person, segment, **way.options)


def _looked_at(way: Way | None, segment: Segment, why: str | None) -> tuple[realign.Preview | None, str | None]:
    """The preview of the chosen way, or why there is none. Only trying shows that aligning again changes nothing."""
    if way is None or why:
        return None, why
    try:
        if way.act == "undo":
            return realign.preview_undo(segment.article), None
        return realign.preview(way.act, segment, **way.options), None
    except workflow.Refused as reason:
        return None, str(reason)


def _done(request: HttpRequest, segment: Segment, way: Way) -> HttpResponse:
    """Do it and go back to the desk; when it may not be done any more, say why on this page."""
    try:
        if way.act == "undo":
            realign.undo(segment.article, by=request.user)
        else:
            act = getattr(realign, way.act)
            act(segment, by=request.user, revisions=_revisions(request.POST.get("revisions", "")), **way.options)
    except (workflow.Refused, workflow.Stale) as reason:
        messages.warning(request, str(reason))
        return redirect("pairing", segment.pk)
    messages.success(request, _("The pairing was changed; undo it on the same page."))
    return redirect(f"{reverse('jump', args=[segment.article_id])}?number={segment.position}")


def _revisions(text: str) -> dict[int, int]:
    """``{segment: revision}`` from "3:1,4:2"; what is no number is left out, and so is refused as stale."""
    pairs = [each.split(":", 1) for each in text.split(",") if each.count(":") == 1]
    return {
        int(key): int(revision) for key, revision in pairs if (key + revision).isascii() and (key + revision).isdigit()
    }
