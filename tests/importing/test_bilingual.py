"""Aligned pairs out of a file become an article: whole, or not at all."""

from datetime import UTC, datetime

import pytest

from articles.exporting import actions
from articles.formats import interchange
from articles.formats.tables import jsonl
from articles.history.archive import erase
from articles.importing import bilingual
from articles.models import Article, Correction, Document, Event, Flag, Reply, Segment, Sentence
from articles.review import discussion
from articles.text.document import Span
from tests.factories import make_article

ROWS = [
    ("The mayor spoke.", "Le maire a parlé."),
    ("", "Lire la suite."),
    ("Nobody laughed.", ""),
    ("He left.", "Il partit."),
]


def incoming(rows=ROWS, **values):
    segments = (
        each if isinstance(each, interchange.Segment) else interchange.Segment(*each)
        for each in rows
    )
    defaults = {"title": "The mayor", "source_language": "en", "target_language": "fr"}
    return interchange.Article(segments=segments, **(defaults | values))


def reviewed(*, flags=(), corrections=()):
    return incoming(
        [
            interchange.Segment(
                "The mayor spoke.", "Le maire a parlé.", flags=flags, corrections=corrections
            )
        ]
    )


def test_pairs_become_segments_of_two_lossless_documents(db, rosa):
    article = bilingual.store_bilingual(incoming(), by=rosa).article
    assert [(row.source_text, row.target_text) for row in article.segments.all()] == ROWS
    assert article.target.text == "Le maire a parlé.\nLire la suite.\nIl partit."
    for row in article.segments.all():
        assert article.source.text[row.source_start : row.source_end] == row.source_text
        assert article.target.text[row.target_start : row.target_end] == row.target_text
        assert row.source_to - row.source_from == bool(row.source_text)
    assert article.source.sentences.count() == 3
    assert Event.objects.get().details == {"segments": 4}


def test_whole_documents_keep_their_own_spaces(db, rosa):
    original = make_article([("One.", "Un."), ("Two.", "Deux.")], joint="  \n\t")
    sent = actions.to_interchange(original)
    sent = interchange.Article(
        **{name: getattr(sent, name) for name in sent.__slots__} | {"segments": list(sent.segments)}
    )
    original.delete()
    article = bilingual.store_bilingual(sent, by=rosa).article
    assert article.target.text == "Un.  \n\tDeux."
    assert b"".join(actions.write_articles([article], "text")).decode() == "Un.  \n\tDeux."


def test_the_same_file_again_changes_nothing(db, rosa):
    first = bilingual.store_bilingual(incoming(), by=rosa)
    second = bilingual.store_bilingual(incoming(), by=rosa)
    assert (second.kind, second.article) == ("same", first.article)
    assert (Article.everything.count(), Document.objects.count(), Segment.objects.count()) == (
        1,
        2,
        4,
    )


def test_cancelling_leaves_no_trace(db, rosa, monkeypatch):
    monkeypatch.setattr(bilingual, "CHUNK", 2)
    seen = []

    def progress(done):
        seen.append((done, Article.objects.count(), Article.everything.count()))
        if done == 4:
            raise bilingual.ImportCancelled

    with pytest.raises(bilingual.ImportCancelled):
        bilingual.store_bilingual(incoming(), by=rosa, progress=progress)
    assert seen == [(2, 0, 1), (4, 0, 1)], "while it arrives, nobody sees it"
    assert not any(model.objects.exists() for model in (Document, Segment, Sentence, Event))
    assert not Article.everything.exists()


def test_a_broken_line_half_way_leaves_no_trace(db, rosa, monkeypatch):
    monkeypatch.setattr(bilingual, "CHUNK", 1)

    def rows():
        yield ROWS[0]
        raise interchange.BadFile("this line is broken", "line 2")

    with pytest.raises(interchange.BadFile):
        bilingual.store_bilingual(incoming(rows()), by=rosa)
    assert not Article.everything.exists()
    assert not Document.objects.exists()


def test_flags_come_along_with_their_people(db, rosa):
    flags = (
        interchange.Flag("Omission", "major", source_span=Span(4, 9), caret=99, author="rosa"),
        interchange.Flag("", "minor", comment="odd", author="rater7"),
        interchange.Flag("Grammar", "minor", target_span=Span(3, 99), status="closed"),
    )
    bilingual.store_bilingual(reviewed(flags=flags), by=rosa)
    omission, stranger, broken = Flag.objects.order_by("pk")
    assert (omission.source_quote, omission.caret, omission.author) == ("mayor", 17, rosa)
    assert (stranger.type, stranger.comment, stranger.needs_locating) == (
        "Other",
        "rater7: odd",
        True,
    )
    assert (broken.target_span, broken.needs_locating, broken.status) == (None, True, "open")
    assert Segment.objects.get().status == "flagged"


def test_what_was_said_of_a_flag_comes_along(db, rosa, edith):
    replies = (
        interchange.Reply("It is implied.", "answered", "edith", datetime(2026, 1, 31, tzinfo=UTC)),
        interchange.Reply("Hm.", "sighed", "rater7"),
        interchange.Reply(""),
    )
    bilingual.store_bilingual(
        reviewed(flags=(interchange.Flag("Omission", "major", replies=replies),)), by=rosa
    )
    first, second = Reply.objects.all()
    assert (first.text, first.kind, first.author, first.at.isoformat()) == (
        "It is implied.", "answered", edith, "2026-01-31T00:00:00+00:00"
    )  # fmt: skip
    assert (second.text, second.kind, second.author) == ("rater7: Hm.", "answered", rosa)
    assert Flag.objects.get().talk == "answered"


def test_a_talk_and_a_reason_come_back_as_they_went(db, rosa, edith, tmp_path):
    flag = interchange.Flag("Omission", "major", caret=3, author="rosa")
    back = correction(
        "rejected", reason="Not our house style", cause="style", author="rosa", decided_by="edith"
    )
    article = bilingual.store_bilingual(
        reviewed(flags=(flag,), corrections=(back,)), by=rosa
    ).article
    row = Flag.objects.get()
    for number, (act, by) in enumerate(
        [(discussion.answer, edith), (discussion.keep, rosa)], start=1
    ):
        act(row, by=by, revision=number, text=f"{by} says so.")
    (tmp_path / "all.jsonl").write_bytes(b"".join(actions.write_articles([article], "jsonl")))
    sent = list(actions.to_interchange(article).segments)
    erase(article, reason="a test")
    with (tmp_path / "all.jsonl").open("rb") as file:
        again = bilingual.store_bilingual(next(jsonl.read(file, name="all")), by=rosa).article
    (segment,), (original,) = actions.to_interchange(again).segments, sent
    assert segment.flags[0].replies == original.flags[0].replies != ()
    assert (segment.corrections[0].cause, segment.corrections[0].reason) == (
        "style",
        "Not our house style",
    )
    assert Flag.objects.get().talk == "kept"


def correction(status, **values):
    return interchange.Correction(
        "Le maire a parlé.", values.pop("after", "Le maire parla."), status, **values
    )


@pytest.mark.parametrize(
    "people",
    [
        {},
        {"author": "rosa", "decided_by": "rosa"},
        {"author": "x", "decided_by": "y"},
        {"author": "rosa", "decided_by": "edith"},
    ],
)
def test_an_approval_is_a_proposal_that_waits(people, db, rosa, edith):
    bilingual.store_bilingual(reviewed(corrections=(correction("approved", **people),)), by=rosa)
    row = Correction.objects.get()
    assert (row.status, row.author, row.decided_by) == ("submitted", rosa, None)
    assert Segment.objects.get().status == "waiting"


def test_of_several_corrections_each_rule_of_the_database_holds(db, rosa, edith):
    both = {"author": "rosa", "decided_by": "edith"}
    texts = (
        correction("approved", after="Une.", **both),
        correction("approved", after="Deux.", **both),
        correction("rejected", after="Trois.", reason="Non.", **both),
        correction("rejected", after="Quatre.", **both),
        correction("draft", after="Cinq."),
        correction("submitted", after="Le maire a parlé."),
    )
    bilingual.store_bilingual(reviewed(corrections=texts), by=rosa)
    assert list(Correction.objects.order_by("pk").values_list("text", "status")) == [
        ("Une.", "replaced"),
        ("Deux.", "submitted"),
        ("Trois.", "rejected"),
    ]


def test_an_export_comes_back_as_it_went(db, rosa):
    bilingual.store_bilingual(
        reviewed(corrections=(correction("submitted", author="rosa"),)), by=rosa
    )
    article = Article.objects.get()
    sent = list(actions.to_interchange(article).segments)
    held = actions.to_interchange(article)
    erase(article, reason="a test")
    again = bilingual.store_bilingual(
        interchange.Article(
            held.title,
            "en",
            "fr",
            held.source,
            held.target,
            segments=sent,
            source_name="a",
            target_name="b",
        ),
        by=rosa,
    ).article
    back = list(actions.to_interchange(again).segments)
    assert [(each.source, each.final, each.status) for each in back] == [
        (each.source, each.final, each.status) for each in sent
    ]


def test_what_a_stop_left_half_done_is_taken_away(db):
    make_article()
    Article.everything.update(ready=False)
    Document.objects.create(name="stored before its article", language="en", text="One.")
    bilingual.discard_unready()
    assert not Article.everything.exists()
    assert not Document.objects.exists()
