"""The page on which an article is assigned, for whoever may do that outside the admin, too."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.assignments import actions
from articles.assignments.forms import AssignForm
from articles.models import Article, Assignment
from articles.models.people import SignedInRequest
from articles.models.roles import ASSIGN
from articles.review.responses import get_article
from articles.review.workflow import Refused

may_assign = permission_required(ASSIGN, raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_assign
def assign(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show who has the article, and assign it to a person with a role and a date."""
    article = get_article(article_id)
    form = AssignForm(request.POST or None)
    if form.is_valid():
        try:
            row = actions.assign(article, by=request.user, **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Assigned to %(person)s.") % {"person": row.person})
            return redirect("assign", article.pk)
    return _assign_page(request, article, form)


@require_POST
@may_assign
def unassign(request: SignedInRequest, article_id: int, assignment_id: int) -> HttpResponse:
    """Take the article back from a person."""
    rows = Assignment.objects.select_related("article")
    row = get_object_or_404(rows, pk=assignment_id, article=article_id)
    person = str(row.person)
    try:
        actions.unassign(row, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("No longer assigned to %(person)s.") % {"person": person})
    return redirect("assign", article_id)


def _assign_page(request: SignedInRequest, article: Article, form: AssignForm) -> HttpResponse:
    context = {"article": article, "form": form, "rows": article.assignments.all()}
    status = 422 if form.is_bound else 200
    return render(request, "assignments/assign.html", context, status=status)
