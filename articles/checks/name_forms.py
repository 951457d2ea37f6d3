"""Forms of one name: without accents and case, and as German, Spanish or French writes it."""

from __future__ import annotations

from functools import lru_cache

from articles.text.spelling import common_beginning, without_accents

_ENDING = 3
"""The most letters at the end of a name that its French form changes."""
_GERMAN_ENDINGS = frozenset({"er", "ern", "es", "n", "r", "rn", "s"})
_GERMAN_LETTERS = str.maketrans("cvy", "kwj")


@lru_cache(maxsize=4096)
def plain_form(text: str) -> str:
    """Return ``text`` in lower case without accents and with a straight apostrophe."""
    return without_accents(text.replace("’", "'"))


def is_written_otherwise(name: str, form: str, language: str) -> bool:
    """Return whether the form is the name by the rules of the target's spelling."""
    if language == "de":
        return _is_german_form(name, plain_form(form))
    if language == "es":
        return _is_romance_form(name, form, "áéíóú", ("a", "o", "e", "es"))
    if name.endswith("burg") and plain_form(form) == name.removesuffix("burg") + "bourg":
        return True  # Fribourg, Salzbourg, Duisbourg
    return _is_romance_form(name, form, "ï", ("e", "o"))


def _is_german_form(name: str, plain: str) -> bool:
    """Return whether it is the name with an ending or in German letters: Brisbaner, Isaak."""
    if plain.removeprefix(name) in _GERMAN_ENDINGS:
        return True
    return plain.translate(_GERMAN_LETTERS) == name.translate(_GERMAN_LETTERS)


def _is_romance_form(name: str, form: str, accents: str, endings: tuple[str, ...]) -> bool:
    """Return whether it has an accent or an ending of the language: Salerne, Krasnoïarsk, Nankín.

    It may also have "ou" for "w" or "u" (Tantaoui, Moubarak), or differ in the first letter alone.
    """
    if not set(accents).isdisjoint(form):
        return True
    plain = plain_form(form)
    heard = [each.replace("ou", "u").replace("w", "u") for each in (plain, name)]
    if heard[0] == heard[1]:
        return True
    if name[1:] == plain[1:]:
        return True
    if not form.endswith(endings):
        return False
    return common_beginning(name, plain) >= len(name) - _ENDING
