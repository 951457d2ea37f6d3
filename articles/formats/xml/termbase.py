"""Read glossaries: CSV or TSV, and TBX in its second version (martif, ISO 30042:2008) and its third
(tbx, ISO 30042:2019, in both its styles). Write them: CSV, and TBX in its third version.

In a table, a header line may name the columns: "source" or "term", "target" or "translation",
"note"; a language's code ("en") stands for its column. Without a header the first column is the
term and the second its translation. An empty translation, or a table of one column, lists words
that are not to be translated. Several allowed translations stand in one cell with "|" between them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from lxml.etree import Element, SubElement, tostring

from articles.formats.interchange import EMPTY, BadFile, read_all
from articles.formats.tables.delimited import escape_formula, unescape_formula
from articles.formats.text.plain import decode, refuse_other_files
from articles.formats.xml.safe_xml import iter_elements, local_name
from articles.text.glossary import MAX_TERM_LENGTH, MAX_TRANSLATION_LENGTH, Entry
from articles.text.messages import gettext_noop as _

_TBX = "urn:iso:std:iso:30042:ed-2"
_XML = "http://www.w3.org/XML/1998/namespace"
_LANG = f"{{{_XML}}}lang"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TERM = _("this row has a translation and no term")
_TOO_LONG = _("“%(start)s…” is too long for a term")
_BROKEN = _("this row cannot be read as a table (%(reason)s)")
_NO_PAIRS = _("the file contains no terms in both %(source)s and %(target)s")
_COLUMNS = {
    "source": "source", "term": "source", "source term": "source", "word": "source",
    "expression": "source",
    "target": "target", "translation": "target", "target term": "target", "equivalent": "target",
    "note": "note", "comment": "note", "definition": "note", "description": "note",
    "context": "note",
}  # fmt: skip
_RETIRED = ("deprecated", "superseded", "obsolete")


def read(file: BinaryIO, *, name: str, languages: tuple[str, str]) -> list[Entry]:
    """Return the entries of a file for a pair of language codes, (source, target).

    A TBX file may hold many more languages. A term that occurs twice has its translations joined.
    Raises BadFile with the line.
    """
    ending = name.lower().rsplit(".", 1)[-1]
    rows = _read_tbx(file, languages) if ending in ("tbx", "xml") else _read_table(file, languages)
    found: dict[str, Entry] = {}
    for place, row in rows:
        if len(row.source) > MAX_TERM_LENGTH:
            raise BadFile(_TOO_LONG, place, start=row.source[:30])
        if len(row.target) > MAX_TRANSLATION_LENGTH:
            raise BadFile(_TOO_LONG, place, start=row.target[:30])
        if row.source in found:
            row = _joined(found[row.source], row)
        found[row.source] = row
    return list(found.values())


def _joined(first: Entry, second: Entry) -> Entry:
    targets = dict.fromkeys([*first.target.split("|"), *second.target.split("|")])
    target = "|".join(filter(None, targets))[:MAX_TRANSLATION_LENGTH]
    return Entry(first.source, target, first.note or second.note)


def write_table(entries: Iterable[Entry]) -> bytes:
    """Return the entries as a CSV file, with a header that ``read`` knows."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    writer.writerow(["term", "translation", "note"])
    for entry in entries:
        row = [entry.source, entry.target, entry.note]
        writer.writerow([escape_formula(cell) for cell in row])
    return buffer.getvalue().encode()


def write_tbx(entries: Iterable[Entry], languages: tuple[str, str]) -> bytes:
    """Return the entries as TBX-Core (ISO 30042:2019, style DCA), one concept each.

    A term that is not translated has itself as its translation: a concept in one language would say
    nothing about the other. A note is the concept's definition.
    """
    root = Element("tbx", nsmap={None: _TBX})
    root.attrib.update({"style": "dca", "type": "TBX-Core", _LANG: languages[0]})
    source = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(source, "sourceDesc"), "p").text = "Glossary"
    body = SubElement(SubElement(root, "text"), "body")
    for number, entry in enumerate(entries, start=1):
        concept = SubElement(body, "conceptEntry", id=f"c{number}")
        if entry.note:
            SubElement(concept, "descrip", type="definition").text = _NOT_IN_XML.sub("", entry.note)
        _add_language(concept, languages[0], [entry.source])
        _add_language(concept, languages[1], (entry.target or entry.source).split("|"))
    return bytes(tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add_language(concept: Any, language: str, terms: Iterable[str]) -> None:
    section = SubElement(concept, "langSec", {_LANG: language})
    for term in terms:
        SubElement(SubElement(section, "termSec"), "term").text = _NOT_IN_XML.sub("", term)


# Tables


def _read_table(file: BinaryIO, languages: tuple[str, str]) -> Iterator[tuple[str, Entry]]:
    """Yield the (place, entry) of each row."""
    columns: dict[str, int] = {}
    for place, cells in _table_rows(file):
        if not columns:
            columns = _header_columns(cells, languages)
            if columns:
                continue
            columns = {"source": 0, "target": 1}
        yield place, _entry(cells, columns, place)
    if not columns:
        raise BadFile(EMPTY)


def _table_rows(file: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Yield the (place, cells) of each row that is not blank.

    The delimiter is the one that the first line has most of.
    """
    data = read_all(file)
    refuse_other_files(data)
    text = decode(data).removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [" ".join(unescape_formula(cell).split()) for cell in row]
            if any(cells):
                yield f"line {reader.line_num}", cells
    except csv.Error as problem:
        raise BadFile(_BROKEN, f"line {reader.line_num}", reason=problem) from problem


def _header_columns(cells: Sequence[str], languages: tuple[str, str]) -> dict[str, int]:
    """Return the number of each column by the header, {} where the row is none."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        column = _column_name(cell, languages)
        if column:
            found.setdefault(column, at)
    if "source" not in found:
        return {}
    if len(found) == 1 and len(cells) > 1:
        return {}
    # Some files end every row with the two codes: there, not every cell is a name.
    named = [cells[at].lower() in _COLUMNS for at in found.values()]
    if any(named) or len(found) == len(cells):
        return found
    return {}


def _column_name(cell: str, languages: tuple[str, str]) -> str:
    """Return "source", "target" or "note" for a name or a language's code, else ""."""
    name = cell.lower().replace("_", " ")
    if name in _COLUMNS:
        return _COLUMNS[name]
    code = _base(cell)
    for side, language in (("target", languages[1]), ("source", languages[0])):
        if language and code == language:
            return side
    return ""


def _entry(cells: Sequence[str], columns: dict[str, int], place: str) -> Entry:
    values = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    source = values.get("source", "")
    if not source:
        raise BadFile(_NO_TERM, place)
    target = _join_targets(values.get("target", "").split("|"))
    return Entry(source, target, values.get("note", ""))


def _join_targets(words: Iterable[str]) -> str:
    targets: dict[str, None] = {}
    for word in words:
        target = word.strip()
        if target:
            targets[target] = None
    return "|".join(targets)


# TBX


def _read_tbx(file: BinaryIO, languages: tuple[str, str]) -> Iterator[tuple[str, Entry]]:
    """Yield the (place, entry) of each term in the source language that has a translation."""
    found_any = False
    for event, concept in iter_elements(file, names=("termEntry", "conceptEntry")):
        if event == "start":
            continue
        terms = _terms_by_language(concept)
        # A "|" divides translations here, and in a TBX it is part of a term.
        target = _join_targets(term.replace("|", "/") for term in terms.get(languages[1], []))
        if not target:
            continue
        for term in terms.get(languages[0], []):
            found_any = True
            yield f"line {concept.sourceline}", Entry(term, target, _definition(concept))
    if not found_any:
        raise BadFile(_NO_PAIRS, source=languages[0], target=languages[1])


def _terms_by_language(concept: Any) -> dict[str, list[str]]:
    terms: dict[str, list[str]] = {}
    for section in concept.iter("{*}langSet", "{*}langSec"):
        code = _base(section.get(_LANG, ""))
        terms.setdefault(code, []).extend(_terms(section))
    return terms


def _terms(section: Any) -> Iterator[str]:
    """Yield the terms of one language that are still in use."""
    for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
        status = " ".join(_texts(group, "administrativeStatus")).lower()
        if any(word in status for word in _RETIRED):
            continue
        words = " ".join(_text(term) for term in group.iter("{*}term"))
        if words:
            yield words


def _definition(concept: Any) -> str:
    return next(_texts(concept, "definition"), "")


def _texts(element: Any, category: str) -> Iterator[str]:
    """Yield the texts of this data category, an element's attribute (DCA) or its name (DCT)."""
    for child in element.iter("{*}*"):
        if category in (child.get("type"), local_name(child)):
            yield _text(child)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _base(code: str) -> str:
    """Return the language of a code: "en" of "en-GB"."""
    return code.lower().replace("_", "-").split("-")[0]
