"""Talking about flags, sending back, and approving what is alike: what each person is shown and offered."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Correction, Flag, Segment
from articles.review import actions, discussion, queries
from tests.factories import make_article, make_correction, make_flag, make_person, make_segment

HTMX = {"HX-Request": "true"}


def page(client: Any, person: Any, name: str, *numbers: int, **extra: Any) -> str:
    """The page, without the templates that only the script uses."""
    client.force_login(person)
    html = client.get(reverse(name, args=numbers), **extra).content.decode()
    return re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)


def moves(html: str) -> list[str]:
    return re.findall(r'name="move" value="(\w+)"', html)


@pytest.fixture
def flag(rosa: Any, ada: Any) -> Flag:
    """Rosa's flag, which Ada answered."""
    segment = make_segment()
    made = actions.flag(
        segment, by=rosa, revision=1, values={"type": "Omission", "severity": "minor", "caret": 3}
    )
    discussion.answer(made, by=ada, revision=2, text="It is implied.")
    return made


def test_the_talk_stands_under_its_flag(client: Any, flag: Flag, otto: Any) -> None:
    html = page(client, otto, "desk", flag.segment.article_id)
    assert re.search(r'id="flag-\d+".*class="said".*ada.*replied.*It is implied\.', html, re.S)
    assert 'data-moves="">' in html
    assert 'data-act="talk"' not in page(client, otto, "card", flag.segment_id)
    assert "It is implied." in page(client, otto, "history", flag.segment_id)


def test_each_is_offered_what_they_may_say(
    client: Any, flag: Flag, rosa: Any, edith: Any, ada: Any
) -> None:
    bruno = make_person("bruno", role="Reviewers")
    offered = {
        person.username: moves(page(client, person, "talk", flag.segment_id, flag.pk))
        for person in (rosa, edith, ada, bruno)
    }
    assert offered == {
        "rosa": ["keep", "remove_flag"],
        "edith": ["uphold", "drop", "answer"],
        "ada": ["answer"],
        "bruno": ["answer"],
    }
    labels = {
        person.username: re.search(
            r'data-act="talk"[^>]*>([^<]+)<', page(client, person, "card", flag.segment_id)
        )
        for person in (rosa, edith, bruno)
    }
    assert {name: found[1] for name, found in labels.items() if found} == {
        "rosa": "Keep or remove",
        "edith": "Decide",
        "bruno": "Reply",
    }


def test_who_may_say_nothing_reads_why(client: Any, flag: Flag, edith: Any, ada: Any) -> None:
    discussion.uphold(flag, by=edith, revision=3, text="It stands.")
    html = page(client, ada, "talk", flag.segment_id, flag.pk)
    assert moves(html) == []
    assert "An arbiter upheld this flag; the decision is final." in html


def test_words_about_a_flag_that_is_gone_are_not_lost(
    client: Any, flag: Flag, rosa: Any, ada: Any
) -> None:
    actions.remove_flag(flag, by=rosa, revision=3)
    client.force_login(ada)
    sent = {"revision": 3, "move": "answer", "words": "One thing more."}
    response = client.post(reverse("talk", args=[flag.segment_id, flag.pk]), sent, headers=HTMX)
    assert response.status_code == 409
    assert "One thing more.</textarea>" in response.content.decode()
    assert "This flag was removed." in response.content.decode()


def test_an_answer_waits_for_the_flags_author(
    client: Any, flag: Flag, rosa: Any, edith: Any, ada: Any
) -> None:
    assert "Replies to your flags" in page(client, rosa, "articles")
    assert "<b>ada</b>: It is implied." in page(client, rosa, "articles")
    assert 'class="who">ada · <time' in page(client, rosa, "articles")
    assert queries.my_work(edith)["to_settle"] == []
    discussion.keep(flag, by=rosa, revision=3, text="No.")
    assert "Replies to your flags" not in page(client, rosa, "articles")
    assert "Flags to decide" in page(client, edith, "articles")
    work = {
        person: queries.my_work(person)["to_settle"]
        for person in (rosa, ada, make_person("bruno", role="Reviewers"))
    }
    assert list(work.values()) == [[], [], []], "its author, who answered, and who may not"


def test_a_dispute_has_a_filter_while_there_is_one(client: Any, flag: Flag, rosa: Any) -> None:
    article = flag.segment.article
    assert 'data-filter="disputed">' in page(client, rosa, "desk", article.pk)
    actions.remove_flag(flag, by=rosa, revision=3)
    assert 'data-filter="disputed" hidden>' in page(client, rosa, "desk", article.pk)


def test_what_was_sent_back_comes_first_with_one_press_to_correct(
    client: Any, rosa: Any, edith: Any
) -> None:
    segment = make_segment()
    correction = actions.submit(segment, by=rosa, revision=1, text="Le maire parla.")
    actions.reject(
        correction, by=edith, revision=2, reason="Words are still missing", cause="missing"
    )
    waiting = make_article([("He left.", "Il partit.")]).segments.get()
    make_correction(waiting, by=edith, text="Il est parti.")
    html = page(client, rosa, "articles")
    assert (
        html.index("Returned to you")
        < html.index("edith: Words are still missing")
        < html.index("All articles</h2>")
    )
    assert f'href="{reverse("edit", args=[segment.pk])}"' in html
    card = page(client, rosa, "card", segment.pk, headers=HTMX)
    assert card.index("returned this:") < card.index('class="side source text"')
    assert "Correct again" in card
    assert "Correct again" not in page(client, edith, "card", segment.pk, headers=HTMX)


# ── the same change, several times ───────────────────────────────────────────


def waiting_alike(rosa: Any, count: int = 3) -> list[Correction]:
    """Corrections that put the same word in, each waiting in a segment of one article."""
    article = make_article([(f"The council {n}.", f"Le conseil {n}.") for n in range(count)])
    made = []
    for segment in article.segments.order_by("position"):
        text = segment.target_text.replace("conseil", "conseil municipal")
        made.append(make_correction(segment, by=rosa, text=text, status="submitted"))
    article.segments.update(status="waiting")
    return made


def test_alike_is_offered_to_who_may_approve(client: Any, rosa: Any, edith: Any) -> None:
    first, _second, _third = waiting_alike(rosa)
    assert "Approve 3 identical…" in page(client, edith, "card", first.segment_id)
    assert "alike…" not in page(client, rosa, "card", first.segment_id)
    alone = make_segment()
    Segment.objects.filter(pk=alone.pk).update(status="waiting")
    make_correction(alone, by=rosa, status="submitted")
    assert "alike…" not in page(client, edith, "card", alone.pk)


def test_a_refused_approval_leads_to_the_flag_in_the_way(
    client: Any, rosa: Any, edith: Any
) -> None:
    correction = make_correction(make_segment(), by=rosa, status="submitted")
    Segment.objects.filter(pk=correction.segment_id).update(status="waiting")
    for person in (rosa, edith):
        assert "Show the flag" not in page(client, person, "card", correction.segment_id)
    flag = make_flag(correction.segment, by=rosa, target_start=0, target_end=2, target_quote="Le")
    html = page(client, edith, "card", correction.segment_id)
    assert re.search(rf'is not corrected in this text\. <a href="#flag-{flag.pk}"', html)
    assert f'id="flag-{flag.pk}" tabindex="-1"' in html
    assert "Show the flag" not in page(
        client, rosa, "card", correction.segment_id
    )  # it is her own that keeps her


def test_those_alike_are_shown_with_what_keeps_them_back(
    client: Any, rosa: Any, edith: Any
) -> None:
    first, second, third = waiting_alike(rosa)
    make_flag(third.segment, by=rosa, target_start=0, target_end=2, target_quote="Le")
    html = page(client, edith, "approve_alike", first.segment_id, first.pk, headers=HTMX)
    assert f'value="{second.pk}-1" checked' in html
    assert f'value="{third.pk}-1" disabled' in html
    assert "is not corrected in this text." in html


def test_several_are_approved_and_their_cards_come_along(
    client: Any, rosa: Any, edith: Any
) -> None:
    first, second, third = waiting_alike(rosa)
    make_flag(third.segment, by=rosa, target_start=0, target_end=2, target_quote="Le")
    client.force_login(edith)
    sent = {"revision": 1, "also": [f"{second.pk}-1", f"{third.pk}-1"]}
    response = client.post(
        reverse("approve_alike", args=[first.segment_id, first.pk]), sent, headers=HTMX
    )
    html = response.content.decode()
    assert (
        "2 approved. Segment 3 not approved: The flag “Omission” – Le (major) is not corrected in this text."
        in html
    )
    cards = re.findall(r'<article id="segment-(\d+)"([^>]*)>', html)
    swapped = [(number, 'hx-swap-oob="true"' in attributes) for number, attributes in cards]
    assert swapped == [(str(first.segment_id), False), (str(second.segment_id), True)]
    assert set(Correction.objects.values_list("status", flat=True)) == {"approved", "submitted"}


def test_with_nobody_alike_any_more_one_is_approved(client: Any, rosa: Any, edith: Any) -> None:
    [only] = waiting_alike(rosa, 1)
    assert "No other correction awaiting approval" in page(
        client, edith, "approve_alike", only.segment_id, only.pk
    )
    response = client.post(
        reverse("approve_alike", args=[only.segment_id, only.pk]), {"revision": 1}, follow=True
    )
    assert "1 approved." in response.content.decode()


def test_offering_alike_costs_the_same_queries_at_any_size(
    client: Any, rosa: Any, edith: Any
) -> None:
    client.force_login(edith)
    costs = []
    for size in (2, 40):
        first = waiting_alike(rosa, size)[0]
        with CaptureQueriesContext(connection) as desk_costs:
            html = client.get(reverse("desk", args=[first.segment.article_id])).content.decode()
        with CaptureQueriesContext(connection) as form_costs:
            client.get(reverse("approve_alike", args=[first.segment_id, first.pk]), headers=HTMX)
        assert html.count(f'data-alike="{size}"') == size
        costs.append((len(desk_costs), len(form_costs)))
    assert costs[0] == costs[1]
