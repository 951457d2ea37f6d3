"""French word forms: what the dictionary says, and silence without it."""

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from articles.checks.french import lexicon
from articles.checks.french.lexicon import Reading, readings
from tests.cases import for_each


@pytest.fixture
def forgetful() -> Iterator[None]:
    """The dictionary is read again in this test, and again after it."""
    lexicon._dictionary.cache_clear()
    readings.cache_clear()
    yield
    lexicon._dictionary.cache_clear()
    readings.cache_clear()


def test_no_word_is_looked_up_without_the_dictionary(forgetful: None) -> None:
    assert readings("") == ()
    assert lexicon._dictionary.cache_info().currsize == 0


def test_a_noun_has_gender_and_number() -> None:
    assert readings("vidéos") == (Reading("vidéo", "N", "f", "p"),)


def test_a_form_may_be_read_in_several_ways() -> None:
    assert {(each.lemma, each.kind) for each in readings("porte")} >= {
        ("porte", "N"),
        ("porter", "V"),
    }


def test_a_finite_verb_has_tense_and_person() -> None:
    (reading,) = readings("sera")
    assert (reading.lemma, reading.tense, reading.person, reading.number) == ("être", "F", "3", "s")
    assert reading.is_finite
    assert not reading.is_participle


def test_a_participle_is_no_finite_verb() -> None:
    (reading,) = readings("générées")
    assert reading == Reading("générer", "V", "f", "p", "K")
    assert reading.is_participle
    assert not reading.is_finite


def test_what_has_no_traits_is_known_all_the_same() -> None:
    assert Reading("lorsque", "CONJS") in readings("lorsque")


def test_case_and_hyphens_do_not_matter() -> None:
    assert readings("PEUT‑ÊTRE") == readings("peut-être") != ()


@for_each("word", ["", "xyzzy", "rapportz", "a,b", "’"])
def test_an_unknown_word_has_no_readings(word: str) -> None:
    assert readings(word) == ()


@pytest.mark.usefixtures("forgetful")
def test_without_the_package_every_word_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "PACKAGE", "a-package-nobody-has")
    assert lexicon.dictionary_file() is None
    assert not lexicon.is_available()
    assert readings("vidéos") == ()


@pytest.mark.usefixtures("forgetful")
def test_a_package_that_lost_its_file_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lexicon, "dictionary_file", lambda: tmp_path / "gone")
    assert not lexicon.is_available()


def test_a_package_that_lists_no_files_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "files", lambda name: None)
    assert lexicon.dictionary_file() is None


@pytest.mark.slow
def test_half_a_pair_of_surrogates_is_no_word() -> None:
    assert readings("\ud800") == ()
