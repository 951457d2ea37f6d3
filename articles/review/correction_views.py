"""The views of acts on the text: draft, submit, withdraw, decide, confirm, reopen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.findings import draft as findings_draft
from articles.findings.check_client import NoCheckProcess, Superseded, TookTooLong
from articles.models import Correction, OpenEditor, Segment, SignOff
from articles.models.people import SignedInRequest, name_of
from articles.review import actions, batch, workflow
from articles.review.cards import Card
from articles.review.decision_forms import AlikeForm, ConfirmForm, RejectForm
from articles.review.flag_views import form_or_post, render_open_form, sent_data
from articles.review.forms import CorrectionForm, parse_number
from articles.review.open_card import OpenCard
from articles.review.remedies import remedied_text
from articles.review.responses import (
    get_for_action,
    get_for_card,
    is_htmx,
    render_card,
    revision_of,
    run_action,
    status_of_refusal,
    vary_on_htmx,
)
from articles.review.revision import revise as revise_correction
from articles.text.diff import redline


@form_or_post
@vary_on_htmx
def edit(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Open the editor of the text, or submit the correction that it sends."""
    segment = _get_to_write(request, segment_id)
    return _write(
        request,
        segment,
        send=lambda text, revision: actions.submit(
            segment, by=request.user, revision=revision, text=text
        ),
        message=_("Submitted for approval."),
        undo=lambda correction: reverse("withdraw", args=[segment.pk, correction.pk]),
    )


@form_or_post
@vary_on_htmx
def revise(request: SignedInRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Open the editor of another person's waiting correction, or put the edit in its place."""
    segment = _get_to_write(request, segment_id)
    correction = _get_correction(correction_id, segment)
    return _write(
        request,
        segment,
        send=lambda text, revision: revise_correction(
            correction, by=request.user, revision=revision, text=text
        ),
        message=_revised_message,
        undo=_address_of_undone_edit,
    )


def _revised_message(edit: Correction) -> str:
    if edit.status == Correction.Status.APPROVED:
        return _("Edited and approved.")
    author = name_of(edit.edit_of.author) if edit.edit_of else ""
    text = _("Edited. %(author)s or another approver has to approve it.")
    return text % {"author": author}


def _address_of_undone_edit(edit: Correction) -> str:
    if edit.status == Correction.Status.APPROVED:
        return reverse("reopen", args=[edit.segment_id])
    return reverse("withdraw", args=[edit.segment_id, edit.pk])


def _get_to_write(request: SignedInRequest, segment_id: int) -> Segment:
    """Return the segment with what its editor shows; where a text is sent, with what an act needs.

    Raises Http404.
    """
    if request.method == "POST":
        return get_for_action(segment_id, request.user)
    return get_for_card(segment_id, request.user)


def _write(
    request: SignedInRequest,
    segment: Segment,
    *,
    send: Callable[[str, int], Correction],
    message: str | Callable[[Correction], str],
    undo: Callable[[Correction], str],
) -> HttpResponse:
    """Open the editor, or give what it sends to ``send``: the text, and the revision seen."""
    if request.method != "POST":
        return _open_editor(request, OpenCard(segment, request.user, state="edit"))
    form = CorrectionForm(request.POST, segment=segment)
    if not form.is_valid():
        return _show_again(request, segment, form, status=422)
    text = form.cleaned_data["text"]
    if "merged" in request.POST:
        return _open_merged(request, segment, form)
    if form.asks_about_ending():
        return _show_again(request, segment, form, status=422)
    return run_action(
        request,
        segment,
        lambda: send(text, form.revision_seen),
        message=message,
        undo=undo,
        form=form,
        state="edit",
    )


def _show_again(
    request: SignedInRequest,
    segment: Segment,
    form: CorrectionForm,
    *,
    status: int,
    notice: str = "",
) -> HttpResponse:
    """Show the editor with what was typed, as it was sent."""
    fresh = get_for_card(segment.pk, request.user)
    card = OpenCard(fresh, request.user, state="edit", form=form, notice=notice)
    return render_card(request, card, status=status)


def _open_merged(request: SignedInRequest, segment: Segment, form: CorrectionForm) -> HttpResponse:
    """Open the editor with the person's changes and those that came meanwhile in one text.

    It is kept as their draft: nobody types it, so that no script would keep it.
    """
    fresh = get_for_card(segment.pk, request.user)
    card = OpenCard(fresh, request.user, state="edit")
    text = form.cleaned_data["text"]
    conflict = card.conflict_with(text, base=form.cleaned_data["begun"])
    joined = conflict.both if conflict and conflict.both is not None else text
    begun = card.latest_text
    with suppress(workflow.Refused, workflow.Stale):
        actions.save_draft(
            segment,
            by=request.user,
            revision=form.revision_seen,
            text=joined,
            begun=begun,
            is_joined=True,
        )
    return _render_editor(request, card, joined, begun=begun)


def _open_editor(request: SignedInRequest, card: OpenCard) -> HttpResponse:
    """Open the editor; ``?remedy=`` with a finding's number puts its remedy in."""
    text = card.initial_text
    asked = request.GET.get("remedy")
    if asked is not None:
        repaired = remedied_text(card, asked)
        if repaired is None:
            card.notice = _(
                "The words of this finding are no longer in the text: nothing was inserted."
            )
        else:
            text = repaired
    return _render_editor(request, card, text, begun=card.base_text)


def _render_editor(
    request: SignedInRequest, card: OpenCard, text: str, *, begun: str
) -> HttpResponse:
    initial = {"text": text, "begun": begun}
    card.form = CorrectionForm(segment=card.segment, initial=initial)
    card.conflict = card.conflict_with(text, base=begun)
    return render_card(request, card)


@require_POST
@vary_on_htmx
def draft(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Keep what is being typed and answer with its redline; without htmx, show the editor again."""
    segment = get_for_action(segment_id, request.user)
    form = CorrectionForm(request.POST, segment=segment)
    if not form.is_valid():
        return _show_again(request, segment, form, status=422)
    text = form.cleaned_data["text"]
    begun = form.cleaned_data["begun"] if "begun" in request.POST else None
    revision = form.revision_seen
    problem: Exception | None = None
    status = 200
    try:
        actions.save_draft(segment, by=request.user, revision=revision, text=text, begun=begun)
    except workflow.Refused as refused:
        problem = refused
        status = status_of_refusal(segment, request.user, revision)
    except workflow.Stale as stale:  # the segment was merged away a moment ago
        problem, status = stale, 409
    if is_htmx(request):
        return _render_redline(request, segment, text, problem=problem, status=status)
    if problem is None:
        return redirect(reverse("edit", args=[segment.pk]))
    return _show_again(request, segment, form, status=status, notice=str(problem))


def _render_redline(
    request: SignedInRequest,
    segment: Segment,
    text: str,
    *,
    problem: Exception | None,
    status: int,
) -> HttpResponse:
    is_overtaken = isinstance(problem, workflow.Overtaken)
    context: dict[str, Any] = {
        "segment": segment,
        "saved": problem is None,
        "problem": str(problem or ""),
        "is_overtaken": is_overtaken,
    }
    current = actions.current_text(segment)
    if is_overtaken:
        # Both versions: what the other person wrote, and how this text differs from it.
        waiting = segment.corrections.filter(status=Correction.Status.SUBMITTED).first()
        context["theirs"] = current = waiting.text if waiting else current
    context["changes"] = redline(current, text)
    response = render(request, "review/redline.html", context, status=status)
    if is_overtaken:
        response["X-Draft"] = "stored"  # the script forgets its copy
    return response


@require_POST
def beside(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Answer with the other people who have an editor open on the segment.

    Whoever asks has one open, too; with ``gone`` they have closed it.
    """
    segment = get_for_action(segment_id, request.user)
    if "gone" in request.POST:
        OpenEditor.objects.filter(segment=segment, person_id=request.user.pk).delete()
        return HttpResponse(status=204)
    if workflow.why_not("draft", request.user, segment):
        return HttpResponse(status=204)
    names = OpenEditor.objects.note(segment, by=request.user)
    return render(request, "review/writers.html", {"names": names})


@require_POST
@vary_on_htmx
def recheck(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Run the checks on the text as it is being written; without htmx, show it in the editor.

    Whoever may not write here has nothing to check. Nobody waits for a text that was written on.
    """
    segment = get_for_card(segment_id, request.user)
    form = CorrectionForm(request.POST, segment=segment)
    card = OpenCard(segment, request.user, state="edit", form=form)
    # An approver who edits a waiting correction may write where others may not.
    refusal = None if card.edited else workflow.why_not("draft", request.user, segment)
    if refusal:
        return _refuse_recheck(request, segment, refusal)
    if not form.is_valid():
        return render_card(request, card, status=422)
    try:
        checked = findings_draft.recheck(segment, form.cleaned_data["text"], by=request.user)
    except Superseded:
        return HttpResponse(status=204)
    except (TookTooLong, NoCheckProcess) as problem:
        card.notice = _why_unchecked(problem)
        if is_htmx(request):
            return render(request, "findings/draft_problem.html", {"problem": card.notice})
        return render_card(request, card)
    if is_htmx(request):
        return render(request, "findings/draft_findings.html", {"checked": checked})
    card.rechecked = checked
    return render_card(request, card)


def _why_unchecked(problem: Exception) -> str:
    """Return the sentence for a text that was not checked."""
    if isinstance(problem, NoCheckProcess):
        return _(
            "This text was not checked, because no worker is running. You can still submit it "
            "for approval; it will be checked then."
        )
    return _(
        "The checks took too long on this text and were stopped. You can still submit it "
        "for approval; it will be checked again."
    )


def _refuse_recheck(request: SignedInRequest, segment: Segment, reason: str) -> HttpResponse:
    """Answer whoever may not write into the segment with the reason."""
    if is_htmx(request):
        context = {"problem": reason}
        return render(request, "findings/draft_problem.html", context, status=403)
    return render_card(request, Card(segment, request.user, notice=reason), status=403)


@require_POST
@vary_on_htmx
def discard(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Discard the person's own draft."""
    segment = get_for_action(segment_id, request.user)
    return run_action(
        request,
        segment,
        lambda: actions.discard_draft(segment, by=request.user),
        message=_("Draft discarded."),
    )


@require_POST
@vary_on_htmx
def withdraw(request: SignedInRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Withdraw the person's own waiting correction."""
    segment = get_for_action(segment_id, request.user)
    correction = _get_correction(correction_id, segment)
    return run_action(
        request,
        segment,
        lambda: actions.withdraw(correction, by=request.user, revision=revision_of(request)),
        message=_("Withdrawn; it is your draft again."),
    )


@require_POST
@vary_on_htmx
def approve(request: SignedInRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Approve another person's correction."""
    segment = get_for_action(segment_id, request.user)
    correction = _get_correction(correction_id, segment)
    return run_action(
        request,
        segment,
        lambda: actions.approve(correction, by=request.user, revision=revision_of(request)),
        message=_("Approved."),
    )


@form_or_post
@vary_on_htmx
def approve_alike(request: SignedInRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Show the corrections with the same change, or approve this one with those chosen."""
    segment = get_for_action(segment_id, request.user)
    correction = _get_correction(correction_id, segment)
    form = AlikeForm(sent_data(request), segment=segment)
    if not form.is_valid():
        return render_open_form(request, segment, form, state="batch", thing=correction)
    others = form.cleaned_data["also"]
    return run_action(
        request,
        segment,
        lambda: batch.approve_alike(
            correction, by=request.user, revision=form.revision_seen, others=others
        ),
        message=_approved_message,
        others=lambda done: [row.segment_id for row in done.approved if row.pk != correction_id],
        form=form,
        state="batch",
        thing=correction,
    )


def _approved_message(done: batch.BatchApproval) -> str:
    count = len(done.approved)
    sentences = [ngettext("%(count)d approved.", "%(count)d approved.", count) % {"count": count}]
    for position, reason in done.not_approved:
        details = {"number": position, "reason": reason}
        sentences.append(_("Segment %(number)d not approved: %(reason)s") % details)
    return " ".join(sentences)


@form_or_post
@vary_on_htmx
def reject(request: SignedInRequest, segment_id: int, correction_id: int) -> HttpResponse:
    """Open the form with the reasons to return a correction, or return it for the one chosen."""
    segment = get_for_action(segment_id, request.user)
    correction = _get_correction(correction_id, segment)
    form = RejectForm(sent_data(request), segment=segment)
    if not form.is_valid():
        return render_open_form(request, segment, form, state="reject", thing=correction)
    return run_action(
        request,
        segment,
        lambda: actions.reject(
            correction, by=request.user, revision=form.revision_seen, **form.decision()
        ),
        message=_("Returned."),
        form=form,
        state="reject",
        thing=correction,
    )


@require_POST
@vary_on_htmx
def confirm(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Confirm that nothing is wrong in the segment; ask first about findings that are open."""
    segment = get_for_card(segment_id, request.user)
    form = ConfirmForm(request.POST, segment=segment)
    seen = form.cleaned_data["seen"] if form.is_valid() else set()
    card = OpenCard(segment, request.user, state="confirm", form=ConfirmForm(segment=segment))
    is_allowed = "confirm" in card.offer.allowed
    if is_allowed and any(finding.pk not in seen for finding in card.findings):
        return render_card(request, card, status=422)
    return run_action(
        request,
        segment,
        lambda: actions.confirm(
            segment, by=request.user, revision=revision_of(request), dismissed=seen
        ),
        message=_confirmed_message,
        undo=lambda dismissed: _address_of_reopen(segment, dismissed),
    )


def _confirmed_message(dismissed: list[int]) -> str:
    if not dismissed:
        return _("No issues.")
    text = ngettext(
        "No issues; %(count)d finding dismissed.",
        "No issues; %(count)d findings dismissed.",
        len(dismissed),
    )
    return text % {"count": len(dismissed)}


def _address_of_reopen(segment: Segment, dismissed: list[int]) -> str:
    """Return the address that takes a confirmation back, and what was dismissed with it."""
    address = reverse("reopen", args=[segment.pk])
    if not dismissed:
        return address
    return f"{address}?{urlencode({'restored': dismissed}, doseq=True)}"


@require_POST
@vary_on_htmx
def reopen(request: SignedInRequest, segment_id: int) -> HttpResponse:
    """Reopen a segment that is done; the address may name findings that come back with it."""
    segment = get_for_action(segment_id, request.user)
    restored = [parse_number(sent, default=0) for sent in request.GET.getlist("restored")]
    return run_action(
        request,
        segment,
        lambda: actions.reopen(
            segment, by=request.user, revision=revision_of(request), restored=restored
        ),
        message=_reopened_message(segment),
    )


def _reopened_message(segment: Segment) -> str:
    """Return what to say of it: to reopen takes no approval back, but ends a sign-off."""
    text = _("Reopened.")
    if actions.has_approved_correction(segment):
        text = _("Reopened. The approved correction stays in the text.")
    ended = SignOff.objects.filter(article=segment.article_id, ended_at=None).first()
    if ended is None:
        return text
    return text + " " + _("This ends the sign-off by %(name)s.") % {"name": name_of(ended.person)}


def _get_correction(correction_id: int, segment: Segment) -> Correction:
    correction: Correction = get_object_or_404(Correction, pk=correction_id, segment_id=segment.pk)
    correction.segment = segment
    return correction
