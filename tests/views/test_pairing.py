"""Mending a wrong pairing on its page: look, then change, then undo; what is refused says why."""

import pytest
from django.urls import reverse

from articles import review
from articles.models import Segment
from tests.factories import make_article

PAIRS = [("One.", "Un. Deux."), ("Two.", ""), ("Three.", "Trois.")]


@pytest.fixture
def segments(db):
    return list(make_article(PAIRS).segments.all())


@pytest.fixture
def reviewer(client, rosa):
    client.force_login(rosa)
    return client


def address(segment):
    return reverse("pairing", args=[segment.pk])


def change(client, segment, act):
    page = client.get(address(segment), {"act": act})
    data = {"act": act, "revisions": page.context["revisions"]}
    return client.post(address(segment), data, follow=True)


def texts():
    return list(Segment.objects.order_by("position").values_list("source_text", "target_text"))


def test_a_look_changes_nothing(reviewer, segments):
    page = reviewer.get(address(segments[0]), {"act": "merge"}).content.decode()
    assert "It would become" in page
    assert "One. Two." in page
    assert texts() == PAIRS


def test_a_merge_and_its_undo(reviewer, segments):
    page = change(reviewer, segments[0], "merge").content.decode()
    assert "The pairing was changed" in page
    assert texts() == [("One. Two.", "Un. Deux."), PAIRS[2]]
    change(reviewer, Segment.objects.first(), "undo")
    assert texts() == PAIRS


def test_a_sentence_moves_to_the_segment_above(reviewer, segments):
    assert "It would become" in reviewer.get(address(segments[1]), {"act": "source-up"}).content.decode()


def test_aligning_again_says_when_it_finds_the_same(db, reviewer):
    article = make_article(
        [("The mayor opened the bridge.", "Le maire a inauguré le pont."), ("Snow fell.", "La neige tomba.")]
    )
    page = reviewer.get(address(article.segments.first()), {"act": "again"})
    assert "the same pairs" in page.context["refused"]


def test_what_is_not_possible_says_why(reviewer, segments):
    page = reviewer.get(address(segments[2]), {"act": "merge"})
    assert page.context["refused"]
    assert page.context["refused"] in page.content.decode().replace("&#x27;", "'")
    assert not page.context["preview"]


def test_a_stale_change_is_refused(reviewer, segments, rosa):
    seen = reviewer.get(address(segments[0]), {"act": "merge"}).context["revisions"]
    review.confirm(segments[2], by=rosa, revision=1)
    review.flag(segments[0], by=rosa, revision=1, values={"type": "Omission", "severity": "minor"})
    page = reviewer.post(address(segments[0]), {"act": "merge", "revisions": seen}, follow=True).content.decode()
    assert "Somebody changed this segment" in page
    assert texts() == PAIRS


@pytest.mark.parametrize("revisions", ["", "x", "1:a,2", "٣:١"])
def test_nonsense_for_revisions_is_stale(revisions, reviewer, segments):
    reviewer.post(address(segments[0]), {"act": "merge", "revisions": revisions})
    assert texts() == PAIRS


def test_an_unknown_act_shows_the_page(reviewer, segments):
    assert reviewer.post(address(segments[0]), {"act": "explode"}).status_code == 200


def test_without_the_role_every_way_is_refused(client, otto, segments):
    client.force_login(otto)
    ways = client.get(address(segments[0])).context["ways"]
    assert all(why for _key, _label, why in ways)
    client.post(address(segments[0]), {"act": "merge", "revisions": f"{segments[0].pk}:1,{segments[1].pk}:1"})
    assert texts() == PAIRS


def test_it_needs_a_sign_in(client, segments):
    assert client.get(address(segments[0])).url.startswith("/sign-in/")
