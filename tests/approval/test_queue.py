"""The approver's queue over all articles."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Assignment, Correction, Segment
from articles.review import queries
from tests.factories import make_article, make_correction

PAIRS = [(f"Line {n}.", f"Ligne {n}.") for n in range(1, 5)]
QUEUE = "queue"


def waits(article: Article, position: int, by: Any, text: str) -> Correction:
    segment = article.segments.get(position=position)
    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    return make_correction(segment, by=by, text=text, status="submitted")


def page(client: Any, person: Any) -> str:
    client.force_login(person)
    html = client.get(reverse(QUEUE)).content.decode()
    return re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)


def boxes(html: str) -> list[str]:
    return re.findall(r'name="chosen" value="([\d:]+)"', html)


@pytest.fixture
def waiting(rosa: Any, edith: Any) -> list[Correction]:
    """Two corrections in one article, one in another, and one by Edith herself."""
    bridge = make_article(PAIRS, title="The bridge")
    river = make_article(PAIRS, title="The river")
    found = [
        waits(bridge, 3, rosa, "Trois."),
        waits(river, 2, rosa, "Deux."),
        waits(bridge, 2, rosa, "Encore deux."),
    ]
    waits(river, 1, edith, "À moi.")
    return found


def test_only_an_approver_has_a_queue(client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    assert client.get(reverse(QUEUE)).status_code == 403


def test_an_articles_corrections_stand_together_between_their_neighbours(
    client: Any, edith: Any, waiting: list[Correction]
) -> None:
    html = page(client, edith)
    assert [int(value.split(":")[0]) for value in boxes(html)] == [
        waiting[2].pk,
        waiting[0].pk,
        waiting[1].pk,
    ]
    assert re.findall(r">(The \w+)</a></h2>", html) == ["The bridge", "The river"]
    names = re.findall(r'aria-label="(Segment 2, [^"]+)"', html)
    assert names == [
        f"Segment 2, awaiting approval ({title})" for title in ("The bridge", "The river")
    ]
    assert "Ligne 1." in html, "the segment before the first"
    assert "Ligne 4." in html, "the segment after the second"
    lines = [html.count(f"Line {number}.") for number in range(1, 5)]
    assert lines == [2, 2, 2, 1], "a neighbour with a card of its own stands there once"
    assert "À moi." not in html, "a neighbour stands as it is in force"
    assert html.count("data-moves") == 3


def test_the_queue_names_articles_in_both_languages(
    client: Any, edith: Any, waiting: list[Correction]
) -> None:
    article = waiting[0].segment.article
    Article.objects.filter(pk=article.pk).update(target_title="Le maire et le pont")
    html = page(client, edith)
    assert 'lang="fr">Le maire et le pont</a>' in html
    assert f'<span class="source-title" lang="en">{article.title}</span></h2>' in html
    assert "(Le maire et le pont)" in html, "a card says for screen readers of which it is"


def test_what_is_due_next_comes_first_then_what_waits_longest(
    client: Any, edith: Any, waiting: list[Correction]
) -> None:
    river = waiting[1].segment.article
    Correction.objects.filter(pk=waiting[1].pk).update(
        submitted_at=timezone.now() - timedelta(days=2)
    )
    assert boxes(page(client, edith))[0].startswith(f"{waiting[1].pk}:")
    Assignment.objects.create(
        article=waiting[0].segment.article, person=edith, role="approver", due=date(2027, 1, 1)
    )
    assert boxes(page(client, edith))[0].startswith(f"{waiting[2].pk}:")
    row = {"article": river, "person": edith, "role": "approver"}
    Assignment.objects.create(**row, due=date(2027, 1, 1), due_time=time(9))
    assert boxes(page(client, edith))[0].startswith(f"{waiting[1].pk}:"), "the day has its hour"


def test_the_ticked_ones_are_approved_and_the_others_wait(
    client: Any, edith: Any, waiting: list[Correction]
) -> None:
    html = page(client, edith)
    stale, fine, _left = boxes(html)
    Segment.objects.filter(pk=waiting[2].segment_id).update(revision=9)
    sent = client.post(reverse(QUEUE), {"chosen": [stale, fine, "77:1", "x"]}, follow=True)
    html = sent.content.decode()
    assert "1 approved." in html
    assert "The bridge, segment 2: Somebody changed this segment" in html
    assert html.count("One correction no longer awaits your approval.") == 2
    statuses = [Correction.objects.get(pk=each.pk).status for each in waiting]
    assert statuses == ["approved", "submitted", "submitted"]
    assert "Nothing was chosen." in client.post(reverse(QUEUE), follow=True).content.decode()


def test_an_empty_queue_says_so(client: Any, edith: Any) -> None:
    assert "Nothing awaits your approval." in page(client, edith)


def test_one_queue_costs_the_same_for_one_and_for_many(client: Any, rosa: Any, edith: Any) -> None:
    client.force_login(edith)
    costs = []
    for more in (1, 10):
        for _each in range(more):
            waits(make_article(PAIRS), 2, rosa, "Deux.")
        client.get(reverse(QUEUE))
        with CaptureQueriesContext(connection) as queried:
            client.get(reverse(QUEUE))
        costs.append(len(queried))
    assert costs[0] == costs[1] <= 14
    assert queries.to_decide(edith).count() == 11
