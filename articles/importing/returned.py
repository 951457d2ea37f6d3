"""Files that were exported here and edited elsewhere: they change their article, and make no other.

A table, XLIFF or TMX file that comes back is known by its segments (review/edited_elsewhere.py).
Its new texts are sent to approval in the name of the person who brings it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User

from articles.formats import BadFile, Format, interchange
from articles.formats.interchange import Warnings
from articles.formats.office.docx_key import read_key
from articles.formats.office.docx_read import open_package
from articles.importing import results
from articles.importing.results import FileResult, add_warnings
from articles.models import Article, Team
from articles.review.edited_elsewhere import (
    EditedFile,
    find_article,
    may_have_origin,
    read_changes,
)
from articles.review.proposals import Proposal, make_proposal, submit_proposals
from articles.text.document import Document
from articles.text.messages import Message, gettext_noop, join, ngettext
from articles.text.messages import gettext as _

_NOBODY = gettext_noop(
    "it changes “%(title)s”, from which it was exported; sign in to import it, or name the "
    "importing user"
)


_WORD_FILE = gettext_noop(
    "this is “%(title)s”, exported from here; import it on the article’s export page"
)


def refuse_exported_here(document: Document, team: Team) -> FileResult | None:
    """Return the result of a Word file that was exported here, None for any other document.

    It says where the file belongs, and does not wait for a partner.
    """
    # A Word file is a zip; of any other zip ``open_package`` says that it is none.
    if not document.page.startswith(b"PK"):
        return None
    try:
        key = read_key(open_package(document.page))
    except BadFile:
        return None
    lines = set(document.text.split("\n"))
    for article in Article.objects.filter(team=team).with_key(key):
        # The number alone may be that of an article of another site.
        if lines & set(article.target.text.split("\n")) - {""}:
            refused = results.refuse_unpaired(document)
            text = Message(_WORD_FILE, values={"title": article.title})
            return replace(refused, message=text, article=article)
    return None


@dataclass
class ReturnedArticles:
    """The segments of one file that belong to articles of the team, by the article's number."""

    team: Team
    articles: dict[int, Article] = field(default_factory=dict)
    segments: dict[int, list[interchange.Segment]] = field(default_factory=dict)

    def take(
        self, incoming: interchange.Article, format: Format
    ) -> tuple[interchange.Article, Article | None]:
        """Keep the segments of an article that came back; return it with the article here.

        Return None beside the incoming article where it is new here. Its segments are read once:
        use what is returned.
        """
        if not format.comes_back or not may_have_origin(incoming, self.team):
            return incoming, None
        # A stream can be read once, and is needed twice: to find the article and to store or
        # compare it.
        incoming = replace(incoming, segments=tuple(incoming.segments))
        origin = find_article(incoming, self.team)
        if origin is not None:
            self.articles[origin.pk] = origin
            self.segments.setdefault(origin.pk, []).extend(incoming.segments)
        return incoming, origin

    def preview(self, table: FileResult, warnings: Warnings | None) -> FileResult:
        """Return the result that importing the file would have.

        ``table`` is the result of its articles as such; it says that they are here already where
        none is new.
        """
        previews = list(self._previews(table.name))
        if not previews:
            return table
        if table.kind == "new":
            said = [table.message, *(each.message for each in previews)]
            return replace(table, message=join(said))
        message = join(each.message for each in previews)
        kinds = {each.kind for each in previews}
        kind = "returned" if "returned" in kinds else "same"
        article = previews[0].article if len(previews) == 1 else None
        return add_warnings(FileResult(table.name, message, kind, article), warnings)

    def _previews(self, name: str) -> Iterator[FileResult]:
        for article, edited in self._edited():
            count = len(edited.changed)
            if count:
                text = ngettext(
                    "“%(title)s”, edited elsewhere: %(count)s changed sentence will be "
                    "submitted for approval.",
                    "“%(title)s”, edited elsewhere: %(count)s changed sentences will be "
                    "submitted for approval.",
                    count,
                )
            else:
                text = _("“%(title)s”: already imported, nothing will change.")
            yield _result(name, article, text, count=count, changes=count, edited=edited)

    def submit(self, name: str, by: User | None) -> Iterator[FileResult]:
        """Send the changed texts to approval; yield the result for each article.

        Raises BadFile where there are changes and nobody who brings them.
        """
        for article, edited in self._edited():
            if not edited.changed:
                text = _("“%(title)s”: already imported, nothing changed.")
                yield _result(name, article, text, count=0, changes=0, edited=edited)
                continue
            if by is None:
                raise BadFile(_NOBODY, title=article.title)
            submitted, refused = _submit(article, edited, by)
            text = ngettext(
                "“%(title)s”, edited elsewhere: %(count)s changed sentence was submitted for "
                "approval.",
                "“%(title)s”, edited elsewhere: %(count)s changed sentences were submitted "
                "for approval.",
                submitted,
            )
            result = _result(
                name, article, text, count=submitted, changes=len(edited.changed), edited=edited
            )
            said = [result.message, *(_describe_refusal(each) for each in refused)]
            yield replace(result, message=join(said))

    def _edited(self) -> Iterator[tuple[Article, EditedFile]]:
        for number, article in self.articles.items():
            yield article, read_changes(article, self.segments[number])


def _submit(article: Article, edited: EditedFile, by: User) -> tuple[int, list[Proposal]]:
    """Send the changes to approval; return how many were sent, and those that were not.

    A text that somebody has corrected since is not sent: nobody looks at it one by one here.
    """
    submitted = 0
    refused = []
    for row, before, after, author in edited.changed:
        proposal = make_proposal(row, before, after, author, by=by)
        # One at a time, each by the act of an editor: one that is refused does not hold up the
        # others.
        if not (proposal.reason or proposal.warning):
            chosen = [(row.pk, row.revision, proposal.text)]
            (proposal,) = submit_proposals(article, chosen, by=by)
        if proposal.reason or proposal.warning:
            refused.append(proposal)
        else:
            submitted += 1
    return submitted, refused


def _result(
    name: str, article: Article, text: Message, *, count: int, changes: int, edited: EditedFile
) -> FileResult:
    """Return the result of a file that came back, with what of it is left out."""
    sentences = [text % {"title": article.title, "count": count}]
    unmatched = len(edited.unmatched)
    if unmatched:
        words = ngettext(
            "%(count)s row of the file matches no segment and is left out.",
            "%(count)s rows of the file match no segment and are left out.",
            unmatched,
        )
        sentences.append(words % {"count": unmatched})
    if edited.remarks:
        words = ngettext(
            "%(count)s comment in the file is not imported; flag in the article what matters.",
            "%(count)s comments in the file are not imported; flag in the article what matters.",
            len(edited.remarks),
        )
        sentences.append(words % {"count": len(edited.remarks)})
    kind = "returned" if changes else "same"
    return FileResult(name, join(sentences), kind, article)


def _describe_refusal(proposal: Proposal) -> Message:
    text = _("Segment %(position)s was not changed: %(reason)s")
    reason = proposal.reason or proposal.warning
    return text % {"position": proposal.segment.position, "reason": reason}
