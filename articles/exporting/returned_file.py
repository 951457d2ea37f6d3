"""Read an exported file of an article that comes back edited, for the page of its proposals.

A Word file is read by reviewed_word.py, with its tracked changes; a table, XLIFF or TMX file by its
segments (review/edited_elsewhere.py).
"""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from articles.exporting import reviewed_word
from articles.exporting.reviewed_word import FileComment
from articles.formats import HEAD_BYTES, BadFile, Format, detect_format, interchange
from articles.formats.office.docx_read import Comment
from articles.models import Article
from articles.review.edited_elsewhere import EditedFile, belongs_to, read_changes
from articles.review.proposals import Proposal, make_proposal

_FOREIGN = gettext_noop(
    "this is not the text of “%(title)s”: most of its segments are not in the file"
)


class ReturnedFile(NamedTuple):
    """The contents of a file that came back.

    ``unmatched`` counts its rows that belong to no segment.
    """

    proposals: list[Proposal]
    comments: list[FileComment]
    unmatched: int = 0


def read_returned(article: Article, name: str, file: BinaryIO, *, by: User) -> ReturnedFile:
    """Return the proposals and comments of the file, in reading order; store nothing.

    ``name`` is the file's name. Raises BadFile for what cannot be read, or is another text.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    known, _by_content = detect_format(name, head)
    # An unknown file goes to the reader of Word too, which says in a sentence that it is none.
    if known is None or not known.comes_back or name.lower().endswith(".docx"):
        proposals, comments = reviewed_word.read_proposals(article, file, by=by)
        return ReturnedFile(proposals, comments)
    edited = read_changes(article, _segments_of(article, known, name, file))
    return ReturnedFile(_proposals(edited, by), _comments(edited), unmatched=len(edited.unmatched))


def _segments_of(
    article: Article, known: Format, name: str, file: BinaryIO
) -> list[interchange.Segment]:
    """Return the article's segments in the file; a file may hold several articles."""
    assert known.read is not None  # it comes back  # noqa: S101
    segments: list[interchange.Segment] = []
    for incoming in known.read(file, name=name):
        own = list(incoming.segments)
        if belongs_to(article, own):
            segments += own
    if not segments:
        raise BadFile(_FOREIGN, title=article.title)
    return segments


def _proposals(edited: EditedFile, by: User) -> list[Proposal]:
    proposals = []
    for row, before, after, author in edited.changed:
        proposals.append(make_proposal(row, before, after, author, by=by))
    return proposals


def _comments(edited: EditedFile) -> list[FileComment]:
    comments = []
    for remark in edited.remarks:
        comment = Comment(remark.author, remark.text, "", 0)
        comments.append(FileComment(comment, remark.row))
    return comments
