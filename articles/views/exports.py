"""Taking the corrected article away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.export import FORMS, file_name, written
from articles.models import Article


@require_safe
def download(request: HttpRequest, pk: int, form: str) -> StreamingHttpResponse:
    """The article as a file in one of export.FORMS, streamed."""
    article = get_object_or_404(Article.objects.select_related("source", "target"), pk=pk)
    if form not in FORMS:
        raise Http404
    response = StreamingHttpResponse(written([article], form), content_type=f"{FORMS[form].media_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name(article, form))
    return response
