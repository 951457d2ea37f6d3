"""Export articles: serialize.py makes plain values of the rows, a format writes them to a file.

Two choices decide what replaces the machine's words: the approved corrections only, or also those
that wait for approval; as they are now, or as they were at a time. All other text stays as it
came, character for character.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MINYEAR, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language, gettext_noop, override, pgettext
from django.utils.translation import gettext as _

from articles.exporting.serialize import serialize_article_fields, serialize_segments
from articles.formats import (
    FORMATS,
    HEAD_BYTES,
    BadFile,
    Format,
    format_for_name,
    format_of_original,
    interchange,
)
from articles.models import Article, Document
from articles.models.imports import PASTED_NAMES
from articles.signoff.state import describe_sign_offs, signed_off
from articles.text.blocks import Block
from articles.text.file_names import safe_stem

EXPORT_FORMATS: dict[str, Format] = {
    name: known for name, known in FORMATS.items() if known.write is not None
}
"""Every format that an article can be exported in; the page, the command and the API read this."""

EXPORT_CONTENTS: dict[str, str] = {
    "approved": gettext_noop("Approved corrections only"),
    "everything": gettext_noop("Also corrections awaiting approval"),
}
_FORMATS_OF_ORIGINALS = [name for name, known in EXPORT_FORMATS.items() if known.needs_original]
CORRECTED_FORMATS = ("text", "docx", "docx-clean", "docx-table", *_FORMATS_OF_ORIGINALS)
"""Formats whose text depends on ``content``. The others hold every correction with its status."""

_ONE_LINE_A_BLOCK = frozenset(
    {"markdown", "html", "docx", "odt", "epub", "pdf", "ninjs", "ans", "nitf", "newsml", "wxr"}
)
"""Formats of whose files each line of the text is a heading, a paragraph or a list item."""
_FORMATS_WITH_CHANGES = ("docx", "docx-table")
"""Formats that show what was changed, and why; the other corrected ones are clean."""
_ENDING = re.compile(r"\.\w{1,12}$")
_CLAIMED_LANGUAGE = re.compile(r"(?P<stem>.+)[._ -](?P<language>[A-Za-z]{2})")
_WRONG_ORIGIN = {
    "html": gettext_noop("“%(title)s” was not imported as a web page."),
    "markdown": gettext_noop("“%(title)s” was not imported as Markdown."),
}
_OTHER_ORIGIN = gettext_noop("“%(title)s” was not imported in this format.")


class BadChoice(ValueError):
    """A choice that cannot be met; its text is the sentence for the person who made it."""


@dataclass(frozen=True)
class ExportChoice:
    """What an export holds: ``content`` is a key of EXPORT_CONTENTS, ``as_of`` None for now."""

    content: str = "approved"
    as_of: datetime | None = None

    def describe(self, format: str) -> str:
        """Return what a file in this format holds, in words."""
        words = self._describe_content(format)
        if self.as_of is None:
            return words
        moment = _("as of %(time)s") % {"time": f"{self.as_of:%Y-%m-%d %H:%M %Z}"}
        return f"{words} ({moment})"

    def _describe_content(self, format: str) -> str:
        if format == "training":
            return _("segments with an approved correction")
        if format not in CORRECTED_FORMATS:
            return _("everything the format supports, each correction with its status")
        if self.content == "everything":
            return _("approved corrections and those awaiting approval; otherwise as imported")
        return _("approved corrections only; otherwise as imported")


DEFAULT_CHOICE = ExportChoice()


def parse_choice(content: str = "", as_of: str = "") -> ExportChoice:
    """Return the choice that was typed or sent; "" stands for the default of each part.

    ``as_of`` is a date, whose end counts, or a date with a time, in the site's time zone unless it
    names another. Raises BadChoice.
    """
    if content and content not in EXPORT_CONTENTS:
        text = _("An export can include %(choices)s, not “%(hold)s”.")
        raise BadChoice(text % {"choices": " / ".join(EXPORT_CONTENTS), "hold": content[:40]})
    typed = as_of.strip()
    return ExportChoice(content or "approved", _parse_moment(typed) if typed else None)


def _parse_moment(text: str) -> datetime | None:
    """Return the moment; None for today, whose end is still to come: it is now that is meant."""
    try:
        day = parse_date(text)
        moment = parse_datetime(text) if day is None else datetime.combine(day, time.max)
    except ValueError:  # well-formed, but no such day or time
        day = None
        moment = None
    if moment is None or moment.year == MINYEAR:  # in UTC it may be before the calendar
        message = _("“%(text)s” is not a date; write it like 2026-01-31 or 2026-01-31T18:00.")
        raise BadChoice(message % {"text": text[:40]})
    if day == timezone.localdate():
        return None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment > timezone.now():
        message = _("%(text)s is in the future; choose an earlier time.")
        raise BadChoice(message % {"text": text[:40]})
    return moment


def to_interchange(
    article: Article,
    format: str = "jsonl",
    *,
    choice: ExportChoice = DEFAULT_CHOICE,
    sign_off: str = "",
) -> interchange.Article:
    """Return the article as plain values for this format.

    ``sign_off`` says in a sentence whether the article is signed off, for the file's own words on
    what it holds. Its segments are a stream that reads the database in chunks, and can be read
    once.
    """
    whole = format == "jsonl"
    shows_changes = format in _FORMATS_WITH_CHANGES
    segments = serialize_segments(article, as_of=choice.as_of, whole=whole, resolved=shows_changes)
    # The other formats hold a correction that waits as what it is: nothing is to be pretended
    # there.
    if choice.content == "everything" and format in CORRECTED_FORMATS:
        segments = map(_with_submitted, segments)
    fields: dict[str, Any] = {}
    if whole:
        fields = serialize_article_fields(article, as_of=choice.as_of)
    if format in ("text", "docx", "docx-clean"):
        fields["blocks"] = _blocks_of(article.target)
    return interchange.Article(
        title=article.title,
        source_language=article.source.language,
        target_language=article.target.language,
        source=article.source.text,
        target=article.target.text,
        segments=segments,
        source_name=article.source.name,
        target_name=article.target.name,
        held=" · ".join(filter(None, (choice.describe(format), sign_off))),
        page=bytes(article.target.page or b""),
        key=article.key,
        source_tag=article.source.language_tag,
        target_tag=article.target.language_tag,
        translate=translation_into(get_language()),
        **fields,
    )


def _blocks_of(document: Document) -> tuple[Block, ...] | None:
    """Return the headings and list items of a document, None where its layout is not known.

    It is not of plain text, whose line ends mean what their author meant, nor of pairs.
    """
    came_as = _format_that_came(document)
    if came_as not in _ONE_LINE_A_BLOCK:
        return None
    blocks = []
    for each in document.blocks:
        blocks.append(Block(*each))
    return tuple(blocks)


def _format_that_came(document: Document) -> str:
    """Return the name of the format that a document was imported in, "" where no file was kept."""
    if document.page:
        head = bytes(document.page[:HEAD_BYTES])
        return format_of_original(document.name, head)
    # Nothing can be put back into a PDF, so that none is kept.
    if format_for_name(document.name) is FORMATS["pdf"]:
        return "pdf"
    return ""


def translation_into(language: str | None) -> Callable[[str], str]:
    """Return what translates our words; a file is written after its request has ended."""

    def translate(words: str) -> str:
        with override(language):
            return _(words) if words else ""

    return translate


def _with_submitted(segment: interchange.Segment) -> interchange.Segment:
    """Return the segment as if the correction that waits for approval, if any, were in force."""
    for correction in segment.corrections:
        if correction.status == "submitted":
            in_force = replace(correction, status="approved")
            return replace(segment, corrections=(in_force,))
    return segment


def formats_of(article: Article) -> dict[str, Format]:
    """Return the formats that this article can be exported in, by name.

    The formats that put corrections back into the imported file are offered for an article that
    came in that format, and whose file was kept.
    """
    came_as = _format_that_came(article.target)
    available = {}
    for name, known in EXPORT_FORMATS.items():
        original = known.puts_back_into or name
        if not known.needs_original or came_as in (name, original):
            available[name] = known
    return available


def clean_format(article: Article) -> str:
    """Return the format, by name, of a clean file in the form that the article came in.

    It is a clean Word file where the article came as Word or as plain text.
    """
    available = formats_of(article)
    came_as = format_for_name(article.target.name)
    for name, known in available.items():
        if known.needs_original:
            return name
        if known is came_as and name not in ("text", "docx"):
            return name
    return "docx-clean"


def write_articles(
    articles: Iterable[Article], format: str, *, choice: ExportChoice = DEFAULT_CHOICE
) -> Iterator[bytes]:
    """Return the articles as a file in one of EXPORT_FORMATS, in pieces.

    Raises KeyError for another format, BadChoice when an article cannot be exported in it or was
    not here yet at the chosen time.
    """
    write = EXPORT_FORMATS[format].write
    assert write is not None  # EXPORT_FORMATS holds those that write  # noqa: S101
    chosen = list(articles)
    # All of them before the first byte is sent: a refusal in the middle would be a broken file.
    for article in chosen:
        _require_exportable(article, format, choice)
    sign_offs = describe_sign_offs(chosen, choice.as_of)
    pieces = write(
        to_interchange(article, format, choice=choice, sign_off=sign_offs[article.pk])
        for article in chosen
    )
    # Not as a stream: what has no place in the file is refused, and that shows at its end.
    if EXPORT_FORMATS[format].puts_back_into:
        return iter(_written(pieces))
    return pieces


def _written(pieces: Iterator[bytes]) -> list[bytes]:
    """Return the whole file: whether all corrections have a place in it shows at its end."""
    try:
        return list(pieces)
    except BadFile as problem:
        raise BadChoice(_(problem.message) % problem.values) from problem


def _require_exportable(article: Article, format: str, choice: ExportChoice) -> None:
    if format not in formats_of(article):
        raise BadChoice(_(_WRONG_ORIGIN.get(format, _OTHER_ORIGIN)) % {"title": article.title})
    if choice.as_of and article.created_at > choice.as_of:
        text = _("“%(title)s” was imported later, on %(time)s.")
        created = f"{article.created_at:%Y-%m-%d %H:%M %Z}"
        raise BadChoice(text % {"title": article.title, "time": created})


def file_name(
    article: Article,
    format: str,
    *,
    choice: ExportChoice = DEFAULT_CHOICE,
    is_signed_off: bool | None = None,
) -> str:
    """Return the name of an exported file: article, language, what it holds, and the ending.

    It says "draft" of an article that is not signed off, which one query finds out where
    ``is_signed_off`` is None. Its words are in the reader's language, as those in the file.
    """
    if is_signed_off is None:
        is_signed_off = bool(signed_off([article], choice.as_of))
    parts = [_article_stem(article), article.target.language, *_content_words(format, choice)]
    if choice.as_of:
        moment = f"{choice.as_of:%Y-%m-%d-%H%M}"
        parts.append(pgettext("in a file name", "as-of-%(time)s") % {"time": moment})
    if not is_signed_off:
        parts.append(pgettext("in a file name", "draft"))
    return "-".join(filter(None, parts)) + EXPORT_FORMATS[format].endings[0]


def _article_stem(article: Article) -> str:
    """Return the name of the target document without its language and its ending.

    A text that was pasted came without a name: its article's headline stands for it.
    """
    name = article.target.name
    if name in PASTED_NAMES:
        return safe_stem(article.headline)
    stem = _ENDING.sub("", name)
    claimed = _CLAIMED_LANGUAGE.fullmatch(stem)
    if claimed and claimed["language"].lower() == article.target.language:
        stem = claimed["stem"]
    return safe_stem(stem)


def _content_words(format: str, choice: ExportChoice) -> list[str]:
    """Return what a file name says of the file's content."""
    # Such a file holds every correction with its status, whatever was chosen: its name must not say
    # "corrected".
    if format not in CORRECTED_FORMATS and format != "training":
        return [pgettext("in a file name", "review")]
    words = []
    if format in _FORMATS_WITH_CHANGES:
        words.append(pgettext("in a file name", "with-changes"))
    if choice.content == "everything" and format in CORRECTED_FORMATS:
        words.append(pgettext("in a file name", "with-pending-corrections"))
    return words or [pgettext("in a file name", "corrected")]


def zip_articles(articles: Iterable[Article]) -> io.BytesIO:
    """Return a ZIP file with each article's corrected text and one table of all corrections."""
    chosen = list(articles)
    done = signed_off(chosen)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in chosen:
            text = b"".join(write_articles([article], "text"))
            name = file_name(article, "text", is_signed_off=article.pk in done)
            archive.writestr(f"{article.pk}-{name}", text)
        archive.writestr("corrections.csv", b"".join(write_articles(chosen, "csv")))
    file.seek(0)
    return file
