"""The form of a decision on one annotation pair."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.adjudication.actions import DECISIONS
from articles.review.forms import SegmentForm


class AnnotationPairForm(SegmentForm):
    """A decision on one pair: the ids of its two flags (0 for a missing one) and what is kept."""

    first = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    second = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    keep = forms.ChoiceField(choices=[(each, each) for each in DECISIONS], widget=forms.HiddenInput)

    def decision(self) -> dict[str, Any]:
        """Return the pair and the decision as keyword arguments of ``actions.decide_pair``."""
        ids = (self.cleaned_data["first"], self.cleaned_data["second"])
        return {"flags": ids, "keep": self.cleaned_data["keep"]}
