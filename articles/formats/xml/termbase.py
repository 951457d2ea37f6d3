"""Word lists coming in: CSV or TSV, and TBX in its second version (martif, ISO 30042:2008) and third (tbx, ISO
30042:2019, in both its styles).

In a table, a header line may name the columns: "source" or "term", "target" or "translation", "note"; a language's
code ("en") stands for its column. Without a header the first column is the term and the second its translation. An
empty translation, or a table of one column, lists words that are not to be translated. Several allowed translations
stand in one cell with "|" between them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from articles.formats.interchange import EMPTY, BadFile, read_all
from articles.formats.tables.delimited import unescape_formula
from articles.formats.text.plain import decode, refuse_other_files
from articles.formats.xml.safe_xml import iter_elements, local_name
from articles.text.glossary import MAX_TERM_LENGTH, MAX_TRANSLATION_LENGTH, Entry
from articles.text.messages import gettext_noop as _

_NO_TERM = _("this row has a translation and no term")
_TOO_LONG = _("“%(start)s…” is too long for a term")
_BROKEN = _("this row cannot be read as a table (%(reason)s)")
_NO_PAIRS = _("the file holds no terms in both %(source)s and %(target)s")
_COLUMNS = {
    "source": "source", "term": "source", "source term": "source", "word": "source", "expression": "source",
    "target": "target", "translation": "target", "target term": "target", "equivalent": "target",
    "note": "note", "comment": "note", "definition": "note", "description": "note", "context": "note",
}  # fmt: skip
_RETIRED = ("deprecated", "superseded", "obsolete")


def read(file: BinaryIO, *, name: str, languages: tuple[str, str]) -> list[Entry]:
    """The entries of a file for a pair of language codes, (source, target); a TBX file may hold many more languages.

    Raises BadFile with the line. A term that stands there twice has its translations joined.
    """
    ending = name.lower().rsplit(".", 1)[-1]
    rows = _tbx(file, languages) if ending in ("tbx", "xml") else _table(file, languages)
    found: dict[str, Entry] = {}
    for place, row in rows:
        if len(row.source) > MAX_TERM_LENGTH or len(row.target) > MAX_TRANSLATION_LENGTH:
            raise BadFile(
                _TOO_LONG,
                place,
                start=(row.source if len(row.source) > MAX_TERM_LENGTH else row.target)[:30],
            )
        before = found.get(row.source)
        found[row.source] = _joined(before, row) if before else row
    return list(found.values())


def _joined(first: Entry, second: Entry) -> Entry:
    targets = dict.fromkeys([*first.target.split("|"), *second.target.split("|")])
    return Entry(
        first.source,
        "|".join(filter(None, targets))[:MAX_TRANSLATION_LENGTH],
        first.note or second.note,
    )


# ── tables ───────────────────────────────────────────────────────────────────


def _table(file: BinaryIO, languages: tuple[str, str]) -> Iterator[tuple[str, Entry]]:
    data = read_all(file)
    refuse_other_files(data)
    text = decode(data).removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max("\t;,", key=first.count), strict=True
    )
    columns: dict[str, int] | None = None
    try:
        for row in reader:
            cells = [" ".join(unescape_formula(cell).split()) for cell in row]
            if not any(cells):
                continue
            if columns is None:
                columns, is_header = _columns(cells, languages)
                if is_header:
                    continue
            yield f"line {reader.line_num}", _entry(cells, columns, f"line {reader.line_num}")
    except csv.Error as problem:
        raise BadFile(_BROKEN, f"line {reader.line_num}", reason=problem) from problem
    if columns is None:
        raise BadFile(EMPTY)


def _columns(cells: Sequence[str], languages: tuple[str, str]) -> tuple[dict[str, int], bool]:
    """Which column is what, and whether the row is a header."""
    codes = {code: side for code, side in zip(languages, ("source", "target"), strict=True) if code}
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if side := _COLUMNS.get(cell.lower().replace("_", " ")) or codes.get(_base(cell)):
            found.setdefault(side, at)
    # Some files end every row with the two codes: there, not every cell is a name.
    named = [cells[at].lower() in _COLUMNS for at in found.values()]
    if (
        "source" in found
        and (any(named) or len(found) == len(cells))
        and (len(found) > 1 or len(cells) == 1)
    ):
        return found, True
    return {"source": 0, "target": 1}, False


def _entry(cells: Sequence[str], columns: dict[str, int], place: str) -> Entry:
    values = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    entry = Entry(
        values["source"], _targets(values.get("target", "").split("|")), values.get("note", "")
    )
    if not entry.source:
        raise BadFile(_NO_TERM, place)
    return entry


def _targets(words: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(word.strip() for word in words if word.strip()))


# ── TBX ──────────────────────────────────────────────────────────────────────


def _tbx(file: BinaryIO, languages: tuple[str, str]) -> Iterator[tuple[str, Entry]]:
    count = 0
    for event, concept in iter_elements(file, names=("termEntry", "conceptEntry")):
        if event == "start":
            continue
        by_language: dict[str, list[str]] = {}
        for section in concept.iter("{*}langSet", "{*}langSec"):
            code = _base(section.get("{http://www.w3.org/XML/1998/namespace}lang", ""))
            by_language.setdefault(code, []).extend(_terms(section))
        sources, targets = (by_language.get(code, []) for code in languages)
        target = _targets(word.replace("|", "/") for word in targets)
        for word in sources if target else ():
            count += 1
            yield f"line {concept.sourceline}", Entry(word, target, _note(concept))
    if not count:
        raise BadFile(_NO_PAIRS, source=languages[0], target=languages[1])


def _terms(section: Any) -> Iterator[str]:
    """The terms of one language that are still in use."""
    for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
        status = " ".join(
            _text(each) for each in group.iter("{*}*") if _names(each, "administrativeStatus")
        )
        words = " ".join(_text(each) for each in group.iter("{*}term"))
        if words and not any(word in status.lower() for word in _RETIRED):
            yield words


def _names(element: Any, kind: str) -> bool:
    """Whether the element carries this data category, as an attribute (DCA) or as its own name (DCT)."""
    return kind in (element.get("type"), local_name(element))


def _note(concept: Any) -> str:
    return next((_text(each) for each in concept.iter("{*}*") if _names(each, "definition")), "")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _base(code: str) -> str:
    """The language of a code: "en" of "en-GB"."""
    return code.lower().replace("_", "-").split("-")[0]
