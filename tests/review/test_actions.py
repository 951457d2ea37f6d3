"""The acts: each works, is refused twice, is refused stale, and writes one line of history."""

import pytest

from articles.models import Correction, Event, Finding, Flag
from articles.review import actions, batch, workflow
from tests.factories import make_article, make_correction, make_finding, make_flag, make_segment

OMISSION = {
    "type": "Omission",
    "severity": "major",
    "source_start": 0,
    "source_end": 3,
    "source_quote": "The",
    "caret": 0,
}
REPAIR = "Le maire a bien parlé."


@pytest.fixture
def segment(db):
    return make_segment()


def acts():
    return list(Event.objects.order_by("id").values_list("act", flat=True))


def fresh(thing):
    thing.refresh_from_db()
    return thing


def waiting(segment, by):
    return actions.submit(segment, by=by, revision=segment.revision, text=REPAIR)


def test_a_flag_marks_the_segment(segment, rosa):
    made = actions.flag(segment, by=rosa, revision=1, values=OMISSION)
    assert made.source_span.of(segment.source_text) == "The"
    assert (fresh(segment).status, segment.revision) == ("flagged", 2)
    assert acts() == ["flagged"]


def test_taking_a_finding_twice_makes_one_flag(segment, rosa):
    finding = make_finding(segment)
    actions.flag(segment, by=rosa, revision=1, values=OMISSION, finding=finding)
    assert fresh(finding).status == "taken"
    with pytest.raises(workflow.Refused, match="already accepted"):
        actions.flag(segment, by=rosa, revision=2, values=OMISSION, finding=finding)
    assert Flag.objects.count() == 1


def test_removing_the_last_flag_brings_finding_and_segment_back(segment, rosa):
    finding = make_finding(segment)
    made = actions.flag(segment, by=rosa, revision=1, values=OMISSION, finding=finding)
    actions.remove_flag(made, by=rosa, revision=2)
    assert (fresh(segment).status, fresh(finding).status, fresh(made).status) == (
        "to_review",
        "open",
        "removed",
    )
    with pytest.raises(workflow.Refused, match="removed"):
        actions.remove_flag(made, by=rosa, revision=3)


def test_a_flag_made_by_hand_is_edited_and_removed(segment, rosa):
    first, second = (actions.flag(segment, by=rosa, revision=n, values=OMISSION) for n in (1, 2))
    actions.edit_flag(first, by=rosa, revision=3, values={"severity": "minor", "comment": "small"})
    actions.remove_flag(second, by=rosa, revision=4)
    assert (fresh(first).severity, first.comment, fresh(segment).status) == (
        "minor",
        "small",
        "flagged",
    )


def test_a_finding_is_dismissed_with_its_reason_and_restored(segment, rosa):
    finding = make_finding(segment)
    actions.dismiss(finding, by=rosa, revision=1, reason="implied")
    assert (fresh(finding).status, finding.reason, finding.decided_by) == (
        "dismissed",
        "implied",
        rosa,
    )
    actions.restore(finding, by=rosa, revision=2)
    assert (fresh(finding).status, finding.decided_by) == ("open", None)
    assert acts() == ["dismissed", "restored"]


def test_a_draft_is_kept_without_moving_the_revision(segment, rosa, edith):
    actions.save_draft(segment, by=rosa, revision=1, text="Le")
    actions.save_draft(segment, by=rosa, revision=1, text="Le maire")
    actions.save_draft(segment, by=edith, revision=1, text="La mairie")
    assert set(Correction.objects.values_list("text", flat=True)) == {"Le maire", "La mairie"}
    assert (fresh(segment).revision, acts()) == (1, [])
    actions.discard_draft(segment, by=rosa)
    assert Correction.objects.get().author == edith


def test_approval_replaces_the_text_and_closes_the_flags(segment, rosa, edith):
    made = actions.flag(segment, by=rosa, revision=1, values=OMISSION)
    correction = waiting(segment, rosa)
    assert (fresh(segment).status, correction.before) == ("waiting", segment.target_text)
    actions.approve(correction, by=edith, revision=3)
    assert (fresh(segment).status, fresh(made).status, actions.current_text(segment)) == (
        "done",
        "closed",
        REPAIR,
    )
    assert acts() == ["flagged", "submitted", "approved"]
    with pytest.raises(workflow.Refused, match="already approved"):
        actions.approve(correction, by=edith, revision=4)


def test_a_later_approval_replaces_the_earlier_one(segment, rosa, edith):
    first = waiting(segment, rosa)
    actions.approve(first, by=edith, revision=2)
    actions.reopen(segment, by=rosa, revision=3)
    second = actions.submit(segment, by=rosa, revision=4, text="Le maire parla.")
    assert second.before == REPAIR
    actions.approve(second, by=edith, revision=5)
    assert (fresh(first).status, actions.current_text(segment)) == ("replaced", "Le maire parla.")


def test_a_rejection_gives_the_segment_back(segment, rosa, edith):
    correction = waiting(segment, rosa)
    actions.reject(correction, by=edith, revision=2, reason="Trop familier.", cause="style")
    assert (fresh(segment).status, fresh(correction).reason) == ("to_review", "Trop familier.")
    assert correction.cause == "style"
    with pytest.raises(workflow.Refused, match="returned"):
        actions.reject(correction, by=edith, revision=3, reason="Encore.")


def alike(rosa, edith, second_by=None):
    """Three waiting corrections that put in the same word, the third under a grave flag, and one that does otherwise."""
    pairs = [
        ("A.", "Le conseil siège."),
        ("B.", "Le conseil vote."),
        ("C.", "Le conseil dort."),
        ("D.", "Le conseil lit."),
    ]
    rows = []
    for number, segment in enumerate(make_article(pairs).segments.order_by("position")):
        word = "municipal" if number < 3 else "général du"
        by = second_by if second_by and number == 1 else rosa
        text = segment.target_text.replace("conseil", f"conseil {word}")
        rows.append(actions.submit(segment, by=by, revision=1, text=text))
    make_flag(rows[2].segment, by=edith, target_start=0, target_end=2, target_quote="Le")
    return rows


def test_corrections_with_the_same_change_are_alike(rosa, edith):
    rows = alike(rosa, edith)
    first = Correction.objects.get(pk=rows[0].pk)
    assert first.replacements == (("", "municipal"),)
    assert first.with_same_change() == [rows[1], rows[2]]
    assert Correction.objects.get(pk=rows[3].pk).with_same_change() == []


def test_alike_are_approved_each_by_its_own_rules(rosa, edith):
    one, two, three, four = alike(rosa, edith)
    done = batch.approve_alike(
        one, by=edith, revision=2, others={two.pk: 2, three.pk: 2, four.pk: 2}
    )
    assert done.approved == [one, two]
    assert [number for number, _why in done.not_approved] == [3, 4]
    assert "is not corrected" in done.not_approved[0][1]
    assert "has changed" in done.not_approved[1][1]
    assert [fresh(row).status for row in (one, two, three, four)] == [
        "approved",
        "approved",
        "submitted",
        "submitted",
    ]
    assert acts().count("approved") == 2


def test_what_was_not_asked_for_is_named_only_if_it_could_not_be(rosa, edith):
    one, two, _three, _four = alike(rosa, edith, second_by=edith)
    done = batch.approve_alike(one, by=edith, revision=2, others={})
    assert done.approved == [one]
    assert [number for number, _why in done.not_approved] == [2, 3]
    assert "second person" in done.not_approved[0][1]
    assert fresh(two).status == "submitted"


def test_one_that_changed_since_is_left_and_a_stale_first_leaves_all(rosa, edith):
    one, two, _three, _four = alike(rosa, edith)
    actions.flag(two.segment, by=rosa, revision=2, values=OMISSION | {"severity": "minor"})
    with pytest.raises(workflow.Stale):
        batch.approve_alike(one, by=edith, revision=1, others={two.pk: 3})
    assert "approved" not in acts()
    done = batch.approve_alike(one, by=edith, revision=2, others={two.pk: 2})
    assert (done.approved, done.not_approved[0]) == (
        [one],
        (2, "Somebody changed this segment while you were writing."),
    )


def test_a_correction_taken_back_is_a_draft_again(segment, rosa):
    correction = waiting(segment, rosa)
    actions.withdraw(correction, by=rosa, revision=2)
    assert (fresh(correction).status, fresh(segment).status) == ("draft", "to_review")
    assert waiting(segment, rosa).pk == correction.pk


def test_nobody_approves_their_own(segment, edith):
    correction = waiting(segment, edith)
    with pytest.raises(workflow.Refused, match="second person"):
        actions.approve(correction, by=edith, revision=2)
    assert fresh(correction).status == "submitted"


def test_a_segment_without_fault_is_done_and_reopened(segment, rosa):
    actions.confirm(segment, by=rosa, revision=1)
    assert fresh(segment).status == "done"
    with pytest.raises(workflow.Refused, match="reopen"):
        actions.flag(segment, by=rosa, revision=2, values=OMISSION)
    actions.reopen(segment, by=rosa, revision=2)
    assert fresh(segment).status == "to_review"


def test_a_stale_submission_keeps_what_was_typed(segment, rosa, edith):
    actions.flag(segment, by=edith, revision=1, values=OMISSION)
    with pytest.raises(workflow.Stale) as stale:
        actions.submit(segment, by=rosa, revision=1, text=REPAIR)
    assert stale.value.segment.revision == 2
    assert Correction.objects.get().text == REPAIR
    assert acts() == ["flagged"]


def test_an_unchanged_text_is_refused_and_stays_a_draft(segment, rosa):
    with pytest.raises(workflow.Refused, match="text has not changed"):
        actions.submit(segment, by=rosa, revision=1, text=segment.target_text)
    assert (fresh(segment).status, Correction.objects.get().status) == ("to_review", "draft")


def stale_acts(segment, rosa, edith):
    finding, dismissed = make_finding(segment), make_finding(segment)
    Finding.objects.filter(pk=dismissed.pk).update(
        status="dismissed", decided_by=rosa, decided_at="2026-01-01T00:00Z"
    )
    flag = make_flag(segment, by=rosa)
    correction = make_correction(segment, by=rosa, status="submitted")
    return [
        lambda: actions.flag(segment, by=rosa, revision=0, values=OMISSION),
        lambda: actions.edit_flag(flag, by=rosa, revision=0, values=OMISSION),
        lambda: actions.remove_flag(flag, by=rosa, revision=0),
        lambda: actions.dismiss(finding, by=rosa, revision=0, reason="wrong"),
        lambda: actions.restore(dismissed, by=rosa, revision=0),
        lambda: actions.withdraw(correction, by=rosa, revision=0),
        lambda: actions.approve(correction, by=edith, revision=0),
        lambda: actions.reject(correction, by=edith, revision=0, reason="no"),
        lambda: actions.confirm(segment, by=rosa, revision=0),
        lambda: actions.reopen(segment, by=rosa, revision=0),
    ]


@pytest.mark.parametrize("number", range(10))
def test_a_stale_act_writes_nothing(number, segment, rosa, edith):
    act = stale_acts(segment, rosa, edith)[number]
    with pytest.raises(workflow.Stale):
        act()
    assert acts() == []
    assert fresh(segment).revision == 1


def test_what_is_gone_meanwhile_is_stale(segment, rosa):
    finding, flag = make_finding(segment), make_flag(segment, by=rosa)
    Finding.objects.filter(pk=finding.pk).delete()
    with pytest.raises(workflow.Stale):
        actions.dismiss(finding, by=rosa, revision=1, reason="implied")
    segment.article.segments.all().delete()
    with pytest.raises(workflow.Stale):
        actions.remove_flag(flag, by=rosa, revision=1)
    with pytest.raises(workflow.Stale):
        actions.save_draft(segment, by=rosa, revision=1, text=REPAIR)
