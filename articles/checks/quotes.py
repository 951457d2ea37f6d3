"""Quotation marks: one without its partner, speech that lost them, speech that ends elsewhere than in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
        "A quotation mark without its partner where the source has both; speech that lost its marks; speech that ends "
        "here in the translation, and later in the source. Speech that runs over several segments is followed."
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
    """Compare what is quoted in both texts; at most one finding."""
    if not pair.source.strip() or not pair.target.strip():
        return
    ours, theirs = quotations(pair.source), quotations(pair.target)
    lone = [each for each in theirs if not each.complete]
    if _loose_ends(theirs) != _loose_ends(ours):
        yield from _unbalanced(pair, ours, theirs, lone)
    elif ours and not theirs:
        yield from _lost(pair, ours)
    elif theirs and not ours:
        message = _("Possible added quotation marks: the source has none.")
        yield _finding(message, 0.35, {}, (), _edges(pair.target, theirs))


def _loose_ends(found: list[Quotation]) -> tuple[int, int]:
    """How many quotations lack their opening and their closing mark."""
    return sum(not each.opened for each in found), sum(not each.closed for each in found)


def _unbalanced(
    pair: Pair, ours: list[Quotation], theirs: list[Quotation], lone: list[Quotation]
) -> Iterator[Finding]:
    our_lone = [each for each in ours if not each.complete]
    if lone and not our_lone:
        mark = lone[0].span
        message = _("Possible missing quotation mark: “%(target)s” has no partner.")
        score = 0.85 if ours else 0.7
        if _continued(pair.previous[1], pair.following[1], lone[0]):
            score = 0.55 if ours else 0.4  # the speech runs on, though not in the source
        spans = _edges(pair.source, ours)
        yield _finding(message, score, {"target": mark.of(pair.target)}, spans, (mark,))
    elif our_lone and not lone:
        message = _(
            "Possible speech that begins or ends elsewhere: in the source it runs over several segments."
        )
        runs_on = _continued(pair.previous[0], pair.following[0], our_lone[0])
        score = 0.65 if runs_on and (theirs or len(pair.source) > len(pair.target) / 2) else 0.3
        yield _finding(
            message, score, {}, _edges(pair.source, our_lone), _edges(pair.target, theirs)
        )
    else:
        message = _("Possible speech that begins or ends elsewhere than in the source.")
        yield _finding(message, 0.5, {}, _edges(pair.source, our_lone), _edges(pair.target, lone))


def _continued(before: str, after: str, lone: Quotation) -> bool:
    """Whether a neighbour holds the mark that ``lone`` lacks."""
    if lone.opened:
        return any(not each.opened for each in quotations(after))
    return any(not each.closed for each in quotations(before))


def _lost(pair: Pair, ours: list[Quotation]) -> Iterator[Finding]:
    """Speech is surer than a title or a word in quotation marks, which French may set in italics."""
    longest = max(len(each.span.of(pair.source).split()) for each in ours)
    speech = longest >= 5 or longest >= 0.6 * len(pair.source.split())
    yield _finding(
        _("Possible lost quotation marks."),
        0.8 if speech else 0.45,
        {},
        _edges(pair.source, ours),
        (),
    )


def _edges(text: str, found: Iterable[Quotation]) -> tuple[Span, ...]:
    """The first and the last word of each quotation with their marks: what lies between is not in doubt."""
    spans: list[Span] = []
    for start, end in (each.span for each in found):
        words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
        if len(words) < 4:
            spans.append(Span(start, end))
        else:
            spans += [Span(start, start + words[0][1]), Span(start + words[-1][0], end)]
    return tuple(spans)


def _finding(
    message: str,
    score: float,
    values: dict[str, str],
    source: tuple[Span, ...],
    target: tuple[Span, ...],
) -> Finding:
    return Finding("quotes", "Punctuation", "minor", score, message, values, source, target)
