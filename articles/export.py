"""Floor 3: handing the article on. The rows become the plain values of formats/exchange.py, and a format writes them.

Only what was approved replaces the machine's words; everything else stays as it came, character for character.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from articles.formats import FORMATS, Format, exchange
from articles.models import Article, Correction, Event, Finding, Flag
from articles.text.document import Span

_CHUNK = 2000


def exchanged(article: Article) -> exchange.Article:
    """The article as plain values. Its segments are a stream that reads the database in chunks, to be read once."""
    return exchange.Article(
        title=article.title,
        source_language=article.source.language,
        target_language=article.target.language,
        source=article.source.text,
        target=article.target.text,
        segments=_segments(article),
        source_name=article.source.name,
        target_name=article.target.name,
        held=_("approved corrections only; all else as it came"),
    )


FORMS: dict[str, Format] = {name: each for name, each in FORMATS.items() if each.write}
"""Every form an article can be had in; the page, the command and the admin all read this."""


def written(articles: Iterable[Article], form: str) -> Iterator[bytes]:
    """The articles as a file in one of FORMS, in pieces. Raises KeyError for another form."""
    write = FORMS[form].write
    assert write is not None  # FORMS holds those that write  # noqa: S101
    return write(exchanged(article) for article in articles)


def file_name(article: Article, form: str) -> str:
    """What the exported file is called: the target document's name with another ending."""
    stem = article.target.name.rsplit(".", 1)[0] or "article"
    return f"{stem}.corrected{FORMS[form].endings[0]}"


_FIELDS = (
    "id", "position", "source_text", "target_text", "source_start", "source_end", "target_start", "target_end",
    "score", "status",
)  # fmt: skip


def _segments(article: Article) -> Iterator[exchange.Segment]:
    """The segments in order: most have no review, so plain tuples are read, and the reviews of a chunk at once."""
    rows = article.segments.order_by("position").values_list(*_FIELDS).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        reviews = _reviews(article, chunk[0][1], chunk[-1][1])
        for key, position, source, target, source_start, source_end, target_start, target_end, score, status in chunk:
            yield exchange.Segment(
                source,
                target,
                str(position),
                Span(source_start, source_end),
                Span(target_start, target_end),
                score,
                status,
                *(tuple(kind.get(key, ())) for kind in reviews),
            )


def _reviews(article: Article, first: int, last: int) -> list[dict[int, list[Any]]]:
    """What was said of the segments at these positions, by segment: flags, corrections, findings, events."""
    chosen = {"segment__article": article, "segment__position__range": (first, last)}
    kinds: list[tuple[Any, Callable[[Any], Any]]] = [
        (Flag.objects.filter(**chosen).exclude(status=Flag.Status.REMOVED).select_related("author"), _flag),
        (
            Correction.objects.filter(**chosen)
            .exclude(status=Correction.Status.DRAFT)
            .select_related("author", "decided_by"),
            _correction,
        ),
        (Finding.objects.filter(**chosen).order_by("-score", "id"), _finding),
        (Event.objects.filter(**chosen).select_related("actor").order_by("id"), _event),
    ]
    found: list[dict[int, list[Any]]] = []
    for rows, made in kinds:
        by_segment: dict[int, list[Any]] = defaultdict(list)
        for row in rows if rows.ordered else rows.order_by("id"):
            by_segment[row.segment_id].append(made(row))
        found.append(by_segment)
    return found


def _event(row: Event) -> exchange.Event:
    return exchange.Event(act=row.act, by=_name(row.actor), time=row.at, details=row.details)


def _flag(row: Flag) -> exchange.Flag:
    return exchange.Flag(
        type=row.type,
        severity=row.severity,
        source_span=row.source_span,
        target_span=row.target_span,
        caret=row.caret,
        comment=row.comment,
        author=_name(row.author),
        time=row.created_at,
        status=row.status,
    )


def _correction(row: Correction) -> exchange.Correction:
    return exchange.Correction(
        before=row.before,
        after=row.text,
        status=row.status,
        author=_name(row.author),
        submitted=row.submitted_at,
        decided_by=_name(row.decided_by),
        decided=row.decided_at,
        reason=row.reason,
    )


def _finding(row: Finding) -> exchange.Finding:
    return exchange.Finding(
        check=row.check_id,
        type=row.type,
        severity=row.severity,
        score=row.score,
        message=row.message % row.values,
        source_spans=tuple(Span(*span) for span in row.source_spans),
        target_spans=tuple(Span(*span) for span in row.target_spans),
        caret=row.caret,
        status=row.status,
        reason=row.reason,
    )


def _name(person: Any) -> str:
    return person.get_username() if person else ""


def zipped(articles: Iterable[Article]) -> io.BytesIO:
    """A ZIP file with each article's corrected text, and one table of all their corrections."""
    chosen = list(articles)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in chosen:
            archive.writestr(f"{article.pk}-{file_name(article, 'text')}", b"".join(written([article], "text")))
        archive.writestr("corrections.csv", b"".join(written(chosen, "csv")))
    file.seek(0)
    return file
