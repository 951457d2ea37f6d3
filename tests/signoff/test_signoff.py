"""Signing an article off: what is in the way, who may, what is recorded, and what ends it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import AccessToken, Article, CheckRun, Event, Segment, SignOff
from articles.review import actions as review
from articles.review.workflow import Refused
from articles.signoff import actions
from articles.signoff.state import describe_sign_offs, sign_off_state
from tests.factories import (
    make_article,
    make_correction,
    make_finding,
    make_flag,
    mark_checked,
)


def confirm(article: Article, position: int, by: Any) -> None:
    segment = article.segments.get(position=position)
    review.confirm(segment, by=by, revision=segment.revision)


def reopen(article: Article, by: Any) -> None:
    segment = article.segments.get(position=1)
    review.reopen(segment, by=by, revision=segment.revision)


def sign(article: Article, by: Any) -> SignOff:
    return actions.sign_off(article, by=by, digest=actions.text_digest(article))


@pytest.fixture
def article(rosa: Any, edith: Any) -> Article:
    """Two segments, both read, and checked."""
    made = make_article()
    mark_checked(made)
    confirm(made, 1, rosa)
    confirm(made, 2, edith)
    return made


def open_kinds(article: Article) -> list[tuple[str, int]]:
    state = sign_off_state([Article.objects.with_documents().get(pk=article.pk)])[article.pk]
    return [(item.kind.value, item.count) for item in state.open]


def test_what_is_open_is_named_with_its_number(rosa: Any) -> None:
    article = make_article([(f"Line {n}.", f"Ligne {n}.") for n in range(4)])
    assert open_kinds(article) == [("segments", 4), ("checks", 0)]
    mark_checked(article)
    confirm(article, 1, rosa)
    two, three = article.segments.filter(position__in=(2, 3))
    make_flag(two, by=rosa)
    make_correction(three, by=rosa, status="submitted")
    Segment.objects.filter(pk=two.pk).update(status="flagged")
    Segment.objects.filter(pk=three.pk).update(status="waiting")
    assert open_kinds(article) == [("segments", 1), ("flags", 1), ("corrections", 1)]
    Article.objects.filter(pk=article.pk).update(stage="reading")
    assert ("blind_review", 1) in open_kinds(article)
    Article.objects.filter(pk=article.pk).update(stage="review")
    CheckRun.objects.update(mark="those of last year")
    assert open_kinds(article)[-1] == ("checks", 0)


def test_an_article_without_segments_is_not_ready(db: None) -> None:
    article = make_article([])
    mark_checked(article)
    assert open_kinds(article) == [("empty", 0)]


def test_a_sign_off_records_the_text_and_who_read_it(
    article: Article, rosa: Any, edith: Any
) -> None:
    made = sign(article, edith)
    text = "Le maire a parlé.\nPersonne n’a ri."
    assert made.digest == hashlib.sha256(text.encode()).hexdigest()
    assert made.readers == [
        {"person": rosa.pk, "segments": 1},
        {"person": edith.pk, "segments": 1},
    ]
    event = Event.objects.get(act="signed_off")
    assert (event.actor, event.details["digest"]) == (edith, made.digest)
    assert sign_off_state([article])[article.pk].is_signed_off


def test_an_approved_correction_is_part_of_the_text(
    article: Article, rosa: Any, edith: Any
) -> None:
    before = actions.text_digest(article)
    make_correction(article.segments.get(position=1), by=rosa, status="approved", decided_by=edith)
    text = "Le maire a bien parlé.\nPersonne n’a ri."
    assert actions.text_digest(article) == hashlib.sha256(text.encode()).hexdigest() != before


def test_it_is_refused_with_the_reason(article: Article, rosa: Any, edith: Any) -> None:
    with pytest.raises(Refused, match="approver"):
        sign(article, rosa)
    with pytest.raises(Refused, match="text changed"):
        actions.sign_off(article, by=edith, digest="another")
    reopen(article, rosa)
    with pytest.raises(Refused, match="1 of 2 segments to review"):
        sign(article, edith)
    confirm(article, 1, rosa)
    sign(article, edith)
    with pytest.raises(Refused, match="already"):
        sign(article, edith)
    assert SignOff.objects.count() == 1


def test_only_one_is_in_force(article: Article, edith: Any) -> None:
    made = sign(article, edith)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(article=article, person=edith, digest=made.digest, segment_count=2)


@pytest.mark.slow
def test_every_act_that_changes_something_ends_it(article: Article, rosa: Any, edith: Any) -> None:
    made = sign(article, edith)
    reopen(article, rosa)
    made.refresh_from_db()
    assert made.ended_at is not None
    assert (made.ended_by, made.ended_act) == (rosa, "reopened")
    ended = Event.objects.get(act="signoff_ended")
    assert (ended.actor, ended.article) == (rosa, article)
    kept = {"imported", "rechecked", "heard", "asked", "closed", "found", "dismissed", "assigned"}
    kept |= {"archived", "unarchived", "moved", "embargoed"}
    confirm(article, 1, rosa)
    for act in Event.Act.values:
        SignOff.objects.all().delete()
        sign(article, edith)
        Event.objects.record(act, article=article, by=None)
        in_force = SignOff.objects.filter(ended_at=None).exists()
        assert in_force == (act in kept | {"signed_off", "signoff_ended"}), act


def test_bringing_a_finding_back_ends_it_too(article: Article, rosa: Any, edith: Any) -> None:
    segment = article.segments.get(position=1)
    decided = {"status": "dismissed", "decided_by": rosa, "decided_at": timezone.now()}
    finding = make_finding(segment, **decided)
    sign(article, edith)
    review.restore(finding, by=rosa, revision=finding.segment.revision)
    assert SignOff.objects.get().ended_act == "restored"


def test_another_article_keeps_its_own(article: Article, rosa: Any, edith: Any) -> None:
    sign(article, edith)
    other = make_article(title="Another")
    confirm(other, 1, rosa)
    assert SignOff.objects.get().ended_at is None


def test_the_page_says_what_is_open_and_signs_off(
    client: Any, article: Article, rosa: Any, edith: Any
) -> None:
    address = reverse("sign_off", args=[article.pk])
    reopen(article, rosa)
    client.force_login(edith)
    html = client.get(address).content.decode()
    assert "1 of 2 segments to review" in html
    assert "?filter=to_review" in html
    assert 'aria-disabled="true"' in html
    confirm(article, 1, edith)
    html = client.get(address).content.decode()
    assert "Ready to sign off" in html
    assert "<b>rosa</b> 1 of 2 segments" in html
    digest = actions.text_digest(article)
    assert client.post(address, {"digest": "stale"}).status_code == 403
    done = client.post(address, {"digest": digest}, follow=True)
    assert "Signed off by edith" in done.content.decode()
    assert client.post(address, {"digest": digest}).status_code == 403
    client.force_login(rosa)
    assert "Signed off by edith" in client.get(reverse("desk", args=[article.pk])).content.decode()
    reopen(article, rosa)
    html = client.get(address).content.decode()
    assert "ended by a change by rosa" in html
    assert "Signed off by" not in client.get(reverse("desk", args=[article.pk])).content.decode()


def test_the_page_lists_what_was_changed(
    client: Any, article: Article, rosa: Any, edith: Any, monkeypatch: Any
) -> None:
    address = reverse("sign_off", args=[article.pk])
    client.force_login(edith)
    html = client.get(address).content.decode()
    assert "No segment has an approved correction; the text is as imported." in html
    assert "Show the changed sentences" not in html
    first, second = article.segments.order_by("position")
    make_correction(first, by=rosa, status="approved", decided_by=edith)
    make_correction(second, by=rosa, text="Nul n’a ri.", status="submitted")
    html = client.get(address).content.decode()
    assert "Segments with an approved correction: 1 of 2." in html
    assert "by rosa, approved by edith" in html
    assert "<ins>bien" in html
    assert "Nul" not in html, "a correction that waits is not in the text"
    make_correction(second, by=edith, text="Nul n’a ri.", status="approved", decided_by=rosa)
    monkeypatch.setattr("articles.signoff.changes.SHOWN", 1)
    html = client.get(address).content.decode()
    assert "1 more is in the reading view." in html
    assert "Nul" not in html


def test_the_page_waits_for_checks_that_run(client: Any, article: Article, edith: Any) -> None:
    client.force_login(edith)
    address = reverse("sign_off", args=[article.pk])
    polls = f'hx-get="{address}"'
    assert polls not in client.get(address).content.decode()
    CheckRun.objects.update(status=CheckRun.Status.QUEUED)
    html = client.get(address).content.decode()
    assert polls in html
    assert "The checks are still running" in html


def test_the_api_tells_a_program(client: Any, article: Article, edith: Any) -> None:
    _made, token = AccessToken.objects.issue(user=edith, name="cms")
    headers = {"Authorization": f"Bearer {token}"}
    address = reverse("api_sign_off", args=[article.pk])
    before = client.get(address, headers=headers).json()
    assert before == {
        "signed_off": False,
        "by": None,
        "at": None,
        "open": [],
        "digest": actions.text_digest(article),
    }
    made = sign(article, edith)
    after = client.get(address, headers=headers).json()
    assert (after["signed_off"], after["by"], after["digest"]) == (True, "edith", made.digest)
    reopen(article, edith)
    (item,) = client.get(address, headers=headers).json()["open"]
    assert (item["kind"], item["count"]) == ("segments", 1)
    assert client.get(reverse("api_sign_off", args=[10**9]), headers=headers).status_code == 404
    assert client.get(address).status_code == 401


def test_the_cost_does_not_grow_with_the_articles(article: Article) -> None:
    for n in range(5):
        mark_checked(make_article(title=f"Another {n}"))
    chosen = list(Article.objects.with_documents())
    with CaptureQueriesContext(connection) as few:
        sign_off_state(chosen[:1])
    with CaptureQueriesContext(connection) as many:
        sign_off_state(chosen)
    assert len(many) == len(few) <= 7


def test_a_file_says_what_was_signed_off_at_its_time(
    article: Article, rosa: Any, edith: Any
) -> None:
    before = timezone.now()
    assert describe_sign_offs([article])[article.pk] == "Not signed off."
    sign(article, edith)
    signed = timezone.now()
    words = describe_sign_offs([article])[article.pk]
    assert words.startswith("Signed off by edith on 20")
    reopen(article, rosa)
    words_now = describe_sign_offs([article])[article.pk]
    assert words_now == "Not signed off: 1 of 2 segments to review."
    assert describe_sign_offs([article], signed)[article.pk] == words
    assert describe_sign_offs([article], before)[article.pk] == "Not signed off."


def test_the_export_page_names_what_is_open(client: Any, article: Article, edith: Any) -> None:
    address = reverse("exports", args=[article.pk])
    client.force_login(edith)
    assert "Nothing is open: it can be signed off." in client.get(address).content.decode()
    sign(article, edith)
    assert "Signed off by edith" in client.get(address).content.decode()
    reopen(article, edith)
    html = client.get(address).content.decode()
    assert "Not signed off." in html
    assert "1 of 2 segments to review" in html
