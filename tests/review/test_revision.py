"""An approver edits a waiting correction: whose approval the edit needs, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.exporting.history import corrections_as_of
from articles.models import Correction, Event, Segment
from articles.review import actions, queries, workflow
from articles.review.revision import revise
from articles.templatetags.desk import detail
from tests.factories import make_correction, make_flag, make_person, make_segment

HTMX = {"HX-Request": "true"}


@pytest.fixture
def waiting(rosa: Any) -> Correction:
    """Rosa's correction, which waits."""
    segment = make_segment()
    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    segment.refresh_from_db()
    return make_correction(segment, by=rosa, status="submitted")


def edited(waiting: Correction, by: Any, text: str = "Le maire parla.") -> Correction:
    edit = revise(waiting, by=by, revision=waiting.segment.revision, text=text)
    edit.segment.refresh_from_db()
    return edit


def states(*rows: Correction) -> list[str]:
    return [Correction.objects.get(pk=row.pk).status for row in rows]


def test_the_edit_waits_in_the_place_of_the_correction(waiting: Any, edith: Any) -> None:
    edit = edited(waiting, edith)
    assert states(waiting, edit) == ["edited", "submitted"]
    assert (edit.author, edit.before) == (edith, "Le maire a parlé.")
    assert edit.segment.status == "waiting"
    event = Event.objects.get()
    assert (event.act, event.details["after"]) == ("revised", "Le maire parla.")
    assert "rosa" in detail(event)


def test_its_author_or_another_approver_approves_it_and_nobody_else(
    waiting: Any, rosa: Any, edith: Any, ada: Any
) -> None:
    edit = edited(waiting, edith)
    ruth = make_person("ruth", role="Reviewers")
    for person, may_decide in ((rosa, True), (ada, True), (edith, False), (ruth, False)):
        move = workflow.decision_move("approve", person, edit)
        assert (workflow.why_not(move, person, edit.segment, edit) is None) == may_decide, person
        assert (edit in queries.to_decide(person)) == may_decide, person
    actions.approve(edit, by=rosa, revision=edit.segment.revision)
    assert states(waiting, edit) == ["edited", "approved"]
    assert actions.current_text(edit.segment) == "Le maire parla."


def test_the_way_back_is_one_act(waiting: Any, rosa: Any, edith: Any, client: Any) -> None:
    address = reverse("revise", args=[waiting.segment_id, waiting.pk])
    client.force_login(edith)
    sent = {"revision": 1, "text": "Le maire parla."}
    html = client.post(address, sent, headers=HTMX).content.decode()
    edit = Correction.objects.get(author=edith)
    undo = reverse("withdraw", args=[waiting.segment_id, edit.pk])
    assert f'data-undo="{undo}"' in html
    assert "rosa or another approver has to approve it." in html
    html = client.post(undo, {"revision": 2}, headers=HTMX).content.decode()
    assert "Corrected by rosa" in html
    assert states(waiting, edit) == ["submitted", "draft"]
    assert Segment.objects.get().status == "waiting"
    checked = client.post(reverse("recheck", args=[waiting.segment_id]), sent, headers=HTMX)
    assert checked.status_code == 200, "the checks read the edit while it is written"
    form = client.get(address, headers=HTMX).content.decode()
    assert "Le maire parla.</textarea>" in form, "what was typed is still there"
    assert "The text changed while you were writing." not in form


@pytest.mark.parametrize("name", ["rosa", "ada"])
def test_an_edit_that_is_returned_lets_the_correction_wait_again(
    waiting: Any, rosa: Any, edith: Any, ada: Any, name: str
) -> None:
    edit = edited(waiting, edith)
    person = {"rosa": rosa, "ada": ada}[name]
    actions.reject(edit, by=person, revision=edit.segment.revision, reason="It was better before.")
    assert states(waiting, edit) == ["submitted", "rejected"]
    segment = Segment.objects.get()
    assert segment.status == "waiting"
    actions.approve(waiting, by=ada, revision=segment.revision)
    assert states(waiting) == ["approved"]


def test_who_may_decide_alone_approves_the_edit_with_it(
    waiting: Any, edith: Any, client: Any, settings: Any
) -> None:
    settings.DECIDES_ALONE = "Approvers"
    client.force_login(edith)
    address = reverse("revise", args=[waiting.segment_id, waiting.pk])
    assert "Edit and approve" in client.get(address, headers=HTMX).content.decode()
    sent = {"revision": 1, "text": "Le maire parla."}
    html = client.post(address, sent, headers=HTMX).content.decode()
    assert "Edited and approved." in html
    assert "Corrected by rosa, edited by edith, approved by edith" in html
    edit = Correction.objects.get(author=edith)
    assert states(waiting, edit) == ["edited", "approved"]
    assert [event.act for event in Event.objects.all()] == ["approved"]
    assert reverse("reopen", args=[waiting.segment_id]) in html


def test_an_edit_has_to_change_the_text_and_to_repair_grave_flags(
    waiting: Any, rosa: Any, edith: Any, settings: Any
) -> None:
    with pytest.raises(workflow.Refused, match="You changed nothing"):
        edited(waiting, edith, waiting.text)
    with pytest.raises(workflow.Refused, match="return the correction instead"):
        edited(waiting, edith, waiting.segment.target_text)
    settings.DECIDES_ALONE = "Approvers"
    make_flag(waiting.segment, by=rosa, target_start=3, target_end=8, target_quote="maire")
    with pytest.raises(workflow.Refused, match="is not corrected"):
        edited(waiting, edith, "Le maire parla.")
    assert states(waiting) == ["submitted"]
    assert Correction.objects.get(author=edith).text == "Le maire parla.", "kept as a draft"


def test_the_card_of_an_edit_names_both_and_shows_what_was_edited(
    waiting: Any, rosa: Any, edith: Any, client: Any
) -> None:
    edited(waiting, edith)
    client.force_login(rosa)
    html = client.get(reverse("card", args=[waiting.segment_id])).content.decode()
    assert "Corrected by rosa, edited by edith" in html
    assert "<del>a bien parlé</del><ins>parla</ins>" in html
    assert "approve reject" in html, "its author may decide on the edit"


def test_an_edited_correction_was_never_in_force(waiting: Any, edith: Any, rosa: Any) -> None:
    edit = edited(waiting, edith)
    between = timezone.now()
    actions.approve(edit, by=rosa, revision=edit.segment.revision)
    for time, expected in (
        (between, ["edited", "submitted"]),
        (timezone.now(), ["edited", "approved"]),
        (waiting.submitted_at + timedelta(microseconds=1), ["submitted"]),
    ):
        events = list(Event.objects.filter(at__lte=time).order_by("id"))
        rows = list(Correction.objects.order_by("id"))
        assert [row.status for row in corrections_as_of(rows, events, time)] == expected
