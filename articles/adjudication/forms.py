"""The form of a decision about one place that two readers may have marked."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.adjudication.actions import DECISIONS
from articles.review.forms import SegmentForm


class AnnotationPairForm(SegmentForm):
    """What is decided of one place that two readers may have marked: the ids of their flags (0: none), what is kept."""

    first = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    second = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    keep = forms.ChoiceField(choices=[(each, each) for each in DECISIONS], widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """The place and the decision as comparing.settle takes them."""
        ids = (self.cleaned_data["first"], self.cleaned_data["second"])
        return {"flags": ids, "keep": self.cleaned_data["keep"]}
