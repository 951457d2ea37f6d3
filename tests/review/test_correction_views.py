"""Drafts and conflicts: nothing that was typed is lost, in any order of two people's saves."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from django.urls import reverse

from articles.findings.draft import Superseded
from articles.models import Correction, OpenEditor, Segment
from articles.models.presence import OPEN_FOR
from articles.review import actions, correction_views
from articles.review.forms import stray_ending
from articles.review.responses import get_for_action
from tests.factories import make_correction, make_finding, make_flag, make_segment

HTMX = {"HX-Request": "true"}
BEFORE, MINE, THEIRS = (
    "Le maire a parlé hier.",
    "Le maire a parlé hier soir.",
    "La maire a parlé hier.",
)


@pytest.fixture
def segment(db: None) -> Segment:
    return make_segment("The mayor spoke yesterday.", BEFORE)


def draft(client: Any, segment: Segment, text: str, *, revision: int = 1, **extra: Any) -> Any:
    return client.post(
        reverse("draft", args=[segment.pk]), {"revision": revision, "text": text}, **extra
    )


def send(client: Any, segment: Segment, text: str, *, revision: int = 1, **more: str) -> Any:
    data = {"revision": revision, "text": text, "begun": BEFORE} | more
    return client.post(reverse("edit", args=[segment.pk]), data, headers=HTMX)


def test_typing_keeps_a_draft_and_shows_the_redline(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = draft(client, segment, MINE, headers=HTMX)
    assert response.status_code == 200
    assert response.content.decode().strip().startswith(f'<div id="redline-{segment.pk}"')
    assert "<ins> soir</ins>" in response.content.decode()
    segment.refresh_from_db()
    assert segment.revision == 1
    page = client.get(reverse("edit", args=[segment.pk])).content.decode()
    assert f">\n{MINE}</textarea>" in page
    assert (
        "You have a draft correction."
        in client.get(reverse("desk", args=[segment.article_id])).content.decode()
    )


def test_a_draft_without_htmx_returns_to_the_editor(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    assert draft(client, segment, MINE)["Location"] == reverse("edit", args=[segment.pk])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_draft_that_cannot_be_kept_says_so(
    client: Any, otto: Any, segment: Segment, headers: Any
) -> None:
    client.force_login(otto)
    response = draft(client, segment, MINE, headers=headers)
    assert response.status_code == 403
    assert "Only reviewers can do this" in response.content.decode()
    assert "soir" in response.content.decode()


def test_an_impossible_draft_is_422(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert draft(client, segment, "a\0b", headers=HTMX).status_code == 422


def test_a_draft_can_be_thrown_away(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    draft(client, segment, MINE)
    client.post(reverse("discard", args=[segment.pk]), {"revision": 1})
    assert not Correction.objects.exists()


def test_somebody_elses_open_editor_is_shown(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    make_correction(segment, by=rosa)
    client.force_login(edith)
    assert (
        "rosa is editing this segment."
        in client.get(reverse("card", args=[segment.pk])).content.decode()
    )


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


def test_the_documents_line_ends_are_kept(client: Any, rosa: Any) -> None:
    windows, unix = make_segment("A b.", "Un.\r\nDeux."), make_segment("C d.", "Un.\nDeux.")
    client.force_login(rosa)
    for segment in (windows, unix):
        send(client, segment, "Un.\r\nTrois.")
    assert list(Correction.objects.order_by("pk").values_list("text", flat=True)) == [
        "Un.\r\nTrois.",
        "Un.\nTrois.",
    ]


def test_an_empty_text_takes_the_words_out(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert send(client, segment, "").status_code == 200
    assert f"<del>{BEFORE}</del>" in client.get(reverse("card", args=[segment.pk])).content.decode()


def test_the_editor_begins_at_the_newest_flag(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    address = reverse("edit", args=[segment.pk])
    assert "data-from" not in client.get(address).content.decode()
    make_flag(segment, by=rosa, target_start=3, target_end=8, target_quote="maire")
    assert 'data-from="3" data-to="8"' in client.get(address).content.decode()
    make_flag(segment, by=rosa, caret=8)
    make_flag(segment, by=rosa, caret=0, needs_locating=True)
    make_flag(segment, by=rosa)
    assert 'data-from="9" data-to="9"' in client.get(address).content.decode()
    draft(client, segment, MINE)
    assert "data-from" not in client.get(address).content.decode()


def recheck(client: Any, segment: Segment, text: str, **extra: Any) -> Any:
    return client.post(
        reverse("recheck", args=[segment.pk]),
        {"revision": 1, "text": text, "begun": BEFORE},
        **extra,
    )


def test_the_checks_look_at_a_text_before_it_is_sent(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = recheck(client, segment, "Le maire a parlé parlé hier.", headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'data-said="1 new finding. "' in page
    assert "parlé parlé" in page
    assert "<textarea" not in page
    assert not Correction.objects.exists()
    assert "find nothing" in recheck(client, segment, BEFORE, headers=HTMX).content.decode()


def test_the_checks_can_be_asked_without_htmx(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    response = recheck(client, segment, "Le maire a parlé parlé hier.")
    page = response.content.decode()
    assert response.status_code == 200
    assert ">\nLe maire a parlé parlé hier.</textarea>" in page
    assert "“parlé parlé”: word repeated?" in page


def test_an_impossible_text_is_not_checked(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert recheck(client, segment, "a\0b", headers=HTMX).status_code == 422


def test_the_checks_need_the_right_to_write(client: Any, otto: Any, segment: Segment) -> None:
    client.force_login(otto)
    for headers in (HTMX, {}):
        response = recheck(client, segment, MINE, headers=headers)
        assert response.status_code == 403
        assert "Only reviewers can do this" in response.content.decode()


def test_checks_that_take_too_long_say_so(
    client: Any, rosa: Any, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.findings.draft.MOST_SECONDS", -1.0)
    client.force_login(rosa)
    for headers in (HTMX, {}):
        response = recheck(client, segment, MINE, headers=headers)
        assert response.status_code == 200
        assert "took too long on this text" in response.content.decode()
    assert MINE in response.content.decode()


def test_nobody_waits_for_the_check_of_an_older_text(
    client: Any, rosa: Any, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_arguments: Any, **_options: Any) -> None:
        raise Superseded

    monkeypatch.setattr("articles.findings.draft.recheck", overtaken)
    client.force_login(rosa)
    assert recheck(client, segment, MINE, headers=HTMX).status_code == 204


def test_a_correction_has_a_limit(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    text = "mot " * 5_001
    response = draft(client, segment, text)
    assert response.status_code == 422
    page = response.content.decode()
    assert "A correction has at most 20000 characters; this text has 20003." in page
    assert text.strip() in page


def test_the_checks_need_a_sign_in(client: Any, segment: Segment) -> None:
    assert recheck(client, segment, MINE).url.startswith("/sign-in/")


def others(client: Any, person: Any, segment: Segment, **data: str) -> Any:
    client.force_login(person)
    return client.post(reverse("beside", args=[segment.pk]), data, headers=HTMX)


def test_open_editors_see_each_other_until_they_close(
    client: Any, rosa: Any, ada: Any, segment: Segment
) -> None:
    assert others(client, rosa, segment).content.decode().strip() == ""
    for _twice in range(2):
        assert "rosa is editing this segment." in others(client, ada, segment).content.decode()
    assert "ada is editing this segment." in others(client, rosa, segment).content.decode()
    assert others(client, rosa, segment, gone="on").status_code == 204
    assert "rosa" not in others(client, ada, segment).content.decode()
    segment.refresh_from_db()
    assert (segment.revision, segment.status) == (1, "to_review")


def test_an_editor_that_is_not_heard_of_is_closed(
    client: Any, rosa: Any, ada: Any, segment: Segment
) -> None:
    others(client, rosa, segment)
    row = OpenEditor.objects.get()
    assert str(row) == f"rosa · {segment.pk}"
    OpenEditor.objects.update(at=row.at - 2 * OPEN_FOR)
    assert "rosa" not in others(client, ada, segment).content.decode()
    assert OpenEditor.objects.get().person == ada


def test_who_may_not_write_is_told_nothing(
    client: Any, rosa: Any, otto: Any, segment: Segment
) -> None:
    others(client, rosa, segment)
    answer = others(client, otto, segment)
    assert (answer.status_code, answer.content) == (204, b"")
    assert OpenEditor.objects.count() == 1
    assert client.get(reverse("beside", args=[segment.pk])).status_code == 405
    client.logout()
    assert client.post(reverse("beside", args=[segment.pk])).url.startswith("/sign-in/")


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


def with_remedy(segment: Segment) -> Any:
    """A finding that proposes "matin" for "hier"."""
    remedy = [[17, 21, "hier", "ce matin"]]
    return make_finding(segment, target_spans=[[17, 21]], caret=None, remedy=remedy)


def test_a_remedy_is_shown_and_put_into_the_editor(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert f'href="{address}"' in desk
    assert "Use suggestion</span> <ins>ce matin</ins>" in desk
    editor = client.get(address).content.decode()
    assert ">\nLe maire a parlé ce matin.</textarea>" in editor
    assert not Correction.objects.exists()


def test_a_remedy_goes_into_the_draft_that_was_begun(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    draft(client, segment, "Monsieur le maire a parlé hier.")
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    editor = client.get(address).content.decode()
    assert ">\nMonsieur le maire a parlé ce matin.</textarea>" in editor


def test_a_remedy_whose_words_are_gone_changes_nothing_and_says_so(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    draft(client, segment, "Le maire a parlé.")
    for asked in (str(finding.pk), "999999", "x", ""):
        address = f"{reverse('edit', args=[segment.pk])}?remedy={asked}"
        editor = client.get(address).content.decode()
        assert ">\nLe maire a parlé.</textarea>" in editor
        assert "nothing was inserted" in editor


def test_the_remedy_of_an_accepted_finding_stays_with_its_flag(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    client.post(reverse("take", args=[segment.pk, finding.pk]), {"revision": 1})
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert f'href="{address}"' in desk
    editor = client.get(address).content.decode()
    assert ">\nLe maire a parlé ce matin.</textarea>" in editor


def test_a_mark_is_shown_with_the_words_beside_it(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    make_finding(segment, target_spans=[[21, 22]], caret=None, remedy=[[21, 22, ".", "\u00a0!"]])
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert "Use suggestion</span> <ins>hier\u00a0!</ins>" in desk


def test_letters_after_the_last_sentence_are_asked_about_once(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = send(client, segment, f"{MINE}j")
    page = response.content.decode()
    assert response.status_code == 422
    assert "“j” stands after the last sentence. If it is meant, submit again." in page
    assert f">\n{MINE}j</textarea>" in page
    assert not Correction.objects.filter(status="submitted").exists()
    # Other letters than those that were asked about are a new question.
    assert send(client, segment, f"{MINE} x", ending="j").status_code == 422
    assert '<input type="hidden" name="ending" value="j"' in page
    assert send(client, segment, f"{MINE}j", ending="j").status_code == 200
    assert Correction.objects.get(status="submitted").text == f"{MINE}j"


def test_an_ending_that_is_no_stray_key_is_not_asked_about(db: Any) -> None:
    before = "Le maire a parlé."
    for text in (
        before,
        "Il dort. Il mange.",
        "Il a parlé à 10 h",
        "Qui ? Lui",
        "",
        "Il a dit : « non. »",
    ):
        assert stray_ending(text, before, before) == ""
    assert stray_ending("Vitamine. C", "Vitamine C", "Vitamine C") == ""
    for text in ("Il a parlé.j", "Il a parlé. e", "Il a parlé !3", "« Il a parlé. »dd "):
        assert stray_ending(text, before, before)
