"""Roles in teams: groups and memberships stay the same, the upgrade, and what one person may do in two teams."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.detection.files import in_memory
from articles.importing.one_pass import import_files
from articles.models import AccessToken, Article, Event, Import, Membership, Team
from articles.models.roles import APPROVE, REVIEW, may, people_who_may, teams_of
from articles.review import actions, queries, workflow
from articles.teams.actions import move, set_embargo
from articles.teams.embargo import in_words
from articles.templatetags.desk import event_text
from tests.factories import make_article, make_correction, make_person
from tests.queue import work

TEXTS = {
    "a.en.txt": b"The mayor spoke. Nobody laughed.",
    "a.fr.txt": b"Le maire parla. Personne ne rit.",
}

BRIDGE = (
    "The mayor opened the bridge on Monday. The river was calm that day. Nobody laughed.",
    "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là. Personne n’a ri.",
)


@pytest.fixture
def sports(rosa: Any, ruth: Any, edith: Any) -> Team:
    """A second team; Rosa, Ruth and Edith have their roles in the first one."""
    return Team.objects.create(name="Sports")


def join(person: Any, team: Team, role: str) -> Membership:
    return Membership.objects.create(team=team, person=person, role=Group.objects.get(name=role))


def roles_of(person: Any) -> set[tuple[str, str]]:
    return set(Membership.objects.filter(person=person).values_list("team__name", "role__name"))


def groups_of(person: Any) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def test_with_one_team_a_group_is_a_role_in_it(db: None) -> None:
    nora = make_person("nora")
    reviewers = Group.objects.get(name="Reviewers")
    nora.groups.add(reviewers)
    assert roles_of(nora) == {("Newsroom", "Reviewers")}
    nora.groups.remove(reviewers)
    assert roles_of(nora) == set()
    reviewers.user_set.add(nora)
    assert roles_of(nora) == {("Newsroom", "Reviewers")}
    nora.groups.clear()
    assert roles_of(nora) == set()


def test_groups_are_the_roles_in_all_teams(sports: Team, edith: Any) -> None:
    join(edith, sports, "Readers")
    assert groups_of(edith) == {"Approvers", "Readers"}
    Membership.objects.get(person=edith, team__name="Newsroom").delete()
    assert groups_of(edith) == {"Readers"}
    edith.groups.add(Group.objects.get(name="Approvers"))  # nobody says in which team
    assert roles_of(edith) == {("Sports", "Readers")}
    edith.groups.remove(Group.objects.get(name="Readers"))
    assert roles_of(edith) == set()


def test_a_team_without_articles_may_go_and_its_roles_with_it(sports: Team, rosa: Any) -> None:
    join(rosa, sports, "Approvers")
    sports.delete()
    assert groups_of(rosa) == {"Reviewers"}


def test_an_approver_in_one_team_reads_in_another(sports: Team, edith: Any, rosa: Any) -> None:
    join(edith, sports, "Readers")
    own, other = make_article(), make_article(team=sports)
    waiting = []
    for article in (own, other):
        segment = article.segments.first()
        waiting.append(make_correction(segment, by=rosa, status="submitted"))
        article.segments.filter(pk=segment.pk).update(status="waiting")
    assert (may(edith, APPROVE, own), may(edith, APPROVE, other)) == (True, False)
    assert list(queries.to_decide(edith)) == [waiting[0]]
    waiting[1].refresh_from_db()
    with pytest.raises(workflow.Refused, match="Only approvers"):
        actions.approve(waiting[1], by=edith, revision=1)
    assert edith not in people_who_may(REVIEW, sports)
    assert list(teams_of(edith, REVIEW)) == [own.team]


def test_who_left_the_team_loses_the_article(sports: Team, client: Any, rosa: Any) -> None:
    article = make_article()
    client.force_login(rosa)
    place = reverse("desk", args=[article.pk])
    assert client.get(place).status_code == 200
    Membership.objects.all().delete()
    assert client.get(place).status_code == 404
    assert "You have no role yet" in client.get("/").content.decode()


def test_the_same_texts_are_new_to_another_team(sports: Team, rosa: Any) -> None:
    files = [in_memory(name, text) for name, text in TEXTS.items()]
    assert {each.kind for each in import_files(files, by=rosa)} == {"new"}
    assert {each.kind for each in import_files(files, by=rosa, team=sports)} == {"new"}
    assert {each.kind for each in import_files(files, by=rosa)} == {"same"}
    assert set(Article.objects.values_list("team__name", flat=True)) == {"Newsroom", "Sports"}


def test_who_imports_for_several_teams_says_for_which(
    sports: Team, client: Any, rosa: Any, ruth: Any
) -> None:
    join(rosa, sports, "Importers")
    client.force_login(ruth)
    assert "id_team" not in client.get(reverse("imports")).content.decode()
    client.force_login(rosa)
    assert "id_team" in client.get(reverse("imports")).content.decode()
    sent = {"original": BRIDGE[0], "translation": BRIDGE[1]}
    assert client.post(reverse("imports"), sent).status_code == 422
    client.post(reverse("imports"), sent | {"team": sports.pk})
    job = Import.objects.get()
    assert job.team == sports
    work()
    client.post(reverse("start_import", args=[job.pk]))
    work()
    assert Article.objects.get().team == sports


def test_an_invitation_names_the_team_where_there_are_several(
    sports: Team, client: Any, ada: Any
) -> None:
    client.force_login(ada)
    nora = {"username": "nora", "role": "Team admins"}
    assert client.post(reverse("invite"), nora).status_code == 422
    client.post(reverse("invite"), nora | {"team": sports.pk})
    assert roles_of(User.objects.get(username="nora")) == {("Sports", "Team admins")}


def test_the_upgrade_keeps_everybody_in_one_team_with_their_roles(rosa: Any, ada: Any) -> None:
    nora = make_person("nora")
    article = make_article()
    Article.objects.update(team=Team.objects.create(name="Before"))
    Membership.objects.all().delete()
    rosa.groups.add(Group.objects.get(name="Reviewers"))
    Team.objects.filter(name="Newsroom").delete()
    import_module("articles.migrations.0037_put_everybody_into_one_team").make_first_team(
        apps, None
    )
    assert roles_of(rosa) == {("Newsroom", "Reviewers")}
    assert roles_of(nora) == {("Newsroom", "Readers")}
    assert groups_of(nora) == {"Readers"}
    assert roles_of(ada) == set()
    article.refresh_from_db()
    assert article.team.name == "Newsroom"


@pytest.fixture
def chief(sports: Team) -> Any:
    """Chiara is the admin of both teams, and of no site."""
    chiara = make_person("chiara")
    for team in Team.objects.all():
        join(chiara, team, "Team admins")
    return chiara


def test_a_team_admin_moves_an_article_and_its_readers_lose_it(
    sports: Team, client: Any, chief: Any, rosa: Any
) -> None:
    article = make_article()
    shelf = make_article()
    Article.objects.filter(pk=shelf.pk).update(ready=False, earlier_of=article)
    client.force_login(chief)
    place = reverse("access", args=[article.pk])
    client.post(place, {"team": sports.pk})
    assert set(Article.everything.values_list("team", flat=True)) == {sports.pk}
    event = Event.objects.get()
    assert (event.act, event.details["text"]) == ("moved", "Newsroom → Sports")
    client.force_login(rosa)
    assert client.get(reverse("desk", args=[article.pk])).status_code == 404


def test_nobody_moves_an_article_into_a_team_that_is_not_theirs(
    sports: Team, client: Any, chief: Any, rosa: Any
) -> None:
    article = make_article()
    Membership.objects.filter(person=chief, team=sports).delete()
    client.force_login(chief)
    client.post(reverse("access", args=[article.pk]), {"team": sports.pk})
    with pytest.raises(PermissionDenied):
        move(article, sports, by=User.objects.get(pk=chief.pk))
    client.force_login(rosa)
    assert client.post(reverse("access", args=[article.pk]), {}).status_code == 403
    assert Article.objects.get().team != sports


def test_under_embargo_only_a_team_admin_exports(client: Any, chief: Any, rosa: Any) -> None:
    article = make_article()
    export = reverse("export", args=[article.pk, "text"])
    api = f"/api/articles/{article.pk}/export/text/"
    headers = {"Authorization": f"Bearer {AccessToken.objects.issue(user=rosa)[1]}"}
    client.force_login(chief)
    place = reverse("access", args=[article.pk])
    assert client.post(place, {"embargoed_until": "soon"}).status_code == 422
    assert 'name="embargoed_until"' in client.get(place).content.decode()
    client.post(place, {"team": article.team_id, "embargoed_until": "2999-05-03T18:00"})
    assert client.get(export).status_code == 200
    assert "disabled" not in client.get(reverse("exports", args=[article.pk])).content.decode()
    with pytest.raises(CommandError, match="under embargo until"):
        call_command("export_corrections", str(article.pk))
    client.force_login(rosa)
    refused = client.get(export)
    assert refused.status_code == 403
    until = timezone.localtime(Article.objects.get().embargoed_until)
    shown = f"3 May 2999 at 18:00 {until.tzname()}"
    page = refused.content.decode()
    assert f"until {shown}" in page
    assert page.count('disabled aria-describedby="refusal"') == page.count("formaction=")
    menu = page.split('class="menu"')[1].split("</ul>")[0]
    assert f"until {shown}" in menu
    assert export not in menu
    assert "embargo until" in Client().get(api, headers=headers).json()["error"]
    place = reverse("history", args=[article.segments.first().pk])
    history = client.get(place, headers={"Accept-Language": "fr"})
    assert f"3 mai 2999 à\xa018:00 {until.tzname()}" in history.content.decode()
    set_embargo(article, None, by=User.objects.get(pk=chief.pk))
    assert client.get(export).status_code == 200
    acts = Event.objects.order_by("id").values_list("act", "details__text")
    assert list(acts) == [("embargoed", shown), ("embargoed", "–")]


def test_the_first_of_a_month_is_written_as_the_french_do() -> None:
    time = datetime(2027, 5, 1, 12, tzinfo=timezone.get_current_timezone())
    with override("fr"):
        assert in_words(time).startswith("1er mai 2027 à\xa012:00")
    assert in_words(time).startswith("1 May 2027")


def test_an_embargo_ends_by_itself(client: Any, rosa: Any) -> None:
    article = make_article()
    Article.objects.update(embargoed_until=timezone.now())
    client.force_login(rosa)
    assert client.get(reverse("export", args=[article.pk, "text"])).status_code == 200


def test_what_a_file_says_of_an_embargo_is_shown_as_it_is() -> None:
    beyond = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
    for until in ("soon", "2999-05-03T18:00", 7, "", *beyond):
        event = Event(act=Event.Act.EMBARGOED, details={"text": "May", "until": until})
        assert event_text(event) == "May"
