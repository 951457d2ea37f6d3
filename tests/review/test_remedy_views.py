"""The quick repair of a finding: its words on the desk, and the editor with them put in."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles.models import Correction, Segment
from tests.factories import make_finding
from tests.review.editor import draft


def with_remedy(segment: Segment) -> Any:
    """A finding that proposes "matin" for "hier"."""
    remedy = [[17, 21, "hier", "ce matin"]]
    return make_finding(segment, target_spans=[[17, 21]], caret=None, remedy=remedy)


def test_a_remedy_is_shown_and_put_into_the_editor(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert f'href="{address}"' in desk
    assert "Fix: <ins>ce matin</ins>" in desk
    editor = client.get(address).content.decode()
    assert ">\nLe maire a parlé ce matin.</textarea>" in editor
    assert not Correction.objects.exists()


def test_a_remedy_goes_into_the_draft_that_was_begun(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    draft(client, segment, "Monsieur le maire a parlé hier.")
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    editor = client.get(address).content.decode()
    assert ">\nMonsieur le maire a parlé ce matin.</textarea>" in editor


def test_a_remedy_whose_words_are_gone_changes_nothing_and_says_so(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    draft(client, segment, "Le maire a parlé.")
    for asked in (str(finding.pk), "999999", "x", ""):
        address = f"{reverse('edit', args=[segment.pk])}?remedy={asked}"
        editor = client.get(address).content.decode()
        assert ">\nLe maire a parlé.</textarea>" in editor
        assert "nothing was inserted" in editor


def test_the_remedy_of_an_accepted_finding_stays_with_its_flag(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    finding = with_remedy(segment)
    client.post(reverse("take", args=[segment.pk, finding.pk]), {"revision": 1})
    address = f"{reverse('edit', args=[segment.pk])}?remedy={finding.pk}"
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert f'href="{address}"' in desk
    editor = client.get(address).content.decode()
    assert ">\nLe maire a parlé ce matin.</textarea>" in editor


def test_a_mark_is_shown_with_the_words_beside_it(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    make_finding(segment, target_spans=[[21, 22]], caret=None, remedy=[[21, 22, ".", "\u00a0!"]])
    desk = client.get(reverse("desk", args=[segment.article_id])).content.decode()
    assert "Fix: <ins>hier\u00a0!</ins>" in desk
