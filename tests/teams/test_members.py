"""The page of a team: its admins give and take roles, and cannot open anything that is not theirs to open."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from articles.models import AuditEntry, Membership, Team
from articles.review.workflow import Refused
from articles.teams import members
from articles.teams.members import RoleChange, read_details
from tests.cases import for_each
from tests.factories import make_article, make_person


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.first_team()


@pytest.fixture
def chief(client: Client, team: Team) -> User:
    """Chiara is the admin of the team, and of no site; she is signed in."""
    chiara = make_person("chiara", role="Team admins")
    client.force_login(chiara)
    return chiara


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def pair(person: User, name: str) -> str:
    return f"{person.pk}-{role(name).pk}"


def roles_of(person: User) -> set[str]:
    return set(Membership.objects.filter(person=person).values_list("role__name", flat=True))


def page_of(team: Team) -> str:
    return reverse("team", args=[team.pk])


def add(client: Client, team: Team, name: str, *roles: str) -> Any:
    keys = [role(each).pk for each in roles]
    return client.post(reverse("add_member", args=[team.pk]), {"person": name, "roles": keys})


def remove(client: Client, team: Team, person: User) -> Any:
    return client.post(reverse("remove_member", args=[team.pk, person.pk]))


def test_ticks_give_and_take_roles_and_are_logged(
    client: Client, team: Team, chief: User, rosa: User, edith: User
) -> None:
    page = client.get(page_of(team)).content.decode()
    assert f'value="{pair(rosa, "Reviewers")}" aria-label="Reviewer, rosa" checked' in page
    sent = {"had": [pair(rosa, "Reviewers"), pair(edith, "Approvers")]}
    sent["has"] = [pair(rosa, "Reviewers"), pair(rosa, "Approvers"), pair(edith, "Readers")]
    assert client.post(page_of(team), sent).status_code == 302
    assert (roles_of(rosa), roles_of(edith)) == ({"Reviewers", "Approvers"}, {"Readers"})
    lines = AuditEntry.objects.filter(kind="roles", person=chief, address="127.0.0.1")
    assert set(lines.values_list("subject", "details")) == {
        (rosa.pk, "Newsroom: + Approvers"),
        (edith.pk, "Newsroom: + Readers, − Approvers"),
    }


def test_what_another_admin_changed_meanwhile_stays(
    client: Client, team: Team, chief: User, rosa: User
) -> None:
    Membership.objects.create(team=team, person=rosa, role=role("Importers"))
    shown = {"had": [pair(rosa, "Reviewers")]}
    client.post(page_of(team), shown | {"has": [pair(rosa, "Reviewers"), pair(rosa, "Approvers")]})
    assert roles_of(rosa) == {"Reviewers", "Importers", "Approvers"}


def test_a_person_is_added_by_what_identifies_them(
    client: Client, team: Team, chief: User, ada: User
) -> None:
    """A team admin learns nothing of accounts beyond their teams; an admin of the site may."""
    nora = make_person("nora")
    names = {"first_name": "Nora", "last_name": "Lind", "email": "n@example.org"}
    User.objects.filter(pk=nora.pk).update(**names)
    assert add(client, team, "Nora Lind", "Readers").status_code == 422
    assert '<option value="nora">' not in client.get(page_of(team)).content.decode()
    assert add(client, team, "N@example.org", "Readers").status_code == 302
    add(client, team, "Nora", "Approvers")
    client.force_login(ada)
    add(client, team, "nora  LIND", "Importers")
    assert roles_of(nora) == {"Readers", "Approvers", "Importers"}


def test_a_name_of_nobody_or_of_several_keeps_the_form(
    client: Client, team: Team, chief: User, ada: User
) -> None:
    client.force_login(ada)
    for name in ("nora1", "nora2"):
        User.objects.filter(pk=make_person(name).pk).update(first_name="Nora", last_name="Lind")
    answer = add(client, team, "zoe", "Readers")
    assert answer.status_code == 422
    assert "Nobody with an account is called “zoe”." in answer.content.decode()
    assert 'value="zoe"' in answer.content.decode()
    assert "nora1, nora2" in add(client, team, "Nora Lind", "Readers").content.decode()
    User.objects.filter(username="nora2").update(is_active=False)
    assert add(client, team, "nora2", "Readers").status_code == 422
    assert add(client, team, "nora1").status_code == 422
    assert Membership.objects.count() == 1


def test_who_has_no_role_left_sees_nothing(
    client: Client, team: Team, chief: User, rosa: User
) -> None:
    article = make_article()
    assert remove(client, team, rosa).status_code == 302
    client.force_login(rosa)
    assert client.get(reverse("desk", args=[article.pk])).status_code == 404
    assert client.get(page_of(team)).status_code == 404
    assert "You have no role yet" in client.get(reverse("teams")).content.decode()
    assert "You have no role yet" in client.get("/").content.decode()


def test_the_last_team_admin_stays(client: Client, team: Team, chief: User, ada: User) -> None:
    """By no way, and not by an admin of the site either."""
    for person in (chief, ada):
        client.force_login(person)
        answer = client.post(page_of(team), {"had": [pair(chief, "Team admins")]})
        assert answer.status_code == 422
        assert "A team keeps at least one team admin" in answer.content.decode()
        assert remove(client, team, chief).status_code == 422
    assert roles_of(chief) == {"Team admins"}
    assert not AuditEntry.objects.filter(kind="roles").exists()
    second = make_person("second", role="Team admins")
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert remove(client, team, chief).status_code == 422
    User.objects.filter(pk=second.pk).update(is_active=True)
    assert remove(client, team, chief).status_code == 302
    assert roles_of(chief) == set()


def test_a_team_admin_may_leave_and_loses_the_page(client: Client, team: Team, chief: User) -> None:
    make_person("second", role="Team admins")
    sent = {"had": [pair(chief, "Team admins")], "has": []}
    assert client.post(page_of(team), sent).headers["Location"] == reverse("teams")
    assert client.get(page_of(team)).status_code == 404


def test_a_team_of_others_is_not_there_and_a_member_only_reads(
    client: Client, team: Team, chief: User, rosa: User
) -> None:
    sports = Team.objects.create(name="Sports")
    Membership.objects.create(team=sports, person=rosa, role=role("Team admins"))
    assert client.get(page_of(sports)).status_code == 404
    sent = {"has": [pair(chief, "Team admins")]}
    assert client.post(page_of(sports), sent).status_code == 404
    assert add(client, sports, "chiara", "Readers").status_code == 404
    with pytest.raises(PermissionDenied):
        members.change_roles(sports, give=[(chief.pk, role("Readers").pk)], take=[], by=chief)
    client.force_login(User.objects.get(pk=rosa.pk))
    page = client.get(page_of(team)).content.decode()
    assert "Team admin" in page
    assert "checkbox" not in page
    assert client.post(page_of(team), {"has": [pair(rosa, "Approvers")]}).status_code == 403
    assert add(client, team, "rosa", "Approvers").status_code == 403
    assert remove(client, team, chief).status_code == 403
    teams = client.get(reverse("teams")).content.decode()
    assert "Newsroom</a>" in teams
    assert "Sports</a>" in teams


def test_a_role_that_reaches_beyond_the_team_is_given_by_who_may_do_all_of_it(
    client: Client, team: Team, chief: User, rosa: User, ada: User
) -> None:
    """Else a team admin came to it by a second account."""
    desk = Group.objects.create(name="Front desk")
    desk.permissions.set(Permission.objects.filter(codename__in=["add_user", "review_article"]))
    page = client.get(page_of(team)).content.decode()
    assert "Only an administrator can give the role “Front desk”" in page
    assert f'value="{pair(rosa, "Front desk")}" aria-label="Front desk, rosa" disabled' in page
    sent = {"has": [pair(rosa, "Front desk")]}
    answer = client.post(page_of(team), sent)
    assert answer.status_code == 422
    assert add(client, team, "rosa", "Front desk").status_code == 422
    assert roles_of(rosa) == {"Reviewers"}
    client.force_login(ada)
    client.post(page_of(team), sent)
    assert roles_of(rosa) == {"Reviewers", "Front desk"}
    client.force_login(chief)
    client.post(page_of(team), {"had": sent["has"]})
    assert roles_of(rosa) == {"Reviewers"}
    Membership.objects.create(team=team, person=chief, role=desk)
    client.post(page_of(team), sent)
    assert roles_of(rosa) == {"Reviewers", "Front desk"}


def test_who_invites_makes_no_team_admins_in_a_team_that_they_do_not_manage(
    client: Client, team: Team, edith: User
) -> None:
    sports = Team.objects.create(name="Sports")
    Membership.objects.create(team=sports, person=edith, role=role("Team admins"))
    edith.user_permissions.add(Permission.objects.get(codename="add_user"))
    client.force_login(User.objects.get(pk=edith.pk))
    nora = {"username": "nora", "role": "Team admins"}
    answer = client.post(reverse("invite"), nora | {"team": team.pk})
    assert answer.status_code == 422
    assert "Only a team admin can make" in answer.content.decode()
    client.post(reverse("invite"), nora | {"team": sports.pk})
    assert roles_of(User.objects.get(username="nora")) == {"Team admins"}


def test_nobody_deactivated_gets_a_role_and_nonsense_changes_nothing(
    client: Client, team: Team, chief: User, rosa: User
) -> None:
    User.objects.filter(pk=rosa.pk).update(is_active=False)
    with pytest.raises(Refused, match="deactivated"):
        members.change_roles(team, give=[(rosa.pk, role("Readers").pk)], take=[], by=chief)
    before = set(Membership.objects.values_list("person", "role"))
    for values in (["9" * 18 + "-1"], ["x", "1-", "-1", "1-2-3"], [f"{rosa.pk}-999999"]):
        assert client.post(page_of(team), {"has": values}).status_code == 302
    assert set(Membership.objects.values_list("person", "role")) == before


def test_roles_are_changed_once_and_by_who_manages_the_team(
    team: Team, chief: User, rosa: User, otto: User
) -> None:
    reads, reviews = role("Readers").pk, role("Reviewers").pk
    with pytest.raises(PermissionDenied):
        members.change_roles(team, give=[(otto.pk, reviews)], take=[], by=rosa)
    given, taken = [(rosa.pk, reviews), (10**9, reviews)], [(rosa.pk, reads)]
    members.change_roles(team, give=given, take=taken, by=chief)
    assert roles_of(rosa) == {"Reviewers"}, "what is so already stays so"
    otto.is_active = False
    otto.save()
    with pytest.raises(Refused, match="otto is deactivated"):
        members.change_roles(team, give=[(otto.pk, reviews)], take=[], by=chief)
    assert roles_of(otto) == {"Readers"}
    assert not AuditEntry.objects.filter(kind=AuditEntry.Kind.ROLES_CHANGED).exists()


@for_each(
    "change",
    [
        RoleChange(given=[Group(name="Reviewers")], taken=[Group(name="Approvers")]),
        RoleChange(given=[Group(name="Editors, sport"), Group(name="A: + B")]),
        RoleChange(taken=[Group(name="Readers")]),
    ],
)
def test_a_line_of_the_log_is_read_as_it_was_written(change: RoleChange) -> None:
    roles = [("+", role.name) for role in change.given] + [
        ("−", role.name) for role in change.taken
    ]
    assert read_details(change.details_in("Desk: world")) == ("Desk: world", roles)


def test_another_line_of_the_log_names_no_roles() -> None:
    assert read_details("Reviewers of Newsroom") is None
