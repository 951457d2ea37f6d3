"""“No issues” on a segment with open findings asks once, and dismisses them with it; its undo brings both back."""

import re

import pytest

from articles.models import Event, Finding, Segment, Verdict
from articles.review import actions
from tests.factories import make_finding, make_reading, make_segment


@pytest.fixture
def segment(db):
    made = make_segment()
    for _number in range(2):
        make_finding(made)
    return made


@pytest.fixture
def rosas(client, rosa):
    client.force_login(rosa)
    return client


def post(client, segment, act, **sent):
    revision = Segment.objects.get(pk=segment.pk).revision
    headers = {"HX-Request": "true"} if sent.pop("htmx", True) else {}
    address = act if act.startswith("/") else f"/segments/{segment.pk}/{act}/"
    return client.post(address, {"revision": revision, **sent}, headers=headers)


def statuses(segment):
    found = segment.findings.order_by("pk")
    return Segment.objects.get(pk=segment.pk).status, [row.status for row in found]


def acts():
    return list(Event.everything.order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize("htmx", [True, False])
def test_it_asks_and_dismisses_what_was_seen(segment, rosas, htmx):
    asked = post(rosas, segment, "confirm", htmx=htmx)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "2 findings are open here." in page
    assert 'data-digit="1" autofocus' in page
    assert statuses(segment) == ("to_review", ["open", "open"])
    seen = re.findall(r'name="seen" value="(\d+)"', page)
    done = post(rosas, segment, "confirm", seen=seen, htmx=htmx)
    assert done.status_code == (200 if htmx else 302)
    assert statuses(segment) == ("done", ["dismissed", "dismissed"])
    assert acts() == ["dismissed", "dismissed", "confirmed"]
    assert {row.reason for row in Finding.objects.all()} == {"wrong"}


def test_its_undo_brings_the_findings_back(segment, rosas):
    seen = [row.pk for row in segment.findings.all()]
    done = post(rosas, segment, "confirm", seen=seen).content.decode()
    assert "No issues; 2 findings dismissed." in done
    undo = re.search(r'data-undo="([^"]+)"', done)[1].replace("&amp;", "&")
    assert post(rosas, segment, undo).status_code == 200
    assert statuses(segment) == ("to_review", ["open", "open"])
    assert acts()[3:] == ["reopened", "restored", "restored"]


def test_it_asks_again_where_the_checks_found_more_meanwhile(segment, rosas):
    seen = [row.pk for row in segment.findings.all()]
    make_finding(segment)
    assert post(rosas, segment, "confirm", seen=seen).status_code == 422
    assert statuses(segment)[0] == "to_review"


def test_without_open_findings_it_does_not_ask(segment, rosas):
    segment.findings.all().delete()
    assert post(rosas, segment, "confirm").status_code == 200
    assert statuses(segment) == ("done", [])


def test_who_may_not_confirm_is_refused_and_not_asked(segment, client, otto):
    client.force_login(otto)
    refused = post(client, segment, "confirm")
    assert refused.status_code == 403
    assert "open here" not in refused.content.decode()


def test_the_act_itself_refuses_what_nobody_has_seen(segment, rosa):
    with pytest.raises(actions.OpenFindings, match="2 findings are open here"):
        actions.confirm(segment, by=rosa, revision=1)


def test_a_blind_reviewer_decides_for_themselves_alone(rosa, ruth, client):
    segment = make_reading(rosa, ruth).segments.first()
    finding = make_finding(segment)
    client.force_login(rosa)
    sent = {"revision": 1, "seen": finding.pk}
    headers = {"HX-Request": "true"}
    address = f"/segments/{segment.pk}/confirm/"
    assert client.post(address, {"revision": 1}, headers=headers).status_code == 422
    done = client.post(address, sent, headers=headers)
    assert done.status_code == 200
    assert statuses(segment) == ("to_review", ["open"])
    assert {row.finding_id for row in Verdict.objects.filter(person=rosa)} == {None, finding.pk}
    undo = re.search(r'data-undo="([^"]+)"', done.content.decode())[1].replace("&amp;", "&")
    client.post(undo, {"revision": 3}, headers=headers)
    assert not Verdict.objects.exists()
