"""Propose the title of an article: the headline of its file, or else its first words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from articles.segmentation.segmenter import split_sentences
from articles.text.document import Document
from articles.text.spelling import compose
from articles.text.titles import LONGEST, shorten

_FEWEST_WORDS = 3
"""A line or a sentence of fewer words is a kicker, a date or a form of address rather than a
title."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SHORT_HEADLINE = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+)?[?!]?")
_ENDS_PROSE = '.,;…»”"'
_HEADING = re.compile(rb"<h1\b[^>]*>(.{1,2000}?)</h1>", re.IGNORECASE | re.DOTALL)
_STATED = re.compile(rb"^(?:title|headline|titre)\s*:\s*(.{1,300})$", re.IGNORECASE | re.MULTILINE)
_MARKDOWN_HEADING = re.compile(rb"^#\s+(.{1,300})$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_FILE_NAME = re.compile(r"\S+\.[A-Za-z0-9]{1,10}|\S*[/\\]\S*")


def proposed_title(document: Document) -> str:
    """Return the headline of the document, "" for one without words.

    The headline that its file states counts where the text has it as a line; else the first line
    that is long enough to be one. Of a paragraph it is the first sentence, where no short line
    before it is a headline.
    """
    lines = [" ".join(line.split()) for line in document.text.splitlines() if line.strip()]
    # Reversed, so that the first of equal lines counts.
    by_letters = {line.casefold(): line for line in reversed(lines)}
    for stated in _stated_headlines(document.page):
        # An h1 may be the name of the site: only what stands in the text is its headline.
        if stated.casefold() in by_letters:
            return shorten(by_letters[stated.casefold()])
    return _headline(lines, document.language)


def _headline(lines: Sequence[str], language: str) -> str:
    """Return the first line that is long enough, or a short headline above it."""
    for number, line in enumerate(lines):
        if len(_WORD.findall(line)) >= _FEWEST_WORDS:
            # A line that ends like prose is the first paragraph: the headline may be shorter than a
            # title usually is.
            short = ""
            if line[-1] in _ENDS_PROSE:
                short = _short_headline(lines[:number])
            return short or shorten(_first_sentence(line, language))
    return shorten(lines[0]) if lines else ""


def _short_headline(lines: Iterable[str]) -> str:
    """Return the first of the lines that may be a headline of one or two words, or ""."""
    for line in lines:
        # One in capitals is a kicker.
        if _SHORT_HEADLINE.fullmatch(line) and not line.isupper():
            return line
    return ""


def better_title(title: str, file: str, texts: Iterable[str], language: str) -> str:
    """Return a title from the first source ``texts`` of an article that is named after a file.

    ``title`` is what the file calls it; it stays where it is no file name, or where all of the
    texts are too short for a title.
    """
    if title != file and _FILE_NAME.fullmatch(title) is None:
        return title
    for text in texts:
        text = compose(text)
        sentence = _first_sentence(" ".join(text.split()), language)
        if len(sentence.split()) >= _FEWEST_WORDS:
            return shorten(sentence)
    return title


def _first_sentence(line: str, language: str) -> str:
    """Return the first sentences of the line, as many as it takes to have words enough."""
    # A paragraph may be as long as a book; a title is cut after LONGEST characters anyway.
    sentences = split_sentences(line[: 4 * LONGEST], language)
    for sentence in sentences:
        beginning = line[: sentence.end].strip()
        if len(beginning.split()) >= _FEWEST_WORDS:
            return beginning
    return line


def _stated_headlines(page: bytes) -> list[str]:
    """Return the headlines that a web page or a Markdown file states, as plain text."""
    found = []
    for pattern in (_HEADING, _STATED, _MARKDOWN_HEADING):
        # A headline stands at the beginning; the patterns would run over all of a large file.
        for match in pattern.findall(page[:200_000]):
            text = html.unescape(_TAG.sub("", match.decode("utf-8", "replace")))
            found.append(" ".join(text.split()).strip("\"'"))
    return found
