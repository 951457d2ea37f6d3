"""Floor 4: what a person sends, made into what the acts take. Offsets and line ends of the browser end here.

A browser counts in UTF-16 units and sends lines ended by CR LF; the product counts in code points and keeps the
document's own line ends. Words typed by hand are located in the text by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles.models import Finding, Flag, Segment
from articles.models.review import Severity
from articles.scoring import mqm
from articles.text.document import Span

END = "[end]"


def code_point(text: str, unit: int) -> int | None:
    """The code point offset of the UTF-16 offset ``unit`` in ``text``; None inside a character or outside the text."""
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * max(unit, 0)]
    if 2 * unit != len(head):
        return None
    try:
        return len(head.decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


def utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of the code point ``offset`` of ``text``."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def occurrences(text: str, words: str) -> list[Span]:
    """Where ``words`` stand in ``text``: any blank matches any blanks, and straight quotes match curly ones."""
    pieces = [re.escape(piece) for piece in words.split()]
    pattern = r"\s+".join(pieces)
    for quotes in ("['’‘ʼ]", '["“”„]'):
        pattern = re.sub(quotes, quotes, pattern)
    return [Span(*match.span()) for match in re.finditer(pattern, text)] if pieces else []


def parse_number(sent: str, *, default: int) -> int:
    """The whole number that was sent; ``default`` for anything else, and for more digits than a database holds."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else default


class SegmentForm(forms.Form):
    """A form about one segment: it names the revision that its maker saw."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, segment: Segment, initial: Any = None
    ) -> None:
        self.segment = segment
        super().__init__(
            data,
            initial={"revision": segment.revision} | (initial or {}),
            auto_id=f"id_%s_{segment.pk}",
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def revision_seen(self) -> int:
        """The revision that the person looked at."""
        return int(self.cleaned_data["revision"])

    def on_new_revision(self, segment: Segment) -> SegmentForm:
        """The same form with everything typed intact, made against the segment as it is now."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
        data["revision"] = segment.revision
        return type(self)(data, segment=segment)


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The types by group: what editors meet most, then the rest of MQM-Core by dimension."""
    short = [(choice.type, _(choice.label)) for choice in mqm.SHORT_LIST]
    listed = {name for name, _label in short}
    groups = [(_("Most frequent"), short)]
    for dimension, types in mqm.DIMENSIONS.items():
        rest = [(name, _(name)) for name in types if name not in listed]
        groups.append((_(dimension), rest))
    return groups


class FlagForm(SegmentForm):
    """What is wrong, how badly, and where. Places come as words, and exactly (hidden) where the browser knows them."""

    type = forms.ChoiceField(label=gettext_lazy("What is wrong"), widget=forms.RadioSelect)
    severity = forms.ChoiceField(
        label=gettext_lazy("How bad"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        initial=Severity.MAJOR,
    )
    source_words = forms.CharField(
        required=False,
        help_text=gettext_lazy("Choose them above (key w), or write them as they stand there."),
    )
    target_words = forms.CharField(
        required=False,
        help_text=gettext_lazy("Choose them above (key t), or write them as they stand there."),
    )
    before_words = forms.CharField(
        required=False,
        label=gettext_lazy("Missing words belong before"),
        help_text=gettext_lazy(
            "The words after the gap; [end] where words are missing at the end."
        ),
    )
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    source_at = forms.CharField(required=False, widget=forms.HiddenInput)
    target_at = forms.CharField(required=False, widget=forms.HiddenInput)
    caret_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, segment: Segment, initial: Any = None
    ) -> None:
        super().__init__(data, segment=segment, initial=initial)
        choice: Any = self.fields["type"]
        choice.choices = type_choices()
        article = segment.article
        for name, language in (
            ("source_words", article.source.language),
            ("target_words", article.target.language),
        ):
            field = self.fields[name]
            field.label = _("Words in the %(language)s") % {
                "language": get_language_info(language)["name_translated"]
            }
            field.widget.attrs["lang"] = language
        self.fields["before_words"].widget.attrs["lang"] = article.target.language
        names = [name for name in self.fields if name != "type"]
        self.helper.layout = Layout(Field("type", template="plain/types.html"), *names)

    @property
    def type_groups(self) -> list[tuple[str, list[Any]]]:
        """The radio buttons of the types, by group."""
        options = iter(self["type"])
        return [(title, [next(options) for _each in names]) for title, names in type_choices()]

    @property
    def type_is_rare(self) -> bool:
        """Whether the chosen type is one behind “more”."""
        chosen = self["type"].value()
        return bool(chosen) and chosen not in {choice.type for choice in mqm.SHORT_LIST}

    def clean_source_words(self) -> Span | None:
        """Where the words stand in the source."""
        return self._located("source", self.segment.source_text)

    def clean_target_words(self) -> Span | None:
        """Where the words stand in the machine's target."""
        return self._located("target", self.segment.target_text)

    def clean_before_words(self) -> int | None:
        """The offset in the target where missing words belong."""
        text, words = self.segment.target_text, self.cleaned_data["before_words"]
        if not words:
            return None
        exact = code_point(text, _units(self.data.get("caret_at", ""))[0])
        if words == END:
            return len(text)
        found = [span.start for span in occurrences(text, words)]
        return exact if exact in found else self._single(found)

    def values(self) -> dict[str, Any]:
        """The fields of a flag, as review.flag takes them."""
        values = {name: self.cleaned_data[name] for name in ("type", "severity", "comment")}
        for side, text in (
            ("source", self.segment.source_text),
            ("target", self.segment.target_text),
        ):
            values |= _span_values(side, text, self.cleaned_data[f"{side}_words"])
        return values | {"caret": self.cleaned_data["before_words"], "needs_locating": False}

    def _located(self, side: str, text: str) -> Span | None:
        words = self.cleaned_data[f"{side}_words"]
        if not words:
            return None
        found = occurrences(text, words)
        start, end = (code_point(text, unit) for unit in _units(self.data.get(f"{side}_at", "")))
        exact = Span(start, end) if start is not None and end is not None else None
        return exact if exact in found else self._single(found)

    def _single(self, found: list[Any]) -> Any:
        if not found:
            raise forms.ValidationError(
                _("These words are not in the text; copy them as they stand there.")
            )
        if len(found) > 1:
            message = _(
                "These words stand there %(count)d times; write a few more of their neighbours."
            )
            raise forms.ValidationError(message % {"count": len(found)})
        return found[0]


def _units(at: str) -> tuple[int, int]:
    """The two numbers of "12-20" ("12" stands for both); (-1, -1), which is nowhere, for anything else."""
    match = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", at, re.ASCII)
    return (int(match[1]), int(match[2] or match[1])) if match else (-1, -1)


def _span_values(side: str, text: str, span: Span | None) -> dict[str, Any]:
    start, end = span or (None, None)
    return {
        f"{side}_start": start,
        f"{side}_end": end,
        f"{side}_quote": span.of(text) if span else "",
    }


def finding_values(finding: Finding) -> dict[str, Any]:
    """The fields of the flag that a finding makes: several spans become the stretch from the first to the last."""
    segment = finding.segment
    values: dict[str, Any] = {
        "type": finding.type,
        "severity": finding.severity,
        "caret": finding.caret,
    }
    for side, text in (("source", segment.source_text), ("target", segment.target_text)):
        spans = getattr(finding, f"{side}_spans")
        whole = (
            Span(min(start for start, _end in spans), max(end for _start, end in spans))
            if spans
            else None
        )
        values |= _span_values(side, text, whole)
    return values


def flag_initial(flag: Flag) -> dict[str, Any]:
    """What a flag's form begins with."""
    initial = {name: getattr(flag, name) for name in ("type", "severity", "comment")}
    for side, text, span in (
        ("source", flag.segment.source_text, flag.source_span),
        ("target", flag.segment.target_text, flag.target_span),
    ):
        initial[f"{side}_words"] = getattr(flag, f"{side}_quote")
        initial[f"{side}_at"] = f"{utf16(text, span.start)}-{utf16(text, span.end)}" if span else ""
    text = flag.segment.target_text
    if flag.caret is not None:
        initial["before_words"] = words_after(text, flag.caret)
        initial["caret_at"] = str(utf16(text, flag.caret))
    return initial


def words_after(text: str, caret: int) -> str:
    """The first words after the caret: what its form field shows."""
    return " ".join(text[caret:].split()[:4]) or END


class CorrectionForm(SegmentForm):
    """The new text of a segment; empty takes the words out."""

    text = forms.CharField(required=False, widget=forms.Textarea, max_length=100_000)
    begun = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, segment: Segment, initial: Any = None
    ) -> None:
        super().__init__(data, segment=segment, initial=initial)
        language = segment.article.target.language
        field = self.fields["text"]
        field.label = _("The corrected %(language)s") % {
            "language": get_language_info(language)["name_translated"]
        }
        field.widget.attrs |= {"lang": language, "spellcheck": "true", "autofocus": True}
        field.widget.attrs["rows"] = 2 + len(segment.target_text) // 60

    def clean_text(self) -> str:
        """The text with the document's own line ends."""
        return self._own_line_ends(self.cleaned_data["text"])

    def clean_begun(self) -> str:
        """The text in force when the editor was opened: what both of two people began from."""
        return self._own_line_ends(self.cleaned_data["begun"])

    def _own_line_ends(self, text: str) -> str:
        text = text.replace("\r\n", "\n")
        return text.replace("\n", "\r\n") if "\r\n" in self.segment.target_text else text


class DismissForm(SegmentForm):
    """Why a finding is no fault."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is this fine?"), choices=Finding.Reason.choices
    )
    alike = forms.BooleanField(required=False)
