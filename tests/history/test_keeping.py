"""History cannot be changed or deleted, and what is wrong with it is found."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from articles.assignments.actions import assign
from articles.history import archive, triggers
from articles.history.verify import verify
from articles.models import Article, Correction, Erasure, Event, PersonName
from articles.records.history import store_events
from articles.review import actions
from tests.factories import make_article, make_correction


@pytest.fixture
def article(rosa: Any) -> Article:
    """An article with three events by Rosa, one of which names her."""
    made = make_article()
    Event.objects.record("imported", article=made, by=rosa, segments=2)
    assign(made, person=rosa, role="reviewer", by=rosa)
    actions.confirm(made.segments.get(position=1), by=rosa, revision=1)
    return made


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_refuses_to_change_or_delete_history(article: Article) -> None:
    event = article.events.first()
    attempts = [
        lambda: execute("DELETE FROM articles_event"),
        lambda: execute("UPDATE articles_event SET act = 'flagged' WHERE id = %s", event.pk),
        lambda: execute("UPDATE articles_event SET digest = '' WHERE id = %s", event.pk),
        lambda: execute("UPDATE articles_event SET actor_id = NULL"),
        lambda: Event.objects.filter(pk=event.pk).update(details={"a": 1}),
        lambda: Event.objects.filter(pk=event.pk).update(sealed=True),
        lambda: event.delete(),
        lambda: Article.objects.get(pk=article.pk).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert article.events.count() == 3
    assert verify().problems == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_row_is_not_replaced_either(article: Article) -> None:
    with pytest.raises(IntegrityError):
        execute("INSERT OR REPLACE INTO articles_event SELECT * FROM articles_event")


def test_a_tombstone_is_neither_opened_again_nor_removed(article: Article) -> None:
    archive.erase(article, reason="a test")
    for statement in (
        "DELETE FROM articles_erasure",
        "UPDATE articles_erasure SET ended_at = NULL",
    ):
        with pytest.raises(IntegrityError):
            execute(statement)


def test_the_triggers_are_all_there_after_all_migrations(db: None) -> None:
    assert len(triggers.names(connection)) == 8


@pytest.mark.django_db(transaction=True)
def test_they_are_there_after_a_flush_of_the_tests_too() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert len(triggers.names(connection)) == 8


# ── verifying ────────────────────────────────────────────────────────────────


def tamper(statement: str, *values: Any) -> list[str]:
    """What verifying says after a change by somebody who can take the triggers off."""
    triggers.take_off(connection)
    execute(statement, *values)
    triggers.put_on(connection)
    triggers.keep_audit_log(connection)
    return verify().problems


def test_a_change_is_found(article: Article) -> None:
    last = article.events.latest("id").pk
    assert tamper("UPDATE articles_event SET actor_id = NULL WHERE id = %s", last) == [
        f"article {article.pk}, event {last}: was changed"
    ]


def test_a_missing_event_is_found(article: Article) -> None:
    _first, middle, last = article.events.order_by("id").values_list("pk", flat=True)
    problems = tamper("DELETE FROM articles_event WHERE id = %s", middle)
    assert problems == [f"article {article.pk}, event {last}: follows an event that is missing"]


def test_events_cut_off_at_the_end_are_missed_by_kept_ends(article: Article, tmp_path: Any) -> None:
    kept = tmp_path / "ends.json"
    call_command("verify_history", write=kept)
    last = article.events.latest("id").pk
    assert tamper("DELETE FROM articles_event WHERE id = %s", last) == []
    with pytest.raises(CommandError, match="1 problems"):
        call_command("verify_history", against=kept)
    assert json.loads(kept.read_text()).keys() == {str(article.pk)}


def test_an_erased_article_is_no_gap(article: Article) -> None:
    ends = verify().ends
    call_command("erase_article", article.pk, reason="printed by mistake")
    found = verify(ends)
    assert (found.problems, found.events) == ([], 0)
    tombstone = Erasure.objects.get()
    assert (tombstone.subject, tombstone.events, tombstone.reason) == (
        str(article.pk),
        3,
        "printed by mistake",
    )
    assert ends[str(article.pk)] == [tombstone.digest]


def test_history_of_a_file_is_chained_when_the_import_is_complete(rosa: Any) -> None:
    article = make_article()
    store_events([Event(article=article, act="flagged", foreign=True, details={"by": "Zoé"})])
    assert "is not chained" in verify().problems[0]
    Event.objects.chain_stored(article)
    assert verify().problems == []
    assert PersonName.objects.get().name == "Zoé"


def test_two_acts_at_one_moment_may_follow_the_same_event(article: Article, rosa: Any) -> None:
    first = article.events.order_by("id")[0]
    last = article.events.latest("id")
    actions.confirm(article.segments.get(position=2), by=rosa, revision=1)
    branch = article.events.latest("id")
    triggers.take_off(connection)
    from articles.models.chain import event_digest

    branch.previous = first.digest
    branch.digest = event_digest(first.digest, branch, {})
    branch.save()
    triggers.put_on(connection)
    triggers.keep_audit_log(connection)
    found = verify()
    assert found.problems == []
    assert found.ends[str(article.pk)] == sorted([last.digest, branch.digest])


# ── archiving, erasing ────────────────────────────────────────────────────


def test_an_admin_archives_an_article_and_brings_it_back(
    client: Any, ada: Any, article: Article
) -> None:
    client.force_login(ada)
    listing = reverse("admin:articles_article_changelist")
    client.post(listing, {"action": "put_into_archive", "_selected_action": [article.pk]})
    assert client.get(reverse("desk", args=[article.pk])).status_code == 404
    assert "The mayor" not in client.get(reverse("articles")).content.decode()
    assert "The mayor" not in client.get(listing).content.decode()
    away = f"{listing}?archived=yes"
    assert "The mayor" in client.get(away).content.decode()
    client.post(away, {"action": "restore", "_selected_action": [article.pk]})
    assert client.get(reverse("desk", args=[article.pk])).status_code == 200
    assert list(article.events.order_by("id").values_list("act", flat=True))[-2:] == [
        "archived",
        "unarchived",
    ]
    assert (
        client.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    )


def test_an_archived_article_outlives_the_next_start(article: Article, ada: Any) -> None:
    from articles.importing.bilingual import discard_unready

    archive.archive(article, by=ada)
    discard_unready()
    assert Article.everything.filter(pk=article.pk).exists()


def test_erasing_names_an_article_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="no article 7"):
        call_command("erase_article", 7, reason="none")


# ── anonymising ──────────────────────────────────────────────────────────────


def test_a_person_is_made_anonymous_everywhere_and_the_chain_holds(
    client: Any, article: Article, rosa: Any, edith: Any
) -> None:
    client.force_login(rosa)
    make_correction(article.segments.get(position=2), by=edith)
    Correction.objects.update(claimed_by="rosa")
    before = verify()
    # What Django's admin wrote of other rows has her name; others have one that only begins so.
    entries = LogEntry.objects.log_actions(edith.pk, [article, edith], CHANGE, "rosa, rosalind")
    LogEntry.objects.filter(object_id=edith.pk).update(object_repr="edith", change_message="")
    call_command("anonymise", "rosa", reason="she left")
    person = User.objects.get(pk=rosa.pk)
    kept = LogEntry.objects.get(pk=entries[0].pk)
    assert kept.change_message == f"{person.username}, rosalind"
    assert person.username.startswith("person-")
    assert not person.is_active
    assert not person.groups.exists()
    assert client.get(reverse("articles")).status_code == 302
    after = verify(before.ends)
    assert after.problems == []
    assert after.ends == before.ends
    stored = json.dumps(list(Event.everything.values_list("details", flat=True)))
    assert "rosa" not in stored
    assert person.username in stored
    assert Correction.objects.get().claimed_by == person.username
    assert not PersonName.objects.filter(name="rosa").exists()
    client.force_login(edith)
    assert (
        person.username
        in client.get(reverse("article_history", args=[article.pk])).content.decode()
    )


def test_somebody_whom_only_a_file_named_is_made_anonymous(rosa: Any) -> None:
    article = make_article()
    store_events([Event(article=article, act="flagged", foreign=True, details={"by": "Zoé"})])
    Event.objects.chain_stored(article)
    call_command("anonymise", "Zoé", reason="asked for it")
    assert verify().problems == []
    assert article.events.get().details["by"].startswith("person-")
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("anonymise", "Zoé", reason="again")


def test_a_file_that_holds_no_ends_of_history_is_refused_by_name(db: Any, tmp_path: Any) -> None:
    missing, other = tmp_path / "missing.json", tmp_path / "other.json"
    other.write_text("[]")
    for file, says in ((missing, "cannot be read"), (other, "was not written by")):
        with pytest.raises(CommandError, match=f"{file.name} {says}"):
            call_command("verify_history", against=file)
