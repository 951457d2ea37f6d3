"""Tell which characters the codes of translation programs stand for.

A program puts what its editor cannot show into a code: a line end, a no-break space, the place of
a value. memoQ writes ``<ph>&lt;mq:ch val="nbsp"/&gt;</ph>``, Trados names the code in the header of
the file, others in ``equiv``, ``equiv-text``, ``ctype``, ``type`` or ``subType``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from articles.formats.xml.safe_xml import local_name

_BY_NAME = {
    "nbsp": "\xa0", "nobreakspace": "\xa0", "nonbreakingspace": "\xa0", "hardspace": "\xa0",
    "nnbsp": "\u202f", "narrownobreakspace": "\u202f", "ensp": "\u2002", "emsp": "\u2003",
    "thinsp": "\u2009", "hairsp": "\u200a", "shy": "\xad", "softhyphen": "\xad",
    "optionalhyphen": "\xad", "nobreakhyphen": "\u2011", "nonbreakinghyphen": "\u2011",
    "nbhyphen": "\u2011", "hardhyphen": "\u2011", "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "lb": "\n", "linebreak": "\n", "softbreak": "\n", "newline": "\n", "softreturn": "\n",
    "zwsp": "\u200b", "zwnj": "\u200c", "zwj": "\u200d", "lrm": "\u200e", "rlm": "\u200f",
    "ndash": "–", "endash": "–", "mdash": "—", "emdash": "—", "hellip": "…", "ellipsis": "…",
    "\\n": "\n", "\\r\\n": "\n", "\\t": "\t",
}  # fmt: skip
_DESCRIPTIONS = ("equiv", "equiv-text", "disp")
_TYPES = ("ctype", "type", "subType")
TYPE_PREFIX = re.compile(r"^(?:x-html-|x-|xlf:|fmt:)+", re.IGNORECASE)
_CHARACTER_CODE = re.compile(
    r"""<(?:[\w.-]+:)?ch\b[^<>]*?\bval=(?:"([^"]*)"|'([^']*)')[^<>]*/?>""", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,20});", re.IGNORECASE)
TAG = re.compile(r"</?(?:[\w.-]+:)?([\w-]+)(?:\s[^<>]*)?/?>")
_NUMBER = re.compile(r"(?:U\+|0x|#x?)([0-9A-F]{2,6})", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\{\{?[^{}<>]{0,60}\}?\}|%(?:\d+\$)?[-+ 0#]*\d*(?:\.\d+)?(?:\(\w+\))?[a-zA-Z@]{1,2}|\$\w{1,40}"
    r"|\$\{[^{}<>]{1,60}\}|%\{?\w{1,40}\}?%?"
)
"""What programs write where a value is put in: {0}, {{name}}, %s, %1$d, $name, %{name}."""


def code_text(code: Any, originals: Mapping[str, str]) -> str:
    """Return the characters that a code stands for, "" for mark-up and the place of a value.

    ``originals`` are the contents of codes that the file keeps elsewhere, by their ids.
    """
    contents = contents_of(code, originals)
    for content in contents:
        character = character_of(content)
        if character:
            return character
    equivalent = _equivalent(code)
    if equivalent:
        return equivalent
    return _character_of_type(code)


def _equivalent(code: Any) -> str:
    """Return the text that the file gives for the code, unless that is a tag or a value."""
    equivalent = str(code.get("equiv") or code.get("equiv-text") or "")
    content = equivalent.strip()
    if TAG.fullmatch(content) or _PLACEHOLDER.fullmatch(content):
        return ""
    return equivalent


def _character_of_type(code: Any) -> str:
    for key in _TYPES:
        kind = code.get(key, "")
        name = TYPE_PREFIX.sub("", kind).lower()
        if name in _BY_NAME:
            return _BY_NAME[name]
    return ""


def placeholder_name(content: str) -> str:
    """Return the content of a code for a value, such as {{name}}; "" for another."""
    if _PLACEHOLDER.fullmatch(content.strip()):
        return content
    return ""


def contents_of(code: Any, originals: Mapping[str, str]) -> list[str]:
    """Return what the file says that the code is, the most direct first."""
    contents = [code.text, originals.get(code.get("dataRef") or code.get("dataRefStart", ""))]
    if local_name(code) in ("x", "ph"):
        contents.append(originals.get(code.get("id", "")))
    for key in _DESCRIPTIONS:
        contents.append(code.get(key))
    return [content for content in contents if content]


def character_of(content: str) -> str:
    """Return the one character that a code's content names, "" for none."""
    text = content.strip()
    named = _CHARACTER_CODE.fullmatch(text)
    if named:
        value = named[1] or named[2] or ""
        return _named_character(value)
    if _ENTITY.fullmatch(text):
        return _one_character(html.unescape(text))
    tag = TAG.fullmatch(text)
    if tag:
        text = tag[1]
    return _BY_NAME.get(text.lower(), "")


def _named_character(value: str) -> str:
    """Return the character that memoQ names by itself, its name or its number."""
    if len(value) == 1:
        return value
    name = value.lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    number = _NUMBER.fullmatch(value)
    if number:
        return _one_character(html.unescape(f"&#x{number[1]};"))
    character = _one_character(html.unescape(value))
    if character:
        return character
    return _one_character(html.unescape(f"&{value};"))


def _one_character(text: str) -> str:
    if len(text) != 1:
        return ""
    return text
