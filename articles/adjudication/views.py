"""Views of a blind review: finish, resume or end it, compare both reviews, decide, hand on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url, trigger_client_event

from articles.adjudication import actions
from articles.adjudication.forms import AnnotationPairForm
from articles.blind import visibility
from articles.models import Article, Segment
from articles.models.people import SignedInRequest, name_of
from articles.models.roles import ASSIGN
from articles.review import queries, workflow
from articles.review.forms import parse_number
from articles.review.responses import get_article, get_for_action, is_htmx, vary_on_htmx
from articles.scoring.agreement import DIFFERING, FIRST_ONLY, SAME, SECOND_ONLY


class BlindReviewStatus:
    """How far an article's blind review is, as one person is told above the segments."""

    def __init__(self, article: Article, person: User) -> None:
        self.article = article
        self.mine = visibility.get_blind_assignment(person, article)
        self.others = [name_of(row.person) for row in visibility.other_reviewers(person, article)]
        self.why_not_finish = visibility.why_not_finish(person, article)
        self.why_not_resume = visibility.why_not_resume(person, article)
        self.why_not_compare = visibility.why_not_compare(person, article)


class ComparisonCard:
    """A segment with both reviewers' marks, as one person sees it."""

    def __init__(
        self, segment: Segment, comparison: actions.Comparison, person: User, *, notice: str = ""
    ) -> None:
        self.segment = segment
        self.notice = notice
        self.pairs = comparison.pairs.get(segment.pk, [])
        self.readers = comparison.reader_names
        self.why = visibility.why_not_compare(person, comparison.article)

    @property
    def open(self) -> bool:
        """Whether a pair is left to decide."""
        return self.next is not None

    @property
    def next(self) -> actions.AnnotationPair | None:
        """The first pair that is not decided: the one that the keys act on."""
        return next((pair for pair in self.pairs if pair.decided == "open"), None)

    @property
    def last(self) -> actions.AnnotationPair | None:
        """The pair that was decided last: the one that the key for "undo" acts on."""
        decided = [pair for pair in self.pairs if pair.decided != "open"]
        return max(decided, key=_last_change, default=None)


def _last_change(pair: actions.AnnotationPair) -> Any:
    return max(flag.updated_at for flag in pair.flags)


# ── reviewing ──────────────────────────────────────────────────────────────────


@require_POST
def finish(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Finish one's own review; ask first where something was not looked at.

    ``sure`` is sent by who was asked.
    """
    article = get_article(article_id, request.user)
    if "sure" not in request.POST and not visibility.why_not_finish(request.user, article):
        unread = queries.select_segments(article, request.user, filter=Segment.Status.TO_REVIEW)
        findings, _flags = visibility.own_open_counts(request.user, [article])[article.pk]
        if findings or unread.exists():
            context = {"article": article, "unread": unread, "findings": findings}
            return render(request, "adjudication/finish.html", context, status=422)
    try:
        are_both_finished = actions.finish(article, by=request.user)
    except workflow.Refused as reason:
        return _refused(request, "desk", article, reason)
    if are_both_finished:
        return _done(
            request, article, _("Both reviewers have finished: the two reviews are open now.")
        )
    message = _(
        "You have finished. Your flags stay hidden until the other reviewer has finished too."
    )
    return _done(request, article, message)


@require_POST
def resume(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Take up one's finished review again."""
    article = get_article(article_id, request.user)
    try:
        actions.resume(article, by=request.user)
    except workflow.Refused as reason:
        return _refused(request, "desk", article, reason)
    return _done(request, article, _("Review resumed."))


@require_POST
def end_blind_review(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Declare both reviews finished, for reviewers who do not finish themselves."""
    article = get_article(article_id, request.user, ASSIGN)
    try:
        actions.declare_finished(article, by=request.user)
    except workflow.Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Blind review ended: both reviews can be compared now."))
    return redirect("blind_review", article_id)


@require_POST
def close(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Hand the compared article on."""
    article = get_article(article_id, request.user)
    try:
        actions.close(article, by=request.user)
    except workflow.Refused as reason:
        return _refused(request, "compare", article, reason)
    return _done(
        request,
        article,
        _("Comparison closed: the article continues with the flags that were kept."),
    )


def _refused(
    request: SignedInRequest, page: str, article: Article, reason: workflow.Refused
) -> HttpResponse:
    """Redirect to the named page of the article, which shows the reason."""
    messages.warning(request, str(reason))
    return redirect(page, article.pk)


def _done(request: SignedInRequest, article: Article, message: str) -> HttpResponse:
    """Redirect to the comparison where the person may decide on it now, else to the desk."""
    messages.success(request, message)
    fresh = get_object_or_404(Article, pk=article.pk)
    if fresh.stage != Article.Stage.COMPARING:
        return redirect("desk", fresh.pk)
    may_compare = not visibility.why_not_compare(request.user, fresh)
    return redirect("compare" if may_compare else "desk", fresh.pk)


# ── comparing ────────────────────────────────────────────────────────────────


@require_safe
def compare(request: SignedInRequest, article_id: int) -> HttpResponse:
    """Show both reviews side by side with the decisions so far, or why they are not shown."""
    article = get_article(article_id, request.user)
    if reason := visibility.why_not_view_both(article):
        return _render_reason(request, article, reason, status=403)
    return _render_comparison(request, article)


@require_POST
@vary_on_htmx
def decide(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Keep or drop the marks of one pair.

    Answer with 422 for an invalid form, 409 where another write came between, 403 for a refusal.
    """
    segment = get_for_action(segment_id, request.user)
    form = AnnotationPairForm(request.POST, segment=segment)
    if not form.is_valid():
        return _decided(request, segment, _("This cannot be decided here."), 422)
    revision = form.revision_seen
    try:
        actions.decide_pair(segment, by=request.user, revision=revision, **form.decision())
    except workflow.Stale as late:
        return _decided(request, segment, str(late), 409)
    except workflow.Refused as refused:
        return _decided(request, segment, str(refused), 403)
    return _decided(request, segment, _("Decision saved."), 200)


def _decided(request: SignedInRequest, segment: Segment, message: str, status: int) -> HttpResponse:
    """Answer a decision: with the card for htmx, else with the page."""
    article = segment.article
    notice = "" if status == 200 else message
    if visibility.why_not_view_both(article):
        return _render_reason(request, article, message, status=status)
    if is_htmx(request):
        return _render_card(request, segment, message, notice, status=status)
    if notice:
        return _render_comparison(request, article, notices={segment.pk: notice}, status=status)
    page = _page_number(request)
    return redirect(f"{reverse('compare', args=[article.pk])}?page={page}#segment-{segment.pk}")


def _render_reason(
    request: SignedInRequest, article: Article, reason: str, *, status: int
) -> HttpResponse:
    context = {"article": article, "reason": reason}
    return render(request, "adjudication/compare.html", context, status=status)


def _render_card(
    request: SignedInRequest, segment: Segment, message: str, notice: str, *, status: int
) -> HttpResponse:
    """Render the segment's card, and out of band how many pairs are left."""
    article = segment.article
    comparison = actions.Comparison(article)
    # The segment is read again: after a stale write it is not what the person sent.
    fresh = get_for_action(segment.pk, request.user)
    card = ComparisonCard(fresh, comparison, request.user, notice=notice)
    context = {"card": card, "article": article, "number": _page_number(request)}
    response = render(request, "adjudication/card.html", context, status=status)
    counts = {"article": article, "oob": True} | _counts(request, article, comparison)
    response.write(render_to_string("adjudication/left.html", counts, request))
    push_url(response, url=False)
    details = {"segment": segment.pk, "said": message}
    return trigger_client_event(response, "segment-changed", details)


def _render_comparison(
    request: SignedInRequest,
    article: Article,
    *,
    notices: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of both reviews; ``notices`` are messages by segment id."""
    notices = notices or {}
    comparison = actions.Comparison(article)
    marked = article.segments.filter(pk__in=comparison.pairs).order_by("position")
    page = Paginator(marked, queries.PAGE_SIZE).get_page(_page_number(request))
    cards = []
    for segment in page.object_list:
        notice = notices.get(segment.pk, "")
        cards.append(ComparisonCard(segment, comparison, request.user, notice=notice))
    agreement = comparison.details["figures"]
    context = {
        "article": article,
        "page": page,
        "number": page.number,
        "cards": cards,
        "readers": comparison.reader_names,
        "figures": agreement,
        "kinds": [agreement["kinds"][kind] for kind in (SAME, DIFFERING, FIRST_ONLY, SECOND_ONLY)],
    }
    context |= _counts(request, article, comparison)
    return render(request, "adjudication/compare.html", context, status=status)


def _page_number(request: SignedInRequest) -> int:
    """Return the page asked for; 1 for anything that is no number."""
    return parse_number(request.GET.get("page", ""), default=1)


def _counts(
    request: SignedInRequest, article: Article, comparison: actions.Comparison
) -> dict[str, Any]:
    """Return how many pairs are decided and left, and what the person may not do."""
    left = comparison.open_count
    in_all = len(comparison.all_pairs)
    return {
        "left": left,
        "in_all": in_all,
        "decided": in_all - left,
        "why_not_close": actions.why_not_close(request.user, article),
        "why_not_compare": visibility.why_not_compare(request.user, article),
    }
