"""Floor 3: handing the article on. The rows become the plain values of formats/exchange.py, and a format writes them.

What replaces the machine's words is chosen: what was approved, or also what waits for approval; as it is, or as it
was at a time. Everything else stays as it came, character for character.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.exporting.serialize import about, segments_of
from articles.formats import FORMATS, Format, for_name, interchange
from articles.models import Article

FORMS: dict[str, Format] = {name: each for name, each in FORMATS.items() if each.write}
"""Every form an article can be had in; the page, the command and the API all read this."""

HOLDS: dict[str, str] = {
    "approved": gettext_noop("Approved corrections only"),
    "everything": gettext_noop("Also corrections that wait for approval"),
}
APPLIED = ("text", "markdown", "html", "docx", "docx-clean", "docx-table")
"""Forms whose text ``hold`` changes. The others hold every correction and say whether it is approved."""


class BadChoice(ValueError):
    """A choice that cannot be met; the text is the sentence for who made it."""


@dataclass(frozen=True)
class Choice:
    """What an export holds: one of HOLDS, and the time as on which (None: now)."""

    hold: str = "approved"
    on: datetime | None = None

    def held(self, form: str) -> str:
        """What a file of this choice holds, in words."""
        if form == "training":
            words = _("segments with an approved correction")
        elif form not in APPLIED:
            words = _("all that this kind of file has room for, each correction with its status")
        elif self.hold == "everything":
            words = _("approved corrections and those waiting for approval; all else as it came")
        else:
            words = _("approved corrections only; all else as it came")
        if not self.on:
            return words
        time = _("as on %(time)s") % {"time": f"{self.on:%Y-%m-%d %H:%M %Z}"}
        return f"{words} ({time})"


NOW = Choice()


def choice(hold: str = "", on: str = "") -> Choice:
    """The choice that was typed or sent: "" is the default; ``on`` is a date (its end counts) or a date with a time,
    in the site's time zone unless it names another. Raises BadChoice."""
    if hold and hold not in HOLDS:
        text = _("An export can hold %(choices)s, not “%(hold)s”.")
        raise BadChoice(text % {"choices": " / ".join(HOLDS), "hold": hold[:40]})
    return Choice(hold or "approved", _moment(on.strip()) if on.strip() else None)


def _moment(text: str) -> datetime | None:
    """None for today: its end is still to come, so it is now that is meant."""
    try:
        moment: date | datetime | None = parse_date(text) or parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        message = _("“%(text)s” is no date; write it like 2026-01-31 or 2026-01-31T18:00.")
        raise BadChoice(message % {"text": text[:40]})
    if not isinstance(moment, datetime):
        if moment == timezone.localdate():
            return None
        moment = datetime.combine(moment, time.max)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment > timezone.now():
        raise BadChoice(
            _("%(text)s is still to come; choose a time that has passed.") % {"text": text[:40]}
        )
    return moment


def exchanged(
    article: Article, form: str = "jsonl", *, choice: Choice = NOW
) -> interchange.Article:
    """The article as plain values for this form. Its segments are a stream that reads the database in chunks, to be
    read once."""
    whole = form == "jsonl"
    segments = segments_of(article, on=choice.on, whole=whole)
    return interchange.Article(
        title=article.title,
        source_language=article.source.language,
        target_language=article.target.language,
        source=article.source.text,
        target=article.target.text,
        segments=map(_with_waiting, segments)
        if choice.hold == "everything" and form in APPLIED
        else segments,
        source_name=article.source.name,
        target_name=article.target.name,
        held=choice.held(form),
        page=bytes(article.target.page or b""),
        **(about(article, on=choice.on) if whole else {}),
    )


_NOT_SO = {
    "html": gettext_noop("“%(title)s” did not come as a web page."),
    "markdown": gettext_noop("“%(title)s” did not come as Markdown."),
}


def forms_of(article: Article) -> dict[str, Format]:
    """The forms that this article can be had in: one that came as text has no web page, and no
    Markdown, to put the corrections into."""
    came_as = for_name(article.target.name) if article.target.page else None
    return {name: form for name, form in FORMS.items() if form is came_as or not form.keeps_page}


def written(articles: Iterable[Article], form: str, *, choice: Choice = NOW) -> Iterator[bytes]:
    """The articles as a file in one of FORMS, in pieces. Raises KeyError for another form, BadChoice when an article
    cannot be had in it, or was not here yet at the chosen time."""
    write = FORMS[form].write
    assert write is not None  # FORMS holds those that write  # noqa: S101
    chosen = list(articles)
    for each in chosen:
        if form not in forms_of(each):
            raise BadChoice(_(_NOT_SO[form]) % {"title": each.title})
        if choice.on and each.created_at > choice.on:
            text = _("“%(title)s” came in later, on %(time)s.")
            raise BadChoice(
                text % {"title": each.title, "time": f"{each.created_at:%Y-%m-%d %H:%M %Z}"}
            )
    return write(exchanged(article, form, choice=choice) for article in chosen)


def file_name(article: Article, form: str, *, choice: Choice = NOW) -> str:
    """What the exported file is called: the target document's name, what it holds in words, the form's ending."""
    stem = article.target.name.rsplit(".", 1)[0] or "article"
    held = "with-waiting" if choice.hold == "everything" else "corrected"
    if form not in (*APPLIED, "training"):
        held = "review"
    then = f".as-on-{choice.on:%Y-%m-%d-%H%M}" if choice.on else ""
    return f"{stem}.{held}{then}{FORMS[form].endings[0]}"


def _with_waiting(segment: interchange.Segment) -> interchange.Segment:
    """The segment as if the correction that waits for approval, where there is one, were in force."""
    waiting = next((each for each in segment.corrections if each.status == "submitted"), None)
    return (
        replace(segment, corrections=(replace(waiting, status="approved"),)) if waiting else segment
    )


def zipped(articles: Iterable[Article]) -> io.BytesIO:
    """A ZIP file with each article's corrected text, and one table of all their corrections."""
    chosen = list(articles)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in chosen:
            archive.writestr(
                f"{article.pk}-{file_name(article, 'text')}", b"".join(written([article], "text"))
            )
        archive.writestr("corrections.csv", b"".join(written(chosen, "csv")))
    file.seek(0)
    return file
