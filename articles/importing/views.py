"""Import articles: choose files, look at the preview, confirm, watch; rename them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.importing import tasks
from articles.importing.forms import (
    ImportForm,
    TitleForm,
    choose,
    language_choices,
    preview_lines,
)
from articles.importing.uploads import tidy_uploads
from articles.models import Article, Event, Import, ImportFile, Worker
from articles.models.headlines import refresh_target_title
from articles.models.people import SignedInRequest
from articles.models.roles import ASSIGN, IMPORT, access_of, requires, teams_of, within_teams
from articles.review.forms import parse_number
from articles.review.responses import get_article, is_htmx, vary_on_htmx
from articles.segmentation.detect import detect_language, forget_model

MOST_LINES = 2_000
"""Lines of a file that are shown: enough to judge what was read, and quick to load."""
may_import = requires(IMPORT)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def new_import(request: SignedInRequest) -> HttpResponse:
    """Choose files or paste two texts, which are examined; and list what was imported."""
    teams = teams_of(request.user, IMPORT)
    form = ImportForm(teams=teams)
    if request.method == "POST":
        # Before the form asks how much room is left: what nobody answered must refuse no files.
        tidy_uploads()
        form = ImportForm(request.POST, request.FILES, teams=teams)
        if form.is_valid():
            job = tasks.begin_import(
                form.cleaned_data["uploads"],
                by=request.user,
                pasted=form.pasted,
                title=form.cleaned_data["title"],
                team=form.cleaned_data["team"],
            )
            return redirect("import", job.pk)
    jobs = Import.objects.filter(within_teams(request.user, "team")).select_related("by")
    pages = Paginator(jobs, 25)
    waiting = _waiting_files(request.user).select_related("by").order_by("pk")
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "waiting": waiting.defer("text"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "importing/imports.html", context, status=status)


def _own_import(request: SignedInRequest, number: int, **values: Any) -> Import:
    """Return the person's own import into a team where they may import, or raise Http404."""
    imports = Import.objects.filter(within_teams(request.user, "team", IMPORT), by=request.user)
    job: Import = get_object_or_404(imports, pk=number, **values)
    return job


def _waiting_files(person: User) -> QuerySet[ImportFile]:
    """Return the texts that wait for their partner in teams where the person may import."""
    return ImportFile.objects.filter(within_teams(person, "job__team", IMPORT), waiting=True)


@vary_on_htmx
@require_safe
@may_import
def one_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the preview of the files, how far the import is, or its results."""
    job = _own_import(request, pk)
    page = "importing/status.html" if is_htmx(request) else "importing/import.html"
    context = {"job": job, "no_worker": job.in_progress and not Worker.objects.answers()}
    if job.status == Import.Status.DONE:
        context["may_assign"] = access_of(request.user).allows(ASSIGN, job.team_id)
    if job.status == Import.Status.EXAMINED:
        context["lines"] = preview_lines(job)
        context["languages"] = language_choices()
    return render(request, page, context)


@require_safe
@may_import
def import_text(request: SignedInRequest, pk: int, file_id: int) -> HttpResponse:
    """Show what is read of one of the files before it is stored, and what of it is left out."""
    job = _own_import(request, pk, status=Import.Status.EXAMINED)
    uploaded = get_object_or_404(job.files, pk=file_id)
    file = tasks.extracted_text(uploaded)
    if file is None:
        raise Http404
    lines_read = [line for line in file.text.splitlines() if line.strip()]
    language = file.language or detect_language(file.text)
    forget_model()  # 70 MB, and the next page of this kind may come tomorrow
    context = {
        "job": job,
        "name": file.name,
        "parts": [_first_lines("left", file.left_out), _first_lines("read", lines_read)],
        "words": len(file.text.split()),
        "count": len(file.left_out),
        "language": language,
    }
    return render(request, "importing/text.html", context)


def _first_lines(kind: str, lines: list[str]) -> tuple[str, list[str], int]:
    """Return the kind, the lines that are shown, and how many are not."""
    return kind, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES)


@require_POST
@may_import
def start_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Carry the import out; where something was chosen otherwise, show the preview of that."""
    job = _own_import(request, pk)
    is_examined = job.status == Import.Status.EXAMINED
    # Another choice is shown first: what was not seen is not stored.
    if is_examined and not choose(job, request.POST) and "update" not in request.POST:
        tasks.start_import(job)
    return redirect("import", pk)


@require_POST
@may_import
def cancel_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    tasks.cancel_import(_own_import(request, pk))
    return redirect("import", pk)


@require_POST
@may_import
def waiting_files(request: SignedInRequest) -> HttpResponse:
    """Pair two texts that wait for their partner, or discard those that were ticked."""
    numbers = [parse_number(each, default=0) for each in request.POST.getlist("file")]
    chosen = list(_waiting_files(request.user).filter(pk__in=numbers).order_by("pk"))
    if "discard" in request.POST:
        # Pairing is open to all of the team, and takes nothing away; discarding is the importer's
        # own.
        own = [file for file in chosen if file.by_id == request.user.pk]
        for file in own:
            tasks.discard_waiting(file)
        if len(own) < len(chosen):
            messages.warning(request, _("Only the person who imported a file can discard it."))
        return redirect("imports")
    if len(chosen) != 2 or chosen[0].job.team_id != chosen[1].job.team_id:
        messages.warning(request, _("Choose two texts to pair."))
        return redirect("imports")
    return redirect("import", tasks.pair_waiting(chosen, by=request.user).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Give an article another title."""
    article = get_article(article_id, request.user, IMPORT)
    form = TitleForm(request.POST or None, initial={"title": article.headline})
    if request.method == "POST" and form.is_valid():
        _rename(request, article, form.cleaned_data["title"])
        return redirect("desk", article.pk)
    status = 422 if form.is_bound else 200
    context = {"article": article, "form": form}
    return render(request, "importing/rename.html", context, status=status)


def _rename(request: SignedInRequest, article: Article, title: str) -> None:
    """Store the title with its event, unless it is the same."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        # An event would end the sign-off although nothing has changed.
        if title in (locked.title, locked.headline):
            return
        before = locked.title
        locked.title = title
        locked.save(update_fields=["title", "updated_at"])
        refresh_target_title(locked)
        Event.objects.record(
            Event.Act.RENAMED, article=locked, by=request.user, text=f"{before} → {title}"
        )
