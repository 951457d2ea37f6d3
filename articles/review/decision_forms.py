"""Floor 4: what people say of each other's work: the talk about a flag, why a correction goes back, several at once,
which of two readers’ marks are kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Correction
from articles.models.review import Severity
from articles.review.forms import SegmentForm

MAX_LENGTH = 2000
"""Characters of the longest thing that can be said."""


class ReplyForm(SegmentForm):
    """What is said of a flag. The button that sends it names the move; only taking one's flag back needs no words."""

    MOVES = ("keep", "answer", "uphold", "drop", "remove_flag")
    move = forms.ChoiceField(choices=[(move, move) for move in MOVES], widget=forms.HiddenInput)
    words = forms.CharField(
        required=False,
        label=gettext_lazy("In your words"),
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        max_length=MAX_LENGTH,
    )
    severity = forms.ChoiceField(
        required=False,
        label=gettext_lazy("How bad, if it stands"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Words, unless the flag is taken back."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            not cleaned.get("words")
            and cleaned.get("move") != "remove_flag"
            and "words" not in self.errors
        ):
            self.add_error("words", _("Say why in a few words: the others will read them."))
        return cleaned

    def said(self) -> dict[str, str]:
        """The words, and the severity where the move can change it, as the acts take them."""
        said = {"text": self.cleaned_data["words"]}
        if self.cleaned_data["move"] in ("keep", "uphold"):
            said["severity"] = self.cleaned_data["severity"]
        return said


class RejectForm(SegmentForm):
    """Why a correction goes back: one of the usual reasons, with own words or without; or own words alone."""

    cause = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Why does it go back?"),
        choices=Correction.Cause.choices,
        widget=forms.RadioSelect(attrs={"autofocus": True}),
    )
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("In your words"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=MAX_LENGTH,
    )

    def clean(self) -> dict[str, Any]:
        """At least one of the two; "something else" has to be said. Words alone are something else."""
        cleaned: dict[str, Any] = super().clean() or {}
        other = Correction.Cause.OTHER
        cleaned["cause"] = cleaned.get("cause") or (other if cleaned.get("comment") else "")
        if cleaned["cause"] in ("", other) and not cleaned.get("comment"):
            raise forms.ValidationError(
                _("Say why, so that its author can do better: choose a reason or write one.")
            )
        return cleaned

    def decision(self) -> dict[str, str]:
        """The cause, and the whole reason as its author will read it."""
        cause, comment = Correction.Cause(self.cleaned_data["cause"]), self.cleaned_data["comment"]
        words = [comment] if cause == Correction.Cause.OTHER else [str(cause.label), comment]
        return {"cause": cause, "reason": " – ".join(filter(None, words))}


class AlikeForm(SegmentForm):
    """Which others of the corrections with the same change are approved too: "17-3" is the correction 17, whose
    segment the approver saw at revision 3."""

    also = forms.Field(required=False, widget=forms.MultipleHiddenInput)

    def clean_also(self) -> dict[int, int]:
        """Correction → revision of its segment."""
        sent = [
            re.fullmatch(r"(\d{1,18})-(\d{1,9})", each, re.ASCII)
            for each in self.cleaned_data["also"] or []
        ]
        if not all(sent):
            raise forms.ValidationError(_("This choice cannot be understood; open it again."))
        return {int(match[1]): int(match[2]) for match in sent if match}
