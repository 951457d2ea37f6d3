"""Plain text, in and out: the characters of a document exactly as they came.

Line ends, blanks, right-to-left marks and everything else are kept; only a byte-order mark at the very beginning is
taken off. What is not text is refused with a sentence that says what to do.
"""

from __future__ import annotations

import codecs
import io
import re
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
    "write_all",
]

_WORD_97 = _("this is a Word 97 file; save it as .docx")
_EXCEL_97 = _("this is an Excel 97 file; save it as .xlsx")
_OLE = _("this is a file of an old office program; save it as .docx or .xlsx")
_LOCKED = _("this file is protected by a password; save it without one")

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", _("this is a PDF; copy its text into a text file, or ask for the Word file")),
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
_ZIP = _("this is a zip file; unpack it first")
_BLANK = _("the file holds nothing but blanks")
NUL = _("the file holds NUL characters, so it is not a text; save it as UTF-8 text")
_CONTROL = _("the control character %(character)s does not belong in a text; take it out")
_UNSURE = _(
    "the byte %(byte)s is not UTF-8, and no other encoding is certain; save the file as UTF-8"
)
_MARKED = _("the file says it is %(encoding)s but is damaged; save it again as UTF-8")

_BAD_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_MARKS: tuple[tuple[bytes, str], ...] = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_OLD = ["cp1252", "iso8859_15", "mac_roman", "cp850", "cp1250"]
_EVERYWHERE = {chr(code) for code in range(128)} | set(
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
_CAPITAL_WITHIN = re.compile("[a-zß-öø-ÿ][À-ÖØ-Þ]")
"""What no language writes: "riviËre" is "rivière" in another encoding."""


def read_text(data: bytes, *, name: str) -> str:
    """The text of a plain text file, character for character. ``name`` is what the file is called.

    Raises BadFile, with the line where one is to blame, for what is empty, too large, not text or not surely decodable.
    """
    del name  # the same for every ending; other formats look at it
    if len(data) > LARGEST_TEXT:
        raise BadFile(TOO_LARGE, limit=LARGEST_TEXT // 1_000_000)
    if not data:
        raise BadFile(EMPTY)
    refuse_other_files(data)
    text = decode(data)
    if not text.strip():
        raise BadFile(_BLANK)
    if found := _BAD_CONTROL.search(text):
        raise BadFile(_CONTROL, _line(text, found.start()), character=f"U+{ord(found.group()):04X}")
    return text


def write(article: Article) -> Iterator[bytes]:
    """The corrected article as UTF-8 text: approved corrections in their places, everything else as it came."""
    yield corrected_text(article).encode()


def write_all(articles: Iterable[Article]) -> Iterator[bytes]:
    """Corrected articles one after the other, a blank line between them; one alone is as ``write`` has it."""
    for number, article in enumerate(articles):
        yield b"\n\n" if number else b""
        yield from write(article)


def corrected_text(article: Article) -> str:
    """The target document with every approved correction in its place; all else character for character.

    A repair where the machine had nothing is set off from its neighbours by a blank. Without the whole document, the
    segments' final texts, one a line. Raises ValueError when segments overlap.
    """
    if not (article.target or article.source):
        return "".join(f"{segment.final}\n" for segment in article.segments)
    repairs = (
        (segment.target_span, approved.after)
        for segment in article.segments
        if segment.target_span is not None and (approved := segment.approved)
    )
    return with_replacements(article.target, list(with_spacing(article.target, repairs)))


def with_spacing(text: str, repairs: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Repairs with the blanks they need: insertions are set off from their neighbours, removals take one gap along."""
    taken: dict[int, int] = {}
    for span, words in repairs:
        if (
            span.start == span.end in taken
        ):  # an insertion right after a removal comes after the gap that this took
            span = Span(taken[span.end], taken[span.end])
        before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
        if span.start == span.end and words:
            words = (
                " " if before and not (before + words[0]).isspace() and not before.isspace() else ""
            ) + words
            words += " " if after and not after.isspace() and not words[-1].isspace() else ""
        elif not words and after.isspace():
            gap = "\r\n" if text.startswith("\r\n", span.end) else after
            if not before or before == gap[-1] or (before.isspace() and gap == " "):
                taken[span.end] = span.end + len(gap)
                span = Span(span.start, span.end + len(gap))
        yield span, words


def refuse_other_files(data: bytes) -> None:
    """Raise BadFile with a helpful sentence when ``data`` begins like a known kind of file that is not text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(_ole(data))
    if data.startswith(b"PK\x03\x04"):
        raise BadFile(_zip(data))
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise BadFile(sentence)


def decode(data: bytes) -> str:
    """The characters of ``data``: by its byte-order mark, else UTF-8, else what is certain. BadFile otherwise."""
    return decode_with_encoding(data)[0].removeprefix("\ufeff")


def decode_with_encoding(data: bytes) -> tuple[str, str]:
    """The characters of ``data``, a byte-order mark included, and the encoding that makes these bytes of them again."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as problem:
                raise BadFile(_MARKED, encoding=encoding[:6].rstrip("-").upper()) from problem
            break
    else:
        if b"\x00" in data:
            raise BadFile(NUL)
        try:
            return data.decode(), "utf-8"
        except UnicodeDecodeError as problem:
            return _guessed(data, problem.start)
    if "\x00" in text:
        raise BadFile(NUL)
    return text, encoding


def _guessed(data: bytes, bad: int) -> tuple[str, str]:
    """The text in the one old encoding in which it is clean French, English or the like; else BadFile names the byte.

    The library alone is too sure of itself: French in Mac Roman comes out as Central European with "déją" for "déjà".
    So a reading counts when every accent and mark in it is one that a language the library found there writes,
    and it is certain when all the readings that count give the same characters.
    """
    # The sample begins around the offending byte, where accents are sure to be.
    first = max(0, bad - _SAMPLE // 2)
    sample = data[first : first + _SAMPLE]
    readings = [each for each in from_bytes(sample, cp_isolation=_OLD) if each.coherence >= 0.4]
    clean = {
        str(each): each.encoding for each in readings if _written_in(each.languages[:3], str(each))
    }
    if len(clean) == 1:
        try:
            (encoding,) = clean.values()
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            """The sample made sense in that encoding; the whole does not."""
    line = data.count(b"\n", 0, bad) + 1
    raise BadFile(_UNSURE, f"line {line}", byte=f"{data[bad]:02X}")


def _written_in(languages: list[str], text: str) -> bool:
    """Whether every letter and mark of ``text`` beyond ASCII is one that a language writes, where it stands."""
    if _CAPITAL_WITHIN.search(text):
        return False
    used = set(text.lower()) - _EVERYWHERE
    return any(language in _LETTERS and used <= set(_LETTERS[language]) for language in languages)


def _line(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}"


def _ole(data: bytes) -> str:
    """What is in a compound file: its directory spells the streams' names in UTF-16."""
    for stream, sentence in (
        ("EncryptedPackage", _LOCKED),
        ("WordDocument", _WORD_97),
        ("Workbook", _EXCEL_97),
    ):
        if stream.encode("utf-16-le") in data:
            return sentence
    return _OLE


def _zip(data: bytes) -> str:
    """What is in a zip file, by the names in its directory; nothing is unpacked."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return _ZIP
    return next(
        (sentence for start, sentence in _ZIPPED if any(name.startswith(start) for name in names)),
        _ZIP,
    )
