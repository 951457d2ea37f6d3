"""Addresses that somebody kept: bookmarks and links of an article that is archived or under embargo, or of a team
that one has left. The session is one that was opened before."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.exporting.actions import EXPORT_FORMATS
from articles.history.archive import archive
from articles.models import Article, Membership
from articles.models.roles import ROLES
from tests.factories import make_person
from tests.teams.test_walk import OWN, Site, Walker, address, is_about_a_row, walked

pytestmark = pytest.mark.slow


@pytest.fixture
def site(db: None) -> Site:
    return Site()


def test_who_left_a_team_sees_nothing_of_it_at_once(site: Site) -> None:
    person = site.join(make_person("able"), site.own, *ROLES)
    site.join(person, site.other, *ROLES)
    walker = Walker(person)
    assert walker.ask("get", f"/articles/{site.own_rows['article_id']}/")[0] == 200
    Membership.objects.filter(person=person, team=site.own).delete()
    problems = []
    for (pattern, name), method in itertools.product(walked(), ("get", "post")):
        status, letters = walker.ask(method, address(pattern, name, site.own_rows))
        is_refused = status in (404, 405) or not is_about_a_row(pattern)
        if not is_refused or (method == "get" and OWN in letters):
            problems.append((method, pattern, status))
    assert problems == []


def test_an_archived_article_is_at_none_of_its_addresses(site: Site) -> None:
    person = site.join(make_person("able"), site.own, *ROLES)
    walker = Walker(person)
    archive(Article.objects.get(pk=site.own_rows["article_id"]), by=person)
    problems = []
    for (pattern, name), method in itertools.product(walked(), ("get", "post")):
        is_of_article = is_about_a_row(pattern) and "import" not in name and "team" not in pattern
        if not is_of_article or name == "add_member":
            continue
        status, letters = walker.ask(method, address(pattern, name, site.own_rows))
        if status not in (404, 405) or OWN in letters:
            problems.append((method, pattern, status))
    assert problems == []


def test_nothing_of_an_embargoed_article_goes_out(site: Site) -> None:
    roles = [role for role in ROLES if role != "Team admins"]
    walker = Walker(site.join(make_person("able"), site.own, *roles))
    number = site.own_rows["article_id"]
    tomorrow = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=number).update(embargoed_until=tomorrow)
    asked = ["", "?content=everything", "?hold=source", "?as_of=2020-01-01"]
    for name, words in itertools.product(EXPORT_FORMATS, asked):
        for begin in ("/articles", "/api/articles"):
            place = f"{begin}/{number}/export/{name}/{words}"
            assert walker.ask("get", place)[0] == 403, place
