"""The page of the glossary: look terms up, add, change and delete them, import and export files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.findings.messages import describe_problem
from articles.findings.source_words import articles_with, place_of
from articles.formats.interchange import BadFile
from articles.formats.xml import termbase
from articles.glossary import actions
from articles.glossary.access import ACTIONS, managers, may_act, may_see, visible_terms
from articles.glossary.forms import TermForm, TermsUpload, article_languages
from articles.glossary.messages import describe_rechecks
from articles.glossary.queries import (
    Choice,
    articles_with_terms,
    count_before,
    language_pairs,
    select_terms,
)
from articles.models import Article, Term
from articles.models.people import SignedInRequest
from articles.review.forms import parse_number
from articles.review.responses import get_article, is_htmx, vary_on_htmx
from articles.review.workflow import Refused
from articles.text.glossary import Entry

_ON_A_PAGE = 50
_SHOWN_CHANGES = 20
"""Changed terms that the preview of a file shows one by one."""
_MEDIA_TYPES = {"csv": "text/csv", "tbx": "application/x-tbx"}


@require_http_methods(["GET", "HEAD", "POST"])
def glossary(request: SignedInRequest) -> HttpResponse:
    """Show the terms that the address asks for; add a term that is posted.

    With ``add`` in the address the form is open; ``source`` and ``target`` fill it, ``article`` is
    the article that the term may be for.
    """
    _check_may_see(request)
    if request.method != "POST":
        article = _article_of(request, request.GET)
        return _page(request, article, _empty_form(request, article))
    return _add(request)


def _add(request: SignedInRequest) -> HttpResponse:
    about = _article_of(request, request.POST)
    article = about if request.POST.get("scope") == "article" else None
    _check_may_act(request, "add", article)
    form = TermForm(request.POST, instance=Term(article=article))
    if form.is_valid():
        term = form.save(commit=False)
        try:
            articles = actions.add_term(term, by=request.user, request=request)
        except Refused as reason:
            form.add_error("source", str(reason))
        else:
            words = {"term": term, "checks": describe_rechecks(articles)}
            messages.success(request, _("Added: %(term)s. %(checks)s") % words)
            page = count_before(request.user, term) // _ON_A_PAGE + 1
            origin = {"article": about.pk} if about else {}
            return redirect(_address_of({"page": page, **origin}))
    return _page(request, about, form, status=422)


@vary_on_htmx
@require_http_methods(["GET", "HEAD", "POST"])
def edit_term(request: SignedInRequest, term_id: int) -> HttpResponse:
    """Show the form of a term, and store what is posted; for htmx in the row of the table.

    With ``row`` in the address htmx gets the row again: nothing is changed.
    """
    term = _get_term(request, term_id)
    if term is None:
        return _gone(request)
    _check_may_act(request, "change", term.article)
    if request.method != "POST":
        if "row" in request.GET and is_htmx(request):
            return _row(request, term)
        return _form(request, TermForm(instance=term), actions.contents_of(term))
    seen = request.POST.get("seen", "")
    form = TermForm(request.POST, instance=term)
    if not form.is_valid():
        return _form(request, form, seen, status=422)
    changed = form.save(commit=False)
    try:
        articles = actions.change_term(changed, seen=seen, by=request.user, request=request)
    except actions.Conflict as conflict:
        now = actions.contents_of(conflict.term)
        return _form(request, form, now, conflict=conflict.term, status=409)
    except Refused as reason:
        form.add_error("source", str(reason))
        return _form(request, form, seen, status=409)
    said = _("Saved. %(checks)s") % {"checks": describe_rechecks(articles)}
    if is_htmx(request):
        return _row(request, changed, said=said)
    messages.success(request, said)
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_term(request: SignedInRequest, term_id: int) -> HttpResponse:
    """Say what the deletion of a term changes; delete it when that is confirmed."""
    term = _get_term(request, term_id)
    if term is None:
        return _gone(request)
    _check_may_act(request, "delete", term.article)
    if request.method != "POST":
        return _confirm_delete(request, term)
    seen = request.POST.get("seen", "")
    try:
        articles = actions.delete_term(term, seen=seen, by=request.user, request=request)
    except actions.Conflict as conflict:
        return _confirm_delete(request, conflict.term, is_changed=True)
    except Refused:
        return _gone(request)
    words = {"term": term, "checks": describe_rechecks(articles)}
    messages.success(request, _("Deleted: %(term)s. %(checks)s") % words)
    return _back(request)


def _confirm_delete(
    request: SignedInRequest, term: Term, *, is_changed: bool = False
) -> HttpResponse:
    """Ask whether to delete the term; ``is_changed`` says that it is not what the person saw."""
    context = {
        "term": term,
        "is_changed": is_changed,
        "seen": actions.contents_of(term),
        "articles": len(articles_with([place_of(term)])),
        "query": request.POST.get("query", request.GET.get("query", "")),
    }
    status = 409 if is_changed else 200
    return render(request, "glossary/delete.html", context, status=status)


@vary_on_htmx
@require_http_methods(["GET", "HEAD", "POST"])
def import_terms(request: SignedInRequest) -> HttpResponse:
    """Show the form for a file, what the file would change (``act=preview``), and import it.

    htmx gets the report alone, so that the chosen file stays in the form.
    """
    _check_may_see(request)
    article = _article_of(request, request.POST or request.GET)
    _check_may_import(request, article)
    languages = article_languages(article)
    context: dict[str, Any] = {"form": TermsUpload(languages=languages), "article": article}
    status = 200
    if request.method == "POST":
        context["form"] = form = TermsUpload(request.POST, request.FILES, languages=languages)
        changes = _read_upload(form, article)
        if changes is None:
            status = 422
        elif request.POST.get("act") == "preview":
            context["preview"] = changes
            context["changed"] = list(zip(changes.before, changes.after, strict=True))
            context["changed"] = context["changed"][:_SHOWN_CHANGES]
        else:
            answer = _import(request, form, changes, article)
            if answer is not None:
                return answer
            status = 409
    part = "report" if is_htmx(request) else "import"
    return render(request, f"glossary/{part}.html", context, status=status)


def _read_upload(form: TermsUpload, article: Article | None) -> actions.TermChanges | None:
    """Return what the posted file would change, None with the problem in the form."""
    if not form.is_valid():
        return None
    try:
        return form.read(article)
    except BadFile as problem:
        form.add_error("upload", describe_problem(problem))
    return None


def _import(
    request: SignedInRequest,
    form: TermsUpload,
    changes: actions.TermChanges,
    article: Article | None,
) -> HttpResponse | None:
    """Store what the file changes; return None with the reason in the form if that is refused."""
    name = form.cleaned_data["upload"].name
    try:
        articles = actions.store_changes(changes, name=name, by=request.user, request=request)
    except Refused as reason:
        form.add_error("upload", str(reason))
        return None
    messages.success(request, f"{changes.sentence} {describe_rechecks(articles)}")
    address = _address_of({"scope": article.pk} if article else {})
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_safe
def export_terms(request: SignedInRequest, format: str) -> HttpResponse:
    """Send the terms of one glossary for one pair of languages as a CSV or TBX file."""
    _check_may_see(request)
    if format not in _MEDIA_TYPES:
        raise Http404
    article = _article_of(request, request.GET)
    languages = (request.GET.get("from", ""), request.GET.get("to", ""))
    terms = visible_terms(request.user).filter(
        article=article, source_language=languages[0], target_language=languages[1]
    )
    rows = terms.order_by("source", "pk").values_list("source", "target", "note")
    entries = [Entry(*row) for row in rows]
    if format == "tbx":
        content = termbase.write_tbx(entries, languages)
    else:
        content = termbase.write_table(entries)
    name = "-".join(filter(None, ["glossary", *languages]))
    response = HttpResponse(content, content_type=f"{_MEDIA_TYPES[format]}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.{format}"
    )
    return response


# ── rights ───────────────────────────────────────────────────────────────────


def _check_may_see(request: SignedInRequest) -> None:
    if not may_see(request.user):
        raise PermissionDenied


def _check_may_act(request: SignedInRequest, action: str, article: Article | None) -> None:
    if not may_act(request.user, action, article):
        raise PermissionDenied


def _check_may_import(request: SignedInRequest, article: Article | None) -> None:
    """A file adds terms and changes those that are there."""
    _check_may_act(request, "add", article)
    _check_may_act(request, "change", article)


def _get_term(request: SignedInRequest, term_id: int) -> Term | None:
    """Return the term, None where it is gone; Http404 where the person may not see it."""
    _check_may_see(request)
    term = visible_terms(request.user).filter(pk=term_id).first()
    if term is None and Term.objects.filter(pk=term_id).exists():
        raise Http404
    return term


def _article_of(request: SignedInRequest, query: QueryDict) -> Article | None:
    """Return the article that the parameters name, None for none; Http404 for one not visible."""
    number = parse_number(query.get("article", ""), default=0)
    return get_article(number, request.user) if number else None


# ── answers ──────────────────────────────────────────────────────────────────


def _empty_form(request: SignedInRequest, article: Article | None) -> TermForm:
    """Return the form of a new term, with what the address fills in."""
    source, target = article_languages(article)
    term = Term(article=article, source_language=source, target_language=target)
    words = {name: " ".join(request.GET.get(name, "").split()) for name in ("source", "target")}
    return TermForm(instance=term, initial=words)


def _page(
    request: SignedInRequest, article: Article | None, form: TermForm, *, status: int = 200
) -> HttpResponse:
    """Render the page with the terms; ``article`` is the one that a new term may be for."""
    person = request.user
    choice = Choice.from_query(request.GET)
    terms = select_terms(person, choice)
    page = Paginator(terms, _ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    rights = {action: may_act(person, action) for action in ACTIONS}
    rows = [(term, _rights_on(request, term)) for term in page.object_list]
    adds_here = article is not None and may_act(person, "add", article)
    exported = get_article(choice.article, person) if choice.article else None
    own = visible_terms(person).filter(article=exported)
    context = {
        "page": page,
        "rows": rows,
        "choice": choice,
        "query": query.urlencode(),
        "more": f"&{query.urlencode()}" if query else "",
        "articles": articles_with_terms(person),
        "pairs": language_pairs(own),
        "exported": exported,
        "article": article,
        "form": form,
        "is_open": "add" in request.GET or status != 200,
        "adds_here": adds_here,
        "adds": rights["add"] or adds_here,
        "adds_for_site": rights["add"],
        "imports": may_act(person, "add", exported) and may_act(person, "change", exported),
        "managers": [] if any(rights.values()) else managers(),
        "manages": any(rights.values()),
        "scope": request.POST.get("scope", ""),
    }
    return render(request, "glossary/glossary.html", context, status=status)


def _rights_on(request: SignedInRequest, term: Term) -> dict[str, bool]:
    """Return whether the person may change and delete the term."""
    actions = ("change", "delete")
    return {action: may_act(request.user, action, term.article) for action in actions}


def _row(request: SignedInRequest, term: Term, *, said: str = "") -> HttpResponse:
    """Render the row of a term, for htmx."""
    context = {
        "term": term,
        "rights": _rights_on(request, term),
        "said": said,
        "is_back": True,
        "query": request.POST.get("query", request.GET.get("query", "")),
    }
    return render(request, "glossary/row.html", context)


def _form(
    request: SignedInRequest,
    form: TermForm,
    seen: str,
    *,
    conflict: Term | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the form of a term: in its row for htmx, else on a page."""
    query = request.POST.get("query", request.GET.get("query", ""))
    context = {"form": form, "seen": seen, "conflict": conflict, "query": query}
    part = "form_row" if is_htmx(request) else "edit"
    return render(request, f"glossary/{part}.html", context, status=status)


def _gone(request: SignedInRequest) -> HttpResponse:
    """Say that somebody has deleted the term; what was typed is shown, to be copied."""
    typed = {name: request.POST.get(name, "") for name in ("source", "target", "note")}
    part = "gone_row" if is_htmx(request) else "gone"
    return render(request, f"glossary/{part}.html", {"typed": typed}, status=409)


def _back(request: SignedInRequest) -> HttpResponseRedirect:
    """Return to the page with the choice that it had."""
    query = QueryDict(request.POST.get("query", ""))
    return redirect(_address_of(query.dict()))


def _address_of(parameters: dict[str, Any]) -> str:
    query = QueryDict(mutable=True)
    query.update(parameters)
    address = reverse("glossary")
    return f"{address}?{query.urlencode()}" if query else address
