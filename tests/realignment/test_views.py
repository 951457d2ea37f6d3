"""Mending a wrong pairing on its page: look, then change, then undo; what is refused says why."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles.models import Segment
from articles.realignment import operations
from articles.review import actions
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
    assert "Result" in page
    assert "One. Two." in page
    assert texts() == PAIRS


def test_a_preview_has_the_numbers_that_the_segments_would_have(reviewer, segments):
    page = reviewer.get(address(segments[1]), {"act": "merge"}).content.decode()
    became = page[page.index("Result") :]
    assert '<p class="number">2</p>' in became
    assert '<p class="number">1</p>' not in became
    assert "0 flags" not in became


def test_a_merge_and_its_undo(reviewer, segments):
    page = change(reviewer, segments[0], "merge").content.decode()
    assert "Alignment changed" in page
    assert texts() == [("One. Two.", "Un. Deux."), PAIRS[2]]
    change(reviewer, Segment.objects.first(), "undo")
    assert texts() == PAIRS


def test_the_desk_offers_the_undo(reviewer, segments):
    page = change(reviewer, segments[0], "merge").content.decode()
    undo = address(Segment.objects.first())
    assert f'action="{undo}"' in page
    again = reviewer.post(undo, {"act": "undo"}, follow=True).content.decode()
    assert "Alignment restored." in again
    assert 'value="undo"' not in again
    assert texts() == PAIRS


LONG = ("One. 👩 Two. Three.", "Un. 👩 Deux. Trois.")


@pytest.fixture
def long(db, ada):
    """A segment of three sentences on each side, with letters that are two units in a browser."""
    article = make_article(
        [("One.", "Un."), ("👩 Two.", "👩 Deux."), ("Three.", "Trois."), ("Four.", "Quatre.")]
    )
    first = article.segments.first()
    for _twice in range(2):
        operations.merge(first, by=ada, revisions=operations.preview("merge", first).revisions)
        first = article.segments.first()
    return first


def test_a_split_at_the_words_chosen(reviewer, long):
    """The browser counts the emoji as two."""
    page = reviewer.get(address(long), {"act": "split", "target_at": str(len(LONG[1]) - 5)})
    assert [pair.segment.target_text for pair in page.context["preview"].pairs[:2]] == [
        "Un. 👩 Deux.",
        "Trois.",
    ]
    data = {"act": "split", "revisions": page.context["revisions"]} | page.context["places"]
    reviewer.post(address(long), data)
    assert texts()[:2] == [("One. 👩 Two.", "Un. 👩 Deux."), ("Three.", "Trois.")]


def test_a_split_can_be_moved_by_a_sentence(reviewer, long):
    page = reviewer.get(address(long), {"act": "split", "source_at": "4", "target_at": "3"})
    steps = {key: query for key, _label, query in page.context["cuts"]}
    assert steps.keys() == {"ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"}
    moved = reviewer.get(f"{address(long)}?{steps['ArrowRight']}")
    assert [pair.segment.target_text for pair in moved.context["preview"].pairs[:2]] == [
        "Un. 👩 Deux.",
        "Trois.",
    ]
    assert [pair.segment.source_text for pair in moved.context["preview"].pairs[:2]] == [
        "One.",
        "👩 Two. Three.",
    ]


def test_a_split_cannot_be_moved_past_the_ends(reviewer, long):
    page = reviewer.get(address(long), {"act": "split", "source_at": "0", "target_at": "3"})
    assert {key for key, _label, _query in page.context["cuts"]} == {"ArrowDown", "ArrowRight"}


@pytest.mark.parametrize("at", ["x", "٣", "6", "99999", "9" * 12])
def test_nonsense_for_a_place_is_left_out(at, reviewer, long):
    """6 is inside the emoji."""
    page = reviewer.get(address(long), {"act": "split", "source_at": at})
    assert page.context["preview"]
    assert page.context["places"] == {}


def test_a_sentence_moves_to_the_segment_above(reviewer, segments):
    assert "Result" in reviewer.get(address(segments[1]), {"act": "source-up"}).content.decode()


def test_aligning_again_says_when_it_finds_the_same(db, reviewer):
    article = make_article(
        [
            ("The mayor opened the bridge.", "Le maire a inauguré le pont."),
            ("Snow fell.", "La neige tomba."),
        ]
    )
    page = reviewer.get(address(article.segments.first()), {"act": "again"})
    assert "changes nothing here" in page.context["refused"]


def test_what_is_not_possible_says_why(reviewer, segments):
    page = reviewer.get(address(segments[2]), {"act": "merge"})
    assert page.context["refused"]
    assert page.context["refused"] in page.content.decode().replace("&#x27;", "'")
    assert not page.context["preview"]


def test_a_stale_change_is_refused(reviewer, segments, rosa):
    seen = reviewer.get(address(segments[0]), {"act": "merge"}).context["revisions"]
    actions.confirm(segments[2], by=rosa, revision=1)
    actions.flag(segments[0], by=rosa, revision=1, values={"type": "Omission", "severity": "minor"})
    page = reviewer.post(
        address(segments[0]), {"act": "merge", "revisions": seen}, follow=True
    ).content.decode()
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
    assert all(why for _name, _label, why, _key in ways)
    client.post(
        address(segments[0]),
        {"act": "merge", "revisions": f"{segments[0].pk}:1,{segments[1].pk}:1"},
    )
    assert texts() == PAIRS


def test_it_needs_a_sign_in(client, segments):
    assert client.get(address(segments[0])).url.startswith("/sign-in/")


def test_the_way_back_keeps_what_the_desk_showed(reviewer, segments):
    """Filter, order and search come back with the page that holds the segment, and nothing else does."""
    back = {"filter": "to_review", "order": "risk", "next": "//elsewhere"}
    query = urlencode({"act": "merge", "back": urlencode(back)})
    page = reviewer.get(f"{address(segments[0])}?{query}")
    desk = f"{reverse('desk', args=[segments[0].article_id])}?filter=to_review&order=risk&page=1"
    assert page.context["desk"] == f"{desk}#segment-{segments[0].pk}"
    kept = urlencode({"back": "filter=to_review&order=risk"})
    assert f'action="?{kept}"' in page.content.decode()
    sent = {"act": "merge", "revisions": page.context["revisions"]}
    answer = reviewer.post(f"{address(segments[0])}?{kept}", sent)
    assert answer.url == f"{desk}#segment-{Segment.objects.first().pk}"
    assert (
        f'action="{address(Segment.objects.first())}?{kept}"'
        in reviewer.get(answer.url).content.decode()
    )
    again = reviewer.post(f"{address(Segment.objects.first())}?{kept}", sent)
    assert again.url == f"{address(Segment.objects.first())}?{kept}"


def test_the_way_back_leads_to_the_first_page_where_the_segment_is_not_among_those_shown(
    reviewer, segments
):
    page = reviewer.get(address(segments[0]), {"back": "filter=done"})
    assert "?filter=done&page=1#" in page.context["desk"]
