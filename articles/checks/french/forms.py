"""The form of a French word that agrees: *lié* → *liées*, *annonce* → *annoncent*.

Forms are made by the usual endings and kept only where the dictionary has them with the wanted
gender and number, so an irregular word has none rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.checks.french.lexicon import Reading, readings
from articles.checks.french.phrases import Traits, Word

_ENDINGS = (
    ("", "s"),
    ("", "e"),
    ("", "es"),
    ("x", "se"),
    ("x", "ses"),
    ("f", "ve"),
    ("f", "ves"),
    ("er", "ère"),
    ("er", "ères"),
    ("al", "aux"),
    ("al", "ale"),
    ("al", "ales"),
    ("eau", "elle"),
    ("eau", "elles"),
    ("n", "nne"),
    ("n", "nnes"),
    ("l", "lle"),
    ("l", "lles"),
    ("t", "tte"),
    ("t", "ttes"),
    ("teur", "trice"),
    ("teur", "trices"),
)
"""Endings of the masculine singular, and what takes their place in another form."""
_PERSONS = (
    ("it", "issent"),
    ("e", "ent"),
    ("a", "ont"),
    ("a", "èrent"),
    ("ait", "aient"),
    ("t", "ent"),
    ("d", "dent"),
    ("it", "irent"),
    ("est", "sont"),
    ("fait", "font"),
    ("ient", "iennent"),
    ("eut", "euvent"),
    ("eut", "eulent"),
    ("oit", "oivent"),
    ("end", "ennent"),
)
"""Endings of the third person, singular and plural."""


def agreeing_form(word: Word, traits: Traits) -> str:
    """Return the form of an adjective or participle with these traits; "" where none is known.

    ``traits`` must be one gender and number.
    """
    if len(traits) != 1:
        return ""
    ((gender, number),) = traits
    known = [each for each in word.readings if each.kind == "A" or each.is_participle]
    for form in _nominal_forms(word.lowered):
        for reading in readings(form):
            if (reading.gender, reading.number) != (gender, number):
                continue
            if any(_is_one_word(reading, other) for other in known):
                return form
    return ""


def plural_noun(word: Word) -> str:
    """Return the plural of a noun, "" where it is not known."""
    for form in _nominal_forms(word.lowered):
        for reading in readings(form):
            if reading.kind != "N" or reading.number != "p":
                continue
            if any(reading.lemma == other.lemma for other in word.readings):
                return form
    return ""


def verb_in_number(word: Word, number: str) -> str:
    """Return the third person of a verb in this number ("s" or "p"), "" where it is not known."""
    known = [each for each in word.readings if each.is_finite and each.person == "3"]
    for form in _verb_forms(word.lowered, number):
        for reading in readings(form):
            if reading.person != "3" or reading.number != number:
                continue
            if any(_is_one_word(reading, other) for other in known):
                return form
    return ""


def _is_one_word(left: Reading, right: Reading) -> bool:
    return (left.lemma, left.kind, left.tense) == (right.lemma, right.kind, right.tense)


def _nominal_forms(form: str) -> Iterator[str]:
    """Yield the forms that a word may have: the masculine singular first, then its others."""
    bases = [form]
    for old, new in _ENDINGS:
        if form.endswith(new):
            bases.append(form.removesuffix(new) + old)
    for base in bases:
        yield base
        for old, new in _ENDINGS:
            if base.endswith(old):
                yield base.removesuffix(old) + new


def _verb_forms(form: str, number: str) -> Iterator[str]:
    for singular, plural in _PERSONS:
        old, new = (singular, plural) if number == "p" else (plural, singular)
        if form.endswith(old):
            yield form.removesuffix(old) + new
