"""Export an article, and bring an edited file of it back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from articles.accounts.audit import record_export
from articles.exporting.actions import (
    EXPORT_CONTENTS,
    EXPORT_FORMATS,
    BadChoice,
    ExportChoice,
    clean_format,
    file_name,
    formats_of,
    parse_choice,
    write_articles,
)
from articles.exporting.forms import ReturnForm
from articles.exporting.returned_file import read_returned
from articles.findings.messages import describe_problem
from articles.findings.state import check_state
from articles.formats import BadFile, Format
from articles.models import Article
from articles.models.people import SignedInRequest
from articles.models.roles import MANAGE, REVIEW, may
from articles.review.proposals import submit_proposals
from articles.review.responses import get_article
from articles.signoff.state import sign_off_state
from articles.teams.embargo import embargo_time, why_not_export

FORMAT_GROUPS: dict[str, tuple[str, ...]] = {
    gettext_noop("Text"): ("text", "markdown", "html", "epub", "srt", "vtt", "sbv"),
    gettext_noop("Newsroom systems"): ("ninjs", "ans", "nitf", "newsml", "wxr"),
    gettext_noop("Office"): ("docx", "docx-clean", "docx-table", "odt", "xlsx", "csv"),
    gettext_noop("Translation tools"): ("xliff", "tmx", "xliff-original", "tmx-original"),
    gettext_noop("Annotation tables (MQM)"): (
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


@require_safe
def export_page(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show the formats that the article can be exported in, and the two choices of content."""
    return _export_page(request, get_article(article_id, request.user))


@require_safe
def download(request: SignedInRequest, pk: int, format: str) -> HttpResponseBase:
    """Stream the article as a file in one of EXPORT_FORMATS.

    A choice that cannot be met is explained on the page.
    """
    articles = Article.objects.select_related("source", "target").visible_to(request.user)
    article = get_object_or_404(articles, pk=pk)
    if format not in EXPORT_FORMATS:
        raise Http404
    if why_not_export(article, request.user):
        return _export_page(request, article, status=403)
    try:
        choice = requested_choice(request)
        pieces = write_articles([article], format, choice=choice)
    except BadChoice as problem:
        return _export_page(request, article, problem=str(problem), status=422)
    # Only now: what was refused has not left the site.
    record_export(request, [article.pk], format, by=request.user)
    return file_response(pieces, format, file_name(article, format, choice=choice))


def requested_choice(request: HttpRequest) -> ExportChoice:
    """Return the choice that the address asks for: ``?content=…&as_of=…``. Raises BadChoice."""
    content, as_of = _requested_words(request.GET)
    return parse_choice(content, as_of)


def _requested_words(query: QueryDict) -> tuple[str, str]:
    """Return the content and the time as sent; ``hold`` and ``on`` are their names before 0.2."""
    content = query.get("content") or query.get("hold", "")
    as_of = query.get("as_of") or query.get("on", "")
    return content, as_of


def file_response(pieces: Iterable[bytes], format: str, name: str) -> StreamingHttpResponse:
    """Return a response that is a file in one of EXPORT_FORMATS."""
    media_type = EXPORT_FORMATS[format].media_type
    response = StreamingHttpResponse(pieces, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
def preview_return(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show what the uploaded file would propose; nothing is stored."""
    article = get_article(article_id, request.user, REVIEW)
    form = ReturnForm(request.POST, request.FILES)
    if not form.is_valid():
        return _export_page(request, article, return_form=form, status=422)
    file = form.cleaned_data["reviewed"]
    try:
        returned = read_returned(article, file.name, file, by=request.user)
    except BadFile as problem:
        form.add_error("reviewed", describe_problem(problem))
        return _export_page(request, article, return_form=form, status=422)
    context = {
        "article": article,
        "proposals": returned.proposals,
        "any_allowed": any(not proposal.reason for proposal in returned.proposals),
        "any_warning": any(proposal.warning for proposal in returned.proposals),
        "comments": returned.comments,
        "unmatched": returned.unmatched,
    }
    return render(request, "exporting/reviewed_word.html", context)


@require_POST
def submit_return(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Send the chosen proposals to approval, and say of each what became of it."""
    article = get_article(article_id, request.user, REVIEW)
    chosen = [_parse_proposal(value) for value in request.POST.getlist("take")]
    results = submit_proposals(article, chosen, by=request.user)
    context = {
        "article": article,
        "submitted": [proposal for proposal in results if not proposal.reason],
        "refused": [proposal for proposal in results if proposal.reason],
    }
    return render(request, "exporting/reviewed_word_imported.html", context)


def _parse_proposal(value: str) -> tuple[int, int, str]:
    """Return (segment id, revision, text) of a ``Proposal.value``.

    Anything else was not sent by our page: a 400.
    """
    try:
        segment, revision, text = json.loads(value)
        text.encode()  # half of a surrogate pair cannot be stored
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise BadRequest from problem
    if not isinstance(segment, int) or not isinstance(revision, int):
        raise BadRequest
    # PostgreSQL stores neither a larger number in this column nor NUL in a text.
    if not 0 < revision < 2**31 or "\0" in text:
        raise BadRequest
    return segment, revision, text


def _export_page(
    request: SignedInRequest,
    article: Article,
    *,
    problem: str = "",
    return_form: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the export page; ``problem`` says why a choice could not be met."""
    content, as_of = _requested_words(request.GET)
    checks = check_state([article])
    context: dict[str, Any] = {
        "article": article,
        **_formats_to_choose(article),
        "contents": EXPORT_CONTENTS.items(),
        "requested": {"content": content or "approved", "as_of": as_of},
        "problem": problem,
        "refusal": why_not_export(article, request.user),
        "embargo": embargo_time(article),
        "may_manage": may(request.user, MANAGE, article),
        "return_form": return_form or ReturnForm(),
        "sign_off": sign_off_state([article], checks)[article.pk],
        "may_return": may(request.user, REVIEW, article),
        "checks": checks[article.pk],
        "may_run_checks": may(request.user, REVIEW, article),
        "word_file": _word_file(article),
    }
    return render(request, "exporting/export.html", context, status=status)


def _word_file(article: Article) -> str:
    """Return whether the Word file that the article came in is "kept" or "lost", "" for none."""
    if not article.target.name.lower().endswith(".docx"):
        return ""
    return "kept" if article.target.page else "lost"


def _formats_to_choose(article: Article) -> dict[str, Any]:
    """Return the three formats that have a card on the page, and the others under headings."""
    available = formats_of(article)
    clean = clean_format(article)
    cards = {name: available.pop(name) for name in ("docx", clean, "text")}
    return {
        "word": cards["docx"],
        "clean": (clean, cards[clean]),
        "text": cards["text"],
        "came_in_it": clean != "docx-clean" or bool(_word_file(article)),
        "groups": _grouped_formats(available),
    }


def _grouped_formats(
    available: dict[str, Format],
) -> list[tuple[str, list[tuple[str, Format]]]]:
    """Return the formats under their headings."""
    groups = []
    for title, names in FORMAT_GROUPS.items():
        formats = [(name, available[name]) for name in names if name in available]
        if formats:
            groups.append((title, formats))
    return groups
