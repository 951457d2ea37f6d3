"""Acts on findings and flags."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Finding
from articles.review import actions, discussion
from articles.review.cards import Card
from articles.review.decision_forms import ReplyForm
from articles.review.forms import DismissForm, FlagForm, finding_values, flag_initial
from articles.review.responses import (
    get_flag,
    get_for_action,
    get_for_card,
    render_card,
    revision_of,
    run_action,
    vary_on_htmx,
)

DISCUSSION_ACTIONS: dict[str, tuple[Callable[..., None], str]] = {
    "answer": (discussion.answer, gettext_noop("Answered.")),
    "keep": (discussion.keep, gettext_noop("The flag is kept.")),
    "uphold": (discussion.uphold, gettext_noop("The flag stands.")),
    "drop": (discussion.drop, gettext_noop("The flag is dropped.")),
    "remove_flag": (actions.remove_flag, gettext_noop("Flag removed.")),
}
"""What can be said of a flag: the act, and how it is reported."""
form_or_post = require_http_methods(["GET", "HEAD", "POST"])


@form_or_post
@vary_on_htmx
def new_flag(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Flag a segment: the form, and what it sends."""
    segment = get_for_action(segment_id, request.user)
    form = FlagForm(request.POST if request.method == "POST" else None, segment=segment)
    if not form.is_valid():
        shown = Card(get_for_card(segment_id, request.user), request.user, state="flag", form=form)
        return render_card(request, shown, status=422 if form.is_bound else 200)
    return run_action(
        request,
        segment,
        lambda: actions.flag(
            segment, by=request.user, revision=form.revision_seen, values=form.values()
        ),
        said=_("Flag saved."),
        undo=lambda flag: reverse("remove_flag", args=[segment.pk, flag.pk]),
        form=form,
        state="flag",
    )


@form_or_post
@vary_on_htmx
def edit_flag(request: HttpRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Change one's flag: the form, and what it sends."""
    flag = get_flag(flag_id, segment_id, request.user)
    flag.segment = segment = get_for_action(segment_id, request.user)
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        segment=segment,
        initial=flag_initial(flag),
    )
    if not form.is_valid():
        shown = Card(
            get_for_card(segment_id, request.user),
            request.user,
            state="flag",
            form=form,
            thing=flag,
        )
        return render_card(request, shown, status=422 if form.is_bound else 200)
    return run_action(
        request,
        segment,
        lambda: actions.edit_flag(
            flag, by=request.user, revision=form.revision_seen, values=form.values()
        ),
        said=_("Flag changed."),
        form=form,
        state="flag",
        thing=flag,
    )


@require_POST
@vary_on_htmx
def remove_flag(request: HttpRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Take one's flag back."""
    flag = get_flag(flag_id, segment_id, request.user)
    return run_action(
        request,
        flag.segment,
        lambda: actions.remove_flag(flag, by=request.user, revision=revision_of(request)),
        said=_("Flag removed."),
    )


@form_or_post
@vary_on_htmx
def talk(request: HttpRequest, segment_id: int, flag_id: int) -> HttpResponse:
    """Answer a flag, keep one's own or take it back, have the last word on it: the form, and what it sends."""
    flag = get_flag(flag_id, segment_id, request.user)
    flag.segment = segment = get_for_action(segment_id, request.user)
    sent = request.POST if request.method == "POST" else None
    form = ReplyForm(sent, segment=segment, initial={"severity": flag.severity})
    if not form.is_valid():
        shown = Card(
            get_for_card(segment_id, request.user),
            request.user,
            state="talk",
            form=form,
            thing=flag,
        )
        return render_card(request, shown, status=422 if form.is_bound else 200)
    act, said = DISCUSSION_ACTIONS[form.cleaned_data["move"]]
    return run_action(
        request,
        segment,
        lambda: act(flag, by=request.user, revision=form.revision_seen, **form.act_arguments()),
        said=_(said),
        form=form,
        state="talk",
        thing=flag,
    )


@require_POST
@vary_on_htmx
def take(request: HttpRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Make a finding a flag, filled in as it was found."""
    finding = get_object_or_404(
        Finding.objects.select_related("segment"), pk=finding_id, segment_id=segment_id
    )
    values = finding_values(finding)
    return run_action(
        request,
        finding.segment,
        lambda: actions.flag(
            finding.segment,
            by=request.user,
            revision=revision_of(request),
            values=values,
            finding=finding,
        ),
        said=_("Flag saved."),
        undo=lambda flag: reverse("remove_flag", args=[segment_id, flag.pk]),
    )


@form_or_post
@vary_on_htmx
def dismiss(request: HttpRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Dismiss a finding: the list of reasons, and the one chosen."""
    finding = get_object_or_404(Finding, pk=finding_id, segment_id=segment_id)
    segment = get_for_action(segment_id, request.user)
    form = DismissForm(request.POST if request.method == "POST" else None, segment=segment)
    if not form.is_valid():
        shown = Card(
            get_for_card(segment_id, request.user),
            request.user,
            state="dismiss",
            form=form,
            thing=finding,
        )
        return render_card(request, shown, status=422 if form.is_bound else 200)
    reason, alike = form.cleaned_data["reason"], form.cleaned_data["alike"]
    act = actions.dismiss_alike if alike else actions.dismiss
    return run_action(
        request,
        segment,
        lambda: act(finding, by=request.user, revision=form.revision_seen, reason=reason),
        said=_("All alike are dismissed.") if alike else _("Finding dismissed."),
        undo=lambda _none: reverse("restore", args=[segment_id, finding_id]),
        form=form,
        state="dismiss",
        thing=finding,
    )


@require_POST
@vary_on_htmx
def restore(request: HttpRequest, segment_id: int, finding_id: int) -> HttpResponse:
    """Bring a dismissed finding back."""
    finding = get_object_or_404(Finding, pk=finding_id, segment_id=segment_id)
    return run_action(
        request,
        finding.segment,
        lambda: actions.restore(finding, by=request.user, revision=revision_of(request)),
        said=_("The finding is back."),
    )
