"""The page on which words are searched and replaced in the translation of one article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.models.people import SignedInRequest
from articles.models.roles import REVIEW
from articles.replacing.actions import (
    MOST_PLACES,
    Search,
    find_places,
    replace_places,
    undo_replacements,
    wider_searches,
)
from articles.review.forms import parse_number
from articles.review.responses import get_article


class ReplaceForm(forms.Form):
    """What to look for, and what to put there. An empty replacement deletes the words."""

    find = forms.CharField(label=_("Find"), max_length=200, strip=False)
    replace = forms.CharField(label=_("Replace with"), max_length=400, required=False, strip=False)
    whole_words = forms.BooleanField(label=_("Whole words"), required=False, initial=True)
    match_case = forms.BooleanField(label=_("Match case"), required=False, initial=True)

    def search(self) -> Search:
        """Return what the valid form asks for."""
        data = self.cleaned_data
        return Search(
            data["find"],
            data["replace"],
            whole_words=data["whole_words"],
            match_case=data["match_case"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show the places of some words; send the chosen ones for approval; take that back.

    The search stands in the address, so that a preview can be reloaded. Nothing is written before
    ``act=replace`` or ``act=undo`` is posted.
    """
    article = get_article(article_id, request.user, REVIEW)
    if request.method == "POST":
        return _write(request, article)
    form = ReplaceForm(request.GET) if request.GET else ReplaceForm()
    context: dict[str, Any] = {"article": article, "form": form}
    if form.is_bound and form.is_valid():
        search = form.search()
        places = find_places(article, search, by=request.user)
        context.update(search=search, places=places, most=MOST_PLACES)
        context["is_cut"] = len(places) == MOST_PLACES
        if not places:
            context["wider"] = _wider_matches(article, search, request.user)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "replacing/replace.html", context, status=status)


def _wider_matches(article: Article, search: Search, by: User) -> dict[str, int]:
    """Return the option of the search without which there are matches, and how many."""
    for option, wider in wider_searches(search):
        places = find_places(article, wider, by=by)
        if places:
            return {option: len(places)}
    return {}


def _write(request: SignedInRequest, article: Article) -> HttpResponse:
    context: dict[str, Any] = {"article": article, "form": ReplaceForm()}
    if request.POST.get("act") == "undo":
        numbers = [parse_number(each, default=0) for each in request.POST.getlist("correction")]
        context["undone"] = undo_replacements(article, numbers, by=request.user)
        return render(request, "replacing/replace.html", context)
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        return render(request, "replacing/replace.html", {**context, "form": form}, status=422)
    chosen = request.POST.getlist("place")
    results, waiting = replace_places(article, form.search(), chosen, by=request.user)
    context["waiting"] = waiting
    context["refused"] = [proposal for proposal in results if proposal.reason]
    context["is_done"] = True
    return render(request, "replacing/replace.html", context)
