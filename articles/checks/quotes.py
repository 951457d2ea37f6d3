"""Quotation marks without partner, speech that lost them, speech that ends elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.quotation import Quotation, quotations


@check(
    id="quotes",
    type="Punctuation",
    severity="minor",
    title=_("Quotation marks"),
    help=_(
        "A quotation mark without its partner where the source has both; speech that lost its "
        "marks; speech that ends here in the translation, and later in the source. Speech that "
        "runs over several segments is followed."
    ),
    examples=(
        (
            "“We wait,” he said.",
            "Nous attendons », a-t-il dit.",
            "Possible missing quotation mark: “»” has no partner.",
        ),
        (
            "“We look forward to a dialogue.”",
            "Nous attendons un dialogue.",
            "Possible lost quotation marks.",
        ),
        ("“We wait,” he said.", "« Nous attendons », a-t-il dit.", ""),
    ),
)
def quotes(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Compare the quotations of both texts; report one finding at most."""
    if not pair.source.strip() or not pair.target.strip():
        return
    source = quotations(pair.source)
    target = quotations(pair.target)
    if _count_open(source) != _count_open(target):
        yield _unbalanced(pair, source, target)
    elif source and not target:
        yield _lost(pair, source)
    elif target and not source:
        message = _("Possible added quotation marks: the source has none.")
        yield _finding(message, 0.35, target=_edges(pair.target, target))


def _count_open(found: list[Quotation]) -> tuple[int, int]:
    """Return how many quotations lack their opening and how many their closing mark."""
    without_opening = sum(not each.opened for each in found)
    without_closing = sum(not each.closed for each in found)
    return without_opening, without_closing


def _unbalanced(pair: Pair, source: list[Quotation], target: list[Quotation]) -> Finding:
    """Return the finding where one side has an incomplete quotation that the other has not."""
    source_open = [each for each in source if not each.complete]
    target_open = [each for each in target if not each.complete]
    if not source_open:
        return _missing_mark(pair, source, target_open[0])
    if not target_open:
        message = _(
            "Possible speech that begins or ends elsewhere: "
            "in the source it runs over several segments."
        )
        continues = _is_continued(pair.previous[0], pair.following[0], source_open[0])
        is_long = len(pair.source) > len(pair.target) / 2
        score = 0.65 if continues and (target or is_long) else 0.3
        marked = target
    else:
        message = _("Possible speech that begins or ends elsewhere than in the source.")
        score = 0.5
        marked = target_open
    return _finding(message, score, _edges(pair.source, source_open), _edges(pair.target, marked))


def _missing_mark(pair: Pair, source: list[Quotation], lone: Quotation) -> Finding:
    """Return the finding for a quotation of the target that lacks a mark."""
    if _is_continued(pair.previous[1], pair.following[1], lone):
        # The speech continues in a neighbour, though not in the source.
        score = 0.55 if source else 0.4
    else:
        score = 0.85 if source else 0.7
    return _finding(
        _("Possible missing quotation mark: “%(target)s” has no partner."),
        score,
        _edges(pair.source, source),
        (lone.span,),
        {"target": lone.span.of(pair.target)},
    )


def _is_continued(before: str, after: str, lone: Quotation) -> bool:
    """Return whether a neighbour has the mark that ``lone`` lacks."""
    if lone.opened:
        without_opening, _closing = _count_open(quotations(after))
        return without_opening > 0
    _opening, without_closing = _count_open(quotations(before))
    return without_closing > 0


def _lost(pair: Pair, source: list[Quotation]) -> Finding:
    """Return the finding for quotation marks of the source that the target has not.

    Speech has a higher score than a title or a word, which French may set in italics.
    """
    message = _("Possible lost quotation marks.")
    longest = max(len(each.span.of(pair.source).split()) for each in source)
    speech_words = min(5, 0.6 * len(pair.source.split()))
    score = 0.8 if longest >= speech_words else 0.45
    return _finding(message, score, _edges(pair.source, source))


def _edges(text: str, found: Iterable[Quotation]) -> tuple[Span, ...]:
    """Return the first and the last word of each quotation with their marks.

    A quotation of fewer than four words is returned as a whole.
    """
    spans: list[Span] = []
    for start, end in (each.span for each in found):
        words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
        if len(words) < 4:
            spans.append(Span(start, end))
        else:
            spans.append(Span(start, start + words[0][1]))
            spans.append(Span(start + words[-1][0], end))
    return tuple(spans)


def _finding(
    message: str,
    score: float,
    source: tuple[Span, ...] = (),
    target: tuple[Span, ...] = (),
    values: dict[str, str] | None = None,
) -> Finding:
    return Finding("quotes", "Punctuation", "minor", score, message, values or {}, source, target)
