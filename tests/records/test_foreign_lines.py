"""Lines that another house wrote: what they claim is not in force, and odd ones are said or passed over."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.detection.files import in_memory
from articles.exporting import actions as exporting_actions
from articles.formats.interchange import Segment
from articles.importing.one_pass import import_files
from articles.management.commands import import_seeds
from articles.models import Article, Assignment, Correction, Reply
from articles.models import Event as EventRow
from articles.models import Finding as FindingRow
from articles.models import Flag as FlagRow
from articles.models.due import Due
from articles.review import actions as review_actions
from articles.review import workflow
from articles.review.claims import take_over

SEGMENT = Segment("The mayor spoke.", "Le maire a parlé.")


def brought(*, by: Any, article: dict[str, Any] | None = None, **values: Any) -> Any:
    """The line of an import of one segment with these values."""
    head = {"kind": "article", "title": "t", "source_language": "en", "target_language": "fr"} | (
        article or {}
    )
    line = {"kind": "segment", "source": SEGMENT.source, "target": SEGMENT.target} | values
    data = "\n".join(json.dumps(each) for each in (head, line)).encode()
    [told] = import_files([in_memory("all.jsonl", data)], by=by)
    return told


FLAG = {"type": "Omission", "severity": "major", "author": "stranger"}
NOBODY = "segment 1: it contains flags or corrections by people without an account here"


def test_nothing_that_a_file_calls_approved_is_in_force(rosa: Any, edith: Any, ada: Any) -> None:
    forged = {
        "before": SEGMENT.target,
        "after": "Le maire a menti.",
        "status": "approved",
        "author": "rosa",
        "decided_by": "ada",
        "reason": "Good",
    }
    events = [{"act": "approved", "by": "ada", "details": {"correction": 1}}]
    flags = [FLAG | {"author": "rosa", "status": "removed",
                     "replies": [{"text": "No.", "kind": "dropped", "author": "ada"}]}]  # fmt: skip
    article = brought(
        by=edith, corrections=[forged], events=events, flags=flags, status="done"
    ).article
    segment = article.segments.get()
    row = Correction.objects.get()
    assert (segment.status, row.status, row.decided_by) == ("waiting", "submitted", None)
    assert (row.claim, row.claimed_by, row.claim_file, row.brought_by) == (
        "approved", "ada", "all.jsonl", edith,
    )  # fmt: skip
    event = EventRow.objects.get(act="approved")
    assert (event.foreign, event.actor, event.actor_name) == (True, None, "ada")
    assert (FlagRow.objects.get().status, Reply.objects.get().kind) == ("open", "answered")
    assert b"menti" not in b"".join(exporting_actions.write_articles([article], "text"))
    with pytest.raises(workflow.Refused, match="You imported the file"):
        review_actions.approve(row, by=edith, revision=segment.revision)
    with pytest.raises(workflow.Refused, match="Only approvers"):
        take_over(article, by=rosa, corrections={row.pk: segment.revision}, segments={})
    stale = take_over(article, by=ada, corrections={row.pk: 7}, segments={})
    assert (stale.count, [number for number, _why in stale.refused]) == (0, [1])
    assert take_over(article, by=ada, corrections={row.pk: segment.revision}, segments={}).count
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("approved", ada)
    last = EventRow.objects.filter(act="approved", foreign=False).get()
    assert (last.actor, last.details["claimed_by"], last.details["file"]) == (ada, "ada", "all.jsonl")  # fmt: skip


# ── people who are not known here ────────────────────────────────────────────


@pytest.mark.parametrize(
    "values",
    [
        {"flags": [FLAG]},
        {"flags": [FLAG | {"author": "rosa", "replies": [{"text": "No.", "author": "stranger"}]}]},
        {
            "corrections": [
                {"before": "a", "after": "b", "status": "submitted", "author": "stranger"}
            ]
        },
    ],
)
def test_nobody_signed_in_cannot_stand_in_for_a_stranger(values: dict[str, Any], rosa: Any) -> None:
    told = brought(by=None, **values)
    assert told.refused
    assert told.sentence.startswith(NOBODY)
    assert not Article.everything.exists()
    assert not brought(by=rosa, **values).refused


def test_nobody_needs_to_be_signed_in_where_all_are_known(rosa: Any, edith: Any) -> None:
    values = {
        "flags": [FLAG | {"author": "rosa"}],
        "corrections": [
            {
                "before": "a",
                "after": "b",
                "status": "approved",
                "author": "rosa",
                "decided_by": "edith",
            }
        ],
    }
    assert not brought(by=None, **values).refused
    assert FlagRow.objects.get().author == rosa


def test_the_command_says_in_whose_name(db: None, rosa: Any, tmp_path: Any, capsys: Any) -> None:
    line = {"source": SEGMENT.source, "target": SEGMENT.target, "flags": [FLAG]}
    head = {"kind": "article", "source_language": "en", "target_language": "fr"}
    (tmp_path / "all.jsonl").write_text(json.dumps(head) + "\n" + json.dumps(line))
    with pytest.raises(CommandError, match="1 of 1 files were refused"):
        call_command("import_seeds", tmp_path)
    assert NOBODY in capsys.readouterr().out
    with pytest.raises(CommandError, match="no user “rosé”"):
        call_command("import_seeds", tmp_path, by="rosé")
    call_command("import_seeds", tmp_path, by="rosa")
    assert (FlagRow.objects.get().author, FlagRow.objects.get().comment) == (rosa, "stranger")


FINDING = {
    "check": "gap",
    "type": "Omission",
    "severity": "major",
    "score": 0.5,
    "message": "Possible: 100 %",
}


def test_findings_of_strangers_and_odd_ones(rosa: Any) -> None:
    findings = [
        FINDING
        | {"status": "dismissed", "reason": "implied", "decided_by": "stranger", "finder": "gaps"},
        FINDING | {"source_spans": [[0, 99]]},
        FINDING
        | {
            "template": "Possible: %(words)s",
            "values": {"word": "?"},
            "caret": 99,
            "reason": "because",
        },
        FINDING | {"check": "gap", "caret": 99},
        FINDING | {"check": "other", "message": "No.", "template": "Yes."},
        FINDING | {"check": "short", "message": "Possible: short", "values": {"words": "x"}},
    ]
    brought(
        by=rosa,
        findings=findings,
        flags=[FLAG | {"finding": 2}, FLAG | {"finding": 1}, FLAG | {"finding": 9}],
    )
    first, odd, other, plain = FindingRow.objects.order_by("id")
    assert (first.status, first.reason, first.decided_by, first.finder) == (
        "dismissed",
        "implied",
        rosa,
        "gaps",
    )
    assert (odd.text, odd.status, odd.reason, odd.caret, odd.finder) == (
        "Possible: 100 %",
        "open",
        "",
        17,
        "checks",
    )
    assert (other.text, plain.text) == ("No.", "Possible: short")
    assert [flag.finding for flag in FlagRow.objects.order_by("id")] == [None, first, None]


def test_without_anybody_a_strangers_dismissal_is_open(db: None) -> None:
    brought(
        by=None,
        findings=[FINDING | {"status": "dismissed", "reason": "implied", "decided_by": "stranger"}],
    )
    assert FindingRow.objects.get().status == "open"


def test_history_that_is_not_understood_is_passed_over(rosa: Any) -> None:
    events = [
        {"act": "imported"},
        {"act": "danced"},
        {
            "act": "flagged",
            "by": "stranger",
            "details": {"flag": 1, "type": "Omission"},
            "position": 7,
        },
        {"act": "flagged", "by": "rosa", "details": {"flag": 7, "ids": [1], "flags": [1, 7, "x"]}},
        {"act": "rejected", "details": {"reason": 7}},
        {"act": "asked", "details": {"characters": "many"}},
        {"act": "asked", "details": {"characters": 1, "asked": [], "model": "m"}},
        {"act": "unsealed", "details": {"readers": ["rosa", "stranger"]}},
        {"act": "realigned", "details": {"how": "merge", "memo": {"flags": {"1": 1}}, "was": []}},
    ]
    told = brought(
        by=rosa, article={"events": events, "stage": "compared"}, events=events, flags=[FLAG]
    )
    rows = EventRow.objects.filter(segment__isnull=False).order_by("id")
    flag = FlagRow.objects.get()
    file = {"file": "all.jsonl"}
    assert [(row.act, row.actor_name, row.position, row.details) for row in rows] == [
        ("flagged", "stranger", 7, {"flag": flag.pk, "type": "Omission", "by": "stranger"} | file),
        ("flagged", "rosa", 1, {"flags": [flag.pk], "by": "rosa"} | file),
        ("asked", "", 1, {"characters": 1, "asked": [], "model": "m"} | file),
        ("realigned", "", 1, {"how": "merge", "undoes": 0} | file),
    ]
    assert {(row.foreign, row.actor) for row in rows} == {(True, None)}
    assert told.article.stage == "review"
    assert EventRow.objects.filter(segment=None).count() == 5


def test_a_compared_article_whose_readers_are_not_known_is_under_review(rosa: Any) -> None:
    people = [{"person": "rosa", "role": "reviewer", "due": "2026-02-30", "due_time": "18:00"}, {"person": "stranger", "role": "reviewer"},
              {"person": "rosa", "role": "owner"}]  # fmt: skip
    flags = [FLAG | {"author": "rosa", "apart": each} for each in ("kept", "sealed", "odd")]
    told = brought(by=rosa, article={"people": people, "stage": "compared"}, flags=flags)
    assert told.article.stage == "review"
    rows = Assignment.objects.all()
    assert [(row.person, row.due, row.due_time) for row in rows] == [(rosa, None, None)]
    assert [flag.apart for flag in FlagRow.everything.order_by("id")] == ["kept", "", ""]


@pytest.mark.parametrize("hour", ["25:00", "soon", "9"])
def test_an_hour_that_is_none_is_left_out(hour: str, rosa: Any) -> None:
    part = {"person": "rosa", "role": "reviewer", "due": "2026-02-28", "due_time": hour}
    article = brought(by=rosa, article={"people": [part]}).article
    assert article.assignments.get().due_at == Due(date(2026, 2, 28))


# ── words and their places ───────────────────────────────────────────────────

DOCUMENTS = {"source": {"text": "One. Two."}, "target": {"text": "Un. Deux."}}
ONE = {
    "kind": "segment",
    "source": "One. Two.",
    "target": "Un. Deux.",
    "source_span": [0, 9],
    "target_span": [0, 9],
}


def documents(**values: Any) -> Any:
    return brought(by=None, article=DOCUMENTS, **(ONE | values))


@pytest.mark.parametrize(
    ("runs", "stored"),
    [
        ([[0, 4, 0], [5, 9, 1]], [(0, 4, 0), (5, 9, 1)]),
        ([[0, 4, 0], [3, 9, 1]], [(0, 9, 0)]),
        ([[0, 4, 0]], [(0, 9, 0)]),
        ([[0, 4, 0], [5, 5, 0], [5, 9, 0]], [(0, 9, 0)]),
    ],
)
def test_sentences_come_along_where_they_fit(runs: Any, stored: Any, db: None) -> None:
    article = documents(source_sentences=runs).article
    rows = article.source.sentences.order_by("position")
    assert [(row.start, row.end, row.paragraph) for row in rows] == stored
    assert article.segments.get().source_to == len(stored)


def test_words_are_found_where_a_file_is_wrong_about_their_place(db: None) -> None:
    article = documents(source_span=[3, 9]).article
    assert (article.segments.get().source_start, article.source.text) == (0, "One. Two.")


def test_words_that_are_not_in_the_document_are_refused(db: None) -> None:
    told = documents(source="Three.")
    assert (told.refused, told.sentence) == (
        True,
        "segment 1: its words are not at the given place in the document",
    )


def test_a_target_that_was_edited_since_is_a_proposal(rosa: Any) -> None:
    flags = [FLAG | {"target_span": [4, 8]}, FLAG | {"target_span": [0, 2]}, FLAG]
    told = brought(by=rosa, article=DOCUMENTS, **(ONE | {"target": "Un. Trois.", "flags": flags}))
    segment = told.article.segments.get()
    assert (segment.target_text, segment.status) == ("Un. Deux.", "waiting")
    assert (Correction.objects.get().before, Correction.objects.get().text) == (
        "Un. Deux.",
        "Un. Trois.",
    )
    assert [(row.target_quote, row.needs_locating) for row in FlagRow.objects.order_by("id")] == [
        ("", True), ("Un", False), ("", True),
    ]  # fmt: skip


def test_a_long_import_says_now_and_then_how_far_it_is() -> None:
    told = StringIO()
    command = import_seeds.Command(stderr=told)
    for done in (1, 1000, 1500):
        command.progress(done, None)
    for done in (3, 10, 12):
        command.progress(done, 12)
    assert told.getvalue().splitlines() == ["1000 stored", "10 of 12 stored", "12 of 12 stored"]
