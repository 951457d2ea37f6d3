"""Floor 2: running the checks over stored segments and remembering what people said of the findings.

A finding is known by its fingerprint: the check and the very words it rests on. One that was dismissed or taken stays
so while those words are there; an open one that the checks no longer raise disappears.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import transaction

from articles import checks
from articles.models import Article, Finding, Segment

Memory = Mapping[str, Finding]
_BATCH = 500


def article_facts(pairs: Sequence[tuple[str, str]]) -> checks.ArticleFacts:
    """What the checks may know of an article with these (source, target) texts, in order.

    The typical length ratio is the median over two-sided pairs, its spread 1.4826 times the median absolute deviation
    of the logarithm (a standard deviation that a few bad pairs do not move); the priors stand in for short articles.
    """
    logs = [math.log(len(target) / len(source)) for source, target in pairs if len(source) > 20 and len(target) > 20]
    prior = checks.ArticleFacts()
    if len(logs) < 8:
        return checks.ArticleFacts(pairs=pairs)
    middle = statistics.median(logs)
    spread = 1.4826 * statistics.median(abs(each - middle) for each in logs)
    return checks.ArticleFacts(
        length_ratio=math.exp(middle), length_spread=max(spread, prior.length_spread / 2), pairs=pairs
    )


def refresh_findings(
    article: Article, *, memory: Memory | None = None, progress: Callable[[int, int], None] | None = None
) -> int:
    """Run every check over the article's segments; return how many findings are open afterwards.

    ``memory`` holds dismissed findings, by fingerprint, of segments that a realignment replaced. ``progress`` is told
    (done, all) after each batch. Runs in one transaction.
    """
    segments = list(article.segments.order_by("position"))
    pairs = [(segment.source_text, segment.target_text) for segment in segments]
    facts = article_facts(pairs)
    with transaction.atomic():
        for first in range(0, len(segments), _BATCH):
            batch = segments[first : first + _BATCH]
            found = {
                segment.pk: checks.run_checks(_pair(article, pairs, first + k), facts)
                for k, segment in enumerate(batch)
            }
            _store(batch, found, memory or {})
            if progress:
                progress(first + len(batch), len(segments))
    return Finding.objects.filter(segment__article=article, status=Finding.Status.OPEN).count()


def _pair(article: Article, pairs: Sequence[tuple[str, str]], at: int) -> checks.Pair:
    source, target = pairs[at]
    return checks.Pair(
        source,
        target,
        source_language=article.source.language,
        target_language=article.target.language,
        previous=pairs[at - 1] if at else ("", ""),
        following=pairs[at + 1] if at + 1 < len(pairs) else ("", ""),
    )


def _store(segments: Sequence[Segment], found: Mapping[int, Iterable[checks.Finding]], memory: Memory) -> None:
    """Bring the rows of these segments to what was found, keeping what people decided."""
    stored = {
        (row.segment_id, row.fingerprint): row for row in Finding.objects.filter(segment__in=segments, finder="checks")
    }
    new: dict[tuple[int, str], Finding] = {}
    kept: dict[tuple[int, str], Finding] = {}
    for segment in segments:
        for finding in found[segment.pk]:
            fingerprint = finding.fingerprint(segment.source_text, segment.target_text)
            key = (segment.pk, fingerprint)
            if key in stored:
                kept[key] = _filled(stored[key], finding)
            else:
                row = Finding(segment=segment, fingerprint=fingerprint)
                new.setdefault(key, _remembered(_filled(row, finding), memory))
    gone = [row.pk for key, row in stored.items() if key not in kept and row.status == Finding.Status.OPEN]
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_create(new.values())
    Finding.objects.bulk_update(kept.values(), [*_FIELDS], batch_size=_BATCH)


_FIELDS = ("check_id", "type", "severity", "score", "message", "values", "source_spans", "target_spans", "caret")


def _filled(row: Finding, finding: checks.Finding) -> Finding:
    row.check_id, row.type, row.severity, row.score = finding.check, finding.type, finding.severity, finding.score
    row.message, row.values, row.caret = finding.message, dict(finding.values), finding.caret
    row.source_spans = [list(span) for span in finding.source_spans]
    row.target_spans = [list(span) for span in finding.target_spans]
    return row


def _remembered(row: Finding, memory: Memory) -> Finding:
    if (past := memory.get(row.fingerprint)) is not None:
        row.status, row.reason = past.status, past.reason
        row.decided_by, row.decided_at = past.decided_by, past.decided_at
    return row
