"""The page of decisions made elsewhere: an approver takes over what is ticked, and nobody else."""

from django.urls import reverse

from articles.models import Correction, Event, Segment
from tests.factories import make_article, make_correction


def claimed(rosa):
    article = make_article()
    segment = article.segments.get(position=1)
    row = make_correction(segment, by=rosa, status="submitted")
    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    values = {"claim": "approved", "claimed_by": "Eve", "claim_file": "old.jsonl"}
    Correction.objects.filter(pk=row.pk).update(**values, claimed_at=row.submitted_at)
    return article, row


def test_an_approver_takes_over_what_is_ticked(client, rosa, edith):
    article, row = claimed(rosa)
    address = reverse("claims", args=[article.pk])
    client.force_login(rosa)
    page = client.get(reverse("desk", args=[article.pk])).content.decode()
    assert address in page
    assert "Approved elsewhere by Eve (file old.jsonl)" in page
    ticked = {"correction": [f"{row.pk}-1", "x", "9-9"], "segment": ["7"]}
    assert client.post(address, ticked).status_code == 403
    client.force_login(edith)
    assert f'value="{row.pk}-1" checked' in client.get(address).content.decode()
    page = client.post(address, ticked, follow=True).content.decode()
    assert "1 adopted." in page
    assert address not in page
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("approved", edith)
    history = client.get(reverse("article_history", args=[article.pk])).content.decode()
    assert "adopted from Eve" in history


def test_what_is_taken_back_is_its_authors_text_again(client, rosa):
    article, row = claimed(rosa)
    client.force_login(rosa)
    client.post(reverse("withdraw", args=[row.segment_id, row.pk]), {"revision": "1"})
    row.refresh_from_db()
    assert (row.status, row.claim, row.claimed_at) == ("draft", "", None)
    assert (
        "No decisions to adopt" in client.get(reverse("claims", args=[article.pk])).content.decode()
    )


def test_a_segment_that_somebody_elsewhere_found_right_is_confirmed_or_left_with_a_reason(
    client, rosa, edith
):
    article = make_article()
    found_right = [
        Event(act="confirmed", segment=segment, article=article, position=segment.position, foreign=True)
        for segment in article.segments.all()
    ]  # fmt: skip
    Event.objects.store(found_right, article)
    address = reverse("claims", args=[article.pk])
    client.force_login(edith)
    assert address in client.get(reverse("desk", args=[article.pk])).content.decode()
    first, second = article.segments.order_by("position")
    ticked = {"segment": [f"{first.pk}-{first.revision}", f"{second.pk}-7"]}
    page = client.post(address, ticked, follow=True).content.decode()
    assert "1 adopted." in page
    assert "Segment 2 not approved:" in page
    assert [row.status for row in article.segments.order_by("position")] == ["done", "to_review"]
    only_second = client.get(address).content.decode()
    assert f'value="{second.pk}-{second.revision}"' in only_second
    assert f'value="{first.pk}-' not in only_second
