"""The talk about a flag: each act works, leaves its trace, and an arbiter's word is the last."""

import pytest

from articles.models import Event, Flag, Reply, Segment
from articles.realignment import operations
from articles.review import actions, discussion, workflow
from tests.factories import make_article, make_finding, make_flag, make_segment


@pytest.fixture
def flag(rosa):
    segment = make_segment()
    finding = make_finding(segment)
    values = {
        "type": "Omission",
        "severity": "major",
        "source_start": 0,
        "source_end": 3,
        "source_quote": "The",
    }
    return actions.flag(segment, by=rosa, revision=1, values=values, finding=finding)


def say(act, flag, by, text="Look again.", **more):
    revision = Segment.objects.get(pk=flag.segment_id).revision
    act(flag, by=by, revision=revision, text=text, **more)
    flag.refresh_from_db()


def told(flag):
    return list(flag.replies.values_list("author__username", "kind", "text"))


def acts():
    return list(Event.objects.order_by("id").values_list("act", flat=True))


def test_an_answer_leaves_the_flag_open_and_moves_the_revision(flag, edith):
    say(discussion.answer, flag, edith, "It is implied.")
    assert (flag.status, flag.talk, told(flag)) == (
        "open",
        "answered",
        [("edith", "answered", "It is implied.")],
    )
    segment = Segment.objects.get()
    assert (segment.status, segment.revision) == ("flagged", 3)
    event = Event.objects.latest("id")
    assert (event.act, event.actor, event.details) == (
        "answered",
        edith,
        {"flag": flag.pk, "text": "It is implied."},
    )
    assert str(flag.last_reply) == "edith · replied"


def test_a_kept_flag_may_weigh_less(flag, rosa, edith):
    say(discussion.answer, flag, edith)
    say(discussion.keep, flag, rosa, "Still, a reader would ask.", severity="minor")
    assert (flag.talk, flag.severity) == ("kept", "minor")
    say(discussion.answer, flag, edith, "Would they?")
    assert [kind for _who, kind, _text in told(flag)] == ["answered", "kept", "answered"]
    say(discussion.keep, flag, rosa, "Yes.")
    assert flag.severity == "minor"


def test_a_flag_taken_back_with_a_closing_word_or_without(flag, rosa, edith):
    other = make_flag(flag.segment, by=rosa)
    say(discussion.answer, flag, edith)
    say(actions.remove_flag, flag, rosa, "You are right.")
    assert (flag.status, flag.talk, flag.finding.status) == ("removed", "withdrawn", "open")
    assert told(flag)[-1] == ("rosa", "withdrawn", "You are right.")
    say(actions.remove_flag, other, rosa, "")
    assert (other.talk, other.last_reply, Segment.objects.get().status) == ("", None, "to_review")
    assert acts() == ["flagged", "answered", "flag_removed", "flag_removed"]


def test_a_flag_that_is_upheld_stays_for_good(flag, rosa, edith, ada):
    say(discussion.answer, flag, ada)
    say(discussion.uphold, flag, edith, "The word matters.", severity="critical")
    assert (flag.status, flag.talk, flag.severity) == ("open", "upheld", "critical")
    for act, by in (
        (discussion.answer, ada),
        (discussion.uphold, edith),
        (actions.remove_flag, rosa),
    ):
        with pytest.raises(workflow.Refused, match="decision is final"):
            say(act, flag, by)
    assert acts()[-1] == "upheld"


def test_a_flag_that_is_dropped_takes_its_finding_along(flag, rosa, edith, ada):
    say(discussion.answer, flag, ada)
    say(discussion.drop, flag, edith, "It is implied.")
    assert (flag.status, flag.talk, flag.finding.status) == ("removed", "dropped", "dismissed")
    assert (flag.finding.reason, flag.finding.decided_by, Segment.objects.get().status) == (
        "wrong",
        edith,
        "to_review",
    )
    with pytest.raises(workflow.Refused, match="removed"):
        say(discussion.drop, flag, edith)


def test_a_flag_made_by_hand_is_dropped_while_a_correction_waits(rosa, edith, ada):
    segment = make_segment()
    flag = actions.flag(
        segment, by=rosa, revision=1, values={"type": "Omission", "severity": "major"}
    )
    actions.submit(segment, by=rosa, revision=2, text="Le maire a bien parlé.")
    say(discussion.answer, flag, ada)
    say(discussion.drop, flag, edith)
    assert (flag.status, Segment.objects.get().status) == ("removed", "waiting")


@pytest.mark.parametrize(
    "act", [discussion.answer, discussion.keep, discussion.uphold, discussion.drop]
)
def test_a_stale_word_is_not_said(act, flag, rosa, edith, ada):
    say(discussion.answer, flag, ada)
    by = rosa if act is discussion.keep else edith
    with pytest.raises(workflow.Stale):
        act(flag, by=by, revision=2, text="Late.")
    assert (Reply.objects.count(), acts()[-1]) == (1, "answered")


def test_the_talk_follows_its_flag_to_another_segment(rosa, edith):
    article = make_article([("The mayor spoke.", "Le maire a parlé."), ("He left.", "Il partit.")])
    first, second = article.segments.order_by("position")
    made = {
        "type": "Omission",
        "severity": "minor",
        "source_start": 0,
        "source_end": 2,
        "source_quote": "He",
    }
    flag = actions.flag(second, by=rosa, revision=1, values=made)
    say(discussion.answer, flag, edith)
    second.refresh_from_db()
    operations.merge(
        first, by=rosa, revisions={first.pk: first.revision, second.pk: second.revision}
    )
    moved = Flag.objects.get()
    assert (moved.segment.source_text, moved.talk) == ("The mayor spoke. He left.", "answered")
    assert told(moved) == [("edith", "answered", "Look again.")]
    assert Event.objects.get(act="answered").segment_id == moved.segment_id
