"""What is said of an article's checks: unchecked never looks clean, and what changed since is said."""

import re

import pytest
from django.utils.translation import override

from articles.findings import service
from articles.findings.state import check_state, count_open_findings
from articles.findings.tasks import queue_checks
from articles.models import Article, CheckRun, CheckSwitch, Event, Worker
from tests.factories import make_article, make_correction, make_finding
from tests.findings.quick_checks import target_check, use_checks
from tests.queue import work


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    use_checks(monkeypatch, target_check("mayors", "maire"))


@pytest.fixture
def article(db):
    return make_article()


def state_of(article):
    return check_state([Article.objects.with_documents().get(pk=article.pk)])[article.pk]


def test_an_article_goes_from_never_to_done(article, rosa):
    assert state_of(article).sentence == "Not checked yet"
    queue_checks(article, by=rosa)
    assert state_of(article).sentence == "Waiting to be checked"
    assert state_of(article).no_worker
    Worker.objects.renew("w")
    assert not state_of(article).no_worker
    seen = []
    service.refresh_findings(article, progress=lambda *_far: seen.append(state_of(article)))
    assert [(each.code, each.done, each.total) for each in seen] == [("running", 2, 2)]
    assert seen[0].sentence == "Checking: 2 of 2 segments"
    done = state_of(article)
    assert (done.code, done.is_current, done.sentence) == ("done", True, "Checked")
    assert done.mark == service.rules_for(article).mark
    assert Event.objects.get().act == "rechecked"


def test_a_text_that_came_into_force_since_makes_it_partly_checked(article):
    service.refresh_findings(article)
    article.segments.filter(position=1).update(checked="")
    state = state_of(article)
    assert (state.code, state.unchecked, state.may_run) == ("partly", 1, True)
    assert state.sentence == "1 segment is not checked"
    article.segments.update(checked="")
    with override("fr"):
        assert state_of(article).sentence == "2 segments ne sont pas contrôlés"


def test_a_switch_makes_it_out_of_date(article):
    service.refresh_findings(article)
    other = make_article([("One.", "Un.")])
    service.refresh_findings(other)
    CheckSwitch.objects.create(check_id="mayors", article=article)
    assert state_of(article).code == "outdated"
    assert state_of(other).code == "done"
    CheckSwitch.objects.create(check_id="mayors")
    assert state_of(other).code == "outdated"


def test_a_failed_run_says_so(article, monkeypatch):
    def fail(*_given):
        raise ZeroDivisionError

    monkeypatch.setattr(service, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        service.refresh_findings(article)
    state = state_of(article)
    assert (state.code, state.may_run, state.is_current) == ("failed", True, False)


def test_many_articles_cost_as_much_as_one(db, django_assert_num_queries):
    for number in range(5):
        article = make_article([("One.", "Un.")], title=f"No. {number}")
        service.refresh_findings(article)
        make_finding(article.segments.get())
    for chosen in (Article.objects.with_documents()[:1], Article.objects.with_documents()):
        articles = list(chosen)
        with django_assert_num_queries(3):
            check_state(articles)
            assert set(count_open_findings(articles).values()) == {1}


def test_an_upgrade_reads_the_runs_on_record(rosa, edith):
    from importlib import import_module

    from django.apps import apps

    migration = import_module("articles.migrations.0017_read_check_runs")
    never, checked, corrected = (make_article(title=title) for title in ("N", "C", "K"))
    for each in (checked, corrected):
        CheckRun.objects.create(article=each, mark="of an earlier version", at=each.created_at)
    make_correction(corrected.segments.first(), by=rosa, status="approved", decided_by=edith)
    migration.forwards(apps, None)
    assert state_of(never).code == "never"
    assert state_of(checked).code == "outdated"
    assert (state_of(corrected).code, state_of(corrected).unchecked) == ("partly", 1)


# ── where it is shown ────────────────────────────────────────────────────────


PAGES = ("/", "/articles/{pk}/", "/articles/{pk}/export/")


def test_every_page_that_counts_findings_says_how_the_checks_stand(article, client, rosa, ada):
    client.force_login(rosa)
    for page in PAGES:
        shown = client.get(page.format(pk=article.pk)).content.decode()
        assert "Not checked yet" in shown, page
        assert f"/articles/{article.pk}/checks/run/" in shown, page
    client.force_login(ada)
    listed = client.get("/admin/articles/article/").content.decode()
    assert "Not checked yet · 0 open findings" in listed


def test_the_button_queues_the_checks_and_the_page_follows_them(article, client, rosa, otto):
    address = f"/articles/{article.pk}/checks/"
    client.force_login(otto)
    assert client.post(f"{address}run/").status_code == 403
    assert "<button" not in client.get(address).content.decode()
    client.force_login(rosa)
    assert client.post(f"{address}run/", {"next": "https://elsewhere/"}).url == (
        f"/articles/{article.pk}/"
    )
    assert client.post(f"{address}run/", {"next": "/?page=2"}).url == "/?page=2"
    waiting = client.get(address).content.decode()
    assert "Waiting to be checked" in waiting
    assert "hx-get" in waiting
    work()
    finished = client.get(address).content.decode()
    assert "1 open finding." in finished
    assert "hx-get" not in finished
    desk = client.get(f"/articles/{article.pk}/").content.decode()
    assert re.search(r"Checked <span class=\"when\">", desk)
    assert 'With findings <span class="count">1</span></a>' in desk
