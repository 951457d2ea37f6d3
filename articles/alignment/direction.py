"""Which of two documents that translate each other is the original.

Their names say it ("original.fr.txt", "report-translation.docx"), or one of them says that it is a
translation ("Translated from French"). Otherwise the one in the usual source language is taken for
the original. What the lengths of the two texts say is too little: docs/decisions/0007.
"""

from __future__ import annotations

import re

from articles.text.document import Document

_WORDS = re.compile(r"[^\W\d_]+")
_ORIGINAL = frozenset("original originals orig source src quelle originaltext".split())
_TRANSLATION = frozenset(
    "translation translated translate target tgt mt traduction traduit traduite cible "
    "übersetzung uebersetzung übersetzt uebersetzt ziel traducción traduccion traducido".split()
)
_LANGUAGE_NAMES = {
    "en": "english|anglais|englischen|inglés",
    "fr": "french|français|französischen|francés",
    "de": "german|allemand|deutschen|alemán",
    "es": "spanish|espagnol|spanischen|español",
}
"""The names of each language in all four, as they stand after "translated from"."""

_TRANSLATED_FROM = (
    r"(?:translated(?: \w+){0,2} from(?: the)?(?: original)?"
    r"|traduite?s?(?: \w+){0,2} (?:de l[’']|du )"
    r"|aus dem(?: \w+)?"
    r"|traducid[oa]s?(?: \w+){0,2} del) ?"
)
_EDGE = 600
"""Characters at either end of a text where it is said that it is a translation."""


def in_direction(first: Document, second: Document, usual_source: str) -> tuple[Document, Document]:
    """Return two documents that translate each other as (original, translation).

    ``usual_source`` is the language of the original where the documents do not say it.
    """
    for decide in (_by_name, _by_statement):
        source = decide(first, second)
        if source is not None:
            return (first, second) if source is first else (second, first)
    if second.language == usual_source:
        return second, first
    return first, second


def _by_name(first: Document, second: Document) -> Document | None:
    """Return the original as the names of the two documents say it, or None."""
    points = [_name_points(document.name) for document in (first, second)]
    # Both names may have such a word: "translation.en.txt" beside "translation.fr.txt" says
    # nothing.
    if points[0] == points[1]:
        return None
    return first if points[0] > points[1] else second


def _name_points(name: str) -> int:
    """Return 1 for the name of an original, -1 for that of a translation, else 0."""
    words = {word.lower() for word in _WORDS.findall(name)}
    return bool(words & _ORIGINAL) - bool(words & _TRANSLATION)


def _by_statement(first: Document, second: Document) -> Document | None:
    """Return the original where the other says that it is translated from its language."""
    first_is_translated = _is_translated_from(first, second.language)
    second_is_translated = _is_translated_from(second, first.language)
    if first_is_translated == second_is_translated:
        return None
    return second if first_is_translated else first


def _is_translated_from(document: Document, language: str) -> bool:
    """Whether a document says, at its beginning or end, that it is translated from a language."""
    names = _LANGUAGE_NAMES.get(language)
    if names is None:
        return False
    edges = f"{document.text[:_EDGE]}\n{document.text[-_EDGE:]}"
    return re.search(rf"{_TRANSLATED_FROM}(?:{names})\b", edges, re.IGNORECASE) is not None
