"""The registry of file formats, and how a file's format is detected.

Each format has a module of its own, which reads and writes it. The upload page, the admin, the
commands and the API read FORMATS, so a format that is added here is known to all of them. A file's
ending decides where it belongs to one format only, else the beginning of its content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.formats.annotation import (
    anthea,
    appraise,
    appraise_answers,
    bio_mqm,
    mt_metrics_eval,
    pearmut,
    wmt,
)
from articles.formats.interchange import Article, BadFile, TextNotes
from articles.formats.newsroom import epub, json_stories, xml_stories
from articles.formats.office import docx_new, docx_read, docx_write, odt, pdf_on_demand, xlsx
from articles.formats.tables import delimited, jsonl, po
from articles.formats.text import markdown, subtitles, wrapped
from articles.formats.web import html
from articles.formats.xml import original, tmx, xliff2
from articles.formats.xml.safe_xml import root_name
from articles.text.messages import gettext_noop as _

__all__ = [
    "FORMATS",
    "HEAD_BYTES",
    "Article",
    "BadFile",
    "Format",
    "detect_format",
    "format_for_name",
]

Write = Callable[[Iterable[Article]], Iterator[bytes]]
Test = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for people, the endings of its files, its media type and functions.

    ``read_text`` extracts the text of a single document, ``left_out`` lists the lines of the file
    that it leaves out, and ``notes`` what people wrote on it. ``read`` yields articles with their
    segments; ``write`` yields the bytes of a file. ``streams`` says that reading and writing take
    bounded memory for any number of segments. ``keeps_original`` says that the file that was
    imported is kept, so that corrections go back into it (where ``is_original_needed`` says so of
    its bytes and its text, if there is such a function), and ``needs_original`` that nothing can be
    written without it. A file under one of the ``shared_endings`` is of this format when
    ``recognises`` accepts its first bytes; with ``under_any_name`` so is a file whose ending is not
    known. ``uses_companion_files`` says that the texts are in other files, which ``read`` is then
    given. ``puts_back_into`` names the format of the file that came in, where another one reads it.
    ``comes_back`` says that a file written here and edited elsewhere is read as proposals
    for its article.
    """

    label: str
    endings: tuple[str, ...]
    media_type: str
    read_text: Callable[..., str] | None = None
    left_out: Callable[[bytes], Sequence[str]] | None = None
    notes: Callable[[bytes], TextNotes] | None = None
    read: Callable[..., Iterator[Article]] | None = None
    write: Write | None = None
    streams: bool = False
    keeps_original: bool = False
    is_original_needed: Callable[[bytes, str], bool] | None = None
    needs_original: bool = False
    shared_endings: tuple[str, ...] = ()
    recognises: Test | None = None
    under_any_name: bool = False
    uses_companion_files: bool = False
    comes_back: bool = False
    puts_back_into: str = ""

    def original(self, data: bytes, text: str) -> bytes:
        """Return what is kept of a file for its export, where ``text`` was read of it."""
        if not self.keeps_original:
            return b""
        if self.is_original_needed is not None and not self.is_original_needed(data, text):
            return b""
        return data


HEAD_BYTES = 100_000
"""Bytes at the beginning of a file that are read to detect its format."""
_TABLES = (".csv", ".tsv", ".txt")
_JSON = (".json", ".jsonl", ".ndjson")
_REFUSED = {
    (".seg.score", ".doc.score", ".sys.score", ".domain.score"): _(
        "scores do not mark any words; use the ratings file (.seg.rating)"
    ),
    (".ttx", ".txml", ".xlz", ".sdlppx", ".sdltm", ".wordfast"): _(
        "this is a file of a translation program; save it as XLIFF or TMX"
    ),
    (".pages",): _("this is a Pages document; export it from Pages as Word (.docx)"),
    (".gdoc",): _("this is only a link to a Google document; download that as Word (.docx)"),
    (".tbx", ".mtf", ".termbase"): _(
        "this is a glossary, not a text; import it on the glossary page"
    ),
}
_XML = (".xml",)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _subtitles(label: str, ending: str, mime: str, begins: Test | None = None) -> Format:
    """Return a format of subtitles."""
    return Format(
        label,
        (ending,),
        mime,
        read_text=subtitles.read_text,
        left_out=subtitles.left_out,
        write=subtitles.write,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".txt",),
        recognises=begins,
    )


FORMATS: dict[str, Format] = {
    "text": Format(
        _("Corrected article (text)"),
        (".txt",),
        "text/plain",
        read_text=wrapped.read_text,
        left_out=wrapped.left_out,
        write=wrapped.write,
        keeps_original=True,
        is_original_needed=wrapped.is_wrapped,
    ),
    "markdown": Format(
        _("Corrected article (Markdown)"),
        (".md", ".markdown"),
        "text/markdown",
        read_text=markdown.read_text,
        left_out=markdown.left_out,
        write=markdown.write,
        keeps_original=True,
        needs_original=True,
    ),
    "html": Format(
        _("Corrected web page (HTML)"),
        (".html", ".htm", ".xhtml"),
        "text/html",
        read_text=html.read_text,
        left_out=html.left_out,
        write=html.write,
        keeps_original=True,
        needs_original=True,
    ),
    "srt": _subtitles(
        _("Corrected subtitles (SubRip)"), ".srt", "application/x-subrip", subtitles.begins_srt
    ),
    "vtt": _subtitles(_("Corrected subtitles (WebVTT)"), ".vtt", "text/vtt", subtitles.begins_vtt),
    "sbv": _subtitles(_("Corrected subtitles (YouTube)"), ".sbv", "text/plain"),
    "ninjs": Format(
        _("Corrected news item (ninjs)"),
        (".ninjs.json", ".ninjs"),
        "application/json",
        read_text=json_stories.read_ninjs,
        left_out=json_stories.left_out_ninjs,
        write=json_stories.write_ninjs,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".json",),
        recognises=json_stories.recognises_ninjs,
    ),
    "ans": Format(
        _("Corrected story (Arc ANS)"),
        (".ans.json",),
        "application/json",
        read_text=json_stories.read_ans,
        left_out=json_stories.left_out_ans,
        write=json_stories.write_ans,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".json",),
        recognises=json_stories.recognises_ans,
    ),
    "nitf": Format(
        _("Corrected story (NITF)"),
        (".nitf", ".nitf.xml"),
        "application/xml",
        read_text=xml_stories.read_news,
        left_out=xml_stories.left_out_news,
        write=xml_stories.write_news,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".xml",),
        recognises=xml_stories.recognises_nitf,
    ),
    "newsml": Format(
        _("Corrected news item (NewsML-G2)"),
        (".newsml", ".newsml.xml"),
        "application/vnd.iptc.g2.newsitem+xml",
        read_text=xml_stories.read_news,
        left_out=xml_stories.left_out_news,
        write=xml_stories.write_news,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".xml",),
        recognises=xml_stories.recognises_newsml,
    ),
    "wxr": Format(
        _("Corrected posts (WordPress)"),
        (".wxr", ".wxr.xml"),
        "application/rss+xml",
        read_text=xml_stories.read_wxr,
        left_out=xml_stories.left_out_wxr,
        write=xml_stories.write_wxr,
        keeps_original=True,
        needs_original=True,
        shared_endings=(".xml",),
        recognises=xml_stories.recognises_wxr,
    ),
    "epub": Format(
        _("Corrected book (EPUB)"),
        (".epub",),
        "application/epub+zip",
        read_text=epub.read_text,
        left_out=epub.left_out,
        write=epub.write,
        keeps_original=True,
        needs_original=True,
    ),
    "csv": Format(
        _("Table (CSV)"),
        (".csv", ".tsv", ".pairs.csv", ".pairs.tsv"),
        "text/csv",
        read=delimited.read,
        write=delimited.write,
        streams=True,
        comes_back=True,
    ),
    "xlsx": Format(
        _("Table (Excel)"),
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        read=xlsx.read,
        write=xlsx.write,
        comes_back=True,
    ),
    "jsonl": Format(
        _("Everything (JSON Lines)"),
        (".jsonl", ".pairs.jsonl"),
        "application/jsonl",
        read=jsonl.read,
        write=jsonl.write,
        streams=True,
    ),
    "xliff": Format(
        _("Translation file (XLIFF)"),
        (".xlf", ".xliff", ".mqxliff", ".sdlxliff", ".mxliff", ".xlf2", ".txlf"),
        "application/xliff+xml",
        read=xliff2.read,
        write=xliff2.write,
        streams=True,
        comes_back=True,
        shared_endings=_XML,
        recognises=lambda head: root_name(head) == "xliff",
        under_any_name=True,
    ),
    "tmx": Format(
        _("Translation memory (TMX)"),
        (".tmx",),
        "application/xml",
        read=tmx.read,
        write=tmx.write,
        streams=True,
        comes_back=True,
        shared_endings=_XML,
        recognises=lambda head: root_name(head) == "tmx",
        under_any_name=True,
    ),
    "xliff-original": Format(
        _("Corrected translation file (XLIFF as it came)"),
        (".xlf",),
        "application/xliff+xml",
        write=original.write,
        needs_original=True,
        puts_back_into="xliff",
    ),
    "tmx-original": Format(
        _("Corrected translation memory (TMX as it came)"),
        (".tmx",),
        "application/xml",
        write=original.write,
        needs_original=True,
        puts_back_into="tmx",
    ),
    "docx": Format(
        _("Corrected article with tracked changes (Word)"),
        (".docx",),
        _WORD,
        read_text=docx_read.read_text,
        left_out=docx_read.left_out,
        notes=docx_read.notes,
        write=docx_write.write,
        keeps_original=True,
    ),
    "docx-clean": Format(
        _("Corrected article (Word)"), (".docx",), _WORD, write=docx_write.write_clean
    ),
    "docx-table": Format(
        _("Source beside translation (Word)"),
        (".table.docx",),
        _WORD,
        read=docx_read.read,
        write=docx_new.write_table,
        comes_back=True,
    ),
    "odt": Format(
        _("Corrected article (OpenDocument)"),
        (".odt", ".fodt", ".ott"),
        "application/vnd.oasis.opendocument.text",
        read_text=odt.read_text,
        left_out=odt.left_out,
        notes=odt.notes,
        write=odt.write,
        keeps_original=True,
        needs_original=True,
        recognises=odt.recognises,
        under_any_name=True,
    ),
    "pdf": Format(
        _("Text of a PDF"),
        (".pdf",),
        "application/pdf",
        read_text=pdf_on_demand.read_text,
        left_out=pdf_on_demand.left_out,
        notes=pdf_on_demand.notes,
        recognises=pdf_on_demand.recognises,
        under_any_name=True,
    ),
    "wmt": Format(
        _("MQM table (WMT)"),
        (".mqm.tsv",),
        "text/tab-separated-values",
        read=wmt.read,
        write=wmt.write,
        streams=True,
        shared_endings=_TABLES,
        recognises=wmt.recognises,
    ),
    "marot": Format(
        _("MQM table (Marot)"),
        (".marot.tsv",),
        "text/tab-separated-values",
        read=wmt.read,
        write=wmt.write_marot,
    ),
    "mt-metrics": Format(
        _("Ratings (mt-metrics-eval)"),
        (".seg.jsonl",),
        "application/jsonl",
        read=mt_metrics_eval.read,
        write=mt_metrics_eval.write,
        shared_endings=_JSON,
        recognises=mt_metrics_eval.recognises,
    ),
    "mt-metrics-table": Format(
        _("Ratings without texts (mt-metrics-eval)"),
        (".seg.rating",),
        "text/tab-separated-values",
        read=mt_metrics_eval.read_ratings,
        uses_companion_files=True,
    ),
    "bio-mqm": Format(
        _("MQM list (bio-MQM)"),
        (".bio.json",),
        "application/json",
        read=bio_mqm.read,
        write=bio_mqm.write,
        shared_endings=_JSON,
        recognises=bio_mqm.recognises,
    ),
    "bio-mqm-table": Format(
        _("MQM table (bio-MQM)"),
        (".bio.tsv",),
        "text/tab-separated-values",
        read=bio_mqm.read_table,
        shared_endings=_TABLES,
        recognises=bio_mqm.recognises_table,
    ),
    "pearmut": Format(
        _("Campaign (Pearmut)"),
        (".pearmut.json", ".pearmut.jsonl"),
        "application/json",
        read=pearmut.read,
        write=pearmut.write,
        shared_endings=_JSON,
        recognises=pearmut.recognises,
    ),
    "anthea": Format(
        _("Evaluation (Anthea)"),
        (".anthea.json",),
        "application/json",
        read=anthea.read,
        shared_endings=_JSON,
        recognises=anthea.recognises,
    ),
    "appraise": Format(
        _("Batches (Appraise)"),
        (".appraise.json",),
        "application/json",
        read=appraise.read,
        write=appraise.write_batches,
        shared_endings=_JSON,
        recognises=appraise.recognises,
    ),
    "appraise-export": Format(
        _("Answers with texts (Appraise)"),
        (".appraise.jsonl",),
        "application/jsonl",
        read=appraise_answers.read_export,
        shared_endings=_JSON,
        recognises=appraise_answers.recognises_export,
    ),
    "appraise-answers": Format(
        _("Answers (Appraise)"),
        (".appraise.csv",),
        "text/csv",
        read=appraise_answers.read_answers,
        write=appraise.write,
        shared_endings=_TABLES,
        recognises=appraise_answers.recognises_table,
        uses_companion_files=True,
    ),
    "po": Format(_("Messages (PO)"), (".po", ".pot"), "text/x-gettext-translation", read=po.read),
    "training": Format(
        _("Training rows (JSON Lines)"),
        (".training.jsonl",),
        "application/jsonl",
        write=jsonl.write_training,
    ),
}


_READABLE = [each for each in FORMATS.values() if each.read or each.read_text]
_ENDINGS = {ending: each for each in _READABLE for ending in each.endings}


def format_for_name(name: str) -> Format | None:
    """Return the format that reads files with such a name, None for an unknown ending."""
    return _ENDINGS.get(_known_ending(name))


def detect_format(name: str, head: bytes) -> tuple[Format | None, bool]:
    """Return the format of a file that begins with ``head``, and whether its content decided.

    ``head`` are the first HEAD_BYTES of the file. A name such as "x.mqm.tsv" or "x.pairs.csv"
    decides by itself; "x.csv" and "x.json" may hold several formats. The format is None where
    neither name nor content is known. Raise BadFile for a known kind of file that cannot be read.
    """
    lower = name.lower()
    for endings, reason in _REFUSED.items():
        if lower.endswith(endings):
            raise BadFile(reason)
    ending = _known_ending(name)
    if ending.count(".") < 2:
        for each in FORMATS.values():
            if _may_hold(each, lower, ending) and each.recognises and each.recognises(head):
                return each, True
    return format_for_name(name), False


def format_of_original(name: str, head: bytes) -> str:
    """Return the name of the format of a file that was kept, "" for an unknown one.

    A file of pairs has the name of the document that it was made of, so that content decides.
    """
    root = root_name(head)
    if root in ("xliff", "tmx"):
        return root
    known, _by_content = detect_format(name, head)
    return next((key for key, each in FORMATS.items() if each is known), "")


def _may_hold(known: Format, name: str, ending: str) -> bool:
    """Return whether the content decides if a file of this name is of this format."""
    return name.endswith(known.shared_endings) or (known.under_any_name and not ending)


def _known_ending(name: str) -> str:
    """Return the longest ending of the name that belongs to a format, "" for none."""
    lower = name.lower()
    longest = ""
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(ending) > len(longest):
            longest = ending
    return longest
