"""Acts on the text: draft, send, take back, decide, confirm as fine, reopen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.findings import draft as findings_draft
from articles.models import Correction, OpenEditor
from articles.review import actions, workflow
from articles.review.cards import Card
from articles.review.decision_forms import AlikeForm, RejectForm
from articles.review.flag_views import form_or_post
from articles.review.forms import CorrectionForm
from articles.review.responses import (
    get_for_action,
    get_for_card,
    is_htmx,
    render_card,
    revision_of,
    run_action,
    vary_on_htmx,
)
from articles.text.diff import redline


@form_or_post
@vary_on_htmx
def edit(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Correct the text: the editor, and what it sends for approval."""
    segment = get_for_card(segment_id, request.user)
    card = Card(segment, request.user, state="edit")
    if request.method != "POST":
        return _opened(request, card, card.started_text, begun=card.begun_text)
    card.form = form = CorrectionForm(request.POST, segment=segment)
    if not form.is_valid():
        return render_card(request, card, status=422)
    text, begun = form.cleaned_data["text"], form.cleaned_data["begun"]
    if "merged" in request.POST:
        conflict = card.conflict_with(text, base=begun)
        joined = conflict.both if conflict and conflict.both is not None else text
        return _opened(request, card, joined, begun=card.current_text)
    return run_action(
        request,
        segment,
        lambda: actions.submit(segment, by=request.user, revision=form.revision_seen, text=text),
        said=_("Sent for approval."),
        undo=lambda correction: reverse("withdraw", args=[segment.pk, correction.pk]),
        form=form,
        state="edit",
    )


def _opened(request: HttpRequest, card: Card, text: str, *, begun: str) -> HttpResponse:
    card.form = CorrectionForm(segment=card.segment, initial={"text": text, "begun": begun})
    card.conflict = card.conflict_with(text, base=begun)
    return render_card(request, card)


@require_POST
@vary_on_htmx
def draft(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Keep what is being typed and answer with its redline; without htmx, show the editor again."""
    segment = get_for_card(segment_id, request.user)
    form = CorrectionForm(request.POST, segment=segment)
    if not form.is_valid():
        return render_card(
            request, Card(segment, request.user, state="edit", form=form), status=422
        )
    card, text, problem, status = Card(segment, request.user), form.cleaned_data["text"], "", 200
    try:
        actions.save_draft(segment, by=request.user, revision=form.revision_seen, text=text)
    except workflow.Refused as refused:
        problem, status = str(refused), 403
    except workflow.Stale as late:  # the segment was merged away a moment ago
        problem, status = str(late), 409
    if not is_htmx(request) and not problem:
        return redirect(reverse("edit", args=[segment.pk]))
    context = {
        "card": card,
        "changes": redline(card.current_text, text),
        "saved": not problem,
        "problem": problem,
    }
    if is_htmx(request):
        return render(request, "review/redline.html", context, status=status)
    return render_card(
        request, Card(segment, request.user, state="edit", form=form, notice=problem), status=status
    )


@require_POST
def beside(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Who else has an editor open on the segment. Whoever asks has one; with ``gone``, not any more."""
    segment = get_for_action(segment_id, request.user)
    if "gone" in request.POST:
        OpenEditor.objects.filter(segment=segment, person_id=request.user.pk).delete()
    if "gone" in request.POST or workflow.why_not("draft", request.user, segment):
        return HttpResponse(status=204)
    names = OpenEditor.objects.note(segment, by=request.user)
    return render(request, "review/writers.html", {"names": names})


@require_POST
@vary_on_htmx
def recheck(request: HttpRequest, segment_id: int) -> HttpResponse:
    """What the checks say of the text as it is being written; without htmx, the editor with that in it."""
    segment = get_for_card(segment_id, request.user)
    form = CorrectionForm(request.POST, segment=segment)
    if not form.is_valid():
        return render_card(
            request, Card(segment, request.user, state="edit", form=form), status=422
        )
    checked = findings_draft.recheck(segment, form.cleaned_data["text"])
    if is_htmx(request):
        return render(request, "findings/draft_findings.html", {"checked": checked})
    card = Card(segment, request.user, state="edit", form=form)
    card.rechecked = checked
    return render_card(request, card)


@require_POST
@vary_on_htmx
def discard(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Throw one's draft away."""
    segment = get_for_action(segment_id, request.user)
    return run_action(
        request,
        segment,
        lambda: actions.discard_draft(segment, by=request.user),
        said=_("Draft thrown away."),
    )


@require_POST
@vary_on_htmx
def withdraw(request: HttpRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Take one's waiting correction back."""
    correction = get_object_or_404(Correction, pk=correction_id, segment_id=segment_id)
    return run_action(
        request,
        correction.segment,
        lambda: actions.withdraw(correction, by=request.user, revision=revision_of(request)),
        said=_("Taken back; it is your draft again."),
    )


@require_POST
@vary_on_htmx
def approve(request: HttpRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Approve another person's correction."""
    correction = get_object_or_404(Correction, pk=correction_id, segment_id=segment_id)
    return run_action(
        request,
        correction.segment,
        lambda: actions.approve(correction, by=request.user, revision=revision_of(request)),
        said=_("Approved."),
    )


@form_or_post
@vary_on_htmx
def approve_alike(request: HttpRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Approve a correction with others that make the same change: the others to choose from, and the chosen ones."""
    correction = get_object_or_404(Correction, pk=correction_id, segment_id=segment_id)
    segment = get_for_action(segment_id, request.user)
    form = AlikeForm(request.POST if request.method == "POST" else None, segment=segment)
    if not form.is_valid():
        shown = Card(
            get_for_card(segment_id, request.user),
            request.user,
            state="batch",
            form=form,
            thing=correction,
        )
        return render_card(request, shown, status=422 if form.is_bound else 200)
    others = form.cleaned_data["also"]
    return run_action(
        request,
        segment,
        lambda: actions.approve_alike(
            correction, by=request.user, revision=form.revision_seen, others=others
        ),
        said=_together,
        beside=lambda done: [row.segment_id for row in done.approved if row.pk != correction_id],
        form=form,
        state="batch",
        thing=correction,
    )


def _together(done: actions.BatchApproval) -> str:
    count = len(done.approved)
    said = [ngettext("%(count)d approved.", "%(count)d approved.", count) % {"count": count}]
    said += [
        _("Not segment %(number)d: %(reason)s") % {"number": at, "reason": why}
        for at, why in done.left
    ]
    return " ".join(said)


@form_or_post
@vary_on_htmx
def reject(request: HttpRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Send another person's correction back: the reasons, and the one given."""
    correction = get_object_or_404(Correction, pk=correction_id, segment_id=segment_id)
    segment = get_for_action(segment_id, request.user)
    form = RejectForm(request.POST if request.method == "POST" else None, segment=segment)
    if not form.is_valid():
        shown = Card(
            get_for_card(segment_id, request.user),
            request.user,
            state="reject",
            form=form,
            thing=correction,
        )
        return render_card(request, shown, status=422 if form.is_bound else 200)
    return run_action(
        request,
        segment,
        lambda: actions.reject(
            correction, by=request.user, revision=form.revision_seen, **form.decision()
        ),
        said=_("Sent back."),
        form=form,
        state="reject",
        thing=correction,
    )


@require_POST
@vary_on_htmx
def confirm(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Say that nothing is wrong here."""
    segment = get_for_action(segment_id, request.user)
    return run_action(
        request,
        segment,
        lambda: actions.confirm(segment, by=request.user, revision=revision_of(request)),
        said=_("Marked as fine."),
        undo=lambda _none: reverse("reopen", args=[segment.pk]),
    )


@require_POST
@vary_on_htmx
def reopen(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Take a done segment up again."""
    segment = get_for_action(segment_id, request.user)
    return run_action(
        request,
        segment,
        lambda: actions.reopen(segment, by=request.user, revision=revision_of(request)),
        said=_("Reopened."),
    )
