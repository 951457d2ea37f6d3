"""Run the checks over stored segments, store what they find, and keep what people decided.

A finding is known by its fingerprint: the check and the words it rests on. A finding that was
dismissed or accepted stays so while those words are there; an open one that the checks no longer
raise is deleted. Findings of another origin stay as long as their words do.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from articles import checks
from articles.models import Article, CheckRun, CheckSwitch, Finding, Segment, Term
from articles.models.documents import SegmentQuerySet
from articles.text.document import Span
from articles.text.spans import locate
from articles.text.spelling import compose

Decided = Mapping[str, Finding]
"""Findings that people decided on, by fingerprint."""
Texts = tuple[str, str]
"""The source and the target text of a segment."""
Key = tuple[int, str]
"""What is unique in the findings of one origin: the segment's id and the fingerprint."""

OWN_CHECKS = "checks"
"""The origin (Finding.finder) of what the site's own checks find."""
_BATCH = 500
_AROUND = 500
"""Neighbouring segments on either side that the checks know: a long article costs no more for
each."""
_MIN_LENGTH = 20
"""Characters that both texts of a pair exceed where it counts for the length ratio."""
_MIN_PAIRS = 8
"""Pairs from which an article's own length ratio is estimated; with fewer, the prior holds."""


# ── which checks apply ───────────────────────────────────────────────────────


@dataclass(frozen=True)
class CheckRules:
    """What applies to one article: the ids of the checks that are on, and its word lists."""

    only: frozenset[str]
    glossary: Mapping[str, str]
    do_not_translate: Sequence[str]

    @property
    def mark(self) -> str:
        """A digest of the rules and of the checks' code (64 hexadecimal digits).

        Findings that were made under another mark are out of date.
        """
        parts = [
            checks_version(),
            sorted(self.only),
            sorted(self.glossary.items()),
            sorted(self.do_not_translate),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def rules_for(article: Article) -> CheckRules:
    """Return the article's own rules over the site's. Two queries.

    Of two terms for one word, the article's own counts, then the one that names more of its
    languages.
    """
    here = Q(article=None) | Q(article=article)
    # Rows that count more come later, and overwrite those before them.
    switches = sorted(CheckSwitch.objects.filter(here), key=_belongs_to_article)
    enabled = {row.check_id: row.enabled for row in switches}
    terms = Term.objects.filter(
        here,
        source_language__in=["", article.source.language],
        target_language__in=["", article.target.language],
    )
    ranked = sorted(terms.order_by("pk"), key=_term_rank)
    words = {row.source: row.target for row in ranked}
    return CheckRules(
        only=frozenset(each for each in checks.CHECKS if enabled.get(each, True)),
        glossary={source: target for source, target in words.items() if target},
        do_not_translate=[source for source, target in words.items() if not target],
    )


def _belongs_to_article(row: CheckSwitch | Term) -> bool:
    return row.article_id is not None


def _term_rank(row: Term) -> tuple[bool, int]:
    languages = bool(row.source_language) + bool(row.target_language)
    return _belongs_to_article(row), languages


@cache
def checks_version() -> str:
    """Return a digest of the code that findings come from and of the libraries' versions."""
    app = settings.BASE_DIR / "articles"
    code = [*sorted(app.glob("checks/**/*.py")), *sorted(app.glob("text/**/*.py"))]
    paths = [*code, *sorted(app.glob("checks/**/*.txt"))]
    return _digest_of([*paths, settings.BASE_DIR / "requirements.lock"])


def _digest_of(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.exists() else b""
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


# ── running the checks ───────────────────────────────────────────────────────


def refresh_findings(
    article: Article,
    *,
    between: tuple[int, int] | None = None,
    decided: Decided | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Run every check that is on over the article's segments; return how many findings are open
    then.

    ``between`` names the first and the last position to check; the checks know the segments around
    them all the same. Without it the article counts as checked when the last segment is done.
    ``decided`` holds the decided findings of segments that a realignment replaced. ``progress`` is
    called with (done, all) after each batch. Each batch is one short transaction, so that editors
    can write in between.
    """
    # Read once: the rules hold for the whole run, and their mark says which rules it was made by.
    rules = rules_for(article)
    near = article.segments.order_by("position")
    if between:
        near = _around(near, *between)
    rows = list(near.values_list("position", "pk", "source_text", "target_text"))
    keys = [row[1] for row in rows]
    texts = [row[2:] for row in rows]
    start, stop = _bounds([row[0] for row in rows], between)
    for first in range(start, stop, _BATCH):
        batch = range(first, min(first + _BATCH, stop))
        known = texts[max(0, first - _AROUND) : batch.stop + _AROUND]
        # The facts are those of the batch and its neighbours: a batch costs the same anywhere.
        facts = article_facts(known, rules)
        checked = {keys[at]: texts[at] for at in batch}
        found = {keys[at]: _run(article, texts, at, facts, rules) for at in batch}
        store_findings(checked, found, decided=decided)
        if progress:
            progress(batch.stop, len(rows))
    if between is None:
        CheckRun.objects.update_or_create(article=article, defaults={"mark": rules.mark})
    return Finding.objects.filter(segment__article=article, status=Finding.Status.OPEN).count()


def findings_for(segment: Segment, *, target_text: str | None = None) -> list[checks.Finding]:
    """Return what the checks find in the segment, likeliest first; nothing is stored.

    ``target_text`` takes the place of its target: a draft that is still being written. Three
    queries at most.
    """
    article = segment.article
    near = _around(article.segments.order_by("position"), segment.position, segment.position)
    rows = list(near.values_list("pk", "source_text", "target_text"))
    at = [row[0] for row in rows].index(segment.pk)
    texts = [row[1:] for row in rows]
    if target_text is not None:
        texts[at] = (segment.source_text, target_text)
    rules = rules_for(article)
    return _run(article, texts, at, article_facts(texts, rules), rules)


def _around(segments: SegmentQuerySet, first: int, last: int) -> SegmentQuerySet:
    """Return the segments from the first to the last position, with their neighbours."""
    return segments.filter(position__gte=first - _AROUND, position__lte=last + _AROUND)


def _bounds(positions: Sequence[int], between: tuple[int, int] | None) -> tuple[int, int]:
    """Return the indexes of the first position to check and after the last; all without
    ``between``.
    """
    if between is None:
        return 0, len(positions)
    first, last = between
    return bisect_left(positions, first), bisect_right(positions, last)


def article_facts(pairs: Sequence[Texts], rules: CheckRules | None = None) -> checks.ArticleFacts:
    """Return what the checks may know of an article with these texts, in order, and these rules.

    The typical length ratio is the median over pairs with two sides. Its spread is 1.4826 times the
    median absolute deviation of the logarithm: a standard deviation that a few bad pairs do not
    move. A short article gets the priors.
    """
    composed = [(compose(source), compose(target)) for source, target in pairs]
    facts = checks.ArticleFacts(pairs=composed)
    if rules:
        facts = replace(facts, glossary=rules.glossary, do_not_translate=rules.do_not_translate)
    log_ratios = [
        math.log(len(target) / len(source))
        for source, target in pairs
        if min(len(source), len(target)) > _MIN_LENGTH
    ]
    if len(log_ratios) < _MIN_PAIRS:
        return facts
    middle = statistics.median(log_ratios)
    spread = 1.4826 * statistics.median(abs(each - middle) for each in log_ratios)
    # Where all pairs are alike, a spread near nothing would make every other length conspicuous.
    spread = max(spread, facts.length_spread / 2)
    return replace(facts, length_ratio=math.exp(middle), length_spread=spread)


def _run(
    article: Article,
    texts: Sequence[Texts],
    at: int,
    facts: checks.ArticleFacts,
    rules: CheckRules,
) -> list[checks.Finding]:
    """Run the checks that are on over the pair of texts at one index."""
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
    decided: Decided | None = None,
) -> int:
    """Store the findings of one origin, keeping what people decided; return how many are new.

    ``texts`` maps the ids of the segments to the texts that were checked, ``found`` to the
    findings. Open findings of our own checks that are not among them any more are deleted, and so
    are those of another origin whose words are gone. Segments that changed since they were checked
    are left alone: the act that changed them has them checked. One transaction.
    """
    new: dict[Key, Finding] = {}
    changed: dict[Key, Finding] = {}
    kept: set[int] = set()
    with transaction.atomic():
        segments = _lock_unchanged(texts)
        stored = list(Finding.objects.filter(segment__in=segments))
        known = {_key(row): row for row in stored if row.finder == origin}
        for segment in segments:
            for finding in found[segment.pk]:
                key = (segment.pk, fingerprint_for(finding, origin, texts[segment.pk]))
                if key not in known:
                    row = Finding(segment=segment, finder=origin, fingerprint=key[1])
                    _fill(row, finding, texts[segment.pk])
                    _copy_decision(row, decided)
                    # Two findings of a check may rest on the same words: the first is stored.
                    new.setdefault(key, row)
                    continue
                kept.add(known[key].pk)
                if _fill(known[key], finding, texts[segment.pk]):
                    changed[key] = known[key]
        if origin == OWN_CHECKS:
            _tidy(stored, kept, texts)
        Finding.objects.bulk_create(new.values())
        Finding.objects.bulk_update(changed.values(), _FIELDS, batch_size=_BATCH)
    return len(new)


def _lock_unchanged(texts: Mapping[int, Texts]) -> list[Segment]:
    """Lock the segments, and return those whose texts are still the ones given."""
    # In the order of their ids, so that two runs never wait for each other.
    locked = Segment.objects.select_for_update().filter(pk__in=texts).order_by("pk")
    return [row for row in locked if (row.source_text, row.target_text) == texts[row.pk]]


def _key(row: Finding) -> Key:
    return row.segment_id, row.fingerprint


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
    "remedy",
)
"""The fields of a stored finding that hold what the check found."""


def _fill(row: Finding, finding: checks.Finding, texts: Texts) -> bool:
    """Copy the finding into the row; return whether that changes the row."""
    before = [getattr(row, name) for name in _FIELDS]
    row.check_id = finding.check
    row.type = finding.type
    row.severity = finding.severity
    row.score = finding.score
    row.message = finding.message
    row.values = dict(finding.values)
    row.source_spans = [list(span) for span in finding.source_spans]
    row.target_spans = [list(span) for span in finding.target_spans]
    row.caret = finding.caret
    row.remedy = [[*span, span.of(texts[1]), words] for span, words in finding.remedy]
    return before != [getattr(row, name) for name in _FIELDS]


def _copy_decision(row: Finding, decided: Decided | None) -> None:
    """Give a new row the decision on a finding of the same fingerprint, if there was one."""
    past = decided.get(row.fingerprint) if decided else None
    if past is None:
        return
    row.status = past.status
    row.reason = past.reason
    row.decided_by = past.decided_by
    row.decided_at = past.decided_at


def fingerprint_for(finding: checks.Finding, origin: str, texts: Texts) -> str:
    """Return the fingerprint of a finding of this origin.

    For our own checks it is the finding's own. For another origin the origin is part of it, so that
    two origins' findings on the same words stay apart.
    """
    own = finding.fingerprint(*texts)
    if origin == OWN_CHECKS:
        return own
    return hashlib.sha256(f"{origin}\x1f{own}".encode()).hexdigest()


def fingerprint_of(row: Finding, texts: Texts) -> str:
    """Return the fingerprint of a stored finding when its spans are taken in these texts."""
    return fingerprint_for(_as_value(row), row.finder, texts)


def _as_value(row: Finding) -> checks.Finding:
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


# ── other origins' findings, when the texts under them change ────────────────

_SIDES = ("source", "target")
_CARET = 12
"""Characters on either side of a caret that it is found again by, as in Finding.fingerprint."""


def with_words(finding: checks.Finding, texts: Texts) -> checks.Finding:
    """Return the finding with the words under its spans among its values.

    By these words the spans are found again when the texts change.
    """
    source, target = texts
    words = {f"source {k}": span.of(source) for k, span in enumerate(finding.source_spans)}
    words |= {f"target {k}": span.of(target) for k, span in enumerate(finding.target_spans)}
    if finding.caret is not None:
        words["caret"] = target[max(0, finding.caret - _CARET) : finding.caret + _CARET]
    return replace(finding, values={**finding.values, **words})


def _tidy(rows: Iterable[Finding], kept: Container[int], texts: Mapping[int, Texts]) -> None:
    """Tidy up the open rows that are not among the ``kept`` (ids): our checks did not raise them.

    Our own are deleted, and so are those of another origin whose words are gone; the others' spans
    follow their words.
    """
    moved: list[Finding] = []
    gone: list[int] = []
    for row in rows:
        if row.status != Finding.Status.OPEN or row.pk in kept:
            continue
        if row.finder != OWN_CHECKS and _relocate(row, texts[row.segment_id]):
            moved.append(row)
        else:
            gone.append(row.pk)
    Finding.objects.filter(pk__in=gone).delete()
    Finding.objects.bulk_update(moved, _FIELDS, batch_size=_BATCH)


def _relocate(row: Finding, texts: Texts) -> bool:
    """Move the row's spans to where its words are now; return whether all of its words are
    there.
    """
    if fingerprint_of(row, texts) == row.fingerprint:
        return True
    for side, text in zip(_SIDES, texts, strict=True):
        spans = _relocated_spans(row, side, text)
        if spans is None:
            return False
        setattr(row, f"{side}_spans", spans)
    if row.caret is not None:
        found = locate(str(row.values.get("caret", "")), texts[1], near=row.caret)
        if found is not None:
            row.caret = found.start + min(_CARET, row.caret)
    return fingerprint_of(row, texts) == row.fingerprint


def _relocated_spans(row: Finding, side: str, text: str) -> list[list[int]] | None:
    """Return where the words under the row's spans on one side are now; None where one is gone."""
    found = []
    for k, (start, _end) in enumerate(getattr(row, f"{side}_spans")):
        words = str(row.values.get(f"{side} {k}", ""))
        span = locate(words, text, near=start)
        if span is None:
            return None
        found.append(list(span))
    return found
