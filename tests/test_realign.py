"""A wrong pairing is mended, and no work is lost: flags, corrections, dismissals and history go with their words."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import checks, export, realign, review, workflow
from articles.checking import refresh_findings
from articles.models import Correction, Event, Finding, Flag, Segment
from tests.factories import make_article, make_correction, make_finding, make_flag

PAIRS = [
    ("The mayor spoke.", "Le maire a parlé."),
    ("Nobody laughed.", "Personne n’a ri."),
    ("Then it rained.", "Puis il a plu."),
    ("All went home.", "Tous sont rentrés."),
]


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    """The house has one check, a quick one."""
    for known in set(checks.CHECKS) - {"numbers"}:
        monkeypatch.delitem(checks.CHECKS, known)


@pytest.fixture
def article(db):
    return make_article(PAIRS)


def segments(article):
    return list(article.segments.order_by("position"))


def texts(article):
    return [(each.source_text, each.target_text) for each in segments(article)]


def shapes(article):
    return [
        (each.source_from, each.source_to, each.target_from, each.target_to, each.score) for each in segments(article)
    ]


def seen(article):
    return dict(article.segments.values_list("pk", "revision"))


def printed(article):
    return b"".join(export.written([article], "text")).decode()


def do(act, article, at, *, by, **options):
    """The act on the segment with that number, everything having been seen."""
    return getattr(realign, act)(article.segments.get(position=at), by=by, revisions=seen(article), **options)


# ── each act works ───────────────────────────────────────────────────────────


def test_merging_makes_one_of_two(article, rosa):
    first = segments(article)[0]
    event = do("merge", article, 1, by=rosa)
    assert texts(article)[0] == ("The mayor spoke. Nobody laughed.", "Le maire a parlé. Personne n’a ri.")
    assert [each.position for each in segments(article)] == [1, 2, 3]
    merged = segments(article)[0]
    assert (merged.pk, merged.revision, merged.status, merged.score) == (first.pk, 2, "to_review", 1.0)
    assert (event.act, event.actor, event.segment, event.details["how"]) == ("realigned", rosa, merged, "merge")


@pytest.mark.parametrize(
    ("carets", "expected"),
    [
        ((20, 3), [(1, 1), (2, 2)]),
        ((None, 3), [(1, 1), (2, 2)]),
        ((None, None), [(1, 1), (2, 2)]),
        ((40, 40), [(2, 2), (1, 1)]),
        ((0, 18), [(0, 1), (3, 2)]),
        ((17, 1000), [(1, 2), (2, 1)]),
    ],
)
def test_splitting_at_the_nearest_boundaries(article, rosa, carets, expected):
    do("merge", article, 1, by=rosa)
    do("merge", article, 1, by=rosa)
    do("split", article, 1, by=rosa, source_at=carets[0], target_at=carets[1])
    rows = segments(article)[:2]
    assert [(row.source_to - row.source_from, row.target_to - row.target_from) for row in rows] == expected
    assert [row.position for row in segments(article)] == [1, 2, 3]


def test_one_beside_one_is_split_into_an_omission_and_an_addition(article, rosa):
    do("split", article, 2, by=rosa, source_at=15, target_at=0)
    assert texts(article)[1:3] == [("Nobody laughed.", ""), ("", "Personne n’a ri.")]


@pytest.mark.parametrize(
    ("at", "side", "direction", "expected"),
    [
        (1, "target", "down", [("The mayor spoke.", ""), ("Nobody laughed.", "Le maire a parlé. Personne n’a ri.")]),
        (2, "target", "up", [("The mayor spoke.", "Le maire a parlé. Personne n’a ri."), ("Nobody laughed.", "")]),
        (2, "source", "up", [("The mayor spoke. Nobody laughed.", "Le maire a parlé."), ("", "Personne n’a ri.")]),
    ],
)
def test_shifting_moves_one_sentence_over_the_boundary(article, rosa, at, side, direction, expected):
    do("shift", article, at, by=rosa, side=side, direction=direction)
    assert texts(article)[:2] == expected


def test_a_segment_with_nothing_left_is_gone(article, rosa):
    do("shift", article, 2, by=rosa, side="target", direction="up")
    do("shift", article, 2, by=rosa, side="source", direction="up")
    assert len(segments(article)) == 3


def test_aligning_again_finds_the_pairs_and_keeps_what_is_confirmed(rosa):
    article = make_article(
        [
            ("The mayor opened the bridge on Monday.", "La rivière était calme ce jour-là."),
            ("The river was calm that day.", "Le maire a inauguré le pont lundi."),
            ("", "La rivière était calme ce jour-là."),
            ("Forty people came to the party.", "Quarante personnes sont venues à la fête."),
            ("It rained in the evening.", ""),
            ("", "Il a plu dans la soirée."),
        ]
    )
    fourth = segments(article)[3]
    review.confirm(fourth, by=rosa, revision=1)
    do("align_again", article, 1, by=rosa)
    after = texts(article)
    assert ("The mayor opened the bridge on Monday.", "Le maire a inauguré le pont lundi.") in after
    assert after[-2:] == [("It rained in the evening.", ""), ("", "Il a plu dans la soirée.")]
    fourth.refresh_from_db()
    assert (fourth.status, fourth.revision) == ("done", 2)
    do("align_again", article, fourth.position + 1, by=rosa)
    assert texts(article)[-1] == ("It rained in the evening.", "Il a plu dans la soirée.")
    with pytest.raises(workflow.Refused, match="same pairs"):
        do("align_again", article, fourth.position + 1, by=rosa)


def test_aligning_again_changes_only_what_is_wrong(rosa):
    article = make_article(
        [
            ("The mayor opened the bridge on Monday.", "Le maire a inauguré le pont lundi."),
            ("The river was calm that day.", ""),
            ("", "La rivière était calme ce jour-là."),
            ("Forty people came to the party.", "Quarante personnes sont venues à la fête."),
            ("It rained in the evening.", ""),
            ("", "Il a plu dans la soirée."),
            ("Everybody was home before midnight.", "Tout le monde était rentré avant minuit."),
        ]
    )
    kept = [segments(article)[at].pk for at in (0, 3, 6)]
    shown = realign.preview("align_again", segments(article)[0])
    assert [segment.position for segment in shown.before] == [2, 3, 4, 5, 6]
    assert [pair.changed for pair in shown.pairs] == [True, False, True]
    realign.align_again(segments(article)[0], by=rosa, revisions=seen(article))
    assert [(each.pk, each.revision) for each in segments(article) if each.pk in kept] == [(pk, 1) for pk in kept]
    assert [each.position for each in segments(article)] == [1, 2, 3, 4, 5]
    realign.undo(article, by=rosa)
    assert [segments(article)[at].pk for at in (0, 3, 6)] == kept


def test_undoing_brings_everything_back(article, rosa):
    before, ids = shapes(article), [each.pk for each in segments(article)]
    do("merge", article, 1, by=rosa)
    do("shift", article, 1, by=rosa, side="source", direction="down")
    for _each in range(2):
        realign.undo(article, by=rosa)
    assert shapes(article) == before
    assert [each.pk for each in segments(article)] == ids
    assert all(each.revision == 5 for each in segments(article)[:2])


# ── twice, invalid, not allowed, stale ───────────────────────────────────────


def test_twice_is_stale(article, rosa):
    revisions, first = seen(article), segments(article)[0]
    realign.merge(first, by=rosa, revisions=revisions)
    with pytest.raises(workflow.Stale):
        realign.merge(first, by=rosa, revisions=revisions)
    assert len(segments(article)) == 3


def test_undoing_twice_goes_back_once_more_and_then_says_that_it_is_enough(article, rosa):
    do("merge", article, 1, by=rosa)
    realign.undo(article, by=rosa)
    with pytest.raises(workflow.Refused, match="no change of the pairing"):
        realign.undo(article, by=rosa)
    assert realign.why_not_undo(rosa, article) == "There is no change of the pairing to undo."


@pytest.mark.parametrize(
    ("act", "at", "options", "reason"),
    [
        ("merge", 4, {}, "no next segment"),
        ("shift", 1, {"side": "target", "direction": "up"}, "no segment before"),
        ("shift", 4, {"side": "target", "direction": "down"}, "no segment after"),
        ("shift", 5, {"side": "target", "direction": "up"}, "no words on this side"),
        ("split", 5, {}, "only one sentence"),
    ],
)
def test_what_is_not_possible_says_why(article, rosa, act, at, options, reason):
    if at == 5:
        do("split", article, 4, by=rosa, source_at=0, target_at=100)
    assert reason in realign.why_not(act, rosa, article.segments.get(position=at), **options)
    with pytest.raises(workflow.Refused, match=reason):
        do(act, article, at, by=rosa, **options)


def test_only_reviewers_may(article, rosa, otto):
    first = segments(article)[0]
    with pytest.raises(workflow.Refused, match="Only reviewers"):
        do("merge", article, 1, by=otto)
    assert "Only reviewers" in realign.why_not("merge", otto, first)
    assert realign.why_not("merge", rosa, first) is None
    do("merge", article, 1, by=rosa)
    assert "Only reviewers" in realign.why_not_undo(otto, article)
    assert realign.why_not_undo(rosa, article) is None


def test_undoing_does_not_part_what_is_done_either(article, rosa):
    do("merge", article, 1, by=rosa)
    review.confirm(segments(article)[0], by=rosa, revision=2)
    assert realign.why_not_undo(rosa, article) == "Segment 1: This segment is done; reopen it first."
    with pytest.raises(workflow.Refused, match="reopen it first"):
        realign.undo(article, by=rosa)


@pytest.mark.parametrize("at", [1, 2])
def test_what_is_done_is_not_parted_unseen(article, rosa, at):
    review.confirm(segments(article)[1], by=rosa, revision=1)
    with pytest.raises(workflow.Refused, match="done; reopen it first"):
        do("merge", article, at, by=rosa)
    assert "reopen it first" in realign.why_not("merge", rosa, segments(article)[at - 1])


def test_aligning_again_begins_after_what_is_confirmed(article, rosa, edith):
    make_correction(segments(article)[0], by=rosa, status="approved", decided_by=edith)
    assert "align again from a later one" in realign.why_not("align_again", rosa, segments(article)[0])
    assert realign.why_not("align_again", rosa, segments(article)[1]) is None


def test_every_segment_that_changes_must_have_been_seen_as_it_is(article, rosa):
    first, second, third, _last = segments(article)
    with pytest.raises(workflow.Stale):
        realign.merge(first, by=rosa, revisions={first.pk: 1})
    review.flag(second, by=rosa, revision=1, values={"type": "Grammar", "severity": "minor"})
    with pytest.raises(workflow.Stale) as stale:
        realign.merge(first, by=rosa, revisions={first.pk: 1, second.pk: 1})
    assert stale.value.segment == second
    with pytest.raises(workflow.Stale):
        realign.merge(first, by=rosa, revisions={first.pk: 1, second.pk: 2, third.pk: 7})
    assert len(segments(article)) == 4


def test_a_segment_that_is_gone_is_stale(article, rosa):
    second = segments(article)[1]
    do("merge", article, 1, by=rosa)
    with pytest.raises(workflow.Stale):
        realign.merge(second, by=rosa, revisions={second.pk: 1})


def test_a_window_that_changed_while_it_was_thought_about_is_stale(article, rosa, monkeypatch):
    first, second, _third, _last = segments(article)
    real = realign.propose

    def slow(act, segment, **options):
        answer = real(act, segment, **options)
        monkeypatch.undo()
        realign.merge(second, by=rosa, revisions=seen(article))
        return answer

    revisions = seen(article)
    monkeypatch.setattr(realign, "propose", slow)
    with pytest.raises(workflow.Stale):
        realign.merge(first, by=rosa, revisions=revisions)
    assert len(segments(article)) == 3


def test_what_was_changed_again_is_not_undone(article, rosa):
    event = do("merge", article, 1, by=rosa)
    do("merge", article, 1, by=rosa)
    with pytest.raises(workflow.Refused, match="changed again since"):
        realign.undo(article, by=rosa, event=event)
    Event.objects.record("reimported", article=article, by=None)
    assert "no change of the pairing" in realign.why_not_undo(rosa, article)


# ── the preview ──────────────────────────────────────────────────────────────


def test_the_preview_says_what_would_be_and_writes_nothing(article, rosa, edith):
    first, second = segments(article)[:2]
    make_flag(second, by=rosa, target_start=0, target_end=8, target_quote="Personne")
    make_correction(first, by=rosa, text="Le maire parla.", status="approved", decided_by=edith)
    shown = realign.preview("merge", first)
    assert shown.before == [first, second]
    assert shown.revisions == {first.pk: 1, second.pk: 1}
    [pair] = shown.pairs
    assert pair.changed
    assert pair.text == "Le maire parla. Personne n’a ri."
    assert pair.flags[0].target_span.of(pair.segment.target_text) == "Personne"
    assert pair.segment.status == "flagged"
    assert texts(article) == PAIRS
    assert Event.objects.count() == 0
    realign.merge(first, by=rosa, revisions=shown.revisions)
    back = realign.preview_undo(article)
    assert [pair.segment.target_text for pair in back.pairs] == [PAIRS[0][1], PAIRS[1][1]]
    assert [pair.text for pair in back.pairs] == ["Le maire parla.", "Personne n’a ri."]


# ── flags ────────────────────────────────────────────────────────────────────


def test_flags_keep_their_words_and_their_comments(article, rosa):
    flag = make_flag(
        segments(article)[1], by=rosa, comment="Who?", source_start=0, source_end=6, source_quote="Nobody", caret=8
    )
    do("merge", article, 1, by=rosa)
    flag.refresh_from_db()
    assert flag.source_span.of(flag.segment.source_text) == "Nobody"
    assert flag.segment.target_text[flag.caret - 8 : flag.caret] == "Personne"
    assert (flag.comment, flag.segment.status, flag.needs_locating) == ("Who?", "flagged", False)


def test_a_flag_whose_sides_part_stays_with_its_target_words_and_says_so(article, rosa):
    flag = make_flag(
        segments(article)[1],
        by=rosa,
        source_start=0,
        source_end=6,
        source_quote="Nobody",
        target_start=0,
        target_end=8,
        target_quote="Personne",
    )
    do("shift", article, 2, by=rosa, side="target", direction="up")
    flag.refresh_from_db()
    assert flag.segment.position == 1
    assert flag.target_span.of(flag.segment.target_text) == "Personne"
    assert (flag.source_span, flag.source_quote, flag.needs_locating) == (None, "Nobody", True)
    realign.undo(article, by=rosa)
    flag.refresh_from_db()
    assert (flag.segment.position, flag.source_span, flag.needs_locating) == (2, (0, 6), False)


def test_an_omission_stays_with_its_source_words(article, rosa):
    omission = make_flag(segments(article)[1], by=rosa, source_start=0, source_end=6, source_quote="Nobody", caret=10)
    edge = make_flag(segments(article)[1], by=rosa, source_start=0, source_end=6, source_quote="Nobody", caret=0)
    do("shift", article, 2, by=rosa, side="target", direction="up")
    for flag in (omission, edge):
        flag.refresh_from_db()
        assert flag.segment.source_text == "Nobody laughed."
    assert (omission.caret, omission.needs_locating) == (None, True)
    realign.undo(article, by=rosa)
    for flag in (omission, edge):
        flag.refresh_from_db()
    assert (omission.caret, omission.needs_locating) == (10, False)


def test_marking_by_hand_what_was_lost_is_found_again_when_the_words_come_back(article, rosa):
    flag = make_flag(segments(article)[0], by=rosa, source_quote="Nobody", needs_locating=True)
    do("merge", article, 1, by=rosa)
    flag.refresh_from_db()
    assert flag.source_span.of(flag.segment.source_text) == "Nobody"
    assert not flag.needs_locating


def test_flags_without_a_place_follow_their_segment_and_a_caret_its_place(article, rosa):
    second = segments(article)[1]
    whole = make_flag(second, by=rosa)
    caret = make_flag(second, by=rosa, caret=3)
    do("merge", article, 1, by=rosa)
    realign.undo(article, by=rosa)
    for flag in (whole, caret):
        flag.refresh_from_db()
        assert flag.segment.position == 2
    assert caret.caret == 3
    do("merge", article, 1, by=rosa)
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    caret.refresh_from_db()
    assert (caret.segment.position, caret.caret) == (2, 3)


# ── corrections ──────────────────────────────────────────────────────────────


def test_an_approved_text_goes_to_print_as_it_did(article, rosa, edith):
    first = segments(article)[0]
    row = make_correction(first, by=rosa, text="Le maire a bien parlé.", status="approved", decided_by=edith)
    made = Correction.objects.get(pk=row.pk)
    before = printed(article)
    do("merge", article, 1, by=rosa)
    row.refresh_from_db()
    assert (row.before, row.text) == (
        "Le maire a parlé. Personne n’a ri.",
        "Le maire a bien parlé. Personne n’a ri.",
    )
    assert (row.created_at, row.updated_at, row.decided_at) == (made.created_at, made.updated_at, made.decided_at)
    assert printed(article) == before
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    row.refresh_from_db()
    assert (row.segment.position, row.text) == (1, "Le maire a bien parlé.")
    assert Correction.objects.count() == 1
    assert printed(article) == before


def test_a_correction_whose_words_do_not_change_place_is_the_same_row(article, rosa):
    row = make_correction(segments(article)[0], by=rosa, status="submitted")
    Segment.objects.filter(pk=row.segment_id).update(status="waiting")
    do("shift", article, 2, by=rosa, side="source", direction="up")
    row.refresh_from_db()
    assert (row.segment.position, row.segment.status, row.text) == (1, "waiting", "Le maire a bien parlé.")


def test_two_approved_texts_become_one_and_the_other_stays_in_history(article, rosa, edith, ada):
    first, second = segments(article)[:2]
    make_correction(first, by=rosa, text="Le maire a bien parlé.", status="approved", decided_by=edith)
    other = make_correction(second, by=edith, text="Personne ne riait.", status="approved", decided_by=ada)
    before = printed(article)
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert review.current_text(merged) == "Le maire a bien parlé. Personne ne riait."
    other.refresh_from_db()
    assert (other.status, other.author, other.decided_by) == ("replaced", edith, ada)
    assert printed(article) == before
    realign.undo(article, by=rosa)
    other.refresh_from_db()
    assert (other.status, other.text, other.segment.position) == ("approved", "Personne ne riait.", 2)
    assert printed(article) == before


def test_a_longer_correction_is_cut_in_two(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    text = "Hier, le maire a parlé. Et personne n’a ri du tout."
    review.approve(review.submit(merged, by=rosa, revision=2, text=text), by=edith, revision=3)
    review.reopen(merged, by=rosa, revision=4)
    before = printed(article)
    do("split", article, 1, by=rosa)
    rows = segments(article)[:2]
    assert [review.current_text(row) for row in rows] == ["Hier, le maire a parlé.", "Et personne n’a ri du tout."]
    assert printed(article) == before
    assert [row.corrections.get().author for row in rows] == [rosa, rosa]


def test_what_cannot_be_cut_without_changing_the_approved_text_is_refused(rosa, edith):
    article = make_article(PAIRS, joint="\n\n")
    do("merge", article, 1, by=rosa)
    row = make_correction(
        segments(article)[0], by=rosa, text="Le maire parla, et personne ne rit.", status="approved", decided_by=edith
    )
    with pytest.raises(workflow.Refused, match="would change the approved text"):
        do("split", article, 1, by=rosa)
    row.refresh_from_db()
    assert row.text == "Le maire parla, et personne ne rit."


def test_drafts_of_one_person_are_joined_in_reading_order(article, rosa, edith):
    first, second = segments(article)[:2]
    review.save_draft(second, by=rosa, revision=1, text="Personne ne riait.")
    review.save_draft(first, by=rosa, revision=1, text="Le maire parla.")
    review.save_draft(second, by=edith, revision=1, text="Nul n’a ri.")
    do("merge", article, 1, by=rosa)
    drafts = dict(segments(article)[0].corrections.values_list("author__username", "text"))
    assert drafts == {"rosa": "Le maire parla. Personne ne riait.", "edith": "Le maire a parlé. Nul n’a ri."}
    realign.undo(article, by=rosa)
    drafts = sorted(Correction.objects.values_list("segment__position", "author__username", "text"))
    assert drafts == [
        (1, "rosa", "Le maire parla."),
        (2, "edith", "Nul n’a ri."),
        (2, "rosa", "Personne ne riait."),
    ]


def test_a_draft_that_changes_nothing_yet_is_no_obstacle(article, rosa):
    first, second = segments(article)[:2]
    review.save_draft(first, by=rosa, revision=1, text=first.target_text)
    review.save_draft(second, by=rosa, revision=1, text=second.target_text)
    do("merge", article, 1, by=rosa)
    assert Correction.objects.get().status == "draft"


def test_what_waits_goes_on_waiting_and_a_draft_beside_it_is_not_lost(article, rosa):
    first, second = segments(article)[:2]
    waiting = review.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review.save_draft(second, by=rosa, revision=1, text="Personne ne riait.")
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert merged.status == "waiting"
    waiting.refresh_from_db()
    assert waiting.text == "Le maire parla. Personne n’a ri."
    review.withdraw(waiting, by=rosa, revision=merged.revision)
    assert Correction.objects.get().text == "Le maire parla. Personne ne riait."


def test_what_waited_earlier_is_exported_whole_after_a_merge(article, rosa, edith):
    first = segments(article)[0]
    review.submit(first, by=rosa, revision=1, text="Le maire parla.")
    choice = export.Choice("everything", timezone.now())
    before = b"".join(export.written([article], "text", choice=choice))
    do("merge", article, 1, by=rosa)
    waiting = Correction.objects.get()
    review.approve(waiting, by=edith, revision=waiting.segment.revision)
    assert b"".join(export.written([article], "text", choice=choice)) == before


def test_two_waiting_texts_of_one_person_become_one(article, rosa, edith):
    first, second = segments(article)[:2]
    review.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review.submit(second, by=rosa, revision=1, text="Personne ne riait.")
    do("merge", article, 1, by=rosa)
    waiting = Correction.objects.get()
    assert (waiting.status, waiting.text) == ("submitted", "Le maire parla. Personne ne riait.")
    realign.undo(article, by=rosa)
    assert [row.status for row in segments(article)[:2]] == ["waiting", "waiting"]
    assert Correction.objects.count() == 2


def test_nobody_gets_to_decide_on_their_own_words_by_merging(article, rosa, edith):
    first, second = segments(article)[:2]
    review.submit(first, by=rosa, revision=1, text="Le maire parla.")
    review.submit(second, by=edith, revision=1, text="Personne ne riait.")
    with pytest.raises(workflow.Refused, match="two people"):
        do("merge", article, 1, by=rosa)
    assert len(segments(article)) == 4


def test_two_people_are_no_obstacle_where_only_one_of_them_changed_the_words(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    first, second = segments(article)[:2]
    review.submit(first, by=rosa, revision=2, text="Le maire parla. Personne n’a ri.")
    review.submit(second, by=edith, revision=1, text="Puis il plut.")
    do("shift", article, 1, by=rosa, side="target", direction="down")
    rows = Correction.objects.order_by("segment__position").values_list("author__username", "text")
    assert list(rows) == [("rosa", "Le maire parla."), ("edith", "Personne n’a ri. Puis il plut.")]


def test_a_draft_on_an_approved_text_is_cut_with_it(article, rosa, edith):
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    approved = review.submit(merged, by=rosa, revision=2, text="Le maire parla. Personne n’a ri.")
    review.approve(approved, by=edith, revision=3)
    review.reopen(merged, by=rosa, revision=4)
    review.save_draft(merged, by=edith, revision=5, text="Le maire parla. Personne ne riait.")
    do("split", article, 1, by=rosa)
    rows = list(Correction.objects.order_by("segment__position").values_list("segment__position", "status", "text"))
    assert rows == [(1, "approved", "Le maire parla."), (2, "draft", "Personne ne riait.")]


def test_a_correction_over_several_segments_stays_with_those_it_changes(article, rosa):
    for _each in range(2):
        do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    review.submit(merged, by=rosa, revision=3, text="Le maire parla. Personne n’a ri. Puis il a bien plu.")
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    do("split", article, 2, by=rosa, source_at=16, target_at=17)
    assert [(each.status, [row.text for row in each.corrections.all()]) for each in segments(article)[:3]] == [
        ("waiting", ["Le maire parla."]),
        ("to_review", []),
        ("waiting", ["Puis il a bien plu."]),
    ]
    do("merge", article, 2, by=rosa)
    assert [row.text for row in segments(article)[1].corrections.all()] == ["Personne n’a ri. Puis il a bien plu."]


def test_history_is_cut_too(article, rosa, edith):
    first = segments(article)[0]
    row = make_correction(first, by=rosa, text="Le maire dit.", status="rejected", decided_by=edith)
    do("merge", article, 1, by=rosa)
    row.refresh_from_db()
    assert (row.status, row.reason, row.text) == ("rejected", "Not yet.", "Le maire dit. Personne n’a ri.")


def test_the_repair_of_an_omission_goes_with_it(rosa, edith):
    article = make_article([("The mayor spoke.", "Le maire a parlé."), ("Nobody laughed.", ""), PAIRS[2]])
    repair = make_correction(
        segments(article)[1], by=rosa, text="Personne n’a ri.", status="approved", decided_by=edith
    )
    before = printed(article)
    assert before == "Le maire a parlé. Personne n’a ri. Puis il a plu."
    for at in (1, 2):
        do("merge", article, at, by=rosa)
        assert "Personne n’a ri." in review.current_text(segments(article)[at - 1])
        assert printed(article) == before
        do("split", article, at, by=rosa, source_at=16, target_at=0 if at == 2 else 1000)
        repair.refresh_from_db()
        assert (repair.segment.source_text, repair.text) == ("Nobody laughed.", "Personne n’a ri.")
        assert printed(article) == before


# ── findings and history ─────────────────────────────────────────────────────


def test_a_dismissed_finding_stays_dismissed_and_a_taken_one_with_its_flag(rosa):
    article = make_article(
        [
            ("He paid 40 euros.", "Il a payé 50 euros."),
            ("She paid 12 euros.", "Elle a payé 13 euros."),
            ("It rained.", "Il a plu."),
        ]
    )
    refresh_findings(article)
    first, second = segments(article)[:2]
    for finding in first.findings.all():
        review.dismiss(finding, by=rosa, revision=Segment.objects.get(pk=first.pk).revision, reason="wrong")
    taken = second.findings.filter(check_id="numbers").first()
    flag = review.flag(
        second, by=rosa, revision=1, finding=taken, values={"type": "Mistranslation", "severity": "major"}
    )
    numbers = first.findings.filter(check_id="numbers").count()
    assert numbers
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert merged.findings.filter(check_id="numbers", status="dismissed").count() == numbers
    flag.refresh_from_db()
    assert (flag.finding.status, flag.finding.segment) == ("taken", merged)
    assert not merged.findings.filter(check_id="numbers", status="open").exists()
    for finding in merged.findings.filter(check_id="numbers"):
        for span in finding.target_spans:
            assert merged.target_text[slice(*span)] in ("50", "13")
    realign.undo(article, by=rosa)
    kinds = [
        set(each.findings.filter(check_id="numbers").values_list("status", flat=True)) for each in segments(article)
    ]
    assert kinds == [{"dismissed"}, {"taken"}, set()]


def test_findings_that_part_are_remembered(article, rosa):
    second = segments(article)[1]
    both = make_finding(
        second, status="dismissed", decided_by=rosa, decided_at=second.article.created_at, target_spans=[[0, 8]]
    )
    foreign = make_finding(second, finder="tool", source_spans=[[0, 6]], caret=None, fingerprint="x")
    gone = make_finding(second, fingerprint="y")
    parted = make_finding(second, finder="tool", source_spans=[[0, 6]], target_spans=[[0, 8]], fingerprint="z")
    do("shift", article, 2, by=rosa, side="target", direction="up")
    both.refresh_from_db()
    assert (both.status, both.source_spans) == ("dismissed", [])
    foreign.refresh_from_db()
    assert foreign.segment.source_text == "Nobody laughed."
    assert not Finding.objects.filter(pk__in=[gone.pk, parted.pk]).exists()


def test_the_same_dismissal_twice_in_one_segment_is_one(rosa):
    article = make_article([("It rained.", "Il a plu."), ("It rained.", "Il a plu.")])
    rows = []
    for segment in segments(article):
        finding = make_finding(
            segment, status="taken", decided_by=rosa, decided_at=article.created_at, caret=None, fingerprint="x"
        )
        rows.append(make_flag(segment, by=rosa, finding=finding))
    do("merge", article, 1, by=rosa)
    assert {Flag.objects.get(pk=row.pk).finding for row in rows} == {Finding.objects.get(status="taken")}


def test_a_finding_on_the_whole_pair_is_remembered_for_the_undo(rosa, monkeypatch):
    def doubt(pair, facts):
        if pair.source == "Nobody laughed.":
            yield checks.Finding(check="whole", type="Omission", severity="minor", score=0.9, message="Odd.")

    check = checks.Check(id="whole", type="Omission", severity="minor", title="t", help="h", run=doubt)
    monkeypatch.setitem(checks.CHECKS, "whole", check)
    article = make_article(PAIRS)
    refresh_findings(article)
    finding = Finding.objects.get(check_id="whole")
    flag = review.flag(finding.segment, by=rosa, revision=1, finding=finding, values={"type": "Omission"})
    do("merge", article, 1, by=rosa)
    realign.undo(article, by=rosa)
    flag.refresh_from_db()
    finding = Finding.objects.get(check_id="whole")
    assert (finding.status, finding.segment.source_text, flag.finding) == ("taken", "Nobody laughed.", finding)


def test_history_goes_with_the_words(article, rosa):
    second = segments(article)[1]
    mark = {"type": "Grammar", "severity": "minor", "target_start": 0, "target_end": 8, "target_quote": "Personne"}
    review.flag(second, by=rosa, revision=1, values=mark)
    review.submit(second, by=rosa, revision=2, text="Personne ne riait.")
    review.withdraw(Correction.objects.get(), by=rosa, revision=3)
    review.dismiss(make_finding(second), by=rosa, revision=4, reason="wrong")
    acts = {"flagged", "submitted", "withdrawn", "dismissed"}
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert set(merged.events.values_list("act", flat=True)) == acts | {"realigned"}
    realign.undo(article, by=rosa)
    assert set(segments(article)[1].events.values_list("act", flat=True)) >= acts
    do("shift", article, 2, by=rosa, side="target", direction="up")
    assert {event.segment.position for event in Event.objects.filter(act__in=["flagged", "submitted"])} == {1}


# ── any order of acts ────────────────────────────────────────────────────────

WORDS = st.sampled_from(["maire", "pont", "hier", "jamais", "a parlé", "ri", "12 euros"])
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words).capitalize() + ".")
PAIR = st.tuples(SENTENCE, SENTENCE) | st.tuples(SENTENCE, st.just("")) | st.tuples(st.just(""), SENTENCE)
PLACE = st.integers(0, 60)
ACT = st.one_of(
    st.tuples(st.just("merge"), PLACE, st.just({})),
    st.tuples(
        st.just("split"),
        PLACE,
        st.fixed_dictionaries({"source_at": PLACE | st.none(), "target_at": PLACE | st.none()}),
    ),
    st.tuples(
        st.just("shift"),
        PLACE,
        st.fixed_dictionaries(
            {"side": st.sampled_from(["source", "target"]), "direction": st.sampled_from(["up", "down"])}
        ),
    ),
    st.tuples(st.just("undo"), PLACE, st.just({})),
)


def put_work(article, data, rosa, edith):
    """Flags on random words and corrections of random kinds."""
    for segment in segments(article):
        for side in ("source", "target"):
            text = getattr(segment, f"{side}_text")
            if text and data.draw(st.booleans()):
                start, end = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2)))
                values = {f"{side}_start": start, f"{side}_end": end, f"{side}_quote": text[start:end]}
                make_flag(segment, by=rosa, caret=data.draw(st.integers(0, len(segment.target_text))), **values)
        status = data.draw(st.sampled_from(["none", "draft", "approved", "submitted", "rejected"]))
        if status != "none":
            words = data.draw(st.sampled_from(["", "Oui. ", "Et "])) + segment.target_text
            words += data.draw(st.sampled_from(["", " Non.", " et fin."]))
            decider = edith if status in ("approved", "rejected") else None
            if status == "submitted":
                Segment.objects.filter(pk=segment.pk).update(status="waiting")
            make_correction(segment, by=rosa, text=words.strip() or "Mot.", status=status, decided_by=decider)


def whole(article, side):
    """The segments' texts with the gaps between them."""
    text, at, pieces = getattr(article, side).text, 0, []
    for each in segments(article):
        start, end = getattr(each, f"{side}_start"), getattr(each, f"{side}_end")
        pieces += [text[at:start], getattr(each, f"{side}_text")]
        at = end
    return "".join([*pieces, text[at:]])


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(PAIR, min_size=2, max_size=5), st.sampled_from([" ", "\n", "\n\n"]), st.data())
def test_no_order_of_acts_loses_or_moves_a_word(rosa, edith, pairs, joint, data):
    article = make_article(pairs, joint=joint)
    put_work(article, data, rosa, edith)
    print_before, flags = printed(article), Flag.objects.filter(segment__article=article).count()
    typed = set(" ".join(Correction.objects.filter(segment__article=article).values_list("text", flat=True)).split())
    for act, at, options in data.draw(st.lists(ACT, min_size=1, max_size=6)):
        before = shapes(article)
        place = at % len(before) + 1
        try:
            if act == "undo":
                realign.undo(article, by=rosa)
            else:
                do(act, article, place, by=rosa, **options)
                if data.draw(st.booleans()):
                    realign.undo(article, by=rosa)
                    assert shapes(article) == before
        except workflow.Refused:
            assert shapes(article) == before
        assert [each.position for each in segments(article)] == list(range(1, len(segments(article)) + 1))
        for side in ("source", "target"):
            assert whole(article, side) == getattr(article, side).text
        assert printed(article) == print_before
        assert Flag.objects.filter(segment__article=article).count() == flags
        for flag in Flag.objects.filter(segment__article=article).select_related("segment"):
            for side, span in (("source", flag.source_span), ("target", flag.target_span)):
                quote = getattr(flag, f"{side}_quote")
                assert span is None or span.of(getattr(flag.segment, f"{side}_text")) == quote
                assert span or not quote or flag.needs_locating
        now = " ".join(Correction.objects.filter(segment__article=article).values_list("text", flat=True)).split()
        assert typed <= {*now, *whole(article, "target").split()}
        for segment in segments(article):
            waits = segment.corrections.filter(status="submitted").exists()
            assert (segment.status == "waiting") == waits
