"""The pages to read: the desk and its filters, chunks and order, my work, history; every address asks for a sign-in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles.models import Article, CheckRun, Segment
from articles.review import queries
from tests.factories import make_article, make_correction, make_finding, make_flag, make_reading

MANY = [(f"Sentence number {n}.", f"La phrase {n}.") for n in range(1, 121)]
HTMX = {"HX-Request": "true"}


def numbers(response: Any) -> list[int]:
    """The numbers of the segments that a page shows, in its order."""
    return [int(found) for found in re.findall(r'data-position="(\d+)"', response.content.decode())]


def desk_of(client: Any, article: Article, query: str = "", **extra: Any) -> Any:
    return client.get(reverse("desk", args=[article.pk]) + query, **extra)


@pytest.fixture
def signed_in(client: Any, rosa: Any) -> Any:
    client.force_login(rosa)
    return client


def test_the_desk_shows_every_segment_with_both_texts(signed_in: Any) -> None:
    response = desk_of(signed_in, make_article())
    assert numbers(response) == [1, 2]
    assert (
        '<p class="side source text" lang="en" data-side="source">The mayor spoke.</p>'
        in response.content.decode()
    )
    assert (
        '<p class="side target text" lang="fr" data-side="target">Personne n’a ri.</p>'
        in response.content.decode()
    )


def test_findings_are_called_possible_beside_flags_too(signed_in: Any, rosa: Any) -> None:
    article = make_article()
    one, two = article.segments.order_by("position")
    make_finding(one)
    make_finding(two)
    make_flag(two, by=rosa, source_start=0, source_end=6, source_quote="Nobody")
    page = desk_of(signed_in, article).content.decode()
    assert "possible issues</small>" in page
    assert page.count('aria-label="Possible issues"') == 1
    assert page.count('aria-label="Possible issues and flags"') == 1


def test_one_sided_segments_say_what_is_missing(signed_in: Any) -> None:
    page = desk_of(
        signed_in, make_article([("", "Lire la suite…"), ("Only here.", "")])
    ).content.decode()
    assert "No source sentence for this." in page
    assert "No translation for this." in page


@pytest.mark.parametrize("size", [1, 100])
@pytest.mark.slow
def test_the_desk_costs_the_same_queries_at_any_size(
    signed_in: Any,
    rosa: Any,
    edith: Any,
    size: int,
    django_assert_num_queries: Any,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 100)
    article = make_article(MANY[:size])
    CheckRun.objects.create(article=article, status="done", mark="m")
    for segment in article.segments.all():
        make_finding(segment)
        make_flag(segment, by=rosa)
        make_flag(segment, by=edith)
        make_correction(segment, by=rosa)
        make_correction(segment, by=rosa, status="submitted")
    with django_assert_num_queries(13):
        assert len(numbers(desk_of(signed_in, article))) == size


def test_filters_choose_and_count(signed_in: Any, rosa: Any, edith: Any) -> None:
    article = make_article(MANY[:6])
    rows = list(article.segments.order_by("position"))
    for row, status in zip(
        rows, ["to_review", "flagged", "waiting", "done", "to_review", "to_review"], strict=True
    ):
        Segment.objects.filter(pk=row.pk).update(status=status)
    make_finding(rows[4])
    make_flag(rows[1], by=rosa)
    make_correction(rows[2], by=rosa, status="submitted")
    make_flag(rows[5], by=edith, talk="kept")
    shown = {
        name: numbers(desk_of(signed_in, article, f"?filter={name}")) for name in queries.FILTERS
    }
    expected = {
        "": [1, 2, 3, 4, 5, 6],
        "to_review": [1, 5, 6],
        "flagged": [2],
        "waiting": [3],
        "done": [4],
    }
    assert shown == expected | {"findings": [5], "disputed": [6], "mine": [2, 3]}
    assert queries.summary_of(article, rosa)[1] == {
        name: len(found) for name, found in shown.items()
    }
    assert numbers(desk_of(signed_in, article, "?filter=nonsense")) == [1, 2, 3, 4, 5, 6]


def test_an_empty_filter_leads_back(signed_in: Any) -> None:
    page = desk_of(signed_in, make_article(), "?filter=done").content.decode()
    assert "No segments match." in page


def test_the_riskiest_come_first(signed_in: Any) -> None:
    article = make_article(MANY[:3])
    one, _two, three = article.segments.order_by("position")
    make_finding(one, severity="minor", score=0.9)
    make_finding(three, severity="major", score=0.6)
    assert numbers(desk_of(signed_in, article, "?order=risk")) == [3, 1, 2]


def test_search_looks_into_both_languages_and_corrections(signed_in: Any, rosa: Any) -> None:
    article = make_article(
        [("The cat.", "Le chat."), ("The dog.", "Le chien."), ("A bird.", "Un oiseau.")]
    )
    make_correction(article.segments.get(position=3), by=rosa, text="Un chat ailé.")
    assert numbers(desk_of(signed_in, article, "?search=CAT")) == [1]
    assert numbers(desk_of(signed_in, article, "?search=chat")) == [1, 3]
    for unanswerable in ("%00", "%00chat"):
        assert numbers(desk_of(signed_in, article, f"?search={unanswerable}")) == []


def test_search_does_not_tell_the_words_of_somebody_elses_draft(
    signed_in: Any, rosa: Any, edith: Any
) -> None:
    article = make_article()
    first, second = article.segments.order_by("position")
    make_correction(first, by=edith, text="Zanzibar.")
    assert numbers(desk_of(signed_in, article, "?search=zanzibar")) == []
    make_correction(second, by=rosa, text="Zanzibar.")
    assert numbers(desk_of(signed_in, article, "?search=zanzibar")) == [2]


def test_a_long_article_comes_in_pages_and_chunks(signed_in: Any) -> None:
    article = make_article(MANY)
    first = desk_of(signed_in, article)
    assert numbers(first) == list(range(1, 51))
    assert 'hx-trigger="intersect"' in first.content.decode()
    chunk = desk_of(signed_in, article, "?page=3", headers=HTMX)
    assert numbers(chunk) == list(range(101, 121))
    assert chunk.content.decode().strip().startswith('<div id="chunk-3"')
    assert "intersect" not in chunk.content.decode()
    assert "Earlier segments" in desk_of(signed_in, article, "?page=3").content.decode()


def test_the_first_frame_waits_for_the_cards_that_it_shows(signed_in: Any) -> None:
    long = make_article(MANY)
    twelfth = long.segments.get(position=12)
    waits = '<link rel="expect" href="#segment-{}" blocking="render">'
    assert waits.format(twelfth.pk) in desk_of(signed_in, long).content.decode()
    short = make_article()
    last = short.segments.get(position=2)
    assert waits.format(last.pk) in desk_of(signed_in, short).content.decode()
    nothing = desk_of(signed_in, short, "?search=nowhere").content.decode()
    assert 'rel="expect"' not in nothing


def test_an_earlier_chunk_leads_further_back_and_not_forward(signed_in: Any) -> None:
    article = make_article(MANY)
    chunk = desk_of(signed_in, article, "?page=2&part=earlier", headers=HTMX).content.decode()
    assert "part=earlier&amp;page=1" in chunk
    assert "intersect" not in chunk
    later = desk_of(signed_in, article, "?page=2&part=later", headers=HTMX).content.decode()
    assert "part=earlier" not in later
    assert "part=later&amp;page=3" in later


def test_an_article_without_segments_says_so(signed_in: Any) -> None:
    assert "This article has no segments." in desk_of(signed_in, make_article([])).content.decode()


@pytest.mark.parametrize(
    ("asked", "page", "number"),
    [("73", 2, 73), ("999", 3, 120), ("0", 1, 1), ("", 1, 1), ("x", 1, 1)],
)
def test_jumping_reaches_every_number(signed_in: Any, asked: str, page: int, number: int) -> None:
    article = make_article(MANY)
    response = signed_in.get(reverse("jump", args=[article.pk]), {"number": asked})
    wanted = article.segments.get(position=number)
    assert (
        response["Location"]
        == f"{reverse('desk', args=[article.pk])}?page={page}#segment-{wanted.pk}"
    )


def test_work_goes_on_at_the_first_segment_to_review(signed_in: Any, rosa: Any) -> None:
    article = make_article(MANY)
    assert reverse("jump", args=[article.pk]) not in signed_in.get("/").content.decode()
    article.segments.filter(position__lte=60).update(status="done")
    article.segments.filter(position=61).update(status="waiting")
    go_on = reverse("jump", args=[article.pk])
    assert f'href="{go_on}"' in signed_in.get("/").content.decode()
    desk = reverse("desk", args=[article.pk])
    assert (
        signed_in.get(go_on)["Location"]
        == f"{desk}?page=2#segment-{article.segments.get(position=62).pk}"
    )
    article.segments.update(status="done")
    assert go_on not in signed_in.get("/").content.decode()
    assert (
        signed_in.get(go_on)["Location"]
        == f"{desk}?page=1#segment-{article.segments.get(position=1).pk}"
    )


def test_a_blind_readers_work_goes_on_after_what_they_flagged(
    signed_in: Any, rosa: Any, ruth: Any
) -> None:
    article = make_reading(rosa, ruth)
    first, second = article.segments.order_by("position")[:2]
    make_flag(first, by=rosa, apart="sealed")
    make_flag(second, by=ruth, apart="sealed")
    assert signed_in.get(reverse("jump", args=[article.pk]))["Location"].endswith(
        f"#segment-{second.pk}"
    )


def test_jumping_in_an_article_without_segments(signed_in: Any) -> None:
    article = make_article()
    article.segments.all().delete()
    assert signed_in.get(reverse("jump", args=[article.pk]))["Location"] == reverse(
        "desk", args=[article.pk]
    )


def test_the_desk_says_how_far_it_is_in_segments_and_words(signed_in: Any) -> None:
    article = make_article()
    article.segments.filter(position=2).update(status="done")
    page = desk_of(signed_in, article).content.decode()
    assert 'aria-label="1 of 2 segments · 4 of 7 words done"' in page
    assert "1 of 2 segments · 4 of 7 words" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(
    ("pairs", "language", "said"),
    [
        ([("One two.", "Un deux.")], "en", "0 of 1 segment · 0 of 2 words done"),
        ([("One two.", "Un deux.")], "fr", "0 sur 1 segment · 0 sur 2 mots terminés"),
        ([("One.", "Un."), ("Two.", "Deux.")], "fr", "0 sur 2 segments · 0 sur 2 mots terminés"),
    ],
)
def test_the_progress_agrees_in_number(
    signed_in: Any, pairs: list[tuple[str, str]], language: str, said: str
) -> None:
    article = make_article(pairs)
    page = signed_in.get(f"/articles/{article.pk}/", headers={"accept-language": language})
    assert f'aria-label="{said}"' in page.content.decode()


def test_an_act_on_several_segments_brings_the_counts_along(signed_in: Any, rosa: Any) -> None:
    article = make_article([("One two three.", "Un deux trois."), ("Four.", "Quatre.")])
    first, second = (make_finding(row) for row in article.segments.order_by("position"))
    address = reverse("dismiss", args=[first.segment_id, first.pk])
    sent = {"revision": 1, "reason": "style"}
    desk = reverse("desk", args=[article.pk])
    headers = HTMX | {"HX-Current-URL": f"http://testserver{desk}?filter=findings"}
    page = signed_in.post(address, sent | {"alike": "on"}, headers=headers).content.decode()
    assert page.count(' hx-swap-oob="true"') == 2
    assert 'data-filter="findings" aria-current="true"' in page
    assert 'data-count="words"' in page
    again = reverse("dismiss", args=[second.segment_id, second.pk])
    page = signed_in.post(again, sent, headers=headers).content.decode()
    assert "hx-swap-oob" not in page, "the script counts one segment by itself"
    for elsewhere in ({}, {"HX-Current-URL": "http://[nowhere"}):
        page = signed_in.post(address, sent, headers=HTMX | elsewhere)
        assert (page.status_code, "hx-swap-oob" in page.content.decode()) == (409, False)


def test_a_segment_stands_between_its_neighbours(signed_in: Any) -> None:
    article = make_article(MANY[:5])
    response = signed_in.get(reverse("card", args=[article.segments.get(position=3).pk]))
    assert numbers(response) == [2, 3, 4]


def test_histories_tell_who_did_what(signed_in: Any) -> None:
    segment = make_article().segments.get(position=1)
    signed_in.post(reverse("confirm", args=[segment.pk]), {"revision": 1})
    for address in (
        reverse("history", args=[segment.pk]),
        reverse("article_history", args=[segment.article_id]),
    ):
        page = signed_in.get(address).content.decode()
        assert "<b>rosa</b> found no issues" in page


def test_flags_are_marked_in_both_texts_until_they_are_repaired(signed_in: Any, rosa: Any) -> None:
    article = make_article()
    segment = article.segments.get(position=1)
    flag = make_flag(
        segment, by=rosa, source_start=4, source_end=9, target_start=0, target_end=2, caret=3
    )
    page = desk_of(signed_in, article).content.decode()
    assert f'The <mark class="flag" data-notes="flag-{flag.pk}">mayor</mark> spoke.' in page
    assert (
        f'<mark class="flag" data-notes="flag-{flag.pk}">Le</mark> <span class="caret flag"' in page
    )
    flag.status = "closed"
    flag.save()
    assert "<mark" not in desk_of(signed_in, article).content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/articles/77/", "/segments/77/"])
def test_what_is_not_there_says_so_kindly(signed_in: Any, address: str) -> None:
    response = signed_in.get(address)
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


def every_pattern(resolver: Any, prefix: str = "") -> Any:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from every_pattern(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


OPEN_ADDRESSES = (
    "/sign-in/",
    "/sign-out/",
    "/language/setlang/",
    "/health/live",
    "/health/ready",
    "/welcome/text/text/",  # a link to choose a password
    "/metrics",  # asks for a token of its own
)


def test_every_address_asks_for_a_sign_in(client: Any, db: Any) -> None:
    seen = 0
    for pattern in every_pattern(get_resolver()):
        address = "/" + re.sub(r"<row:\w+>", "1", re.sub(r"<str:\w+>", "text", pattern))
        if address in OPEN_ADDRESSES:
            continue
        if address.startswith("/welcome/"):  # whoever has the link chooses the first password
            continue
        if address.startswith("/account/"):  # allauth's own: tests/accounts has ours
            continue
        for method in (client.get, client.post):
            response = method(address)
            if address.startswith(
                "/api/"
            ):  # a program brings a token; it has no page to sign in on
                assert response.status_code in (401, 405), address
                continue
            assert (response.status_code, response.headers.get("Location", "")[:9]) == (
                302,
                "/sign-in/",
            ), address
        seen += 1
    assert seen > 20


def test_the_sign_in_page(client: Any, rosa: Any) -> None:
    assert "Sign in" in client.get("/sign-in/").content.decode()
    wrong = client.post("/sign-in/", {"username": "rosa", "password": "no"})
    assert 'class="errors"' in wrong.content.decode()
    assert client.post("/sign-in/", {"username": "rosa", "password": "rosa"})["Location"] == "/"
    assert "Change password" in client.get("/password/").content.decode()
    assert "Password changed" in client.get("/password/done/").content.decode()


def test_nothing_on_a_page_is_inline(signed_in: Any) -> None:
    response = desk_of(signed_in, make_article())
    page = response.content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on\w+=", page)
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_strip_gets_the_state_of_each_segment(signed_in: Any) -> None:
    article = make_article([("One.", "Un."), ("Two.", "Deux."), ("Three.", "Trois.")])
    article.segments.filter(position=2).update(status="done")
    article.segments.filter(position=3).update(status="flagged")
    answer = signed_in.get(reverse("states", args=[article.pk]))
    assert answer.json() == {"states": "tdf"}
