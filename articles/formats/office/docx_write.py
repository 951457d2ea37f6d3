"""Write Word documents: the corrected article in the Word file that it came in, else in a new one.

The file's own runs, styles, images, tables, notes and links stay as they are. The places of its
words come from the reader: each run of its text knows its element. Corrections are tracked changes
and flags comments, or there is no trace of the review. Reading is in docx_read.py.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from articles.formats.interchange import LARGEST_TEXT, Article, BadFile, Segment
from articles.formats.office.docx_breaks import with_stored_breaks
from articles.formats.office.docx_comments import add_comment, comments_on
from articles.formats.office.docx_edit import Editor
from articles.formats.office.docx_elements import legal_text
from articles.formats.office.docx_key import add_key
from articles.formats.office.docx_new import new_document, only, saved, with_documents
from articles.formats.office.docx_read import open_package, text_runs
from articles.formats.office.docx_runs import Run, W
from articles.formats.office.docx_signature import Signature, signature_of
from articles.formats.office.zip_safety import DAMAGES
from articles.formats.source_map import divide_lines, word_edits
from articles.formats.text.plain import with_spacing
from articles.text.diff import Edit, edits
from articles.text.document import Span, with_replacements


class Change(NamedTuple):
    """Words of the text that others replace, and who replaced them."""

    span: Span
    text: str
    signature: Signature


class CorrectedOriginal(NamedTuple):
    """The Word file with its corrections, as python-docx has it, and the editor for comments."""

    document: Any
    editor: Editor


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the article with tracked changes and comments, in the Word file that it came in.

    An article that came in another way is written to a new document. Raises ValueError for more or
    less than one article.
    """
    yield _corrected_file(only(articles), tracked=True)


def write_clean(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the corrected article without a trace of the review, in the file that it came in.

    An article that came in another way is written to a new document. Raises ValueError for more or
    less than one article.
    """
    yield _corrected_file(only(articles), tracked=False)


def _corrected_file(article: Article, *, tracked: bool) -> bytes:
    """Return the corrected article; flags are comments where the changes are ``tracked``."""
    article = with_documents(article)
    original = correct_original(article, article.segments, tracked=tracked)
    if original is None:
        return saved(new_document(article, tracked=tracked))
    if tracked:
        for segment in article.segments:
            _comment_original(original, segment, article.translate)
    return saved(original.document)


def _comment_original(
    original: CorrectedOriginal, segment: Segment, translate: Callable[[str], str]
) -> None:
    """Add the segment's comments to the file that came in, on its words."""
    if segment.target_span is None:
        return
    offset = segment.target_span.start
    for comment in comments_on(segment, translate):
        start, end = comment.span
        number = add_comment(original.document, comment)
        original.editor.add_comment(Span(offset + start, offset + end), number)


def correct_original(
    article: Article, segments: Iterable[Segment], *, tracked: bool
) -> CorrectedOriginal | None:
    """Return the Word file that the article's target came in, with the approved corrections.

    Return None where the target came in another way, where the file is read in another way now
    than it was then, and where a correction changes words that are not in the file's own runs,
    such as those of a formula: the words count before the layout.
    """
    document = _open(article)
    if document is None:
        return None
    original = text_runs(article.page, document.element.body)
    runs = with_stored_breaks(original, article.target)
    text = text_of(runs)
    if text not in (article.target, article.target + "\n"):
        return None
    editor = Editor(document.element.body, runs, _styles(document))
    changes = sorted(_changes(article, segments, editor), key=lambda change: change.span)
    if not all(editor.can_replace(change.span) for change in changes):
        return None
    for change in changes:
        editor.replace(*change)
    if not tracked:
        editor.accept()
    expected = with_replacements(
        text_of(original), [(change.span, change.text) for change in changes]
    )
    if text_of(text_runs(article.page, document.element.body)) != legal_text(expected):
        return None
    add_key(document, article.key)
    return CorrectedOriginal(document, editor)


def text_of(runs: Iterable[Run]) -> str:
    """Return the text that the runs make."""
    return "".join(run.text for run in runs)


def _open(article: Article) -> Any:
    """Return the file as python-docx has it, None where it is none that this opens."""
    if not article.page.startswith(b"PK"):
        return None
    try:
        # python-docx unpacks every part at once, pictures too.
        if open_package(article.page).unpacked_size > 5 * LARGEST_TEXT:
            return None
        document = docx.Document(io.BytesIO(article.page))
    except (BadFile, etree.XMLSyntaxError, *DAMAGES):
        return None
    # In lxml an element's text ends at a comment; the reader's parser leaves these out.
    etree.strip_tags(document.element.body, etree.Comment, etree.ProcessingInstruction)
    return document


def _styles(document: Any) -> set[str]:
    """Return the ids of the styles that the file defines."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.STYLES)
    except KeyError:
        return set()
    return {style.get(f"{W}styleId") for style in part.element.iter(f"{W}style")}


def _changes(article: Article, segments: Iterable[Segment], editor: Editor) -> Iterator[Change]:
    """Yield what the approved corrections change, as few words as possible."""
    repairs = []
    signatures = []
    for segment in segments:
        approved = segment.approved
        if segment.target_span is not None and approved:
            after = approved.after.replace("\r\n", "\n")
            repairs.append((segment.target_span, after))
            signatures.append(signature_of(approved))
    spaced = with_spacing(article.target, repairs)
    last = 0
    for (span, words), signature in zip(spaced, signatures, strict=True):
        if not words:
            span = _removed_line(article.target, span, editor, last)
        last = span.end
        for edit in _edits(article, span, words, editor):
            yield Change(edit.span, edit.text, signature)


def _removed_line(text: str, span: Span, editor: Editor, last: int) -> Span:
    """Return the span of a removed line with the line end before it where the one after must stay.

    Before a table, for example, the line end after it cannot be removed. ``last`` is where the
    change before ends.
    """
    if span.start <= last:
        return span
    is_line = text[span.start - 1 : span.start] == "\n" == text[span.end - 1 : span.end]
    moved = Span(span.start - 1, span.end - 1)
    if is_line and editor.has_fixed_line_end(span) and not editor.has_fixed_line_end(moved):
        return moved
    return span


def _without_same_blanks(text: str, edit: Edit) -> Edit:
    """Return the edit without the blanks at its ends that stay as they are.

    LibreOffice loses a deleted blank beside a new line when all changes are rejected.
    """
    (start, end), words = edit
    while start < end and words[:1] == text[start] and text[start].isspace():
        start += 1
        words = words[1:]
    while start < end and words[-1:] == text[end - 1] and text[end - 1].isspace():
        end -= 1
        words = words[:-1]
    return Edit(Span(start, end), words)


def _edits(article: Article, span: Span, words: str, editor: Editor) -> Iterator[Edit]:
    """Yield the edits that replace the span of the article's target.

    Lines that cannot be joined, such as those of two cells, stay lines: the words are divided
    among them. Where as many words of several formats are replaced, each keeps its own.
    """
    lines = [span.of(article.target)]
    texts = [words]
    if editor.has_fixed_line_end(span):
        lines = lines[0].split("\n")
        texts = divide_lines(lines, words, article.target_language)
    at = span.start
    for before, after in zip(lines, texts, strict=True):
        for edit in edits(before, after):
            moved = Edit(Span(at + edit.span.start, at + edit.span.end), edit.text)
            moved = _without_same_blanks(article.target, moved)
            if editor.is_uniform(moved.span):
                yield moved
            else:
                yield from word_edits(article.target, moved)
        at += len(before) + 1
