"""The checks of a text while it is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from articles.findings.draft import Superseded
from articles.models import Correction, Segment
from tests.review.editor import BEFORE, HTMX, MINE


def recheck(client: Any, segment: Segment, text: str, **extra: Any) -> Any:
    return client.post(
        reverse("recheck", args=[segment.pk]),
        {"revision": 1, "text": text, "begun": BEFORE},
        **extra,
    )


def test_the_checks_look_at_a_text_before_it_is_sent(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = recheck(client, segment, "Le maire a parlé parlé hier.", headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'data-said="1 new finding. "' in page
    assert 'aria-label="Possible issues"' in page
    assert "parlé parlé" in page
    assert "<textarea" not in page
    assert not Correction.objects.exists()
    assert "find nothing" in recheck(client, segment, BEFORE, headers=HTMX).content.decode()


def test_the_checks_can_be_asked_without_htmx(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    response = recheck(client, segment, "Le maire a parlé parlé hier.")
    page = response.content.decode()
    assert response.status_code == 200
    assert ">\nLe maire a parlé parlé hier.</textarea>" in page
    assert "“parlé parlé”: word repeated?" in page


def test_an_impossible_text_is_not_checked(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert recheck(client, segment, "a\0b", headers=HTMX).status_code == 422


def test_the_checks_need_the_right_to_write(client: Any, otto: Any, segment: Segment) -> None:
    client.force_login(otto)
    for headers in (HTMX, {}):
        response = recheck(client, segment, MINE, headers=headers)
        assert response.status_code == 403
        assert "Only reviewers can do this" in response.content.decode()


def test_checks_that_take_too_long_say_so(
    client: Any, rosa: Any, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.findings.draft.MOST_SECONDS", -1.0)
    client.force_login(rosa)
    for headers in (HTMX, {}):
        response = recheck(client, segment, MINE, headers=headers)
        assert response.status_code == 200
        assert "took too long on this text" in response.content.decode()
    assert MINE in response.content.decode()


def test_nobody_waits_for_the_check_of_an_older_text(
    client: Any, rosa: Any, segment: Segment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_arguments: Any, **_options: Any) -> None:
        raise Superseded

    monkeypatch.setattr("articles.findings.draft.recheck", overtaken)
    client.force_login(rosa)
    assert recheck(client, segment, MINE, headers=HTMX).status_code == 204


def test_the_checks_need_a_sign_in(client: Any, segment: Segment) -> None:
    assert recheck(client, segment, MINE).url.startswith("/sign-in/")
