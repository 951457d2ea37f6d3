"""What must never be false is refused by the database itself."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Correction, Finding, Import, ImportFile, Reply, Segment, Team
from tests.factories import make_article, make_correction, make_finding, make_flag, make_segment


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    return True


def test_an_article_keeps_its_documents_character_for_character(db):
    article = make_article([("One.", "Un."), ("", "Lire la suite."), ("Two.", "Deux.")])
    assert article.target.text == "Un. Lire la suite. Deux."
    for segment in article.segments.all():
        assert article.target.text[segment.target_start : segment.target_end] == segment.target_text
        assert article.source.text[segment.source_start : segment.source_end] == segment.source_text


def test_one_waiting_and_one_approved_correction_a_segment(rosa, edith):
    segment = make_segment()
    make_correction(segment, by=rosa, status="submitted")
    assert refused(lambda: make_correction(segment, by=edith, status="submitted"))
    make_correction(segment, by=rosa, status="approved", decided_by=edith)
    assert refused(lambda: make_correction(segment, by=rosa, status="approved", decided_by=edith))


def test_a_decision_has_a_person_who_is_not_its_author(rosa, edith):
    segment = make_segment()
    assert refused(lambda: make_correction(segment, by=rosa, status="approved"))
    assert refused(lambda: make_correction(segment, by=rosa, status="approved", decided_by=rosa))
    assert refused(lambda: make_correction(segment, by=rosa, status="draft", decided_by=edith))


def test_one_draft_a_person(rosa, edith):
    segment = make_segment()
    make_correction(segment, by=rosa)
    make_correction(segment, by=edith)
    assert refused(lambda: make_correction(segment, by=rosa))


def test_a_rejection_has_a_reason(rosa, edith):
    correction = make_correction(make_segment(), by=rosa, status="rejected", decided_by=edith)
    assert refused(lambda: Correction.objects.filter(pk=correction.pk).update(reason=""))


def test_a_dismissed_finding_has_somebody_who_did_it(db):
    finding = make_finding(make_segment())
    assert refused(lambda: Finding.objects.filter(pk=finding.pk).update(status="dismissed"))


def test_a_reply_says_something_of_a_known_kind(rosa, edith):
    flag = make_flag(make_segment(), by=rosa)
    assert refused(lambda: Reply.objects.create(flag=flag, author=edith, kind="answered", text=""))
    assert refused(
        lambda: Reply.objects.create(flag=flag, author=edith, kind="shouted", text="No!")
    )
    assert (
        str(Reply.objects.create(flag=flag, author=edith, kind="answered", text="Why?"))
        == "edith · replied"
    )


def test_a_segment_has_a_side_and_a_known_status(db):
    segment = make_segment()
    assert refused(
        lambda: Segment.objects.filter(pk=segment.pk).update(source_text="", target_text="")
    )
    assert refused(lambda: Segment.objects.filter(pk=segment.pk).update(status="lost"))


def test_rows_name_themselves_in_the_admin(db, ada):
    article = make_article()
    job = Import.objects.create(team=Team.objects.first_team(), by=ada, status="done")
    names = [
        str(each)
        for each in (
            article.segments.first(),
            article.source,
            article.source.sentences.first(),
            ImportFile(name="a.txt"),
        )
    ]
    assert names == ["The mayor · 1", "text.en.txt", f"{article.source_id}:0–16", "a.txt"]
    assert str(job).endswith("done")
