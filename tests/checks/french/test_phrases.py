"""Which noun rules an agreement, and which words are nouns where they stand."""

from articles.checks.french.phrases import (
    chain_before,
    head_of,
    is_clause_start,
    is_noun_at,
    noun_at,
)
from articles.checks.french.words import FP, FS, MS, Word, words
from articles.text.tokens import tokens
from tests.cases import for_each


def read(text: str) -> tuple[Word, ...]:
    return words(tokens(text))


def place(sentence: tuple[Word, ...], word: str) -> int:
    return [each.lowered for each in sentence].index(word)


def test_both_apostrophes_are_one() -> None:
    assert (
        [word.lowered for word in read("L'eau")]
        == [word.lowered for word in read("L’eau")]
        == ["l’", "eau"]
    )


def test_a_grammar_word_is_no_noun() -> None:
    assert read("a")[0].nouns == frozenset()
    assert read("a")[0].third_person_numbers == {"s"}


def test_a_determiner_narrows_its_noun() -> None:
    sentence = read("la petite élève")
    assert noun_at(sentence, 2) == FS
    assert noun_at(read("élève"), 0) == MS | FS


@for_each(
    ("text", "word", "expected"),
    [
        ("une vidéos", "vidéos", True),  # nothing else
        ("le texte", "texte", True),  # begins the sentence
        ("il le note", "note", False),  # a pronoun and its verb
        ("dans la note", "note", True),
        ("lire la note", "note", True),
        ("voici, la note", "note", True),
        ("lentement la note", "note", True),
        ("une note", "note", True),
        ("tu note", "note", False),
        ("note", "note", False),
        ("de leurs amis", "leurs", False),
        ("la Note", "note", False),
        ("il parle", "parle", False),
    ],
)
def test_a_noun_is_known_by_its_place(text: str, word: str, expected: bool) -> None:
    sentence = read(text)
    assert is_noun_at(sentence, place(sentence, word)) is expected


@for_each(
    ("text", "head"),
    [
        ("la société", "société"),
        ("les trois grandes sociétés de transport", "sociétés"),
        ("un très bon rapport", "rapport"),
        ("le navigateur Web", "navigateur"),
        ("la Banque", None),
        ("le xyzzy de transport", "xyzzy"),
        ("le", None),
        ("un exhaustif xyzzy", "xyzzy"),
        ("un exhaustif Xyzzy", None),
        ("la vidéo inverse", None),
        ("la dernière date", "date"),
    ],
)
def test_the_head_is_the_first_noun(text: str, head: str | None) -> None:
    sentence = read(text)
    at = head_of(sentence, 0, len(sentence))
    assert (sentence[at].lowered if at is not None else None) == head


def test_a_chain_holds_the_nouns_that_complete_each_other() -> None:
    sentence = read("elle lit la version de cet article publiée")
    chain = chain_before(sentence, len(sentence) - 1)
    assert (chain.start, chain.head, chain.traits) == (2, FS, FS | MS)
    assert sentence[chain.head_at].lowered == "version"
    assert not chain.is_joined
    assert not chain.is_open


def test_a_chain_ends_at_a_preposition_and_tells_of_names_and_joins() -> None:
    sentence = read("dans « les vidéos et la ville de Sora »")
    chain = chain_before(sentence, len(sentence))
    assert sentence[chain.start].lowered == "«"
    assert chain.is_joined
    assert chain.is_open
    assert chain.traits == FP | FS


def test_what_a_word_can_be() -> None:
    assert read("faire")[0].is_infinitive
    assert read("faisant")[0].is_gerund
    assert read("vite")[0].is_adverb
    assert read("générés")[0].lemmas == {"générer"}
    assert not read("xyzzy")[0].is_finite


@for_each(
    ("text", "word", "expected"),
    [
        ("Les élus votent", "les", True),
        ("Hier, les élus votent", "les", True),
        ("Je crois que les élus votent", "les", True),
        ("d’autres que les élus votent", "les", False),
        ("pour les élus", "les", False),
    ],
)
def test_where_a_clause_begins(text: str, word: str, expected: bool) -> None:
    sentence = read(text)
    assert is_clause_start(sentence, place(sentence, word)) is expected
