"""Taking an article away, and taking a reviewed Word file of it back in."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from articles.exporting import reviewed_word
from articles.exporting.actions import FORMS, HOLDS, BadChoice, choice, file_name, forms_of, written
from articles.findings.messages import describe_problem
from articles.formats import BadFile
from articles.models import Article
from articles.models.roles import REVIEW
from articles.review.forms import ReturnForm
from articles.review.responses import get_article

GROUPS: dict[str, tuple[str, ...]] = {
    gettext_noop("Text"): ("text", "markdown", "html"),
    gettext_noop("Office"): ("docx", "docx-clean", "docx-table", "xlsx", "csv"),
    gettext_noop("Translation tools"): ("xliff", "tmx"),
    gettext_noop("Annotators’ tables (MQM)"): (
        "wmt",
        "marot",
        "mt-metrics",
        "bio-mqm",
        "pearmut",
        "appraise",
        "appraise-answers",
    ),
    gettext_noop("Data and training"): ("jsonl", "training"),
}
may_return = permission_required(REVIEW, raise_exception=True)


@require_safe
def exports(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every form the article can be had in, and the two choices of what it holds."""
    return _page(request, get_article(article_id))


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The article as a file in one of export.FORMS, streamed; a choice that cannot be met is said on the page."""
    article = get_object_or_404(Article.objects.select_related("source", "target"), pk=pk)
    if form not in FORMS:
        raise Http404
    try:
        held = choice(request.GET.get("hold", ""), request.GET.get("on", ""))
        pieces = written([article], form, choice=held)
    except BadChoice as problem:
        return _page(request, article, problem=str(problem), status=422)
    return as_file(pieces, form, file_name(article, form, choice=held))


def as_file(pieces: Any, form: str, name: str) -> StreamingHttpResponse:
    """A response that is a file in one of FORMS."""
    response = StreamingHttpResponse(
        pieces, content_type=f"{FORMS[form].media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
@may_return
def preview_return(request: HttpRequest, article_id: int) -> HttpResponse:
    """What the uploaded Word file would propose; nothing is stored."""
    article = get_article(article_id)
    form = ReturnForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found, remarks = reviewed_word.examine(
                article, form.cleaned_data["reviewed"], by=request.user
            )
        except BadFile as problem:
            form.add_error("reviewed", describe_problem(problem))
        else:
            return render(
                request,
                "exporting/reviewed_word.html",
                {"article": article, "remarks": remarks, **_told(found)},
            )
    return _page(request, article, returning=form, status=422)


@require_POST
@may_return
def take_return(request: HttpRequest, article_id: int) -> HttpResponse:
    """Send the chosen proposals to approval, and say of each what became of it."""
    article = get_article(article_id)
    told = reviewed_word.take(article, map(_chosen, request.POST.getlist("take")), by=request.user)
    refused = [each for each in told if each.reason]
    context = {
        "article": article,
        "taken": [each for each in told if not each.reason],
        "refused": refused,
    }
    return render(request, "exporting/reviewed_word_imported.html", context)


def _chosen(value: str) -> tuple[int, int, str]:
    """What returned.Proposal.value said. Anything else was not sent by our page, and is a 400."""
    try:
        segment, revision, text = json.loads(value)
        text.encode()  # no half characters
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise BadRequest from problem
    if (
        not (isinstance(segment, int) and isinstance(revision, int) and 0 < revision < 2**31)
        or "\0" in text
    ):
        raise BadRequest
    return segment, revision, text


def _told(found: list[reviewed_word.Proposal]) -> dict[str, Any]:
    return {
        "found": found,
        "takable": any(not each.reason for each in found),
        "doubtful": any(each.doubt for each in found),
    }


def _page(
    request: HttpRequest,
    article: Article,
    *,
    problem: str = "",
    returning: Any = None,
    status: int = 200,
) -> HttpResponse:
    forms = forms_of(article)
    groups = [
        (title, [(name, forms[name]) for name in names if name in forms])
        for title, names in GROUPS.items()
    ]
    context = {
        "article": article,
        "groups": groups,
        "holds": HOLDS.items(),
        "asked": {"hold": request.GET.get("hold") or "approved", "on": request.GET.get("on", "")},
        "problem": problem,
        "returning": returning or ReturnForm(),
        "may_return": request.user.has_perm(REVIEW),
    }
    return render(request, "exporting/export.html", context, status=status)
