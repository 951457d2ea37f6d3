"""Import findings of other tools.

Each finding names the tool as its origin, and our own checks leave it alone. Importing a file twice
is the same as once. A finding that the tool had in an article before, and that is not in the new
file, is withdrawn unless somebody has decided on it. It is not dismissed: the tool only does not
find it any longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles import checks
from articles.findings import store
from articles.findings.messages import at_place
from articles.formats.tables import findings
from articles.models import Article, Event, Finding, Flag, Segment
from articles.text.document import Span
from articles.text.spans import locate

Located = tuple[Segment, checks.Finding]
"""A finding with the segment that it belongs to."""

_BATCH = 500
_DEFAULT_ORIGIN = "import"
_LONGEST_ORIGIN = 80
_LONGEST_CHECK = 40
"""Characters that Finding.finder and Finding.check_id hold."""
_SHOWN_PROBLEMS = 100
_SHOWN_WORDS = 60
_MESSAGE = gettext_noop("%(type)s (found by %(finder)s)")


class NotImported(Exception):
    """Raised for a finding that cannot be imported; the text is the reason, for the person."""


@dataclass
class ImportOutcome:
    """The counts of one import, and why some findings were not imported (the first 100)."""

    found: int = 0
    new: int = 0
    refused: int = 0
    withdrawn: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        text = _(
            "%(found)s findings: %(new)s new, %(same)s already there, %(refused)s not imported."
        )
        same = self.found - self.new - self.refused
        sentence = text % {**vars(self), "same": same}
        if not self.withdrawn:
            return sentence
        more = ngettext(
            "%(count)s earlier finding of the tool was withdrawn.",
            "%(count)s earlier findings of the tool were withdrawn.",
            self.withdrawn,
        )
        return f"{sentence} {more % {'count': self.withdrawn}}"

    def refuse(self, place: str, reason: str) -> None:
        """Count a finding that is not imported."""
        self.refused += 1
        if self.refused <= _SHOWN_PROBLEMS:
            self.problems.append(at_place(place, reason))


def import_findings(
    file: BinaryIO,
    *,
    name: str,
    format: str = "",
    origin: str = "",
    article: Article | None = None,
    by: User | None = None,
    withdraw: bool = True,
    dry_run: bool = False,
) -> ImportOutcome:
    """Store the findings that a file holds, in one transaction.

    Raise BadFile for an unreadable file.
    ``format`` is one of findings.readable_formats(), "" for what the file's name says; ``origin``
    names the tool where the file does not; ``article`` is the one that the whole file is about,
    None for the one that each line names, which is of a team of ``by``. A finding whose segment or
    words are not found, or whose type is none of MQM-Core, is not imported, and the outcome says
    why. With ``withdraw`` the file is taken as all that the tool has found in the articles it
    names. With ``dry_run`` nothing is written.
    """
    run = _Import(article, origin, by)
    with transaction.atomic():
        rows = findings.read_findings(file, name=name, format=format)
        while batch := list(islice(rows, _BATCH)):
            run.store_batch(batch)
        if withdraw:
            run.withdraw()
        run.record(by)
        # A dry run does all the work, so that its counts are those of the import, and undoes it.
        transaction.set_rollback(dry_run)
    return run.outcome


class _Import:
    """One import: its outcome, the findings seen, and the counts for the articles' history."""

    def __init__(self, article: Article | None, origin: str, by: User | None) -> None:
        self.outcome = ImportOutcome()
        self.origin = origin
        self.segments = _SegmentLookup(article, by)
        # (article id, origin) → the findings that the file holds; → how many are new or withdrawn.
        self.seen: dict[tuple[int, str], set[store.Key]] = defaultdict(set)
        self.new: dict[tuple[int, str], int] = defaultdict(int)
        self.withdrawn: dict[tuple[int, str], int] = {}

    def store_batch(self, batch: Iterable[findings.ExternalFinding]) -> None:
        """Store the findings of some lines of the file."""
        by_origin: dict[str, list[Located]] = defaultdict(list)
        for reported in batch:
            self.outcome.found += 1
            try:
                segment = self.segments.find(reported)
                origin = _valid_origin(reported.finder or self.origin)
                finding = locate_finding(reported, segment, origin)
            except NotImported as reason:
                self.outcome.refuse(reported.place, str(reason))
            else:
                by_origin[origin].append((segment, finding))
        for origin, located in by_origin.items():
            self._remember(located, origin)
            for article_id, count in store_located(located, origin=origin).items():
                self.new[article_id, origin] += count
                self.outcome.new += count

    def _remember(self, located: Iterable[Located], origin: str) -> None:
        for segment, finding in located:
            texts = (segment.source_text, segment.target_text)
            fingerprint = store.fingerprint_for(finding, origin, texts)
            self.seen[segment.article_id, origin].add((segment.pk, fingerprint))

    def withdraw(self) -> None:
        """Delete the findings that the tools had in these articles and that the file does not hold.

        A finding that somebody accepted, dismissed, or decided on in a blind review stays.
        """
        for (article_id, origin), seen in self.seen.items():
            gone = _undecided_except(seen, article_id, origin)
            for start in range(0, len(gone), _BATCH):
                Finding.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
            if gone:
                self.withdrawn[article_id, origin] = len(gone)
                self.outcome.withdrawn += len(gone)

    def record(self, by: User | None) -> None:
        """Record one event in each article where anything changed."""
        details: dict[int, dict[str, Any]] = defaultdict(dict)
        for (article_id, origin), count in self.new.items():
            if count:
                details[article_id].setdefault("new", {})[origin] = count
        for (article_id, origin), count in self.withdrawn.items():
            details[article_id].setdefault("new", {})
            details[article_id].setdefault("withdrawn", {})[origin] = count
        for article_id, counts in details.items():
            article = Article.objects.get(pk=article_id)
            Event.objects.record(Event.Act.HEARD, article=article, by=by, **counts)


def _undecided_except(seen: set[store.Key], article_id: int, origin: str) -> list[int]:
    """Return the ids of an origin's undecided findings in the article but for those ``seen``."""
    rows = Finding.objects.filter(
        segment__article=article_id, finder=origin, status=Finding.Status.OPEN, verdicts=None
    )
    flagged = Flag.everything.filter(finding=OuterRef("pk"))
    rows = rows.exclude(Exists(flagged))
    stored = rows.values_list("pk", "segment_id", "fingerprint")
    return [pk for pk, segment_id, known in stored if (segment_id, known) not in seen]


def store_located(located: Iterable[Located], *, origin: str) -> dict[int, int]:
    """Store findings of one origin; return article id → how many are new."""
    by_article: dict[int, dict[int, list[checks.Finding]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[int, tuple[str, str]] = {}
    for segment, finding in located:
        texts[segment.pk] = (segment.source_text, segment.target_text)
        with_words = store.with_words(finding, texts[segment.pk])
        by_article[segment.article_id][segment.pk].append(with_words)
    new = {}
    for article_id, found in by_article.items():
        checked = {pk: texts[pk] for pk in found}
        new[article_id] = store.store_reported(checked, found, origin=origin)
    return new


def _valid_origin(name: str) -> str:
    """Return the tool's name as it is stored. Raise NotImported for the name of our own checks."""
    name = " ".join(name.split())[:_LONGEST_ORIGIN] or _DEFAULT_ORIGIN
    if name == store.OWN_CHECKS:
        raise NotImported(
            _("“%(name)s” is the name of our own checks; give the tool another name.")
            % {"name": name}
        )
    return name


# ── where a finding belongs ──────────────────────────────────────────────────


class _SegmentLookup:
    """Find the segment that a line of a file is about, in the teams of the person who brings it.

    The segments of one article are in memory until another article's are needed: a file names its
    articles one after the other.
    """

    def __init__(self, article: Article | None, by: User | None) -> None:
        self.given = article
        self.articles = Article.objects.visible_to(by) if by else Article.objects.all()
        self.ids_by_name: dict[str, list[int]] = {}
        self.loaded = 0
        self.by_position: dict[int, Segment] = {}
        self.by_texts: dict[tuple[str, str], Segment] = {}

    def find(self, reported: findings.ExternalFinding) -> Segment:
        """Return the segment that is meant. Raise NotImported when there is none, or several."""
        self._load_article_of(reported)
        found = None
        if reported.position is not None:
            found = self.by_position.get(reported.position)
        if reported.texts and not _has_texts(found, reported.texts):
            found = self.by_texts.get(reported.texts)
        if found is None:
            raise NotImported(_("there is no such segment."))
        return found

    def _load_article_of(self, reported: findings.ExternalFinding) -> None:
        """Load the article that the line names or, where it names none, that holds its texts."""
        ids = self._article_ids(reported.article)
        if len(ids) > 1:
            raise NotImported(
                _("%(count)s articles have this title; give the article’s number.")
                % {"count": len(ids)}
            )
        if ids:
            self._load(ids[0])
        elif reported.texts is None:
            raise NotImported(_("there is no article “%(name)s”.") % {"name": reported.article})
        elif reported.texts not in self.by_texts:
            source, target = reported.texts
            same = Segment.objects.filter(source_text=source, target_text=target)
            segment = same.filter(article__in=self.articles).order_by("pk").first()
            if segment is not None:
                self._load(segment.article_id)

    def _article_ids(self, name: str) -> list[int]:
        """Return the ids of the articles with that number or title."""
        if self.given is not None:
            return [self.given.pk]
        if not name:
            return []
        if name not in self.ids_by_name:
            ids = self.articles.named(name).values_list("pk", flat=True)
            self.ids_by_name[name] = list(ids)
        return self.ids_by_name[name]

    def _load(self, article_id: int) -> None:
        """Keep the article's segments in memory, in the place of another's."""
        if self.loaded == article_id:
            return
        # From the last to the first, so that of segments with the same texts the first is found.
        rows = list(Segment.objects.filter(article=article_id).order_by("-position"))
        self.loaded = article_id
        self.by_position = {row.position: row for row in rows}
        self.by_texts = {(row.source_text, row.target_text): row for row in rows}


def _has_texts(segment: Segment | None, texts: tuple[str, str]) -> bool:
    return segment is not None and (segment.source_text, segment.target_text) == texts


def locate_finding(
    reported: findings.ExternalFinding, segment: Segment, origin: str
) -> checks.Finding:
    """Return the finding with its spans in the segment's texts.

    Raise NotImported when its words are not there, or its type is none of MQM-Core.
    """
    if not reported.type:
        raise NotImported(_("“%(name)s” is no type of MQM-Core.") % {"name": reported.category})
    caret = _located_caret(reported.caret, segment.target_text)
    message = _MESSAGE
    values: dict[str, Any] = {"type": reported.type, "finder": origin}
    if reported.message:
        message = "%(said)s"
        values = {"said": reported.message}
    check = reported.check or reported.type.lower().replace(" ", "-")
    return checks.Finding(
        check=check[:_LONGEST_CHECK],
        type=reported.type,
        severity=reported.severity,
        score=reported.score,
        message=message,
        values=values,
        source_spans=tuple(_located_spans(reported.source, segment.source_text)),
        target_spans=tuple(_located_spans(reported.target, segment.target_text)),
        caret=caret,
    )


def _located_caret(caret: int | str | None, text: str) -> int | None:
    """Return the caret's offset; the file gives it as such, or as the words that follow it."""
    if isinstance(caret, str):
        found = locate(caret, text, near=0)
        if found is None:
            raise NotImported(_no_such_words(caret))
        return found.start
    if caret is not None and caret > len(text):
        raise NotImported(_("position %(place)s is past the end of the text.") % {"place": caret})
    return caret


def _located_spans(places: Sequence[findings.Location], text: str) -> Iterator[Span]:
    """Yield where the words stand; the second of two equal ones is looked for after the first."""
    end = 0
    for place in places:
        if isinstance(place, str):
            words = place
            span = _locate_after(place, text, end)
        else:
            words = f"{place.start}–{place.end}"
            span = place
        if span is None or span.end > len(text):
            raise NotImported(_no_such_words(words))
        end = span.end
        yield span


def _locate_after(words: str, text: str, start: int) -> Span | None:
    """Return where the words stand after ``start``, or else where they stand at all."""
    rest = locate(words, text[start:], near=0)
    if rest is None:
        return locate(words, text, near=start)
    return Span(rest.start + start, rest.end + start)


def _no_such_words(words: str) -> str:
    return _("the segment does not contain “%(words)s”.") % {"words": words[:_SHOWN_WORDS]}
