"""Reading apart on the screen: finishing, both readings beside each other, deciding, handing on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.adjudication import actions as adjudication_actions
from articles.assignments import actions as assignments_actions
from articles.models import Article, Event, Flag, Segment
from articles.overview.articles import read_rows
from tests.factories import make_finding, make_flag, make_reading

SURE = {"sure": "on"}
HTMX = {"HX-Request": "true"}
WORD = {"source_start": 4, "source_end": 9, "source_quote": "mayor"}


@pytest.fixture
def article(rosa: Any, ruth: Any) -> Article:
    """Two readings: both mark the mayor, differently; Ruth also marks something in the second segment."""
    made = make_reading(rosa, ruth)
    one, two = made.segments.order_by("position")
    make_flag(one, by=rosa, apart="sealed", comment="Rosa’s word.", **WORD)
    make_flag(
        one,
        by=ruth,
        apart="sealed",
        type="Addition",
        comment="Ruth’s word.",
        target_start=0,
        target_end=2,
        **WORD,
    )
    make_flag(two, by=ruth, apart="sealed", caret=0)
    return made


def opened(article: Article) -> Article:
    for row in article.reviewers:
        adjudication_actions.finish(article, by=row.person)
    return Article.objects.get(pk=article.pk)


def flags_of(article: Article, number: int) -> dict[str, int]:
    """The ids of the place's flags as the page sends them."""
    rows = list(
        Flag.everything.filter(segment__article=article, segment__position=number).order_by("id")
    )
    return (
        {"first": rows[0].pk, "second": rows[1].pk}
        if number == 1
        else {"first": 0, "second": rows[0].pk}
    )


class Comparer:
    """Somebody at the page that lays two readings side by side."""

    def __init__(self, client: Any, article: Article) -> None:
        self.client, self.article = client, article

    def decide(
        self, keep: str, *, number: int = 1, revision: int = 0, htmx: bool = True, **other: Any
    ) -> Any:
        segment = self.article.segments.get(position=number)
        sent = (
            flags_of(self.article, number)
            | {"keep": keep, "revision": revision or segment.revision}
            | other
        )
        return self.client.post(
            reverse("settle", args=[segment.pk]), sent, headers=HTMX if htmx else {}
        )

    def page(self) -> Any:
        return self.client.get(reverse("compare", args=[self.article.pk]))


@pytest.fixture
def comparer(client: Any, article: Article, edith: Any) -> Comparer:
    client.force_login(edith)
    return Comparer(client, opened(article))


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# ── finishing ────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_reader_is_told_how_the_reading_stands(
    client: Any, article: Article, rosa: Any, edith: Any
) -> None:
    desk = reverse("desk", args=[article.pk])
    client.force_login(edith)
    assert "Two people are reviewing this article blind" in text_of(client.get(desk))
    client.force_login(rosa)
    page = text_of(client.get(desk))
    assert "You and ruth are reviewing this article blind" in page
    assert "1 segment not reviewed yet." in page
    finished = client.post(reverse("finish", args=[article.pk]), SURE, follow=True)
    assert "Your flags stay hidden until the other reviewer has finished too." in text_of(finished)
    assert "ruth is still reviewing" in text_of(finished)
    assert "Review resumed." in text_of(
        client.post(reverse("resume", args=[article.pk]), follow=True)
    )


def test_finishing_names_what_was_not_looked_at_and_asks(
    client: Any, article: Article, rosa: Any
) -> None:
    first, second = article.segments.order_by("position")[:2]
    make_finding(first)
    client.force_login(rosa)
    address = reverse("finish", args=[article.pk])
    response = client.post(address)
    assert response.status_code == 422
    page = text_of(response)
    assert "1 segment is not reviewed yet." in page
    assert "1 finding is neither accepted nor dismissed." in page
    assert reverse("card", args=[second.pk]) in response.content.decode()
    assert article.reviewers[0].finished_at is None
    assert read_rows(Article.objects.with_documents(), rosa)[0].findings == 1
    assert "Your flags stay hidden" in text_of(client.post(address, SURE, follow=True))


def test_what_the_first_page_counts_in_a_blind_review_is_the_readers_own(
    article: Article, rosa: Any, ruth: Any
) -> None:
    segment = article.segments.get(position=1)
    finding = make_finding(segment)
    make_flag(segment, by=rosa, apart="sealed", finding=finding)
    counts = []
    for person in (rosa, ruth):
        row = read_rows(Article.objects.with_documents(), person)[0]
        counts.append((row.findings, row.flags))
    assert counts == [(0, 2), (1, 2)]


def test_the_second_to_finish_opens_the_readings(
    client: Any, article: Article, rosa: Any, ruth: Any
) -> None:
    client.force_login(rosa)
    client.post(reverse("finish", args=[article.pk]), SURE)
    client.force_login(ruth)
    page = text_of(client.post(reverse("finish", args=[article.pk]), SURE, follow=True))
    assert "Both reviewers have finished: the two reviews are open now." in page
    assert "Only approvers can compare blind reviews." in page


def test_an_approver_who_read_is_not_the_third(client: Any, edith: Any, rosa: Any) -> None:
    article = make_reading(rosa, edith)
    adjudication_actions.finish(article, by=rosa)
    client.force_login(edith)
    response = client.post(reverse("finish", args=[article.pk]), SURE)
    assert response["Location"] == reverse("desk", args=[article.pk])


@pytest.mark.parametrize("name", ["finish", "resume", "close"])
def test_who_may_not_is_told_why(
    name: str, client: Any, article: Article, edith: Any, ruth: Any
) -> None:
    client.force_login(edith)
    words = text_of(client.post(reverse(name, args=[article.pk]), follow=True))
    assert {
        "finish": "You are not one of the two blind reviewers of this article",
        "resume": "You have not finished your review",
        "close": "their flags are shown when both have finished",
    }[name] in words
    assert Article.objects.get().stage == "reading"
    assert client.get(reverse(name, args=[article.pk])).status_code == 405


# ── side by side ─────────────────────────────────────────────────────────────


def test_readings_are_not_shown_before_both_have_finished(
    client: Any, article: Article, rosa: Any
) -> None:
    client.force_login(rosa)
    response = client.get(reverse("compare", args=[article.pk]))
    assert response.status_code == 403
    assert "shown when both have finished" in text_of(response)
    assert "word." not in text_of(response)


def test_an_article_that_nobody_read_apart_has_none(
    client: Any, article: Article, rosa: Any
) -> None:
    Article.objects.update(stage="review")
    client.force_login(rosa)
    response = client.get(reverse("compare", args=[article.pk]))
    assert (response.status_code, "had no blind review" in text_of(response)) == (
        403,
        True,
    )


def test_both_readings_stand_beside_each_other(comparer: Comparer) -> None:
    response = comparer.page()
    page, words = response.content.decode(), text_of(response)
    for said in (
        "Blind reviews by rosa and ruth", "2 of 2 still to decide.", "Both flagged this, differently",
        "Only ruth", "Rosa’s word.", "Ruth’s word.", "0 identical · 1 different · 0 only rosa · 1 only ruth",
        "1 of 2 flagged by both or by neither", "Few segments", "Krippendorff’s alpha",
    ):  # fmt: skip
        assert said in words, said
    first, second = flags_of(comparer.article, 1).values()
    assert (
        f'The <mark class="first second" data-notes="flag-{first} flag-{second}">mayor</mark> spoke.'
        in page
    )
    assert f'<mark class="second" data-notes="flag-{second}">Le</mark>' in page
    assert 'class="caret second"' in page
    assert page.count('data-act="keep-first"') == 1
    assert 'aria-describedby="why-not-close"' in page


def test_figures_that_cannot_be_told_say_so(client: Any, rosa: Any, ruth: Any, edith: Any) -> None:
    article = opened(make_reading(rosa, ruth))
    client.force_login(edith)
    words = text_of(client.get(reverse("compare", args=[article.pk])))
    for said in (
        "Neither reviewer flagged anything.",
        "Kappa cannot be computed",
        "nothing flagged",
        "have the same points",
    ):
        assert said in words


def test_a_reader_looks_and_decides_nothing(comparer: Comparer, client: Any, rosa: Any) -> None:
    client.force_login(rosa)
    response = comparer.page()
    assert "Only approvers can compare blind reviews." in text_of(response)
    assert 'name="keep"' not in response.content.decode()


@pytest.mark.slow
def test_the_comparison_costs_the_same_at_any_size(
    client: Any, rosa: Any, ruth: Any, edith: Any
) -> None:
    client.force_login(edith)
    costs = []
    for size in (1, 100):
        pairs = [
            (f"The mayor spoke {n} times.", f"Le maire a parlé {n} fois.") for n in range(size)
        ]
        article = make_reading(rosa, ruth, pairs=pairs)
        for row in article.segments.all():
            make_flag(row, by=rosa, apart="sealed", **WORD)
            make_flag(row, by=ruth, apart="sealed", type="Addition", **WORD)
        address = reverse("compare", args=[opened(article).pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).content.decode().count("<article") == min(size, 50)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 11


@pytest.mark.slow
def test_a_readers_desk_costs_the_same_at_any_size(client: Any, rosa: Any, ruth: Any) -> None:
    client.force_login(rosa)
    costs = []
    for size in (1, 50):
        article = make_reading(
            rosa, ruth, pairs=[(f"The mayor {n}.", f"Le maire {n}.") for n in range(size)]
        )
        for row in article.segments.all():
            make_finding(row)
            make_flag(row, by=rosa, apart="sealed")
        address = reverse("desk", args=[article.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).content.decode().count("<article") == size
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 21


def test_a_long_comparison_comes_in_pages(client: Any, rosa: Any, ruth: Any, edith: Any) -> None:
    article = make_reading(rosa, ruth, pairs=[(f"The {n}.", f"Le {n}.") for n in range(60)])
    for row in article.segments.all():
        make_flag(row, by=rosa, apart="sealed")
    client.force_login(edith)
    comparer = Comparer(client, opened(article))
    address = reverse("compare", args=[article.pk])
    assert client.get(address, {"page": "2"}).content.decode().count("<article") == 10
    assert "Page 2 of 2" in text_of(client.get(address, {"page": "99"}))
    assert "Page 1 of 2" in text_of(client.get(address, {"page": "x"}))
    segment = article.segments.get(position=60)
    sent = {"first": segment.flags(manager="everything").get().pk, "second": 0, "keep": "first"}
    response = client.post(
        reverse("settle", args=[segment.pk]) + "?page=2", sent | {"revision": segment.revision}
    )
    assert response["Location"] == f"{address}?page=2#segment-{segment.pk}"
    assert comparer.page().status_code == 200


# ── deciding ─────────────────────────────────────────────────────────────────


def test_a_place_is_decided_on_and_the_card_comes_back(comparer: Comparer) -> None:
    response = comparer.decide("second")
    page = response.content.decode().strip()
    assert response.status_code == 200
    assert page.startswith('<article id="segment-')
    assert 'id="left" class="summary left" hx-swap-oob="true"' in page
    assert "1 of 2 still to decide." in text_of(response)
    assert "rosa · dropped" in text_of(response)
    assert 'data-act="undo"' in page
    assert "Decision saved." in response["HX-Trigger"]
    assert Segment.objects.get(position=1).status == "flagged"
    back = comparer.decide("open")
    assert "2 of 2 still to decide." in text_of(back)
    assert [
        event.details["keep"] for event in Event.objects.filter(act="decided").order_by("id")
    ] == ["second", "open"]


def test_deciding_twice_is_stale(comparer: Comparer) -> None:
    revision = comparer.article.segments.get(position=1).revision
    comparer.decide("first", revision=revision)
    response = comparer.decide("none", revision=revision)
    assert response.status_code == 409
    assert "You changed this segment in another window" in text_of(response)
    assert "rosa · kept" in text_of(response)


@pytest.mark.parametrize(
    "wrong", [{"keep": "all"}, {"first": "x"}, {"first": ""}, {"revision": "x"}]
)
def test_what_makes_no_sense_is_not_decided(wrong: dict[str, str], comparer: Comparer) -> None:
    response = comparer.decide(**({"keep": "none"} | wrong))
    assert response.status_code == 422
    assert "This cannot be decided here." in text_of(response)
    assert not Event.objects.filter(act="decided").exists()


def test_what_the_place_does_not_offer_is_refused(comparer: Comparer) -> None:
    response = comparer.decide("first", number=2)
    assert (response.status_code, "This cannot be decided here." in text_of(response)) == (
        403,
        True,
    )


def test_only_a_third_decides(comparer: Comparer, client: Any, ruth: Any) -> None:
    client.force_login(ruth)
    response = comparer.decide("second")
    assert (response.status_code, "Only approvers can decide" in text_of(response)) == (403, True)
    client.logout()
    assert comparer.decide("second")["Location"].startswith("/sign-in/")
    assert not Event.objects.filter(act="decided").exists()


def test_nobody_decides_while_the_two_read(client: Any, article: Article, edith: Any) -> None:
    client.force_login(edith)
    response = Comparer(client, article).decide("first")
    assert response.status_code == 403
    assert "Ruth’s word." not in text_of(response)


def test_deciding_without_htmx(comparer: Comparer) -> None:
    response = comparer.decide("first", htmx=False)
    segment = comparer.article.segments.get(position=1)
    assert (
        response["Location"]
        == f"{reverse('compare', args=[comparer.article.pk])}?page=1#segment-{segment.pk}"
    )
    late = comparer.decide("none", htmx=False, revision=1)
    assert late.status_code == 409
    assert "<!doctype html>" in late.content.decode()
    assert "Somebody changed this segment" in text_of(late)


# ── handing on ───────────────────────────────────────────────────────────────


def test_the_article_is_handed_on_when_all_is_decided(comparer: Comparer, client: Any) -> None:
    close = reverse("close", args=[comparer.article.pk])
    refused = client.post(close, follow=True)
    assert "Decide on every flag first." in text_of(refused)
    assert refused.redirect_chain[-1][0] == reverse("compare", args=[comparer.article.pk])
    comparer.decide("first")
    assert "Close comparison" in text_of(comparer.decide("none", number=2))
    page = client.post(close, follow=True)
    assert page.redirect_chain[-1][0] == reverse("desk", args=[comparer.article.pk])
    assert "Comparison closed: the article continues with the flags that were kept." in text_of(
        page
    )
    assert "their reviews were compared" in text_of(page)
    assert "the reviews have been compared" in text_of(client.post(close, follow=True)).lower()
    assert comparer.page().status_code == 200


def test_history_tells_who_got_it_and_what_was_kept(
    comparer: Comparer, client: Any, rosa: Any, ada: Any
) -> None:
    assignments_actions.assign(comparer.article, by=ada, person=rosa, role="reviewer")
    assignments_actions.record_assignment(
        comparer.article.assignments.get(person=rosa), by=ada, gone=True
    )
    Event.objects.record("finished", article=comparer.article, by=ada, person="ruth")
    for keep in ("second", "none", "open"):
        comparer.decide(keep)
    page = client.get(reverse("article_history", args=[comparer.article.pk])).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<(?!/li)[^>]+>", "", page))
    for said in (
        "ada assigned the article rosa · reviewer", "ada assigned the article rosa · no longer",
        "ada finished their blind review ruth", "rosa finished their blind review </li>", "ruth ended the blind review",
        "two reviews · segment 1 Omission · kept: ruth", "two reviews · segment 1 Omission · dropped",
    ):  # fmt: skip
        assert said in words, said
