"""Read and write TMX 1.4b: the corrected text is the target, flags and corrections are properties.

Memories are read as memoQ, Trados, OmegaT and Wordfast write them, in UTF-8 or UTF-16; the DTD that
they name is not read. Of a unit in more than two languages the pair is read that the file has had
so far.

``x-article`` names the article, ``x-article-key`` is its key, ``x-status`` the segment's status,
``x-machine`` the machine's text where a correction took its place; ``x-flag`` and ``x-correction``
hold a record as JSON (see json_codec.py), a note has each flag in words. A note in the header says
what the file holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
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
from articles.formats.xml.inline_markup import InlineText, inline_text
from articles.formats.xml.native_codes import (
    CodeTags,
    ReadUnit,
    TokenWriter,
    UnitCodes,
    file_to_keep,
)
from articles.formats.xml.safe_xml import (
    escape_attribute,
    escape_content,
    iter_elements,
    local_name,
)
from articles.text.language_tags import language_of, regional_tag
from articles.text.messages import gettext_noop as _

_NOT_TMX = _("this is XML, but not TMX")
_ALONE = _("a unit in one language only is left out")
_MANY = _("units with more than two texts: only %(source)s and %(target)s are imported")
_CODE = '<ph type="x-cp">%04X</ph>'
_TAGS = CodeTags(
    single="<ph>{token}</ph>",
    start='<bpt i="{number}">{token}</bpt>',
    end='<ept i="{number}">{token}</ept>',
    lone_start='<it pos="begin">{token}</it>',
    lone_end='<it pos="end">{token}</it>',
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN_NAME = "translation-review"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    '<tmx version="1.4">\n'
    '<header creationtool="%s" creationtoolversion="1" segtype="sentence"'
    ' o-tmf="jsonl"'
    ' adminlang="en" srclang="%s" datatype="plaintext">%s</header>\n<body>\n'
)


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the articles' pairs as one TMX file, in pieces."""
    return encode_blocks(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    first = ""
    for article in articles:
        language, _target = article.named_languages
        if not first:
            first = language
            yield _head(first, article.held)
        own_language = ""
        if language != first:
            own_language = f' srclang="{escape_attribute(language)}"'
        yield from _article_units(article, language, own_language)
    if not first:
        yield _head("und", "")
    yield "</body>\n</tmx>\n"


def _head(language: str, held: str) -> str:
    note = ""
    if held:
        note = f'<note xml:lang="en">{escape_content(held)}</note>'
    return _HEAD % (_OWN_NAME, escape_attribute(language), note)


def _article_units(article: Article, language: str, own_language: str) -> Iterator[str]:
    """Yield the article's segments as units; ``own_language`` is an attribute, or ""."""
    source_start = f'<tuv xml:lang="{escape_attribute(language)}"><seg>'
    _source, target_language = article.named_languages
    target_start = f'<tuv xml:lang="{escape_attribute(target_language)}"><seg>'
    title = ""
    if article.title:
        title = _property("x-article", article.title)
    if article.key:
        title += _property("x-article-key", article.key)
    for segment in article.segments:
        name = ""
        if segment.id:
            name = f' tuid="{escape_attribute(segment.id)}"'
        source = _coded(segment.source)
        target = _coded(segment.final)
        yield (
            f"<tu{name}{own_language}>{title}{_review(segment)}"
            f"{source_start}{source}</seg></tuv>{target_start}{target}</seg></tuv></tu>\n"
        )


def _coded(text: str) -> str:
    return TokenWriter(text, _TAGS).write(text, partial(escape_content, strange=_CODE))


def _review(segment: Segment) -> str:
    """Return the segment's status, flags and corrections as properties and notes."""
    text = ""
    if segment.status:
        text += _property("x-status", segment.status)
    if segment.final != segment.target:
        text += _property("x-machine", segment.target)
    for flag in segment.flags:
        text += _property("x-flag", encode_record(flag))
        text += f"<note>{escape_content(its.describe_flag(flag))}</note>"
    for correction in segment.corrections:
        text += _property("x-correction", encode_record(correction))
    return text


def _property(kind: str, text: str) -> str:
    return f'<prop type="{kind}">{escape_content(text)}</prop>'


def read(file: BinaryIO, *, name: str) -> Iterator[Article]:
    """Yield the pairs of a TMX file, as articles whose segments stream.

    Raises BadFile with the unit or line.
    """
    return group_segments(_rows(file, name))


Heading = tuple[str, str, str, str]
"""An article's title, languages and key."""


def _rows(file: BinaryIO, name: str) -> Iterator[tuple[Article, Segment | None]]:
    """Yield each segment with its article, and the last article without a segment."""
    for article, _codes, segments in read_units(file, name):
        for segment in segments:
            yield article, segment


def read_units(file: BinaryIO, name: str) -> Iterator[ReadUnit]:
    """Yield the units of the file, each to be read before the next is asked for.

    The last one has no codes. Raises BadFile.
    """
    page = file_to_keep(file)
    warnings = Warnings()
    heading: Heading = (name, "", "", "")
    language = ""
    held = ""
    kinds: set[str] = set()
    article = Article(name, "", "", warnings=warnings)
    for event, element in iter_elements(file, names=("tmx", "header", "tu")):
        kind = local_name(element)
        kinds.add(kind)
        if event == "start":
            continue
        if kind == "header":
            language = element.get("srclang", "")
            # Our own file has nothing to put back into: it is made from the database.
            if element.get("creationtool") == _OWN_NAME:
                page = b""
            held = _header_note(element)
        elif kind == "tu":
            before = (name, *heading[1:])
            codes = UnitCodes(element)
            unit = _unit(codes, element.get("srclang", language), before, warnings)
            if unit is None:
                yield ReadUnit(article, codes, [])
                continue
            if unit[0] != heading or article.held != held:
                heading = unit[0]
                article = _article(heading, element, held=held, page=page, warnings=warnings)
            yield ReadUnit(article, codes, [*unit[1]])
    if "tmx" not in kinds:
        raise BadFile(_NOT_TMX)
    yield ReadUnit(article, None, [None])


def _article(heading: Heading, unit: Any, *, held: str, page: bytes, warnings: Warnings) -> Article:
    title, source, target, key = heading
    return Article(
        title,
        source,
        target,
        held=held,
        key=key,
        source_tag=_regional_tag(unit, source),
        target_tag=_regional_tag(unit, target),
        # Exported here and saved by another program: it has our key still, and no file to put back
        # into.
        page=b"" if key else page,
        warnings=warnings,
    )


def _named_language(tuv: Any) -> str:
    return str(tuv.get(_LANG) or tuv.get("lang", ""))


def _regional_tag(unit: Any, language: str) -> str:
    """Return the region that the unit names with this language; later units are taken for alike."""
    for tuv in _children(unit, "tuv"):
        named = _named_language(tuv)
        if language_of(named) == language:
            return regional_tag(named)
    return ""


def _header_note(header: Any) -> str:
    for note in header:
        if local_name(note) == "note":
            return note.text or ""
    return ""


def _unit(
    codes: UnitCodes, language: str, before: Heading, warnings: Warnings
) -> tuple[Heading, list[Segment]] | None:
    """Return the pair in a ``<tu>``, and those inside its codes, with title and languages.

    ``before`` are those of the unit before; None is returned for a unit with one language only.
    """
    element = codes.unit
    name = element.get("tuid", "")
    place = f"unit {name}" if name else f"unit in line {element.sourceline}"
    tuvs = _children(element, "tuv")
    pair = _pair(tuvs, language_of(language), before[1:3], place, warnings)
    if pair is None:
        return None
    (source_language, source_tuv), (target_language, target_tuv) = pair
    inside_source = _segment_text(source_tuv, place, codes)
    inside_target = _segment_text(target_tuv, place, codes)
    target = inside_target.text
    properties: dict[str, list[str]] = {}
    for child in _children(element, "prop"):
        properties.setdefault(child.get("type", ""), []).append(child.text or "")
    corrections = properties.get("x-correction", ())
    segment = Segment(
        source=inside_source.text,
        target=properties.get("x-machine", [target])[0],
        id=name,
        status=properties.get("x-status", [""])[0],
        flags=_flags(element, properties, place),
        corrections=tuple(decode_record(Correction, text, place) for text in corrections),
    )
    if "x-machine" in properties and target != segment.final:
        # The target was edited in another tool.
        edited = Correction(before=segment.final, after=target, status="submitted")
        segment = replace(segment, corrections=(*segment.corrections, edited))
    title = properties.get("x-article", [before[0]])[0]
    key = properties.get("x-article-key", [""])[0]
    segments = [segment, *_flow_segments(inside_source, inside_target, name)]
    return (title, source_language, target_language, key), segments


def _flow_segments(source: InlineText, target: InlineText, name: str) -> Iterator[Segment]:
    """Yield the texts inside of codes, such as footnotes, as pairs of their own."""
    flows = zip_longest(source.flows, target.flows, fillvalue="")
    for number, (source_flow, target_flow) in enumerate(flows, start=1):
        yield Segment(source_flow, target_flow, id=f"{name}.sub{number}" if name else "")


def _children(element: Any, name: str) -> list[Any]:
    children = []
    for child in element:
        if local_name(child) == name:
            children.append(child)
    return children


def _segment_text(tuv: Any, place: str, codes: UnitCodes) -> InlineText:
    segments = _children(tuv, "seg")
    return inline_text(segments[0] if segments else None, place, codes)


def _flags(element: Any, properties: dict[str, list[str]], place: str) -> tuple[Flag, ...]:
    """Return our own flags, else the unit's notes as neutral ones.

    Our own notes only repeat our flags in words.
    """
    records = properties.get("x-flag", ())
    if records:
        return tuple(decode_record(Flag, record, place) for record in records)
    flags = []
    for note in _children(element, "note"):
        if note.text:
            flags.append(Flag("", "neutral", comment=note.text))
    return tuple(flags)


Variant = tuple[str, Any]
"""A language and the ``<tuv>`` in it."""


def _pair(
    tuvs: Sequence[Any], language: str, before: tuple[str, ...], place: str, warnings: Warnings
) -> tuple[Variant, Variant] | None:
    """Return the source and the target of a unit; None where there is only one language.

    ``language`` is the source's, "" where the file does not say; ``before`` are the languages of
    the unit before.
    """
    language = language or before[0]
    variants = [(language_of(_named_language(tuv)), tuv) for tuv in tuvs]
    if len(variants) == 2:
        first, second = variants
        # A memory may hold units of both directions; it stays one article.
        if second[0] == language != first[0]:
            return second, first
        return first, second
    sources = sorted(variants, key=lambda each: (each[0] != language, each[0] != before[0]))
    targets = [each for each in variants if each[0] != sources[0][0]]
    if not targets:
        warnings.add(BadFile(_ALONE, place))
        return None
    targets.sort(key=lambda each: each[0] != before[1])
    warnings.add(BadFile(_MANY, place, source=sources[0][0], target=targets[0][0]))
    return sources[0], targets[0]
