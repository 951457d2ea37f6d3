"""Assigning an article outside the admin: who may, what is written, and what is refused."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.adjudication.actions import finish
from articles.assignments.queries import assigned_articles
from articles.models import Article, Assignment, Event, Import, Membership, SignOff
from tests.factories import make_article, make_flag, make_reading


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def chief(client: Client, edith: Any) -> Client:
    """Edith may assign, and is no admin."""
    names = ["add_assignment"]
    edith.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(edith)
    return client


def page_of(answer: Any) -> str:
    return answer.content.decode()


def test_an_article_is_assigned_with_a_role_and_a_date(
    chief: Client, article: Article, rosa: Any, edith: Any
) -> None:
    address = reverse("assign", args=[article.pk])
    page = page_of(chief.get(address))
    assert "Not assigned yet." in page
    assert 'lang="en">The mayor</span></h1>' in page.replace("\n", ""), "the heading names it"
    sent = {"person": rosa.pk, "role": "reviewer", "due": "2040-05-01"}
    assert "Assigned to rosa." in page_of(chief.post(address, sent, follow=True))
    row = Assignment.objects.get(article=article)
    assert (row.person, row.role, row.due) == (rosa, "reviewer", date(2040, 5, 1))
    chief.post(address, sent | {"due": ""})
    row.refresh_from_db()
    assert row.due is None
    event = Event.objects.filter(article=article, act=Event.Act.ASSIGNED).first()
    assert event is not None
    assert event.actor == edith


@pytest.mark.parametrize(
    ("language", "typed", "hour"),
    [
        ("en", "18:00", time(18)),
        ("en", "6:30 pm", time(18, 30)),
        ("fr", "18:00", time(18)),
        ("fr", "18 h", time(18)),
        ("fr", "18h30", time(18, 30)),
        ("fr", "", None),
    ],
)
def test_an_article_is_due_at_an_hour_as_people_write_it(
    language: str, typed: str, hour: time | None, chief: Client, article: Article, rosa: Any
) -> None:
    address = reverse("assign", args=[article.pk])
    sent = {"person": rosa.pk, "role": "reviewer", "due": "2040-05-01", "due_time": typed}
    answer = chief.post(address, sent, headers={"accept-language": language})
    assert answer.status_code == 302
    row = Assignment.objects.get(article=article)
    assert (row.due, row.due_time) == (date(2040, 5, 1), hour)
    page = page_of(chief.get(address))
    assert ("1 May 2040 at\xa0<time" in page) == (hour is not None)


def test_a_part_of_an_article_that_is_signed_off_is_not_late(
    chief: Client, article: Article, rosa: Any, edith: Any
) -> None:
    Assignment.objects.create(article=article, person=rosa, due=date(2026, 1, 31))
    address = reverse("assign", args=[article.pk])
    assert "due error" in page_of(chief.get(address))
    SignOff.objects.create(article=article, person=edith, digest="", segment_count=1)
    page = page_of(chief.get(address))
    assert "31 January 2026" in page
    assert "due error" not in page


def test_an_hour_needs_a_day(chief: Client, article: Article, rosa: Any, ruth: Any) -> None:
    sent = {"due": "", "due_time": "18:00"}
    assigned = {"person": rosa.pk, "role": "reviewer"}
    answer = chief.post(reverse("assign", args=[article.pk]), sent | assigned)
    assert answer.status_code == 422
    assert "A time needs a date." in page_of(answer)
    assert 'value="18:00"' in page_of(answer)
    blind = chief.post(
        reverse("blind_review", args=[article.pk]), sent | {"first": rosa.pk, "second": ruth.pk}
    )
    assert "A time needs a date." in page_of(blind)
    wrong = chief.post(reverse("assign", args=[article.pk]), sent | assigned | {"due": "soon"})
    assert "A time needs a date." not in page_of(wrong), "the date has an error of its own"
    assert not Assignment.objects.exists()


def test_a_part_of_somebody_without_access_is_shown_until_another_has_it(
    chief: Client, article: Article, rosa: Any, ruth: Any
) -> None:
    """Who has left the team, and who has become a reader of it; neither keeps it as work."""
    for person in (rosa, ruth):
        Assignment.objects.create(article=article, person=person)
        assert assigned_articles(User.objects.get(pk=person.pk))
    pages = [reverse("assign", args=[article.pk]), reverse("articles")]
    for page in pages:
        assert "no longer has access" not in page_of(chief.get(page))
    Membership.objects.filter(person=rosa).delete()
    Membership.objects.filter(person=ruth).update(role=Group.objects.get(name="Readers"))
    for page in pages:
        assert page_of(chief.get(page)).count("no longer has access") == 2
    for person in (rosa, ruth):
        assert assigned_articles(User.objects.get(pk=person.pk)) == []
    assert Assignment.objects.count() == 2


def test_it_is_taken_back(chief: Client, article: Article, rosa: Any) -> None:
    row = Assignment.objects.create(article=article, person=rosa)
    address = reverse("unassign", args=[article.pk, row.pk])
    assert "No longer assigned to rosa." in page_of(chief.post(address, follow=True))
    assert not Assignment.objects.exists()
    event = Event.objects.get(act=Event.Act.ASSIGNED)
    assert event.details["gone"]
    assert chief.post(address).status_code == 404


def test_a_refusal_stays_on_the_page_with_what_was_chosen(
    chief: Client, article: Article, rosa: Any, ruth: Any
) -> None:
    address = reverse("assign", args=[article.pk])
    answer = chief.post(address, {"person": rosa.pk, "role": "approver", "due": "2040-05-01"})
    assert answer.status_code == 422
    assert 'value="2040-05-01"' in page_of(answer)
    read = make_reading(rosa, ruth, title="Read blind")
    row = read.assignments.filter(person=rosa).get()
    chief.post(reverse("unassign", args=[read.pk, row.pk]))
    assert Assignment.objects.filter(pk=row.pk).exists()
    answer = chief.post(
        reverse("assign", args=[read.pk]), {"person": rosa.pk, "role": "approver", "due": ""}
    )
    assert answer.status_code == 422


def test_only_who_may_assign(client: Client, article: Article, rosa: Any, edith: Any) -> None:
    row = Assignment.objects.create(article=article, person=rosa)
    client.force_login(edith)
    sent = {"person": rosa.pk, "role": "reviewer", "due": ""}
    assert client.get(reverse("assign", args=[article.pk])).status_code == 403
    assert client.post(reverse("assign", args=[article.pk]), sent).status_code == 403
    assert client.post(reverse("unassign", args=[article.pk, row.pk])).status_code == 403
    for name in ("blind_review", "cancel_blind_review", "end_blind_review"):
        assert client.post(reverse(name, args=[article.pk])).status_code == 403
    assert reverse("assign", args=[article.pk]) not in page_of(client.get("/"))


def test_a_blind_review_is_set_up_and_cancelled(
    chief: Client, article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    day, hour = date(2040, 4, 1), time(9, 30)
    Assignment.objects.create(article=article, person=edith, due=day, due_time=hour)
    address = reverse("blind_review", args=[article.pk])
    page = page_of(chief.get(address))
    assert "Start the blind review" in page
    assert ('value="2040-04-01"' in page, 'value="09:30"' in page) == (True, True)
    same = chief.post(address, {"first": rosa.pk, "second": rosa.pk, "due": ""})
    assert same.status_code == 422
    assert "Choose two different people." in page_of(same)
    sent = {"first": rosa.pk, "second": ruth.pk, "due": "2040-05-01", "due_time": "18:00"}
    page = page_of(chief.post(address, sent, follow=True))
    assert "Blind review started." in page
    article = Article.objects.get()
    assert article.stage == Article.Stage.READING
    assert [row.person for row in article.reviewers] == [rosa, ruth]
    assert {(row.due, row.due_time) for row in article.reviewers} == {(date(2040, 5, 1), time(18))}
    assert "1 May 2040 at\xa0<time" in page
    assert chief.post(address, sent).status_code == 422
    page = page_of(chief.post(reverse("cancel_blind_review", args=[article.pk]), follow=True))
    assert "Blind review cancelled." in page
    assert Article.objects.get().stage == Article.Stage.REVIEW


def test_a_blind_review_that_has_begun_is_ended_not_cancelled(
    chief: Client, rosa: Any, ruth: Any
) -> None:
    article = make_reading(rosa, ruth)
    finish(article, by=rosa)
    page = page_of(chief.post(reverse("cancel_blind_review", args=[article.pk]), follow=True))
    assert "The blind review has begun" in page
    assert "End the blind review" in page
    page = page_of(chief.post(reverse("end_blind_review", args=[article.pk]), follow=True))
    assert "both reviews can be compared now" in page
    assert Article.objects.get().stage == Article.Stage.COMPARING
    page = page_of(chief.post(reverse("end_blind_review", args=[article.pk]), follow=True))
    assert "This article is not in blind review." in page


def test_a_blind_review_needs_an_untouched_article(
    chief: Client, article: Article, rosa: Any, ruth: Any
) -> None:
    make_flag(article.segments.get(position=1), by=rosa)
    address = reverse("blind_review", args=[article.pk])
    assert "Somebody has begun to review" in page_of(chief.get(address))
    answer = chief.post(address, {"first": rosa.pk, "second": ruth.pk, "due": ""})
    assert answer.status_code == 422
    assert not Assignment.objects.exists()


def test_the_first_page_leads_there(chief: Client, article: Article) -> None:
    assert reverse("assign", args=[article.pk]) in page_of(chief.get("/"))


def options_of(page: str, heading: str) -> list[str]:
    """Return the people who are offered under a heading."""
    group = re.search(rf'<optgroup label="{heading}">(.*?)</optgroup>', page, re.DOTALL)
    return re.findall(r"<option[^>]*>([^<]*)<", group[1]) if group else []


def test_people_are_offered_by_name_and_by_what_they_may_do(
    chief: Client, article: Article, rosa: Any, ruth: Any, edith: Any, otto: Any
) -> None:
    names = {rosa: ("Zoé", "Lind"), ruth: ("Claire", "Martin")}
    for person, (person.first_name, person.last_name) in names.items():
        person.save()
    Assignment.objects.create(article=article, person=otto)
    page = page_of(chief.get(reverse("assign", args=[article.pk])))
    assert options_of(page, "Approvers") == ["edith"]
    assert options_of(page, "Reviewers") == ["Claire Martin", "Zoé Lind"]
    assert options_of(page, "Without a role here") == ["otto"]
    rosa.first_name, rosa.last_name = "Claire", "Martin"
    rosa.save()
    page = page_of(chief.get(reverse("assign", args=[article.pk])))
    assert options_of(page, "Reviewers") == ["Claire Martin (rosa)", "Claire Martin (ruth)"]
    page = page_of(chief.get(reverse("blind_review", args=[article.pk])))
    assert "Claire Martin (ruth)" in options_of(page, "Reviewers")


def test_without_a_choice_the_role_is_the_person_s_own(
    chief: Client, article: Article, rosa: Any, edith: Any
) -> None:
    address = reverse("assign", args=[article.pk])
    page = page_of(chief.get(address))
    assert '<option value="" selected>their own</option>' in page
    for person in (rosa, edith):
        assert chief.post(address, {"person": person.pk, "role": "", "due": ""}).status_code == 302
    roles = dict(Assignment.objects.values_list("person__username", "role"))
    assert roles == {"rosa": "reviewer", "edith": "approver"}
    chief.post(address, {"person": edith.pk, "role": "reviewer", "due": ""})
    chief.post(address, {"person": edith.pk, "role": "", "due": "2040-05-01"})
    row = Assignment.objects.get(person=edith)
    assert (row.role, row.due) == ("reviewer", date(2040, 5, 1)), "a new date is no new role"
    assert chief.post(address, {"role": ""}).status_code == 422


def test_history_keeps_the_username(chief: Client, article: Article, rosa: Any) -> None:
    rosa.first_name, rosa.last_name = "Rosa", "Lind"
    rosa.save()
    address = reverse("assign", args=[article.pk])
    page = page_of(chief.post(address, {"person": rosa.pk, "role": "", "due": ""}, follow=True))
    assert "Assigned to Rosa Lind." in page
    assert Event.objects.get(act=Event.Act.ASSIGNED).details["person"] == "rosa"
    assert "Rosa Lind" in page_of(chief.get(reverse("articles")))


def test_all_articles_of_an_import_are_assigned_at_once_or_none(
    chief: Client, rosa: Any, edith: Any
) -> None:
    articles = [make_article(title=title) for title in ("The mayor", "The bridge")]
    said = {"name": "a.csv", "message": {"text": "new article."}, "refused": False, "kind": "new"}
    lines = [said | {"article": article.pk} for article in articles]
    job = Import.objects.create(by=edith, team=articles[0].team, status="done", lines=lines)
    address = reverse("assign_import", args=[job.pk])
    assert address in page_of(chief.get(reverse("import", args=[job.pk])))
    page = page_of(chief.get(address))
    assert '<li lang="en">The bridge</li>' in page
    assert options_of(page, "Approvers") == ["edith"]
    refused = chief.post(address, {"person": rosa.pk, "role": "approver", "due": ""})
    assert refused.status_code == 422
    assert "The mayor: rosa cannot approve" in page_of(refused)
    assert not Assignment.objects.exists()
    sent = {"person": edith.pk, "role": "", "due": "2040-05-01"}
    assert chief.post(address, sent).headers["Location"] == reverse("import", args=[job.pk])
    rows = Assignment.objects.values_list("person", "role", "due")
    assert list(rows) == [(edith.pk, "approver", date(2040, 5, 1))] * 2
    assert Event.objects.filter(act=Event.Act.ASSIGNED).count() == 2


def test_an_import_is_assigned_by_its_maker_who_may_assign(
    client: Client, article: Article, rosa: Any, ada: Any
) -> None:
    job = Import.objects.create(by=rosa, team=article.team, status="done")
    address = reverse("assign_import", args=[job.pk])
    client.force_login(rosa)
    assert client.get(address).status_code == 403
    assert client.post(address, {"person": rosa.pk}).status_code == 403
    client.force_login(ada)
    assert client.get(address).status_code == 404
    Import.objects.update(by=ada, status="running")
    assert client.get(address).status_code == 404
