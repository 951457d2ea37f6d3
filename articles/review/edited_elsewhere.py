"""Find what was changed in an exported file of segments that was edited elsewhere and comes back.

Such a file is a table, an XLIFF or a TMX file. Its segments are matched with the article's by
their source; a text that the article does not know becomes a proposal.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.formats import interchange
from articles.models import Article, Correction, Segment, Team
from articles.models.documents import ArticleQuerySet, digest
from articles.text.document import spaced
from articles.text.thresholds import SAME_TABLE


class ChangedSegment(NamedTuple):
    """A segment with the text that a file has for it, and who wrote that, "" where unknown."""

    row: Segment
    before: str
    after: str
    author: str


class Remark(NamedTuple):
    """A note that somebody wrote into the file, and the segment that it is about."""

    row: Segment
    author: str
    text: str


class EditedFile(NamedTuple):
    """What a file changes: in the order of the article, and its segments that belong to none."""

    changed: list[ChangedSegment]
    remarks: list[Remark]
    unmatched: list[interchange.Segment]


def find_article(incoming: interchange.Article, team: Team) -> Article | None:
    """Return the team's article that the segments were exported from, None where it is not here.

    ``incoming`` has its segments as a sequence, which must belong to the article. A file without a
    key, written before files had one, is known by its documents or its title.
    """
    segments = tuple(incoming.segments)
    for article in _candidates(incoming, team):
        if belongs_to(article, segments) and not _is_other_translation(article, incoming):
            return article
    return None


def belongs_to(article: Article, segments: Sequence[interchange.Segment]) -> bool:
    """Return whether at least SAME_TABLE of the segments, and one, are the article's."""
    matches = _match(_rows_of(article), segments)
    return len(matches) >= max(1, SAME_TABLE * len(segments))


def may_have_origin(incoming: interchange.Article, team: Team) -> bool:
    """Return whether an article of the team may be the origin, before its segments are read."""
    return bool(_candidates(incoming, team))


def _candidates(incoming: interchange.Article, team: Team) -> list[Article]:
    articles: ArticleQuerySet = Article.objects.filter(team=team)
    if incoming.key:
        named: list[Article] = articles.with_key(incoming.key)
        return named
    if incoming.source and incoming.target:
        return _with_documents(incoming, articles)
    if not incoming.held:
        return []
    same_title = articles.filter(
        title=incoming.title,
        source__language=incoming.source_language,
        target__language=incoming.target_language,
    )
    return list(same_title)


def _with_documents(incoming: interchange.Article, articles: ArticleQuerySet) -> list[Article]:
    """Return those with the documents in the file, and those with its title and original.

    A program that replaces words everywhere changes the translation inside the file, too.
    """
    same = articles.filter(digest=digest(incoming.source, incoming.target))
    edited = articles.filter(
        title=incoming.title,
        source__digest=digest(incoming.source),
        source__language=incoming.source_language,
        target__language=incoming.target_language,
    )
    found = list(same)
    return found + [article for article in edited if article not in found]


def _is_other_translation(article: Article, incoming: interchange.Article) -> bool:
    """Return whether a file without a key has most sentences in another translation."""
    if incoming.key or not (incoming.source and incoming.target):
        return False
    if article.digest == digest(incoming.source, incoming.target):
        return False
    rows = {row.position: row for row in _rows_of(article)}
    segments = tuple(incoming.segments)
    known = 0
    for segment in segments:
        row = rows.get(_number_of(segment))
        known += row is not None and _knows(row, segment.target)
    return known <= SAME_TABLE * len(segments)


def read_changes(article: Article, incoming: Iterable[interchange.Segment]) -> EditedFile:
    """Return what the file's segments change in the article; nothing is stored."""
    segments = tuple(incoming)
    rows = _rows_of(article)
    matches = _match(rows, segments)
    changed: dict[int, ChangedSegment] = {}
    remarks = []
    for number, row in sorted(matches.items(), key=lambda match: match[1].position):
        segment = segments[number]
        change = _change(row, segment)
        if change:
            changed[row.pk] = change
        remarks += _remarks(row, segment)
    unmatched = [each for number, each in enumerate(segments) if number not in matches]
    return EditedFile(list(changed.values()), remarks, unmatched)


def _rows_of(article: Article) -> list[Segment]:
    return list(article.segments.prefetch_related("corrections").order_by("position"))


# ── which segment is which ───────────────────────────────────────────────────


def _match(rows: Sequence[Segment], segments: Sequence[interchange.Segment]) -> dict[int, Segment]:
    """Return the row of each segment by the segment's number in the file.

    A row is taken by its position and source, else by its source, in order; else, where its source
    was edited, by its position and target. Several segments may be one row: a spreadsheet that was
    sorted no longer has the corrections of one segment together.
    """
    by_position = {row.position: row for row in rows}
    by_source: dict[str, deque[Segment]] = defaultdict(deque)
    for row in rows:
        by_source[spaced(row.source_text)].append(row)
    matches: dict[int, Segment] = {}
    for number, segment in enumerate(segments):
        at_place = by_position.get(_number_of(segment))
        source = spaced(segment.source)
        same_source = by_source.get(source) if source else None
        if at_place and spaced(at_place.source_text) == source:
            matches[number] = at_place
        elif same_source:
            matches[number] = same_source[0]
            same_source.rotate(-1)
        elif at_place and _knows(at_place, segment.target):
            matches[number] = at_place
    return matches


def _number_of(segment: interchange.Segment) -> int:
    """Return the position that the segment's name is; 0, which no segment has, for another name."""
    is_number = segment.id.isascii() and segment.id.isdigit() and len(segment.id) < 10
    return int(segment.id) if is_number else 0


def _normalize(text: str) -> str:
    """Return the text with line feeds as line ends, as spreadsheets save it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _knows(row: Segment, text: str) -> bool:
    """Return whether the text is the machine's, or that of a correction which others may see."""
    known = {_normalize(row.target_text)}
    for correction in row.corrections.all():
        if correction.status != Correction.Status.DRAFT:
            known.add(_normalize(correction.text))
    return _normalize(text) in known


# ── what was changed ─────────────────────────────────────────────────────────


def _change(row: Segment, segment: interchange.Segment) -> ChangedSegment | None:
    """Return the segment's new text, None where it has none.

    A correction counts before an edited target, and the last of several. An empty cell is no text:
    whoever empties one hardly asks for a sentence to be removed.
    """
    before = _text_in_force(row)
    for correction in reversed(segment.corrections):
        after = _normalize(correction.after)
        is_new = _is_unsigned(correction) or not _knows(row, after)
        if after and is_new and after not in _current_texts(row):
            return ChangedSegment(row, before, after, correction.author)
    if segment.target and not _knows(row, segment.target):
        return ChangedSegment(row, before, _normalize(segment.target), "")
    return None


def _is_unsigned(correction: interchange.Correction) -> bool:
    """Return whether the correction was made by editing the file: ours have author and time."""
    return not correction.author and correction.submitted is None


def _text_in_force(row: Segment) -> str:
    for correction in row.corrections.all():
        if correction.status == Correction.Status.APPROVED:
            return correction.text
    return row.target_text


def _current_texts(row: Segment) -> set[str]:
    """Return the text in force, and the one that waits for approval."""
    texts = {_normalize(_text_in_force(row))}
    for correction in row.corrections.all():
        if correction.status == Correction.Status.SUBMITTED:
            texts.add(_normalize(correction.text))
    return texts


def _remarks(row: Segment, segment: interchange.Segment) -> list[Remark]:
    """Return the notes that others wrote: a flag without an issue type is none of ours."""
    remarks = []
    for flag in segment.flags:
        if flag.comment and not flag.type:
            remarks.append(Remark(row, flag.author, flag.comment))
    return remarks
