"""How a view of the desk answers: the card alone to htmx, a page or a redirect to a plain browser.

An act that is done is answered with 200 (or a redirect), an invalid form with 422, a conflict with
409 and a refusal with 403. Each time the card says why, and what was typed is still in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, trigger_client_event

from articles.blind import visibility
from articles.findings.state import check_state
from articles.models import Article, Flag, Segment
from articles.models.people import SignedInRequest
from articles.models.roles import REVIEW, may, may_read
from articles.review import queries, workflow
from articles.review.cards import Card, attach_card_rows
from articles.review.forms import CorrectionForm, SegmentForm, parse_number
from articles.review.open_card import OpenCard

vary_on_htmx = vary_on_headers("HX-Request")

_SEGMENTS = Segment.objects.with_article().with_paragraphs()
"""Built once: the names of its columns take Django as long as the database takes to find a row."""


def get_for_card(segment_id: int, person: User) -> Segment:
    """Return the segment with all that its card shows to the person, or raise Http404."""
    segment = _get_segment(segment_id, person)
    attach_card_rows([segment], person)
    visibility.apply_own_marks(person, [segment])
    return segment


def get_for_action(segment_id: int, person: User) -> Segment:
    """Return the segment with its article, which is all that an act needs, or raise Http404."""
    segment = _get_segment(segment_id, person)
    visibility.apply_own_marks(person, [segment])
    return segment


def _get_segment(segment_id: int, person: User) -> Segment:
    """Return the segment, or raise Http404 where its article is archived or of no team of the
    person."""
    segment: Segment = get_object_or_404(_SEGMENTS, pk=segment_id)
    if not segment.article.ready or not may_read(person, segment.article):
        raise Http404
    return segment


def get_flag(flag_id: int, segment: Segment, person: User) -> Flag:
    """Return the segment's flag, if the person may read it, or raise Http404."""
    flags = Flag.everything.visible_to(person)
    flag: Flag = get_object_or_404(flags, pk=flag_id, segment_id=segment.pk)
    flag.segment = segment
    return flag


def get_article(article_id: int, person: User, permission: str = "") -> Article:
    """Return the article with its documents' names and languages.

    Raises Http404 where it is of no team of the person, PermissionDenied where they have not the
    permission in its team.
    """
    article: Article = get_object_or_404(Article.objects.with_documents(), pk=article_id)
    check_access(article, person, permission)
    return article


def check_access(article: Article, person: User, permission: str = "") -> None:
    """Raise Http404 or PermissionDenied as ``get_article`` does."""
    if not may_read(person, article):
        raise Http404
    if permission and not may(person, permission, article):
        raise PermissionDenied


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page, and not a browser for a whole one."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # its middleware adds it


def render_card(request: SignedInRequest, card: Card, *, status: int = 200) -> HttpResponse:
    """Render the card: alone for htmx, else on the segment's page between its neighbours."""
    if is_htmx(request):
        context = {"article": card.segment.article, "cards": [card]}
        response = render(request, "review/cards.html", context, status=status)
        # The desk keeps its address: a boosted link would take that of the form it opened.
        return push_url(response, url=False)
    card.has_buttons = card.at_rest
    cards = []
    for segment in queries.with_neighbours(card.segment, request.user):
        is_asked_for = segment.pk == card.segment.pk
        cards.append(card if is_asked_for else Card(segment, request.user))
    context = {"article": card.segment.article, "card": card, "cards": cards}
    return render(request, "review/segment.html", context, status=status)


def run_action(
    request: SignedInRequest,
    segment: Segment,
    act: Callable[[], Any],
    *,
    message: str | Callable[[Any], str],
    undo: Callable[[Any], str] | None = None,
    others: Callable[[Any], list[int]] | None = None,
    form: SegmentForm | None = None,
    **state: Any,
) -> HttpResponse:
    """Do the act and answer.

    What the act returned is given to ``message``, which makes the sentence for the person, to
    ``undo``, which makes the address that takes the act back, and to ``others``, which names the
    other segments that changed. ``form`` and ``state`` (the keywords of an OpenCard) make the card
    if the act is refused or stale.
    """
    try:
        result = act()
    except workflow.Stale as stale:
        return _render_failure(request, segment, str(stale), status=409, form=form, **state)
    except workflow.Refused as refused:
        seen = form.revision_seen if form else revision_of(request)
        status = status_of_refusal(segment, request.user, seen)
        return _render_failure(request, segment, str(refused), status=status, form=form, **state)
    return _render_success(
        request,
        segment,
        message if isinstance(message, str) else message(result),
        undo=undo(result) if undo else "",
        others=others(result) if others else None,
    )


def status_of_refusal(segment: Segment, person: User, seen: int) -> int:
    """Return 403; 409, a conflict, where the segment is no longer as the person saw it.

    They could not know the reason of the refusal then.
    """
    is_stale = get_for_card(segment.pk, person).revision != seen
    return 409 if is_stale else 403


def revision_of(request: HttpRequest) -> int:
    """Return the revision that a button without a form names; 0, which no segment has, for none."""
    return parse_number(request.POST.get("revision", ""), default=0)


def _render_success(
    request: SignedInRequest,
    segment: Segment,
    message: str,
    *,
    undo: str,
    others: list[int] | None,
) -> HttpResponse:
    if not is_htmx(request):
        messages.success(request, message)
        page = queries.page_number_of(segment)
        desk = reverse("desk", args=[segment.article_id])
        return redirect(f"{desk}?page={page}#segment-{segment.pk}")
    fresh = _with_card_rows(segment, request.user)
    response = render_card(request, Card(fresh, request.user, notice=message, undo=undo))
    if others is not None:
        _write_others(request, response, segment, others)
        _write_counts(request, response, segment)
    return _announce(response, segment, message)


def _write_others(
    request: SignedInRequest, response: HttpResponse, segment: Segment, others: list[int]
) -> None:
    """Add the cards of other segments of the article that changed with this one."""
    rows = list(segment.article.segments.filter(pk__in=others))
    attach_card_rows(rows, request.user)
    visibility.apply_own_marks(request.user, rows)
    cards = [Card(row, request.user, is_out_of_band=True) for row in rows]
    context = {"article": segment.article, "cards": cards}
    response.write(render_to_string("review/cards.html", context, request))


def _with_card_rows(segment: Segment, person: User) -> Segment:
    """Return the segment as the act left it, with all that its card shows.

    The act has put the new status and revision on the segment, so that it is not read again. In a
    blind review they are the person's own and are counted anew.
    """
    if segment.article.in_blind_review:
        return get_for_card(segment.pk, person)
    attach_card_rows([segment], person)
    return segment


def _render_failure(
    request: SignedInRequest,
    segment: Segment,
    problem: str,
    *,
    status: int,
    form: SegmentForm | None,
    **state: Any,
) -> HttpResponse:
    """Render the fresh card with the problem, and the open form with what was typed.

    The form is made against the new revision, so that sending it once more may succeed.
    """
    fresh = get_for_card(segment.pk, request.user)
    card = Card(fresh, request.user, notice=problem)
    if form:
        again = form.on_new_revision(fresh)
        opened = OpenCard(fresh, request.user, form=again, notice=problem, **state)
        if isinstance(again, CorrectionForm) and again.is_valid():
            typed = again.cleaned_data
            opened.conflict = opened.conflict_with(typed["text"], base=typed["begun"])
        card = opened
    response = render_card(request, card, status=status)
    _write_counts(request, response, fresh)
    return _announce(response, fresh, problem)


def _announce(response: HttpResponse, segment: Segment, message: str) -> HttpResponse:
    """Tell the script of the page that the segment changed, and what to say."""
    details = {"segment": segment.pk, "said": message}
    return trigger_client_event(response, "segment-changed", details)


def _write_counts(request: SignedInRequest, response: HttpResponse, segment: Segment) -> None:
    """Add the desk's progress and filter counts, counted anew.

    After an act on one segment the script counts by itself, from what the old and the new card
    say. This is for what it cannot know: what changed in other segments or by other people.
    """
    asked = _asked_of_desk(request, segment.article_id)
    if asked is None:
        return
    context = summary_context(segment.article, request.user, asked)
    context["oob"] = True
    response.write(render_to_string("review/counts.html", context, request))


def _asked_of_desk(request: HttpRequest, article_id: int) -> dict[str, str] | None:
    """Return the choice of segments of the desk that htmx asks from; None from another page."""
    try:
        address = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # no address at all
        return None
    if address.path != reverse("desk", args=[article_id]):
        return None
    query = parse_qs(address.query)
    return {name: query.get(name, [""])[-1] for name in queries.CHOICES}


def summary_context(article: Article, person: User, asked: dict[str, str]) -> dict[str, Any]:
    """Return what the desk's summary shows: progress, the checks, filters with their counts."""
    progress, counts = queries.summary_of(article, person)
    return {
        "article": article,
        "checks": check_state([article])[article.pk],
        "may_run_checks": may(person, REVIEW, article),
        "asked": asked,
        "progress": progress,
        "counts": counts,
        "orders": queries.ORDERS.items(),
    }
