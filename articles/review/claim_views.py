"""The page of the decisions that were made elsewhere, and that wait to be taken over."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles.models.people import SignedInRequest
from articles.models.roles import APPROVE, may
from articles.review import claims, workflow
from articles.review.forms import parse_number
from articles.review.responses import get_article
from articles.text.diff import redline


@require_http_methods(["GET", "HEAD", "POST"])
def claim_list(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show what was decided elsewhere, or take over what an approver ticked."""
    article = get_article(article_id, request.user)
    problem = ""
    if request.method == "POST":
        try:
            taken = claims.take_over(
                article,
                by=request.user,
                corrections=_ticked(request.POST.getlist("correction")),
                segments=_ticked(request.POST.getlist("segment")),
            )
        except workflow.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, _describe(taken))
            return redirect("desk", article.pk)
    found = claims.claims_of(article)
    context = {
        "article": article,
        "corrections": [(row, redline(row.before, row.text)) for row in found.corrections],
        "segments": found.segments,
        "may_decide": may(request.user, APPROVE, article),
        "problem": problem,
    }
    status = 403 if problem else 200
    return render(request, "review/claims.html", context, status=status)


def _ticked(values: Iterable[str]) -> dict[int, int]:
    """Return the ids that were ticked, each with the revision that was seen; others are left out.

    A value is “id-revision”.
    """
    found: dict[int, int] = {}
    for value in values:
        key, _dash, revision = value.partition("-")
        number = parse_number(key, default=0)
        if number:
            found[number] = parse_number(revision, default=0)
    return found


def _describe(taken: claims.TakenOver) -> str:
    count = ngettext("%(count)d adopted.", "%(count)d adopted.", taken.count)
    sentences = [count % {"count": taken.count}]
    for position, reason in taken.refused:
        details = {"number": position, "reason": reason}
        sentences.append(_("Segment %(number)d not approved: %(reason)s") % details)
    return " ".join(sentences)
