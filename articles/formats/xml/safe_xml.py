"""Read XML from untrusted files and escape text for XML: no entities, nothing fetched.

A file is first checked by defusedxml up to its root element, before which all declarations stand;
then lxml streams it, with libxml2's own limits on depth and length left on.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from xml.parsers.expat.errors import XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, codes

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError
from defusedxml.ElementTree import iterparse as screening
from lxml import etree

from articles.formats.interchange import EMPTY, LARGEST_TABLE, TOO_LARGE, BadFile, Rejoined
from articles.text.messages import gettext_noop as _

_BROKEN = _("this is not well-formed XML")
_CUT = _("the file ends in the middle; it was probably cut off, so save or send it again")
_BARE = _("“&” or “<” is not escaped; in XML write &amp; or &lt;")
_TAGS = _("a closing tag has no opening tag, or an earlier tag was never closed")
_CHARACTER = _("a character is not allowed in XML, or the file is not in the encoding it declares")
_ENCODING = _("the file cannot be read in the encoding it declares")
_ENTITIES = _(
    "the file declares entities of its own, which is not safe to read; save it without them"
)
_UNDECLARED = _("the prefix “%(prefix)s” is used there and declared nowhere")
_HUGE = _("a text or an attribute in the file is too long, or the file is nested too deeply")

_NOT_BEGUN = {codes[XML_ERROR_NO_ELEMENTS], codes[XML_ERROR_UNCLOSED_TOKEN]}

_PROLOG = 1_000_000
"""Bytes within which the root element must have begun."""
_SEARCHED = 50_000_000
"""Bytes of the largest file that is searched for prefixes that are used and not declared."""
_MAX_PREFIXES = 1000
_PREFIX = re.compile(rb"[\s<]/?([A-Za-z_][\w.-]{0,60}):[A-Za-z_]")
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*"
    rb"<[^\s/>!?]+",
    re.DOTALL,
)
_ATTRIBUTES = re.compile(rb"(?:\"[^\"]*\"|'[^']*'|[^>\"'])*")

_CONTENT = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ATTRIBUTE = re.compile('[&<>"\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}


def iter_elements(file: BinaryIO, *, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yield ("start" or "end", element) of the elements with one of the local ``names``.

    An element is forgotten, with everything before it, once the caller asks for the next; the root
    is never forgotten. Raises BadFile with the line.
    """
    size = file.seek(0, 2)
    if not size:
        raise BadFile(EMPTY)
    if size > LARGEST_TABLE:
        raise BadFile(TOO_LARGE, limit=LARGEST_TABLE // 1_000_000)
    head = _declared_head(file, size)
    _check_prolog(head, size)
    context = etree.iterparse(
        Rejoined(head, file),
        events=("start", "end"),
        # In any namespace: each version of XLIFF has its own, and TMX none.
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in context:
            yield event, element
            if event == "end":
                _forget(element)
    except etree.XMLSyntaxError as problem:
        place = f"line {problem.lineno}"
        undeclared = _PREFIX_PROBLEM.search(problem.msg or "")
        if problem.code == _ERRORS.NS_ERR_UNDEFINED_NAMESPACE and undeclared:
            raise BadFile(_UNDECLARED, place, prefix=undeclared[1]) from problem
        raise BadFile(_describe_error(file, problem.code), place) from problem


_ERRORS = etree.ErrorTypes
_PREFIX_PROBLEM = re.compile("[Pp]refix ([^ ]+)")
_ALWAYS = {
    _ERRORS.ERR_RESOURCE_LIMIT: _HUGE,
    _ERRORS.ERR_NAME_TOO_LONG: _HUGE,
    _ERRORS.ERR_TAG_NOT_FINISHED: _CUT,
}
"""Sentences for errors of libxml2, wherever they occur in the file."""
_WITHIN = {
    _ERRORS.ERR_NAME_REQUIRED: _BARE,
    _ERRORS.ERR_ENTITYREF_SEMICOL_MISSING: _BARE,
    _ERRORS.ERR_INTERNAL_ERROR: _BARE,  # an entity that is not declared
    _ERRORS.ERR_TAG_NAME_MISMATCH: _TAGS,
    _ERRORS.ERR_INVALID_CHAR: _CHARACTER,
    _ERRORS.ERR_INVALID_ENCODING: _CHARACTER,
}
"""Sentences for errors that the end of a file that was cut off causes, too."""


def _describe_error(file: BinaryIO, code: int) -> str:
    if code in _ALWAYS:
        return _ALWAYS[code]
    if _is_cut(file):
        return _CUT
    return _WITHIN.get(code, _BROKEN)


def _is_cut(file: BinaryIO) -> bool:
    """Return whether the file does not end with a tag."""
    file.seek(max(0, file.seek(0, 2) - 1000))
    return not file.read().rstrip(b" \t\r\n\0").endswith(b">")


def root_name(head: bytes) -> str:
    """Return the local name of the first element of a file that begins so; "" where it is no XML.

    Nothing is parsed, so that any file may be asked.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    root = _ROOT.match(head)
    if root is None:
        return ""
    return root.group().rpartition(b"<")[2].rpartition(b":")[2].decode("utf-8", "replace")


def _declared_head(file: BinaryIO, size: int) -> bytes:
    """Return the beginning of the file, with each prefix declared that is used in the file.

    Some programs write prefixes that they declare nowhere; as XML alone, such a file is well-formed
    (Namespaces in XML 1.0 asks for more). The file is left where its beginning ends.
    """
    file.seek(0)
    head = file.read(_PROLOG)
    root = _ROOT.match(head)
    if root is None:
        return head
    used = set(_PREFIX.findall(head))
    if size <= _SEARCHED:
        tail = b""
        while chunk := file.read(_PROLOG):
            used.update(_PREFIX.findall(tail + chunk))
            # A prefix may stand across the end of a chunk.
            tail = chunk[-100:]
        file.seek(len(head))
    tag = _ATTRIBUTES.match(head, root.end())
    attributes = tag.group() if tag else b""
    declarations = b""
    for prefix in sorted(used - {b"xml", b"xmlns"})[:_MAX_PREFIXES]:
        if not re.search(rb"\sxmlns:" + re.escape(prefix) + rb"\s*=", attributes):
            declarations += b' xmlns:%b="urn:undeclared:%b"' % (prefix, prefix)
    return head[: root.end()] + declarations + head[root.end() :]


def _check_prolog(start: bytes, size: int) -> None:
    """Raise BadFile unless ``start``, the file's beginning, is that of XML without entities."""
    head = io.BytesIO(start)
    elements = screening(
        head, events=("start",), forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    try:
        next(iter(elements))
    except DefusedXmlException as problem:
        raise BadFile(_ENTITIES) from problem
    except ParseError as problem:
        place = f"line {problem.position[0]}"
        if size > _PROLOG and head.tell() == len(start):
            raise BadFile(_HUGE, place) from problem
        raise BadFile(_CUT if problem.code in _NOT_BEGUN else _BROKEN, place) from problem
    except (LookupError, ValueError) as problem:
        # Python does not know the encoding, or cannot read it in pieces.
        raise BadFile(_ENCODING, "line 1") from problem


def _forget(element: Any) -> None:
    """Free the memory of the element and of everything before it."""
    parent = element.getparent()
    if parent is not None:
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            del parent[0]


def local_name(element: Any) -> str:
    """Return the name of the element without its namespace; "" for what is not an element."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def escape_content(text: str, *, strange: str = "\ufffd") -> str:
    """Return the text as XML content.

    A character that XML cannot hold becomes ``strange``, with its number in place of "%04X".
    """
    if not _CONTENT.search(text):
        return text

    def escaped(match: re.Match[str]) -> str:
        character = match.group()
        if character in _ESCAPES:
            return _ESCAPES[character]
        is_surrogate = "\ud800" <= character <= "\udfff"
        if "%" in strange and not is_surrogate:
            return strange % ord(character)
        return "\ufffd"

    return _CONTENT.sub(escaped, text)


def escape_attribute(text: str) -> str:
    """Return the text as an attribute's value; what XML cannot hold becomes U+FFFD."""
    if not _ATTRIBUTE.search(text):
        return text
    return _ATTRIBUTE.sub(lambda match: _ESCAPES.get(match.group(), "\ufffd"), text)
