"""Who may do what, when: the whole table, walked."""

import pytest

from articles.models import Correction, Finding, Flag, Segment
from articles.models.review import ReplyKind
from articles.review import workflow
from tests.cases import for_each
from tests.factories import make_correction, make_finding, make_flag, make_segment

APPROVERS_MOVES = {"approve", "reject", "revise", "decide_alone"}
SEGMENT = {"flag", "draft", "confirm", "reopen", "realign", "compare"}
# Every (move, status of the thing, status of the segment) that is allowed; "-" where the move has no thing yet.
ALLOWED = {
    ("flag", "-", "to_review"), ("flag", "-", "flagged"), ("flag", "-", "waiting"),
    ("edit_flag", "open", "to_review"), ("edit_flag", "open", "flagged"), ("edit_flag", "open", "waiting"),
    ("remove_flag", "open", "to_review"), ("remove_flag", "open", "flagged"), ("remove_flag", "open", "waiting"),
    *((move, f"open {talk}".strip(), status)
      for move, talks in {
          "edit_flag": ["answered", "kept"], "remove_flag": ["answered", "kept"], "keep": ["answered"],
          "answer": ["", "answered", "kept"], "uphold": ["answered", "kept"], "drop": ["answered", "kept"],
      }.items()
      for talk in talks
      for status in ["to_review", "flagged", "waiting"]),
    ("dismiss", "open", "to_review"), ("dismiss", "open", "flagged"), ("dismiss", "open", "waiting"), ("dismiss", "open", "done"),
    ("restore", "dismissed", "to_review"), ("restore", "dismissed", "flagged"), ("restore", "dismissed", "waiting"), ("restore", "dismissed", "done"),
    ("take", "open", "to_review"), ("take", "open", "flagged"), ("take", "open", "waiting"),
    ("draft", "-", "to_review"), ("draft", "-", "flagged"),
    ("submit", "draft", "to_review"), ("submit", "draft", "flagged"),
    ("withdraw", "submitted", "waiting"), ("revise", "submitted", "waiting"), ("decide_alone", "submitted", "waiting"),
    ("agree", "submitted", "waiting"), ("disagree", "submitted", "waiting"), ("approve", "submitted", "waiting"), ("reject", "submitted", "waiting"),
    ("confirm", "-", "to_review"), ("reopen", "-", "done"),
    ("realign", "-", "to_review"), ("realign", "-", "flagged"), ("realign", "-", "waiting"),
    ("compare", "-", "to_review"), ("compare", "-", "flagged"),
}  # fmt: skip
EDIT_MOVES = {"agree", "disagree"}
"""The moves of the author of a correction that an approver edited."""
TALK_MOVES, ARBITER = {"answer", "keep", "uphold", "drop"}, {"uphold", "drop"}
FLAG_MOVES, FINDING_MOVES = (
    {"edit_flag", "remove_flag"} | TALK_MOVES,
    {"dismiss", "restore", "take"},
)


def things(move):
    """The statuses that the thing of a move can have."""
    if move in SEGMENT:
        return ["-"]
    if move in FLAG_MOVES:
        return [
            f"{status} {talk}".strip()
            for status in Flag.Status.values
            for talk in ["", *ReplyKind.values]
        ]
    return (Finding if move in FINDING_MOVES else Correction).Status.values


def make_thing(move, status, segment, *, author, other):
    if status == "-":
        return None
    if move in FLAG_MOVES:
        status, _blank, talk = status.partition(" ")
        return make_flag(segment, by=author, status=status, talk=talk)
    if move in FINDING_MOVES:
        finding = make_finding(segment)
        finding.status = status
        return finding
    thing = make_correction(
        segment,
        by=author,
        status=status,
        decided_by=other if status in ("approved", "rejected", "replaced", "edited") else None,
    )
    if move in EDIT_MOVES:
        thing.author, thing.edit_of = other, Correction(author=author)
    return thing


@for_each("move", sorted(workflow.MOVES))
def test_every_status_of_every_move(move, rosa, edith, ada):
    person = ada if move in APPROVERS_MOVES | {"answer", "compare"} | ARBITER else rosa
    for thing_status in things(move):
        segment = make_segment(f"The mayor spoke: {thing_status}.")
        segment.article.stage = "comparing" if move == "compare" else "review"
        thing = make_thing(move, thing_status, segment, author=rosa, other=edith)
        for segment_status in Segment.Status.values:
            segment.status = segment_status
            reason = workflow.why_not(move, person, segment, thing)
            assert (reason is None) == ((move, thing_status, segment_status) in ALLOWED), (
                thing_status,
                segment_status,
                reason,
            )


@for_each("move", sorted(workflow.MOVES))
def test_only_the_right_role(move, rosa, edith, otto, ada):
    status = next(allowed for allowed in sorted(ALLOWED) if allowed[0] == move)
    segment = make_segment()
    segment.status = status[2]
    segment.article.stage = "comparing" if move == "compare" else "review"
    thing = make_thing(move, status[1], segment, author=ada, other=edith)
    may = {
        person.username
        for person in (rosa, edith, otto, ada)
        if workflow.why_not(move, person, segment, thing) is None
    }
    if move in APPROVERS_MOVES:
        assert may == {"edith"}, "an approver who is not the author, though the author is admin"
    elif move in ARBITER:
        assert may == {"edith"}, "an approver who did not make the flag, though its author is admin"
    elif move == "compare":
        assert may == {"edith", "ada"}, "any approver who did not read it"
    elif move == "answer":
        assert may == {"rosa", "edith"}, "anybody but its author"
    elif move in {"edit_flag", "remove_flag", "keep", "submit", "withdraw"} | EDIT_MOVES:
        assert may == {"ada"}, "the author alone"
    else:
        assert may == {"rosa", "edith", "ada"}


def test_a_refusal_is_a_sentence(otto, rosa):
    segment = make_segment()
    correction = make_correction(segment, by=rosa, status="submitted")
    segment.status = "waiting"
    assert (
        workflow.why_not("approve", otto, segment, correction)
        == "Only approvers can decide on corrections."
    )
    with pytest.raises(workflow.Refused, match="Only reviewers"):
        workflow.check("flag", otto, segment)


@pytest.mark.parametrize("move", sorted(ARBITER))
def test_an_arbiter_took_no_part_in_the_talk(move, rosa, edith, ada):
    segment = make_segment()
    flag = make_flag(segment, by=rosa, talk="answered")
    flag.replies.create(author=edith, kind="answered", text="It is implied.")
    assert "neither made the flag nor replied to it" in workflow.why_not(move, edith, segment, flag)
    assert workflow.why_not(move, ada, segment, flag) is None
    assert workflow.why_not(move, rosa, segment, flag) == "Only approvers can decide on a flag."


def test_what_an_arbiter_said_is_the_last_word(rosa, edith):
    segment = make_segment()
    flag = make_flag(segment, by=rosa, talk="upheld")
    for move, person in (("answer", edith), ("uphold", edith), ("keep", rosa), ("edit_flag", rosa)):
        assert "decision is final" in workflow.why_not(move, person, segment, flag)


def test_an_unchanged_text_is_not_sent(rosa):
    segment = make_segment()
    draft = make_correction(segment, by=rosa, text=segment.target_text)
    assert "text has not changed" in workflow.why_not("submit", rosa, segment, draft)


def flagged_and_corrected(rosa, text, **flag):
    segment = make_segment("The mayor spoke well.", "Le maire a parlé.")
    make_flag(segment, by=rosa, **flag)
    segment.status = "waiting"
    return segment, make_correction(segment, by=rosa, text=text, status="submitted")


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ({"target_start": 3, "target_end": 8, "target_quote": "maire"}, "Le préfet a parlé."),
        ({"caret": 16}, "Le maire a bien parlé."),
        ({"source_start": 16, "source_end": 20, "source_quote": "well"}, "Le maire a bien parlé."),
        ({"severity": "minor", "target_start": 3, "target_end": 8}, "Le maire a bien parlé."),
        ({"status": "closed", "target_start": 3, "target_end": 8}, "Le maire a bien parlé."),
    ],
)
def test_a_repair_of_the_flagged_words_is_approved(flag, text, rosa, edith):
    segment, correction = flagged_and_corrected(rosa, text, **flag)
    assert workflow.why_not("approve", edith, segment, correction) is None


def test_missing_words_are_not_put_in_by_marks_alone(rosa, edith):
    segment, correction = flagged_and_corrected(rosa, "Le maire, a parlé.", caret=16)
    assert "is not corrected" in workflow.why_not("approve", edith, segment, correction)
    comma = {"caret": 8, "type": "Punctuation"}
    segment, correction = flagged_and_corrected(rosa, "Le maire, a parlé.", **comma)
    assert workflow.why_not("approve", edith, segment, correction) is None


@pytest.mark.parametrize(
    "flag",
    [
        {"target_start": 3, "target_end": 8, "target_quote": "maire"},
        {"severity": "critical", "target_start": 0, "target_end": 2},
    ],
)
def test_a_grave_flag_without_repair_is_named(flag, rosa, edith):
    segment, correction = flagged_and_corrected(rosa, "Le maire a parlé longuement.", **flag)
    reason = workflow.why_not("approve", edith, segment, correction)
    assert "The flag “Omission”" in reason
    assert "is not corrected" in reason
