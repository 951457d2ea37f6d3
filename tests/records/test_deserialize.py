"""JSON Lines hold all there is to know of an article: what is built from them elsewhere is the same, field by field."""

from __future__ import annotations

import io
import json
from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from articles.adjudication import actions as adjudication_actions
from articles.blind import visibility
from articles.detection.files import in_memory
from articles.exporting import actions as exporting_actions
from articles.findings.external import import_findings
from articles.history.archive import erase
from articles.importing.one_pass import import_files
from articles.models import Article, Assignment, Correction, Document, Reply, Sentence, Team
from articles.models import Event as EventRow
from articles.models import Finding as FindingRow
from articles.models import Flag as FlagRow
from articles.models import Segment as SegmentRow
from articles.models.documents import digest
from articles.models.headlines import refresh_target_title
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
    Assignment.objects.create(
        article=article, person=rosa, due=date(2026, 12, 1), due_time=time(18, 30)
    )
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
        (EventRow, EventRow.everything.filter(article=article).exclude(act="imported").order_by("at"), {"id", "previous", "digest"}),
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
    if field.related_model is Team:
        return value
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
    refresh_target_title(article)
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


def test_what_was_mended_elsewhere_cannot_be_undone_here(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    worked_on(article, rosa=rosa, ruth=ruth, edith=edith)
    again = handed_over(article, by=edith)
    with pytest.raises(workflow.Refused, match="no change of alignment to undo"):
        operations.undo(again, by=rosa)
