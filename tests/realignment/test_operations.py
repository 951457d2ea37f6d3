"""A wrong pairing is mended: each act, its preview and its undo, and what is refused."""

import pytest

from articles.models import Event
from articles.realignment import operations
from articles.review import actions, workflow
from tests.factories import make_article, make_correction, make_flag
from tests.realignment.article import PAIRS, do, seen, segments, shapes, texts

# ── each act works ───────────────────────────────────────────────────────────


def test_merging_makes_one_of_two(article, rosa):
    first = segments(article)[0]
    event = do("merge", article, 1, by=rosa)
    assert texts(article)[0] == (
        "The mayor spoke. Nobody laughed.",
        "Le maire a parlé. Personne n’a ri.",
    )
    assert [each.position for each in segments(article)] == [1, 2, 3]
    merged = segments(article)[0]
    assert (merged.pk, merged.revision, merged.status, merged.score) == (
        first.pk,
        2,
        "to_review",
        1.0,
    )
    assert (event.act, event.actor, event.segment, event.details["how"]) == (
        "realigned",
        rosa,
        merged,
        "merge",
    )


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
    assert [
        (row.source_to - row.source_from, row.target_to - row.target_from) for row in rows
    ] == expected
    assert [row.position for row in segments(article)] == [1, 2, 3]


def test_one_beside_one_is_split_into_an_omission_and_an_addition(article, rosa):
    do("split", article, 2, by=rosa, source_at=15, target_at=0)
    assert texts(article)[1:3] == [("Nobody laughed.", ""), ("", "Personne n’a ri.")]


@pytest.mark.parametrize(
    ("at", "side", "direction", "expected"),
    [
        (
            1,
            "target",
            "down",
            [("The mayor spoke.", ""), ("Nobody laughed.", "Le maire a parlé. Personne n’a ri.")],
        ),
        (
            2,
            "target",
            "up",
            [("The mayor spoke.", "Le maire a parlé. Personne n’a ri."), ("Nobody laughed.", "")],
        ),
        (
            2,
            "source",
            "up",
            [("The mayor spoke. Nobody laughed.", "Le maire a parlé."), ("", "Personne n’a ri.")],
        ),
    ],
)
def test_shifting_moves_one_sentence_over_the_boundary(
    article, rosa, at, side, direction, expected
):
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
    actions.confirm(fourth, by=rosa, revision=1)
    do("align_again", article, 1, by=rosa)
    after = texts(article)
    assert ("The mayor opened the bridge on Monday.", "Le maire a inauguré le pont lundi.") in after
    assert after[-2:] == [("It rained in the evening.", ""), ("", "Il a plu dans la soirée.")]
    fourth.refresh_from_db()
    assert (fourth.status, fourth.revision) == ("done", 2)
    do("align_again", article, fourth.position + 1, by=rosa)
    assert texts(article)[-1] == ("It rained in the evening.", "Il a plu dans la soirée.")
    with pytest.raises(workflow.Refused, match="changes nothing here"):
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
    shown = operations.preview("align_again", segments(article)[0])
    assert [segment.position for segment in shown.before] == [2, 3, 4, 5, 6]
    assert [pair.changed for pair in shown.pairs] == [True, False, True]
    operations.align_again(segments(article)[0], by=rosa, revisions=seen(article))
    assert [(each.pk, each.revision) for each in segments(article) if each.pk in kept] == [
        (pk, 1) for pk in kept
    ]
    assert [each.position for each in segments(article)] == [1, 2, 3, 4, 5]
    operations.undo(article, by=rosa)
    assert [segments(article)[at].pk for at in (0, 3, 6)] == kept


def test_undoing_brings_everything_back(article, rosa):
    before, ids = shapes(article), [each.pk for each in segments(article)]
    do("merge", article, 1, by=rosa)
    do("shift", article, 1, by=rosa, side="source", direction="down")
    for _each in range(2):
        operations.undo(article, by=rosa)
    assert shapes(article) == before
    assert [each.pk for each in segments(article)] == ids
    assert all(each.revision == 5 for each in segments(article)[:2])


# ── twice, invalid, not allowed, stale ───────────────────────────────────────


def test_twice_is_stale(article, rosa):
    revisions, first = seen(article), segments(article)[0]
    operations.merge(first, by=rosa, revisions=revisions)
    with pytest.raises(workflow.Stale):
        operations.merge(first, by=rosa, revisions=revisions)
    assert len(segments(article)) == 3


def test_undoing_twice_goes_back_once_more_and_then_says_that_it_is_enough(article, rosa):
    do("merge", article, 1, by=rosa)
    operations.undo(article, by=rosa)
    with pytest.raises(workflow.Refused, match="no change of alignment"):
        operations.undo(article, by=rosa)
    assert operations.why_not_undo(rosa, article) == "There is no change of alignment to undo."


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
    assert reason in operations.why_not(act, rosa, article.segments.get(position=at), **options)
    with pytest.raises(workflow.Refused, match=reason):
        do(act, article, at, by=rosa, **options)


def test_only_reviewers_may(article, rosa, otto):
    first = segments(article)[0]
    with pytest.raises(workflow.Refused, match="Only reviewers"):
        do("merge", article, 1, by=otto)
    assert "Only reviewers" in operations.why_not("merge", otto, first)
    assert operations.why_not("merge", rosa, first) is None
    do("merge", article, 1, by=rosa)
    assert "Only reviewers" in operations.why_not_undo(otto, article)
    assert operations.why_not_undo(rosa, article) is None


def test_undoing_does_not_part_what_is_done_either(article, rosa):
    do("merge", article, 1, by=rosa)
    actions.confirm(segments(article)[0], by=rosa, revision=2)
    assert (
        operations.why_not_undo(rosa, article)
        == "Segment 1: This segment is done; reopen it first."
    )
    with pytest.raises(workflow.Refused, match="reopen it first"):
        operations.undo(article, by=rosa)


@pytest.mark.parametrize("at", [1, 2])
def test_what_is_done_is_not_parted_unseen(article, rosa, at):
    actions.confirm(segments(article)[1], by=rosa, revision=1)
    with pytest.raises(workflow.Refused, match="done; reopen it first"):
        do("merge", article, at, by=rosa)
    assert "reopen it first" in operations.why_not("merge", rosa, segments(article)[at - 1])


def test_aligning_again_begins_after_what_is_confirmed(article, rosa, edith):
    make_correction(segments(article)[0], by=rosa, status="approved", decided_by=edith)
    assert "realign from a later one" in operations.why_not(
        "align_again", rosa, segments(article)[0]
    )
    assert operations.why_not("align_again", rosa, segments(article)[1]) is None


def test_every_segment_that_changes_must_have_been_seen_as_it_is(article, rosa):
    first, second, third, _last = segments(article)
    with pytest.raises(workflow.Stale):
        operations.merge(first, by=rosa, revisions={first.pk: 1})
    actions.flag(second, by=rosa, revision=1, values={"type": "Grammar", "severity": "minor"})
    with pytest.raises(workflow.Stale) as stale:
        operations.merge(first, by=rosa, revisions={first.pk: 1, second.pk: 1})
    assert stale.value.segment == second
    with pytest.raises(workflow.Stale):
        operations.merge(first, by=rosa, revisions={first.pk: 1, second.pk: 2, third.pk: 7})
    assert len(segments(article)) == 4


def test_a_segment_that_is_gone_is_stale(article, rosa):
    second = segments(article)[1]
    do("merge", article, 1, by=rosa)
    with pytest.raises(workflow.Stale):
        operations.merge(second, by=rosa, revisions={second.pk: 1})


def test_a_window_that_changed_while_it_was_thought_about_is_stale(article, rosa, monkeypatch):
    first, second, _third, _last = segments(article)
    real = operations.propose

    def slow(act, segment, **options):
        answer = real(act, segment, **options)
        monkeypatch.undo()
        operations.merge(second, by=rosa, revisions=seen(article))
        return answer

    revisions = seen(article)
    monkeypatch.setattr(operations, "propose", slow)
    with pytest.raises(workflow.Stale):
        operations.merge(first, by=rosa, revisions=revisions)
    assert len(segments(article)) == 3


def test_what_was_changed_again_is_not_undone(article, rosa):
    event = do("merge", article, 1, by=rosa)
    do("merge", article, 1, by=rosa)
    with pytest.raises(workflow.Refused, match="changed again since"):
        operations.undo(article, by=rosa, event=event)
    Event.objects.record("reimported", article=article, by=None)
    assert "no change of alignment" in operations.why_not_undo(rosa, article)


# ── the preview ──────────────────────────────────────────────────────────────


def test_the_preview_says_what_would_be_and_writes_nothing(article, rosa, edith):
    first, second = segments(article)[:2]
    make_flag(second, by=rosa, target_start=0, target_end=8, target_quote="Personne")
    make_correction(first, by=rosa, text="Le maire parla.", status="approved", decided_by=edith)
    shown = operations.preview("merge", first)
    assert shown.before == [first, second]
    assert shown.revisions == {first.pk: 1, second.pk: 1}
    [pair] = shown.pairs
    assert pair.changed
    assert pair.text == "Le maire parla. Personne n’a ri."
    assert pair.flags[0].target_span.of(pair.segment.target_text) == "Personne"
    assert pair.segment.status == "flagged"
    assert texts(article) == PAIRS
    assert Event.objects.count() == 0
    operations.merge(first, by=rosa, revisions=shown.revisions)
    back = operations.preview_undo(article)
    assert [pair.segment.target_text for pair in back.pairs] == [PAIRS[0][1], PAIRS[1][1]]
    assert [pair.text for pair in back.pairs] == ["Le maire parla.", "Personne n’a ri."]
