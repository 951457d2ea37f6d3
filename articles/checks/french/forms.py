"""The form of a French word that agrees: *lié* → *liées*, *annonce* → *annoncent*.

Forms are made by the usual endings and kept only where the dictionary has them with the wanted
gender and number, so an irregular word has none rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.checks.french.lexicon import Reading, readings
from articles.checks.french.words import Traits, Word

Endings = tuple[tuple[str, str], ...]

_ENDINGS: Endings = (
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
_TO_MASCULINE: Endings = tuple((new, old) for old, new in _ENDINGS)
_PERSONS: Endings = (
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
_TO_SINGULAR: Endings = tuple((plural, singular) for singular, plural in _PERSONS)


def agreeing_form(word: Word, traits: Traits) -> str:
    """Return the form of an adjective or participle with these traits; "" where none is known.

    ``traits`` must be one gender and number.
    """
    if len(traits) != 1:
        return ""
    ((gender, number),) = traits
    known = set()
    for each in word.readings:
        if each.kind == "A" or each.is_participle:
            known.add(_word_of(each))
    for form in _nominal_forms(word.lowered):
        for reading in readings(form):
            if (reading.gender, reading.number) != (gender, number):
                continue
            if _word_of(reading) in known:
                return form
    return ""


def plural_noun(word: Word) -> str:
    """Return the plural of a noun, "" where it is not known."""
    lemmas = {each.lemma for each in word.readings}
    for form in _nominal_forms(word.lowered):
        for reading in readings(form):
            if (reading.kind, reading.number) != ("N", "p"):
                continue
            if reading.lemma in lemmas:
                return form
    return ""


def verb_in_number(word: Word, number: str) -> str:
    """Return the third person of a verb in this number ("s" or "p"), "" where it is not known."""
    known = set()
    for each in word.readings:
        if each.is_finite and each.person == "3":
            known.add(_word_of(each))
    for form in _verb_forms(word.lowered, number):
        for reading in readings(form):
            if (reading.person, reading.number) != ("3", number):
                continue
            if _word_of(reading) in known:
                return form
    return ""


def _word_of(reading: Reading) -> tuple[str, str, str]:
    """Return what the readings of one word have in common whatever their gender or number."""
    return reading.lemma, reading.kind, reading.tense


def _nominal_forms(form: str) -> Iterator[str]:
    """Yield the forms that a word may have: the masculine singular first, then its others."""
    bases = [form, *_exchanged(form, _TO_MASCULINE)]
    for base in bases:
        yield base
        yield from _exchanged(base, _ENDINGS)


def _verb_forms(form: str, number: str) -> Iterator[str]:
    """Yield the forms that a verb may have in the third person of this number."""
    if number == "p":
        return _exchanged(form, _PERSONS)
    return _exchanged(form, _TO_SINGULAR)


def _exchanged(form: str, endings: Endings) -> Iterator[str]:
    """Yield ``form`` with each of its old endings replaced by the new one."""
    for old, new in endings:
        if form.endswith(old):
            yield form.removesuffix(old) + new
