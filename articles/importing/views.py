"""Import articles: choose files, see what would become of them, confirm, watch."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.importing import tasks
from articles.importing.forms import ImportForm
from articles.models import Import, Worker
from articles.models.people import SignedInRequest
from articles.review.responses import is_htmx
from articles.segmentation.detect import detect_language

MOST_LINES = 2_000
"""Lines of a file that are shown: enough to judge what was read, and quick to load."""
may_import = permission_required("articles.add_article", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def new_import(request: SignedInRequest) -> HttpResponse:
    """Choose files; those that were chosen are examined."""
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            job = tasks.begin_import(form.cleaned_data["uploads"], by=request.user)
            return redirect("import", job.pk)
    else:
        form = ImportForm()
    context = {"form": form, "past": request.user.imports.all()[:10]}
    status = 422 if form.is_bound else 200
    return render(request, "importing/imports.html", context, status=status)


@require_safe
@may_import
def one_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would become of the files, how far the import is, or what became of them."""
    job = get_object_or_404(Import, pk=pk, by=request.user)
    page = "importing/status.html" if is_htmx(request) else "importing/import.html"
    no_worker = job.in_progress and not Worker.objects.answers()
    return render(request, page, {"job": job, "no_worker": no_worker})


@require_safe
@may_import
def import_text(request: SignedInRequest, pk: int, file_id: int) -> HttpResponse:
    """Show what is read of one of the files before it is stored, and what of it is left out."""
    job = get_object_or_404(Import, pk=pk, by=request.user, status=Import.Status.EXAMINED)
    uploaded = get_object_or_404(job.files, pk=file_id)
    file = tasks.extracted_text(uploaded)
    if file is None:
        raise Http404
    lines_read = [line for line in file.text.splitlines() if line.strip()]
    context = {
        "job": job,
        "name": file.name,
        "parts": [_first_lines("left", file.left_out), _first_lines("read", lines_read)],
        "words": len(file.text.split()),
        "count": len(file.left_out),
        "language": file.language or detect_language(file.text),
    }
    return render(request, "importing/text.html", context)


def _first_lines(kind: str, lines: list[str]) -> tuple[str, list[str], int]:
    """Return the kind, the lines that are shown, and how many are not."""
    return kind, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES)


@require_POST
@may_import
def start_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Carry the import out."""
    tasks.start_import(get_object_or_404(Import, pk=pk, by=request.user))
    return redirect("import", pk)


@require_POST
@may_import
def cancel_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    tasks.cancel_import(get_object_or_404(Import, pk=pk, by=request.user))
    return redirect("import", pk)
