"""Read an exported Word file that comes back reviewed; what changed in it becomes proposals.

First the file is examined: which segments have other words now, and whether each change may be
proposed. The chosen ones are then sent to approval by review/proposals.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.exporting.actions import to_interchange, translation_into
from articles.formats import BadFile, interchange
from articles.formats.interchange import LARGEST_TEXT, read_all
from articles.formats.office.docx_comments import WITHOUT_FLAG
from articles.formats.office.docx_read import (
    Comment,
    ReviewedDocument,
    locate_segments,
    proposed_corrections,
    read_reviewed,
    table_corrections,
)
from articles.formats.tables.delimited import describe_flag
from articles.formats.text.plain import corrected_text
from articles.models import Article, Segment
from articles.review.proposals import Proposal, make_proposal
from articles.text.diff import edits
from articles.text.thresholds import SAME_WORD_FILE

_FOREIGN = gettext_noop(
    "this is not the text of “%(title)s”: most of its words are not in the file"
)


@dataclass(frozen=True)
class FileComment:
    """A comment that somebody wrote into the file, and the segment it is about, where known."""

    comment: Comment
    segment: Segment | None


class ReviewedFile(NamedTuple):
    """The contents of a file that came back."""

    proposals: list[Proposal]
    comments: list[FileComment]


def read_proposals(article: Article, file: BinaryIO, *, by: User) -> ReviewedFile:
    """Return the proposals and comments of the reviewed file, in reading order; store nothing.

    Raises BadFile for what is no Word file, or another text.
    """
    # A Word file has pictures besides its text.
    data = read_all(file, 5 * LARGEST_TEXT)
    exported = to_interchange(article)
    exported = replace(exported, segments=list(exported.segments))
    found = table_corrections(exported, data)
    reviewed = read_reviewed(data)
    is_table = found is not None
    if found is None:
        if not _belongs_to(exported, reviewed):
            raise BadFile(_FOREIGN, title=article.title)
        found = proposed_corrections(exported, reviewed)
    changed = {int(segment.id): correction for segment, correction in found}
    rows = (
        article.segments.filter(position__in=list(changed))
        .prefetch_related("corrections")
        .order_by("position")
    )
    comments = _new_comments(article, exported, reviewed, is_table=is_table)
    proposals = []
    for row in rows:
        correction = changed[row.position]
        proposal = make_proposal(row, correction.before, correction.after, correction.author, by=by)
        proposals.append(proposal)
    return ReviewedFile(proposals, comments)


def _new_comments(
    article: Article, exported: interchange.Article, reviewed: ReviewedDocument, *, is_table: bool
) -> list[FileComment]:
    """Return the comments in the file that were not exported with it."""
    exported_comments = _exported_comments(_placed_segments(exported))
    openings = tuple(_in_all_languages(WITHOUT_FLAG))
    comments = []
    for comment in reviewed.comments:
        text = _normalize(comment.text)
        if text not in exported_comments and not text.startswith(openings):
            comments.append(comment)
    if is_table or not comments:  # a table does not tell to which segment a comment belongs
        return [FileComment(comment, None) for comment in comments]
    return _located_comments(article, exported, reviewed, comments)


def _located_comments(
    article: Article,
    exported: interchange.Article,
    reviewed: ReviewedDocument,
    comments: Iterable[Comment],
) -> list[FileComment]:
    """Return the comments with the segments whose words they stand in."""
    segments = _placed_segments(exported)
    places = locate_segments(exported, segments, reviewed.accepted)
    ends = [end for _start, end in places]
    rows = {row.position: row for row in article.segments.all()}
    found = []
    for comment in comments:
        row = None
        if ends:
            # A comment behind the last words belongs to the last segment.
            number = min(bisect_right(ends, comment.at), len(ends) - 1)
            row = rows.get(int(segments[number].id))
        found.append(FileComment(comment, row))
    return found


def _placed_segments(exported: interchange.Article) -> list[interchange.Segment]:
    return [segment for segment in exported.segments if segment.target_span is not None]


def _exported_comments(segments: Iterable[interchange.Segment]) -> set[str]:
    """Return the texts of the comments that the exported file has for its flags.

    They are in the language of whoever exported it.
    """
    texts: set[str] = set()
    for segment in segments:
        for flag in segment.flags:
            texts.update(_descriptions(flag, segment))
    return texts


def _descriptions(flag: interchange.Flag, segment: interchange.Segment) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        yield _normalize(describe_flag(flag, segment, translation_into(code)))


def _in_all_languages(words: str) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        yield translation_into(code)(words)


def _normalize(text: str) -> str:
    return " ".join(text.split())


def _belongs_to(exported: interchange.Article, reviewed: ReviewedDocument) -> bool:
    """Return whether the file holds the article, with all changes rejected or all accepted."""
    if _shared(exported.target, reviewed.rejected) >= SAME_WORD_FILE:
        return True
    return _shared(corrected_text(exported), reviewed.accepted) >= SAME_WORD_FILE


def _shared(before: str, after: str) -> float:
    """Return the share of characters that stayed, of the longer text."""
    removed = sum(edit.span.end - edit.span.start for edit in edits(before, after))
    return (len(before) - removed) / max(len(before), len(after), 1)
