"""Two people, or two windows of one person, write into a segment: nothing that was typed is lost."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Correction, Event, Segment
from articles.review import actions, correction_views, workflow
from articles.review.responses import get_for_action
from tests.factories import make_finding, make_segment
from tests.review.editor import BEFORE, HTMX, MINE, THEIRS, draft, send


def approved_meanwhile(segment: Segment, rosa: Any, edith: Any, text: str) -> None:
    correction = actions.submit(segment, by=rosa, revision=1, text=text)
    actions.approve(correction, by=edith, revision=2)
    actions.reopen(segment, by=edith, revision=3)


def test_a_conflict_shows_both_texts_and_joins_them(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    approved_meanwhile(segment, rosa, edith, THEIRS)
    client.force_login(edith)
    response = send(client, segment, MINE)
    page = response.content.decode()
    assert response.status_code == 409
    assert THEIRS in page
    assert f">\n{MINE}</textarea>" in page
    assert "La maire a parlé hier soir." in page
    joined = send(client, segment, MINE, revision=4, merged="on")
    assert ">\nLa maire a parlé hier soir.</textarea>" in joined.content.decode()
    sent = send(client, segment, "La maire a parlé hier soir.", revision=4, begun=THEIRS)
    assert sent.status_code == 200
    assert Correction.objects.get(status="submitted").before == THEIRS


def test_the_joined_text_is_kept_while_another_correction_waits(
    client: Any, rosa: Any, ruth: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    draft(client, segment, MINE)
    actions.submit(segment, by=ruth, revision=1, text=THEIRS)
    page = send(client, segment, MINE).content.decode()
    assert "Yours is kept as a draft: send it when that one is decided." in page
    joined = send(client, segment, MINE, revision=2, merged="on").content.decode()
    assert 'name="merged"' not in joined, "it is joined: to join it again would double the change"
    kept = Correction.objects.get(author=rosa)
    assert (kept.status, kept.text) == ("draft", "La maire a parlé hier soir.")
    again = client.get(reverse("edit", args=[segment.pk]), headers=HTMX).content.decode()
    assert ">\nLa maire a parlé hier soir.</textarea>" in again
    assert 'name="merged"' not in again
    typed = draft(client, segment, "La maire a parlé tard hier soir.", revision=2, headers=HTMX)
    assert typed["X-Draft"] == "stored"
    kept.refresh_from_db()
    assert kept.text == "La maire a parlé tard hier soir."


def test_a_joined_draft_is_no_conflict_when_it_is_opened_again(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    client.force_login(edith)
    draft(client, segment, MINE)
    approved_meanwhile(segment, rosa, edith, THEIRS)
    send(client, segment, MINE, revision=4, merged="on")
    kept = Correction.objects.get(author=edith, status="draft")
    assert (kept.text, kept.before) == ("La maire a parlé hier soir.", THEIRS)
    again = client.get(reverse("edit", args=[segment.pk]), headers=HTMX).content.decode()
    assert ">\nLa maire a parlé hier soir.</textarea>" in again
    assert 'name="merged"' not in again


def test_edits_of_the_same_words_are_not_joined(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    approved_meanwhile(segment, rosa, edith, "Le maire a parlé demain.")
    client.force_login(edith)
    page = send(client, segment, "Le maire a parlé jeudi.").content.decode()
    assert "Both changes combined" not in page
    again = send(
        client, segment, "Le maire a parlé jeudi.", revision=4, merged="on"
    ).content.decode()
    assert ">\nLe maire a parlé jeudi.</textarea>" in again


def test_a_draft_from_before_a_change_opens_with_the_conflict(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    client.force_login(edith)
    draft(client, segment, MINE)
    approved_meanwhile(segment, rosa, edith, THEIRS)
    page = client.get(reverse("edit", args=[segment.pk])).content.decode()
    assert "The text changed while you were writing." in page
    assert f">\n{MINE}</textarea>" in page


def test_an_approver_sees_the_correction_that_came_while_she_wrote(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    actions.submit(segment, by=rosa, revision=1, text="La maire a parlé hier soir.")
    client.force_login(edith)
    typed = {"revision": 1, "text": "Le maire a parlé lundi.", "begun": BEFORE}
    client.post(reverse("draft", args=[segment.pk]), typed)
    page = client.get(reverse("edit", args=[segment.pk])).content.decode()
    assert "The text changed while you were writing." in page
    assert "Le maire a parlé lundi." in page


def test_a_draft_is_a_conflict_where_its_reason_came_while_somebody_wrote(
    client: Any, rosa: Any, ruth: Any, edith: Any, segment: Segment
) -> None:
    """A reviewer may not write while a correction waits: 409 where she could not know of it.

    What she wrote until then is kept, and she sees both versions.
    """
    theirs = "La maire a parlé hier soir."
    correction = actions.submit(segment, by=rosa, revision=1, text=theirs)
    client.force_login(ruth)
    answer = draft(client, segment, MINE, revision=2, headers=HTMX)
    assert answer.status_code == 403
    assert "only approvers can edit it" in answer.content.decode()
    assert not Correction.objects.filter(author=ruth).exists()
    submitted = "rosa submitted a correction for this segment meanwhile. Your text is kept as"
    finished = "This segment was finished meanwhile. Your text is kept as a draft."
    for text, reason in ((MINE, submitted), ("Le maire a ri.", finished)):
        answer = draft(client, segment, text, headers=HTMX)
        page = answer.content.decode()
        assert (answer.status_code, reason in page) == (409, True)
        assert answer["X-Draft"] == "stored"
        assert f">{theirs}</p>" in page
        assert send(client, segment, text).status_code == 409
        assert Correction.objects.get(author=ruth).text == text
        if reason == submitted:
            actions.approve(correction, by=edith, revision=2)


@pytest.mark.parametrize("first", ["rosa", "edith"])
def test_two_browsers_lose_nothing_in_either_order(
    client: Any, rosa: Any, edith: Any, segment: Segment, first: str
) -> None:
    people = {"rosa": (rosa, MINE), "edith": (edith, THEIRS)}
    order = [first, "edith" if first == "rosa" else "rosa"]
    for name in order:
        client.force_login(people[name][0])
        draft(client, segment, people[name][1], headers=HTMX)
    answers = []
    for name in order:
        client.force_login(people[name][0])
        answers.append(send(client, segment, people[name][1]))
    assert [answer.status_code for answer in answers] == [200, 409]
    assert f">\n{people[order[1]][1]}</textarea>" in answers[1].content.decode()
    assert set(Correction.objects.values_list("author__username", "text")) == {
        ("rosa", MINE),
        ("edith", THEIRS),
    }


ACTS = ("opens", "drafts", "sends")
ORDERS = [
    "".join("e" if at in edith else "r" for at in range(6))
    for edith in combinations(range(1, 6), 3)
]
"""Every way in which the three acts of two people can follow each other; who opens first is called rosa."""


@pytest.mark.slow
def test_nothing_typed_is_lost_in_any_order_of_two_people(
    client: Any, rosa: Any, edith: Any
) -> None:
    assert len(ORDERS) == 10
    for order in ORDERS:
        segment = make_segment("The mayor spoke.", BEFORE)
        seen: dict[str, int] = {}
        answered: dict[str, Any] = {}
        steps = {"r": iter(ACTS), "e": iter(ACTS)}
        for letter in order:
            person, text = (rosa, MINE) if letter == "r" else (edith, THEIRS)
            act = next(steps[letter])
            client.force_login(person)
            if act == "opens":
                seen[letter] = Segment.objects.get(pk=segment.pk).revision
            elif act == "drafts":
                draft(client, segment, text, revision=seen[letter], headers=HTMX)
            elif act == "sends":
                answered[text] = send(client, segment, text, revision=seen[letter])
        for person, text in ((rosa, MINE), (edith, THEIRS)):
            sent = Correction.objects.filter(
                segment=segment, author=person, status="submitted"
            ).first()
            kept = (
                sent.text
                if sent
                else re.search(r">\n([^<]*)</textarea>", answered[text].content.decode())[1]
            )
            assert kept == text, order
        assert sorted(answer.status_code for answer in answered.values()) in (
            [200, 403],
            [200, 409],
        ), order


def test_a_draft_for_a_segment_that_is_merged_away_meanwhile_is_a_conflict(
    client: Any, rosa: Any, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(key: int, person: Any) -> Segment:
        row = get_for_action(key, person)
        Segment.objects.filter(pk=key).delete()
        return row

    monkeypatch.setattr(correction_views, "get_for_action", found)
    client.force_login(rosa)
    answer = draft(client, segment, MINE, headers=HTMX)
    assert answer.status_code == 409
    assert "Somebody changed this segment" in answer.content.decode()


OWN_CHANGE = "You changed this segment in another window."
OTHERS_CHANGE = "Somebody changed this segment while you were writing."


def test_who_changed_the_segment_in_another_window_is_told_so(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    """Both versions are shown as they are where somebody else wrote."""
    correction = actions.submit(segment, by=rosa, revision=1, text=THEIRS)
    actions.withdraw(correction, by=rosa, revision=2)
    client.force_login(rosa)
    page = send(client, segment, MINE, revision=1).content.decode()
    assert (OWN_CHANGE in page, OTHERS_CHANGE in page) == (True, False)
    assert f">\n{MINE}</textarea>" in page

    approved_meanwhile(make_segment("Nobody laughed.", BEFORE), rosa, edith, THEIRS)
    other = Segment.objects.exclude(pk=segment.pk).get()
    page = send(client, other, MINE).content.decode()
    assert (OWN_CHANGE in page, OTHERS_CHANGE in page) == (False, True)
    assert "In another window you wrote:" in page  # the text in force is rosa's own
    assert THEIRS in page
    assert f">\n{MINE}</textarea>" in page


def test_a_change_counts_as_ones_own_only_where_history_leaves_no_doubt(
    rosa: Any, ruth: Any, segment: Segment
) -> None:
    def is_own(since: int) -> bool:
        fresh = Segment.objects.get(pk=segment.pk)
        return workflow.changed_alone(rosa, fresh, since=since)

    findings = [make_finding(segment, target_spans=[[0, end]], caret=None) for end in (2, 8)]
    actions.confirm(segment, by=ruth, revision=1, dismissed=[finding.pk for finding in findings])
    actions.reopen(segment, by=rosa, revision=2)
    assert (is_own(3), is_own(2), is_own(1)) == (False, True, False)
    # One act with three events is one change.
    actions.confirm(segment, by=rosa, revision=3)
    actions.reopen(segment, by=rosa, revision=4)
    assert (is_own(4), is_own(2), is_own(1)) == (True, True, False)
    # A realignment changes neighbours, too, and names the first segment alone.
    Event.objects.record(Event.Act.REALIGNED, article=segment.article, by=ruth)
    assert not is_own(4)


def test_who_submitted_in_another_window_is_told_so(
    client: Any, rosa: Any, segment: Segment
) -> None:
    actions.submit(segment, by=rosa, revision=1, text=THEIRS)
    client.force_login(rosa)
    for answer in (draft(client, segment, MINE, headers=HTMX), send(client, segment, MINE)):
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "You submitted a correction for this segment in another window." in page
    assert f">\n{MINE}</textarea>" in page
    assert "In another window you wrote:" in page
    # The submitted correction is a draft again once it is withdrawn: there is no other beside it.
    assert list(Correction.objects.values_list("status", flat=True)) == ["submitted"]
