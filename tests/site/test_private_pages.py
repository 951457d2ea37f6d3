"""Nobody else is shown what somebody read: not by a proxy, not by the browser after signing out."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import AccessToken
from tests.factories import make_article


@pytest.mark.django_db
def test_no_proxy_keeps_a_page(client: Any, ada: Any) -> None:
    article = make_article()
    client.force_login(ada)
    segment = article.segments.first()
    pages = ["/", "/queue/", "/people/", "/admin/articles/article/", f"/segments/{segment.pk}/"]
    pages += [f"/articles/{article.pk}/", f"/articles/{article.pk}/history/", "/nowhere/"]
    for page in pages:
        assert "private" in client.get(page).headers["Cache-Control"], page


@pytest.mark.django_db
def test_nobody_keeps_a_file_or_an_answer_to_a_token(client: Any, ada: Any) -> None:
    article = make_article()
    token = AccessToken.objects.issue(user=ada, name="test")[1]
    headers = {"Authorization": f"Bearer {token}"}
    asked = client.get("/api/articles/", headers=headers)
    assert asked.headers["Cache-Control"] == "private, no-store"
    client.force_login(ada)
    for name in ("text", "csv", "jsonl"):
        file = client.get(f"/articles/{article.pk}/export/{name}/")
        assert file.headers["Cache-Control"] == "private, no-store"
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_every_page_refuses_to_be_framed_and_other_hosts(client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    for page in ("/", "/preferences/", "/nowhere/", "/sign-in/"):
        answer = client.get(page)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert client.get(page, headers={"Host": "evil.example"}).status_code == 400
