"""The views of acts on findings and flags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Finding, Flag, Segment
from articles.models.people import SignedInRequest
from articles.review import actions, batch, discussion
from articles.review.decision_forms import ReplyForm
from articles.review.forms import DismissForm, FlagForm, SegmentForm, finding_values, flag_initial
from articles.review.open_card import OpenCard
from articles.review.responses import (
    get_flag,
    get_for_action,
    get_for_card,
    render_card,
    revision_of,
    run_action,
    vary_on_htmx,
)

DISCUSSION_ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "answer": (discussion.answer, gettext_noop("Reply saved.")),
    "keep": (discussion.keep, gettext_noop("Flag kept.")),
    "uphold": (discussion.uphold, gettext_noop("Flag upheld.")),
    "drop": (discussion.drop, gettext_noop("Flag overruled.")),
    "remove_flag": (actions.remove_flag, gettext_noop("Flag removed.")),
}
"""Each move in the discussion of a flag: the act, and the message when it is done."""

form_or_post = require_http_methods(["GET", "HEAD", "POST"])


def render_open_form(
    request: SignedInRequest, segment: Segment, form: SegmentForm, **state: Any
) -> HttpResponse:
    """Render the segment's card with a form open in it: empty (200), or as it was sent (422)."""
    fresh = get_for_card(segment.pk, request.user)
    card = OpenCard(fresh, request.user, form=form, **state)
    return render_card(request, card, status=422 if form.is_bound else 200)


def sent_data(request: SignedInRequest) -> Any:
    """Return what a form is bound to: nothing while it is only opened."""
    return request.POST if request.method == "POST" else None


@form_or_post
@vary_on_htmx
def new_flag(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Open the form for a flag on the segment, or save the flag that it sends."""
    segment = get_for_action(segment_id, request.user)
    form = FlagForm(sent_data(request), segment=segment)
    if not form.is_valid():
        return render_open_form(request, segment, form, state="flag")
    return run_action(
        request,
        segment,
        lambda: actions.flag(
            segment, by=request.user, revision=form.revision_seen, values=form.values()
        ),
        message=_("Flag saved."),
        undo=lambda flag: reverse("remove_flag", args=[segment.pk, flag.pk]),
        form=form,
        state="flag",
    )


@form_or_post
@vary_on_htmx
def edit_flag(request: SignedInRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Open the form with the person's own flag, or save what it sends."""
    segment = get_for_action(segment_id, request.user)
    flag = get_flag(flag_id, segment, request.user)
    form = FlagForm(sent_data(request), segment=segment, initial=flag_initial(flag))
    if not form.is_valid():
        return render_open_form(request, segment, form, state="flag", thing=flag)
    return run_action(
        request,
        segment,
        lambda: actions.edit_flag(
            flag, by=request.user, revision=form.revision_seen, values=form.values()
        ),
        message=_("Flag changed."),
        form=form,
        state="flag",
        thing=flag,
    )


@require_POST
@vary_on_htmx
def remove_flag(request: SignedInRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Remove the person's own flag."""
    segment = get_for_action(segment_id, request.user)
    flag = get_flag(flag_id, segment, request.user)
    return run_action(
        request,
        segment,
        lambda: actions.remove_flag(flag, by=request.user, revision=revision_of(request)),
        message=_("Flag removed."),
    )


@form_or_post
@vary_on_htmx
def talk(request: SignedInRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Open the discussion of a flag, or do the move in it that the form names."""
    segment = get_for_action(segment_id, request.user)
    flag = get_flag(flag_id, segment, request.user)
    form = ReplyForm(sent_data(request), segment=segment, initial={"severity": flag.severity})
    if not form.is_valid():
        return render_open_form(request, segment, form, state="talk", thing=flag)
    act, message = DISCUSSION_ACTS[form.cleaned_data["move"]]
    return run_action(
        request,
        segment,
        lambda: act(flag, by=request.user, revision=form.revision_seen, **form.act_arguments()),
        message=_(message),
        form=form,
        state="talk",
        thing=flag,
    )


@require_POST
@vary_on_htmx
def take(request: SignedInRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Accept a finding: make it a flag, filled in as it was found."""
    segment = get_for_action(segment_id, request.user)
    finding = _get_finding(finding_id, segment)
    values = finding_values(finding)
    revision = revision_of(request)
    return run_action(
        request,
        segment,
        lambda: actions.flag(
            segment, by=request.user, revision=revision, values=values, finding=finding
        ),
        message=_("Flag saved."),
        undo=lambda flag: reverse("remove_flag", args=[segment_id, flag.pk]),
    )


@form_or_post
@vary_on_htmx
def take_changed(request: SignedInRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Open the form of a flag filled in from a finding, or accept the finding by what it sends."""
    segment = get_for_action(segment_id, request.user)
    finding = _get_finding(finding_id, segment)
    initial = flag_initial(Flag(segment=segment, **finding_values(finding)))
    form = FlagForm(sent_data(request), segment=segment, initial=initial)
    if not form.is_valid():
        return render_open_form(request, segment, form, state="flag", thing=finding)
    return run_action(
        request,
        segment,
        lambda: actions.flag(
            segment,
            by=request.user,
            revision=form.revision_seen,
            values=form.values(),
            finding=finding,
        ),
        message=_("Flag saved."),
        undo=lambda flag: reverse("remove_flag", args=[segment_id, flag.pk]),
        form=form,
        state="flag",
        thing=finding,
    )


@form_or_post
@vary_on_htmx
def dismiss(request: SignedInRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Open the list of reasons why a finding is no fault, or dismiss it for the one chosen."""
    segment = get_for_action(segment_id, request.user)
    finding = _get_finding(finding_id, segment)
    form = DismissForm(sent_data(request), segment=segment)
    if not form.is_valid():
        return render_open_form(request, segment, form, state="dismiss", thing=finding)
    reason = form.cleaned_data["reason"]
    with_alike = form.cleaned_data["alike"]
    act = batch.dismiss_alike if with_alike else actions.dismiss
    return run_action(
        request,
        segment,
        lambda: act(finding, by=request.user, revision=form.revision_seen, reason=reason),
        message=_("All similar findings dismissed.") if with_alike else _("Finding dismissed."),
        undo=lambda _none: reverse("restore", args=[segment_id, finding_id]),
        others=(lambda _count: []) if with_alike else None,
        form=form,
        state="dismiss",
        thing=finding,
    )


@require_POST
@vary_on_htmx
def restore(request: SignedInRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Open a dismissed finding again."""
    segment = get_for_action(segment_id, request.user)
    finding = _get_finding(finding_id, segment)
    return run_action(
        request,
        segment,
        lambda: actions.restore(finding, by=request.user, revision=revision_of(request)),
        message=_("Finding restored."),
    )


def _get_finding(finding_id: int, segment: Segment) -> Finding:
    finding: Finding = get_object_or_404(Finding, pk=finding_id, segment_id=segment.pk)
    finding.segment = segment
    return finding
