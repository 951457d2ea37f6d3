"""Inviting people: an account with a role, and a link that opens it once."""

from __future__ import annotations

import html
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Membership, Team
from articles.models.roles import APPROVE, IMPORT, REVIEW

WORDS = {"new_password1": "seven grey herons", "new_password2": "seven grey herons"}
NORA = {"username": "nora", "first_name": "Nora", "last_name": "", "email": "", "role": "Approvers"}


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


def link_on(answer: Any) -> str:
    assert answer.status_code == 200
    found = re.search(
        r'readonly [^>]*value="http://testserver(/welcome/[^"]+)"', answer.content.decode()
    )
    assert found
    return html.unescape(found[1])


def choose(link: str, words: dict[str, str] = WORDS) -> Any:
    """Open a link as somebody who is not signed in, and send a password."""
    visitor = Client()
    opened = visitor.get(link)
    if opened.status_code != 302:
        return opened
    return visitor.post(opened.headers["Location"], words)


def test_who_is_invited_has_the_role_and_chooses_the_password(desk: Client, ada: Any) -> None:
    link = link_on(desk.post(reverse("invite"), NORA))
    nora = User.objects.get(username="nora")
    assert not nora.has_usable_password()
    assert nora.has_perms([REVIEW, APPROVE, IMPORT])
    assert not nora.is_staff
    assert choose(link).headers["Location"] == reverse("login")
    assert Client().login(username="nora", password=WORDS["new_password1"])
    lines = LogEntry.objects.filter(object_id=str(nora.pk), user=ada)
    assert "Approver" in lines.get(action_flag=1).change_message


def test_who_has_chosen_a_password_has_only_that_left_to_type(desk: Client) -> None:
    link = link_on(desk.post(reverse("invite"), NORA))
    visitor = Client()
    opened = visitor.get(link, follow=True)
    assert re.search(r'name="new_password1"[^>]*autofocus', opened.content.decode())
    page = visitor.post(opened.request["PATH_INFO"], WORDS, follow=True).content.decode()
    assert re.search(r'name="username" value="nora"', page)
    assert re.search(r'name="password"[^>]*autofocus', page)
    assert re.search(r'name="username"[^>]*autofocus', Client().get("/sign-in/").content.decode())


def test_a_link_works_once(desk: Client) -> None:
    link = link_on(desk.post(reverse("invite"), NORA))
    choose(link)
    other = dict.fromkeys(WORDS, "eight white storks")
    assert "This link is no longer valid" in choose(link, other).content.decode()
    assert Client().login(username="nora", password=WORDS["new_password1"])


def test_a_link_expires(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_on(desk.post(reverse("invite"), NORA))
    now = PasswordResetTokenGenerator()._now()
    # By the clock on the wall, as Django counts: an hour more passes where the clocks go back.
    later = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 2)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    assert "This link is no longer valid" in choose(link).content.decode()


def test_a_weak_password_is_refused(desk: Client) -> None:
    link = link_on(desk.post(reverse("invite"), NORA))
    page = choose(link, dict.fromkeys(WORDS, "nora")).content.decode()
    assert "too short" in page
    assert not User.objects.get(username="nora").has_usable_password()


def test_only_who_may_add_people_sees_these_pages(client: Client, edith: Any, rosa: Any) -> None:
    client.force_login(edith)
    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("invite"), NORA).status_code == 403
    assert client.post(reverse("password_link", args=[rosa.pk])).status_code == 403
    assert not User.objects.filter(username="nora").exists()


def test_who_is_no_admin_opens_nobody_elses_account(chief: Client, ada: Any, rosa: Any) -> None:
    """A link opens an account: nobody comes to an admin's, or to one in use, by handing one out."""
    for person in (ada, rosa):
        assert chief.post(reverse("password_link", args=[person.pk])).status_code == 403
    assert chief.post(reverse("invite"), NORA | {"role": "admin"}).status_code == 422
    assert not User.objects.filter(username="nora").exists()
    first = link_on(chief.post(reverse("invite"), NORA))
    nora = User.objects.get(username="nora")
    second = link_on(chief.post(reverse("password_link", args=[nora.pk])))
    choose(second)
    assert "This link is no longer valid" in choose(first).content.decode()
    assert chief.post(reverse("password_link", args=[nora.pk])).status_code == 403


def test_an_account_in_use_without_a_password_is_opened_by_nobody_else(
    chief: Client, rosa: Any
) -> None:
    """Its owner signs in at a provider, or with a passkey."""
    rosa.set_unusable_password()
    rosa.last_login = timezone.now()
    rosa.save()
    assert chief.post(reverse("password_link", args=[rosa.pk])).status_code == 403
    sent = {"first_name": "Rosa", "email": "edith@example.org", "initial-email": ""}
    chief.post(reverse("person", args=[rosa.pk]), sent)
    rosa.refresh_from_db()
    assert (rosa.first_name, rosa.email) == ("Rosa", "")


def test_an_account_of_another_team_is_opened_by_nobody_there(
    chief: Client, ruth: Any, edith: Any
) -> None:
    ruth.set_unusable_password()
    ruth.save()
    assert chief.post(reverse("password_link", args=[ruth.pk])).status_code == 200
    readers = Group.objects.get(name="Readers")
    sports = Team.objects.create(name="Sports")
    Membership.objects.create(team=sports, person=ruth, role=readers)
    assert chief.post(reverse("password_link", args=[ruth.pk])).status_code == 403
    page = chief.get(reverse("people")).content.decode()
    assert reverse("password_link", args=[ruth.pk]) not in page
    Membership.objects.create(team=sports, person=edith, role=readers)
    assert chief.post(reverse("password_link", args=[ruth.pk])).status_code == 200


def test_an_admin_may_invite_admins_and_help_who_forgot(desk: Client, rosa: Any) -> None:
    link_on(desk.post(reverse("invite"), NORA | {"role": "admin"}))
    assert User.objects.get(username="nora").is_superuser
    choose(link_on(desk.post(reverse("password_link", args=[rosa.pk]))))
    assert Client().login(username="rosa", password=WORDS["new_password1"])
    User.objects.filter(pk=rosa.pk).update(is_active=False)
    assert desk.post(reverse("password_link", args=[rosa.pk])).status_code == 403


def test_no_password_and_no_link_is_logged(desk: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        link = link_on(desk.post(reverse("invite"), NORA))
        choose(link)
    token = link.rstrip("/").split("/")[-1]
    stored = " ".join(LogEntry.objects.values_list("change_message", flat=True))
    assert WORDS["new_password1"] not in caplog.text + stored
    assert token not in stored


def test_the_list_names_roles_and_who_never_came(desk: Client, rosa: Any) -> None:
    desk.post(reverse("invite"), NORA)
    page = desk.get(reverse("people")).content.decode()
    assert "Invited, no password yet" in page
    assert "Reviewer" in page
    assert "Password link for Nora" in page


def test_the_list_leads_to_each_person(desk: Client, rosa: Any) -> None:
    User.objects.filter(pk=rosa.pk).update(first_name="Rosa", last_name="Lind")
    page = desk.get(reverse("people")).content.decode()
    assert f'<a href="{reverse("person", args=[rosa.pk])}"><b>Rosa Lind</b></a>' in page
    assert '<span class="muted">rosa</span>' in page


def test_who_only_invites_has_no_way_into_the_admin(chief: Client, rosa: Any) -> None:
    assert "/admin/" not in chief.get(reverse("people")).content.decode()
