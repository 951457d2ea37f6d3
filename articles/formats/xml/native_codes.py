"""Name the native codes of XLIFF and TMX: a short token such as ``<b1>`` stands for each in a text.

A token is a protected code (text/codes.py). It is named after what the file says that the code is:
its tag, its type, its name, else its element. Source and target of a unit share their tokens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from articles.formats.interchange import LARGEST_TEXT, Article, Segment
from articles.formats.xml.inline_codes import TAG, TYPE_PREFIX, contents_of, placeholder_name
from articles.formats.xml.safe_xml import local_name
from articles.text.codes import TOKEN

_STARTS = {"bpt", "bx", "sc"}
_ENDS = {"ept", "ex", "ec"}
_SHORT = {"bold": "b", "italic": "i", "italics": "i", "underlined": "u", "underline": "u"}
_NAMES = {"bpt": "g", "bx": "g", "ept": "g", "ex": "g", "sc": "g", "ec": "g", "pc": "g"}
"""What a pair of codes is called that the file does not describe."""
_TYPES = ("ctype", "subType", "type", "mtype")
_LETTERS = re.compile(r"[a-z]+")
_HEADING = re.compile(r"h\d?")
_NO_ORIGINALS: Mapping[str, str] = {}
_FILES = re.compile(rb"<(?:[\w.-]+:)?file\s")
WHOLE, START, END = "whole", "start", "end"


class CodePlace(NamedTuple):
    """The element of a code, and which part of it its token stands for.

    A start and an end are the tags around the words of an element.
    """

    element: Any
    part: str


@dataclass
class ReadText:
    """A text of a unit and the element that it was read from.

    ``places`` are its codes by their tokens; ``characters`` are those that codes stand for, each
    with its element, in their order.
    """

    element: Any
    text: str = ""
    places: dict[str, CodePlace] = field(default_factory=dict)
    characters: list[tuple[str, Any]] = field(default_factory=list)
    nameless: Counter[str] = field(default_factory=Counter)
    """How many codes without an id it has so far; those of both sides are told by their order."""


class ReadUnit(NamedTuple):
    """A unit of a file, with its article and what was read of it.

    ``segments`` has None at the end of an article.
    """

    article: Article
    codes: UnitCodes | None
    segments: list[Segment | None]


class UnitCodes:
    """The codes of one unit: their names, and the ``texts`` that were read with them.

    ``unit`` is its element; ``originals`` are the contents of codes that stand elsewhere in the
    file, by their ids.
    """

    def __init__(self, unit: Any = None, originals: Mapping[str, str] = _NO_ORIGINALS) -> None:
        self.unit = unit
        self.originals = originals
        self.texts: list[ReadText] = []
        self._names: dict[tuple[str, str], str] = {}
        self._used: set[str] = set()

    def token(self, code: Any, text: ReadText) -> str:
        """Return the token of a code without words in a text."""
        for content in (code.text, code.get("disp")):
            if content and TOKEN.fullmatch(content):
                return str(content)  # written by us, or by a program that does the same
        element = local_name(code)
        if element in _STARTS:
            return f"<{self._name(code, 'pair', text)}>"
        if element in _ENDS:
            return f"</{self._name(code, 'pair', text)}>"
        return f"<{self._name(code, 'single', text)}/>"

    def pair(self, element: Any, text: ReadText) -> tuple[str, str]:
        """Return the tokens of the tags of an element around words."""
        name = self._name(element, "pair", text)
        return f"<{name}>", f"</{name}>"

    def _name(self, code: Any, kind: str, text: ReadText) -> str:
        identity = _identity(code)
        if not identity:
            element = local_name(code)
            text.nameless[element] += 1
            identity = f"{element} {text.nameless[element]}"
        key = (kind, identity)
        if key not in self._names:
            label = _label(code, self.originals)
            digits = re.search(r"(\d{1,5})$", key[1])
            number = int(digits[1]) if digits else 1
            while f"{label}{number}" in self._used:
                number += 1
            self._names[key] = f"{label}{number}"
            self._used.add(self._names[key])
        return self._names[key]


def _identity(code: Any) -> str:
    """Return what the file calls a code; both ends of a pair have it."""
    names: tuple[str, ...] = ("startRef", "rid", "i", "x", "id", "mid")
    if local_name(code) in ("ph", "x", "it", "ut", "hi"):
        names = ("x", "id", "i")
    for name in names:
        if code.get(name):
            return str(code.get(name))
    return ""


def _label(code: Any, originals: Mapping[str, str]) -> str:
    """Return a name of a few small letters for a code."""
    for name in _descriptions(code, originals):
        letters = _LETTERS.search(name.lower())
        if letters is None:
            continue
        label = _SHORT.get(letters.group(), letters.group())[:12]
        return "hd" if _HEADING.fullmatch(label) else label
    return "code"


def _descriptions(code: Any, originals: Mapping[str, str]) -> list[str]:
    """Return what the file says of a code, the clearest first."""
    found = []
    for content in contents_of(code, originals):
        tag = TAG.fullmatch(content.strip())
        found.append(tag[1] if tag else placeholder_name(content))
    for key in _TYPES:
        found.append(TYPE_PREFIX.sub("", code.get(key, "")))
    if local_name(code) in ("x", "ph"):
        found.append(code.get("id", ""))
    name = local_name(code)
    found.append(_NAMES.get(name, name))
    return found


class CodeTags(NamedTuple):
    """How a format writes the code of a token: patterns of its ``name``, number and ``token``.

    Start and end are those of a pair; one alone is ``lone_start`` or ``lone_end``.
    """

    single: str
    start: str
    end: str
    lone_start: str
    lone_end: str


class TokenWriter:
    """Write the tokens of one text as codes; a token that comes twice is text the second time."""

    def __init__(self, text: str, tags: CodeTags) -> None:
        self.tags = tags
        self._left = Counter(TOKEN.findall(text)) if "<" in text else Counter()
        self._names: dict[str, int] = {}
        self._written: set[str] = set()
        self._pairs = {token for token in self._left if self._is_pair(token, text)}

    def _is_pair(self, token: str, text: str) -> bool:
        name = token.strip("</>")
        end = f"</{name}>"
        return end in self._left and text.find(f"<{name}>") in range(text.find(end) + 1)

    def write(self, words: str, escape: Callable[[str], str]) -> str:
        """Return a stretch of the text as XML; stretches are written in their order."""
        if not self._left:
            return escape(words)
        pieces = []
        at = 0
        for found in TOKEN.finditer(words):
            pieces += [escape(words[at : found.start()]), self._code(found.group(), escape)]
            at = found.end()
        pieces.append(escape(words[at:]))
        return "".join(pieces)

    def _code(self, token: str, escape: Callable[[str], str]) -> str:
        if token in self._written:
            return escape(token)
        self._written.add(token)
        name = token.strip("</>")
        number = self._names.setdefault(name, len(self._names) + 1)
        is_pair = token in self._pairs
        if token.endswith("/>"):
            pattern = self.tags.single
        elif token.startswith("</"):
            pattern = self.tags.end if is_pair else self.tags.lone_end
        else:
            pattern = self.tags.start if is_pair else self.tags.lone_start
        return pattern.format(name=name, number=number, token=escape(token))


def file_to_keep(file: BinaryIO) -> bytes:
    """Return the bytes of a file into which corrections are put back; none of a very large one.

    Each article of a file keeps it, so that many articles make it larger.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST_TEXT:
        return b""
    data = file.read()
    file.seek(0)
    return data if size * len(_FILES.findall(data)) <= LARGEST_TEXT else b""
