"""Flags go with their words when segments are realigned."""

from articles.realignment import operations
from tests.factories import make_flag
from tests.realignment.article import do, segments


def test_flags_keep_their_words_and_their_comments(article, rosa):
    flag = make_flag(
        segments(article)[1],
        by=rosa,
        comment="Who?",
        source_start=0,
        source_end=6,
        source_quote="Nobody",
        caret=8,
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
    operations.undo(article, by=rosa)
    flag.refresh_from_db()
    assert (flag.segment.position, flag.source_span, flag.needs_locating) == (2, (0, 6), False)


def test_an_omission_stays_with_its_source_words(article, rosa):
    omission = make_flag(
        segments(article)[1], by=rosa, source_start=0, source_end=6, source_quote="Nobody", caret=10
    )
    edge = make_flag(
        segments(article)[1], by=rosa, source_start=0, source_end=6, source_quote="Nobody", caret=0
    )
    do("shift", article, 2, by=rosa, side="target", direction="up")
    for flag in (omission, edge):
        flag.refresh_from_db()
        assert flag.segment.source_text == "Nobody laughed."
    assert (omission.caret, omission.needs_locating) == (None, True)
    operations.undo(article, by=rosa)
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
    operations.undo(article, by=rosa)
    for flag in (whole, caret):
        flag.refresh_from_db()
        assert flag.segment.position == 2
    assert caret.caret == 3
    do("merge", article, 1, by=rosa)
    do("split", article, 1, by=rosa, source_at=16, target_at=17)
    caret.refresh_from_db()
    assert (caret.segment.position, caret.caret) == (2, 3)
