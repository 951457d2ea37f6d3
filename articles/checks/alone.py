"""A whole segment without a partner: left out of the translation (Omission), or only there (Addition)."""

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
    """The one side that is there, when the other is blank."""
    source, target = pair.source.strip(), pair.target.strip()
    if bool(source) == bool(target):
        return
    if source:
        message = _("Possible omission: nothing in the translation stands beside this.")
        span = Span(pair.source.index(source), pair.source.index(source) + len(source))
        yield Finding("alone", "Omission", "major", 0.9, message, source_spans=(span,), caret=0)
    else:
        message = _("Possible addition: nothing in the source stands beside this.")
        span = Span(pair.target.index(target), pair.target.index(target) + len(target))
        yield Finding("alone", "Addition", "minor", 0.8, message, target_spans=(span,))
