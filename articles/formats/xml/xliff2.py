"""Write XLIFF 2.1 with the W3C's quality-issue marks; xliff2_read.py reads it.

A segment is a unit. ``<target>`` is the text as it goes to print; where that is an approved
correction, the machine's text stands in a match called "machine". A flag is an ITS locQualityIssue:
its words are marked in source and target, an empty mark is a place where words are missing. What
XLIFF has no element for (people, times, places in the documents) stands in the metadata module;
both documents and the article's key are the skeleton. Change tracking exists in 2.0 only, so
corrections are metadata, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from articles.formats.interchange import Article, Correction, Flag, Segment, encode_blocks
from articles.formats.xml import its
from articles.formats.xml.inline_markup import Mark
from articles.formats.xml.native_codes import CodeTags, TokenWriter
from articles.formats.xml.safe_xml import escape_attribute, escape_content
from articles.formats.xml.xliff2_read import read
from articles.formats.xml.xliff_metadata import write_metadata
from articles.text.document import Span

__all__ = ["read", "write"]

_TWO_PAIRS = "one XLIFF file holds one pair of languages"

_CODE = '<cp hex="%04X"/>'
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" srcLang="%s" trgLang="%s"'
    ' xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its"'
    ' xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
    ' xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"'
    ' xmlns:r="urn:translation-review:document" its:version="2.0">\n'
)
_TAGS = CodeTags(
    single='<ph id="c-{name}" disp="{token}"/>',
    start='<sc id="c-{name}" disp="{token}"/>',
    end='<ec startRef="c-{name}" disp="{token}"/>',
    lone_start='<sc id="c-{name}" isolated="yes" disp="{token}"/>',
    lone_end='<ec id="c-{name}" isolated="yes" disp="{token}"/>',
)
_STATES = {
    "to_review": "translated",
    "flagged": "translated",
    "waiting": "reviewed",
    "done": "final",
}


def write(articles: Iterable[Article]) -> Iterator[bytes]:
    """Yield the articles as one XLIFF 2.1 file, in pieces.

    Raises ValueError for no article, or for several language pairs.
    """
    return encode_blocks(_texts(articles))


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    languages: tuple[str, str] | None = None
    for number, article in enumerate(articles, start=1):
        here = article.named_languages
        if languages is None:
            languages = here
            yield _HEAD % (escape_attribute(here[0]), escape_attribute(here[1]))
        # The root element names the languages (XLIFF 2.1, 4.2.2.1).
        elif here != languages:
            raise ValueError(_TWO_PAIRS)
        yield f'<file id="f{number}" original="{escape_attribute(article.title)}">\n'
        yield _skeleton(article)
        place = 0
        for place, segment in enumerate(article.segments, start=1):
            yield _unit(segment, f"{number}-{place}")
        # A file has at least one unit or group (XLIFF 2.1, 4.2.2.2).
        if not place:
            yield '<unit id="u"><segment><source/></segment></unit>\n'
        yield "</file>\n"
    if languages is None:
        raise ValueError("an XLIFF file holds at least one article")
    yield "</xliff>\n"


def _escape(text: str) -> str:
    return escape_content(text, strange=_CODE)


def _skeleton(article: Article) -> str:
    """Return key and documents as the file's skeleton, and a note that says what it holds."""
    documents = ""
    if article.key:
        documents = f'<r:article key="{escape_attribute(article.key)}"/>'
    documents += _document("source", article.source_name, article.source)
    documents += _document("target", article.target_name, article.target)
    text = ""
    if documents:
        text = f"<skeleton>{documents}</skeleton>\n"
    if article.held:
        text += f"<notes><note>{escape_content(article.held)}</note></notes>\n"
    return text


def _document(side: str, name: str, text: str) -> str:
    if not (text or name):
        return ""
    attributes = f'side="{side}" name="{escape_attribute(name)}"'
    return f"<r:document {attributes}>{_escape(text)}</r:document>"


def _unit(segment: Segment, key: str) -> str:
    """Return the segment as a unit; ``key`` is a part of all its names."""
    issues = ""
    for number, flag in enumerate(segment.flags):
        issues += _issue(flag, f"q{key}-{number}")
    source_marks, target_marks = _flag_marks(segment, key)
    source = _marked(segment.source, source_marks, "s")
    target = _marked(segment.target, target_marks, "t")
    match = ""
    provenance = ""
    attributes = f'id="u{key}"'
    if segment.id:
        attributes += f' name="{escape_attribute(segment.id)}"'
    attributes += ' xml:space="preserve"'
    approved = segment.approved
    if approved:
        match = _match(segment.source, target)
        target = _marked(approved.after, (), "")
        provenance = _provenance(approved, f"p{key}")
        if provenance:
            attributes += f' its:provenanceRecordsRef="#p{key}"'
    state = ""
    if segment.status in _STATES:
        state = f' state="{_STATES[segment.status]}" subState="review:{segment.status}"'
    metadata = write_metadata(segment, f"q{key}")
    return (
        f"<unit {attributes}>\n{issues}{provenance}{match}{metadata}{_notes(segment)}"
        f'<segment id="s"{state}><source>{source}</source>'
        f"<target>{target}</target></segment>\n</unit>\n"
    )


def _issue(flag: Flag, name: str) -> str:
    return (
        f'<its:locQualityIssues xml:id="{name}">'
        f'<its:locQualityIssue locQualityIssueType="{its.issue_type(flag)}"'
        f' locQualityIssueSeverity="{its.SEVERITIES[flag.severity]}"'
        f' locQualityIssueComment="{escape_attribute(its.describe_flag(flag))}"/>'
        "</its:locQualityIssues>\n"
    )


def _flag_marks(segment: Segment, key: str) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of the flags in the source and in the target."""
    source: list[Mark] = []
    target: list[Mark] = []
    for number, flag in enumerate(segment.flags):
        name = f"q{key}-{number}"
        if flag.source_span:
            source.append(Mark(flag.source_span, name))
        if flag.target_span:
            target.append(Mark(flag.target_span, name))
        if flag.caret is not None:
            target.append(Mark(Span(flag.caret, flag.caret), name))
    return source, target


def _match(source: str, target: str) -> str:
    """Return the machine's text, ``target`` as XML, as a match."""
    return (
        '<mtc:matches><mtc:match id="machine" ref="#s" type="mt">'
        f"<source>{_marked(source, (), '')}</source><target>{target}</target>"
        "</mtc:match></mtc:matches>\n"
    )


def _provenance(correction: Correction, name: str) -> str:
    """Return the people who wrote and approved the correction as ITS provenance, "" for none."""
    records = ""
    for person in (correction.author, correction.decided_by):
        if person:
            records += f'<its:provenanceRecord revPerson="{escape_attribute(person)}"/>'
    if not records:
        return ""
    return f'<its:provenanceRecords xml:id="{name}">{records}</its:provenanceRecords>\n'


def _notes(segment: Segment) -> str:
    """Return the flags and decisions in words, for tools that show only notes."""
    sentences = []
    for flag in segment.flags:
        sentence = its.describe_flag(flag)
        if flag.author:
            sentence += f" — {flag.author}"
        sentences.append(sentence)
    for correction in segment.corrections:
        if correction.reason:
            decision = f"{correction.status}: {correction.reason}"
            sentences.append(f"{decision} — {correction.decided_by}")
    if not sentences:
        return ""
    notes = [f'<note category="review">{escape_content(each)}</note>' for each in sentences]
    return f"<notes>{''.join(notes)}</notes>\n"


def _marked(text: str, marks: Sequence[Mark], prefix: str) -> str:
    """Return the text with its marks as XML; their names begin with ``prefix``."""
    tokens = TokenWriter(text, _TAGS)
    if not marks:
        return tokens.write(text, _escape)
    pieces: list[str] = []
    at = 0
    for place, _rank, tag in sorted(_tags(marks, prefix), key=lambda each: each[:2]):
        pieces += [tokens.write(text[at:place], _escape), tag]
        at = place
    pieces.append(tokens.write(text[at:], _escape))
    return "".join(pieces)


def _tags(marks: Sequence[Mark], prefix: str) -> list[tuple[int, int, str]]:
    """Return the (place, rank, tag) of the marks; at one place, end tags come first.

    The tags are ``<mrk>`` around the words, or ``<sm/>`` and ``<em/>`` at their ends where marks
    cross, since elements cannot.
    """
    filled = sorted(mark.span for mark in marks if mark.span.start < mark.span.end)
    crossing = any(second.start < first.end for first, second in itertools.pairwise(filled))
    tags: list[tuple[int, int, str]] = []
    for number, mark in enumerate(marks):
        span = mark.span
        name = f"{prefix}{number}"
        attributes = f'id="{name}" type="its:generic" its:locQualityIssuesRef="#{mark.issue}"'
        start = f"<mrk {attributes}>"
        end = "</mrk>"
        if crossing:
            start = f"<sm {attributes}/>"
            end = f'<em startRef="{name}"/>'
        if span.start == span.end:
            tags.append((span.start, 1, start + end))
        else:
            tags.append((span.start, 2, start))
            tags.append((span.end, 0, end))
    return tags
