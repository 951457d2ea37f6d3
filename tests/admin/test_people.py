"""The admin's page for people: what it does for somebody who lost their second step, and how it speaks French."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from articles.models import AuditEntry
from tests.factories import make_person

PEOPLE = "/admin/auth/user/"


def act(client: Client, name: str, person: Any) -> Any:
    return client.post(PEOPLE, {"action": name, "_selected_action": [person.pk]}, follow=True)


def test_a_lost_second_step_is_removed_and_logged(client: Client, ada: Any, rosa: Any) -> None:
    Authenticator.objects.create(user=rosa, type="totp", data={})
    client.force_login(ada)
    page = act(client, "remove_second_step", rosa).content.decode()
    assert "Two-factor authentication was removed for 1 person." in page
    assert not Authenticator.objects.exists()
    lines = AuditEntry.objects.filter(kind="step_removed")
    assert list(lines.values_list("person", "subject")) == [(ada.pk, rosa.pk)]


def test_a_person_is_signed_out_everywhere(client: Client, ada: Any, rosa: Any) -> None:
    other = Client()
    other.force_login(rosa)
    session = other.session
    UserSession.objects.create(user=rosa, ip="127.0.0.1", session_key=session.session_key)
    client.force_login(ada)
    act(client, "sign_out", rosa)
    assert other.get("/").status_code == 302
    assert AuditEntry.objects.filter(kind="signed_out", subject=rosa, person=ada).count() == 1


def test_only_superusers_do_either(client: Client, rosa: Any) -> None:
    staff = make_person("staff")
    staff.is_staff = True
    staff.save()
    staff.user_permissions.add(*staff.user_permissions.model.objects.filter(codename="change_user"))
    Authenticator.objects.create(user=rosa, type="totp", data={})
    client.force_login(staff)
    assert "remove_second_step" not in client.get(PEOPLE).content.decode()
    act(client, "remove_second_step", rosa)
    assert Authenticator.objects.exists()


def test_the_admin_speaks_french(client: Client, ada: Any) -> None:
    client.force_login(ada)
    headers = {"accept-language": "fr"}
    index = client.get(reverse("admin:index"), headers=headers).content.decode()
    for word in ("Task", "authenticator", "session"):
        assert f">{word}" not in index
    page = client.get(f"{PEOPLE}{ada.pk}/change/", headers=headers).content.decode()
    assert "Modifier\u00a0: utilisateur" in page
    assert "Modification de" not in page
