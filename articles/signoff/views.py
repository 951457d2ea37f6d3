"""The page on which an article is signed off: what is open, who read it, who signed it off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.findings.corrections import accepted_findings_left
from articles.findings.state import check_state, count_open_findings
from articles.models import Article, SignOff
from articles.models.people import SignedInRequest
from articles.review.responses import get_article
from articles.review.workflow import Refused
from articles.signoff import actions
from articles.signoff.changes import changed_sentences
from articles.signoff.state import sign_off_state


@dataclass(frozen=True)
class Reader:
    """A person, and how many segments of the article they read."""

    person: User
    segments: int


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show how the article stands, and sign it off when that is posted.

    The posted ``digest`` is that of the text which the page showed. A refusal is 403, a text that
    changed meanwhile included; nothing is written then.
    """
    article = get_article(article_id, request.user)
    if request.method != "POST":
        return render(request, "signoff/sign_off.html", _context(article, request.user))
    try:
        digest = request.POST.get("digest", "")
        actions.sign_off(article, by=request.user, digest=digest)
    except Refused as refused:
        context = _context(article, request.user) | {"problem": str(refused)}
        return render(request, "signoff/sign_off.html", context, status=403)
    messages.success(request, _("Signed off."))
    return redirect("sign_off", article_id=article.pk)


def _context(article: Article, person: User) -> dict[str, Any]:
    checks = check_state([article])
    state = sign_off_state([article], checks)[article.pk]
    sign_off = state.sign_off
    counted = sign_off.readers if sign_off else actions.count_readers(article)
    return {
        "article": article,
        "state": state,
        "are_checks_running": checks[article.pk].is_in_progress,
        "readers": _readers(counted),
        "segment_count": sign_off.segment_count if sign_off else article.segments.count(),
        "findings": count_open_findings([article])[article.pk],
        "accepted_left": accepted_findings_left(article),
        "changed": changed_sentences(article),
        "digest": sign_off.digest if sign_off else actions.text_digest(article),
        "refusal": actions.why_not_sign_off(person, article, state),
        "earlier": _earlier(article),
    }


def _readers(counted: list[dict[str, int]]) -> list[Reader]:
    """Return the people that a sign-off names, with what each of them read."""
    people = User.objects.in_bulk([row["person"] for row in counted])
    found = []
    for row in counted:
        person = people.get(row["person"])
        if person is not None:
            found.append(Reader(person, row["segments"]))
    return found


def _earlier(article: Article) -> list[SignOff]:
    """Return the sign-offs that ended, newest first."""
    ended = article.sign_offs.filter(ended_at__isnull=False)
    return list(ended.select_related("person", "ended_by"))
