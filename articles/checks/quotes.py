"""Quotation marks without partner, speech that lost them, speech that ends elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.quotation import Quotation, quotations

_SOURCE = 0
_TARGET = 1
_WORD = re.compile(r"\S+")
_FIRST_WORD = re.compile(r"[^\s«»“”]+")
_DIALOGUE_DASH = re.compile(r"\s*(?:[-–—]\s|—)")
"""The dash of a dialogue; Spanish sets no blank behind it."""
_LAST_BEFORE_SPEAKER = re.compile(
    r"[^\s«»“”,]+(?=, (?:"
    r"(?:a|ont|avait|avaient)(?:-t)?(?:-(?:il|elle|on|ils|elles))? \w+(?:é|i|u|it)\b"
    r"|(?:dit|explique|ajoute|affirme|assure|estime|précise|poursuit|raconte|souligne)\b))"
)
"""The last word of a speech before the verb that says who spoke: *arriver, a-t-elle dit*."""
_LAST_WORD = re.compile(r"[^\s«»“”]+\s*\Z")
_REACH = 12
"""Segments before and after in which the other end of a speech is looked for."""


_STYLE = 3
"""Segments around that lost their marks, by which this is the style."""
_STYLE_SHARE = 5
"""How many segments must have lost theirs for each that kept them: that one may quote a title."""


@check(
    id="quotes",
    type="Punctuation",
    severity="minor",
    title=_("Quotation marks"),
    help=_(
        "A quotation mark that is not closed or not opened although the source has both; "
        "quoted speech that lost its marks, or that ends earlier or later than in the "
        "source. Speech over several segments is followed, and so is dialogue with dashes."
    ),
    examples=(
        (
            "“We wait,” he said.",
            "Nous attendons », a-t-il dit.",
            "Unmatched “»”",
        ),
        (
            "“We look forward to a dialogue.”",
            "Nous attendons un dialogue.",
            "Quotation marks missing",
        ),
        ("“We wait,” he said.", "« Nous attendons », a-t-il dit.", ""),
    ),
)
def quotes(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Compare the quotations of both texts; report one finding at most."""
    if not pair.source.strip():
        return
    if not pair.target.strip():
        return
    source = quotations(pair.source)
    target = quotations(pair.target)
    before, after = _neighbours(pair, article)
    if source and _is_in_longer_speech(pair.target, target, before, after):
        return
    if _count_open(source) != _count_open(target):
        yield _unbalanced(pair, source, target, before, after)
    elif not target and source:
        yield _lost(pair, source, is_style=_writes_no_marks([*before, *after]))
    elif not source and target:
        message = _("Quotation marks added: the source has none")
        yield _finding(message, 0.35, target=_edges(pair.target, target))


Texts = Sequence[tuple[str, str]]


def _neighbours(pair: Pair, article: ArticleFacts) -> tuple[Texts, Texts]:
    """Return the texts of the segments before the pair, nearest first, and of those after it."""
    here = (pair.source, pair.target)
    if here not in article.pairs:
        return [pair.previous], [pair.following]
    at = article.pairs.index(here)
    before = article.pairs[max(0, at - _REACH) : at]
    after = article.pairs[at + 1 : at + 1 + _REACH]
    return list(reversed(before)), after


def _is_in_longer_speech(text: str, found: list[Quotation], before: Texts, after: Texts) -> bool:
    """Return whether the translation marks a longer speech, as French does, or a dialogue.

    In « I saw it, she said. It was huge. » French writes one pair of marks where English writes
    two, and dialogue may have a dash instead.
    """
    if _DIALOGUE_DASH.match(text):
        return True
    begins_inside = _is_open_before(before)
    ends_inside = _is_closed_after(after, _TARGET)
    if not found:
        return begins_inside and ends_inside
    lone = _incomplete(found)
    if not lone:
        return False
    expected = _expected_lone(found, begins_inside=begins_inside, ends_inside=ends_inside)
    return lone == expected


def _expected_lone(
    found: list[Quotation], *, begins_inside: bool, ends_inside: bool
) -> list[Quotation]:
    """Return the incomplete quotations that a speech from before or to after explains."""
    first = found[0]
    last = found[-1]
    expected = []
    if begins_inside and not first.opened:
        expected.append(first)
    if ends_inside and not last.closed:
        expected.append(last)
    return expected


def _incomplete(found: Iterable[Quotation]) -> list[Quotation]:
    """Return the quotations that lack a mark."""
    return [each for each in found if not each.complete]


def _is_open_before(before: Texts) -> bool:
    """Return whether the translation opens a quotation before that it does not close there."""
    for _source, target in before:
        found = quotations(target)
        if found:
            return not found[-1].closed
    return False


def _is_closed_after(after: Texts, side: int) -> bool:
    """Return whether the texts after close a quotation, in the source (side 0) or the target."""
    for texts in after:
        found = quotations(texts[side])
        if found:
            without_opening, _closing = _count_open(found)
            return without_opening > 0
    return False


def _count_open(found: list[Quotation]) -> tuple[int, int]:
    """Return how many quotations lack their opening and how many their closing mark."""
    without_opening = 0
    without_closing = 0
    for each in found:
        without_opening += not each.opened
        without_closing += not each.closed
    return without_opening, without_closing


def _unbalanced(
    pair: Pair, source: list[Quotation], target: list[Quotation], before: Texts, after: Texts
) -> Finding:
    """Return the finding where one side has an incomplete quotation that the other has not."""
    source_open = _incomplete(source)
    target_open = _incomplete(target)
    if not source_open:
        return _missing_mark(pair, source, target_open[0])
    if target_open:
        message = _("Quoted speech begins or ends elsewhere in the source")
        edges = _edges(pair.target, target_open)
        return _finding(message, 0.5, _edges(pair.source, source_open), edges)
    is_style = _writes_no_marks([*before, *after])
    return _longer_in_source(pair, source_open[0], target, after, is_style=is_style)


def _longer_in_source(
    pair: Pair, lone: Quotation, target: list[Quotation], after: Texts, *, is_style: bool
) -> Finding:
    """Return the finding for a speech that runs over several segments in the source alone.

    Where the target has a whole quotation and closes none later, the source may only lack a mark.
    """
    message = _("Quoted speech runs over several segments in the source")
    score = 0.3
    # The end of a speech that lost its marks is reported with its beginning.
    begins_here = lone.opened and _is_closed_after(after, _SOURCE)
    is_whole = bool(target) and not _is_closed_after(after, _TARGET)
    if begins_here and not (is_style or is_whole):
        score = 0.65
        if not target:
            message = _("Opening quotation mark missing")
    return _finding(message, score, _edges(pair.source, [lone]), _edges(pair.target, target))


def _missing_mark(pair: Pair, source: list[Quotation], lone: Quotation) -> Finding:
    """Return the finding for a quotation of the target that lacks a mark."""
    if _is_continued(pair.previous[1], pair.following[1], lone):
        # The speech continues in a neighbour, though not in the source.
        score = 0.4
    elif source:
        score = 0.85
    else:
        score = 0.7
    found = _finding(
        _("Unmatched “%(target)s”"),
        score,
        _edges(pair.source, source),
        (lone.span,),
        {"target": lone.span.of(pair.target)},
    )
    if lone.opened and source:
        return _with_last_mark(pair, found, source[-1])
    if _begins_with_quotation(source):
        return _with_first_mark(pair, found)
    return found


def _with_last_mark(pair: Pair, found: Finding, quotation: Quotation) -> Finding:
    """Return the finding of an opening mark without partner, with the closing mark as remedy.

    It belongs before the verb that says who spoke, or at the end where the source has it there.
    """
    if found.values["target"] != "«" or not quotation.complete:
        return found
    ends_here = not pair.source[quotation.span.end :].strip()
    pattern = _LAST_WORD if ends_here else _LAST_BEFORE_SPEAKER
    last = pattern.search(pair.target, found.target_spans[0].end)
    if not last:
        return found
    word = last.group().rstrip()
    place = Span(last.start(), last.start() + len(word))
    remedy = ((place, f"{word}\u00a0»"),)
    return replace(found, target_spans=(*found.target_spans, place), remedy=remedy)


def _begins_with_quotation(source: list[Quotation]) -> bool:
    """Return whether the source begins with a quotation that has both marks."""
    if not source:
        return False
    return source[0].complete and source[0].span.start == 0


def _with_first_mark(pair: Pair, found: Finding) -> Finding:
    """Return the finding of a closing mark without partner, with the opening mark as remedy."""
    if found.values["target"] != "»":
        return found
    first = _FIRST_WORD.match(pair.target)
    if not first:
        return found
    word = first.group()
    place = Span(*first.span())
    spans = (*found.target_spans, place)
    remedy = ((place, f"«\u00a0{word[0].upper()}{word[1:]}"),)
    return replace(found, target_spans=spans, remedy=remedy)


def _is_continued(before: str, after: str, lone: Quotation) -> bool:
    """Return whether a neighbour has the mark that ``lone`` lacks."""
    if lone.opened:
        without_opening, _closing = _count_open(quotations(after))
        return without_opening > 0
    _opening, without_closing = _count_open(quotations(before))
    return without_closing > 0


def _writes_no_marks(around: Texts) -> bool:
    """Return whether the translation leaves out nearly all quotation marks around the segment.

    Then it has its own way to mark speech: italics, or none.
    """
    quoted = [target for source, target in around if quotations(source)]
    kept = sum(1 for target in quoted if quotations(target))
    lost = len(quoted) - kept
    return lost >= max(_STYLE, _STYLE_SHARE * kept)


def _lost(pair: Pair, source: list[Quotation], *, is_style: bool) -> Finding:
    """Return the finding for quotation marks of the source that the target has not.

    Speech has a higher score than a title or a word, which French may set in italics.
    """
    message = _("Quotation marks missing")
    longest = max(len(each.span.of(pair.source).split()) for each in source)
    speech_words = min(5, 0.6 * len(pair.source.split()))
    score = 0.45
    if longest >= speech_words and not is_style:
        score = 0.8
    return _finding(message, score, _edges(pair.source, source))


def _edges(text: str, found: Iterable[Quotation]) -> tuple[Span, ...]:
    """Return the first and the last word of each quotation with their marks.

    A quotation of fewer than four words is returned as a whole.
    """
    spans: list[Span] = []
    for each in found:
        words = list(_WORD.finditer(text, *each.span))
        if len(words) < 4:
            spans.append(each.span)
            continue
        start, end = each.span
        spans.append(Span(start, words[0].end()))
        spans.append(Span(words[-1].start(), end))
    return tuple(spans)


def _finding(
    message: str,
    score: float,
    source: tuple[Span, ...] = (),
    target: tuple[Span, ...] = (),
    values: dict[str, str] | None = None,
) -> Finding:
    return Finding("quotes", "Punctuation", "minor", score, message, values or {}, source, target)
