"""Forms for deciding on other people's work: reply to a flag, return, approve several at once."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Correction
from articles.models.review import Severity
from articles.review.forms import SegmentForm, parse_number

MAX_LENGTH = 2000
"""Characters of the longest reply or reason."""


class ReplyForm(SegmentForm):
    """A reply to a flag.

    The button that sends the form names the move; only taking one's own flag back needs no words.
    """

    MOVES = ("keep", "answer", "uphold", "drop", "remove_flag")
    move = forms.ChoiceField(choices=[(move, move) for move in MOVES], widget=forms.HiddenInput)
    words = forms.CharField(
        required=False,
        label=gettext_lazy("Your reply"),
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        max_length=MAX_LENGTH,
    )
    severity = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Severity, if the flag is kept"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Require words, unless the flag is taken back."""
        cleaned: dict[str, Any] = super().clean() or {}
        needs_words = cleaned.get("move") != "remove_flag" and "words" not in self.errors
        if needs_words and not cleaned.get("words"):
            self.add_error("words", _("Give a reason; the others will read it."))
        return cleaned

    def act_arguments(self) -> dict[str, str]:
        """Return what the acts of ``discussion`` take: the text, for some moves the severity."""
        arguments = {"text": self.cleaned_data["words"]}
        if self.cleaned_data["move"] in ("keep", "uphold"):
            arguments["severity"] = self.cleaned_data["severity"]
        return arguments


class RejectForm(SegmentForm):
    """The reason for returning a correction: a usual one, own words, or both."""

    cause = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Reason for returning"),
        choices=Correction.Cause.choices,
        widget=forms.RadioSelect(attrs={"autofocus": True}),
    )
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("Your reply"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=MAX_LENGTH,
    )

    def clean(self) -> dict[str, Any]:
        """Require a usual reason or own words; words alone count as the reason "something else"."""
        cleaned: dict[str, Any] = super().clean() or {}
        other = Correction.Cause.OTHER
        comment = cleaned.get("comment")
        cause = cleaned.get("cause") or ""
        if not cause and comment:
            cause = other
        cleaned["cause"] = cause
        if cause in ("", other) and not comment:
            raise forms.ValidationError(
                _("Choose a reason or write one, so that the author knows what to change.")
            )
        return cleaned

    def decision(self) -> dict[str, str]:
        """Return the cause, and the whole reason as the correction's author will read it."""
        cause = Correction.Cause(self.cleaned_data["cause"])
        comment = self.cleaned_data["comment"]
        if cause == Correction.Cause.OTHER:
            reason = comment
        elif comment:
            reason = f"{cause.label} – {comment}"
        else:
            reason = str(cause.label)
        return {"cause": cause, "reason": reason}


class ConfirmForm(SegmentForm):
    """The open findings of a segment that are dismissed with it, by their ids."""

    seen = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_seen(self) -> set[int]:
        """Return the ids; what is no number names no finding."""
        return {parse_number(sent, default=0) for sent in self.cleaned_data["seen"] or []}


class AlikeForm(SegmentForm):
    """The other corrections with the same change that are approved too.

    Each is sent as "17-3": the correction 17, whose segment the approver saw at revision 3.
    """

    also = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_also(self) -> dict[int, int]:
        """Return the revision of the segment for each correction's id."""
        revisions = {}
        for sent in self.cleaned_data["also"] or []:
            match = re.fullmatch(r"(\d{1,18})-(\d{1,9})", sent, re.ASCII)
            if match is None:
                raise forms.ValidationError(_("This choice is not valid; open the form again."))
            revisions[int(match[1])] = int(match[2])
        return revisions
