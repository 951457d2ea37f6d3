"""The admin's page for people: what it does for somebody who lost their second step, and how it speaks French."""

from __future__ import annotations

import html
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.accounts import audit
from articles.models import AuditEntry
from articles.models.roles import ensure_roles
from articles.people.actions import invite, make_link
from tests.factories import make_article, make_person

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


def test_invitations_links_and_exports_are_read_in_french(client: Client, ada: Any) -> None:
    """They are stored in English, and formats by their short names."""
    ensure_roles()
    nora = invite(User(username="nora"), "Approvers", by=ada)
    make_link(nora, by=ada)
    article = make_article()
    client.force_login(ada)
    client.get(f"/articles/{article.pk}/export/csv/")
    for details in ("1, 2: zip", "3: gone", "1, 2, 3, 4, 5"):
        audit.record("exported", None, person=ada, details=details)
    headers = {"accept-language": "fr"}
    log = client.get(reverse("admin:articles_auditentry_changelist"), headers=headers)
    lines = html.unescape(log.content.decode())
    assert "Lien de mot de passe créé." in lines
    link = f'<a href="/articles/{article.pk}/">article {article.pk}</a>'
    assert f"{link}\u00a0: Tableau" in lines
    assert ">article 2</a>\u00a0: Archive d’articles corrigés (ZIP)" in lines
    assert ">article 3</a>\u00a0: gone" in lines
    assert "1, 2, 3, 4, 5" in lines, "what was cut off stays as it was stored"
    entry = AuditEntry.objects.filter(kind="exported").earliest("pk")
    page = client.get(reverse("admin:articles_auditentry_change", args=[entry.pk]), headers=headers)
    assert link in page.content.decode()
    history = client.get(reverse("admin:auth_user_history", args=[nora.pk]), headers=headers)
    acts = html.unescape(history.content.decode())
    assert "Invitation avec le rôle «\u202fApprobateur\u202f»." in acts
    assert "Lien de mot de passe créé." in acts
    gone = client.get(reverse("admin:auth_user_history", args=[999]), headers=headers)
    assert gone.status_code == 302


def test_who_only_reads_permissions_and_roles_reads_them_in_french(
    client: Client, edith: Any, rosa: Any
) -> None:
    edith.is_staff = True
    edith.save()
    change_user = Permission.objects.get(codename="change_user")
    for person in (edith, rosa):
        person.user_permissions.add(change_user)
    client.force_login(edith)
    address = reverse("admin:auth_user_change", args=[rosa.pk])
    page = client.get(address, headers={"accept-language": "fr"}).content.decode()
    assert "| Peut modifier" in page
    assert "Relecteur" in page
    assert "Can change" not in page
    assert "Reviewers" not in page
    changed = {"username": "rosa", "user_permissions": "", "groups": "", "is_staff": "on"}
    client.post(address, changed)
    rosa.refresh_from_db()
    assert list(rosa.user_permissions.all()) == [change_user]
    assert not rosa.is_staff


def test_what_opens_an_account_is_changed_on_the_page_of_the_person_alone(
    client: Client, ada: Any
) -> None:
    """Where the last admin stays one, sessions end, and an address belongs to one account."""
    client.force_login(ada)
    address = reverse("admin:auth_user_change", args=[ada.pk])
    text = client.get(address).text
    for name in ("username", "email", "is_active", "is_superuser"):
        assert f'name="{name}"' not in text
    assert text.count("Changed on the person’s page") == 3
    assert 'name="first_name"' in text
    to_person = reverse("person", args=[ada.pk])
    assert f'href="{to_person}"' in text
    sent = {"first_name": "Ada", "email": "x@example.org", "username": "eve", "is_staff": "on"}
    assert client.post(address, sent).status_code == 302
    person = type(ada).objects.get(pk=ada.pk)
    assert (person.first_name, person.username, person.email) == ("Ada", "ada", ada.email)
    assert (person.is_active, person.is_superuser) == (True, True)
