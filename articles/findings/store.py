"""Store what checks found, keep what people decided, and close what is no longer found.

A finding is known by its fingerprint: the check and the words it rests on. When the text changed,
one that says the same of other words is the same too. A finding that was dismissed or accepted
stays so. An open one that the checks no longer raise is closed, with an event, where the text was
corrected since; it is deleted where the checks changed and the text did not. Findings of another
origin stay as long as their words do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from articles import checks
from articles.models import Event, Finding, Segment
from articles.models.documents import digest
from articles.text.document import Span
from articles.text.spans import locate

Texts = tuple[str, str]
"""The source and the target text of a segment."""
Key = tuple[int, str]
"""What is unique in the findings of one origin: the segment's id and the fingerprint."""

OWN_CHECKS = "checks"
"""The origin (Finding.finder) of what the site's own checks find."""
_BATCH = 500

Status = Finding.Status


def checked_mark(rules_mark: str, texts: Texts, terms: Iterable[tuple[str, str]] = ()) -> str:
    """Return what ``checked`` is after a run by these rules on these texts (32 digits).

    ``terms`` are those of the glossary that the source has, with their translations.
    """
    content = "\x1f".join([rules_mark, *texts])
    for term in terms:
        content += repr(term)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# ── storing what was found ───────────────────────────────────────────────────


def store_checked(
    texts: Mapping[int, Texts],
    found: Mapping[int, Sequence[checks.Finding]],
    *,
    marks: Mapping[int, str],
) -> None:
    """Store what our own checks found in segments, keeping what people decided.

    ``texts`` maps the ids of the segments to the texts that were checked, ``found`` to all findings
    of the checks in them, ``marks`` to what ``checked_mark`` makes of them. Segments that changed
    since they were checked are left alone: they count as not checked. One transaction.
    """
    changes = _Changes()
    with transaction.atomic():
        locked = _lock(texts)
        segments = [row for row in locked if (row.source_text, row.text_in_force) == texts[row.pk]]
        stored: dict[int, list[Finding]] = {segment.pk: [] for segment in segments}
        for row in Finding.objects.filter(segment__in=segments).order_by("pk"):
            stored[row.segment_id].append(row)
        for segment in segments:
            _compare(segment, stored[segment.pk], found[segment.pk], changes)
            segment.checked = marks[segment.pk]
        _move_decided_findings(changes)
        changes.store()
        Segment.objects.bulk_update(segments, ["checked"])


def store_reported(
    texts: Mapping[int, Texts], found: Mapping[int, Iterable[checks.Finding]], *, origin: str
) -> int:
    """Store findings of another origin, keeping what people decided; return how many are new.

    ``texts`` maps the ids of the segments to the machine's texts, which the findings are about,
    ``found`` to the findings. Where a correction is in force they follow their words into it; one
    whose words are not there is stored as closed. One transaction.
    """
    changes = _Changes()
    with transaction.atomic():
        locked = _lock(texts)
        segments = [row for row in locked if (row.source_text, row.target_text) == texts[row.pk]]
        rows = Finding.objects.filter(segment__in=segments, finder=origin)
        known = {(row.segment_id, row.fingerprint): row for row in rows}
        for segment in segments:
            for finding in found[segment.pk]:
                key = (segment.pk, fingerprint_for(finding, origin, texts[segment.pk]))
                row = known.get(key)
                if row is None:
                    row = known[key] = Finding(finder=origin, fingerprint=key[1])
                    changes.new.append(row)
                row.segment = segment
                is_filled_anew = _fill(row, finding, texts[segment.pk])
                _move_into_force(row, segment)
                if is_filled_anew and row not in changes.new:
                    changes.changed.append(row)
        changes.store()
    return len(changes.new)


def _move_into_force(row: Finding, segment: Segment) -> None:
    """Move a finding about the machine's text to its words in the text in force, or close it."""
    if segment.text_in_force == segment.target_text:
        return
    if _relocate(row, (segment.source_text, segment.text_in_force)):
        row.found_in = _found_in(segment)
    elif row.status == Status.OPEN:
        row.status = Status.CLOSED


def _lock(keys: Iterable[int]) -> list[Segment]:
    """Lock the segments, and return them with their texts in force."""
    # In the order of their ids, so that two runs never wait for each other.
    rows = Segment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.with_text_in_force().select_related("article"))


def _found_in(segment: Segment) -> str:
    """Return Finding.found_in for what is found in the segment's text in force."""
    return found_in_mark(segment, segment.text_in_force)


def found_in_mark(segment: Segment, text: str) -> str:
    """Return Finding.found_in for what is found in ``text`` as the segment's target."""
    return "" if text == segment.target_text else digest(text)


@dataclass
class _Changes:
    """What storing a batch changes; ``closed`` and ``reopened`` are of corrected texts."""

    new: list[Finding] = field(default_factory=list)
    changed: list[Finding] = field(default_factory=list)
    closed: list[Finding] = field(default_factory=list)
    reopened: list[Finding] = field(default_factory=list)
    deleted: list[Finding] = field(default_factory=list)

    def store(self) -> None:
        """Write the rows, with an event for each segment where a correction changed something."""
        Finding.objects.filter(pk__in=[row.pk for row in self.deleted]).delete()
        close_findings(self.closed)
        Finding.objects.bulk_create(self.new)
        Finding.objects.bulk_update(self.changed, _STORED, batch_size=_BATCH)
        raised = [row for row in self.new if row.found_in and row.status == Status.OPEN]
        _record(Event.Act.FOUND, [*raised, *self.reopened])


def close_findings(rows: Sequence[Finding]) -> None:
    """Close open findings whose cause is gone, with one event for each segment.

    Call it inside the transaction that brings or checks the text without them.
    """
    events = _record(Event.Act.CLOSED, rows)
    for row in rows:
        row.status = Status.CLOSED
        row.hidden_by = None
        row.closed_by = events[row.segment_id]
    Finding.objects.bulk_update(rows, ["status", "hidden_by", "closed_by"], batch_size=_BATCH)


def _record(act: str, rows: Iterable[Finding]) -> dict[int, Event]:
    """Record what the checks did to the findings of each segment; return segment id → event."""
    by_segment: dict[int, list[Finding]] = {}
    for row in rows:
        by_segment.setdefault(row.segment_id, []).append(row)
    events = {}
    for key, group in by_segment.items():
        events[key] = Event.objects.record(
            act,
            by=None,
            segment=group[0].segment,
            findings=[row.pk for row in group],
            checks=sorted({row.check_id for row in group}),
        )
    return events


# ── comparing with what is stored ────────────────────────────────────────────


def _compare(
    segment: Segment,
    rows: Sequence[Finding],
    found: Iterable[checks.Finding],
    changes: _Changes,
) -> None:
    """Work out what the checks' findings change in the segment's stored ones."""
    texts = (segment.source_text, segment.text_in_force)
    found_in = _found_in(segment)
    for row in rows:
        row.segment = segment
    own = [row for row in rows if row.finder == OWN_CHECKS]
    kept = set()
    for match in match_findings(own, found, texts):
        kept.add(_store_match(segment, match, texts, changes))
    for row in rows:
        if row.finder != OWN_CHECKS:
            _follow_words(row, texts, found_in, changes)
        elif row.status == Status.OPEN and row.pk not in kept:
            _end(row, found_in, changes)


def _store_match(segment: Segment, match: Match, texts: Texts, changes: _Changes) -> int | None:
    """Work out what one finding changes; return the id of its row, None for a new one."""
    finding, fingerprint, known = match
    row = known or Finding(segment=segment, finder=OWN_CHECKS)
    before = (row.fingerprint, row.found_in, row.status)
    row.fingerprint = fingerprint
    row.found_in = _found_in(segment)
    _reopen(row, changes)
    is_filled_anew = _fill(row, finding, texts)
    if known is None:
        changes.new.append(row)
        return None
    if is_filled_anew or before != (row.fingerprint, row.found_in, row.status):
        changes.changed.append(row)
    return known.pk


def _reopen(row: Finding, changes: _Changes) -> None:
    """Open a closed finding whose words are back."""
    if row.status == Status.CLOSED:
        row.status = Status.OPEN
        row.closed_by = None
        changes.reopened.append(row)


def _end(row: Finding, found_in: str, changes: _Changes) -> None:
    """End an open finding that is gone: one that was found in another text is closed, and kept."""
    # In the same text the rules have changed: nothing was mended that history could tell.
    is_same_text = row.found_in == found_in
    ended = changes.deleted if is_same_text else changes.closed
    ended.append(row)


Match = tuple[checks.Finding, str, Finding | None]
"""A finding with its fingerprint, and the stored row that it is; None where it is new."""


def match_findings(
    rows: Iterable[Finding], found: Iterable[checks.Finding], texts: Texts
) -> list[Match]:
    """Return each finding of our own checks in ``texts``, once, with the stored row that it is.

    It is the row of the same fingerprint, else, where the words around it changed, one of the same
    check that says the same.
    """
    rows_left = {row.fingerprint: row for row in rows}
    fingerprints: dict[str, checks.Finding] = {}
    for finding in found:
        # Two findings of a check may rest on the same words: the first counts.
        fingerprints.setdefault(fingerprint_for(finding, OWN_CHECKS, texts), finding)
    matches: list[Match] = []
    unknown: list[tuple[str, checks.Finding]] = []
    for fingerprint, finding in fingerprints.items():
        known = rows_left.pop(fingerprint, None)
        if known is None:
            unknown.append((fingerprint, finding))
        else:
            matches.append((finding, fingerprint, known))
    saying = {(row.check_id, row.message % row.values): row for row in rows_left.values()}
    for fingerprint, finding in unknown:
        matches.append((finding, fingerprint, saying.pop((finding.check, finding.text), None)))
    return matches


def _move_decided_findings(changes: _Changes) -> None:
    """Put decided findings, whose words went to another segment, in the place of new ones.

    Where segments were grouped anew, or a new version came in, a decision stays with its words.
    """
    new = {row.fingerprint: row for row in changes.new}
    if not new:
        return
    article = changes.new[0].segment.article_id
    rows = Finding.objects.filter(
        segment__article=article,
        finder=OWN_CHECKS,
        status__in=[Status.DISMISSED, Status.TAKEN],
        fingerprint__in=new,
    )
    for stray in rows.select_related("segment"):
        raised = new.get(stray.fingerprint)
        if raised is None or not _is_stray(stray):
            continue
        stray.segment = raised.segment
        stray.found_in = raised.found_in
        for name in _FIELDS:
            setattr(stray, name, getattr(raised, name))
        changes.new.remove(raised)
        changes.changed.append(stray)
        del new[stray.fingerprint]


def _is_stray(row: Finding) -> bool:
    """Return whether the words that the finding rests on are not in its own segment."""
    texts = (row.segment.source_text, row.segment.target_text)
    return not row.found_in and fingerprint_of(row, texts) != row.fingerprint


def removed_findings(
    rows: Sequence[Finding], found: Iterable[checks.Finding], texts: Texts
) -> list[int]:
    """Return the ids of the open rows that are not found in ``texts``, a text not yet in force.

    ``found`` are all findings of our own checks in it; of another origin are those removed whose
    words are gone.
    """
    own = [row for row in rows if row.finder == OWN_CHECKS]
    still = set()
    for _finding, _fingerprint, known in match_findings(own, found, texts):
        if known is not None:
            still.add(known.pk)
    for row in rows:
        if row.finder != OWN_CHECKS and _may_stay(row, texts):
            still.add(row.pk)
    return [row.pk for row in rows if row.pk not in still]


def _may_stay(row: Finding, texts: Texts) -> bool:
    """Whether the words of a finding of another origin are in the texts, as far as one can say."""
    if not _has_place(row):
        return True
    # The row is moved in memory only.
    return _relocate(row, texts)


def _follow_words(row: Finding, texts: Texts, found_in: str, changes: _Changes) -> None:
    """Let an undecided finding of another origin follow its words in the text in force."""
    if row.status not in (Status.OPEN, Status.CLOSED):
        return
    is_corrected = bool(found_in or row.found_in)
    if is_corrected and not _has_place(row):
        # Nobody can say whether a correction of the segment is about it.
        return
    before = [*_contents(row), row.found_in, row.status]
    if not _relocate(row, texts):
        if row.status == Status.OPEN:
            _end(row, found_in, changes)
        return
    row.found_in = found_in
    _reopen(row, changes)
    if before != [*_contents(row), row.found_in, row.status]:
        changes.changed.append(row)


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
_STORED = (*_FIELDS, "segment", "fingerprint", "found_in", "status", "closed_by")
"""The fields that a run of the checks may change."""


def _fill(row: Finding, finding: checks.Finding, texts: Texts) -> bool:
    """Copy the finding into the row; return whether that changes the row."""
    before = _contents(row)
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
    return before != _contents(row)


def _contents(row: Finding) -> list[object]:
    return [getattr(row, name) for name in _FIELDS]


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
    """Return the fingerprint of a stored finding whose spans lie in these texts."""
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


def _has_place(row: Finding) -> bool:
    return bool(row.source_spans or row.target_spans or row.caret is not None)


def _relocate(row: Finding, texts: Texts) -> bool:
    """Move the row's spans to where its words are now; return whether all are still there."""
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
