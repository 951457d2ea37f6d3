"""Find words in texts by how they were typed: a keyboard has fewer characters than a text.

A straight apostrophe is found for a curly one, a blank for a no-break one, a hyphen for its
relatives, and an accent whether it is one character with its letter or not. ``Folding`` says what
else is taken for the same. The pattern is one of Python's ``re`` and of PostgreSQL alike, and gives
the same matches in both: it spells capitals out and does not rely on what a database takes for a
letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_APOSTROPHES = "['’]"
_BLANKS = "[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_HYPHENS = "[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]"
_SPELLINGS = {
    **dict.fromkeys("'’", _APOSTROPHES),
    **dict.fromkeys(" \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", _BLANKS),
    **dict.fromkeys("-\N{HYPHEN}\N{NON-BREAKING HYPHEN}", _HYPHENS),
}
"""Characters that keyboards have, and those that stand for them in texts → their pattern."""
_LIGATURES = {"oe": "œ", "ae": "æ"}
_UNITS = re.compile("oe|ae|.", re.IGNORECASE | re.DOTALL)
"""What is spelled as one: two letters that a text may have as a ligature, or one character."""
_ACCENTS = r"[\u0300-\u036f]"
"""Accents that are characters of their own."""
_LETTER = r"[\wÀ-ÖØ-öø-ɏ\u0300-\u036f]"
"""What continues a word; for a database whose locale has no letter but those of ASCII, too."""


@dataclass(frozen=True)
class Folding:
    """What is taken for the same: "The" and "the", é and e, a typed "oe" and œ."""

    capitals: bool = False
    accents: bool = False
    ligatures: bool = False


def words_pattern(words: str, folding: Folding, *, whole_words: bool) -> str:
    """Return the words as a regular expression: nothing in them has a special meaning.

    Marks are no words: with ``whole_words`` an apostrophe or a dot is found inside one; and a blank
    that was typed parts words by itself.
    """
    pattern = ""
    for unit in _units(words):
        pattern += _unit_pattern(unit, folding)
    if not whole_words or not any(map(str.isalnum, words)):
        return pattern
    if not words[0].isspace():
        pattern = f"(?<!{_LETTER}){pattern}"
    if not words[-1].isspace():
        pattern = f"{pattern}(?!{_LETTER})"
    return pattern


def certain_letters(words: str, folding: Folding) -> str:
    """Return the longest part of the words that stands so in every match, but for capitals.

    It is of ASCII, in which every database knows the capitals: to look for it first costs much
    less than the pattern, and leaves most texts out. "" where nothing is certain.
    """
    longest = part = ""
    for unit in _units(words):
        part = part + unit if _is_certain(unit, folding) else ""
        longest = max(longest, part, key=len)
    return longest


def _is_certain(unit: str, folding: Folding) -> bool:
    if len(unit) > 1:
        return not folding.ligatures
    if folding.accents and unit.lower() in _VARIANTS:
        return False
    return unit.isascii() and unit not in _SPELLINGS


def _units(words: str) -> list[str]:
    return _UNITS.findall(unicodedata.normalize("NFC", words))


def _unit_pattern(unit: str, folding: Folding) -> str:
    """Return the pattern of one character, or of two that may be a ligature."""
    if unit in _SPELLINGS:
        return _SPELLINGS[unit]
    pattern = "".join(_letter_pattern(letter, folding) for letter in unit)
    ligature = _LIGATURES.get(unit.lower(), "")
    if not ligature or not folding.ligatures:
        return pattern
    if unit[0].isupper():
        ligature = ligature.upper()
    return f"(?:{pattern}|{_letter_pattern(ligature, folding)})"


def _letter_pattern(letter: str, folding: Folding) -> str:
    """Return the pattern of one character."""
    decomposed = unicodedata.normalize("NFD", letter)
    base = decomposed[0]
    accents = decomposed[1:]
    bases = _forms(base, folding)
    if folding.accents and base.lower() in _VARIANTS:
        with_accents = "".join(_VARIANTS[form] for form in bases)
        return f"[{with_accents}]{_ACCENTS}*"
    pattern = _one_of(_forms(letter, folding))
    if not accents:
        return pattern
    return f"(?:{pattern}|{_one_of(bases)}{accents})"


def _forms(letter: str, folding: Folding) -> list[str]:
    """Return the character with its capital and its small letter, as far as these are single."""
    if not folding.capitals:
        return [letter]
    forms = {letter, letter.lower(), letter.upper()}
    return sorted(form for form in forms if len(form) == 1)


def _one_of(forms: list[str]) -> str:
    """Return the pattern of one character among these: letters, or a single mark."""
    return f"[{''.join(forms)}]" if len(forms) > 1 else re.escape(forms[0])


def _letters_with_accents() -> dict[str, str]:
    """Return letter → itself and all Latin letters that are it with an accent."""
    found: dict[str, str] = {}
    for code in range(0xC0, 0x250):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter:
            found[base] = found.get(base, base) + letter
    return found


_VARIANTS = _letters_with_accents()
