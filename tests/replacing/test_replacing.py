"""Search and replace in the translation: the preview, what is sent for approval, and taking it back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, Correction, Segment
from articles.replacing.actions import Search, find_places, replace_places, undo_replacements
from tests.cases import for_each
from tests.factories import make_article, make_correction

PAIRS = [
    ("The mayor spoke.", "Le maire, le Maire."),
    ("The mayors.", "Les maires (a.b) et le maire."),
    ("Nobody.", "Personne."),
    ("The mayor left.", "Le maire partit."),
]


@pytest.fixture
def article(db: None) -> Article:
    return make_article(PAIRS)


def places(article: Article, by: Any, words: str, **options: bool) -> list[tuple[int, int, int]]:
    found = find_places(article, Search(words, "x", **options), by=by)
    return [(place.segment.position, place.start, place.end) for place in found]


def test_words_are_found_whole_or_not_and_in_any_case(article: Article, rosa: Any) -> None:
    assert places(article, rosa, "maire") == [(1, 3, 8), (2, 23, 28), (4, 3, 8)]
    assert places(article, rosa, "maire", whole_words=False)[1] == (2, 4, 9)
    assert places(article, rosa, "maire", match_case=False)[:2] == [(1, 3, 8), (1, 13, 18)]
    assert places(article, rosa, "a.b") == [(2, 12, 15)]
    assert places(article, rosa, "a.") == [], "a dot is a dot, and b follows it"
    assert places(article, rosa, "(a.b)") == [(2, 11, 16)]
    assert places(article, rosa, "zebra") == []


def test_words_found_in_any_case_keep_their_capitals(db: None, rosa: Any) -> None:
    article = make_article([("The, the, THE.", "Les uns, les autres, LES mêmes.")])
    search = Search("les", "des", match_case=False)
    found = find_places(article, search, by=rosa)
    assert [place.replacement for place in found] == ["Des", "des", "DES"]
    chosen = [place.value for place in found]
    _results, (correction,) = replace_places(article, search, chosen, by=rosa)
    assert correction.text == "Des uns, des autres, DES mêmes."


@for_each(
    "words, replacement, found, expected",
    [
        ("l’", "d’", "L’", "D’"),  # one letter is no word in capitals
        ("« les", "« des", "« Les", "« Des"),
        ("les", "« des", "Les", "« Des"),
        ("les", "", "Les", ""),
        ("les", "52", "Les", "52"),
        ("élus", "écoles", "ÉLUS", "ÉCOLES"),
        ("le président", "Macron", "Le président", "Macron"),
        ("Union européenne", "l’Europe", "Union Européenne", "l’Europe"),
        ("ONU", "l’Organisation", "ONU", "l’Organisation"),  # as it was typed
        ("ONU", "OTAN", "onu", "OTAN"),
    ],
)
def test_the_replacement_follows_the_capitals_that_were_not_typed(
    words: str, replacement: str, found: str, expected: str
) -> None:
    search = Search(words, replacement, match_case=False)
    assert search.replacement_for(found) == expected
    exact = Search(words, replacement)
    assert exact.replacement_for(found) == replacement


@for_each(
    "words, replacement, found, expected",
    [
        (" :", "\u00a0:", " :", "\u00a0:"),
        ("« ", "«\u00a0", "« ", "«\u00a0"),
        ("10 000", "10\u202f000", "10 000", "10\u202f000"),
        ("l’eau", "l'eau", "l’eau", "l'eau"),
        # What a keyboard has in both stands for what is there.
        ("de l'eau", "de l'air", "de\u00a0l’eau", "de\u00a0l’air"),
    ],
)
def test_marks_that_were_typed_to_be_changed_are_changed(
    words: str, replacement: str, found: str, expected: str
) -> None:
    search = Search(words, replacement)
    assert search.pattern.fullmatch(found)
    assert search.replacement_for(found) == expected


def test_a_place_that_stands_so_already_says_so(db: None, rosa: Any) -> None:
    article = make_article([("Yes: no. Yes: no.", "Oui : non. Oui\u00a0: non.")])
    found = find_places(article, Search(" :", "\u00a0:"), by=rosa)
    assert [place.reason for place in found] == ["", "It already stands so."]


def test_the_ticked_places_of_a_segment_are_one_correction(article: Article, rosa: Any) -> None:
    search = Search("maire", "bourgmestre", match_case=False)
    found = find_places(article, search, by=rosa)
    chosen = [found[0].value, found[3].value]
    results, waiting = replace_places(article, search, [*chosen, "7:1:0", "x"], by=rosa)
    assert [proposal.reason for proposal in results] == ["", ""]
    assert sorted(each.text for each in waiting) == [
        "Le bourgmestre partit.",
        "Le bourgmestre, le Maire.",
    ]
    assert set(Segment.objects.filter(position__in=(1, 4)).values_list("status", flat=True)) == {
        "waiting"
    }
    assert undo_replacements(article, [each.pk for each in waiting], by=rosa) == 2
    assert not Correction.objects.exists()
    assert set(Segment.objects.values_list("status", flat=True)) == {"to_review"}


def test_the_text_in_force_is_searched_and_what_is_done_is_reopened(
    article: Article, rosa: Any, edith: Any
) -> None:
    segment = article.segments.get(position=3)
    make_correction(segment, by=rosa, text="Le maire dort.", status="approved", decided_by=edith)
    Segment.objects.filter(pk=segment.pk).update(status="done")
    search = Search("maire", "juge")
    found = find_places(article, search, by=rosa)
    place = next(each for each in found if each.segment.position == 3)
    _results, (correction,) = replace_places(article, search, [place.value], by=rosa)
    assert (correction.before, correction.text) == ("Le maire dort.", "Le juge dort.")


def test_what_waits_or_changed_is_left_with_the_reason(
    article: Article, rosa: Any, edith: Any
) -> None:
    one, _two, _three, four = article.segments.order_by("position")
    make_correction(four, by=edith, text="Il partit.", status="submitted")
    Segment.objects.filter(pk=four.pk).update(status="waiting")
    search = Search("maire", "juge")
    found = find_places(article, search, by=rosa)
    assert [bool(place.reason) for place in found] == [False, False, True]
    seen = [place.value for place in found]
    Segment.objects.filter(pk=one.pk).update(revision=5)
    results, waiting = replace_places(article, search, seen, by=rosa)
    assert [(each.segment.position, bool(each.reason)) for each in results] == [
        (2, False),
        (4, True),
    ]
    assert [each.segment.position for each in waiting] == [2]
    others = Correction.objects.get(segment=four)
    assert undo_replacements(article, [others.pk], by=rosa) == 0, "nobody takes back another's"


def test_the_page_previews_replaces_and_undoes(client: Any, article: Article, rosa: Any) -> None:
    client.force_login(rosa)
    address = reverse("replace", args=[article.pk])
    asked = {"find": "maire", "replace": "juge", "whole_words": "on", "match_case": "on"}
    html = client.get(address, asked).content.decode()
    assert "3 matches" in html
    assert "Le <del>maire</del><ins>juge</ins>, le Maire." in html
    assert not Correction.objects.exists()
    chosen = re.findall(r'name="place" value="([\d:]+)"', html)
    html = client.post(address, asked | {"place": chosen, "act": "replace"}).content.decode()
    assert "3 segments were changed and submitted for approval." in html
    sent = re.findall(r'name="correction" value="(\d+)"', html)
    html = client.post(address, {"act": "undo", "correction": [*sent, "x"]}).content.decode()
    assert "3 changes were undone." in html
    assert client.get(address, {"find": "", "replace": "x"}).status_code == 422
    assert client.post(address, {"act": "replace"}).status_code == 422
    assert "Not found." in client.get(address, asked | {"find": "zebra"}).content.decode()
    assert "Nothing was changed." in client.post(address, asked).content.decode()


def test_only_a_reviewer_may_replace(client: Any, article: Article, otto: Any) -> None:
    client.force_login(otto)
    assert client.get(reverse("replace", args=[article.pk])).status_code == 403


def test_long_text_around_a_place_is_cut_between_words(db: None, rosa: Any) -> None:
    around = "un mot après l’autre " * 12
    article = make_article([("Long.", f"{around}maire {around}")])
    (place,) = find_places(article, Search("maire", "x"), by=rosa)
    assert place.before.startswith("…")
    assert around.endswith(place.before.lstrip("…"))
    assert place.after.endswith("…")
    assert f" {around}".startswith(place.after.rstrip("…"))


@for_each(
    "find, options, said, offered",
    [
        (
            "MAIRE",
            ("whole_words", "match_case"),
            "4 matches if capitals are ignored.",
            {"whole_words"},
        ),
        ("PARTIT", ("match_case",), "1 match if capitals are ignored.", set()),
        ("mair", ("whole_words", "match_case"), "4 matches inside longer words.", {"match_case"}),
        ("artit", ("whole_words",), "1 match inside a longer word.", set()),
        (
            "ARTIT",
            ("whole_words", "match_case"),
            "1 match inside a longer word, with other capitals.",
            set(),
        ),
        ("zebra", ("whole_words", "match_case"), "", set()),
        ("zebra", (), "", set()),
    ],
)
def test_words_that_stand_otherwise_are_offered(
    article: Article, rosa: Any, client: Any, find: str, options: Any, said: str, offered: set[str]
) -> None:
    """Words with other capitals, or inside longer words, are one click away."""
    client.force_login(rosa)
    address = reverse("replace", args=[article.pk])
    asked = {"find": find, "replace": "x"} | dict.fromkeys(options, "on")
    page = client.get(address, asked).content.decode()
    assert "Not found." in page
    if not said:
        assert "match if" not in page
        assert "matches i" not in page
        return
    assert said in page
    [link] = re.findall(r'<p>[^<]*<a class="button" href="(\?[^"]*)"', page)
    found = client.get(address + html.unescape(link))
    assert found.context["places"]
    assert {name for name in ("whole_words", "match_case") if name in link} == offered
    assert found.context["search"].replacement == "x"


@for_each(
    "text, words, replacement, expected",
    [
        ("L’eau monte, l’eau.", "l'eau", "l'air", "L’eau monte, l’air."),
        ("l'eau", "l’eau", "l’air", "l’air"),
        ("Un taux de 5\u00a0% ce jour.", "5 %", "6 %", "Un taux de 6\u00a0% ce jour."),
        ("Il y a\u202f; bon.", "a ;", "avait ;", "Il y avait\u202f; bon."),
        ("deux mots", "deux mots", "un", "un"),
        ("l’eau", "l'eau", "", ""),
    ],
)
def test_what_a_keyboard_types_finds_typeset_marks_and_keeps_them(
    db: None, rosa: Any, text: str, words: str, replacement: str, expected: str
) -> None:
    """Keyboards have straight apostrophes and ordinary spaces; newspapers have others."""
    article = make_article([("Water.", text)])
    search = Search(words, replacement)
    [place] = find_places(article, search, by=rosa)
    _results, sent = replace_places(article, search, [place.value], by=rosa)
    after = sent[0].text if sent else ""
    assert after == expected
