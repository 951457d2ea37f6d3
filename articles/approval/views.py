"""The approver's queue: the corrections of all articles that wait for this person's decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles.models import Article, Correction, Segment
from articles.models.corrections import read_waiting_corrections
from articles.models.people import SignedInRequest
from articles.models.roles import APPROVE, requires
from articles.review import actions, queries
from articles.review.cards import Card, attach_card_rows
from articles.review.forms import parse_number
from articles.review.offers import Shared
from articles.review.workflow import Refused, Stale

PAGE_SIZE = 25
"""Corrections on one page of the queue."""


class QueueCard(Card):
    """A card among those of other articles: its name for screen readers says of which it is."""

    @property
    def label(self) -> str:
        """The name of the card, with the title of its article."""
        return f"{super().label} ({self.segment.article.headline})"


@dataclass(frozen=True)
class QueueEntry:
    """One waiting correction: its card, the segments before and after it, and what a box sends.

    A neighbour that has a card of its own, or that stands right above already, is left out.
    ``begins_article`` says that the entry before is of another article.
    """

    card: Card
    before: Segment | None
    after: Segment | None
    value: str
    begins_article: bool

    @property
    def cards(self) -> list[Card]:
        """The card alone, for the template that prints several."""
        return [self.card]

    @property
    def article(self) -> Article:
        """The article of the segment."""
        return self.card.segment.article


@require_http_methods(["GET", "HEAD", "POST"])
@requires(APPROVE)
def queue(request: SignedInRequest) -> HttpResponse:
    """Show the corrections awaiting the person, or approve the chosen ones and say what happened.

    A posted ``chosen`` is "correction:revision".
    """
    if request.method == "POST":
        _approve_chosen(request, request.POST.getlist("chosen"))
        return redirect("queue")
    pages = Paginator(queries.to_decide(request.user), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {"page": page, "entries": _entries(request, list(page.object_list)), "query": ""}
    return render(request, "approval/queue.html", context)


def _entries(request: SignedInRequest, corrections: list[Correction]) -> list[QueueEntry]:
    """Return the corrections with their cards and neighbours, none shown twice in a row."""
    segments = [correction.segment for correction in corrections]
    _share_articles(segments)
    attach_card_rows(segments, request.user)
    neighbours = _neighbours_without_card(segments)
    shared = Shared()
    entries: list[QueueEntry] = []
    article_before: int | None = None
    after: Segment | None = None
    for correction in corrections:
        segment = correction.segment
        place = (segment.article_id, segment.position)
        before = neighbours.get((place[0], place[1] - 1))
        is_right_above = before is not None and before == after
        after = neighbours.get((place[0], place[1] + 1))
        entry = QueueEntry(
            QueueCard(segment, request.user, shared=shared),
            before=None if is_right_above else before,
            after=after,
            value=f"{correction.pk}:{segment.revision}",
            begins_article=segment.article_id != article_before,
        )
        entries.append(entry)
        article_before = segment.article_id
    return entries


def _neighbours_without_card(segments: list[Segment]) -> dict[tuple[int, int], Segment]:
    """Return the segments before and after these, without those that have a card of their own."""
    own = {segment.pk for segment in segments}
    found = queries.neighbours_of(segments)
    return {place: segment for place, segment in found.items() if segment.pk not in own}


def _share_articles(segments: list[Segment]) -> None:
    """Let the segments of an article have one object of it: its waiting work is read once."""
    articles: dict[int, Article] = {}
    for segment in segments:
        segment.article = articles.setdefault(segment.article_id, segment.article)
    read_waiting_corrections(articles.values())


def _approve_chosen(request: SignedInRequest, chosen: list[str]) -> None:
    """Approve each chosen correction in a transaction of its own, and leave messages about them."""
    approved = 0
    for value in chosen:
        number, _colon, revision = value.partition(":")
        key = parse_number(number, default=0)
        correction = queries.to_decide(request.user).filter(pk=key).first()
        if correction is None:
            messages.warning(request, _("One correction no longer awaits your approval."))
            continue
        seen = parse_number(revision, default=0)
        reason = _try_to_approve(correction, request, seen)
        if reason:
            details = {"title": correction.segment.article.headline, "reason": reason}
            details["number"] = str(correction.segment.position)
            messages.warning(request, _("%(title)s, segment %(number)s: %(reason)s") % details)
        else:
            approved += 1
    if approved:
        text = ngettext("%(count)d approved.", "%(count)d approved.", approved)
        messages.success(request, text % {"count": approved})
    elif not chosen:
        messages.warning(request, _("Nothing was chosen."))


def _try_to_approve(correction: Correction, request: SignedInRequest, revision: int) -> str:
    """Approve the correction; return "" or why that was refused."""
    try:
        actions.approve(correction, by=request.user, revision=revision)
    except (Refused, Stale) as problem:
        return str(problem)
    return ""
