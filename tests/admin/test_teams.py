"""Teams in the admin: superusers make them and give roles in them; nobody else does."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.accounts import audit
from articles.models import Membership, Team
from tests.factories import make_article, make_person


@pytest.fixture
def sport(db: None) -> Team:
    """A second team."""
    return Team.objects.create(name="Sport")


def test_a_superuser_makes_a_team_and_gives_roles_in_it(
    client: Any, ada: Any, rosa: Any, sport: Team
) -> None:
    make_article()
    client.force_login(ada)
    page = client.get(reverse("admin:articles_team_changelist")).content.decode()
    assert "Newsroom" in page
    assert '<td class="field-people_count">1</td><td class="field-article_count">1</td>' in page
    address = reverse("admin:articles_team_change", args=[sport.pk])
    rows = client.get(address).content.decode()
    assert rows.count('aria-label="Person"') == 2, "of the empty row and of the one to copy"
    role = Group.objects.get(name="Readers")
    row = {"person": rosa.pk, "role": role.pk, "team": sport.pk}
    forms = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0}
    sent = {"name": "Sport"} | {f"memberships-{name}": value for name, value in forms.items()}
    sent |= {f"memberships-0-{name}": value for name, value in row.items()}
    assert client.post(address, sent).status_code == 302
    assert Membership.objects.filter(team=sport, person=rosa, role=role).exists()


def test_a_person_has_roles_in_teams_where_there_are_several(
    client: Any, ada: Any, rosa: Any
) -> None:
    client.force_login(ada)
    address = reverse("admin:auth_user_change", args=[rosa.pk])
    with_one = client.get(address).content.decode()
    Team.objects.create(name="Sport")
    with_two = client.get(address).content.decode()
    assert 'name="groups"' in with_one
    assert 'name="groups"' not in with_two
    assert "memberships-TOTAL_FORMS" in with_two


def test_staff_give_no_rights(client: Any, ada: Any, rosa: Any, sport: Team) -> None:
    keeper = make_person("keeper", role="Readers")
    keeper.is_staff = True
    keeper.save()
    for code in ("change_user", "view_user", "change_team", "view_team"):
        keeper.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(keeper)
    page = client.get(reverse("admin:auth_user_change", args=[rosa.pk])).content.decode()
    assert 'name="first_name"' in page
    assert 'name="is_superuser"' not in page
    above = client.get(reverse("admin:auth_user_change", args=[ada.pk])).content.decode()
    assert 'name="first_name"' not in above
    assert client.get(reverse("admin:articles_team_changelist")).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[rosa.pk])
    words = dict.fromkeys(["password1", "password2"], "seven grey herons")
    assert client.post(password, words).status_code == 403
    client.force_login(ada)
    assert client.post(password, words).status_code == 302


def test_the_only_team_stays(client: Any, ada: Any) -> None:
    client.force_login(ada)
    address = reverse("admin:articles_team_delete", args=[Team.objects.first_team().pk])
    assert client.get(address).status_code == 403
    Team.objects.create(name="Sport")
    assert client.get(address).status_code == 200


def test_roles_have_their_names_where_they_are_deleted_and_in_the_audit_log(
    client: Any, ada: Any, rosa: Any
) -> None:
    team = Team.objects.create(name="Sports")
    Membership.objects.create(team=team, person=rosa, role=Group.objects.get(name="Reviewers"))
    audit.record("roles", None, person=ada, subject=rosa, details="Sports: + Reviewers, − Chiefs")
    client.force_login(ada)
    french = {"Accept-Language": "fr"}
    deleting = reverse("admin:articles_team_delete", args=[team.pk])
    assert "rosa · Relecteur · Sports" in client.get(deleting, headers=french).content.decode()
    log = client.get(reverse("admin:articles_auditentry_changelist"), headers=french)
    assert "Sports : + Relecteur, − Chiefs" in log.content.decode()


def test_what_was_done_in_the_admin_is_read_in_the_readers_language(
    client: Any, ada: Any, rosa: Any
) -> None:
    """The log is stored in one language; Django and allauth know the words of others."""
    client.force_login(ada)
    audit.record("step_added", None, person=rosa, details="totp")
    about = ContentType.objects.get_for_model(Team)
    for name, flag in (("Sports", ADDITION), ("Arts", DELETION)):
        LogEntry.objects.create(
            user=ada, content_type=about, object_id="7", object_repr=name, action_flag=flag
        )
    address = reverse("admin:articles_auditentry_changelist")
    page = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "application d’authentification" in page
    assert "équipe\u00a0: Ajout de «\u00a0Sports\u00a0»." in html.unescape(page)
    assert "équipe\u00a0: Suppression de «\u202fArts\u202f»." in html.unescape(page)
    english = html.unescape(client.get(address).content.decode())
    assert "team: Added “Sports”." in english
    # Where the admin's own line is gone, what was stored is shown.
    LogEntry.objects.all().delete()
    page = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "team: Added “Sports”." in html.unescape(page)


def test_permissions_are_named_in_the_readers_language(client: Any, ada: Any, rosa: Any) -> None:
    client.force_login(ada)
    role = Group.objects.get(name="Reviewers")
    for address in (
        reverse("admin:auth_group_change", args=[role.pk]),
        reverse("admin:auth_user_change", args=[rosa.pk]),
    ):
        page = client.get(address, headers={"Accept-Language": "fr"}).content.decode()
        boxes = r'<input type="checkbox" [^>]*>\s*([^<]* \| [^<]*?)\s*</label>'
        named = re.findall(boxes, html.unescape(page))
        assert 'name="date_joined' not in page, "it is what happened"
        assert not [label for label in named if "Can " in label]
        assert any("Peut signaler des problèmes et corriger des segments" in each for each in named)
        assert any(each.endswith("| Peut ajouter") for each in named)
