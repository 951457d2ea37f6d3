"""The page of work that has no place in a newer version: carry it over, or put it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Segment, UnplacedSegment
from articles.models.people import SignedInRequest
from articles.models.roles import REVIEW, may
from articles.review.forms import parse_number
from articles.review.responses import get_article, get_for_action
from articles.review.workflow import Refused, Stale
from articles.text.diff import redline
from articles.versions import unplaced


@require_safe
def unplaced_list(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show each old segment with its work beside the new segment that is most like it."""
    return _render_list(request, get_article(article_id, request.user))


@require_POST
def place(request: SignedInRequest, article_id: int, unplaced_id: int) -> HttpResponse:
    """Carry the work over to the segment with the number that was sent, or put it away."""
    article = get_article(article_id, request.user)
    row = get_object_or_404(UnplacedSegment, pk=unplaced_id, article=article)
    try:
        if "put_away" in request.POST:
            unplaced.put_away(row, by=request.user)
            messages.success(request, _("Archived."))
        else:
            _carry_over(request, article, row)
    except (Refused, Stale) as problem:
        return _render_list(request, article, problem=str(problem), failed=row.pk)
    has_more = unplaced.waiting_segments(article).exists()
    return redirect("unplaced" if has_more else "desk", article.pk)


def _carry_over(request: SignedInRequest, article: Article, row: UnplacedSegment) -> None:
    """Carry the work over. Raises Refused for a number that no segment has."""
    number = parse_number(request.POST.get("number", ""), default=0)
    key = Segment.objects.filter(article=article, position=number).values_list("pk", flat=True)
    if not key:
        raise Refused(_("This article has no segment %(number)d.") % {"number": number})
    segment = get_for_action(key[0], request.user)
    unplaced.carry_over(row, segment, by=request.user, revision=segment.revision)
    messages.success(request, _("Carried over to segment %(number)d.") % {"number": number})


def _render_list(
    request: SignedInRequest, article: Article, *, problem: str = "", failed: int = 0
) -> HttpResponse:
    rows = []
    for row in unplaced.waiting_segments(article):
        flags, corrections = unplaced.open_work(row)
        changes = [(each, redline(each.before, each.text)) for each in corrections]
        rows.append((row, flags, changes))
    context = {
        "article": article,
        "rows": rows,
        "may_place": may(request.user, REVIEW, article),
        "problem": problem,
        "failed": failed,
    }
    status = 409 if problem else 200
    return render(request, "versions/unplaced.html", context, status=status)
