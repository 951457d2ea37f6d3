"""The admin reads, imports, exports and moves things by the same acts as the desk."""

import io
import zipfile

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.models import Article, Correction, Event, Finding, Segment
from articles.review import actions
from tests.cases import for_each
from tests.factories import make_article, make_correction, make_finding, make_flag

MODELS = ["article", "document", "segment", "finding", "flag", "correction", "event"]


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def full_article(count, rosa, edith):
    article = make_article(
        [
            (f"The {count} mayors spoke {n} times.", f"Les {count} maires ont parlé {n} fois.")
            for n in range(count)
        ]
    )
    for segment in article.segments.all():
        make_finding(segment)
        make_flag(segment, by=rosa)
        make_correction(segment, by=rosa, status="rejected", decided_by=edith)
        Event.objects.record("flagged", segment=segment, by=rosa)
    return article


def test_every_list_costs_the_same_for_one_row_and_for_many(
    desk, rosa, edith, django_assert_num_queries, django_assert_max_num_queries
):
    full_article(1, rosa, edith)
    lists = []
    for model in MODELS:
        address = reverse(f"admin:articles_{model}_changelist")
        asked = {"q": "mayor"} if model != "finding" else {}
        desk.get(address)
        with django_assert_max_num_queries(15) as first:
            assert desk.get(address, asked).status_code == 200, model
        lists.append((address, asked, len(first)))
    for count in (3, 30):
        full_article(count, rosa, edith)
    for address, asked, cost in lists:
        with django_assert_num_queries(cost, info=address):
            desk.get(address, asked)


@pytest.fixture
def filled(rosa, edith):
    """An article with a row of each of MODELS."""
    full_article(1, rosa, edith)


@for_each("model", MODELS)
def test_every_row_can_be_read(model, desk, filled):
    row = admin.site.get_model_admin(
        next(each for each in admin.site._registry if each._meta.model_name == model)
    ).model.objects.first()
    assert desk.get(reverse(f"admin:articles_{model}_change", args=[row.pk])).status_code == 200


@for_each("model", [model for model in MODELS if model != "article"])
@for_each("page", ["add", "delete"])
def test_what_was_said_is_not_added_or_deleted_by_hand(model, page, desk, filled):
    row = next(
        each for each in admin.site._registry if each._meta.model_name == model
    ).objects.first()
    address = reverse(f"admin:articles_{model}_{page}", args=[row.pk] if page == "delete" else [])
    assert desk.post(address, {"post": "yes"}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_title_is_changed_and_nothing_else(desk):
    article = make_article()
    desk.post(
        reverse("admin:articles_article_change", args=[article.pk]),
        {"title": "Another", "source": "", "target": "", "manner": "together"}
        | {"assignments-TOTAL_FORMS": "0", "assignments-INITIAL_FORMS": "0"},
    )
    changed = Article.objects.get()
    assert (changed.title, changed.source_id) == ("Another", article.source_id)


def test_the_list_of_articles_leads_to_the_import(desk):
    assert (
        f'href="{reverse("imports")}"'
        in desk.get(reverse("admin:articles_article_changelist")).content.decode()
    )


def act(client, model, action, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"admin:articles_{model}_changelist"), data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_checks_run_again_with_their_line_of_history(desk):
    article = make_article(
        [
            (
                "Forty people came to the big party.",
                "Quarante personnes sont venues à la grande fête.",
            )
        ]
    )
    assert said(act(desk, "article", "check_again", article)) == ["1 article waits for the checks."]
    assert Event.objects.get().act == "rechecked"


def test_chosen_articles_are_exported(desk):
    article = make_article()
    response = act(desk, "article", "export", article)
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert article.target.text.encode() in [archive.read(name) for name in archive.namelist()]


def test_segments_move_by_the_acts_of_the_desk(desk, rosa):
    fine, flagged = make_article().segments.all()
    actions.flag(flagged, by=rosa, revision=1, values={"type": "Omission", "severity": "major"})
    messages = said(act(desk, "segment", "confirm", fine, flagged))
    assert "1 done." in messages
    assert any("open flags" in message for message in messages)
    assert list(Segment.objects.values_list("status", flat=True)) == ["done", "flagged"]
    act(desk, "segment", "reopen", fine)
    assert Segment.objects.get(pk=fine.pk).status == "to_review"
    assert set(Event.objects.values_list("act", flat=True)) == {"flagged", "confirmed", "reopened"}


def test_corrections_are_approved_but_not_ones_own(desk, rosa, ada):
    first, second = make_article().segments.all()
    theirs = actions.submit(first, by=rosa, revision=1, text="Autre chose.")
    own = actions.submit(second, by=ada, revision=1, text="Personne ne riait.")
    messages = said(act(desk, "correction", "approve", theirs, own))
    assert any("second person" in message for message in messages)
    assert dict(Correction.objects.values_list("pk", "status")) == {
        theirs.pk: "approved",
        own.pk: "submitted",
    }


def test_dismissed_findings_are_brought_back(desk, rosa):
    finding = make_finding(make_article().segments.first())
    actions.dismiss(finding, by=rosa, revision=1, reason="wrong")
    act(desk, "finding", "restore", finding)
    assert Finding.objects.get().status == "open"


def test_when_nothing_could_be_done_only_the_reasons_are_said(desk, rosa):
    segment = make_article().segments.first()
    actions.flag(segment, by=rosa, revision=1, values={"type": "Omission", "severity": "major"})
    [message] = said(act(desk, "segment", "confirm", segment))
    assert "open flags" in message
