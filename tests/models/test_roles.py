"""The roles and their permissions; what a person may do is asked of the database once."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.management import call_command

from articles.models import Team
from articles.models.roles import (
    APPROVE,
    REVIEW,
    ROLES,
    ensure_first_team,
    ensure_roles,
    may_anywhere,
)


def test_each_role_has_its_permissions_and_keeps_those_an_admin_added(db: Any) -> None:
    added = Permission.objects.get(codename="change_article")
    Group.objects.get(name="Reviewers").permissions.add(added)
    ensure_roles()
    for name, permissions in ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        extra = {"change_article"} if name == "Reviewers" else set()
        assert set(held) == {each.split(".")[1] for each in permissions} | extra


def test_what_an_admin_took_away_is_gone_for_good(db: Any) -> None:
    reviewers = Group.objects.get(name="Reviewers")
    reviewers.permissions.remove(Permission.objects.get(codename="add_article"))
    call_command("migrate", verbosity=0)
    assert not reviewers.permissions.filter(codename="add_article").exists()
    reviewers.delete()
    ensure_roles()
    assert Group.objects.get(name="Reviewers").permissions.filter(codename="add_article").exists()


def test_the_upgrade_lets_existing_roles_import_once(db: Any) -> None:
    reviewers = Group.objects.get(name="Reviewers")
    reviewers.permissions.clear()
    upgrade = import_module("articles.migrations.0020_let_reviewers_import")
    upgrade.let_roles_import(apps, None)
    assert list(reviewers.permissions.values_list("codename", flat=True)) == ["add_article"]


def test_a_person_in_memory_is_asked_about_once(rosa: Any, django_assert_num_queries: Any) -> None:
    person = User.objects.get(pk=rosa.pk)
    with django_assert_num_queries(1):
        assert may_anywhere(person, REVIEW)
    with django_assert_num_queries(0):  # nobody gave Rosa a permission by name
        assert [may_anywhere(person, name) for name in (APPROVE, REVIEW, APPROVE)] == [
            False,
            True,
            False,
        ]
    assert not may_anywhere(AnonymousUser(), REVIEW)  # type: ignore[arg-type]  # nobody is signed in


def test_a_permission_may_be_given_by_name_and_is_void_for_who_left(otto: Any, ada: Any) -> None:
    otto.user_permissions.add(Permission.objects.get(codename="approve_correction"))
    person = User.objects.get(pk=otto.pk)
    assert (
        may_anywhere(person, APPROVE),
        may_anywhere(person, REVIEW),
        may_anywhere(ada, APPROVE),
    ) == (True, False, True)
    User.objects.filter(pk=otto.pk).update(is_active=False)
    assert not may_anywhere(User.objects.get(pk=otto.pk), APPROVE)


def test_before_there_were_teams_none_is_made() -> None:
    class Earlier:
        def get_model(self, *_names: str) -> Any:
            raise LookupError

    ensure_first_team(Earlier())


def test_a_database_without_a_team_gets_one(db: Any) -> None:
    Team.objects.all().delete()
    ensure_first_team()
    ensure_first_team()
    assert Team.objects.count() == 1
