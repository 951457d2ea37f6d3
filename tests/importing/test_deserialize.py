"""JSON Lines hold all there is to know of an article: what is built from them elsewhere is the same, field by field."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import Model

from articles.adjudication import actions as adjudication_actions
from articles.blind import visibility
from articles.exporting import actions as exporting_actions
from articles.findings.external import import_findings
from articles.formats.interchange import Segment
from articles.history.archive import erase
from articles.importing.actions import import_files
from articles.importing.detection import in_memory
from articles.models import Article, Assignment, Correction, Document, Reply, Sentence
from articles.models import Event as EventRow
from articles.models import Finding as FindingRow
from articles.models import Flag as FlagRow
from articles.models import Segment as SegmentRow
from articles.models.documents import digest
from articles.realignment import operations
from articles.review import actions as review_actions
from articles.review import discussion, workflow
from articles.review.claims import claims_of, take_over
from tests.factories import make_flag, make_reading

SOURCE = (
    "<html><body><h1>The mayor opened the bridge.</h1><p>The river was calm that day. Nobody laughed at all. 👩‍💻</p>"
    "<p>It cost 12 million euros. All went home after landing.</p></body></html>"
)
TARGET = (
    "<html><body><h1>Le maire a inauguré le pont.</h1><p>La rivière était calme. Personne n’a ri du tout. 👩‍💻</p>"
    "<p>Il a coûté 13\u202fmillions d’euros. Tous sont rentrés.</p></body></html>"
)
LOCAL = {"id", "created_at", "updated_at"}
"""What an article and a document have of this house: when it came here, and its number."""


@pytest.fixture
def article(rosa: Any) -> Article:
    """An article that came as two web pages, with what the checks say of it."""
    pages = {"bridge.en.html": SOURCE, "bridge.fr.html": TARGET}
    lines = import_files((in_memory(name, text.encode()) for name, text in pages.items()), by=rosa)
    assert lines[0].article, [line.sentence for line in lines]
    return lines[0].article


def fresh(article: Article, position: int) -> SegmentRow:
    return article.segments.get(position=position)


def worked_on(article: Article, *, rosa: Any, ruth: Any, edith: Any) -> None:
    """Everything that people do with an article: each act, and each thing in each status."""
    operations.merge(
        fresh(article, 2), by=rosa, revisions=dict(article.segments.values_list("pk", "revision"))
    )
    first = fresh(article, 1)
    taken, *rest = [make_outside(article, first, score) for score in (0.9, 0.4, 0.3)]
    flag = review_actions.flag(first, by=rosa, revision=first.revision, values={
        "type": "Omission", "severity": "major", "comment": "“50 %” & <more>\n…", "source_start": 4, "source_end": 9,
        "source_quote": "mayor", "caret": 3,
    }, finding=taken)  # fmt: skip
    discussion.answer(flag, by=ruth, revision=fresh(article, 1).revision, text="Is it? 👀")
    discussion.keep(flag, by=rosa, revision=fresh(article, 1).revision, text="It is.")
    review_actions.dismiss(rest[0], by=ruth, revision=fresh(article, 1).revision, reason="implied")
    gone = review_actions.flag(
        first,
        by=rosa,
        revision=fresh(article, 1).revision,
        values={"type": "Style", "severity": "minor"},
    )
    review_actions.remove_flag(
        gone, by=rosa, revision=fresh(article, 1).revision, text="My mistake."
    )
    for text, cause in (
        ("Le maire a bien inauguré le pont.", "needless"),
        ("Le maire, lui, a inauguré le pont.", ""),
    ):
        sent = review_actions.submit(first, by=rosa, revision=fresh(article, 1).revision, text=text)
        if cause:
            review_actions.reject(
                sent,
                by=edith,
                revision=fresh(article, 1).revision,
                reason="Fine before",
                cause=cause,
            )
    review_actions.approve(sent, by=edith, revision=fresh(article, 1).revision, reason="Good")
    review_actions.reopen(first, by=rosa, revision=fresh(article, 1).revision)
    again = review_actions.submit(
        first, by=rosa, revision=fresh(article, 1).revision, text="Le maire a ouvert le pont."
    )
    review_actions.approve(again, by=edith, revision=fresh(article, 1).revision)
    review_actions.reopen(first, by=rosa, revision=fresh(article, 1).revision)
    second, third = fresh(article, 2), fresh(article, 3)
    review_actions.submit(second, by=ruth, revision=second.revision, text="")
    review_actions.save_draft(third, by=ruth, revision=third.revision, text="nobody’s business")
    make_flag(third, by=ruth, source_quote="words that went", needs_locating=True, caret=2)
    SegmentRow.objects.filter(pk=third.pk).update(status="flagged", score=0.31)
    last = fresh(article, article.segments.count())
    review_actions.confirm(last, by=rosa, revision=last.revision)
    Assignment.objects.create(article=article, person=rosa, due=date(2026, 12, 1))
    Assignment.objects.create(article=article, person=edith, role="approver")


def make_outside(article: Article, segment: SegmentRow, score: float) -> FindingRow:
    words = {0.9: "mayor", 0.4: "bridge"}.get(score, "opened")  # those about the same words are one
    row = {"segment": segment.position, "type": "Omission", "score": score, "check": f"gap-{score}", "finder": "gaps",
           "message": "100 % “mayor”", "source_spans": [words], "caret": "maire"}  # fmt: skip
    import_findings(
        io.BytesIO(json.dumps(row).encode()), name="found.jsonl", article=article, withdraw=False
    )
    return FindingRow.objects.get(check_id=f"gap-{score}")


def snapshot(article: Article) -> dict[str, list[dict[str, Any]]]:
    """Every field of every row of the article, people and rows by name: only what is this house's own is left out."""
    article = Article.objects.get(pk=article.pk)
    segments = {"segment__article": article}
    chosen: list[tuple[type[Model], Any, set[str]]] = [
        (Article, Article.objects.filter(pk=article.pk), LOCAL),
        (Document, Document.objects.filter(pk__in=[article.source_id, article.target_id]), LOCAL),
        (Sentence, Sentence.objects.filter(document__in=[article.source_id, article.target_id]), {"id"}),
        (SegmentRow, article.segments.order_by("position"), {"id"}),
        (FindingRow, FindingRow.objects.filter(**segments).order_by("segment__position", "-score", "id"), {"id"}),
        (FlagRow, FlagRow.everything.filter(**segments).order_by("segment__position", "id"), {"id"}),
        (Reply, Reply.objects.filter(flag__segment__article=article).order_by("at"), {"id"}),
        (Correction, Correction.objects.filter(**segments).exclude(status="draft").order_by("segment__position", "id"), {"id"}),
        (Assignment, Assignment.objects.filter(article=article).order_by("id"), {"id"}),
        (EventRow, EventRow.everything.filter(article=article).exclude(act="imported").order_by("at"), {"id"}),
    ]  # fmt: skip
    numbers: dict[tuple[type[Model], Any], int] = {}
    for model, rows, _left_out in chosen:
        numbers |= {(model, row.pk): number for number, row in enumerate(rows, start=1)}
    kinds = {"flag": FlagRow, "correction": Correction, "finding": FindingRow}
    found: dict[str, list[dict[str, Any]]] = {}
    for model, rows, left_out in chosen:
        found[model.__name__] = []
        for row in rows:
            values = {
                field.name: _plain(row, field, numbers)
                for field in row._meta.fields
                if field.name not in left_out
            }
            if isinstance(row, EventRow):
                values |= {"actor": row.actor_name, "foreign": None}
                values["details"] = {
                    key: numbers.get((kinds[key], value), "draft")
                    if key in kinds
                    else [numbers[FlagRow, each] for each in value]
                    if key == "flags"
                    else value
                    for key, value in row.details.items()
                    if key not in ("by", "file") and (row.act != "realigned" or key == "how")
                }
            found[model.__name__].append(values)
    return found


def _plain(row: Any, field: Any, numbers: dict[tuple[type[Model], Any], int]) -> Any:
    value = getattr(row, field.attname)
    if not field.is_relation or value is None:
        return bytes(value) if isinstance(value, memoryview) else value
    if field.related_model is User:
        return getattr(row, field.name).username
    return numbers[field.related_model, value]


def handed_over(article: Article, *, by: Any, ending: str = "jsonl") -> Article:
    """The article as it is built again from its file, the old one gone."""
    data = b"".join(exporting_actions.write_articles([article], "jsonl"))
    erase(article, reason="a test")
    Document.objects.all().delete()
    [line] = import_files([in_memory(f"all.{ending}", data)], by=by)
    assert line.article, line.sentence
    return line.article


DECIDED = {
    "Segment": {"status"},
    "Finding": {"decided_by"},
    "Flag": {"status"},
    "Correction": {"status", "decided_by", "decided_at", "claim", "claimed_by", "claimed_at", "claim_file", "brought_by"},
}  # fmt: skip
"""The fields that hold decisions: a file makes none."""


@pytest.mark.slow
def test_what_is_built_again_is_the_same_but_for_decisions(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    worked_on(article, rosa=rosa, ruth=ruth, edith=edith)
    before = snapshot(article)
    forms = ["text", "training"]
    written = {form: b"".join(exporting_actions.write_articles([article], form)) for form in forms}
    again = handed_over(article, by=ruth)
    after = snapshot(again)
    for kind, rows in before.items():
        assert without(after[kind], DECIDED.get(kind, set())) == without(
            rows, DECIDED.get(kind, set())
        ), kind
    statuses = [row["status"] for row in after["Segment"]]
    assert statuses == ["waiting", "waiting", "flagged", "to_review", "to_review"]
    assert [row["status"] for row in after["Flag"]] == ["open", "removed", "open"]
    assert {row["decided_by"] for row in after["Finding"]} == {None, "ruth"}
    first = [row for row in after["Correction"] if row["segment"] == 1]
    assert [(row["status"], row["claim"], row["claimed_by"], row["decided_by"]) for row in first] == [
        ("rejected", "rejected", "edith", None),
        ("replaced", "replaced", "edith", None),
        ("submitted", "approved", "edith", None),
    ]  # fmt: skip
    claims = claims_of(again)
    done = take_over(
        again,
        by=edith,
        corrections={row.pk: row.segment.revision for row in claims.corrections},
        segments={row.pk: row.revision for row in claims.segments},
    )
    assert (done.count, done.refused) == (2, [])
    for form in forms:
        assert b"".join(exporting_actions.write_articles([again], form)) == written[form], form


def without(rows: list[dict[str, Any]], names: set[str]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key not in names} for row in rows]


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
    assert (row.status, row.decided_by, row.is_decided_by_file) == ("approved", ada, False)
    last = EventRow.objects.filter(act="approved", foreign=False).get()
    assert (last.actor, last.details["claimed_by"], last.details["file"]) == (ada, "ada", "all.jsonl")  # fmt: skip


def test_what_two_people_read_apart_can_be_compared_elsewhere(
    rosa: Any, ruth: Any, edith: Any
) -> None:
    article = make_reading(rosa, ruth)
    Article.objects.update(digest=digest(article.source.text, article.target.text))
    for person, words in ((rosa, (0, 3)), (ruth, (0, 9)), (rosa, (4, 9))):
        start, end = words
        segment = fresh(article, 1)
        visibility.apply_own_marks(person, [segment])
        review_actions.flag(segment, by=person, revision=segment.revision, values={
            "type": "Omission", "severity": "major", "source_start": start, "source_end": end,
            "source_quote": segment.source_text[start:end],
        })  # fmt: skip
    sealed = b"".join(exporting_actions.write_articles([article], "jsonl")).decode()
    assert "flags" not in sealed, "what is kept from each other is kept from a file"
    for person in (rosa, ruth):
        adjudication_actions.finish(article, by=person)
    article = Article.objects.get()
    for pairs in adjudication_actions.Comparison(article).pairs.values():
        for pair in pairs:
            ids = (pair.first.pk if pair.first else 0, pair.second.pk if pair.second else 0)
            segment = fresh(article, 1)
            adjudication_actions.decide_pair(
                segment, by=edith, revision=segment.revision, flags=ids, keep=pair.offered[0]
            )
    adjudication_actions.close(article, by=edith)
    article = Article.objects.get()
    before, written = (
        snapshot(article),
        b"".join(exporting_actions.write_articles([article], "jsonl")),
    )
    figures = adjudication_actions.opening_details(article)["figures"]
    again = handed_over(article, by=edith)
    # The first line says what is open, and the checks have not run here yet.
    again_written = b"".join(exporting_actions.write_articles([again], "jsonl"))
    assert again_written.splitlines()[1:] == written.splitlines()[1:]
    after = snapshot(again)
    assert after == before
    assert again.stage == "compared"
    assert adjudication_actions.opening_details(again)["figures"] == figures
    assert adjudication_actions.Comparison(again).open_count == 0


def test_a_file_as_on_a_day_can_be_built_again_too(
    article: Article, rosa: Any, ruth: Any, edith: Any, settings: Any
) -> None:
    settings.TIME_ZONE = "UTC"
    worked_on(article, rosa=rosa, ruth=ruth, edith=edith)
    Article.objects.update(created_at="2026-01-01T00:00Z")
    article.refresh_from_db()
    then = exporting_actions.parse_choice("", "2026-01-31")
    lines = [
        json.loads(line)
        for line in b"".join(
            exporting_actions.write_articles([article], "jsonl", choice=then)
        ).splitlines()
    ]
    assert "(as of 2026-01-31 23:59 UTC)" in lines[0]["held"]
    for line in lines[1:]:
        assert line["status"] == "to_review"
        assert not {"flags", "corrections", "events"} & line.keys()
        assert all("decided_by" not in each for each in line.get("findings", []))


# ── people who are not known here ────────────────────────────────────────────

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


def test_what_was_mended_elsewhere_cannot_be_undone_here(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    worked_on(article, rosa=rosa, ruth=ruth, edith=edith)
    again = handed_over(article, by=edith)
    with pytest.raises(workflow.Refused, match="no change of alignment to undo"):
        operations.undo(again, by=rosa)


def test_a_compared_article_whose_readers_are_not_known_is_under_review(rosa: Any) -> None:
    people = [{"person": "rosa", "role": "reviewer", "due": "2026-02-30"}, {"person": "stranger", "role": "reviewer"},
              {"person": "rosa", "role": "owner"}]  # fmt: skip
    flags = [FLAG | {"author": "rosa", "apart": each} for each in ("kept", "sealed", "odd")]
    told = brought(by=rosa, article={"people": people, "stage": "compared"}, flags=flags)
    assert told.article.stage == "review"
    assert [(row.person, row.due) for row in Assignment.objects.all()] == [(rosa, None)]
    assert [flag.apart for flag in FlagRow.everything.order_by("id")] == ["kept", "", ""]


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
