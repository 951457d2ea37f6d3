"""The admin looks like the site: its name, its icon, and the colours that the person chose."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import make_article, make_finding


def test_the_admin_has_the_name_the_colours_and_the_language_of_the_person(
    client: Client, ada: Any
) -> None:
    client.force_login(ada)
    client.post(reverse("preferences"), {"scheme": "dark", "language": "fr", "text_size": "large"})
    for name in ("admin:index", "admin:articles_article_changelist", "admin:auth_user_changelist"):
        page = client.get(reverse(name)).content.decode()
        assert "scheme-dark text-large" in page
        assert "articles/admin.css" in page
        assert "Relecture de traductions" in page
        assert "theme.js" not in page


def test_a_list_is_called_by_what_it_holds(client: Client, ada: Any) -> None:
    client.force_login(ada)
    for model, heading in (("article", "Articles"), ("finding", "Findings")):
        page = client.get(reverse(f"admin:articles_{model}_changelist")).content.decode()
        assert f"<h1>{heading}</h1>" in page


def test_users_are_listed_with_roles_and_added_by_inviting(
    client: Client, ada: Any, rosa: Any
) -> None:
    client.force_login(ada)
    page = client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert '<td class="field-roles">Reviewer</td>' in page
    assert '<td class="field-roles">Administrator</td>' in page
    assert client.get(reverse("admin:auth_user_add")).headers["Location"] == reverse("invite")


def test_each_filter_stands_once_and_numbers_are_rounded(client: Client, ada: Any) -> None:
    article = make_article()
    make_finding(article.segments.first(), score=0.87654)
    client.force_login(ada)
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()
    for title in ("Source language", "Target language"):
        assert page.count(f"<summary>{title}</summary>") == 1
    assert "<summary>Language" not in page
    findings = client.get(reverse("admin:articles_finding_changelist")).content.decode()
    assert '<td class="field-likelihood">88 %</td>' in findings
    segments = client.get(reverse("admin:articles_segment_changelist")).content.decode()
    assert '<td class="field-alignment">100 %</td>' in segments


def test_filters_are_in_the_language_of_the_reader(client: Client, ada: Any) -> None:
    one = make_article().segments.first()
    make_finding(one, type="Grammar", finder="checks", check_id="dropped")
    client.force_login(ada)
    pages = [reverse("admin:auth_user_changelist"), reverse("admin:articles_finding_changelist")]
    french = {"accept-language": "fr"}
    people, findings = (client.get(page, headers=french).content.decode() for page in pages)
    assert ">Relecteur</a>" in people
    groups = client.get(reverse("admin:auth_group_changelist"), headers=french).content.decode()
    assert ">Relecteur</a>" in groups
    assert ">Reviewers" not in people
    assert ">Grammaire</a>" in findings
    assert ">contrôles</a>" in findings
    assert ">Mots omis</a>" in findings
    assert '<td class="field-check_of">Mots omis</td>' in findings
    assert "<summary>Trouvé par</summary>" in findings
