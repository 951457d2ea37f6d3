"""The pages to read: my work, the desk of an article, its history."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.blind import visibility
from articles.models import Article, Segment
from articles.review import queries as review_queries
from articles.review.cards import Card
from articles.review.forms import parse_number
from articles.review.responses import get_article, get_for_card, is_htmx, render_card, vary_on_htmx


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and every article with its progress."""
    page = Paginator(Article.objects.prefetch_related("assignments"), 25).get_page(
        request.GET.get("page")
    )
    progress = review_queries.progress_of(page.object_list, request.user)
    rows = [(article, progress[article.pk]) for article in page.object_list]
    work = review_queries.my_work(request.user)
    return render(request, "review/articles.html", {"page": page, "rows": rows, "work": work})


@require_safe
@vary_on_htmx
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """The desk: all segments, or those that a filter or a search chooses, a page (or for htmx a chunk) at a time."""
    found = get_article(article_id)
    asked = {name: request.GET.get(name, "") for name in ("filter", "order", "search")}
    pages = Paginator(
        review_queries.select_segments(found, request.user, **asked).for_desk(),
        review_queries.PAGE_SIZE,
    )
    if is_htmx(request):
        return render(request, "review/chunk.html", _chunk(request, found, asked, pages))
    summary = _summary(request, found)
    if not asked["search"]:
        pages.count = summary["counts"].get(asked["filter"], summary["progress"].segment_count)
    context = _chunk(request, found, asked, pages) | summary
    return render(request, "review/desk.html", context)


@require_safe
def summary(request: HttpRequest, article_id: int) -> HttpResponse:
    """The desk's progress and filter counts: what is fetched anew when a segment has changed."""
    found = get_object_or_404(Article, pk=article_id)
    asked = {name: request.GET.get(name, "") for name in ("filter", "order", "search")}
    return render(
        request,
        "review/summary.html",
        {"article": found, "asked": asked} | _summary(request, found),
    )


@require_safe
def jump(request: HttpRequest, article_id: int) -> HttpResponse:
    """To the segment with the number asked for, or the nearest before it; without a number to the first to review."""
    found = get_object_or_404(Article, pk=article_id)
    segments = found.segments.order_by("position")
    if "number" in request.GET:
        segment = segments.filter(
            position__lte=parse_number(request.GET["number"], default=1)
        ).last()
    else:
        segment = review_queries.first_to_review(found, request.user)
    segment = segment or segments.first()
    address = reverse("desk", args=[found.pk])
    return redirect(
        f"{address}?page={review_queries.page_number_of(segment)}#segment-{segment.pk}"
        if segment
        else address
    )


@require_safe
def history(request: HttpRequest, article_id: int) -> HttpResponse:
    """Everything that happened to the article, newest first."""
    found = get_article(article_id)
    page = Paginator(review_queries.history(found, request.user), 100).get_page(
        request.GET.get("page")
    )
    return render(request, "review/history.html", {"article": found, "page": page})


@require_safe
@vary_on_htmx
def card(request: HttpRequest, segment_id: int) -> HttpResponse:
    """One segment."""
    return render_card(request, Card(get_for_card(segment_id, request.user), request.user))


@require_safe
@vary_on_htmx
def segment_history(request: HttpRequest, segment_id: int) -> HttpResponse:
    """One segment with all that happened to it."""
    shown = Card(get_for_card(segment_id, request.user), request.user, state="history")
    shown.events = review_queries.history(
        shown.segment.article, request.user, segment=shown.segment
    )
    return render_card(request, shown)


def _chunk(
    request: HttpRequest, article: Article, asked: dict[str, str], pages: Paginator[Segment]
) -> dict[str, Any]:
    page = pages.get_page(request.GET.get("page"))
    segments = list(page.object_list)
    visibility.apply_own_marks(request.user, segments)
    known: dict[str, dict[str, str | None]] = {}
    cards = [Card(segment, request.user, known=known) for segment in segments]
    # A part that htmx fetches leads on in its own direction only; the page's own part leads both ways.
    part = request.GET.get("part", "later") if is_htmx(request) else ""
    return {"article": article, "asked": asked, "page": page, "cards": cards, "part": part}


def _summary(request: HttpRequest, article: Article) -> dict[str, Any]:
    progress, counts = review_queries.summary_of(article, request.user)
    return {
        "progress": progress,
        "counts": counts,
        "orders": review_queries.ORDERS.items(),
    }
