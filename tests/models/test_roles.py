"""What a person may do is asked once, and is what Django itself would say."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User

from articles.models.roles import APPROVE, REVIEW, OneQueryBackend, may


@pytest.mark.parametrize("kind", ["in a group", "by name", "both", "nothing", "left", "superuser"])
def test_the_permissions_are_those_that_django_finds(
    db: Any, rosa: Any, otto: Any, kind: str
) -> None:
    person = rosa if kind in ("in a group", "both", "left") else otto
    if kind in ("by name", "both"):
        person.user_permissions.add(Permission.objects.get(codename="approve_correction"))
    person.is_active, person.is_superuser = kind != "left", kind == "superuser"
    person.save()
    one, other = User.objects.get(pk=person.pk), User.objects.get(pk=person.pk)
    found = OneQueryBackend().get_all_permissions(one)
    assert found == ModelBackend().get_all_permissions(other)
    assert (APPROVE in found) == (kind in ("by name", "both", "superuser"))
    assert OneQueryBackend().get_all_permissions(one, one) == set()
    assert OneQueryBackend().get_all_permissions(AnonymousUser()) == set()


def test_a_person_in_memory_is_asked_about_once(rosa: Any, django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=rosa.pk)
    with django_assert_num_queries(1):
        assert [may(person, REVIEW), may(person, APPROVE), may(person, REVIEW)] == [
            True,
            False,
            True,
        ]
    assert not may(AnonymousUser(), REVIEW)
