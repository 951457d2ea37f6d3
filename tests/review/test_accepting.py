"""A finding is accepted with changes: the flag form opens filled in from it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from articles.models import Finding, Flag
from tests.factories import make_article, make_finding

HTMX = {"HX-Request": "true"}


def test_the_form_of_a_finding_is_filled_in_and_accepts_it(client: Any, rosa: Any) -> None:
    segment = make_article().segments.first()
    finding = make_finding(segment, source_spans=[[4, 9]], target_spans=[], caret=0)
    client.force_login(rosa)
    address = reverse("take_changed", args=[segment.pk, finding.pk])
    form = client.get(address, headers=HTMX).content.decode()
    assert f'action="{address}"' in form
    assert 'name="source_words" value="mayor"' in form
    assert 'value="Omission" id="id_type' in form.replace("  ", " ")
    values = {
        "revision": segment.revision,
        "type": "Omission",
        "severity": "minor",
        "source_words": "The mayor",
        "source_at": "0-9",
        "comment": "Who?",
    }
    answer = client.post(address, values, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    flag = Flag.objects.get()
    assert (flag.finding, flag.severity, flag.source_quote) == (finding, "minor", "The mayor")
    finding.refresh_from_db()
    assert finding.status == Finding.Status.TAKEN


def test_an_invalid_form_keeps_what_was_typed_and_the_finding_open(client: Any, rosa: Any) -> None:
    segment = make_article().segments.first()
    finding = make_finding(segment)
    client.force_login(rosa)
    address = reverse("take_changed", args=[segment.pk, finding.pk])
    values = {"revision": segment.revision, "type": "", "severity": "minor", "comment": "So?"}
    answer = client.post(address, values, headers=HTMX)
    assert answer.status_code == 422
    assert "So?" in answer.content.decode()
    assert f'action="{address}"' in answer.content.decode()
    finding.refresh_from_db()
    assert finding.status == Finding.Status.OPEN
