"""The filters of the lists in the admin, and words in an address that name no article."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.factories import make_article


def test_a_word_for_the_number_of_an_article_is_no_failure(client: Any, ada: Any) -> None:
    client.force_login(ada)
    for model in ("term", "checkswitch"):
        page = reverse(f"admin:articles_{model}_add")
        assert client.get(page, {"article": "fr"}).status_code == 200
        assert client.post(page, {"article": "fr"}).status_code == 200
    words = {"app_label": "articles", "model_name": "term", "field_name": "article", "term": "x"}
    answer = client.get(reverse("admin:autocomplete"), words | {"article": "fr"})
    assert answer.json()["results"] == []


def test_languages_have_their_names_in_the_filters(client: Any, ada: Any) -> None:
    article = make_article()
    client.force_login(ada)
    page = client.get(
        reverse("admin:articles_article_changelist"),
        {"source__language": "en"},
        headers={"accept-language": "fr"},
    ).content.decode()
    assert ">anglais</a>" in page
    assert ">français</a>" in page
    assert ">en</a>" not in page
    assert article.title in page
