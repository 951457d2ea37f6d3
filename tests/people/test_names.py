"""What pages call a person."""

from __future__ import annotations

from typing import Any

from django.test import Client

from articles.models import Event
from articles.models.people import name_of, shared_names
from articles.review.actions import flag
from tests.factories import make_article, make_correction, make_person


def named(username: str, first: str, last: str) -> Any:
    person = make_person(username)
    person.first_name, person.last_name = first, last
    person.save()
    return person


def test_a_person_is_called_by_their_names_else_by_the_username(db: None) -> None:
    assert name_of(make_person("rosa")) == "rosa"
    assert name_of(named("claire", "Claire", "Martin")) == "Claire Martin"
    assert name_of(named("zoe", "", "Lind")) == "Lind"


def test_two_of_one_name_are_told_apart_until_one_is_renamed(db: None) -> None:
    first = named("claire", "Claire", "Martin")
    assert name_of(first) == "Claire Martin"
    second = named("cmartin", "claire", "martin")
    assert name_of(first) == "Claire Martin (claire)"
    assert name_of(second) == "claire martin (cmartin)"
    second.last_name = "Lind"
    second.save()
    assert name_of(first) == "Claire Martin"


def test_names_cost_no_query_each(db: None, django_assert_num_queries: Any) -> None:
    people = [named("claire", "Claire", "Martin"), named("zoe", "Zoé", "Lind")]
    shared_names.forget()
    with django_assert_num_queries(1):
        for person in people * 3:
            name_of(person)
    nameless = make_person("rosa")
    with django_assert_num_queries(0):
        name_of(nameless)


def test_pages_call_people_by_name_while_files_keep_usernames_and_history_says_both(
    client: Client, ada: Any, rosa: Any
) -> None:
    rosa.first_name, rosa.last_name = "Rosa", "Lind"
    rosa.save()
    article = make_article()
    first, second = article.segments.order_by("position")[:2]
    values = {"type": "Omission", "severity": "minor", "source_start": 0, "source_end": 3}
    flag(first, by=rosa, revision=first.revision, values=values)
    make_correction(second, by=rosa, status="submitted")
    second.status = "waiting"
    second.save()
    client.force_login(ada)
    address = f"/articles/{article.pk}/"
    desk = client.get(address).content.decode()
    assert desk.count("Rosa Lind") == 2
    assert '<span class="who">rosa' not in desk
    files = client.get(f"{address}export/csv/").getvalue().decode()
    assert "rosa" in files
    assert "Rosa Lind" not in files
    history = client.get(f"{address}history/").content.decode()
    assert "<b>Rosa Lind (rosa)</b>" in history
    assert Event.objects.filter(article=article, actor=rosa).exists()
