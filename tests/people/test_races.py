"""Two admins save at the same moment, on PostgreSQL: one stays an admin, and an address belongs to one account."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.people.account import AccountChange, save_account
from tests.factories import make_person
from tests.review.test_races import REFUSED, at_once

pytestmark = [
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write at a time (DATABASE_URL)"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("field", ["is_active", "is_admin"])
def test_of_two_admins_who_put_each_other_out_one_stays(field: str) -> None:
    ada, eve = make_person("ada", admin=True), make_person("eve", admin=True)
    change = AccountChange(**{field: False})
    told = at_once(
        lambda: save_account(ada, change, by=eve), lambda: save_account(eve, change, by=ada)
    )
    assert sorted(told) == ["done", REFUSED]
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


def test_an_address_is_given_to_one_account() -> None:
    ada, rosa, ruth = make_person("ada", admin=True), make_person("rosa"), make_person("ruth")
    change = AccountChange(texts={"email": ("", "desk@example.org")})
    told = at_once(
        lambda: save_account(rosa, change, by=ada), lambda: save_account(ruth, change, by=ada)
    )
    assert sorted(told) == ["done", REFUSED]
    assert User.objects.filter(email="desk@example.org").count() == 1
