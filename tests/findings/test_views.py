"""The pages of help about the checks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.checks import CHECKS
from articles.models import CheckSwitch
from tests.cases import for_each
from tests.factories import make_finding, make_segment


@pytest.fixture
def reader(client, otto):
    client.force_login(otto)
    return client


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def decide(segment, *, by, taken, dismissed):
    for count, status in ((taken, "taken"), (dismissed, "dismissed")):
        for _each in range(count):
            make_finding(segment, status=status, decided_by=by, decided_at=timezone.now())


def test_every_check_is_listed_with_what_people_made_of_it(reader, rosa, django_assert_num_queries):
    segment = make_segment()
    decide(segment, by=rosa, taken=12, dismissed=3)
    for _each in range(5):
        make_finding(segment)
    make_finding(segment, finder="gap-finder", check_id="gaps")
    with django_assert_num_queries(5):  # session, person and their teams, tallies and switches
        text = page(reader, "checks")
    assert all(reverse("check", args=[check]) in text for check in CHECKS)
    assert "Accepted: 12 · dismissed: 3 · open: 5 · precision: 80 %" in text
    assert "gap-finder · gaps" in text
    assert "Open: 1 · none decided yet" in text
    assert "No findings yet." in text


@for_each("check", CHECKS)
def test_every_check_has_its_page(check, reader):
    text = page(reader, "check", check)
    assert CHECKS[check].type in text
    measured = CHECKS[check].measured
    assert ("Not measured yet." in text) == (not measured)
    assert ("English → French" in text) == (("en", "fr") in measured)


def test_other_tools_are_listed_where_they_found_something_only(reader):
    assert "Other tools" not in page(reader, "checks")


def test_the_page_of_one_check(reader, rosa, django_assert_num_queries):
    segment = make_segment()
    decide(segment, by=rosa, taken=1, dismissed=1)
    make_finding(segment, finder="gap-finder")
    with django_assert_num_queries(7):  # two for the person's permissions
        text = page(reader, "check", "dropped")
    assert "Accepted: 1 · dismissed: 1 · open: 0 · too few decisions for a precision" in text
    assert "Accuracy › Omission – Something the source says is absent" in text


def test_what_is_switched_off_says_so_and_only_admins_see_the_switch(reader, client, ada):
    CheckSwitch.objects.create(check_id="dropped")
    assert "disabled" in page(reader, "checks")
    text = page(reader, "check", "dropped")
    assert "disabled for the whole site" in text
    assert "Enable or disable" not in text
    client.force_login(ada)
    assert "checkswitch/?check_id=dropped" in page(client, "check", "dropped")


def test_an_unknown_check_is_not_found(reader):
    assert reader.get(reverse("check", args=["nothing"])).status_code == 404


def test_a_finding_on_its_segments_page_leads_to_its_page_or_says_who_found_it(reader):
    segment = make_segment()
    make_finding(segment)
    make_finding(segment, finder="gap-finder", check_id="gaps")
    text = page(reader, "card", segment.pk)
    assert f'href="{reverse("check", args=["dropped"])}"' in text
    assert "gap-finder" in text
    assert reverse("check", args=["gaps"]) not in text
