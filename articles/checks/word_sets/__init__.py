"""Sets of words that exclude each other (compass points, opposites, countries), as data files.

A language has one file, ``CODE.txt``; the beginning of ``en.txt`` says how it is read. A file may
leave out sets and meanings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path

from articles.text.document import Span

_WORD = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*[’']?")
_SHORTEST_STEM = 2
_LONGEST_STEM = 24
_BEFORE = 3
"""Words before a word among which a negation turns it into its opposite."""
_IGNORED = "ignored"
_OPPOSITES = "opposites "
"""How the names of those sets begin whose words "not" turns into each other."""
_ALSO_TURNED = frozenset(
    "trend amount limit bound degree extent quantity frequency with liking pace evidence "
    "multiple".split()
)
"""Further such sets. "Not the north" is not the south, "until dawn" not at dusk."""
_ALSO_SURNAMES = frozenset(
    "time colour metal season trend order family daytime animal nature amount bound subject tree "
    "crop food fruit drink weapon weather clothes body tool vessel relief flower".split()
)
"""Sets whose words are surnames where they have a capital after a name."""
_NO_NEGATIONS = ("un peu", "until a", "until the")
"""What negates nothing: *un peu plus* is "slightly more", "until an external auditor came"."""
_NE = frozenset(("ne", "n’"))
_COMPLETES_NE = frozenset("pas plus jamais guère aucun aucune rien personne que".split())
_LESS = (["less"], ["moins"])
"""What turns an adjective into its opposite: "cheaper" is *moins cher*."""
_AFTER = 5
"""Words after *du moins rapide* among which *au plus* says that it is the one that is least so."""
_NO_LESS = (["au"], ["du"], ["à"], ["ou"], ["or"])
"""Words before "less" with which it says something else: *du moins*, "more or less"."""
_NEGATIONS = {
    "en": frozenset(
        "not no never cannot without hardly don’ doesn’ didn’ isn’ wasn’ aren’ won’ t until".split()
    ),
    "fr": frozenset("non pas ne n’ sans peu jamais guère".split()),
    "de": frozenset("nicht kein keine keinen ohne nie".split()),
    "es": frozenset("no sin nunca ni".split()),
}


@dataclass(frozen=True)
class Meaning:
    """One meaning of a set: the set's name and its own.

    ``is_loose`` where its words may be a counterpart and are nothing that is looked for.
    """

    group: str
    name: str
    is_loose: bool = field(default=False, compare=False)


@dataclass
class WordSets:
    """The words of one language by their meanings: whole words, stems, and words in a row.

    Words in a row are found by their first two, or by the first where the second is a stem.
    """

    groups: set[str] = field(default_factory=set)
    words: dict[str, list[Meaning]] = field(default_factory=dict)
    stems: dict[str, list[Meaning]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """Words of a text that have these meanings of one set; ``is_negated`` after a "not"."""

    span: Span
    meanings: frozenset[Meaning]
    is_negated: bool


@lru_cache(maxsize=8)
def word_sets(language: str) -> WordSets:
    """Return the words of ``language``; none where it has no file."""
    sets = WordSets()
    path = Path(__file__).parent / f"{language}.txt"
    if not path.is_file():
        return sets
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
            sets.groups.add(group)
        elif line and not line.startswith("#"):
            name, _colon, words = line.partition(":")
            for word in words.split():
                _add(sets, word, Meaning(group, name.removeprefix("~"), name.startswith("~")))
    return sets


def _add(sets: WordSets, word: str, meaning: Meaning) -> None:
    if "_" in word:
        phrase = tuple(word.split("_"))
        beginning = phrase[0] if phrase[1].endswith("*") else _beginning(phrase)
        sets.phrases.setdefault(beginning, []).append((phrase, meaning))
    elif word.endswith("*"):
        sets.stems.setdefault(word[:-1], []).append(meaning)
    else:
        sets.words.setdefault(word.removesuffix("’"), []).append(meaning)


def _beginning(words: Sequence[str]) -> str:
    """Return the first two words as one, whether or not the second is elided."""
    return " ".join(words[:2]).removesuffix("’")


def uses(text: str, language: str) -> list[Use]:
    """Return the words of ``text`` that are in a set, in order; a phrase takes its words along."""
    sets = word_sets(language)
    if not sets.words:
        return []
    matches = list(_WORD.finditer(text))
    words = [match.group().lower().replace("'", "’").replace("‑", "-") for match in matches]
    found: list[Use] = []
    taken: dict[str, int] = {}
    for at in range(len(words)):
        if at < taken.get(_IGNORED, 0):
            continue
        for group, (length, meanings) in sorted(_meanings_at(sets, words, at).items()):
            if at < taken.get(group, 0):
                meanings = frozenset(filter(_is_loose, meanings))
            taken[group] = max(taken.get(group, 0), at + length)
            if meanings and not (group in _ALSO_SURNAMES and _is_surname(matches, at)):
                span = Span(matches[at].start(), matches[at + length - 1].end())
                is_negated = _is_negated(language, group, words, at, length)
                found.append(Use(span, meanings, is_negated))
    return found


def _is_surname(matches: Sequence[re.Match[str]], at: int) -> bool:
    """Return whether the word has a capital after a first name: Callum *Prior*."""
    if not at:
        return False
    first, word = matches[at - 1], matches[at]
    is_pair = first.group().istitle() and word.group().istitle()
    between = word.string[first.end() : word.start()]
    return is_pair and between == " "


def _is_negated(language: str, group: str, words: Sequence[str], at: int, length: int) -> bool:
    """Return whether the ``length`` words at ``at`` are negated, in sets where that matters."""
    if not group.startswith(_OPPOSITES) and group not in _ALSO_TURNED:
        return False
    before = words[max(0, at - _BEFORE) : at]
    return _has_negation(language, before, words[at + length : at + length + _AFTER])


def _has_negation(language: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether a word after ``before`` is negated.

    The French "ne" may be expletive: it negates with "pas" or another word behind the verb.
    """
    text = " ".join(before)
    for phrase in _NO_NEGATIONS:
        text = text.replace(phrase, "")
    found = _NEGATIONS.get(language, frozenset()).intersection(text.split())
    is_less = _is_less(before, after)
    if language == "fr" and found <= _NE:
        is_complete = not _COMPLETES_NE.isdisjoint(after[:_BEFORE])
        return is_less != (bool(found) and is_complete)
    return is_less != bool(found)


def _is_less(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether a word is said to be less so: *moins rapide*.

    *Du moins rapide* is "at least fast", but not in *du moins rapide au plus rapide*.
    """
    if before[-1:] not in _LESS:
        return False
    if before[-2:-1] not in _NO_LESS:
        return True
    return before[-2] == "du" and "au plus" in " ".join(after)


def _meanings_at(
    sets: WordSets, words: list[str], at: int
) -> dict[str, tuple[int, frozenset[Meaning]]]:
    """Return, for each set, how many words belong together at ``at``, and what they mean.

    The longest phrase of a set counts; what all sets ignore hides the others.
    """
    matches = [(1, meaning) for meaning in _meanings_of(sets, words[at])]
    beginning = words[at : at + 2]
    by_first, by_both = (
        sets.phrases.get(beginning[0], ()),
        sets.phrases.get(_beginning(beginning), ()),
    )
    for phrase, meaning in chain(by_first, by_both):
        if _begins_with(words[at : at + len(phrase)], phrase):
            matches.append((len(phrase), meaning))
    by_group: dict[str, tuple[int, frozenset[Meaning]]] = {}
    for length, meaning in matches:
        longest, meanings = by_group.get(meaning.group, (0, frozenset()))
        if length > longest:
            meanings = frozenset(filter(_is_loose, meanings))
        if length >= longest or meaning.is_loose:
            # A strict meaning equals its loose one: it takes its place.
            others = meanings - {meaning} if not meaning.is_loose else meanings
            meanings = others | {meaning}
        by_group[meaning.group] = (max(length, longest), meanings)
    if _IGNORED in by_group:
        return {_IGNORED: by_group[_IGNORED]}
    return by_group


def _begins_with(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return whether the words are those of the phrase, whose later words may be stems."""
    if len(words) < len(phrase):
        return False
    return all(map(_matches, words, phrase))


def _matches(word: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word.removesuffix("’") == pattern.removesuffix("’")


def _meanings_of(sets: WordSets, word: str) -> list[Meaning]:
    """Return the meanings of a word; of "Chile’", before a genitive s, those of "Chile"."""
    plain = word.removesuffix("’")
    return [*sets.words.get(plain, ()), *_by_stem(sets, plain)]


def _is_loose(meaning: Meaning) -> bool:
    return meaning.is_loose


def _by_stem(sets: WordSets, word: str) -> Iterator[Meaning]:
    longest = min(len(word), _LONGEST_STEM)
    for length in range(_SHORTEST_STEM, longest + 1):
        yield from sets.stems.get(word[:length], ())
