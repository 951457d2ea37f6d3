"""Corrections are cut and joined with their words, and what is approved goes to print as it did."""

import pytest
from django.utils import timezone

from articles.exporting import actions as exporting_actions
from articles.models import Correction, Segment
from articles.realignment import operations
from articles.review import actions as review_actions
from articles.review import workflow
from tests.factories import make_article, make_correction
from tests.realignment.article import PAIRS, do, exported, segments


def test_an_approved_text_goes_to_print_as_it_did(article, rosa, edith):
    first = segments(article)[0]
    row = make_correction(
        first, by=rosa, text="Le maire a bien parlé.", status="approved", decided_by=edith
    )
    made = Correction.objects.get(pk=row.pk)
    before = exported(article)
    do("merge", article, 1, by=rosa)
    row.refresh_from_db()
    assert (row.before, row.text) == (
        "Le maire a parlé. Personne n’a ri.",
        "Le maire a bien parlé. Personne n’a ri.",
    )
    assert (row.created_at, row.updated_at, row.decided_at) == (
        made.created_at,
        made.updated_at,
        made.decided_at,
    )
    assert exported(article) == before
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    row.refresh_from_db()
    assert (row.segment.position, row.text) == (1, "Le maire a bien parlé.")
    assert Correction.objects.count() == 1
    assert exported(article) == before


def test_a_correction_whose_words_do_not_change_place_is_the_same_row(article, rosa):
    row = make_correction(segments(article)[0], by=rosa, status="submitted")
    Segment.objects.filter(pk=row.segment_id).update(status="waiting")
    do("shift", article, 2, by=rosa, side="source", direction="up")
    row.refresh_from_db()
    assert (row.segment.position, row.segment.status, row.text) == (
        1,
        "waiting",
        "Le maire a bien parlé.",
    )


def test_two_approved_texts_become_one_and_the_other_stays_in_history(article, rosa, edith, ada):
    first, second = segments(article)[:2]
    make_correction(
        first, by=rosa, text="Le maire a bien parlé.", status="approved", decided_by=edith
    )
    other = make_correction(
        second, by=edith, text="Personne ne riait.", status="approved", decided_by=ada
    )
    before = exported(article)
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert review_actions.current_text(merged) == "Le maire a bien parlé. Personne ne riait."
    other.refresh_from_db()
    assert (other.status, other.author, other.decided_by) == ("replaced", edith, ada)
    assert exported(article) == before
    operations.undo(article, by=rosa)
    other.refresh_from_db()
    assert (other.status, other.text, other.segment.position) == (
        "approved",
        "Personne ne riait.",
        2,
    )
    assert exported(article) == before


def test_a_longer_correction_is_cut_in_two(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    text = "Hier, le maire a parlé. Et personne n’a ri du tout."
    review_actions.approve(
        review_actions.submit(merged, by=rosa, revision=2, text=text), by=edith, revision=3
    )
    review_actions.reopen(merged, by=rosa, revision=4)
    before = exported(article)
    do("split", article, 1, by=rosa)
    rows = segments(article)[:2]
    assert [review_actions.current_text(row) for row in rows] == [
        "Hier, le maire a parlé.",
        "Et personne n’a ri du tout.",
    ]
    assert exported(article) == before
    assert [row.corrections.get().author for row in rows] == [rosa, rosa]


def test_what_cannot_be_cut_without_changing_the_approved_text_is_refused(rosa, edith):
    article = make_article(PAIRS, joint="\n\n")
    do("merge", article, 1, by=rosa)
    row = make_correction(
        segments(article)[0],
        by=rosa,
        text="Le maire parla, et personne ne rit.",
        status="approved",
        decided_by=edith,
    )
    with pytest.raises(workflow.Refused, match="would change the approved text"):
        do("split", article, 1, by=rosa)
    row.refresh_from_db()
    assert row.text == "Le maire parla, et personne ne rit."


def test_drafts_of_one_person_are_joined_in_reading_order(article, rosa, edith):
    first, second = segments(article)[:2]
    review_actions.save_draft(second, by=rosa, revision=1, text="Personne ne riait.")
    review_actions.save_draft(first, by=rosa, revision=1, text="Le maire parla.")
    review_actions.save_draft(second, by=edith, revision=1, text="Nul n’a ri.")
    do("merge", article, 1, by=rosa)
    drafts = dict(segments(article)[0].corrections.values_list("author__username", "text"))
    assert drafts == {
        "rosa": "Le maire parla. Personne ne riait.",
        "edith": "Le maire a parlé. Nul n’a ri.",
    }
    operations.undo(article, by=rosa)
    drafts = sorted(Correction.objects.values_list("segment__position", "author__username", "text"))
    assert drafts == [
        (1, "rosa", "Le maire parla."),
        (2, "edith", "Nul n’a ri."),
        (2, "rosa", "Personne ne riait."),
    ]


def test_a_draft_that_changes_nothing_yet_is_no_obstacle(article, rosa):
    first, second = segments(article)[:2]
    review_actions.save_draft(first, by=rosa, revision=1, text=first.target_text)
    review_actions.save_draft(second, by=rosa, revision=1, text=second.target_text)
    do("merge", article, 1, by=rosa)
    assert Correction.objects.get().status == "draft"


def test_what_waits_goes_on_waiting_and_a_draft_beside_it_is_not_lost(article, rosa):
    first, second = segments(article)[:2]
    waiting = review_actions.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review_actions.save_draft(second, by=rosa, revision=1, text="Personne ne riait.")
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert merged.status == "waiting"
    waiting.refresh_from_db()
    assert waiting.text == "Le maire parla. Personne n’a ri."
    review_actions.withdraw(waiting, by=rosa, revision=merged.revision)
    assert Correction.objects.get().text == "Le maire parla. Personne ne riait."


def test_what_waited_earlier_is_exported_whole_after_a_merge(article, rosa, edith):
    first = segments(article)[0]
    review_actions.submit(first, by=rosa, revision=1, text="Le maire parla.")
    choice = exporting_actions.ExportChoice("everything", timezone.now())
    before = b"".join(exporting_actions.write_articles([article], "text", choice=choice))
    do("merge", article, 1, by=rosa)
    waiting = Correction.objects.get()
    review_actions.approve(waiting, by=edith, revision=waiting.segment.revision)
    assert b"".join(exporting_actions.write_articles([article], "text", choice=choice)) == before


def test_two_waiting_texts_of_one_person_become_one(article, rosa, edith):
    first, second = segments(article)[:2]
    review_actions.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review_actions.submit(second, by=rosa, revision=1, text="Personne ne riait.")
    do("merge", article, 1, by=rosa)
    waiting = Correction.objects.get()
    assert (waiting.status, waiting.text) == ("submitted", "Le maire parla. Personne ne riait.")
    operations.undo(article, by=rosa)
    assert [row.status for row in segments(article)[:2]] == ["waiting", "waiting"]
    assert Correction.objects.count() == 2


def test_nobody_gets_to_decide_on_their_own_words_by_merging(article, rosa, edith):
    first, second = segments(article)[:2]
    review_actions.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review_actions.submit(second, by=edith, revision=1, text="Personne ne riait.")
    with pytest.raises(workflow.Refused, match="two people"):
        do("merge", article, 1, by=rosa)
    assert len(segments(article)) == 4


def test_two_people_are_no_obstacle_where_only_one_of_them_changed_the_words(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    first, second = segments(article)[:2]
    review_actions.submit(first, by=rosa, revision=2, text="Le maire parla. Personne n’a ri.")
    review_actions.submit(second, by=edith, revision=1, text="Puis il plut.")
    do("shift", article, 1, by=rosa, side="target", direction="down")
    rows = Correction.objects.order_by("segment__position").values_list("author__username", "text")
    assert list(rows) == [("rosa", "Le maire parla."), ("edith", "Personne n’a ri. Puis il plut.")]


def test_a_draft_on_an_approved_text_is_cut_with_it(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    approved = review_actions.submit(
        merged, by=rosa, revision=2, text="Le maire parla. Personne n’a ri."
    )
    review_actions.approve(approved, by=edith, revision=3)
    review_actions.reopen(merged, by=rosa, revision=4)
    review_actions.save_draft(
        merged, by=edith, revision=5, text="Le maire parla. Personne ne riait."
    )
    do("split", article, 1, by=rosa)
    rows = list(
        Correction.objects.order_by("segment__position").values_list(
            "segment__position", "status", "text"
        )
    )
    assert rows == [(1, "approved", "Le maire parla."), (2, "draft", "Personne ne riait.")]


def test_a_correction_over_several_segments_stays_with_those_it_changes(article, rosa):
    for _each in range(2):
        do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    review_actions.submit(
        merged, by=rosa, revision=3, text="Le maire parla. Personne n’a ri. Puis il a bien plu."
    )
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    do("split", article, 2, by=rosa, source_at=16, target_at=17)
    assert [
        (each.status, [row.text for row in each.corrections.all()])
        for each in segments(article)[:3]
    ] == [
        ("waiting", ["Le maire parla."]),
        ("to_review", []),
        ("waiting", ["Puis il a bien plu."]),
    ]
    do("merge", article, 2, by=rosa)
    assert [row.text for row in segments(article)[1].corrections.all()] == [
        "Personne n’a ri. Puis il a bien plu."
    ]


def test_history_is_cut_too(article, rosa, edith):
    first = segments(article)[0]
    row = make_correction(first, by=rosa, text="Le maire dit.", status="rejected", decided_by=edith)
    do("merge", article, 1, by=rosa)
    row.refresh_from_db()
    assert (row.status, row.reason, row.text) == (
        "rejected",
        "Not yet.",
        "Le maire dit. Personne n’a ri.",
    )


def test_the_repair_of_an_omission_goes_with_it(rosa, edith):
    article = make_article(
        [("The mayor spoke.", "Le maire a parlé."), ("Nobody laughed.", ""), PAIRS[2]]
    )
    repair = make_correction(
        segments(article)[1], by=rosa, text="Personne n’a ri.", status="approved", decided_by=edith
    )
    before = exported(article)
    assert before == "Le maire a parlé. Personne n’a ri. Puis il a plu."
    for at in (1, 2):
        do("merge", article, at, by=rosa)
        assert "Personne n’a ri." in review_actions.current_text(segments(article)[at - 1])
        assert exported(article) == before
        do("split", article, at, by=rosa, source_at=16, target_at=0 if at == 2 else 1000)
        repair.refresh_from_db()
        assert (repair.segment.source_text, repair.text) == ("Nobody laughed.", "Personne n’a ri.")
        assert exported(article) == before
