"""A check's table: faults it must find, and good sentences it must leave alone."""

from articles.checks.registry import ArticleFacts, Finding, Pair, load_all, run_checks

load_all()


def shown(
    check: str, source: str, target: str, article: ArticleFacts | None = None, **more: object
) -> list[Finding]:
    """What ``check`` shows an editor of the pair."""
    return run_checks(Pair(source, target, **more), article, only=[check])  # type: ignore[arg-type]


def marked(
    check: str, source: str, target: str, article: ArticleFacts | None = None, **more: object
) -> set[str]:
    """The words the findings of ``check`` mark, in both texts."""
    return {
        span.of(text)
        for finding in shown(check, source, target, article, **more)
        for spans, text in ((finding.source_spans, source), (finding.target_spans, target))
        for span in spans
    }
