"""Reading apart: saying that one has finished, both readings beside each other, deciding, handing the article on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
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
from articles.review import queries, workflow
from articles.review.forms import parse_number
from articles.review.responses import get_article, get_for_action, is_htmx, vary_on_htmx
from articles.scoring.agreement import DIFFERING, ONE, OTHER, SAME


class BlindReviewStatus:
    """How an article's reading apart stands, for one person: what the desk says above its segments."""

    def __init__(self, article: Article, person: Any) -> None:
        self.article, self.mine = article, visibility.get_blind_assignment(person, article)
        self.others = [row.person for row in visibility.other_reviewers(person, article)]
        self.why_not_finish = visibility.why_not_finish(person, article)
        self.why_not_resume = visibility.why_not_resume(person, article)
        self.why_not_compare = visibility.why_not_compare(person, article)


class ComparisonCard:
    """A segment with what both readers said of it, as one person sees it."""

    def __init__(
        self, segment: Segment, comparison: actions.Comparison, person: Any, *, notice: str = ""
    ) -> None:
        self.segment, self.notice = segment, notice
        self.pairs = comparison.pairs.get(segment.pk, [])
        self.readers = comparison.told["readers"]
        self.why = visibility.why_not_compare(person, comparison.article)

    @property
    def open(self) -> bool:
        """Whether something is left to decide."""
        return any(place.decided == "open" for place in self.pairs)

    @property
    def next(self) -> actions.AnnotationPair | None:
        """The place that the keys mean: the first that is not decided."""
        return next((place for place in self.pairs if place.decided == "open"), None)

    @property
    def last(self) -> actions.AnnotationPair | None:
        """The place that was decided last, which "undo" means."""
        decided = [place for place in self.pairs if place.decided != "open"]
        return max(
            decided, key=lambda place: max(flag.updated_at for flag in place.flags), default=None
        )


@require_POST
def finish(request: HttpRequest, article_id: int) -> HttpResponse:
    """Say that one's reading is finished."""
    article = get_article(article_id)
    opened = _("Both have finished: the two readings are open now.")
    said = _("You have finished. Nobody sees what you marked until the other has finished too.")
    return _done(request, article, actions.finish, said=lambda both: opened if both else said)


@require_POST
def resume(request: HttpRequest, article_id: int) -> HttpResponse:
    """Go on reading."""
    article = get_article(article_id)
    return _done(request, article, actions.resume, said=lambda _none: _("You are reading again."))


@require_POST
def close(request: HttpRequest, article_id: int) -> HttpResponse:
    """Hand the compared article on."""
    article = get_article(article_id)
    said = _("The article goes on with the flags that were kept.")
    return _done(request, article, actions.close, said=lambda _none: said, refused="compare")


@require_safe
def compare(request: HttpRequest, article_id: int) -> HttpResponse:
    """Both readings beside each other, with what has been decided; or why they are not shown."""
    article = get_article(article_id)
    if reason := visibility.why_not_view_both(article):
        return render(
            request, "adjudication/compare.html", {"article": article, "reason": reason}, status=403
        )
    return _page(request, article)


@require_POST
@vary_on_htmx
def decide(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Keep or drop what was marked in one place."""
    segment = get_for_action(segment_id, request.user)
    form = AnnotationPairForm(request.POST, segment=segment)
    said, status = "", 422
    if form.is_valid():
        try:
            actions.decide_pair(
                segment, by=request.user, revision=form.revision_seen, **form.chosen()
            )
            said, status = _("Decided."), 200
        except workflow.Stale as late:
            said, status = str(late), 409
        except workflow.Refused as refused:
            said, status = str(refused), 403
    return _settled(request, segment, said or _("That cannot be decided here."), status)


def _settled(request: HttpRequest, segment: Segment, said: str, status: int) -> HttpResponse:
    article, notice = segment.article, "" if status == 200 else said
    if visibility.why_not_view_both(article):
        return render(
            request,
            "adjudication/compare.html",
            {"article": article, "reason": said},
            status=status,
        )
    if not is_htmx(request):
        if notice:
            return _page(request, article, notice=(segment.pk, notice), status=status)
        page = _number(request)
        return redirect(f"{reverse('compare', args=[article.pk])}?page={page}#segment-{segment.pk}")
    found = actions.Comparison(article)
    card = ComparisonCard(
        get_for_action(segment.pk, request.user), found, request.user, notice=notice
    )
    shown = {"card": card, "article": article, "number": _number(request)}
    response = render(request, "adjudication/card.html", shown, status=status)
    context = {"article": article, "oob": True} | _left(request, article, found)
    response.write(render_to_string("adjudication/left.html", context, request))
    return trigger_client_event(
        push_url(response, url=False), "segment-changed", {"segment": segment.pk, "said": said}
    )


def _page(
    request: HttpRequest, article: Article, *, notice: tuple[int, str] = (0, ""), status: int = 200
) -> HttpResponse:
    found = actions.Comparison(article)
    kinds = found.told["figures"]["kinds"]
    marked = article.segments.filter(pk__in=found.pairs).order_by("position")
    page = Paginator(marked, queries.PAGE_SIZE).get_page(_number(request))
    said = {notice[0]: notice[1]}
    context = {
        "article": article,
        "page": page,
        "number": page.number,
        "cards": [
            ComparisonCard(segment, found, request.user, notice=said.get(segment.pk, ""))
            for segment in page.object_list
        ],
        "readers": found.told["readers"],
        "figures": found.told["figures"],
        "kinds": [kinds[kind] for kind in (SAME, DIFFERING, ONE, OTHER)],
    }
    return render(
        request,
        "adjudication/compare.html",
        context | _left(request, article, found),
        status=status,
    )


def _number(request: HttpRequest) -> int:
    """The page asked for; 1 for anything that is no number."""
    return parse_number(request.GET.get("page", ""), default=1)


def _left(request: HttpRequest, article: Article, found: actions.Comparison) -> dict[str, Any]:
    return {
        "left": (left := found.left),
        "in_all": (in_all := len(found.every_place)),
        "decided": in_all - left,
        "why_not_close": actions.why_not_close(request.user, article),
        "why_not_compare": visibility.why_not_compare(request.user, article),
    }


def _done(
    request: HttpRequest,
    article: Article,
    act: Callable[..., Any],
    *,
    said: Callable[[Any], str],
    refused: str = "desk",
) -> HttpResponse:
    """Do the act and go to the desk, or to the comparison where it is one's own to make; a refusal is said on the page
    ``refused``."""
    try:
        messages.success(request, said(act(article, by=request.user)))
    except workflow.Refused as reason:
        messages.warning(request, str(reason))
        return redirect(refused, article.pk)
    article = get_object_or_404(Article, pk=article.pk)
    on = article.stage == Article.Stage.COMPARING and not visibility.why_not_compare(
        request.user, article
    )
    return redirect("compare" if on else "desk", article.pk)
