"""The pages on which an article is assigned and a blind review of it is set up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.assignments import actions
from articles.assignments.forms import AssignForm, BlindReviewForm
from articles.assignments.queries import lost_assignments
from articles.blind import visibility
from articles.models import Article, Assignment, Import
from articles.models.people import SignedInRequest, name_of
from articles.models.roles import ASSIGN, access_of
from articles.review.responses import get_article
from articles.review.workflow import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show who has the article, and assign it to a person with a role and a time."""
    article = get_article(article_id, request.user, ASSIGN)
    form = AssignForm(request.POST or None, article=article)
    if form.is_valid():
        try:
            row = actions.assign(article, by=request.user, **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, _("Assigned to %(person)s.") % {"person": name_of(row.person)}
            )
            return redirect("assign", article.pk)
    return _assign_page(request, article, form)


@require_http_methods(["GET", "HEAD", "POST"])
def assign_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Assign all articles of the person's finished import at once: all of them or none."""
    job = get_object_or_404(Import, pk=pk, by=request.user, status=Import.Status.DONE)
    if not access_of(request.user).allows(ASSIGN, job.team_id):
        raise PermissionDenied
    articles = job.articles
    form = AssignForm(request.POST or None, teams=[job.team_id])
    if form.is_valid():
        try:
            actions.assign_all(articles, by=request.user, **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            name = name_of(form.cleaned_data["person"])
            messages.success(request, _("Assigned to %(person)s.") % {"person": name})
            return redirect("import", job.pk)
    context = {"job": job, "articles": articles, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "assignments/assign_import.html", context, status=status)


@require_POST
def unassign(request: SignedInRequest, article_id: int, assignment_id: int) -> HttpResponse:
    """Take the article back from a person."""
    article = get_article(article_id, request.user, ASSIGN)
    row = get_object_or_404(Assignment, pk=assignment_id, article=article)
    person = name_of(row.person)
    try:
        actions.unassign(row, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("No longer assigned to %(person)s.") % {"person": person})
    return redirect("assign", article_id)


def _assign_page(request: SignedInRequest, article: Article, form: AssignForm) -> HttpResponse:
    context = {
        "article": article,
        "form": form,
        "rows": article.assignments.all(),
        "is_signed_off": article.sign_offs.filter(ended_at=None).exists(),
        "lost": lost_assignments([article]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assignments/assign.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def blind_review(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show how the blind review of the article stands, and start one with two reviewers."""
    article = get_article(article_id, request.user, ASSIGN)
    form = BlindReviewForm(
        request.POST or None, article=article, initial=_present_reviewers(article)
    )
    if form.is_valid():
        values = form.cleaned_data
        reviewers = (values.pop("first"), values.pop("second"))
        try:
            actions.set_up_blind_review(article, by=request.user, reviewers=reviewers, **values)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Blind review started."))
            return redirect("blind_review", article.pk)
    context = {
        "article": article,
        "form": form,
        "why_not_start": visibility.why_not_start(article),
        "why_not_cancel": visibility.why_not_cancel(article),
        "why_not_end": visibility.why_not_declare(request.user, article),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assignments/blind_review.html", context, status=status)


@require_POST
def cancel_blind_review(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Make a blind review in which nobody has marked anything an ordinary one."""
    article = get_article(article_id, request.user, ASSIGN)
    try:
        actions.cancel_blind_review(article, by=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Blind review cancelled."))
    return redirect("blind_review", article_id)


def _present_reviewers(article: Article) -> dict[str, Any]:
    """Return the first values of the form: who reviews the article already, and until when."""
    rows = article.reviewers
    values: dict[str, Any] = {}
    for name, row in zip(("first", "second"), rows, strict=False):
        values[name] = row.person_id
        if row.due and not values.get("due"):
            values |= {"due": row.due, "due_time": row.due_time}
    return values
