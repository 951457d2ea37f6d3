"""The page of the concordance."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.concordance.queries import (
    LONGEST_WORDS,
    MOST_HITS,
    PAGE_SIZE,
    SIDES,
    Search,
    find_segment,
    find_segments,
    language_pairs,
    read_hits,
)
from articles.models import Segment
from articles.models.people import SignedInRequest
from articles.review.forms import parse_number


@require_safe
def concordance(request: SignedInRequest) -> HttpResponse:
    """Show in which segments some words stand, and how they are translated there.

    The search stands in the address: ``q`` the words, ``side`` and ``pair`` where they are looked
    for, ``whole`` whole words alone, ``accents`` é and e alike; ``from`` is the segment on whose
    desk the person was.
    """
    pairs = {
        f"{source}-{target}": (source, target) for source, target in language_pairs(request.user)
    }
    search = read_search(request.GET, pairs)
    context: dict[str, Any] = {
        "search": search,
        "sides": SIDES.items(),
        "pairs": pairs,
        "pair": "-".join(search.languages),
        "origin": _read_origin(request),
    }
    if len(search.words) > LONGEST_WORDS:
        context["problem"] = _("Search for %(count)s characters at most.") % {
            "count": LONGEST_WORDS
        }
        return render(request, "concordance/concordance.html", context, status=422)
    if search.words:
        context.update(_results(request, search))
    return render(request, "concordance/concordance.html", context)


def read_search(asked: QueryDict, pairs: dict[str, tuple[str, str]]) -> Search:
    """Return what the address asks for; a choice that there is not is the first of its kind.

    The form sends ``side``: where that is missing the address is a link, whose words are whole.
    """
    side = asked.get("side", "")
    return Search(
        " ".join(asked.get("q", "").split()),
        side=side if side in SIDES else "both",
        languages=pairs.get(asked.get("pair", ""), ()),
        whole_words="whole" in asked or not side,
        ignore_accents="accents" in asked,
    )


def _read_origin(request: SignedInRequest) -> Segment | None:
    """Return the segment on whose desk the person was, if the address names one."""
    key = parse_number(request.GET.get("from", ""), default=0)
    return find_segment(request.user, key) if key else None


def _results(request: SignedInRequest, search: Search) -> dict[str, Any]:
    """Return the hits of a page, how many there are, and the address of the other pages."""
    keys = find_segments(request.user, search)
    page = Paginator(keys[:MOST_HITS], PAGE_SIZE).get_page(request.GET.get("page"))
    hits = read_hits(request.user, search, list(page.object_list))
    asked = request.GET.copy()
    asked.pop("page", None)
    return {
        "page": page,
        "hits": hits,
        "has_likely": any(hit.has_likely for hit in hits),
        "is_cut": len(keys) > MOST_HITS,
        "most": MOST_HITS,
        "query": f"&{asked.urlencode()}",
    }
