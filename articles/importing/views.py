"""Bringing articles in: choose files, see what would become of them, say yes, watch."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.formats import BadFile
from articles.importing import tasks
from articles.importing.forms import ImportForm
from articles.models import Import
from articles.review.responses import is_htmx
from articles.segmentation.detect import detect_language

MOST_LINES = 2_000
"""Lines of a file that are shown."""
may_import = permission_required("articles.add_article", raise_exception=True)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def new_import(request: HttpRequest) -> HttpResponse:
    """Choose files; those that were chosen are examined."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        return redirect(
            "import", tasks.begin_import(form.cleaned_data["uploads"], by=request.user).pk
        )
    status = 422 if form.is_bound else 200
    past = request.user.imports.all()[:10]  # type: ignore[union-attr]  # somebody is signed in
    return render(request, "importing/imports.html", {"form": form, "past": past}, status=status)


@require_safe
@may_import
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What would become of the files, how far it is, or what became of them."""
    job = get_object_or_404(Import, pk=pk, by=request.user)
    page = "importing/status.html" if is_htmx(request) else "importing/import.html"
    return render(request, page, {"job": job})


@require_safe
@may_import
def import_text(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """What is read of one of the files before it is stored, and what of it is left out."""
    job = get_object_or_404(Import, pk=pk, by=request.user, status=Import.Status.EXAMINED)
    file = get_object_or_404(job.files, pk=file_id)
    try:
        found = tasks.extract_uploaded_text(file)
    except BadFile as problem:
        raise Http404 from problem
    if found is None:
        raise Http404
    read = [line for line in found.text.splitlines() if line.strip()]
    parts = [
        (kind, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES))
        for kind, lines in (("left", found.left), ("read", read))
    ]
    told = {
        "job": job,
        "name": file.name,
        "parts": parts,
        "words": len(found.text.split()),
        "count": len(found.left),
    }
    return render(request, "importing/text.html", told | {"language": detect_language(found.text)})


@require_POST
@may_import
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry it out."""
    tasks.start_import(get_object_or_404(Import, pk=pk, by=request.user))
    return redirect("import", pk)


@require_POST
@may_import
def cancel_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up."""
    tasks.cancel_import(get_object_or_404(Import, pk=pk, by=request.user))
    return redirect("import", pk)
