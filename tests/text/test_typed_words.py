"""Finding words by how they were typed: what is taken for the same, and what never is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.text.typed_words import Folding, certain_letters, words_pattern
from tests.cases import for_each

EXACT = Folding()
WIDE = Folding(capitals=True, ligatures=True)
WITHOUT_ACCENTS = Folding(capitals=True, ligatures=True, accents=True)
TYPED = st.text("aeoAEOéÉœŒcç’'-‑ \u00a0.%_[]\\^$*+?(){}|b9ß", min_size=1, max_size=12)


def found(words: str, text: str, folding: Folding = WIDE, *, whole_words: bool = True) -> list[str]:
    return re.findall(words_pattern(words, folding, whole_words=whole_words), text)


@for_each(
    "words, text",
    [
        ("etat", "ETAT"),
        ("État", "état"),
        ("ÉTAT", "état"),
        ("l'état", "L’État"),
        ("l’état", "l'état"),
        ("10 000", "10\u00a0000"),
        ("10\u202f000", "10 000"),
        ("attorney general", "attorney\ngeneral"),
        ("peut-être", "peut\u2011être"),
        ("coeur", "cœur"),
        ("Oeuvre", "Œuvre"),
        ("OEUVRE", "œuvre"),
        ("été", "e\u0301te\u0301"),
        ("e\u0301te\u0301", "été"),
        ("a.b", "(a.b)"),
        ("(a", "f (a)"),
        ("%", "5 %"),
        ("_", "a_b"),
        ("50 %", "50\u202f%"),
        ("мэр", "Мэр"),
    ],
)
def test_what_is_taken_for_the_same(words: str, text: str) -> None:
    assert len(found(words, text)) == 1


@for_each(
    "words, text",
    [
        ("etat", "état"),
        ("marché", "marche"),
        ("cœur", "coeur"),
        ("a.b", "acb"),
        ("maire", "maires"),
        ("maire", "premaire"),
        ("ete", "e\u0301te\u0301"),
        ("tat", "état"),
        ("caf", "café"),
        ("cafe", "cafe\u0301"),
        ("a b", "ab"),
        ("peut être", "peut-être"),
        ("%", "5"),
    ],
)
def test_what_is_not(words: str, text: str) -> None:
    assert found(words, text) == []


@for_each(
    "words, text",
    [
        ("etat", "État"),
        ("État", "etat"),
        ("ecole", "e\u0301cole"),
        ("école", "ecole"),
        ("soeur aînée", "sœur ainee"),
        ("aerien", "aérien"),
        ("francais", "FRANÇAIS"),
        ("Elysee", "Élysée"),
    ],
)
def test_accents_can_be_ignored(words: str, text: str) -> None:
    assert len(found(words, text, WITHOUT_ACCENTS)) == 1


def test_capitals_and_ligatures_count_where_they_are_not_folded() -> None:
    assert found("les", "Les les LES", EXACT) == ["les"]
    assert found("coeur", "cœur coeur", EXACT) == ["coeur"]


def test_words_are_found_inside_others_on_demand() -> None:
    assert found("maire", "premaires", whole_words=False) == ["maire"]
    assert found("le ", "le le", whole_words=True) == ["le "], "a typed blank parts words by itself"


@for_each(
    "words, folding, expected",
    [
        ("attorney general", WIDE, "attorney"),
        ("l'état d'urgence", WIDE, "urgence"),
        ("coeur", WIDE, "ur"),
        ("coeur", EXACT, "coeur"),
        ("é", WIDE, ""),
        ("ete", WITHOUT_ACCENTS, ""),
        ("bfm tv", WITHOUT_ACCENTS, "bfm"),
        ("50%", WIDE, "50%"),
    ],
)
def test_the_certain_letters(words: str, folding: Folding, expected: str) -> None:
    assert certain_letters(words, folding) == expected


@given(TYPED, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_any_words_find_themselves_and_have_their_certain_letters(
    words: str, capitals: bool, ligatures: bool, accents: bool, whole: bool
) -> None:
    folding = Folding(capitals=capitals, ligatures=ligatures, accents=accents)
    for text in (words, words.replace("oe", "œ") if ligatures else words):
        match = re.search(words_pattern(words, folding, whole_words=whole), text)
        assert match is not None
        assert certain_letters(words, folding).lower() in match[0].lower()
