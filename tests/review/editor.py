"""What the tests of corrections send: a draft, and a correction."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles.models import Segment

HTMX = {"HX-Request": "true"}
BEFORE, MINE, THEIRS = (
    "Le maire a parlé hier.",
    "Le maire a parlé hier soir.",
    "La maire a parlé hier.",
)


def draft(client: Any, segment: Segment, text: str, *, revision: int = 1, **extra: Any) -> Any:
    return client.post(
        reverse("draft", args=[segment.pk]), {"revision": revision, "text": text}, **extra
    )


def send(client: Any, segment: Segment, text: str, *, revision: int = 1, **more: str) -> Any:
    data = {"revision": revision, "text": text, "begun": BEFORE} | more
    return client.post(reverse("edit", args=[segment.pk]), data, headers=HTMX)
