"""TMX 1.4b: aligned pairs in and out, the corrected text as the target, flags and corrections as properties.

``x-article`` names the article, ``x-status`` the segment's status, ``x-machine`` the machine's text where a correction
took its place; ``x-flag`` and ``x-correction`` hold a record as JSON (see records.py), a note says each flag in words.
A note in the header says what the file holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from articles.checks.registry import gettext_noop as _
from articles.formats import its
from articles.formats.exchange import Article, BadFile, Correction, Flag, Segment, encoded, grouped
from articles.formats.inline import flat
from articles.formats.records import packed, unpacked
from articles.formats.xml import attribute, content, elements, local

_NOT_TMX = _("this is XML, but not TMX")
_MANY = _("this unit holds %(count)s languages; save the memory again with two")
_CODE = '<ph type="x-cp">%04X</ph>'
_XML = "{http://www.w3.org/XML/1998/namespace}"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    '<header creationtool="translation-review" creationtoolversion="1" segtype="sentence" o-tmf="jsonl"'
    ' adminlang="en" srclang="%s" datatype="plaintext">%s</header>\n<body>\n'
)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' pairs as one TMX file, in pieces."""
    return encoded(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    first = None
    for article in articles:
        language = article.source_language or "und"
        if first is None:
            first = language
            held = f'<note xml:lang="en">{content(article.held)}</note>' if article.held else ""
            yield _HEAD % (attribute(first), held)
        own = "" if language == first else f' srclang="{attribute(language)}"'
        sides = [f'<tuv xml:lang="{attribute(each)}"><seg>' for each in (language, article.target_language or "und")]
        title = _prop("x-article", article.title) if article.title else ""
        for segment in article.segments:
            name = f' tuid="{attribute(segment.id)}"' if segment.id else ""
            yield (
                f"<tu{name}{own}>{title}{_said(segment)}{sides[0]}{content(segment.source, strange=_CODE)}</seg></tuv>"
                f"{sides[1]}{content(segment.final, strange=_CODE)}</seg></tuv></tu>\n"
            )
    if first is None:
        yield _HEAD % ("und", "")
    yield "</body>\n</tmx>\n"


def _said(segment: Segment) -> str:
    """What was said of the segment, as properties and notes."""
    pieces = [_prop("x-status", segment.status)] if segment.status else []
    if segment.final != segment.target:
        pieces.append(_prop("x-machine", segment.target))
    for flag in segment.flags:
        pieces += [_prop("x-flag", packed(flag)), f"<note>{content(its.comment(flag))}</note>"]
    pieces += [_prop("x-correction", packed(each)) for each in segment.corrections]
    return "".join(pieces)


def _prop(kind: str, text: str) -> str:
    return f'<prop type="{kind}">{content(text)}</prop>'


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The pairs of a TMX file, as articles whose segments stream. Raises BadFile with the unit or line."""
    return grouped(_rows(file, name))


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    article, language, held, known = Article(name, "", ""), "", "", False
    for event, element in elements(file, names=("tmx", "header", "tu")):
        kind = local(element)
        if event == "start":
            known = known or kind == "tmx"
            language = element.get("srclang", "") if kind == "header" else language
        elif kind == "header":
            held = next((note.text or "" for note in element if local(note) == "note"), "")
        elif kind == "tu":
            number = element.get("tuid") or f"in line {element.sourceline}"
            unit = _unit(element, f"unit {number}", element.get("srclang", language), name)
            if unit:
                found, segment = replace(unit[0], held=held), unit[1]
                article = article if replace(found, segments=()) == article else found
                yield article, segment
    if not known:
        raise BadFile(_NOT_TMX)
    yield article, None


def _unit(element: Any, place: str, language: str, name: str) -> tuple[Article, Segment] | None:
    """The pair in a ``<tu>`` and an article with its title and languages; None for a unit with one language only."""
    variants = [(_language(tuv), tuv) for tuv in element if local(tuv) == "tuv"]
    if len(variants) < 2:
        return None
    if len(variants) > 2:
        raise BadFile(_MANY, place, count=len(variants))
    variants.sort(key=lambda each: each[0] != _short(language))
    texts = [flat(next((seg for seg in tuv if local(seg) == "seg"), None), place).text for _code, tuv in variants]
    props: dict[str, list[str]] = {}
    for prop in element:
        if local(prop) == "prop":
            props.setdefault(prop.get("type", ""), []).append(prop.text or "")
    segment = Segment(
        source=texts[0],
        target=props.get("x-machine", texts[1:])[0],
        id=element.get("tuid", ""),
        status=props.get("x-status", [""])[0],
        flags=tuple(unpacked(Flag, each, place) for each in props.get("x-flag", ())),
        corrections=tuple(unpacked(Correction, each, place) for each in props.get("x-correction", ())),
    )
    if "x-machine" in props and texts[1] != segment.final:
        edited = Correction(before=segment.final, after=texts[1], status="submitted")
        segment = replace(segment, corrections=(*segment.corrections, edited))
    title = props.get("x-article", [name])[0]
    return Article(title, variants[0][0], variants[1][0]), segment


def _language(tuv: Any) -> str:
    return _short(tuv.get(f"{_XML}lang") or tuv.get("lang", ""))


def _short(language: str) -> str:
    """The language without its region: "fr" for "fr-CA", and "" for one that is not said."""
    code = language.replace("_", "-").split("-")[0].lower()
    return "" if code == "und" else code
