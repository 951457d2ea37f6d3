"""The page of one person: what may be changed by whom, and that nothing of two admins is lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import AuditEntry, Membership, Team
from articles.models.roles import APPROVE, REVIEW
from articles.people.account import AccountChange, save_account
from articles.review.workflow import Refused
from tests.factories import make_article, make_person


@pytest.fixture
def desk(client: Client, ada: Any) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def chief(client: Client, edith: Any) -> Client:
    """Edith may invite, and is no admin."""
    edith.user_permissions.add(Permission.objects.get(codename="add_user"))
    client.force_login(edith)
    return client


def address(person: Any) -> str:
    return reverse("person", args=[person.pk])


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def filled(client: Client, person: Any) -> dict[str, Any]:
    """Return what a browser would send of the page as it stands."""
    form = client.get(address(person)).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        if bound.field.disabled:
            continue
        value = bound.value()
        shown = bound.field.show_hidden_initial
        for name in (bound.html_name, *([bound.html_initial_name] if shown else [])):
            if isinstance(value, bool):
                if value or name != bound.html_name:
                    data[name] = str(value)
            else:
                data[name] = value
    return data


def save(client: Client, person: Any, **changes: Any) -> Any:
    """Send the page of the person with these changes; None stands for a box without its tick."""
    data = filled(client, person) | changes
    return client.post(address(person), {key: data[key] for key in data if data[key] is not None})


def roles_of(person: Any) -> set[str]:
    return set(Membership.objects.filter(person=person).values_list("role__name", flat=True))


def role_field() -> str:
    return f"roles_{Team.objects.get().pk}"


def ids(*names: str) -> list[str]:
    return [str(Group.objects.get(name=name).pk) for name in names]


def test_a_name_and_an_address_are_corrected(desk: Client, rosa: Any, ada: Any) -> None:
    answer = save(desk, rosa, first_name="Rosa", last_name="Lind", email="Rosa@Example.org")
    assert answer.headers["Location"] == reverse("people")
    rosa.refresh_from_db()
    assert (rosa.get_full_name(), rosa.email) == ("Rosa Lind", "rosa@example.org")
    assert rosa.is_active
    assert roles_of(rosa) == {"Reviewers"}
    line = LogEntry.objects.get(object_id=str(rosa.pk), user=ada)
    assert line.get_change_message() == "Changed first name, last name and email address."
    assert AuditEntry.objects.filter(kind="admin", person=ada).count() == 1


def test_an_unchanged_page_changes_and_logs_nothing(desk: Client, rosa: Any) -> None:
    assert save(desk, rosa).status_code == 302
    assert not LogEntry.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_earlier_address_opens_nothing(desk: Client, rosa: Any) -> None:
    EmailAddress.objects.create(user=rosa, email="old@example.org", verified=True)
    save(desk, rosa, email="new@example.org")
    assert not EmailAddress.objects.filter(email="old@example.org").exists()


def test_a_provider_opens_the_account_by_the_earlier_address_no_longer(
    desk: Client, rosa: Any, ada: Any
) -> None:
    for person in (rosa, ada):
        SocialAccount.objects.create(user=person, provider="saml", uid=person.username)
        save(desk, person, last_name="Lind")
        assert person.socialaccount_set.exists(), "another name changes no address"
        save(desk, person, email=f"{person.username}@example.org")
    assert not rosa.socialaccount_set.exists()
    assert ada.socialaccount_set.exists(), "nobody locks themself out"


def test_two_accounts_have_no_address_in_common(desk: Client, rosa: Any, ruth: Any) -> None:
    User.objects.filter(pk=ruth.pk).update(email="Ruth@example.org")
    answer = save(desk, rosa, email="ruth@example.org")
    assert answer.status_code == 422
    assert "Another account has this email address." in page_of(answer)
    new = {"username": "nora", "email": "ruth@example.org", "role": "Reviewers"}
    assert desk.post(reverse("invite"), new).status_code == 422
    assert save(desk, rosa, email="").status_code == 302, "several may have none"


def test_an_address_that_another_account_was_given_meanwhile_is_refused(
    ada: Any, rosa: Any, ruth: Any
) -> None:
    change = AccountChange(texts={"email": ("", "desk@example.org")})
    save_account(rosa, change, by=ada)
    with pytest.raises(Refused, match="Another account has this email address"):
        save_account(ruth, change, by=ada)


def test_roles_are_given_and_taken_and_logged(desk: Client, rosa: Any, ada: Any) -> None:
    save(desk, rosa, **{role_field(): ids("Approvers")})
    assert roles_of(rosa) == {"Approvers"}
    assert User.objects.get(pk=rosa.pk).has_perm(APPROVE)
    line = AuditEntry.objects.get(kind="roles")
    assert (line.person, line.subject) == (ada, rosa)
    assert line.address == "127.0.0.1"


def test_somebody_becomes_an_admin_and_is_one_no_longer(desk: Client, rosa: Any) -> None:
    save(desk, rosa, is_admin="on")
    rosa.refresh_from_db()
    assert (rosa.is_superuser, rosa.is_staff) == (True, True)
    save(desk, rosa, is_admin=None)
    rosa.refresh_from_db()
    assert (rosa.is_superuser, rosa.is_staff) == (False, False)
    texts = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(texts) == ["Made an administrator.", "No longer an administrator."]


def test_deactivating_ends_sessions_for_good_and_keeps_work(desk: Client, rosa: Any) -> None:
    make_article()
    phone = Client()
    phone.force_login(rosa)
    key = phone.session.session_key
    UserSession.objects.create(user=rosa, ip="127.0.0.1", session_key=key)
    assert phone.get("/").status_code == 200
    save(desk, rosa, is_active=None)
    assert phone.get("/").status_code == 302
    assert roles_of(rosa) == {"Reviewers"}
    assert "Deactivated" in page_of(desk.get(reverse("people")))
    save(desk, rosa, is_active="on")
    assert phone.get("/").status_code == 302, "the old session does not come back"
    assert User.objects.get(pk=rosa.pk).has_perm(REVIEW)
    texts = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(texts) == ["Deactivated.", "Reactivated."]
    headers = {"accept-language": "fr"}
    log = desk.get(reverse("admin:auth_user_history", args=[rosa.pk]), headers=headers)
    assert "Deactivated." not in page_of(log)


def test_the_only_admin_stays_one_and_nobody_locks_themself_out(
    desk: Client, ada: Any, rosa: Any
) -> None:
    page = page_of(desk.get(address(ada)))
    assert "The only administrator: make somebody else one first." in page
    assert "Nobody deactivates their own account" in page
    desk.post(address(ada), {"first_name": "Ada"})
    ada.refresh_from_db()
    assert (ada.is_superuser, ada.is_active) == (True, True)
    other = make_person("second", admin=True)
    for change in (AccountChange(is_active=False), AccountChange(is_admin=False)):
        # Two who would both take the last role: the second is refused.
        User.objects.filter(pk=other.pk).update(is_active=False)
        with pytest.raises(Refused, match="The only administrator"):
            save_account(ada, change, by=other)
    User.objects.filter(pk=other.pk).update(is_active=True)
    answer = save(desk, ada, is_admin=None)
    assert answer.headers["Location"] == reverse("articles"), "the list is closed to them now"
    assert not User.objects.get(pk=ada.pk).is_superuser


def test_a_team_keeps_an_admin(desk: Client, rosa: Any, ruth: Any) -> None:
    admins = Group.objects.get(name="Team admins")
    rosa.groups.add(admins)
    answer = save(desk, rosa, is_active=None, first_name="Rosa")
    assert answer.status_code == 422
    assert "A team keeps at least one team admin." in page_of(answer)
    assert 'value="Rosa"' in page_of(answer), "what was typed stays"
    rosa.refresh_from_db()
    assert (rosa.is_active, rosa.first_name) == (True, ""), "all of it or nothing"
    assert not LogEntry.objects.exists()
    ruth.groups.add(admins)
    assert save(desk, rosa, is_active=None).status_code == 302


def test_two_admins_who_change_other_things_lose_nothing(desk: Client, rosa: Any) -> None:
    opened = filled(desk, rosa)
    save(desk, rosa, last_name="Lind", **{role_field(): ids("Reviewers", "Approvers")})
    desk.post(address(rosa), opened | {"first_name": "Rosa"})
    rosa.refresh_from_db()
    assert rosa.get_full_name() == "Rosa Lind"
    assert roles_of(rosa) == {"Reviewers", "Approvers"}


def test_two_admins_who_change_the_same_see_both_versions(desk: Client, rosa: Any) -> None:
    opened = filled(desk, rosa)
    save(desk, rosa, last_name="Lind", email="rosa@example.org")
    answer = desk.post(address(rosa), opened | {"first_name": "Rosa", "last_name": "Lynd"})
    assert answer.status_code == 409
    page = page_of(answer)
    assert "Meanwhile somebody saved “Lind” here." in page
    assert 'value="Lynd"' in page
    assert 'value="rosa@example.org"' in page, "what was not typed is as stored"
    rosa.refresh_from_db()
    assert rosa.get_full_name() == "Lind"
    again = {bound.html_name: bound.value() for bound in answer.context["form"]}
    for bound in answer.context["form"]:
        name = bound.html_initial_name
        again[name] = answer.context["form"].data.get(name, "")
    kept = {key: again[key] for key in again if again[key]}
    assert desk.post(address(rosa), kept).status_code == 302
    rosa.refresh_from_db()
    assert (rosa.get_full_name(), rosa.email) == ("Rosa Lynd", "rosa@example.org")


def test_who_only_invites_corrects_names_and_nothing_above(
    chief: Client, edith: Any, ada: Any, rosa: Any
) -> None:
    """No address, by which an account in use could be opened; no role; nobody is locked out."""
    sent = {"first_name": "Rosa", "email": "edith@example.org", "is_admin": "on"}
    sent |= {role_field(): ids("Approvers")}  # and no tick at "May sign in"
    answer = chief.post(address(rosa), sent)
    assert answer.status_code == 302
    rosa.refresh_from_db()
    assert (rosa.first_name, rosa.email, rosa.is_active) == ("Rosa", "", True)
    assert not rosa.is_superuser
    assert roles_of(rosa) == {"Reviewers"}
    page = page_of(chief.get(address(rosa)))
    assert "Roles: Reviewer." in page
    assert "/admin/" not in page
    chief.post(address(edith), {"first_name": "Edith", role_field(): ids("Team admins")})
    edith.refresh_from_db()
    assert edith.first_name == "Edith"
    assert roles_of(edith) == {"Approvers"}
    refused = chief.post(address(ada), {"first_name": "Eve"})
    assert refused.status_code == 422
    assert "Only an administrator can change the account of an administrator." in page_of(refused)
    for change in (
        AccountChange(is_admin=True),
        AccountChange(is_active=False),
        AccountChange(texts={"email": ("", "edith@example.org")}),
    ):
        with pytest.raises(Refused):
            save_account(rosa, change, by=User.objects.get(pk=edith.pk))


def test_a_team_admin_who_invites_manages_their_own_people(
    chief: Client, edith: Any, rosa: Any, ruth: Any
) -> None:
    edith.groups.add(Group.objects.get(name="Team admins"))
    save(chief, rosa, **{role_field(): ids("Approvers")})
    assert roles_of(rosa) == {"Approvers"}
    save(chief, rosa, is_active=None)
    assert not User.objects.get(pk=rosa.pk).is_active
    team = Team.objects.get()
    sports = Team.objects.create(name="Sports")
    Membership.objects.create(team=sports, person=ruth, role=Group.objects.get(name="Readers"))
    answer = chief.post(address(ruth), {"first_name": "Ruth", f"roles_{team.pk}": []})
    assert answer.status_code == 422
    assert "also works in a team that is not yours" in page_of(answer)
    assert roles_of(ruth) == {"Reviewers", "Readers"}


def test_an_account_in_no_team_is_an_admins(chief: Client, edith: Any, desk: Client) -> None:
    nora = make_person("nora")
    with pytest.raises(Refused, match="an account that is in no team"):
        save_account(nora, AccountChange(is_active=False), by=edith)
    nora.refresh_from_db()
    assert nora.is_active
    save(desk, nora, is_active=None)
    nora.refresh_from_db()
    assert not nora.is_active


def test_where_there_are_teams_each_has_its_roles(desk: Client, ruth: Any) -> None:
    sports = Team.objects.create(name="Sports")
    Membership.objects.create(team=sports, person=ruth, role=Group.objects.get(name="Readers"))
    page = page_of(desk.get(address(ruth)))
    assert "Roles in the team “Newsroom”" in page
    assert "Roles in the team “Sports”" in page
    save(desk, ruth, **{f"roles_{sports.pk}": ids("Readers", "Team admins")})
    in_sports = Membership.objects.filter(person=ruth, team=sports)
    assert set(in_sports.values_list("role__name", flat=True)) == {"Readers", "Team admins"}
    assert Membership.objects.filter(person=ruth).count() == 3


def test_the_page_and_the_list_cost_the_same_with_many_teams_and_people(
    chief: Client, edith: Any, rosa: Any
) -> None:
    roles = {name: Group.objects.get(name=name) for name in ("Readers", "Team admins")}
    numbers = []
    for name in ("Sports", "Culture", "Science"):
        team = Team.objects.create(name=name)
        Membership.objects.create(team=team, person=rosa, role=roles["Readers"])
        Membership.objects.create(team=team, person=edith, role=roles["Team admins"])
        make_person(f"guest of {name}", role="Readers")
        for place in (address(rosa), reverse("people")):
            with CaptureQueriesContext(connection) as queries:
                assert name in page_of(chief.get(place))
            numbers.append(len(queries))
    assert numbers[::2] == [numbers[0]] * 3
    assert numbers[1::2] == [numbers[1]] * 3


def test_who_may_not_invite_sees_nobody(client: Client, rosa: Any, ruth: Any) -> None:
    client.force_login(rosa)
    for person in (rosa, ruth):
        assert client.get(address(person)).status_code == 403
        assert client.post(address(person), {"first_name": "Eve"}).status_code == 403
    assert not User.objects.filter(first_name="Eve").exists()
