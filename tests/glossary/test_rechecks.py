"""A term that changes has those articles checked again whose source may have it, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from articles.checks.terminology import PossibleTerms, TermSearch, words_to_search
from articles.findings import service, tasks
from articles.findings.source_words import articles_with, place_of
from articles.findings.state import check_state
from articles.history.archive import archive, unarchive
from articles.models import Article, CheckRun, Finding, SourceWords, Term
from tests.cases import for_each
from tests.factories import make_article
from tests.findings.quick_checks import use_checks
from tests.queue import work


@pytest.fixture(autouse=True)
def glossary_check(monkeypatch: Any) -> None:
    from articles import checks

    use_checks(monkeypatch, checks.CHECKS["terminology"])


def checked(pairs: list[tuple[str, str]], title: str = "Checked") -> Article:
    article = make_article(pairs, title=title)
    service.refresh_findings(article)
    return article


@pytest.fixture
def with_mayors(db: None) -> Article:
    return checked([("Two mayors spoke.", "Deux élus ont parlé."), ("One left.", "Un partit.")])


@pytest.fixture
def without(db: None) -> Article:
    return checked([("The harbour is old.", "Le port est vieux.")])


def code_of(article: Article) -> str:
    (state,) = check_state([Article.objects.with_documents().get(pk=article.pk)]).values()
    return str(state.code)


def messages() -> list[str]:
    return [row.message % row.values for row in Finding.objects.open()]


def add(source: str, target: str = "", **more: Any) -> Term:
    term = Term.objects.create(source=source, target=target, **more)
    tasks.queue_term_checks([], [term])
    return term


def test_a_new_term_queues_the_article_that_has_it_and_leaves_the_other(
    with_mayors: Article, without: Article
) -> None:
    add("mayor", "maire")
    assert (code_of(with_mayors), code_of(without)) == ("queued", "done")
    work()
    assert (code_of(with_mayors), code_of(without)) == ("done", "done")
    assert messages() == ["“mayors”: the glossary has “maire”"]


def test_only_the_segments_with_the_term_are_checked(
    with_mayors: Article, monkeypatch: Any
) -> None:
    add("mayor", "maire")
    seen = []
    real = service._run
    monkeypatch.setattr(service, "_run", lambda *given: seen.append(given[2]) or real(*given))
    work()
    assert seen == [0]


def test_a_changed_and_a_deleted_term_are_followed(with_mayors: Article, without: Article) -> None:
    term = add("mayor", "maire")
    work()
    before = Term.objects.get()
    term.source, term.target = "harbour", "rade"
    term.save()
    tasks.queue_term_checks([before], [term])
    assert (code_of(with_mayors), code_of(without)) == ("queued", "queued")
    work()
    assert messages() == ["“harbour”: the glossary has “rade”"]
    term.delete()
    tasks.queue_term_checks([term], [])
    assert (code_of(with_mayors), code_of(without)) == ("done", "queued")
    work()
    assert messages() == []


def test_a_note_alone_changes_no_finding(with_mayors: Article) -> None:
    before = add("mayor", "maire")
    work()
    after = Term.objects.get()
    after.note = "of a town"
    after.save()
    assert tasks.queue_term_checks([before], [after]) == 0
    assert code_of(with_mayors) == "done"


def test_a_term_of_another_language_or_article_concerns_nobody_here(
    with_mayors: Article, without: Article
) -> None:
    add("mayor", "Bürgermeister", target_language="de")
    add("mayor", "maire", article=without)
    assert (code_of(with_mayors), code_of(without)) == ("done", "done")
    add("mayor", "maire", source_language="", target_language="")
    assert code_of(with_mayors) == "queued"


def test_an_article_that_was_never_checked_stays_so(with_mayors: Article) -> None:
    other = make_article([("A mayor.", "Un maire.")])
    add("mayor", "maire")
    assert code_of(other) == "never"


def test_an_archived_article_comes_back_out_of_date(
    with_mayors: Article, without: Article, ada: Any
) -> None:
    for article in (with_mayors, without):
        archive(article, by=ada)
    assert tasks.queue_term_checks([], [Term.objects.create(source="mayor", target="maire")]) == 0
    for article in (with_mayors, without):
        unarchive(article, by=ada)
    assert (code_of(with_mayors), code_of(without)) == ("outdated", "done")


def test_a_term_that_comes_while_an_article_is_checked_is_checked_afterwards(db: None) -> None:
    article = make_article([("A mayor spoke.", "Un élu parla.")])

    def change(_done: int, _total: int) -> None:
        if not Term.objects.exists():
            add("mayor", "maire")

    service.refresh_findings(article, progress=change)
    assert code_of(article) == "queued"
    work()
    assert (code_of(article), len(messages())) == ("done", 1)


def test_an_article_whose_text_is_new_is_not_judged_by_its_old_words(without: Article) -> None:
    segment = without.segments.get()
    without.segments.update(source_text="The mayor is old.", checked="")
    tasks.queue_text_checks(without, segment.position, segment.position)
    term = Term(source="mayor", target="maire")
    assert articles_with([place_of(term)]) == [without.pk]
    work()
    assert "mayor" in SourceWords.objects.get().words.split("\n")


def test_a_queued_article_is_queued_once(with_mayors: Article) -> None:
    from django_tasks_db.models import DBTaskResult

    add("mayor", "maire")
    add("two", "deux")
    runs = DBTaskResult.objects.filter(task_path=tasks.check_article.module_path)
    assert runs.count() == 1
    assert CheckRun.objects.get().status == "queued"


def test_the_page_says_how_many_articles_are_checked_again(
    with_mayors: Article, without: Article, client: Any, ada: Any
) -> None:
    client.force_login(ada)
    values = {
        "source": "mayor",
        "target": "maire",
        "source_language": "en",
        "target_language": "fr",
    }
    shown = client.post(reverse("glossary"), values, follow=True).content.decode()
    assert "1 article that may contain it is checked again." in shown
    work()
    asked = client.get(reverse("delete_term", args=[Term.objects.get().pk])).content.decode()
    assert "1 article may contain it and is checked again" in asked
    added = client.post(
        reverse("admin:articles_term_add"), values | {"source": "harbour"}, follow=True
    )
    assert "1 article that may contain it is checked again." in added.content.decode()
    assert code_of(without) == "queued"


def test_terms_deleted_in_the_admin_are_followed(
    with_mayors: Article, client: Any, ada: Any
) -> None:
    term = add("mayor", "maire")
    work()
    client.force_login(ada)
    chosen = {"action": "delete_selected", "_selected_action": [term.pk], "post": "yes"}
    client.post(reverse("admin:articles_term_changelist"), chosen)
    work()
    assert messages() == []


def test_any_number_of_articles_costs_one_look(
    db: None, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        checked([(f"Harbour {number}.", "Port.")], title=f"No. {number}")
    with django_assert_max_num_queries(1):
        assert articles_with([place_of(Term(source="mayor"))]) == []


def test_languages_of_terms_are_written_as_articles_have_them(db: None) -> None:
    from importlib import import_module

    from django.apps import apps

    migration = import_module("articles.migrations.0048_check_again_where_a_term_is")
    rows = [("strike", "FR"), ("mayor", "fr-CA"), ("mayor", "fr"), ("Sora", "")]
    for source, language in rows:
        Term.objects.create(source=source, source_language="EN", target_language=language)
    Term.objects.filter(target_language="fr").update(source_language="en")
    migration.normalise_languages(apps, None)
    stored = Term.objects.order_by("pk").values_list("source", "source_language", "target_language")
    # The second stays: it would be the third.
    assert list(stored) == [
        ("strike", "en", "fr"), ("mayor", "EN", "fr-CA"), ("mayor", "en", "fr"), ("Sora", "en", ""),
    ]  # fmt: skip


# ── which words a text has ───────────────────────────────────────────────────


HELD = [
    ("The mayors spoke.", "mayor", True),
    ("The town has a hall.", "town hall", True),  # apart: a run tells
    ("The town is old.", "town hall", False),
    ("A Rock-Star came.", "rock", True),
    ("He uses C++ here.", "C++", True),
    ("One, two.", "++", True),  # of marks alone: not ruled out
    ("AI is new.", "AI", True),
    ("Nothing.", "(a+b)*", False),
    ("", "mayor", False),
]


@for_each(("text", "term", "expected"), HELD)
def test_words_tell_whether_a_text_may_have_a_term(text: str, term: str, expected: bool) -> None:
    words = words_to_search([text], "en")
    assert PossibleTerms([term, "zebra"], "en").may_be_in(words) is expected


FOUND = [
    ("The mayors spoke.", {"mayor": "maire", "town": "ville"}, ["mayor"]),
    ("The town has a hall.", {"town hall": "mairie"}, []),
    ("sora is new.", {"Sora": "", "Sor": ""}, ["Sora"]),
    ("Soraya left.", {"Sora": ""}, []),
    ("He uses c++ here.", {"C++": "", "(.*)": ""}, ["C++"]),
]


@for_each(("text", "terms", "expected"), FOUND)
def test_the_terms_of_a_text_are_found(
    text: str, terms: dict[str, str], expected: list[str]
) -> None:
    found = TermSearch(terms, "en").in_text(text)
    assert [term for term, _target in found] == expected
    words = words_to_search([text], "en")
    assert all(PossibleTerms([term], "en").may_be_in(words) for term in expected)
