"""Floor 2: running the checks over stored segments and remembering what people said of the findings.

A finding is known by its fingerprint: the check and the very words it rests on. One that was dismissed or taken stays
so while those words are there; an open one that the checks no longer raise disappears. Findings of other finders
stay as long as their words do.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from articles import checks
from articles.models import Article, CheckRun, CheckSwitch, Finding, Segment, Term
from articles.text.document import Span
from articles.text.spans import locate

Memory = Mapping[str, Finding]
Texts = tuple[str, str]
OWN_CHECKS = "checks"
"""The finder of what our own checks found."""
_BATCH = 500
_AROUND = 500
"""Segments on either side that the checks know of in an article that is longer: their cost stays the same."""


# ── what a house chose ───────────────────────────────────────────────────────


@dataclass(frozen=True)
class CheckRules:
    """What applies to one article: the ids of the checks that are on, and its word lists.

    ``mark`` changes whenever these or the checks themselves do: findings made under another mark are out of date.
    """

    only: frozenset[str]
    glossary: Mapping[str, str]
    do_not_translate: Sequence[str]

    @property
    def mark(self) -> str:
        """A name for the checks' code and all that was chosen (64 hexadecimal digits)."""
        chosen = [
            checks_version(),
            sorted(self.only),
            sorted(self.glossary.items()),
            sorted(self.do_not_translate),
        ]
        return hashlib.sha256(repr(chosen).encode()).hexdigest()


def rules_for(article: Article) -> CheckRules:
    """The article's own choices over the site's. Two queries.

    Of two rows for one word, the one for the article counts, then the one that names more of its languages.
    """
    here = Q(article=None) | Q(article=article)
    # False sorts before True: the article's own rows are asked last, and win.
    switches = sorted(CheckSwitch.objects.filter(here), key=lambda row: row.article_id is not None)
    chosen = {row.check_id: row.enabled for row in switches}
    terms = Term.objects.filter(
        here,
        source_language__in=["", article.source.language],
        target_language__in=["", article.target.language],
    ).order_by("pk")
    words = {
        row.source: row.target
        for row in sorted(
            terms,
            key=lambda row: (
                row.article_id is not None,
                bool(row.source_language) + bool(row.target_language),
            ),
        )
    }
    return CheckRules(
        only=frozenset(each for each in checks.CHECKS if chosen.get(each, True)),
        glossary={source: target for source, target in words.items() if target},
        do_not_translate=[source for source, target in words.items() if not target],
    )


@cache
def checks_version() -> str:
    """A name for the code that findings come from, and for the versions of the libraries under it."""
    app = settings.BASE_DIR / "articles"
    paths = [*sorted(app.glob("checks/**/*.py")), *sorted(app.glob("text/**/*.py"))]
    return _digest_of([*paths, settings.BASE_DIR / "requirements.lock"])


def _digest_of(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return whole.hexdigest()


# ── running the checks ───────────────────────────────────────────────────────


def article_facts(pairs: Sequence[Texts], rules: CheckRules | None = None) -> checks.ArticleFacts:
    """What the checks may know of an article with these (source, target) texts, in order, and these word lists.

    The typical length ratio is the median over two-sided pairs, its spread 1.4826 times the median absolute deviation
    of the logarithm (a standard deviation that a few bad pairs do not move); the priors stand in for short articles.
    """
    logs = [
        math.log(len(target) / len(source))
        for source, target in pairs
        if len(source) > 20 and len(target) > 20
    ]
    prior = checks.ArticleFacts(pairs=pairs)
    if rules:
        prior = replace(prior, glossary=rules.glossary, do_not_translate=rules.do_not_translate)
    if len(logs) < 8:
        return prior
    middle = statistics.median(logs)
    spread = 1.4826 * statistics.median(abs(each - middle) for each in logs)
    return replace(
        prior, length_ratio=math.exp(middle), length_spread=max(spread, prior.length_spread / 2)
    )


def refresh_findings(
    article: Article,
    *,
    between: tuple[int, int] | None = None,
    memory: Memory | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Run every check that is on over the article's segments; return how many findings are open afterwards.

    ``between`` names the first and last position to check, the checks knowing the others all the same; without it the
    article counts as checked when the last is through. ``memory`` holds dismissed findings, by fingerprint, of segments
    that a realignment replaced. ``progress`` is told (done, all) after each batch. Each batch is one short transaction,
    so that editors can write in between.
    """
    rules = rules_for(article)
    near = article.segments.order_by("position")
    if between:
        near = near.filter(position__gte=between[0] - _AROUND, position__lte=between[1] + _AROUND)
    places = list(near.values_list("position", "pk", "source_text", "target_text"))
    rows = [row[1:] for row in places]
    texts = [(source, target) for _pk, source, target in rows]
    wanted = [
        k for k, row in enumerate(places) if between is None or between[0] <= row[0] <= between[1]
    ]
    start, stop = (wanted[0], wanted[-1] + 1) if wanted else (0, 0)
    for first in range(start, stop, _BATCH):
        batch = range(first, min(first + _BATCH, stop))
        facts = article_facts(texts[max(0, first - _AROUND) : batch.stop + _AROUND], rules)
        found = {rows[at][0]: _run(article, texts, at, facts, rules) for at in batch}
        store_findings({rows[at][0]: texts[at] for at in batch}, found, memory=memory)
        if progress:
            progress(batch.stop, len(rows))
    if between is None:
        CheckRun.objects.update_or_create(article=article, defaults={"mark": rules.mark})
    return Finding.objects.filter(segment__article=article, status=Finding.Status.OPEN).count()


def findings_for(segment: Segment, *, target_text: str | None = None) -> list[checks.Finding]:
    """What the checks doubt of the segment, likeliest first, with ``target_text`` in the place of its target.

    Nothing is stored: it is for a draft that is still being written. Three queries at most.
    """
    article = segment.article
    near = article.segments.filter(
        position__gte=segment.position - _AROUND, position__lte=segment.position + _AROUND
    )
    rows = list(near.order_by("position").values_list("pk", "source_text", "target_text"))
    at = next(k for k, row in enumerate(rows) if row[0] == segment.pk)
    texts = [(source, target) for _pk, source, target in rows]
    if target_text is not None:
        texts[at] = (segment.source_text, target_text)
    rules = rules_for(article)
    return _run(article, texts, at, article_facts(texts, rules), rules)


def _run(
    article: Article, texts: Sequence[Texts], at: int, facts: checks.ArticleFacts, rules: CheckRules
) -> list[checks.Finding]:
    source, target = texts[at]
    pair = checks.Pair(
        source,
        target,
        source_language=article.source.language,
        target_language=article.target.language,
        previous=texts[at - 1] if at else ("", ""),
        following=texts[at + 1] if at + 1 < len(texts) else ("", ""),
    )
    return checks.run_checks(pair, facts, only=rules.only)


# ── storing what was found ───────────────────────────────────────────────────


def store_findings(
    texts: Mapping[int, Texts],
    found: Mapping[int, Iterable[checks.Finding]],
    *,
    origin: str = OWN_CHECKS,
    memory: Memory | None = None,
) -> int:
    """Store what ``origin`` found in the segments ``texts`` (id → texts it looked at), keeping what people decided.

    Our own open findings that are not among them any more disappear, and so do other finders' whose words are gone.
    Segments that changed since they were looked at are left alone: whoever changed them has them checked. One
    transaction. Returns how many findings are new.
    """
    with transaction.atomic():
        locked = Segment.objects.select_for_update().filter(pk__in=texts).order_by("pk")
        segments = [row for row in locked if (row.source_text, row.target_text) == texts[row.pk]]
        rows = list(Finding.objects.filter(segment__in=segments))
        stored = {(row.segment_id, row.fingerprint): row for row in rows if row.finder == origin}
        new: dict[tuple[int, str], Finding] = {}
        kept: dict[tuple[int, str], Finding] = {}
        changed: dict[tuple[int, str], Finding] = {}
        for segment in segments:
            for finding in found[segment.pk]:
                fingerprint = fingerprint_for(finding, origin, texts[segment.pk])
                key = (segment.pk, fingerprint)
                if key in stored:
                    before = _contents(stored[key])
                    kept[key] = _filled(stored[key], finding)
                    if _contents(kept[key]) != before:
                        changed[key] = kept[key]
                else:
                    row = Finding(segment=segment, finder=origin, fingerprint=fingerprint)
                    new.setdefault(key, _remembered(_filled(row, finding), memory or {}))
        if origin == OWN_CHECKS:
            still = {row.pk for row in kept.values()}
            _tidy(
                [row for row in rows if row.status == Finding.Status.OPEN and row.pk not in still],
                texts,
            )
        Finding.objects.bulk_create(new.values())
        Finding.objects.bulk_update(changed.values(), [*_FIELDS], batch_size=_BATCH)
    return len(new)


_FIELDS = (
    "check_id",
    "type",
    "severity",
    "score",
    "message",
    "values",
    "source_spans",
    "target_spans",
    "caret",
)


def fingerprint_for(finding: checks.Finding, finder: str, texts: Texts) -> str:
    """The finding's own fingerprint for our checks; another finder's are its own, even for the same words."""
    own = finding.fingerprint(*texts)
    return (
        own if finder == OWN_CHECKS else hashlib.sha256(f"{finder}\x1f{own}".encode()).hexdigest()
    )


def _contents(row: Finding) -> list[object]:
    return [getattr(row, name) for name in _FIELDS]


def _filled(row: Finding, finding: checks.Finding) -> Finding:
    row.check_id, row.type, row.severity, row.score = (
        finding.check,
        finding.type,
        finding.severity,
        finding.score,
    )
    row.message, row.values, row.caret = finding.message, dict(finding.values), finding.caret
    row.source_spans = [list(span) for span in finding.source_spans]
    row.target_spans = [list(span) for span in finding.target_spans]
    return row


def _remembered(row: Finding, memory: Memory) -> Finding:
    if (past := memory.get(row.fingerprint)) is not None:
        row.status, row.reason = past.status, past.reason
        row.decided_by, row.decided_at = past.decided_by, past.decided_at
    return row


def fingerprint_of(row: Finding, texts: Texts) -> str:
    """What the stored finding is known by when it stands, with its spans, in a segment of these texts."""
    return fingerprint_for(_value(row), row.finder, texts)


# ── other finders' findings, when the texts under them change ────────────────


def with_words(finding: checks.Finding, texts: Texts) -> checks.Finding:
    """The finding with the words under its spans among its values, so that they can be found again in other texts."""
    words = {
        f"{side} {k}": span.of(text)
        for side, text, spans in zip(
            _SIDES, texts, (finding.source_spans, finding.target_spans), strict=True
        )
        for k, span in enumerate(spans)
    }
    if finding.caret is not None:
        words["caret"] = texts[1][max(0, finding.caret - _CARET) : finding.caret + _CARET]
    return replace(finding, values={**finding.values, **words})


_SIDES = ("source", "target")
_CARET = 12
"""Letters on either side that a place in the target is known by, as in Finding.fingerprint."""


def _tidy(rows: Iterable[Finding], texts: Mapping[int, Texts]) -> None:
    """Of open rows that our checks did not raise, delete our own, and other finders' whose words are gone."""
    moved: list[Finding] = []
    gone: list[int] = []
    for row in rows:
        if row.finder == OWN_CHECKS or not _followed(row, texts[row.segment_id]):
            gone.append(row.pk)
        else:
            moved.append(row)
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_update(moved, [*_FIELDS], batch_size=_BATCH)


def _followed(row: Finding, texts: Texts) -> bool:
    """Whether the words the row rests on are still in the texts, its spans then being where they are now."""
    if fingerprint_of(row, texts) == row.fingerprint:
        return True
    for side, text in zip(_SIDES, texts, strict=True):
        spans = [
            locate(str(row.values.get(f"{side} {k}", "")), text, near=start)
            for k, (start, _end) in enumerate(getattr(row, f"{side}_spans"))
        ]
        if None in spans:
            return False
        setattr(row, f"{side}_spans", [list(span) for span in spans if span])
    if row.caret is not None and (
        found := locate(str(row.values.get("caret", "")), texts[1], near=row.caret)
    ):
        row.caret = found.start + min(_CARET, row.caret)
    return fingerprint_of(row, texts) == row.fingerprint


def _value(row: Finding) -> checks.Finding:
    """The row as a plain value."""
    return checks.Finding(
        check=row.check_id,
        type=row.type,
        severity=row.severity,
        score=row.score,
        message=row.message,
        values=row.values,
        source_spans=tuple(Span(*span) for span in row.source_spans),
        target_spans=tuple(Span(*span) for span in row.target_spans),
        caret=row.caret,
    )
