"""The frame of a page: who is signed in, the filters, the keys."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Team
from articles.review.shortcuts import COMPARISON_SHORTCUTS
from articles.templatetags.frame import keys_of
from tests.factories import make_article


def test_the_way_back_is_kept_when_the_language_changes(client: Any, rosa: Any) -> None:
    address = reverse("login") + "?next=/checks/%3Fa%3D%22"
    assert (
        f'name="next" value="{address.replace("&", "&amp;")}"'
        in client.get(address).content.decode()
    )
    client.force_login(rosa)
    page = client.get(reverse("articles")).content.decode()
    assert 'name="next" value="/"' in page
    assert ">rosa</span>" in page
    assert reverse("admin:index") not in page


def test_a_page_without_a_request_has_a_frame(db: Any) -> None:
    page = render_to_string("403_csrf.html")
    assert f'name="next" value="{reverse("articles")}"' in page
    assert "Sign out" not in page


def test_disputes_are_a_filter_where_there_are_some(db: Any) -> None:
    article = make_article()
    names = ("", "to_review", "findings", "flagged", "waiting", "disputed", "done", "mine")
    counts = dict.fromkeys(names, 0)

    def links(chosen: str, **more: int) -> str:
        context = {"article": article, "asked": {"filter": chosen}, "counts": counts | more}
        return render_to_string("review/filters.html", context)

    assert 'data-filter="disputed" hidden>In discussion' in links("")
    assert 'data-filter="disputed" aria-current="true">In discussion' in links("disputed")
    html = links("flagged", disputed=3)
    assert 'data-filter="disputed">In discussion <span class="count">3</span>' in html
    assert 'filter=flagged" data-filter="flagged" aria-current="true">Flagged' in html


def test_each_page_has_its_own_keys() -> None:
    assert [title for title, _keys in keys_of("comparing")] == list(COMPARISON_SHORTCUTS)


def test_the_pages_to_delete_something_are_typeset_in_french(client: Any, ada: Any) -> None:
    client.force_login(ada)
    team = Team.objects.create(name="Sport")
    french = {"accept-language": "fr"}
    chosen = {"action": "delete_selected", "_selected_action": [team.pk]}
    one = client.get(reverse("admin:articles_team_delete", args=[team.pk]), headers=french)
    some = client.post(reverse("admin:articles_team_changelist"), chosen, headers=french)
    for answer in (one, some):
        html = answer.content.decode()
        assert "<li>Équipes\u00a0: 1</li>" in html
        assert "<li>Équipe\u00a0: " in html
        assert "Voulez-vous vraiment supprimer" in html
