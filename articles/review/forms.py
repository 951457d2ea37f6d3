"""Forms for flags, corrections and dismissals: they turn what is sent into what the acts take.

A browser counts in UTF-16 units and sends lines ended by CR LF; the code counts in code points and
keeps the document's own line ends. Words typed by hand are located in the text by what they say.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Finding, Flag, Segment
from articles.models.messages import language_name
from articles.models.review import Severity
from articles.scoring import mqm
from articles.text.document import Span
from articles.text.thresholds import LONGEST_TEXT

END = "[end]"
"""What a person writes for the place after the last word of a text."""
_STRAY_ENDING = re.compile(
    r"(?:[!?…»”\"]\s*(?P<behind_mark>[^\W_]{1,2})|\w\w\.\s+(?P<apart>[^\W_]{1,2})"
    r"|\w\w\.(?P<close>[^\W\d_]))\Z"
)
"""One or two letters after the last sentence: a key of the desk that was pressed in the editor.
Not what belongs to an address or a number: lemonde.fr, 10.30."""


ISSUES_OF_CHECKS = {
    "numbers": "fact",
    "dates": "fact",
    "units": "fact",
    "names": "fact",
    "negation": "opposite",
    "wrong-word": "word",
}
"""What editors call the issue that a check finds (``mqm.SHORT_LIST``), where MQM has a wider
type."""


def code_point(text: str, unit: int) -> int | None:
    """Return the code point offset of the UTF-16 offset ``unit`` in ``text``.

    None where the offset is inside a character or outside the text.
    """
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * max(unit, 0)]
    if 2 * unit != len(head):
        return None
    try:
        return len(head.decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters other than tabs and line ends."""


def utf16(text: str, offset: int) -> int:
    """Return the UTF-16 offset of the code point ``offset`` of ``text``."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def occurrences(text: str, words: str) -> list[Span]:
    """Return where ``words`` stand in ``text``.

    Any blank matches any blanks, and straight quotation marks match curly ones.
    """
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        return []
    pattern = r"\s+".join(pieces)
    for quotes in ("['’‘ʼ]", '["“”„]'):
        pattern = re.sub(quotes, quotes, pattern)
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def parse_number(sent: str, *, default: int) -> int:
    """Return the whole number that was sent.

    ``default`` stands for anything else, and for more digits than a database holds.
    """
    is_number = sent.isascii() and sent.isdigit()
    if is_number and len(sent) < 19:
        return int(sent)
    return default


class SegmentForm(forms.Form):
    """A form about one segment: it names the revision that the person saw."""

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

    @property
    def revision_seen(self) -> int:
        """Return the revision that the person looked at."""
        return int(self.cleaned_data["revision"])

    def on_new_revision(self, segment: Segment) -> SegmentForm:
        """Return the form with everything typed intact, made against the segment as it is now."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
        data["revision"] = segment.revision
        return type(self)(data, segment=segment)


def is_frequent(issue_type: str) -> bool:
    """Return whether the issue type stands in the group of the most frequent ones."""
    return any(choice.value == issue_type for choice in mqm.SHORT_LIST)


Groups = list[tuple[Any, list[tuple[str, Any]]]]
"""Choices by group: the title of each group, and its values with their labels (lazy texts)."""


def _grouped_types() -> Groups:
    frequent = [(choice.value, gettext_lazy(choice.label)) for choice in mqm.SHORT_LIST]
    groups: Groups = [(gettext_lazy("Most frequent"), frequent)]
    for dimension, types in mqm.DIMENSIONS.items():
        others = [(name, gettext_lazy(name)) for name in types if not is_frequent(name)]
        groups.append((gettext_lazy(dimension), others))
    return groups


TYPE_CHOICES = _grouped_types()
"""The issue types by group: the most frequent, then those of MQM-Core by dimension.

Their names are lazy: a form that is only validated translates none of them.
"""


def type_choices() -> Groups:
    """Return TYPE_CHOICES. A field with a callable does not copy its choices into each form."""
    return TYPE_CHOICES


class FlagForm(SegmentForm):
    """A flag: issue type, severity, words and place.

    Words are sent as text, with their exact offsets in a hidden field where the browser knows them.
    """

    type = forms.ChoiceField(
        label=gettext_lazy("Issue type"), choices=type_choices, widget=forms.RadioSelect
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        initial=Severity.MAJOR,
    )
    source_words = forms.CharField(
        required=False,
        help_text=gettext_lazy("Select them above (key w), or type them exactly as in the text."),
    )
    target_words = forms.CharField(
        required=False,
        help_text=gettext_lazy("Select them above (key t), or type them exactly as in the text."),
    )
    before_words = forms.CharField(
        required=False,
        label=gettext_lazy("Insert missing words before"),
        help_text=gettext_lazy(
            "The words that follow the gap, or [end] for the end of the segment."
        ),
    )
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 1}),
        max_length=2000,
    )
    source_at = forms.CharField(required=False, widget=forms.HiddenInput)
    target_at = forms.CharField(required=False, widget=forms.HiddenInput)
    caret_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, segment: Segment, initial: Any = None
    ) -> None:
        super().__init__(data, segment=segment, initial=initial)
        article = segment.article
        self._name_language("source_words", article.source.language)
        self._name_language("target_words", article.target.language)
        self.fields["before_words"].widget.attrs["lang"] = article.target.language

    def _name_language(self, name: str, language: str) -> None:
        """Put the language of a field's words into its label and its ``lang`` attribute."""
        field = self.fields[name]
        field.label = _("Words in the %(language)s") % {"language": language_name(language)}
        field.widget.attrs["lang"] = language

    @property
    def type_groups(self) -> list[tuple[Any, list[Any]]]:
        """Return the radio buttons of the issue types, by group."""
        options = iter(self["type"])
        groups = []
        for title, names in TYPE_CHOICES:
            groups.append((title, list(itertools.islice(options, len(names)))))
        return groups

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """Return the fields that name the words and the place of the flag."""
        return [self[f"{name}_words"] for name in ("source", "target", "before")]

    @property
    def has_words(self) -> bool:
        """Return whether any of the words are filled in."""
        return any(field.value() for field in self.word_fields)

    @property
    def type_is_rare(self) -> bool:
        """Return whether the chosen issue type is one behind “more”."""
        chosen = self["type"].value()
        return bool(chosen) and not is_frequent(chosen)

    def clean_source_words(self) -> Span | None:
        """Return where the words stand in the source."""
        return self._located("source", self.segment.source_text)

    def clean_target_words(self) -> Span | None:
        """Return where the words stand in the machine's target."""
        return self._located("target", self.segment.target_text)

    def clean_before_words(self) -> int | None:
        """Return the offset in the target where missing words belong, None for no words."""
        text = self.segment.target_text
        words = self.cleaned_data["before_words"]
        if not words:
            return None
        if words == END:
            return len(text)
        found = [span.start for span in occurrences(text, words)]
        unit, _end = _units(self.data.get("caret_at", ""))
        exact = code_point(text, unit)
        return exact if exact in found else self._single(found)

    def values(self) -> dict[str, Any]:
        """Return the fields of a flag as ``actions.flag`` takes them."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in ("severity", "comment")}
        values["type"], _slash, values["issue"] = cleaned["type"].partition("/")
        values |= _span_values("source", self.segment.source_text, cleaned["source_words"])
        values |= _span_values("target", self.segment.target_text, cleaned["target_words"])
        values["caret"] = cleaned["before_words"]
        values["needs_locating"] = False
        return values

    def _located(self, side: str, text: str) -> Span | None:
        """Return where the words of one side stand in ``text``.

        Where they stand more than once the exact offsets decide. Raises ValidationError when they
        are not found, or are found more than once and the offsets name none of the places.
        """
        words = self.cleaned_data[f"{side}_words"]
        if not words:
            return None
        found = occurrences(text, words)
        first_unit, last_unit = _units(self.data.get(f"{side}_at", ""))
        start = code_point(text, first_unit)
        end = code_point(text, last_unit)
        if start is not None and end is not None:
            exact = Span(start, end)
            if exact in found:
                return exact
        single: Span = self._single(found)
        return single

    def _single(self, found: list[Any]) -> Any:
        """Return the only place that was found. Raises ValidationError for none or several."""
        if not found:
            raise forms.ValidationError(_("These words are not in the text; copy them exactly."))
        if len(found) > 1:
            message = _("These words occur %(count)d times; add a few neighbouring words.")
            raise forms.ValidationError(message % {"count": len(found)})
        return found[0]


def _units(at: str) -> tuple[int, int]:
    """Return the two numbers of "12-20"; "12" stands for both.

    Anything else gives (-1, -1), which is outside every text.
    """
    match = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", at, re.ASCII)
    if match is None:
        return (-1, -1)
    first = match[1]
    last = match[2] or first
    return (int(first), int(last))


def _span_values(side: str, text: str, span: Span | None) -> dict[str, Any]:
    """Return the three fields of a flag that hold a span of one side; None and "" for no span."""
    if span is None:
        return {f"{side}_start": None, f"{side}_end": None, f"{side}_quote": ""}
    return {
        f"{side}_start": span.start,
        f"{side}_end": span.end,
        f"{side}_quote": span.of(text),
    }


def finding_values(finding: Finding) -> dict[str, Any]:
    """Return the fields of the flag that an accepted finding becomes.

    A flag has one span a side: it reaches from the first of the finding's spans to the last.
    """
    segment = finding.segment
    values: dict[str, Any] = {"type": finding.type, "severity": finding.severity, "caret": None}
    issue = ISSUES_OF_CHECKS.get(finding.check_id, "")
    values["issue"] = issue if mqm.find_choice(finding.type, issue) else ""
    values |= _span_values("source", segment.source_text, _extent(finding.source_spans))
    # A flag's places are in the machine's text; those of a finding in a corrected text are not.
    places = [] if finding.found_in else finding.target_spans
    values |= _span_values("target", segment.target_text, _extent(places))
    if not finding.found_in:
        values["caret"] = finding.caret
    return values


def _extent(spans: list[list[int]]) -> Span | None:
    """Return the span from the first of the spans to the last, None where there are none."""
    if not spans:
        return None
    first = min(start for start, _end in spans)
    last = max(end for _start, end in spans)
    return Span(first, last)


def flag_initial(flag: Flag) -> dict[str, Any]:
    """Return the initial values of the form that edits a flag."""
    source = flag.segment.source_text
    target = flag.segment.target_text
    initial = {
        "type": mqm.join_issue(flag.type, flag.issue),
        "severity": flag.severity,
        "comment": flag.comment,
        "source_words": flag.source_quote,
        "source_at": _utf16_span(source, flag.source_span),
        "target_words": flag.target_quote,
        "target_at": _utf16_span(target, flag.target_span),
    }
    if flag.caret is not None:
        initial["before_words"] = words_after(target, flag.caret)
        initial["caret_at"] = str(utf16(target, flag.caret))
    return initial


def _utf16_span(text: str, span: Span | None) -> str:
    """Return a span as the browser counts it, "12-20"; "" for none."""
    if span is None:
        return ""
    return f"{utf16(text, span.start)}-{utf16(text, span.end)}"


def words_after(text: str, caret: int) -> str:
    """Return the first words after the caret, as its form field shows them."""
    return " ".join(text[caret:].split()[:4]) or END


def stray_ending(text: str, *earlier: str) -> str:
    """Return the letters that stand after the last sentence of ``text``, "" for none.

    Where an earlier text of the segment ends in a letter too, it is no sentence.
    """
    found = _STRAY_ENDING.search(text.rstrip())
    if found is None or any(each.rstrip()[-1:].isalnum() for each in earlier):
        return ""
    return found["behind_mark"] or found["apart"] or found["close"]


class CorrectionForm(SegmentForm):
    """The new text of a segment; empty takes the words out."""

    text = forms.CharField(
        required=False,
        widget=forms.Textarea,
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": gettext_lazy(
                "A correction has at most %(limit_value)s characters; this text has %(show_value)s."
            )
        },
    )
    begun = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    ending = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, segment: Segment, initial: Any = None
    ) -> None:
        super().__init__(data, segment=segment, initial=initial)
        language = segment.article.target.language
        field = self.fields["text"]
        field.label = _("Corrected text (%(language)s)") % {"language": language_name(language)}
        field.widget.attrs |= {"lang": language, "spellcheck": "true", "autofocus": True}
        field.widget.attrs["rows"] = 2 + len(segment.target_text) // 60

    def clean_text(self) -> str:
        """Return the text with the document's own line ends.

        Invisible control characters go: they come with words copied out of a PDF, nobody can see
        them to take them out, and file formats refuse them.
        """
        text = self.cleaned_data["text"]
        if not _CONTROL.search(self.segment.target_text):
            text = _CONTROL.sub("", text)
        return self._own_line_ends(text)

    def clean_begun(self) -> str:
        """Return the text in force when the editor was opened, from which a merge starts."""
        return self._own_line_ends(self.cleaned_data["begun"])

    def asks_about_ending(self) -> bool:
        """Return whether letters after the last sentence are to be confirmed by submitting again.

        The form then has the question as an error of its text, and the letters as what was asked.
        """
        stray = stray_ending(
            self.cleaned_data["text"], self.segment.target_text, self.cleaned_data["begun"]
        )
        if not stray or stray == self.cleaned_data["ending"]:
            return False
        question = _("“%(letters)s” stands after the last sentence. If it is meant, submit again.")
        self.add_error("text", question % {"letters": stray})
        asked = self.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
        asked["ending"] = stray
        self.data = asked
        return True

    def _own_line_ends(self, text: str) -> str:
        """Return the text with the line ends of the segment's document."""
        text = text.replace("\r\n", "\n")
        if "\r\n" in self.segment.target_text:
            return text.replace("\n", "\r\n")
        return text


class DismissForm(SegmentForm):
    """Why a finding is no fault."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why dismiss it?"), choices=Finding.Reason.choices
    )
    alike = forms.BooleanField(required=False)
