"""Work on a sentence that changed in both languages is never deleted: it waits for a person."""

import pytest
from django.urls import reverse

from articles.detection.files import in_memory
from articles.importing.actions import examine
from articles.importing.bilingual import discard_unready
from articles.importing.documents import preview_article, store_article
from articles.importing.one_pass import import_files
from articles.models import Article, Correction, Event, Flag, Segment, UnplacedSegment
from articles.review import actions
from articles.review.workflow import Refused
from articles.text.document import Document as Text
from articles.versions import unplaced
from articles.versions.update import compare_versions as versions_compared

ENGLISH = (
    "Waves tore away 40 metres of track. Nobody was hurt. The repair will cost 3 million euros."
)
FRENCH = (
    "Les vagues ont arraché 40 mètres de voie. Personne n’a été blessé. "
    "La réparation coûtera 3 millions d’euros."
)
NEWER = [(" 40 ", " 55 "), (" 3 ", " 4 ")]


def newer(text):
    for old, new in NEWER:
        text = text.replace(old, new)
    return text


def pair(english, french):
    return Text("sea.en.txt", "en", english), Text("sea.fr.txt", "fr", french)


@pytest.fixture
def article(db, rosa, edith):
    """A flag and an approved correction in the first segment, a waiting one in the last."""
    article = store_article(*pair(ENGLISH, FRENCH)).article
    first, _second, last = article.segments.order_by("position")
    flag = {"type": "Grammar", "severity": "minor", "target_start": 0, "target_end": 11}
    actions.flag(first, by=rosa, revision=1, values={**flag, "target_quote": "Les vagues"})
    text = first.target_text.replace("arraché", "emporté")
    actions.approve(actions.submit(first, by=rosa, revision=2, text=text), by=edith, revision=3)
    actions.submit(last, by=rosa, revision=1, text=last.target_text.replace("coûtera", "coûte"))
    return article


@pytest.fixture
def waiting(article):
    """The two segments that wait after the newer version."""
    preview = preview_article(*pair(newer(ENGLISH), newer(FRENCH)), article.team)
    assert (preview.kind, preview.unplaced, preview.changed) == ("changed", 2, 0)
    stored = store_article(*pair(newer(ENGLISH), newer(FRENCH)))
    assert (stored.kind, stored.article.pk, stored.unplaced) == ("changed", article.pk, 2)
    return list(unplaced.waiting_segments(stored.article))


def test_nothing_that_a_person_made_is_deleted(waiting, article):
    assert (Flag.objects.count(), Correction.objects.count()) == (1, 2)
    assert Event.objects.get(act="reimported").details == {
        "kept": 1, "changed": 0, "new": 2, "removed": 0, "waiting": 2,
    }  # fmt: skip
    assert [row.suggestion.position for row in waiting] == [1, 3]
    assert [row.segment.position for row in waiting] == [1, 3]
    assert Article.objects.get() == article
    discard_unready()
    assert UnplacedSegment.objects.count() == 2
    assert {status for (status,) in article.segments.values_list("status")} == {"to_review"}


@pytest.mark.parametrize("act", ["flag", "draft"])
def test_work_that_is_done_while_a_newer_version_is_compared_is_kept(db, rosa, monkeypatch, act):
    """The versions are compared before the transaction; a draft changes no segment."""
    article = store_article(*pair(ENGLISH, FRENCH)).article
    first = article.segments.get(position=1)

    def compare_slowly(*versions):
        found = versions_compared(*versions)
        assert first in found.gone
        if act == "flag":
            values = {"type": "Grammar", "severity": "minor"}
            actions.flag(first, by=rosa, revision=1, values=values)
        else:
            actions.save_draft(first, by=rosa, revision=1, text="Des vagues")
        return found

    monkeypatch.setattr("articles.importing.documents.compare_versions", compare_slowly)
    stored = store_article(*pair(newer(ENGLISH), newer(FRENCH)))
    assert (stored.kind, stored.unplaced) == ("changed", 1)
    [waiting] = unplaced.waiting_segments(article)
    assert waiting.segment == first
    assert (first.flags.count(), first.corrections.count()) == ((1, 0) if act == "flag" else (0, 1))


def test_an_approved_correction_is_proposed_for_the_new_words(waiting, article, rosa, edith):
    row = waiting[0]
    segment = article.segments.get(position=1)
    unplaced.carry_over(row, segment, by=rosa, revision=segment.revision)
    segment.refresh_from_db()
    proposal = segment.corrections.get(status="submitted")
    assert proposal.text == "Les vagues ont emporté 55 mètres de voie."
    assert (proposal.author, segment.status) == (rosa, "waiting")
    assert segment.corrections.filter(status="replaced").count() == 1
    assert segment.flags.get().target_quote == "Les vagues"
    assert Event.objects.first().act == "carried_over"
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("carried", rosa)
    with pytest.raises(Refused, match="already decided this"):
        unplaced.put_away(row, by=rosa)


def test_a_waiting_correction_goes_on_waiting_where_there_is_room(waiting, article, rosa, ruth):
    segment = article.segments.get(position=3)
    actions.submit(segment, by=ruth, revision=segment.revision, text="Elle coûtera cher.")
    segment.refresh_from_db()
    with pytest.raises(Refused, match="in segment 3 is awaiting approval"):
        unplaced.carry_over(waiting[1], segment, by=rosa, revision=segment.revision)
    second = article.segments.get(position=1)
    unplaced.carry_over(waiting[1], second, by=rosa, revision=second.revision)
    assert second.corrections.get(status="submitted").text.startswith("La réparation coûte 3")


def test_the_page_carries_over_and_puts_away(waiting, article, client, rosa, otto):
    client.force_login(rosa)
    page = reverse("unplaced", args=[article.pk])
    assert page in client.get(reverse("desk", args=[article.pk])).content.decode()
    text = client.get(page).content.decode()
    assert "40 mètres" in text
    assert "55 mètres" in text
    first, second = (reverse("place_unplaced", args=[article.pk, row.pk]) for row in waiting)
    wrong = client.post(first, {"number": "99", "carry_over": "1"})
    assert wrong.status_code == 409
    assert "no segment 99" in wrong.content.decode()
    client.post(first, {"number": "1", "carry_over": "1"})
    assert article.segments.get(position=1).status == "waiting"
    client.force_login(otto)
    assert client.post(second, {"put_away": "1"}).status_code == 409
    client.force_login(rosa)
    done = client.post(second, {"put_away": "1"}, follow=True)
    assert "could not be placed" not in done.content.decode()
    assert UnplacedSegment.objects.get(pk=waiting[1].pk).status == "put_away"
    assert Segment.objects.filter(unplaced__status="put_away").get().corrections.count() == 1


def test_a_draft_beside_a_waiting_correction_keeps_the_words_of_both(article, rosa):
    last = article.segments.get(position=3)
    Correction.objects.create(
        segment=last, author=rosa, before="", text="Autre.", base_revision=1, status="draft"
    )
    store_article(*pair(ENGLISH, FRENCH.replace("coûtera", "va coûter")))
    draft = last.corrections.get()
    assert draft.status == "draft"
    assert draft.text == "Autre.\nLa réparation coûte 3 millions d’euros."


def test_flags_and_a_draft_find_a_place_without_any_correction(article, rosa, ruth):
    last = article.segments.get(position=3)
    actions.withdraw(last.corrections.get(), by=rosa, revision=last.revision)
    last.refresh_from_db()
    flag = {"type": "Grammar", "severity": "minor", "target_start": 0, "target_end": 13}
    actions.flag(last, by=ruth, revision=last.revision, values={**flag, "target_quote": "La réparation"})  # fmt: skip
    stored = store_article(*pair(newer(ENGLISH), newer(FRENCH)))
    row = unplaced.waiting_segments(stored.article).get(segment=last)
    segment = stored.article.segments.get(position=3)
    unplaced.carry_over(row, segment, by=rosa, revision=segment.revision)
    segment.refresh_from_db()
    assert segment.status == "flagged"
    assert segment.flags.get().target_quote == "La réparation"
    assert [each.status for each in segment.corrections.all()] == ["draft"]
    assert segment.corrections.get().author == rosa


def test_the_import_says_before_and_after_how_many_segments_wait(article):
    files = [
        in_memory(text.name, text.text.encode()) for text in pair(newer(ENGLISH), newer(FRENCH))
    ]
    told = {result.name: result.sentence for result in examine(files).results}
    assert told["sea.fr.txt"].endswith(
        "2 sentences with work on them changed in both languages or were removed: place their work "
        "by hand afterwards."
    )
    told = {result.name: result.sentence for result in import_files(files)}
    assert told["sea.fr.txt"].endswith("work on 2 earlier sentences has to be placed by hand.")
