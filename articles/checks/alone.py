"""A whole segment without a partner: only in the source (Omission) or the target (Addition)."""

from __future__ import annotations

from collections.abc import Iterable

from articles.alignment.moved import find_moved
from articles.checks.registry import ArticleFacts, Finding, Pair, check, language_name
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_MOVED = _("Moved: the other text has it at “%(words)s”")


@check(
    id="alone",
    type="Omission",
    severity="major",
    title=_("Sentence without counterpart"),
    help=_(
        "A sentence of one language has no counterpart in the other: it was left out, added "
        "or moved."
    ),
    examples=(
        (
            "They left at dawn.",
            "",
            "This sentence is missing from the French",
        ),
        ("", "Lire la suite", "This sentence is not in the source"),
        ("They left at dawn.", "Ils sont partis à l’aube.", ""),
    ),
)
def alone(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the side that has words when the other is blank."""
    source = pair.source.strip()
    target = pair.target.strip()
    if source and not target:
        span = _span_of(source, pair.source)
        elsewhere = _find_elsewhere(pair, article)[0].get(source)
        if elsewhere is not None:
            values = {"words": elsewhere}
            yield Finding("alone", "Omission", "minor", 0.6, _MOVED, values, source_spans=(span,))
            return
        message = _("This sentence is missing from the %(language)s")
        values = {"language": language_name(pair.target_language)}
        yield Finding(
            "alone", "Omission", "major", 0.9, message, values, source_spans=(span,), caret=0
        )
    elif target and not source:
        span = _span_of(target, pair.target)
        elsewhere = _find_elsewhere(pair, article)[1].get(target)
        if elsewhere is not None:
            values = {"words": elsewhere}
            yield Finding("alone", "Addition", "minor", 0.55, _MOVED, values, target_spans=(span,))
            return
        message = _("This sentence is not in the source")
        yield Finding("alone", "Addition", "minor", 0.8, message, target_spans=(span,))


def _find_elsewhere(pair: Pair, article: ArticleFacts) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts without partner that the other language has at another place."""
    sources: list[str] = []
    targets: list[str] = []
    for texts in article.pairs:
        source, target = map(str.strip, texts)
        if not target:
            sources.append(source)
        elif not source:
            targets.append(target)
    languages = (pair.source_language, pair.target_language)
    return find_moved(tuple(filter(None, sources)), tuple(targets), languages)


def _span_of(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
