"""The first page: the open work of a person, and all articles as a table."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Assignment, CheckRun, Event, Membership, Segment, SignOff, Team
from articles.overview.articles import STATES, select_articles
from articles.review import actions as review
from articles.signoff import actions as signoff
from tests.factories import (
    make_article,
    make_correction,
    make_finding,
    make_flag,
    make_reading,
    mark_checked,
)

PAIRS = [(f"Line {n}.", f"Ligne {n}.") for n in range(4)]


def first_page(client: Any, person: Any, **asked: str) -> str:
    client.force_login(person)
    return client.get(reverse("articles"), asked).content.decode()


def table(html: str) -> list[str]:
    """The text of each row of the table, in one line."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def titles(person: Any, **asked: str) -> list[str]:
    return [article.title for article in select_articles(person, **asked)]


def files_of(html: str) -> set[str]:
    """The style sheets and scripts that a page names."""
    return set(re.findall(r"/static/[\w/.-]+\.(?:css|js)", html))


def test_the_files_of_the_desk_come_with_the_first_page(client: Any, rosa: Any) -> None:
    article = make_article(PAIRS)
    page = first_page(client, rosa)
    desk = client.get(reverse("desk", args=[article.pk])).content.decode()
    assert "/static/articles/desk-scripts.js" in files_of(desk)
    assert files_of(desk) <= files_of(page)


def test_my_work_shows_what_waits_for_me(client: Any, rosa: Any, edith: Any) -> None:
    rows = list(make_article(PAIRS).segments.order_by("position"))
    make_correction(rows[0], by=rosa, text="Un.", status="submitted")
    make_correction(rows[1], by=rosa, text="Deux.")
    make_correction(rows[2], by=rosa, text="Trois.", status="rejected", decided_by=edith)
    client.force_login(edith)
    page = client.get(reverse("articles")).content.decode()
    assert "Awaiting your approval" in page
    assert "Un." in page
    assert "Deux." not in page
    client.force_login(rosa)
    page = client.get(reverse("articles")).content.decode()
    assert "Awaiting your approval" not in page
    assert "Your drafts" in page
    assert "Returned to you" in page
    assert "Not yet." in page
    assert 'class="who">edith · <time' in page


@pytest.mark.parametrize(
    ("status", "why"),
    [("waiting", "a correction is awaiting approval"), ("done", "the segment is done")],
)
def test_a_draft_that_cannot_be_sent_opens_and_can_be_discarded(
    client: Any, rosa: Any, edith: Any, status: str, why: str
) -> None:
    segment = make_article(PAIRS).segments.get(position=1)
    make_correction(segment, by=rosa, text="Une ligne à moi.")
    if status == "waiting":
        make_correction(segment, by=edith, text="Une ligne à elle.", status="submitted")
    Segment.objects.filter(pk=segment.pk).update(status=status)
    page = first_page(client, rosa)
    assert f"Cannot be submitted: {why}" in page
    editor = reverse("edit", args=[segment.pk])
    assert editor in page
    assert editor in client.get(reverse("card", args=[segment.pk])).content.decode()
    form = client.get(editor).content.decode()
    assert "Une ligne à moi.</textarea>" in form
    editing = form.split('class="editing"')[1].split("</form>")[0]
    assert 'data-act="submit"' not in editing, "it cannot be sent"
    client.post(reverse("discard", args=[segment.pk]), {"revision": 1})
    assert not segment.corrections.filter(author=rosa).exists()
    assert "Your drafts" not in first_page(client, rosa)


def test_my_work_names_the_language_of_each_correction(client: Any, rosa: Any) -> None:
    segment = make_article([("The cat.", "Die Katze.")]).segments.get()
    type(segment.article.target).objects.filter(pk=segment.article.target_id).update(language="de")
    make_correction(segment, by=rosa, text="Der Kater.")
    assert '<span class="what" lang="de">Der Kater.</span>' in first_page(client, rosa)


def test_an_empty_site_tells_the_three_steps(client: Any, rosa: Any) -> None:
    html = first_page(client, rosa)
    assert "No articles yet." in html
    assert html.index("Import") < html.index("Sign off and export")
    assert "<table" not in html


def test_who_signed_off_learns_that_it_ended(client: Any, rosa: Any, edith: Any, ada: Any) -> None:
    """Until the article is signed off again, and not where they ended it themselves."""
    article = make_article(PAIRS[:1], title="Town hall")
    mark_checked(article)
    row = article.segments.get()
    review.confirm(row, by=rosa, revision=row.revision)
    _sign_off(article, edith)
    assert "Your sign-off" not in first_page(client, edith)
    row.refresh_from_db()
    review.reopen(row, by=rosa, revision=row.revision)
    assert "Your sign-off was ended by a change by rosa." in first_page(client, edith)
    assert "Your sign-off" not in first_page(client, rosa)
    row.refresh_from_db()
    review.confirm(row, by=rosa, revision=row.revision)
    _sign_off(article, edith)
    assert "Your sign-off" not in first_page(client, edith)
    row.refresh_from_db()
    review.reopen(row, by=edith, revision=row.revision)
    assert "Your sign-off" not in first_page(client, edith)
    SignOff.objects.update(ended_by=None)
    assert "Your sign-off was ended by a new version." in first_page(client, edith)
    approver = Membership.objects.filter(person=edith)
    approver.update(role=Group.objects.get(name="Reviewers"))
    assert "Your sign-off" not in first_page(client, edith), "she approves no longer"
    approver.update(role=Group.objects.get(name="Approvers"))
    Article.objects.update(team=Team.objects.create(name="Elsewhere"))
    assert "Your sign-off" not in first_page(client, edith)


def _sign_off(article: Article, person: User) -> None:
    signoff.sign_off(article, by=person, digest=signoff.text_digest(article))


def test_each_article_stands_once_in_ones_work(client: Any, rosa: Any, edith: Any) -> None:
    article = make_article(PAIRS, title="The bridge")
    Assignment.objects.create(article=article, person=rosa, due=date(2027, 3, 9))
    one, two, three, _four = article.segments.order_by("position")
    make_correction(one, by=rosa, text="Un.")
    make_correction(two, by=rosa, text="Deux.", status="rejected", decided_by=edith)
    make_correction(three, by=edith, text="Trois.", status="submitted")
    html = first_page(client, rosa)
    work = html[html.index('id="my-work"') : html.index('id="all-articles"')]
    assert work.count("The bridge</a>") == 1
    assert work.index("Returned to you") < work.index("Your drafts")
    assert "Trois." not in work


def test_a_row_says_where_an_article_stands(client: Any, rosa: Any, edith: Any) -> None:
    article = make_article(PAIRS, title="The bridge")
    Assignment.objects.create(article=article, person=rosa, due=date(2027, 3, 9))
    (row,) = table(first_page(client, rosa))
    assert row.startswith("The bridge English → French Not checked yet")
    assert "Not started 0 of 4 0 0 0 rosa 9 March 2027" in row
    CheckRun.objects.create(article=article, status="running", done=1, total=4)
    assert "Checking: 1 of 4 segments" in table(first_page(client, rosa))[0]
    mark_checked(article)
    one, two, *_others = article.segments.order_by("position")
    make_finding(two)
    make_flag(two, by=rosa)
    Segment.objects.filter(pk=two.pk).update(status="flagged")
    review.confirm(one, by=rosa, revision=1)
    (row,) = table(first_page(client, rosa))
    assert re.search(r"In review 1 of 4 Continue The bridge 1 1 0 rosa", row), row
    Segment.objects.update(status="waiting")
    (row,) = table(first_page(client, rosa))
    assert re.search(r"Awaiting approval 0 of 4 1 1 4 rosa", row), row
    article.segments.get(position=2).flags.update(status="closed")
    Segment.objects.update(status="done")
    html = first_page(client, rosa)
    (row,) = table(html)
    assert "Ready to sign off The bridge 4 of 4" in row
    assert f'href="{reverse("sign_off", args=[article.pk])}"' in html
    assert "9 March 2027" in row
    signoff.sign_off(article, by=edith, digest=signoff.text_digest(article))
    (row,) = table(first_page(client, rosa))
    assert "Signed off 4 of 4" in row
    assert "9 March 2027" not in row, "it is due no more"
    Article.objects.update(ready=False)
    html = first_page(client, rosa)
    assert "Importing" in table(html)[0]
    assert reverse("desk", args=[article.pk]) not in html


def test_the_choice_stays_in_the_address(client: Any, rosa: Any, edith: Any, ada: Any) -> None:
    for title in ("The bridge", "The river", "A mayor"):
        make_article(title=title)
    bridge, river, mayor = Article.objects.order_by("pk")
    day = date(2027, 1, 1)
    Assignment.objects.create(article=river, person=rosa, due=day, due_time=time(18))
    Assignment.objects.create(article=mayor, person=edith)
    Assignment.objects.create(article=bridge, person=ada, due=day)
    Assignment.objects.create(article=bridge, person=edith, due=day, due_time=time(20))
    Segment.objects.filter(article=bridge).update(status="done")
    Segment.objects.filter(article=mayor).update(status="waiting")
    Event.objects.record("assigned", by=edith, article=bridge)
    expected = {
        "": ["A mayor", "The river", "The bridge"],
        "mine": ["The river"],
        "review": ["A mayor", "The river"],
        "waiting": ["A mayor"],
        "read": ["The bridge"],
        "signed_off": [],
    }
    assert {state: titles(rosa, state=state) for state in STATES} == expected
    assert titles(rosa, order="title") == ["A mayor", "The bridge", "The river"]
    assert titles(rosa, order="due") == ["The river", "The bridge", "A mayor"]
    Assignment.objects.filter(due_time=time(20)).update(due_time=time(9))
    assert titles(rosa, order="due") == ["The bridge", "The river", "A mayor"]
    SignOff.objects.create(article=bridge, person=edith, digest="", segment_count=1)
    assert titles(rosa, order="due") == ["The river", "A mayor", "The bridge"]
    assert titles(rosa, order="changed")[0] == "The bridge"
    assert titles(rosa, search="  RIVER ") == ["The river"]
    assert titles(rosa, state="nonsense", order="nonsense") == expected[""]
    html = first_page(client, rosa, state="waiting", order="title")
    assert '<option value="waiting" selected>' in html
    assert table(html)[0].startswith("A mayor")
    assert "No articles match." in first_page(client, rosa, search="zebra")


def test_an_article_is_called_and_found_by_both_titles(client: Any, rosa: Any) -> None:
    make_article(title="The river")
    Article.objects.update(target_title="L’été où la rivière monta")
    make_article(title="An island")
    html = first_page(client, rosa)
    assert table(html)[1].startswith("L’été où la rivière monta The river English → French")
    assert 'lang="fr">L’été où la rivière monta</a>' in html
    assert titles(rosa, order="title") == ["An island", "The river"]
    for words in ("the river", "l'été", "L’été", "rivière", "Rivière"):
        assert titles(rosa, search=words) == ["The river"], words
    assert titles(rosa, search="sea") == []
    Assignment.objects.create(article=Article.objects.get(title="The river"), person=rosa)
    html = first_page(client, rosa)
    work = html[: html.index('id="all-articles"')]
    assert work.index("L’été où la rivière monta</a>") < work.index('lang="en">The river</p>')


def test_the_pages_keep_the_choice(client: Any, rosa: Any) -> None:
    for n in range(27):
        make_article(title=f"Article {n:02}")
    html = first_page(client, rosa, order="title")
    assert len(table(html)) == 25
    assert 'href="?page=2&amp;order=title"' in html
    assert [row[:10] for row in table(first_page(client, rosa, order="title", page="2"))] == [
        "Article 25",
        "Article 26",
    ]


def test_a_blind_reader_learns_nothing_of_the_other(client: Any, rosa: Any, ruth: Any) -> None:
    article = make_reading(rosa, ruth)
    Event.everything.update(at=timezone.now() - timedelta(days=1))
    before = table(first_page(client, rosa))
    segment = article.segments.first()
    review.flag(segment, by=ruth, revision=1, values={"type": "Omission", "severity": "minor"})
    assert table(first_page(client, rosa)) == before


@pytest.mark.parametrize("order", ["", "changed", "due"])
def test_the_cost_does_not_grow_with_the_articles(client: Any, rosa: Any, order: str) -> None:
    client.force_login(rosa)
    costs = []
    for more in (1, 10):
        for _each in range(more):
            mark_checked(make_article())
        client.get(reverse("articles"), {"order": order})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("articles"), {"order": order})
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 30


def test_who_has_several_teams_filters_by_team(client: Any, rosa: Any, ruth: Any) -> None:
    """And nobody else sees anything of teams, nor chooses one that is not theirs."""
    sports = Team.objects.create(name="Sports")
    make_article(title="The bridge")
    make_article(title="The match", team=sports)
    reviewers = Group.objects.get(name="Reviewers")
    Membership.objects.create(team=sports, person=rosa, role=reviewers)
    rosa = User.objects.get(pk=rosa.pk)
    html = first_page(client, rosa, team=str(sports.pk), order="title")
    (row,) = table(html)
    assert row.startswith("The match English → French · Sports")
    assert f'<option value="{sports.pk}" selected>Sports</option>' in html
    assert len(table(first_page(client, rosa, team="999"))) == 2
    html = first_page(client, ruth, team=str(sports.pk))
    assert len(table(html)) == 1
    assert 'name="team"' not in html
    assert "Newsroom" not in html
