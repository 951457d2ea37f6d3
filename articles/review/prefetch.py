"""What a card shows of its segment, read for all segments of a page at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, prefetch_related_objects

from articles.models import Correction, Finding, Flag, Reply, Segment
from articles.models.hidden import BlindStatus
from articles.scoring.mqm import SEVERITIES


def attach_card_rows(segments: Sequence[Segment], reader: User) -> None:
    """Read the rows that the cards of these segments show, and put them on the segments.

    Sets ``shown_findings`` (neither closed nor hidden, highest expected cost first),
    ``shown_flags`` (those not removed, oldest first) and ``shown_corrections`` (newest first), each
    row with its people. What an earlier call has set is replaced. Three queries; one more where
    people other than the reader are named, and one more where flags were discussed.
    """
    if not segments:
        return
    keys = [segment.pk for segment in segments]
    # Sorted and sifted here: a clause more in a query takes Django longer than the few rows do.
    findings = sorted(Finding.objects.filter(segment__in=keys), key=_cost_order)
    findings = [finding for finding in findings if finding.is_on_card]
    flags = sorted(Flag.everything.filter(segment__in=keys), key=_by_age)
    flags = [flag for flag in flags if _is_shown(flag)]
    corrections = sorted(Correction.objects.filter(segment__in=keys), key=_by_age, reverse=True)
    _attach(segments, "shown_findings", findings)
    _attach(segments, "shown_flags", flags)
    _attach(segments, "shown_corrections", corrections)
    _attach_edited(corrections)
    _attach_people([*findings, *flags, *corrections], reader)
    discussed = [flag for flag in flags if flag.talk]
    if discussed:
        replies = Prefetch("replies", Reply.objects.select_related("author"))
        prefetch_related_objects(discussed, replies)


def _is_shown(flag: Flag) -> bool:
    """Whether a flag is shown to everybody: neither removed nor made in an open blind review."""
    return flag.status != Flag.Status.REMOVED and flag.apart != BlindStatus.SEALED


def _by_age(row: Flag | Correction) -> int:
    return row.pk


def _attach(segments: Sequence[Segment], name: str, rows: Iterable[Any]) -> None:
    """Set the attribute ``name`` of each segment to its rows, in the order given."""
    by_segment: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_segment[row.segment_id].append(row)
    for segment in segments:
        own = by_segment[segment.pk]
        setattr(segment, name, own)
        for row in own:
            row.segment = segment


def _attach_edited(corrections: Iterable[Correction]) -> None:
    """Give each edit the correction that it was made from, where that is of the same segments."""
    by_key = {row.pk: row for row in corrections}
    for row in corrections:
        if row.edit_of_id in by_key:
            row.edit_of = by_key[row.edit_of_id]


def _attach_people(rows: Sequence[Any], reader: User) -> None:
    """Set the author and the decider of each row.

    They are read apart from the rows: the reader is known already, and on most segments there is
    nobody else, so that a join for each kind of row costs more than it saves.
    """
    named: list[tuple[Any, str, int]] = []
    for row in rows:
        for role in ("author", "decided_by"):
            key = getattr(row, f"{role}_id", None)
            if key is not None:
                named.append((row, role, key))
    others = {key for _row, _role, key in named if key != reader.pk}
    people = User.objects.in_bulk(others) if others else {}
    people[reader.pk] = reader
    for row, role, key in named:
        setattr(row, role, people[key])


def _cost_order(finding: Finding) -> tuple[float, int]:
    """Order findings by what they cost if they are right, the highest first.

    The cost is MQM's weight of the severity times the likelihood of the finding.
    """
    weight = SEVERITIES.get(finding.severity, 1)
    return -weight * finding.score, finding.pk
