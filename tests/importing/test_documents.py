"""Importing twice is the same as once; a changed document keeps the review of what did not change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exporting.actions import write_articles
from articles.formats import BadFile
from articles.formats.text.wrapped import read_text
from articles.importing.documents import store_article
from articles.models import Article, Document, Event, Finding, Segment
from articles.review import actions
from articles.text.document import Document as Text

ENGLISH = "The mayor opened the bridge on Monday. The river was calm that day. Forty people came to the party."
FRENCH = "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là. Quarante personnes sont venues à la fête."


def store(english=ENGLISH, french=FRENCH, **options):
    return store_article(
        Text("bridge.en.txt", "en", english), Text("bridge.fr.txt", "fr", french), **options
    )


def texts(article):
    return list(article.segments.values_list("target_text", flat=True))


@pytest.fixture
def article(db):
    return store().article


def test_a_pair_becomes_an_article_with_its_history(article, rosa):
    assert article.title == "The mayor opened the bridge on Monday."
    assert texts(article) == [
        "Le maire a inauguré le pont lundi.",
        "La rivière était calme ce jour-là.",
        "Quarante personnes sont venues à la fête.",
    ]
    assert Event.objects.get().act == "imported"
    for document in (article.source, article.target):
        runs = list(document.sentences.values_list("start", "end"))
        gaps = "".join(
            document.text[a:b]
            for a, b in zip(
                [0, *(end for _, end in runs)],
                [*(start for start, _ in runs), len(document.text)],
                strict=True,
            )
        )
        assert gaps.strip() == ""


def test_the_same_pair_again_changes_nothing(article):
    outcome = store()
    assert (outcome.kind, outcome.article) == ("same", article)
    assert (Article.objects.count(), Document.objects.count(), Event.objects.count()) == (1, 2, 1)


def test_a_new_version_keeps_the_review_of_what_did_not_change(article, rosa, edith):
    first, second, _third = article.segments.all()
    correction = actions.submit(
        first, by=rosa, revision=1, text="Le maire inaugurait le pont lundi."
    )
    actions.approve(correction, by=edith, revision=2)
    actions.flag(second, by=rosa, revision=1, values={"type": "Grammar", "severity": "minor"})
    outcome = store(french=FRENCH.replace("Quarante personnes", "Environ quarante personnes"))
    assert (outcome.kind, outcome.article.pk) == ("changed", article.pk)
    after = list(outcome.article.segments.all())
    assert [segment.pk for segment in after[:2]] == [first.pk, second.pk]
    assert [segment.status for segment in after] == ["done", "flagged", "to_review"]
    assert actions.current_text(after[0]) == "Le maire inaugurait le pont lundi."
    assert Document.objects.count() == 2
    event = Event.objects.filter(act="reimported").get()
    assert event.details == {"kept": 2, "changed": 1, "new": 0, "removed": 0, "waiting": 0}


def test_a_new_version_is_stored_without_statements_that_take_seconds(article):
    """One CASE WHEN a row and field, as bulk_update makes them, held the database for seconds."""
    with CaptureQueriesContext(connection) as queries:
        store(french=FRENCH.replace("Quarante", "Environ quarante"))
    statements = [query["sql"] for query in queries]
    assert not [sql for sql in statements if "CASE WHEN" in sql]
    written = [sql for sql in statements if 'times: UPDATE "articles_segment"' in sql]
    assert len(written) == 1


def test_flags_move_with_their_words_or_say_that_they_are_lost(article, rosa):
    segment = article.segments.first()
    mark = {"type": "Mistranslation", "severity": "major"}
    kept = actions.flag(
        segment,
        by=rosa,
        revision=1,
        values={**mark, "target_start": 23, "target_end": 27, "target_quote": "pont", "caret": 28},
    )
    lost = actions.flag(
        segment,
        by=rosa,
        revision=2,
        values={**mark, "target_start": 28, "target_end": 33, "target_quote": "lundi"},
    )
    actions.submit(segment, by=rosa, revision=3, text="Le maire inaugurait le pont lundi.")
    store(
        french=FRENCH.replace(
            "Le maire a inauguré le pont lundi.", "Hier, le maire a inauguré le pont mardi."
        )
    )
    changed_at = [flag.updated_at for flag in (kept, lost)]
    for flag in (kept, lost):
        flag.refresh_from_db()
    assert [flag.updated_at for flag in (kept, lost)] == changed_at, "exports as of a time read it"
    segment = Segment.objects.get(pk=segment.pk)
    assert kept.target_span.of(segment.target_text) == "pont"
    assert segment.target_text[kept.caret :] == "mardi."
    assert (kept.needs_locating, lost.needs_locating, lost.target_span) == (False, True, None)
    assert segment.status == "flagged"
    assert segment.corrections.get().status == "draft"


def test_an_approval_of_other_words_is_no_longer_in_force(article, rosa, edith):
    segment = article.segments.first()
    correction = actions.submit(segment, by=rosa, revision=1, text="Le maire inaugurait le pont.")
    actions.approve(correction, by=edith, revision=2)
    store(french=FRENCH.replace("a inauguré", "inaugurera"))
    segment.refresh_from_db()
    assert (segment.status, actions.current_text(segment)) == (
        "to_review",
        "Le maire inaugurera le pont lundi.",
    )


def test_another_text_under_the_same_names_is_another_article(article):
    outcome = store(
        "Snow fell in the night. The trains were late.",
        "La neige est tombée dans la nuit. Les trains étaient en retard.",
    )
    assert outcome.kind == "new"
    assert Article.objects.count() == 2


def test_a_removed_sentence_takes_only_its_own_segment(article):
    outcome = store(
        ENGLISH.replace(" The river was calm that day.", ""),
        FRENCH.replace(" La rivière était calme ce jour-là.", ""),
    )
    assert texts(outcome.article) == [
        "Le maire a inauguré le pont lundi.",
        "Quarante personnes sont venues à la fête.",
    ]
    assert Event.objects.first().details["removed"] == 1
    assert [segment.position for segment in outcome.article.segments.all()] == [1, 2]


def test_a_dismissed_finding_stays_dismissed_across_versions(db, rosa):
    french = FRENCH.replace("Quarante", "Quatorze")
    article = store(french=french).article
    last = article.segments.last()
    finding = last.findings.first() or Finding.objects.create(
        segment=last,
        check_id="x",
        type="Omission",
        severity="minor",
        score=1,
        message="?",
        fingerprint="x",
    )
    actions.dismiss(finding, by=rosa, revision=1, reason="wrong")
    store(french=french.replace("lundi", "mardi"))
    finding.refresh_from_db()
    assert finding.status == "dismissed"


def test_a_change_on_the_source_side_keeps_what_was_approved(article, rosa, edith):
    segment = article.segments.first()
    correction = actions.submit(segment, by=rosa, revision=1, text="Le maire inaugurait le pont.")
    actions.approve(correction, by=edith, revision=2)
    store(english=ENGLISH.replace("Monday", "Tuesday"))
    segment.refresh_from_db()
    assert (segment.status, actions.current_text(segment)) == (
        "to_review",
        "Le maire inaugurait le pont.",
    )


def test_a_new_sentence_is_a_new_segment(article):
    outcome = store(
        f"{ENGLISH} Nobody fell into the water.", f"{FRENCH} Personne n’est tombé à l’eau."
    )
    assert outcome.article.segments.count() == 4
    assert Event.objects.first().details["new"] == 1


@pytest.mark.parametrize("stage", ["reading", "comparing"])
def test_what_two_people_read_apart_takes_no_newer_version(article, stage):
    Article.objects.update(stage=stage)
    with pytest.raises(BadFile, match="blind review"):
        store(french=FRENCH.replace("lundi", "mardi"))
    assert Document.objects.count() == 2


def test_a_wrapped_text_is_shown_and_reviewed_without_its_line_breaks(db, rosa, edith):
    english = (
        "The mayor opened the bridge over the river on\nMonday, and forty people came to the party\n"
        "there. The river was calm that day, and the\nferries waited.\n"
    )
    french = (
        "Le maire a inauguré lundi le pont sur la rivière, et\nquarante personnes sont venues à la"
        " fête. La rivière\nétait calme ce jour-là, et les bacs attendaient.\n"
    )
    # As an earlier version of this program stored it: with the breaks, and without the file.
    article = store(english, french).article
    segment = article.segments.last()
    assert segment.target_text.startswith("La rivière\nétait")
    mark = {"type": "Grammar", "severity": "minor", "target_start": 3, "target_end": 16}
    flag = actions.flag(
        segment, by=rosa, revision=1, values={**mark, "target_quote": "rivière\nétait"}
    )
    sides = [
        Text(f"bridge.{code}.txt", code, read_text(text.encode(), name=""), text.encode())
        for code, text in (("en", english), ("fr", french))
    ]
    outcome = store_article(*sides)
    assert (outcome.kind, outcome.article, outcome.unplaced) == ("changed", article, 0)
    assert [text.count("\n") for text in texts(article)] == [0, 0]
    flag.refresh_from_db()
    assert (flag.needs_locating, flag.target_quote) == (False, "rivière était")
    segment.refresh_from_db()
    correction = actions.submit(
        segment, by=rosa, revision=segment.revision,
        text=segment.target_text.replace("bacs", "ferrys"),
    )  # fmt: skip
    actions.approve(correction, by=edith, revision=segment.revision)
    exported = b"".join(write_articles([Article.objects.get()], "text"))
    assert exported.decode() == french.replace("bacs", "ferrys")
    assert store_article(*sides).kind == "same"


def test_a_new_version_of_one_side_takes_the_new_file_of_the_other(db):
    def sides(english, tag):
        made = []
        for code, text in (("en", english), ("fr", FRENCH)):
            lines = text.split(". ")
            page = "".join(f"<{tag}>{line}</{tag}>" for line in lines).encode()
            made.append(Text(f"bridge.{code}.html", code, "\n".join(lines), page))
        return made

    store_article(*sides(ENGLISH, "p"))
    outcome = store_article(*sides(ENGLISH.replace("Monday", "Tuesday"), "h2"))
    assert outcome.kind == "changed"
    target = Article.objects.get().target
    assert bytes(target.page).startswith(b"<h2>Le maire")
    assert [kind for _start, _end, kind in target.blocks] == ["heading"] * 3


def test_a_newer_version_that_cannot_be_stored_leaves_nothing_behind(db, monkeypatch):
    def sides(english, tag):
        pages = [f"<{tag}>{text}</{tag}>".encode() for text in (english, FRENCH)]
        return (
            Text("bridge.en.html", "en", english, pages[0]),
            Text("bridge.fr.html", "fr", FRENCH, pages[1]),
        )

    def stop(*_args, **_options):
        raise KeyboardInterrupt

    store_article(*sides(ENGLISH, "p"))
    before = list(Document.objects.order_by("pk").values_list("pk", "page"))
    monkeypatch.setattr("articles.importing.documents.replace_segments", stop)
    with pytest.raises(KeyboardInterrupt):
        store_article(*sides(ENGLISH.replace("Monday", "Tuesday"), "h2"))
    assert list(Document.objects.order_by("pk").values_list("pk", "page")) == before
