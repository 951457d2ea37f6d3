"""The page of an article's team and embargo, for the admins of its team."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models.people import SignedInRequest
from articles.models.roles import MANAGE
from articles.review.responses import get_article
from articles.teams import actions
from articles.teams.forms import AccessForm


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show and change which team has the article, and until when it is under embargo."""
    article = get_article(article_id, request.user, MANAGE)
    form = AccessForm(request.POST or None, article=article, by=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with transaction.atomic():
            actions.set_embargo(article, values["embargoed_until"], by=request.user)
            actions.move(article, values.get("team", article.team), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("access", article.pk)
    status = 422 if form.is_bound else 200
    context = {"article": article, "form": form}
    return render(request, "teams/access.html", context, status=status)
