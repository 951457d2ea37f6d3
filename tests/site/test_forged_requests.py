"""A page of another site can send a form to any address of this one; none of them does anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from articles.models import AuditEntry, Event
from tests.teams.test_walk import SENT, Site, address, every_pattern, walked

pytestmark = pytest.mark.slow
BY_TOKEN = "api/"
"""These know nobody by a cookie."""


def test_nothing_is_done_without_the_token_of_our_pages(db: None, ada: Any) -> None:
    site = Site()
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(ada)
    before = Event.everything.count(), AuditEntry.objects.count()
    problems = []
    for pattern, name in walked():
        if pattern.startswith(BY_TOKEN):
            continue
        place = address(pattern, name, site.own_rows)
        for headers in ({}, {"HX-Request": "true"}, {"Origin": "https://evil.example"}):
            status = forged.post(place, SENT, headers=headers).status_code
            if status != 403:
                problems.append((pattern, headers, status))
    assert problems == []
    assert (Event.everything.count(), AuditEntry.objects.count()) == before


def test_no_other_view_is_without_the_token(db: None) -> None:
    """The account and the admin: of their views, too, only those of the API are exempt."""
    exempt = {name for name, view in named_views(get_resolver()) if getattr(view, "csrf_exempt", 0)}
    ours = {name for pattern, name in every_pattern(get_resolver()) if pattern.startswith("api/")}
    assert exempt - ours - {""} == set()


def named_views(resolver: Any) -> Any:
    """Yield the name and the view of every address."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named_views(pattern)
        else:
            yield pattern.name or "", pattern.callback
