"""Who has an editor open on a segment is shown to the others who have."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles.models import OpenEditor, Segment
from articles.models.presence import OPEN_FOR
from tests.factories import make_correction
from tests.review.editor import HTMX


def others(client: Any, person: Any, segment: Segment, **data: str) -> Any:
    client.force_login(person)
    return client.post(reverse("beside", args=[segment.pk]), data, headers=HTMX)


def test_open_editors_see_each_other_until_they_close(
    client: Any, rosa: Any, ada: Any, segment: Segment
) -> None:
    assert others(client, rosa, segment).content.decode().strip() == ""
    for _twice in range(2):
        assert "rosa is editing this segment." in others(client, ada, segment).content.decode()
    assert "ada is editing this segment." in others(client, rosa, segment).content.decode()
    assert others(client, rosa, segment, gone="on").status_code == 204
    assert "rosa" not in others(client, ada, segment).content.decode()
    segment.refresh_from_db()
    assert (segment.revision, segment.status) == (1, "to_review")


def test_an_editor_that_is_not_heard_of_is_closed(
    client: Any, rosa: Any, ada: Any, segment: Segment
) -> None:
    others(client, rosa, segment)
    row = OpenEditor.objects.get()
    assert str(row) == f"rosa · {segment.pk}"
    OpenEditor.objects.update(at=row.at - 2 * OPEN_FOR)
    assert "rosa" not in others(client, ada, segment).content.decode()
    assert OpenEditor.objects.get().person == ada


def test_who_may_not_write_is_told_nothing(
    client: Any, rosa: Any, otto: Any, segment: Segment
) -> None:
    others(client, rosa, segment)
    answer = others(client, otto, segment)
    assert (answer.status_code, answer.content) == (204, b"")
    assert OpenEditor.objects.count() == 1
    assert client.get(reverse("beside", args=[segment.pk])).status_code == 405
    client.logout()
    assert client.post(reverse("beside", args=[segment.pk])).url.startswith("/sign-in/")


def test_somebody_elses_open_editor_is_shown(
    client: Any, rosa: Any, edith: Any, segment: Segment
) -> None:
    make_correction(segment, by=rosa)
    client.force_login(edith)
    assert (
        "rosa is editing this segment."
        in client.get(reverse("card", args=[segment.pk])).content.decode()
    )
