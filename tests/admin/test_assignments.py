"""Giving articles out in the admin: people, dates, how an article is read, several at once, refusals in words."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from articles.adjudication import actions
from articles.models import Article, Assignment, Event, Flag
from tests.factories import make_article, make_flag, make_person, make_reading

LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def desk(client: Any, ada: Any) -> Any:
    client.force_login(ada)
    return client


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def save(
    client: Any, article: Article, *people: tuple[Any, str], manner: str = "together", **other: Any
) -> Any:
    """Save the article's page with these people and parts; "" for the part takes it away."""
    rows = list(article.assignments.order_by("id"))
    data = {"title": article.title, "manner": manner, "assignments-INITIAL_FORMS": len(rows)}
    new = [pair for pair in people if pair[0].pk not in {row.person_id for row in rows}]
    named = {person.pk: role for person, role in people}
    data["assignments-TOTAL_FORMS"] = len(rows) + len(new)
    for k, row in enumerate(rows):
        data |= {f"assignments-{k}-id": row.pk, f"assignments-{k}-article": article.pk}
        data |= {
            f"assignments-{k}-person": row.person_id,
            f"assignments-{k}-role": named.get(row.person_id, row.role),
        }
        if named.get(row.person_id) == "":
            data |= {f"assignments-{k}-role": row.role, f"assignments-{k}-DELETE": "on"}
    for k, (person, role) in enumerate(new, start=len(rows)):
        data |= {f"assignments-{k}-person": person.pk, f"assignments-{k}-role": role}
    return client.post(
        reverse("admin:articles_article_change", args=[article.pk]), data | other, follow=True
    )


def act(client: Any, action: str, *rows: Article, **data: Any) -> Any:
    data |= {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, data, follow=True)


def errors_of(response: Any) -> str:
    return " ".join(str(each) for each in response.context["errors"])


# ── on the article's page ────────────────────────────────────────────────────


def test_an_article_gets_its_people_and_dates(desk: Any, rosa: Any, edith: Any) -> None:
    article = make_article()
    save(
        desk,
        article,
        (rosa, "reviewer"),
        (edith, "approver"),
        **{"assignments-0-due": "2027-01-31", "assignments-0-due_time": "18:00"},
    )
    rows = article.assignments.all()
    assert [(row.person, row.role, row.due, row.due_time) for row in rows] == [
        (rosa, "reviewer", date(2027, 1, 31), time(18)),
        (edith, "approver", None, None),
    ]
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert 'value="18:00"' in page.content.decode(), "an hour is typed without seconds"
    save(desk, article, (rosa, ""), (edith, "reviewer"))
    assert [(row.person, row.role) for row in article.assignments.all()] == [(edith, "reviewer")]
    told = [event.details for event in Event.objects.filter(act="assigned").order_by("id")]
    assert [(each["person"], each["role"], each["gone"]) for each in told] == [
        ("rosa", "reviewer", False),
        ("edith", "approver", False),
        ("edith", "reviewer", False),
        ("rosa", "reviewer", True),
    ]


def test_a_time_needs_a_date(desk: Any, rosa: Any) -> None:
    article = make_article()
    answer = save(desk, article, (rosa, "reviewer"), **{"assignments-0-due_time": "18:00"})
    assert "A time needs a date." in errors_of(answer)
    assert not Assignment.objects.exists()


def test_saving_again_tells_nothing(desk: Any, rosa: Any) -> None:
    article = make_article()
    for _each in range(2):
        save(desk, article, (rosa, "reviewer"))
    assert Event.objects.count() == 1


def test_only_those_who_may_are_offered(desk: Any, rosa: Any, otto: Any) -> None:
    article = make_article()
    left = make_person("lena")
    Assignment.objects.create(article=article, person=left)
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk]))
    offered = page.context["inline_admin_formsets"][0].formset.forms[0].fields["person"].queryset
    assert [person.username for person in offered] == ["ada", "lena", "rosa"]
    assert "otto" not in page.content.decode()
    assert 'aria-label="Remove"' in page.content.decode(), "the box of a row has a name"
    save(desk, article)
    assert Article.objects.get().assignments.get().person == left, (
        "who lost the role since is left alone"
    )


@pytest.mark.parametrize(
    ("name", "role", "reason"),
    [
        ("rosa", "approver", "rosa cannot approve"),
        ("otto", "reviewer", "not one of the available choices"),
    ],
)
def test_who_may_not_have_a_part_is_refused_in_words(
    name: str, role: str, reason: str, desk: Any, request: Any
) -> None:
    article = make_article()
    assert reason in errors_of(save(desk, article, (request.getfixturevalue(name), role)))
    assert not Assignment.objects.exists()


def test_nobody_has_two_parts(desk: Any, edith: Any) -> None:
    article = make_article()
    response = save(desk, article, (edith, "reviewer"), (edith, "approver"))
    assert "duplicate" in errors_of(response)


def test_two_read_apart_and_it_is_called_off(desk: Any, rosa: Any, ruth: Any) -> None:
    article = make_article()
    messages = said(save(desk, article, (rosa, "reviewer"), (ruth, "reviewer"), manner="apart"))
    assert Article.objects.get().stage == "reading"
    assert "1 done." in messages
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "blind review in progress" in page
    save(desk, article, manner="together")
    assert Article.objects.get().stage == "review"
    assert list(Event.objects.exclude(act="assigned").values_list("act", flat=True)) == [
        "together",
        "apart",
    ]


@pytest.mark.slow
def test_what_does_not_fit_a_reading_apart_is_refused_in_words(
    desk: Any, rosa: Any, ruth: Any, edith: Any
) -> None:
    article = make_article()
    one = save(desk, article, (rosa, "reviewer"), (edith, "approver"), manner="apart")
    assert "needs exactly two reviewers" in errors_of(one)
    flag = make_flag(article.segments.get(position=1), by=rosa)
    touched = save(desk, article, (rosa, "reviewer"), (ruth, "reviewer"), manner="apart")
    assert "needs an untouched one" in errors_of(touched)
    assert not Assignment.objects.exists()
    Flag.objects.filter(pk=flag.pk).delete()
    save(desk, article, (rosa, "reviewer"), (ruth, "reviewer"), manner="apart")
    assert "needs exactly two reviewers" in errors_of(
        save(desk, article, (rosa, ""), manner="apart")
    )
    actions.finish(article, by=rosa)
    assert "its reviewers cannot be changed" in errors_of(
        save(desk, article, (rosa, ""), (edith, "reviewer"), manner="apart")
    )
    assert "has begun" in errors_of(save(desk, article, manner="together"))
    actions.finish(article, by=ruth)
    save(desk, article, (edith, "approver"), manner="together")
    article = Article.objects.get()
    assert (article.stage, article.assignments.count()) == ("comparing", 2)
    save(desk, article, (edith, "approver"), manner="apart")
    assert article.assignments.count() == 3
    actions.close(article, by=edith)
    save(desk, article, (rosa, ""), manner="apart")
    assert article.assignments.count() == 2


def test_somebody_who_may_only_look_sees_how_it_stands(client: Any, rosa: Any, ruth: Any) -> None:
    article = make_reading(rosa, ruth)
    otto = make_person("otto", role="Readers")
    otto.is_staff = True
    otto.save()
    otto.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(otto)
    page = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert "blind review in progress" in page
    assert 'name="manner"' not in page


def test_somebody_who_may_not_give_out_still_chooses_how_it_is_read(
    client: Any, rosa: Any, ruth: Any
) -> None:
    article = make_reading(rosa, ruth)
    otto = make_person("otto", role="Readers")
    otto.is_staff = True
    otto.save()
    otto.user_permissions.set(
        Permission.objects.filter(codename__in=["view_article", "change_article"])
    )
    client.force_login(otto)
    save(client, article, manner="together")
    assert Article.objects.get().stage == "review"
    make_flag(article.segments.get(position=1), by=rosa)
    response = save(client, article, manner="apart")
    assert any("untouched" in each for each in said(response))


# ── several at once ──────────────────────────────────────────────────────────


def test_several_articles_are_given_to_somebody(desk: Any, rosa: Any) -> None:
    articles = [make_article(title="One"), make_article(title="Two")]
    page = act(desk, "give", *articles)
    assert [str(each) for each in page.context["articles"]] == ["Two", "One"]
    assert 'name="due"' in page.content.decode()
    response = act(
        desk, "give", *articles, person=rosa.pk, role="reviewer", due="2027-01-31", due_time="18:00"
    )
    assert "2 done." in said(response)
    assert {(row.person, row.due) for row in Assignment.objects.all()} == {
        (rosa, date(2027, 1, 31))
    }
    act(desk, "give", *articles, person=rosa.pk, role="reviewer")
    assert list(Assignment.objects.values_list("due", flat=True)) == [None, None], (
        "twice is another date"
    )


def test_giving_out_is_refused_in_words(
    desk: Any, rosa: Any, ruth: Any, edith: Any, otto: Any
) -> None:
    ordinary, blind = make_article(title="Ordinary"), make_reading(rosa, ruth, title="Blind")
    refused = act(desk, "give", ordinary, person=rosa.pk, role="approver").content.decode()
    assert "rosa cannot approve; an admin can give them that role." in refused
    assert (
        "Select a valid choice"
        in act(desk, "give", ordinary, person=otto.pk, role="reviewer").content.decode()
    )
    messages = said(act(desk, "give", ordinary, blind, person=edith.pk, role="reviewer"))
    assert "1 done." in messages
    assert "Blind: A blind review needs exactly two reviewers." in messages
    act(desk, "give", blind, person=edith.pk, role="approver")
    assert Assignment.objects.filter(person=edith).count() == 2


def test_several_are_read_apart_and_declared_finished(
    desk: Any, rosa: Any, ruth: Any, ada: Any
) -> None:
    ready, alone = make_article(title="Ready"), make_article(title="Alone")
    for article, person in ((ready, rosa), (ready, ruth), (alone, rosa)):
        Assignment.objects.create(article=article, person=person)
    messages = said(act(desk, "read_apart", ready, alone))
    assert sorted(messages) == [
        "1 done.",
        "Alone: A blind review needs exactly two reviewers.",
    ]
    messages = said(act(desk, "declare_finished", ready, alone))
    assert sorted(messages) == ["1 done.", "Alone: This article is not in blind review."]
    assert Article.objects.get(title="Ready").stage == "comparing"


def test_a_reader_does_not_declare_the_other_finished(desk: Any, rosa: Any, ada: Any) -> None:
    article = make_reading(rosa, ada)
    messages = said(act(desk, "declare_finished", article))
    assert messages == [
        "The mayor: You are one of its reviewers: somebody else has to end the blind review."
    ]
    assert Article.objects.get().stage == "reading"


def test_giving_out_needs_the_right_to_change_articles(client: Any, rosa: Any) -> None:
    article = make_article()
    otto = make_person("otto", role="Readers")
    otto.is_staff = True
    otto.save()
    otto.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(otto)
    act(client, "give", article, person=rosa.pk, role="reviewer")
    client.logout()
    act(client, "give", article, person=rosa.pk, role="reviewer")
    assert not Assignment.objects.exists()


# ── deleting ─────────────────────────────────────────────────────────────────


def test_an_article_is_not_deleted_in_the_admin(desk: Any, rosa: Any, ruth: Any) -> None:
    article = make_reading(rosa, ruth)
    assert desk.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    page = desk.get(reverse("admin:articles_article_changelist")).content.decode()
    assert "delete_selected" not in page


def test_whoever_has_a_part_in_anything_is_not_deleted(
    desk: Any, rosa: Any, ruth: Any, otto: Any
) -> None:
    make_flag(make_reading(rosa, ruth).segments.get(position=1), by=rosa, apart="sealed")
    address = reverse("admin:auth_user_delete", args=[rosa.pk])
    page = desk.get(address).content.decode()
    assert "deactivate the account instead" in page
    assert "Omission" not in page
    desk.post(address, {"post": "yes"})
    desk.post(reverse("admin:auth_user_delete", args=[otto.pk]), {"post": "yes"})
    assert not User.objects.filter(username="otto").exists()
    assert User.objects.filter(username="rosa").exists()
