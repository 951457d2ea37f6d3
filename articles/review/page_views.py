"""The pages to read: the desk of an article, its history."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.blind import visibility
from articles.findings.check_client import NoCheckProcess, TookTooLong
from articles.models import Article, Segment
from articles.models.corrections import know_waiting_corrections
from articles.models.people import SignedInRequest
from articles.review import queries
from articles.review.cards import Card, attach_card_rows
from articles.review.claims import notices_of
from articles.review.forms import parse_number
from articles.review.offers import Shared
from articles.review.open_card import OpenCard
from articles.review.panel import earlier_corrections, glossary_hits, may_add_terms
from articles.review.reading import read_blocks
from articles.review.responses import (
    get_article,
    get_for_action,
    get_for_card,
    is_htmx,
    render_card,
    summary_context,
    vary_on_htmx,
)
from articles.review.word_links import linked_words

PANEL_EVENTS = 20
"""Events that the side panel shows; the segment's history has all."""


@require_safe
@vary_on_htmx
def article(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show the desk: all segments, or those that a filter or a search chooses.

    A page holds queries.PAGE_SIZE of them; htmx fetches the other pages as parts of the desk.
    """
    found = get_article(article_id, request.user)
    asked = {name: request.GET.get(name, "") for name in queries.CHOICES}
    segments = queries.select_segments(found, request.user, **asked).with_paragraphs()
    pages = Paginator(segments, queries.PAGE_SIZE)
    if is_htmx(request):
        return render(request, "review/chunk.html", _chunk(request, found, asked, pages))
    context = summary_context(found, request.user, asked)
    if not asked["search"]:
        # The summary has counted them; the paginator need not do it again.
        all_segments = context["progress"].segment_count
        pages.count = context["counts"].get(asked["filter"], all_segments)
    context.update(_chunk(request, found, asked, pages))
    _know_waiting(found, context["cards"], context["progress"].segments[Segment.Status.WAITING])
    context.update(notices_of(found))
    context["is_practice"] = found.source.name in _practice_names()
    return render(request, "review/desk.html", context)


def _know_waiting(article: Article, cards: list[Card], count: int) -> None:
    """Where the cards show all ``count`` waiting corrections, no query looks for identical ones."""
    shown = [card.waiting for card in cards if card.waiting]
    if len(shown) == count:
        in_order = sorted(shown, key=lambda row: row.segment.position)
        know_waiting_corrections(article, in_order)


@require_safe
def read(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show the article in one language alone; ``changes`` shows what corrections change."""
    found = get_article(article_id, request.user)
    side = "source" if request.GET.get("side") == "source" else "target"
    with_changes = side == "target" and request.GET.get("changes") == "on"
    progress, _counts = queries.summary_of(found, request.user)
    context = {
        "article": found,
        "side": side,
        "with_changes": with_changes,
        "progress": progress,
        "waiting": progress.segments[Segment.Status.WAITING],
        "blocks": read_blocks(found, side=side, with_changes=with_changes),
    }
    return render(request, "review/read.html", context)


@lru_cache(maxsize=1)
def _practice_names() -> frozenset[str]:
    """Return the names of the files that a new site begins with: their article is for practice."""
    return frozenset(path.name for path in (settings.BASE_DIR / "seeds").glob("*"))


@require_safe
def jump(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Lead to the segment with a number, or the nearest before it.

    Without a number to the first segment to review.
    """
    found = get_article(article_id, request.user)
    segments = found.segments.order_by("position")
    if "number" in request.GET:
        position = parse_number(request.GET["number"], default=1)
        segment = segments.filter(position__lte=position).last()
    else:
        segment = queries.first_to_review(found, request.user)
    segment = segment or segments.first()
    address = reverse("desk", args=[found.pk])
    if segment is None:
        return redirect(address)
    return redirect(f"{address}?page={queries.page_number_of(segment)}#segment-{segment.pk}")


@require_safe
def states(request: SignedInRequest, article_id: int) -> JsonResponse:
    """Return the status of each segment, a letter each, for the strip of the desk."""
    found = get_article(article_id, request.user)
    return JsonResponse({"states": queries.status_letters(found, request.user)})


@require_safe
def history(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show everything that happened to the article, newest first."""
    found = get_article(article_id, request.user)
    pages = Paginator(queries.history(found, request.user), 100)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "review/history.html", {"article": found, "page": page})


@require_safe
@vary_on_htmx
def card(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Show one segment."""
    segment = get_for_card(segment_id, request.user)
    return render_card(request, Card(segment, request.user))


@require_safe
@vary_on_htmx
def segment_history(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Show one segment with all that happened to it."""
    segment = get_for_card(segment_id, request.user)
    events = queries.history(segment.article, request.user, segment=segment)
    return render_card(request, OpenCard(segment, request.user, state="history", events=events))


@require_safe
@vary_on_htmx
def panel(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Show the side panel of one segment; without a script its history, which has a page."""
    segment = get_for_card(segment_id, request.user)
    if not is_htmx(request):
        return redirect("history", segment_id)
    events = queries.history(segment.article, request.user, segment=segment)
    context = {
        "segment": segment,
        "article": segment.article,
        "hits": glossary_hits(segment),
        "adds_terms": may_add_terms(segment.article, request.user),
        "corrections": earlier_corrections(segment),
        "events": events[:PANEL_EVENTS],
    }
    return render(request, "review/panel.html", context)


@require_safe
def word_links(request: SignedInRequest, segment_id: int) -> JsonResponse:
    """Return which words of the segment's source and machine translation belong together.

    None where no worker answers: the desk works without them.
    """
    segment = get_for_action(segment_id, request.user)
    try:
        links = linked_words(segment.source_text, segment.target_text)
    except (NoCheckProcess, TookTooLong):
        return JsonResponse({"links": []}, status=503)
    return JsonResponse({"links": links})


def _chunk(
    request: SignedInRequest, article: Article, asked: dict[str, str], pages: Paginator[Segment]
) -> dict[str, Any]:
    """Return what one part of the desk shows: its page of segments, as cards."""
    page = pages.get_page(request.GET.get("page"))
    segments = list(page.object_list)
    attach_card_rows(segments, request.user)
    visibility.apply_own_marks(request.user, segments)
    shared = Shared()
    cards = [Card(segment, request.user, shared=shared) for segment in segments]
    # A part that htmx fetches leads on in its own direction only; the first part leads both ways.
    part = request.GET.get("part", "later") if is_htmx(request) else ""
    return {"article": article, "asked": asked, "page": page, "cards": cards, "part": part}
