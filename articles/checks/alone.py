"""A whole segment without a partner: only in the source (Omission) or the target (Addition)."""

from __future__ import annotations

from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _


@check(
    id="alone",
    type="Omission",
    severity="major",
    title=_("Without partner"),
    help=_("A sentence of one language has no partner in the other: it was left out, or added."),
    examples=(
        (
            "They left at dawn.",
            "",
            "Possible omission: nothing in the translation stands beside this.",
        ),
        ("", "Lire la suite", "Possible addition: nothing in the source stands beside this."),
        ("They left at dawn.", "Ils sont partis à l’aube.", ""),
    ),
)
def alone(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the side that has words when the other is blank."""
    source = pair.source.strip()
    target = pair.target.strip()
    if source and not target:
        message = _("Possible omission: nothing in the translation stands beside this.")
        span = _span_of(source, pair.source)
        yield Finding("alone", "Omission", "major", 0.9, message, source_spans=(span,), caret=0)
    elif target and not source:
        message = _("Possible addition: nothing in the source stands beside this.")
        span = _span_of(target, pair.target)
        yield Finding("alone", "Addition", "minor", 0.8, message, target_spans=(span,))


def _span_of(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
