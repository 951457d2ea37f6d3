"""The read-only API: what the pages and the commands give, for whoever sends a token.

``Authorization: Bearer …`` names the person; sessions do not count here, and errors are
``{"error": sentence}``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from articles.accounts.audit import record_export
from articles.api.description import describe_api
from articles.exporting.actions import (
    EXPORT_FORMATS,
    BadChoice,
    file_name,
    write_articles,
)
from articles.exporting.views import file_response, requested_choice
from articles.findings.state import check_state, count_open_findings
from articles.models import AccessToken, Article
from articles.review.queries import Progress, progress_of
from articles.signoff.actions import text_digest
from articles.signoff.state import sign_off_state
from articles.teams.embargo import why_not_export

PAGE = 50
View = Callable[..., HttpResponseBase]


def require_token(view: View) -> View:
    """Let the view answer GET and HEAD with a known token; answer 401 or 405 to all else."""

    @csrf_exempt  # nothing is written, and a browser's cookies do not count
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
        known = AccessToken.objects.recognise(token.strip()) if scheme.lower() == "bearer" else None
        if known is None:
            sentence = _("Send a valid token: “Authorization: Bearer …”. An admin issues them.")
            return _error(sentence, 401, headers={"WWW-Authenticate": "Bearer"})
        if request.method not in ("GET", "HEAD"):
            return _error(_("The API is read-only."), 405, headers={"Allow": "GET, HEAD"})
        request.user = known.user
        return view(request, *args, **kwargs)

    return guarded


def token_owner(request: HttpRequest) -> User:
    """Return whose token was sent with the request."""
    assert isinstance(request.user, User)  # noqa: S101 - the token names a person
    return request.user


@require_token
def articles(request: HttpRequest) -> HttpResponseBase:
    """Return the articles, newest first, with their progress and links, PAGE at a time."""
    rows = Article.objects.visible_to(token_owner(request)).with_documents()
    try:
        page = Paginator(rows, PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        return _error(_("This page does not exist."), 404)
    progress = progress_of(page.object_list)
    answer: dict[str, Any] = {
        "count": page.paginator.count,
        "next": None,
        "previous": None,
        "articles": [],
    }
    checks = check_state(page.object_list)
    states = sign_off_state(page.object_list, checks)
    findings = count_open_findings(page.object_list)
    for each in page.object_list:
        described = _article(request, each, progress[each.pk])
        described["signed_off"] = states[each.pk].is_signed_off
        described["findings"] = findings[each.pk]
        described["checks"] = checks[each.pk].as_json()
        answer["articles"].append(described)
    address = request.build_absolute_uri(reverse("api_articles"))
    if page.has_next():
        answer["next"] = f"{address}?page={page.next_page_number()}"
    if page.has_previous():
        answer["previous"] = f"{address}?page={page.previous_page_number()}"
    return JsonResponse(answer)


@require_token
def export(request: HttpRequest, article_id: int, format: str) -> HttpResponseBase:
    """Return the article as a file, as the page and the command give it.

    ``?content=…&as_of=…`` choose what it holds; their names before 0.2, ``hold`` and ``on``, still
    work.
    """
    articles = Article.objects.visible_to(token_owner(request)).select_related("source", "target")
    article = articles.filter(pk=article_id).first()
    if article is None:
        return _error(_("Article %(number)s does not exist.") % {"number": article_id}, 404)
    if format not in EXPORT_FORMATS:
        sentence = _("There is no format “%(form)s”; available: %(forms)s.")
        return _error(sentence % {"form": format, "forms": ", ".join(EXPORT_FORMATS)}, 404)
    if refusal := why_not_export(article, token_owner(request)):
        return _error(refusal, 403)
    try:
        choice = requested_choice(request)
        pieces = write_articles([article], format, choice=choice)
    except BadChoice as problem:
        return _error(str(problem), 400)
    name = file_name(article, format, choice=choice)
    record_export(request, [article.pk], format, by=token_owner(request))
    return file_response(pieces, format, name)


@require_token
def sign_off(request: HttpRequest, article_id: int) -> HttpResponseBase:
    """Return whether the article is signed off, what is open, and the digest of its text."""
    articles = Article.objects.visible_to(token_owner(request)).with_documents()
    article = articles.filter(pk=article_id).first()
    if article is None:
        return _error(_("Article %(number)s does not exist.") % {"number": article_id}, 404)
    state = sign_off_state([article])[article.pk]
    in_force = state.sign_off
    return JsonResponse(
        {
            "signed_off": state.is_signed_off,
            "by": in_force.person.get_username() if in_force else None,
            "at": in_force.at.isoformat() if in_force else None,
            "open": [item.as_json() for item in state.open],
            "digest": text_digest(article),
        }
    )


@require_token
def description(_request: HttpRequest) -> HttpResponseBase:
    """Return what the API is, in the form of OpenAPI."""
    return JsonResponse(describe_api())


@require_token
def unknown(_request: HttpRequest, **_rest: Any) -> HttpResponseBase:
    """Answer every other address below /api/ with 404."""
    return _error(_("There is nothing at this address."), 404)


def _article(request: HttpRequest, article: Article, progress: Progress) -> dict[str, Any]:
    exports = request.build_absolute_uri(reverse("api_export", args=[article.pk, "text"]))
    return {
        "id": article.pk,
        "title": article.title,
        "target_title": article.target_title,
        "source_language": article.source.language,
        "target_language": article.target.language,
        "created": article.created_at.isoformat(),
        "segments": progress.segments,
        "words": progress.word_count,
        "words_done": progress.done_words,
        "desk": request.build_absolute_uri(reverse("desk", args=[article.pk])),
        "export": exports.removesuffix("text/") + "{form}/",
    }


def _error(sentence: str, status: int, *, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers=headers)
