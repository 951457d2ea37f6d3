"""The pages to read: my work, the desk of an article, its history."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import apart, desk, duties
from articles.forms import number
from articles.models import Article, Segment
from articles.views.answers import by_htmx, find, find_article, per_client, show
from articles.views.cards import Card
from articles.views.readings import Standing


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and every article with its progress."""
    page = Paginator(Article.objects.prefetch_related("assignments"), 25).get_page(request.GET.get("page"))
    progress = desk.progress_of(page.object_list, request.user)
    rows = [(article, progress[article.pk]) for article in page.object_list]
    work = desk.my_work(request.user) | {"duties": duties.duties_of(request.user)}
    return render(request, "pages/articles.html", {"page": page, "rows": rows, "work": work})


@require_safe
@per_client
def article(request: HttpRequest, article_id: int) -> HttpResponse:
    """The desk: all segments, or those that a filter or a search chooses, a page (or for htmx a chunk) at a time."""
    found = find_article(article_id)
    asked = {name: request.GET.get(name, "") for name in ("filter", "order", "search")}
    pages = Paginator(desk.chosen(found, request.user, **asked).for_desk(), desk.PAGE)
    if by_htmx(request):
        return render(request, "_fragments/chunk.html", _chunk(request, found, asked, pages))
    summary = _summary(request, found)
    if not asked["search"]:
        pages.count = summary["counts"].get(asked["filter"], summary["progress"].segment_count)
    context = _chunk(request, found, asked, pages) | summary
    if found.stage != Article.Stage.REVIEW:
        context["standing"] = Standing(found, request.user)
    return render(request, "pages/desk.html", context)


@require_safe
def summary(request: HttpRequest, article_id: int) -> HttpResponse:
    """The desk's progress and filter counts: what is fetched anew when a segment has changed."""
    found = get_object_or_404(Article, pk=article_id)
    asked = {name: request.GET.get(name, "") for name in ("filter", "order", "search")}
    return render(request, "_fragments/summary.html", {"article": found, "asked": asked} | _summary(request, found))


@require_safe
def jump(request: HttpRequest, article_id: int) -> HttpResponse:
    """To the segment with the number asked for, or the nearest before it; without a number to the first to review."""
    found = get_object_or_404(Article, pk=article_id)
    segments = found.segments.order_by("position")
    if "number" in request.GET:
        segment = segments.filter(position__lte=number(request.GET["number"], otherwise=1)).last()
    else:
        segment = desk.first_to_review(found, request.user)
    segment = segment or segments.first()
    address = reverse("desk", args=[found.pk])
    return redirect(f"{address}?page={desk.page_of(segment)}#segment-{segment.pk}" if segment else address)


@require_safe
def history(request: HttpRequest, article_id: int) -> HttpResponse:
    """Everything that happened to the article, newest first."""
    found = find_article(article_id)
    page = Paginator(desk.history(found, request.user), 100).get_page(request.GET.get("page"))
    return render(request, "pages/history.html", {"article": found, "page": page})


@require_safe
@per_client
def card(request: HttpRequest, segment_id: int) -> HttpResponse:
    """One segment."""
    return show(request, Card(find(segment_id, request.user), request.user))


@require_safe
@per_client
def segment_history(request: HttpRequest, segment_id: int) -> HttpResponse:
    """One segment with all that happened to it."""
    shown = Card(find(segment_id, request.user), request.user, state="history")
    shown.events = desk.history(shown.segment.article, request.user, segment=shown.segment)
    return show(request, shown)


def _chunk(request: HttpRequest, article: Article, asked: dict[str, str], pages: Paginator[Segment]) -> dict[str, Any]:
    page = pages.get_page(request.GET.get("page"))
    segments = list(page.object_list)
    apart.show(request.user, segments)
    known: dict[str, dict[str, str | None]] = {}
    cards = [Card(segment, request.user, known=known) for segment in segments]
    # A part that htmx fetches leads on in its own direction only; the page's own part leads both ways.
    part = request.GET.get("part", "later") if by_htmx(request) else ""
    return {"article": article, "asked": asked, "page": page, "cards": cards, "part": part}


def _summary(request: HttpRequest, article: Article) -> dict[str, Any]:
    progress, counts = desk.summary_of(article, request.user)
    return {
        "progress": progress,
        "counts": counts,
        "orders": desk.ORDERS.items(),
    }
