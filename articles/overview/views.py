"""The first page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.models.people import SignedInRequest
from articles.models.roles import IMPORT, INVITE, access_of, may_anywhere
from articles.overview.articles import (
    CHOICES,
    ORDERS,
    PAGE_SIZE,
    STATES,
    read_rows,
    select_articles,
    teams_to_choose,
)
from articles.overview.work import queue_length, work_by_article


@require_safe
def first_page(request: SignedInRequest) -> HttpResponse:
    """Show the open work of this person, and the articles that the address chooses as a table."""
    asked = {name: request.GET.get(name, "") for name in CHOICES}
    teams = teams_to_choose(request.user)
    if asked["team"] not in teams:
        asked["team"] = ""
    articles = select_articles(request.user, **asked).with_documents()
    if teams:
        articles = articles.select_related("team")
    pages = Paginator(articles.prefetch_related("assignments"), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    rows = read_rows(page.object_list, request.user)
    chosen = {name: value for name, value in asked.items() if value}
    context = {
        "work": work_by_article(request.user),
        "rows": rows,
        "page": page,
        "asked": asked,
        "states": STATES.items(),
        "orders": ORDERS.items(),
        "teams": teams.items(),
        "query": f"&{urlencode(chosen)}" if chosen else "",
        "is_empty": not rows and not chosen,
        "has_role": access_of(request.user).has_role,
        "queue_length": queue_length(request.user),
        "may_import": may_anywhere(request.user, IMPORT),
        "may_invite": request.user.has_perm(INVITE),
    }
    return render(request, "overview/first_page.html", context)
