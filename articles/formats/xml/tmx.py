"""TMX 1.4b: aligned pairs in and out, the corrected text as the target, flags and corrections as properties.

In: memories as memoQ, Trados, OmegaT and Wordfast write them, in UTF-8 or UTF-16; the DTD they name is not looked for.
Of a unit in more than two languages the pair that the file has had so far is taken.

``x-article`` names the article, ``x-status`` the segment's status, ``x-machine`` the machine's text where a correction
took its place; ``x-flag`` and ``x-correction`` hold a record as JSON (see records.py), a note says each flag in words.
A note in the header says what the file holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, BinaryIO

from articles.formats.interchange import (
    Article,
    BadFile,
    Correction,
    Flag,
    Segment,
    Warnings,
    encode_blocks,
    group_segments,
)
from articles.formats.json_codec import decode_record, encode_record
from articles.formats.xml import its
from articles.formats.xml.inline_markup import inline_text
from articles.formats.xml.safe_xml import (
    escape_attribute,
    escape_content,
    iter_elements,
    local_name,
)
from articles.text.messages import gettext_noop as _

_NOT_TMX = _("this is XML, but not TMX")
_ALONE = _("a unit in one language only is left out")
_MANY = _(
    "of a unit with more than two texts %(source)s and %(target)s are taken, the others left out"
)
_CODE = '<ph type="x-cp">%04X</ph>'
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    '<header creationtool="translation-review" creationtoolversion="1" segtype="sentence" o-tmf="jsonl"'
    ' adminlang="en" srclang="%s" datatype="plaintext">%s</header>\n<body>\n'
)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """The articles' pairs as one TMX file, in pieces."""
    return encode_blocks(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    first = None
    for article in articles:
        language = article.source_language or "und"
        if first is None:
            first = language
            held = (
                f'<note xml:lang="en">{escape_content(article.held)}</note>' if article.held else ""
            )
            yield _HEAD % (escape_attribute(first), held)
        own = "" if language == first else f' srclang="{escape_attribute(language)}"'
        sides = [
            f'<tuv xml:lang="{escape_attribute(each)}"><seg>'
            for each in (language, article.target_language or "und")
        ]
        title = _prop("x-article", article.title) if article.title else ""
        for segment in article.segments:
            name = f' tuid="{escape_attribute(segment.id)}"' if segment.id else ""
            yield (
                f"<tu{name}{own}>{title}{_said(segment)}{sides[0]}{escape_content(segment.source, strange=_CODE)}</seg></tuv>"
                f"{sides[1]}{escape_content(segment.final, strange=_CODE)}</seg></tuv></tu>\n"
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
        pieces += [
            _prop("x-flag", encode_record(flag)),
            f"<note>{escape_content(its.describe_flag(flag))}</note>",
        ]
    pieces += [_prop("x-correction", encode_record(each)) for each in segment.corrections]
    return "".join(pieces)


def _prop(kind: str, text: str) -> str:
    return f'<prop type="{kind}">{escape_content(text)}</prop>'


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """The pairs of a TMX file, as articles whose segments stream. Raises BadFile with the unit or line."""
    return group_segments(_rows(file, name))


Heading = tuple[str, str, str]
"""An article's title and languages."""


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    warnings, heading, language, held, known = Warnings(), (name, "", ""), "", "", False
    article = Article(*heading, warnings=warnings)
    for event, element in iter_elements(file, names=("tmx", "header", "tu")):
        kind = local_name(element)
        if event == "start":
            known = known or kind == "tmx"
            language = element.get("srclang", "") if kind == "header" else language
        elif kind == "header":
            held = next((note.text or "" for note in element if local_name(note) == "note"), "")
        elif kind == "tu":
            unit = _unit(element, element.get("srclang", language), (name, *heading[1:]), warnings)
            if unit:
                if unit[0] != heading or article.held != held:
                    heading = unit[0]
                    article = Article(*heading, held=held, warnings=warnings)
                yield article, unit[1]
    if not known:
        raise BadFile(_NOT_TMX)
    yield article, None


def _unit(
    element: Any, language: str, before: Heading, warnings: Warnings
) -> tuple[Heading, Segment] | None:
    """The pair in a ``<tu>`` with its article's title and languages; None for a unit with one language only."""
    name = element.get("tuid", "")
    place = f"unit {name}" if name else f"unit in line {element.sourceline}"
    parts: dict[str, list[Any]] = {"tuv": [], "prop": [], "note": []}
    for child in element:
        if (kind := local_name(child)) in parts:
            parts[kind].append(child)
    pair = _pair(parts["tuv"], _short(language), before[1:], place, warnings)
    if pair is None:
        return None
    texts = [
        inline_text(next((seg for seg in tuv if local_name(seg) == "seg"), None), place).text
        for _code, tuv in pair
    ]
    props: dict[str, list[str]] = {}
    for prop in parts["prop"]:
        props.setdefault(prop.get("type", ""), []).append(prop.text or "")
    flags = tuple(decode_record(Flag, each, place) for each in props.get("x-flag", ()))
    segment = Segment(
        source=texts[0],
        target=props.get("x-machine", texts[1:])[0],
        id=name,
        status=props.get("x-status", [""])[0],
        # Our own notes say in words what our flags say.
        flags=flags
        or tuple(Flag("", "neutral", comment=note.text) for note in parts["note"] if note.text),
        corrections=tuple(
            decode_record(Correction, each, place) for each in props.get("x-correction", ())
        ),
    )
    if "x-machine" in props and texts[1] != segment.final:
        edited = Correction(before=segment.final, after=texts[1], status="submitted")
        segment = replace(segment, corrections=(*segment.corrections, edited))
    return (props.get("x-article", before[:1])[0], pair[0][0], pair[1][0]), segment


Variant = tuple[str, Any]
"""A language and the ``<tuv>`` in it."""


def _pair(
    tuvs: Sequence[Any], language: str, before: tuple[str, ...], place: str, warnings: Warnings
) -> tuple[Variant, Variant] | None:
    """The source and the target of a unit; None where there is but one language."""
    language = language or before[0]
    variants = [(_short(tuv.get(_LANG) or tuv.get("lang", "")), tuv) for tuv in tuvs]
    if len(variants) == 2:
        first, second = variants
        return (second, first) if second[0] == language != first[0] else (first, second)
    sources = sorted(variants, key=lambda each: (each[0] != language, each[0] != before[0]))
    targets = [each for each in variants if each[0] != sources[0][0]]
    if not targets:
        warnings.add(BadFile(_ALONE, place))
        return None
    targets.sort(key=lambda each: each[0] != before[1])
    warnings.add(BadFile(_MANY, place, source=sources[0][0], target=targets[0][0]))
    return sources[0], targets[0]


@lru_cache(maxsize=1000)
def _short(language: str) -> str:
    """The language without its region: "fr" for "fr-CA", and "" for one that is not said."""
    code = language.replace("_", "-").split("-")[0].lower()
    return "" if code in ("und", "*all*") else code
