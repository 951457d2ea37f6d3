"""What pages call a person."""

from __future__ import annotations

from typing import Any

from articles.models.people import name_of, shared_names
from tests.factories import make_person


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
