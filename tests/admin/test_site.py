"""The admin looks like the site: its name, its icon, and the colours that the person chose."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse


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
