"""Read and write plain text: the characters of a document exactly as they came.

Line ends, blanks, right-to-left marks and everything else are kept; only a byte-order mark at the
very beginning is removed. A file that is not text is refused with a sentence that says what to do.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator

from charset_normalizer import from_bytes

from articles.formats.interchange import EMPTY, LARGEST_TEXT, TOO_LARGE, Article, BadFile
from articles.text.document import Span, with_replacements
from articles.text.messages import gettext_noop as _

__all__ = [
    "BadFile",
    "corrected_text",
    "decode",
    "decode_with_encoding",
    "read_text",
    "refuse_other_files",
    "write",
]

_WORD_97 = _("this is a Word 97 file; save it as .docx")
_EXCEL_97 = _("this is an Excel 97 file; save it as .xlsx")
_OLE = _("this is a file of an old office program; save it as .docx or .xlsx")
_LOCKED = _("this file is protected by a password; save it without one")
_STREAMS = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", _WORD_97),
    ("Workbook", _EXCEL_97),
)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", _("this is a PDF; give its name the ending .pdf")),
    (b"{\\rtf", _("this is an RTF file; save it as .docx or as plain text")),
    (b"\x1f\x8b", _("this is a compressed file; unpack it first")),
    (b"BZh", _("this is a compressed file; unpack it first")),
    (b"\xfd7zXZ", _("this is a compressed file; unpack it first")),
    (b"7z\xbc\xaf", _("this is a compressed file; unpack it first")),
    (b"Rar!", _("this is a compressed file; unpack it first")),
    (b"\x89PNG", _("this is a picture, not a text")),
    (b"\xff\xd8\xff", _("this is a picture, not a text")),
    (b"GIF8", _("this is a picture, not a text")),
    (b"SQLite format 3", _("this is a database, not a text")),
    (b"\x7fELF", _("this is a program, not a text")),
    (b"\x00\x00\x00\x18ftyp", _("this is a film or sound, not a text")),
    (b"ID3", _("this is a film or sound, not a text")),
)
_ZIPPED: tuple[tuple[str, str], ...] = (
    ("word/", _("this is a Word file; give its name the ending .docx")),
    ("xl/", _("this is an Excel file; give its name the ending .xlsx")),
    ("ppt/", _("this is a PowerPoint file; copy its text into a text file")),
    ("content.xml", _("this is an OpenDocument file; save it as .docx or as plain text")),
)
_ZIP_DAMAGES = (zipfile.BadZipFile, ValueError, OSError, IndexError, struct.error, RuntimeError)
"""What Python's zipfile raises for a directory that is damaged."""
_ZIP = _("this is a zip file; unpack it first")
_BLANK = _("the file contains only blanks")
NUL = _("the file contains NUL characters, so it is not a text; save it as UTF-8 text")
_CONTROL = _("the control character %(character)s does not belong in a text; take it out")
_UNSURE = _(
    "the byte %(byte)s is not UTF-8, and no other encoding is certain; save the file as UTF-8"
)
_MARKED = _("the file says it is %(encoding)s but is damaged; save it again as UTF-8")

_BAD_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
# The longer marks come first: that of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 200_000
"""Bytes of a file by which its encoding is detected."""
_MIN_COHERENCE = 0.4
"""The least coherence (charset_normalizer, 0 to 1) of a decoding that counts."""
_OLD_ENCODINGS = ["cp1252", "iso8859_15", "mac_roman", "cp850", "cp1250"]
_COMMON_CHARACTERS = {chr(code) for code in range(128)} | set(
    "«»“”„‘’‚‹›–—…•·€£°§©®™№× \N{NO-BREAK SPACE}"
)
_LETTERS = {
    "English": "àâäçéèêëîïñôöûü",
    "French": "àâæçéèêëîïôœùûüÿ",
    "German": "äöüßé",
    "Spanish": "áéíñóúü¡¿ªº",
    "Italian": "àèéìíîòóù",
    "Portuguese": "àáâãçéêíóôõúüªº",
    "Dutch": "áäéèëíïóöú",
}
_QUOTES = re.compile(
    r"[“‘«](?=[^\s”’»])|(?<=[^\s“‘«])[”»’]|(?<=\s)’(?=\w)|(?<=[\s\w”’])[–—](?=[\s\w“‘])|(?<=[\w ])…"
)
"""Marks that Windows programs write, each in a place where such a mark may stand."""
_MARKS = frozenset("“”‘’«»–—…")
_CAPITAL_WITHIN = re.compile("[a-zß-öø-ÿ][À-ÖØ-Þ]")
"""What no language writes: "riviËre" is "rivière" in another encoding."""


def read_text(data: bytes, *, name: str) -> str:
    """Return the text of a plain text file, character for character; ``name`` is not used.

    Raises BadFile for a file that is empty, too large, not text or in an uncertain encoding, with
    the line where one is to blame.
    """
    del name  # the readers of all formats have the same signature
    if len(data) > LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=LARGEST_TEXT // 1_000_000)
    if not data:
        raise BadFile(EMPTY)
    refuse_other_files(data)
    text = decode(data)
    if not text.strip():
        raise BadFile(_BLANK)
    control = _BAD_CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise BadFile(_CONTROL, f"line {line}", character=f"U+{ord(control.group()):04X}")
    return text


def write(article: Article) -> Iterator[bytes]:
    """Yield the corrected article as UTF-8 text; everything but the corrections is unchanged."""
    yield corrected_text(article).encode()


def corrected_text(article: Article) -> str:
    """Return the target document with every approved correction in its place.

    An insertion is separated from its neighbours by a blank. Without the whole document, return
    the segments' final texts, one a line. Raises ValueError when segments overlap.
    """
    if not (article.target or article.source):
        return "".join(f"{segment.final}\n" for segment in article.segments)
    repairs = []
    for segment in article.segments:
        approved = segment.approved
        if segment.target_span is not None and approved:
            repairs.append((segment.target_span, approved.after))
    return with_replacements(article.target, list(with_spacing(article.target, repairs)))


def with_spacing(text: str, repairs: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Yield the repairs with the blanks that they need.

    An insertion is separated from its neighbours; a removal takes one gap with it.
    """
    gap_ends: dict[int, int] = {}
    for span, words in repairs:
        is_insertion = span.start == span.end
        if is_insertion and span.end in gap_ends:
            # The removal right before it took the gap; the insertion comes after that.
            span = Span(gap_ends[span.end], gap_ends[span.end])
        if is_insertion and words:
            words = _separated(text, span.start, words)
        elif not words:
            gap = _removed_gap(text, span)
            if gap:
                gap_ends[span.end] = span.end + len(gap)
                span = Span(span.start, span.end + len(gap))
        yield span, words


def _separated(text: str, place: int, words: str) -> str:
    """Return words to insert at ``place`` with a blank on each side that has none."""
    before = text[max(0, place - 1) : place]
    after = text[place : place + 1]
    if before.strip():
        words = " " + words
    if after.strip() and words[-1].strip():
        words += " "
    return words


def _removed_gap(text: str, span: Span) -> str:
    """Return the blank or line end after the span that is removed with it, "" for none."""
    before = text[max(0, span.start - 1) : span.start]
    after = text[span.end : span.end + 1]
    if not after.isspace():
        return ""
    gap = after
    if text.startswith("\r\n", span.end):
        gap = "\r\n"
    if before in ("", gap[-1]):
        return gap
    if before.isspace() and gap == " ":
        return gap
    return ""


def refuse_other_files(data: bytes) -> None:
    """Raise BadFile when ``data`` begins like a known kind of file that is not text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(_describe_ole(data))
    if data.startswith(b"PK\x03\x04"):
        raise BadFile(_describe_zip(data))
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise BadFile(sentence)


def decode(data: bytes) -> str:
    """Return the characters of ``data`` without a byte-order mark. Raises BadFile."""
    return decode_with_encoding(data)[0].removeprefix("\ufeff")


def decode_with_encoding(data: bytes) -> tuple[str, str]:
    """Return the characters of ``data`` and the encoding that gives these bytes back.

    The encoding is that of the byte-order mark, which stays among the characters, else UTF-8, else
    the only old one that fits. Raises BadFile where that is uncertain.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding), encoding
    if b"\x00" in data:
        raise BadFile(NUL)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError as problem:
        return _decode_old(data, problem.start)


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        # "utf-16-le" is called UTF-16 in the sentence.
        raise BadFile(_MARKED, encoding=encoding[:6].rstrip("-").upper()) from problem
    if "\x00" in text:
        raise BadFile(NUL)
    return text


def _decode_old(data: bytes, bad: int) -> tuple[str, str]:
    """Return the text and the one old encoding in which it is clean French, English or the like.

    ``bad`` is the place of the first byte that is not UTF-8. charset_normalizer alone is too sure
    of itself: French in Mac Roman comes out as Central European with "déją" for "déjà". So a
    decoding counts when a language that the library found there writes every accent and mark in
    it, and it is certain when all that count give the same characters. Otherwise raises BadFile.
    """
    # The sample begins around the offending byte, where accents are sure to be.
    first = max(0, bad - _SAMPLE_BYTES // 2)
    sample = data[first : first + _SAMPLE_BYTES]
    clean: dict[str, str] = {}
    for match in from_bytes(sample, cp_isolation=_OLD_ENCODINGS):
        text = str(match)
        if match.coherence >= _MIN_COHERENCE and _is_written_in(match.languages[:3], text):
            clean[text] = match.encoding
    if len(clean) == 1:
        (encoding,) = clean.values()
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            """The sample is clean in that encoding; the whole is not."""
    if _is_windows_text(data):
        return data.decode("cp1252"), "cp1252"
    line = data.count(b"\n", 0, bad) + 1
    raise BadFile(_UNSURE, f"line {line}", byte=f"{data[bad]:02X}")


def _is_windows_text(data: bytes) -> bool:
    """Return whether the bytes are Windows-1252 by the places of their quotation marks and dashes.

    In the other old encodings these bytes are letters, which do not stand at the edges of words as
    such marks do. There must be one, and all of them must stand right; of accents, only those
    are allowed that English and French write.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    used = set(text.lower()) - _COMMON_CHARACTERS
    if not used <= set(_LETTERS["English"] + _LETTERS["French"]) or _CAPITAL_WITHIN.search(text):
        return False
    marks = sum(text.count(mark) for mark in _MARKS)
    return 0 < marks == sum(1 for _found in _QUOTES.finditer(text))


def _is_written_in(languages: list[str], text: str) -> bool:
    """Return whether one of the languages writes every letter and mark of ``text``."""
    if _CAPITAL_WITHIN.search(text):
        return False
    used = set(text.lower()) - _COMMON_CHARACTERS
    known = [set(_LETTERS[language]) for language in languages if language in _LETTERS]
    return any(used <= letters for letters in known)


def _describe_ole(data: bytes) -> str:
    """Return what a compound file is: its directory spells the streams' names in UTF-16."""
    for stream, sentence in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return sentence
    return _OLE


def _describe_zip(data: bytes) -> str:
    """Return what a zip file is, by the names in its directory; nothing is unpacked."""
    try:
        # Where only the head of a file is at hand, the directory at its end is missing: it is
        # called a zip file then.
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except _ZIP_DAMAGES:
        return _ZIP
    for start, sentence in _ZIPPED:
        if any(name.startswith(start) for name in names):
            return sentence
    return _ZIP
