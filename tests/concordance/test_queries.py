"""What the concordance finds, whose articles, in which order, and what it says of each text."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.concordance.pieces import LONGEST_TEXT, Piece, mark_translations, split_text
from articles.concordance.queries import (
    Hit,
    Search,
    find_segments,
    language_pairs,
    read_hits,
)
from articles.models import Article, Document, Segment, SignOff, Team
from tests.cases import for_each
from tests.factories import make_article, make_correction, make_flag, make_person, make_reading

GENERAL = ("The Attorney General spoke.", "Le procureur général a parlé.")


def hits(person: Any, words: str, **options: Any) -> list[Hit]:
    search = Search(words, **options)
    return read_hits(person, search, find_segments(person, search))


def texts(person: Any, words: str, **options: Any) -> list[str]:
    return [hit.segment.source_text for hit in hits(person, words, **options)]


def sign_off(article: Article, by: Any) -> None:
    SignOff.objects.create(article=article, person=by, digest="", segment_count=1)


def put(segment: Segment, status: str) -> None:
    Segment.objects.filter(pk=segment.pk).update(status=status)


def approve(segment: Segment, text: str, *, by: Any, decided_by: Any, status: str = "done") -> None:
    make_correction(segment, by=by, text=text, status="approved", decided_by=decided_by)
    put(segment, status)


@for_each(
    "words, source, target",
    [
        ("état", "A", "Un État."),
        ("ÉTAT", "A", "Un état."),
        ("l'état", "A", "L’état."),
        ("10 000", "A", "Il y a 10\u202f000 voix."),
        ("soeur", "A", "Sa sœur."),
        ("%", "5%", "B"),
        ("100%", "It is 100% so.", "B"),
        ("_", "snake_case", "B"),
        ('"', 'He said "no".', "B"),
        ("'", "It’s so.", "B"),
        ("\\", "A \\ sign.", "B"),
        ("[a-z]", "As [a-z] says.", "B"),
        ("x", "The x.", "B"),
        ("à", "B", "Il va à Lyon."),
    ],
)
def test_words_are_found_as_they_are_meant(
    db: None, rosa: Any, words: str, source: str, target: str
) -> None:
    article = make_article([(source, target)])
    assert texts(rosa, words) == [source]
    article.segments.all().delete()


@for_each("words", ["etat", "eta", "État généraux", "%tat", "_tat", "[ée]tat", "*", "É.*", "�"])
def test_signs_have_no_special_meaning(db: None, rosa: Any, words: str) -> None:
    make_article([("A", "Les états généraux.")])
    assert texts(rosa, words) == []


def test_where_the_words_are_looked_for(db: None, rosa: Any) -> None:
    make_article([("A mayor.", "Un maire."), ("Le maire, he said.", "Il dit « mayor ».")])
    both = ["A mayor.", "Le maire, he said."]
    assert texts(rosa, "mayor") == texts(rosa, "maire") == both
    assert texts(rosa, "mayor", side="source") == ["A mayor."]
    assert texts(rosa, "mayor", side="target") == ["Le maire, he said."]


def test_whole_words_and_accents(db: None, rosa: Any) -> None:
    make_article([("A", "Le marché."), ("B", "Il marche."), ("C", "Des marcheurs.")])
    assert texts(rosa, "marche") == ["B"]
    assert texts(rosa, "marche", whole_words=False) == ["B", "C"]
    assert texts(rosa, "marche", ignore_accents=True) == ["A", "B"]
    assert texts(rosa, "marché", ignore_accents=True) == ["A", "B"]


def test_the_text_in_force_is_searched_and_no_other(db: None, rosa: Any, edith: Any) -> None:
    article = make_article([("A", "Un échevin."), ("B", "Un bailli."), ("C", "Un prévôt.")])
    one, two, three = article.segments.order_by("position")
    approve(one, "Un maire.", by=rosa, decided_by=edith)
    make_correction(two, by=rosa, text="Un juge.", status="submitted")
    make_correction(three, by=rosa, text="Un garde.")
    make_correction(three, by=edith, text="Un sergent.", status="rejected", decided_by=rosa)
    assert texts(rosa, "maire") == ["A"]
    assert texts(rosa, "bailli") == ["B"]
    for words in ("échevin", "juge", "garde", "sergent"):
        assert texts(rosa, words) == []


def test_what_was_checked_most_comes_first_then_what_is_newest(
    db: None, rosa: Any, edith: Any
) -> None:
    made = {}
    for name in ("flagged", "open", "done", "approved", "older", "signed"):
        made[name] = make_article([(name, "Un mot rare.")]).segments.get()
    put(made["flagged"], "flagged")
    put(made["done"], "done")
    approve(made["approved"], "Mot rare.", by=rosa, decided_by=edith)
    approve(made["older"], "Mot rare.", by=rosa, decided_by=edith)
    earlier = timezone.now() - timedelta(days=900)
    made["older"].corrections.update(decided_at=earlier)
    put(made["signed"], "done")
    sign_off(made["signed"].article, edith)
    newest = make_article([("newest", "Un mot rare.")])
    Article.objects.filter(pk=newest.pk).update(created_at=timezone.now() + timedelta(days=1))
    expected = ["signed", "approved", "older", "done", "newest", "open", "flagged"]
    assert texts(rosa, "mot rare") == expected


@for_each(
    "status, corrected, expected",
    [
        ("to_review", False, "Machine translation, not reviewed"),
        ("flagged", False, "Machine translation, flagged"),
        ("waiting", False, "Machine translation, correction awaiting approval"),
        ("done", False, "No issues"),
        ("to_review", True, "Approved correction, to review again"),
        ("flagged", True, "Approved correction, flagged since"),
        ("waiting", True, "Approved correction, another awaiting approval"),
        ("done", True, "Approved correction"),
    ],
)
def test_no_text_looks_more_checked_than_it_is(
    db: None, rosa: Any, edith: Any, status: str, corrected: bool, expected: str
) -> None:
    segment = make_article([GENERAL]).segments.get()
    if corrected:
        approve(segment, "Le ministre.", by=rosa, decided_by=edith)
    put(segment, status)
    (hit,) = hits(rosa, "attorney general")
    assert hit.state.label == expected
    assert (hit.state.name == "done") == (status == "done")
    Article.objects.filter(pk=segment.article_id).update(ready=False)


def test_a_sign_off_counts_while_it_is_in_force(db: None, rosa: Any, edith: Any) -> None:
    article = make_article([GENERAL])
    sign_off(article, edith)
    assert hits(rosa, "procureur")[0].state.label == "Signed off"
    article.sign_offs.update(ended_at=timezone.now() + timedelta(days=1))
    assert hits(rosa, "procureur")[0].state.label == "Machine translation, not reviewed"


def test_an_article_that_is_read_blind_shows_no_marks(
    db: None, rosa: Any, ruth: Any, edith: Any
) -> None:
    article = make_reading(rosa, ruth, pairs=[GENERAL])
    make_flag(article.segments.get(), by=ruth, apart="sealed", comment="Zanzibar")
    for person in (rosa, ruth, edith):
        (hit,) = hits(person, "attorney general")
        assert (hit.state.name, hit.state.label) == ("open", "Blind review")


def test_only_articles_of_ones_teams_that_are_there(db: None, rosa: Any) -> None:
    other = Team.objects.create(name="Another desk")
    make_article([GENERAL], team=other)
    archived = make_article([GENERAL])
    Article.objects.filter(pk=archived.pk).update(ready=False, archived_at=timezone.now())
    earlier = make_article([GENERAL])
    Article.objects.filter(pk=earlier.pk).update(ready=False, earlier_of=archived)
    assert hits(rosa, "attorney general") == []
    assert language_pairs(rosa) == []
    nobody = make_person("nobody")
    make_article([GENERAL])
    assert hits(nobody, "attorney general") == []
    assert len(hits(rosa, "attorney general")) == 1
    assert len(hits(make_person("root", admin=True), "attorney general")) == 2


def test_a_pair_of_languages(db: None, rosa: Any) -> None:
    make_article([GENERAL])
    german = make_article([("The Attorney General left.", "Der Generalbundesanwalt ging.")])
    Document.objects.filter(pk=german.target_id).update(language="de")
    assert language_pairs(rosa) == [("en", "de"), ("en", "fr")]
    assert len(texts(rosa, "general")) == 2
    assert texts(rosa, "general", languages=("en", "fr")) == ["The Attorney General spoke."]
    assert texts(rosa, "general", languages=("fr", "en")) == []


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_is_fixed(
    db: None, rosa: Any, edith: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        article = make_article([GENERAL, GENERAL], title=f"{number}")
        approve(article.segments.first(), "Le procureur.", by=rosa, decided_by=edith)
    assert rosa.pk
    assert len(hits(rosa, "general")) == 2 * count
    with django_assert_num_queries(2):
        for hit in hits(rosa, "general"):
            assert hit.state.label
            assert hit.since
            assert hit.headline_language


def test_a_long_text_is_shown_around_the_words() -> None:
    text = f"{'mot ' * 1_000}maire {'mot ' * 1_000}"
    pattern = re.compile("(maire)")
    pieces = split_text(text, pattern)
    shown = "".join(piece.words for piece in pieces)
    assert [piece.words for piece in pieces if piece.is_found] == ["maire"]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= LONGEST_TEXT + 2
    assert "".join(piece.words for piece in split_text(text, None)) == text[:LONGEST_TEXT] + "…"
    assert "".join(piece.words for piece in split_text("Le maire.", pattern)) == "Le maire."


def test_the_likely_translation_is_marked_on_the_other_side(db: None, rosa: Any) -> None:
    make_article([("The prosecutor spoke in Rome.", "Le procureur a parlé à Rome.")])
    [hit] = hits(rosa, "prosecutor")
    assert likely(hit.target) == ["procureur"]
    assert likely(hit.source) == []
    [hit] = hits(rosa, "procureur")
    assert likely(hit.source) == ["prosecutor"]
    make_article([("It took a week.", "Il a fallu une semaine.")])
    assert likely(hits(rosa, "week")[0].target) == ["semaine"], "frequent words have translations"
    [hit] = hits(rosa, "Rome")
    assert likely(hit.source) + likely(hit.target) == [], "the words themselves are on both sides"
    [hit] = hits(rosa, "the")
    assert likely(hit.target) == [], "a small word stands for too much"


def test_nothing_is_marked_where_no_table_says_it() -> None:
    found, other = [Piece("Staatsanwalt", is_found=True)], [Piece("The prosecutor spoke.")]
    assert mark_translations(found, other, ("de", "en")) == (found, other)


def likely(pieces: list[Piece]) -> list[str]:
    return [piece.words for piece in pieces if piece.is_likely]
