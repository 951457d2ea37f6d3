"""Put corrections back into the XLIFF or TMX file that came in: all else stays byte for byte.

Only the contents of those targets change whose text was corrected. Each token of a code becomes the
code's own characters of the file, so that a program finds its codes as it wrote them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

from articles.formats.interchange import Article, BadFile, Segment
from articles.formats.text.plain import decode_with_encoding
from articles.formats.xml import tmx, xliff2_read
from articles.formats.xml.native_codes import (
    END,
    START,
    WHOLE,
    CodePlace,
    ReadText,
    ReadUnit,
    UnitCodes,
)
from articles.formats.xml.safe_xml import escape_content, local_name, root_name
from articles.text.codes import TOKEN
from articles.text.document import Span, with_replacements
from articles.text.messages import gettext_noop as _
from articles.text.recut import transfer_parts

_NO_FILE = _("the file that this article came in was not kept")
_OTHER = _("this article no longer has the texts of the file that it came in")
_NO_PLACE = _("“%(words)s” has no place in the file; export the article as XLIFF or TMX instead")
_CROSSED = _("the codes of “%(words)s” are not in an order that the file can have")

_UNITS = ("unit", "trans-unit", "tu")
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>"
    r"|<(?P<close>/)?(?P<name>[^\s/>!?]+)(?:\"[^\"]*\"|'[^']*'|[^>\"'/]|/(?!>))*(?P<empty>/)?>",
    re.DOTALL,
)
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)[\"']")
_NAME_END = re.compile(r"[\s/>]")
_SEPARATOR = "\n"


class _Place(NamedTuple):
    """Where an element stands in the file; its content is from ``inner`` to ``close``."""

    at: int
    inner: int
    close: int
    end: int


class _Text(NamedTuple):
    """A pair that was read: its unit's number, its texts, and their places in both documents."""

    unit: int
    source: str
    target: str
    source_span: Span
    target_span: Span


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the file of each article with its corrections.

    Raises BadFile where the article did not come as XLIFF or TMX, or has a correction without a
    place in the file.
    """
    for article in articles:
        if not article.page:
            raise BadFile(_NO_FILE)
        yield _put_back(article)


def recognises(data: bytes) -> bool:
    """Return whether a file that begins so is XLIFF or TMX."""
    return root_name(data) in ("xliff", "tmx")


def is_file_of(data: bytes, source: str, target: str) -> bool:
    """Return whether the file holds an article with these texts, character for character."""
    try:
        _decode(data)
        return _find(data, source, target) is not None
    except BadFile:
        return False


def _read_units(data: bytes) -> Iterator[ReadUnit]:
    read: Callable[[BinaryIO, str], Iterator[ReadUnit]] = xliff2_read.read_units
    if root_name(data) == "tmx":
        read = tmx.read_units
    return read(io.BytesIO(data), "")


def _find(data: bytes, source: str, target: str) -> list[_Text] | None:
    """Return the pairs of the article with these texts, None where the file holds none."""
    texts: list[_Text] = []
    article: Article | None = None
    number = -1
    for unit in _read_units(data):
        number += unit.codes is not None
        if unit.article is not article:
            if _are_of(texts, source, target):
                return texts
            article = unit.article
            texts = []
        for segment in unit.segments:
            if segment is not None and (segment.source or segment.target):
                texts.append(_next_text(texts, number, segment))
    return texts if _are_of(texts, source, target) else None


def _next_text(texts: Sequence[_Text], unit: int, segment: Segment) -> _Text:
    ends = (0, 0)
    if texts:
        ends = (texts[-1].source_span.end, texts[-1].target_span.end)
    spans = []
    for words, end in zip((segment.source, segment.target), ends, strict=True):
        start = end + len(_SEPARATOR) if words and end else end
        spans.append(Span(start, start + len(words)))
    return _Text(unit, segment.source, segment.target, spans[0], spans[1])


def _are_of(texts: Sequence[_Text], source: str, target: str) -> bool:
    """Return whether the texts are all words of these two documents."""
    if not texts:
        return False
    # As importing/bilingual.py makes the documents of pairs: empty sides add no line.
    sources = filter(None, (text.source for text in texts))
    targets = filter(None, (text.target for text in texts))
    if _SEPARATOR.join(sources) != source:
        return False
    return _SEPARATOR.join(targets) == target


# ── which texts change ───────────────────────────────────────────────────────


def _new_texts(article: Article, texts: Sequence[_Text]) -> dict[int, str]:
    """Return the corrected texts by the number of their pair. Raises BadFile."""
    changes: dict[int, list[tuple[Span, str]]] = {}
    for segment in article.segments:
        if segment.final == segment.target or segment.target_span is None:
            continue
        for number, span, words in _parts(segment, segment.target_span, texts):
            changes.setdefault(number, []).append((span, words))
    new: dict[int, str] = {}
    for number, replacements in changes.items():
        target = texts[number].target
        new[number] = with_replacements(target, sorted(replacements))
    return new


def _parts(
    segment: Segment, whole: Span, texts: Sequence[_Text]
) -> Iterator[tuple[int, Span, str]]:
    """Yield the parts of a corrected segment: the pair, the place in its target, the new words."""
    numbers = []
    parts = []
    for number, text in enumerate(texts):
        start = max(whole.start, text.target_span.start)
        end = min(whole.end, text.target_span.end)
        if start < end or (not segment.target and segment.source_span == text.source_span):
            numbers.append(number)
            parts.append(Span(start - whole.start, max(start, end) - whole.start))
    if not numbers:
        raise BadFile(_NO_PLACE, words=segment.final[:60])
    if not segment.target:
        yield numbers[0], Span(0, 0), segment.final
        return
    moved = transfer_parts(segment.target, parts, segment.final)
    for number, part, new in zip(numbers, parts, moved, strict=True):
        at = whole.start - texts[number].target_span.start
        yield number, Span(part.start + at, part.end + at), new.of(segment.final)


# ── writing them ─────────────────────────────────────────────────────────────


def _decode(data: bytes) -> tuple[str, str]:
    """Return the characters of a file and its encoding. Raises BadFile."""
    declared = _DECLARED.match(data.lstrip())
    if declared is None:
        return decode_with_encoding(data)
    encoding = declared[1].decode()
    try:
        raw = data.decode(encoding)
    except (LookupError, ValueError):
        return decode_with_encoding(data)
    return raw, encoding


def _put_back(article: Article) -> bytes:
    texts = _find(article.page, article.source, article.target)
    if texts is None:
        raise BadFile(_OTHER)
    raw, encoding = _decode(article.page)
    new = _new_texts(article, texts)
    by_unit: dict[int, list[tuple[_Text, str]]] = {}
    for number in sorted(new):
        by_unit.setdefault(texts[number].unit, []).append((texts[number], new[number]))
    places = _unit_places(raw)
    replacements: list[tuple[Span, str]] = []
    number = -1
    for unit in _read_units(article.page):
        if unit.codes is None:
            continue
        number += 1
        if number in by_unit:
            writer = _UnitWriter(raw, places[number], unit.codes)
            for pair, words in by_unit[number]:
                replacement = writer.replacement(pair, words)
                replacements.append(replacement)
    written = with_replacements(raw, sorted(replacements))
    # A letter that the encoding has not goes out as a character reference, which XML reads
    # anywhere.
    data = written.encode(encoding, "xmlcharrefreplace")
    expected = []
    for number, text in enumerate(texts):
        expected.append(new.get(number, text.target))
    target = _SEPARATOR.join(filter(None, expected))
    # Read again before it goes out: what went wrong on the way is refused (docs/decisions/0049).
    if new and not is_file_of(data, article.source, target):
        raise BadFile(_NO_PLACE, words=next(iter(new.values()))[:60])
    return data


def _unit_places(raw: str) -> list[list[_Place]]:
    """Return the places of the elements of each unit, in the order of their beginnings."""
    # In the characters themselves: lxml tells the line of an element, not its place.
    units: list[list[_Place]] = []
    open_elements: list[tuple[int, int]] = []  # the element's number in the unit, and its start
    for tag in _TAG.finditer(raw):
        name = (tag["name"] or "").rpartition(":")[2]
        if not name or not (open_elements or name in _UNITS):
            continue
        if tag["close"]:
            number, _start = open_elements.pop()
            units[-1][number] = units[-1][number]._replace(close=tag.start(), end=tag.end())
            continue
        if not open_elements:
            units.append([])
        units[-1].append(_Place(tag.start(), tag.end(), tag.end(), tag.end()))
        if not tag["empty"]:
            open_elements.append((len(units[-1]) - 1, tag.start()))
    return units


class _UnitWriter:
    """Write new texts into the targets of one unit, each into its own."""

    def __init__(self, raw: str, places: Sequence[_Place], codes: UnitCodes) -> None:
        self.raw = raw
        self.codes = codes
        # Comments are not read, so that elements alone are there.
        elements = list(codes.unit.iter())
        self.places = dict(zip(elements, places, strict=True))
        self.targets = [text for text in codes.texts if self._is_target(text)]

    def _is_target(self, text: ReadText) -> bool:
        if local_name(self.codes.unit) == "tu":
            # tmx.py reads the source of a unit first.
            return text is not self.codes.texts[0]
        around = chain([text.element], text.element.iterancestors())
        names = set(map(local_name, around))
        is_proposal = names & {"alt-trans", "match"}
        return "target" in names and not is_proposal

    def replacement(self, pair: _Text, new: str) -> tuple[Span, str]:
        """Return the place of a pair's target in the file, and the content for the new one."""
        found = [text for text in self.targets if _same(text.text, pair.target)]
        # The mark of a segment stands in the target, which may have the same words.
        found.sort(key=lambda text: local_name(text.element) != "mrk")
        if not found:
            return self._new_target(pair, new)
        text = found[0]
        self.targets.remove(text)
        place = self.places[text.element]
        content = self._content(text, new)
        if place.inner < place.end:
            return Span(place.inner, place.close), content
        start_tag = self.raw[place.at : place.end].removesuffix("/>").rstrip()
        return Span(place.at, place.end), f"{start_tag}>{content}</{self._name(place)}>"

    def _new_target(self, pair: _Text, new: str) -> tuple[Span, str]:
        """Return the place and the characters of a target where there is none."""
        sources = []
        for text in self.codes.texts:
            if _is_alone(text) and _same(text.text, pair.source):
                sources.append(text)
        if pair.target or not sources:
            raise BadFile(_NO_PLACE, words=new[:60])
        source = sources[0]
        divided = list(source.element.itersiblings("{*}seg-source"))
        before = [source.element, *divided][-1]
        name = self._name(self.places[source.element])[: -len("source")] + "target"
        end = self.places[before].end
        return Span(end, end), f"<{name}>{self._content(source, new)}</{name}>"

    def _name(self, place: _Place) -> str:
        tag = self.raw[place.at + 1 : place.inner]
        return _NAME_END.split(tag, maxsplit=1)[0]

    def _content(self, text: ReadText, new: str) -> str:
        """Return a text as the file writes it. Raises BadFile for tags that cross."""
        codes = dict(text.places)
        for other in self.codes.texts:
            codes = {**other.places, **codes}
        characters = []
        for each in text.characters:
            if self._is_inside(each[1], text.element):
                characters.append(each)
        pieces: list[str] = []
        found_codes: list[CodePlace] = []
        at = 0
        for found in _pattern(characters).finditer(new):
            pieces.append(escape_content(new[at : found.start()]))
            at = found.end()
            code = codes.get(found.group())
            if code is None:
                pieces.append(self._raw_character(found.group(), characters))
                continue
            found_codes.append(code)
            pieces.append(self._raw_code(code))
        if not _are_nested(found_codes):
            raise BadFile(_CROSSED, words=new[:60])
        pieces.append(escape_content(new[at:]))
        return "".join(pieces)

    def _is_inside(self, code: Any, element: Any) -> bool:
        place = self.places[element]
        return bool(place.inner <= self.places[code].at < place.end)

    def _raw_code(self, code: CodePlace) -> str:
        place = self.places[code.element]
        if code.part == START:
            return self.raw[place.at : place.inner]
        if code.part == END:
            return self.raw[place.close : place.end]
        return self.raw[place.at : place.end]

    def _raw_character(self, character: str, characters: list[tuple[str, Any]]) -> str:
        """Return the next code that stands for a character, else the character itself."""
        for each in characters:
            if each[0] == character:
                characters.remove(each)
                return self._raw_code(CodePlace(each[1], WHOLE))
        return escape_content(character)


def _are_nested(codes: Iterable[CodePlace]) -> bool:
    """Return whether each tag that is opened is closed, the last one first."""
    open_tags: list[Any] = []
    for element, part in codes:
        if part == START:
            open_tags.append(element)
        elif part == END and (not open_tags or open_tags.pop() is not element):
            return False
    return not open_tags


def _pattern(characters: Sequence[tuple[str, Any]]) -> re.Pattern[str]:
    """Return what finds tokens, and characters that codes stand for; words are words."""
    signs = set()
    for sign, _element in characters:
        if not re.search(r"\w", sign):
            signs.add(sign)
    longest_first = sorted(signs, key=len, reverse=True)
    return re.compile("|".join([TOKEN.pattern, *map(re.escape, longest_first)]))


def _is_alone(text: ReadText) -> bool:
    """Return whether this is a source without a target beside it."""
    target = next(text.element.itersiblings("{*}target"), None)
    return local_name(text.element) == "source" and target is None


def _same(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but the indents of their file."""
    return one.split() == other.split()
