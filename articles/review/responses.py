"""How an act answers: the card alone to htmx, a whole page or a redirect to a browser without it.

Done is 200 (redirect), an invalid form 422, a conflict 409, a refusal 403; each time the card says why, and what was
typed is still in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, trigger_client_event

from articles.blind import visibility
from articles.models import Article, Flag, Segment, shown
from articles.models.prepared import Prepared
from articles.review import queries, workflow
from articles.review.cards import Card
from articles.review.forms import CorrectionForm, SegmentForm, parse_number

View = Callable[..., HttpResponse]
vary_on_htmx = vary_on_headers("HX-Request")


_SEGMENT = Prepared(lambda pk: Segment.objects.with_article().filter(pk=pk))
_ARTICLE = Prepared(lambda pk: Article.objects.with_documents().filter(pk=pk))


def get_for_card(segment_id: int, person: Any) -> Segment:
    """The segment with all that a card shows to the person, or a 404."""
    found: Segment = _only(_SEGMENT(pk=segment_id))
    shown.show([found])
    visibility.apply_own_marks(person, [found])
    return found


def get_for_action(segment_id: int, person: Any) -> Segment:
    """The segment with its article alone, which is all that an act needs, or a 404."""
    found: Segment = _only(_SEGMENT(pk=segment_id))
    visibility.apply_own_marks(person, [found])
    return found


def get_flag(flag_id: int, segment_id: int, person: Any) -> Flag:
    """A flag of the segment that the person may read, or a 404."""
    found: Flag = get_object_or_404(
        Flag.everything.visible_to(person), pk=flag_id, segment_id=segment_id
    )
    return found


def get_article(article_id: int) -> Article:
    """The article with its documents' names and languages, not their texts, or a 404."""
    found: Article = _only(_ARTICLE(pk=article_id))
    return found


def _only(found: list[Any]) -> Any:
    if not found:
        raise Http404
    return found[0]


def is_htmx(request: HttpRequest) -> bool:
    """Whether a script asks for a part of the page, and not a browser for a whole one."""
    return bool(request.htmx)  # type: ignore[attr-defined]  # its middleware adds it


def render_card(request: HttpRequest, card: Card, *, status: int = 200) -> HttpResponse:
    """The card: alone for htmx, between its neighbours otherwise."""
    if is_htmx(request):
        # The desk's own address stays: a boosted link would take the address of the form it opened.
        return push_url(
            render(request, "review/cards.html", {"cards": [card]}, status=status), url=False
        )
    cards = [
        card if segment.pk == card.segment.pk else Card(segment, request.user)
        for segment in queries.with_neighbours(card.segment, request.user)
    ]
    context = {"article": card.segment.article, "card": card, "cards": cards}
    return render(request, "review/segment.html", context, status=status)


def run_action(
    request: HttpRequest,
    segment: Segment,
    act: Callable[[], Any],
    *,
    said: str | Callable[[Any], str],
    undo: Callable[[Any], str] | None = None,
    beside: Callable[[Any], list[int]] | None = None,
    form: SegmentForm | None = None,
    **state: Any,
) -> HttpResponse:
    """Do the act and answer. From what the act returned are made: ``said``, the sentence for the person; ``undo``, the
    address that takes it back; ``beside``, which other segments' cards are new as well. ``form`` and ``state`` are
    the card's, should the act be refused or stale."""
    try:
        made = act()
    except workflow.Stale as late:
        return _again(request, segment, str(late), status=409, form=form, **state)
    except workflow.Refused as refused:
        seen = form.revision_seen if form else revision_of(request)
        stale = get_for_card(segment.pk, request.user).revision != seen
        return _again(
            request, segment, str(refused), status=409 if stale else 403, form=form, **state
        )
    sentence = said if isinstance(said, str) else said(made)
    return _done(
        request,
        segment,
        sentence,
        undo=undo(made) if undo else "",
        beside=beside(made) if beside else [],
    )


def revision_of(request: HttpRequest) -> int:
    """The revision that a button without a form names; 0, which no segment has, for anything that is not a number."""
    return parse_number(request.POST.get("revision", ""), default=0)


def _done(
    request: HttpRequest, segment: Segment, said: str, *, undo: str, beside: list[int]
) -> HttpResponse:
    if not is_htmx(request):
        messages.success(request, said)
        page = queries.page_number_of(segment)
        return redirect(
            f"{reverse('desk', args=[segment.article_id])}?page={page}#segment-{segment.pk}"
        )
    response = render_card(
        request, Card(get_for_card(segment.pk, request.user), request.user, notice=said, undo=undo)
    )
    others = segment.article.segments.for_desk().filter(pk__in=beside) if beside else ()
    if cards := [Card(other, request.user, elsewhere=True) for other in others]:
        response.write(render_to_string("review/cards.html", {"cards": cards}, request))
    return trigger_client_event(response, "segment-changed", {"segment": segment.pk, "said": said})


def _again(
    request: HttpRequest,
    segment: Segment,
    problem: str,
    *,
    status: int,
    form: SegmentForm | None,
    **state: Any,
) -> HttpResponse:
    """The fresh card with the problem, and the open form with what was typed, now made against the new revision."""
    fresh = get_for_card(segment.pk, request.user)
    form = form and form.on_new_revision(fresh)
    card = Card(fresh, request.user, form=form, notice=problem, **(state if form else {}))
    if isinstance(form, CorrectionForm) and form.is_valid():
        card.conflict = card.conflict_with(
            form.cleaned_data["text"], base=form.cleaned_data["begun"]
        )
    response = render_card(request, card, status=status)
    return trigger_client_event(
        response, "segment-changed", {"segment": segment.pk, "said": problem}
    )
