"""Floor 3: findings by other tools come in. Each says who found it, and our own checks leave it alone.

Taking a file in twice is the same as once. What the tool found earlier in an article, and does not find there any more,
is withdrawn, unless somebody has decided on it: nobody dismissed it, it is simply not doubted any longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from articles import checks
from articles.findings import service
from articles.formats.tables import findings
from articles.models import Article, Event, Finding, Flag, Segment
from articles.text.document import Span
from articles.text.spans import locate

_BATCH = 500
_DEFAULT = "import"
_SHOWN_PROBLEMS = 100
_MESSAGE = gettext_noop("Possible: %(type)s (found by %(finder)s).")


class NotImported(Exception):
    """Why one finding of a file was not taken, in plain words."""


@dataclass
class ImportOutcome:
    """What became of a file: its findings, how many are new, why some were not taken (the first 100), and how many
    that the tool had were withdrawn."""

    found: int = 0
    new: int = 0
    refused: int = 0
    withdrawn: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        text = _("%(found)s findings: %(new)s new, %(same)s here already, %(refused)s not taken.")
        told = text % {**vars(self), "same": self.found - self.new - self.refused}
        if not self.withdrawn:
            return told
        more = ngettext(
            "%(count)s that the tool had found before is withdrawn.",
            "%(count)s that the tool had found before are withdrawn.",
            self.withdrawn,
        )
        return f"{told} {more % {'count': self.withdrawn}}"

    def refuse(self, place: str, reason: str) -> None:
        """Count a finding that was not taken."""
        self.refused += 1
        if self.refused <= _SHOWN_PROBLEMS:
            word, blank, number = place.partition(" ")
            self.problems.append(
                _("%(place)s: %(sentence)s")
                % {"place": _(word) + blank + number, "sentence": reason}
            )


def import_findings(
    file: BinaryIO,
    *,
    name: str,
    format: str = "",
    origin: str = "",
    article: Article | None = None,
    by: Any = None,
    withdraw: bool = True,
    dry_run: bool = False,
) -> ImportOutcome:
    """Store the findings that a file holds, in one transaction. Raises BadFile when the file cannot be read.

    ``format`` is one of findings.readable_formats(), "" for what the name says; ``origin`` names the tool where the file does not;
    ``article`` is the one that all of it is about, None for what each line says. A finding whose segment or words are
    not found, or whose type MQM-Core has not, is not taken; the outcome says so. ``withdraw`` says that the file is all
    the tool has to say of the articles it names; ``dry_run`` that nothing is to be written.
    """
    outcome = ImportOutcome()
    seen: Seen = defaultdict(set)
    new: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    segments = _Segments(article)
    with transaction.atomic():
        rows = findings.read_findings(file, name=name, form=format)
        while batch := list(islice(rows, _BATCH)):
            by_finder: dict[str, list[tuple[Segment, checks.Finding]]] = defaultdict(list)
            for doubt in batch:
                outcome.found += 1
                try:
                    segment = segments.find(doubt)
                    who = _finder(doubt.finder or origin)
                    by_finder[who].append((segment, locate_finding(doubt, segment, who)))
                except NotImported as reason:
                    outcome.refuse(doubt.place, str(reason))
            for who, pairs in by_finder.items():
                _remember(pairs, who, seen)
                for owner, count in store_located(pairs, origin=who).items():
                    new[owner][who] += count
                    outcome.new += count
        gone = _withdrawn(seen) if withdraw else {}
        outcome.withdrawn = sum(sum(counts.values()) for counts in gone.values())
        _tell(new, gone, by=by)
        transaction.set_rollback(dry_run)
    return outcome


Seen = dict[tuple[int, str], set[tuple[int, str]]]
"""(article, finder) → (segment, fingerprint) of each finding that a file holds."""


def _remember(pairs: Iterable[tuple[Segment, checks.Finding]], finder: str, seen: Seen) -> None:
    for segment, finding in pairs:
        known = service.fingerprint_for(finding, finder, (segment.source_text, segment.target_text))
        seen[segment.article_id, finder].add((segment.pk, known))


def _withdrawn(seen: Seen) -> dict[int, dict[str, int]]:
    """Take away what the finders had found in these articles and is not among what was seen; how many, by article.

    What somebody made a flag, dismissed, or has an eye on while reading apart, stays.
    """
    gone: dict[int, dict[str, int]] = defaultdict(dict)
    for (owner, who), kept in seen.items():
        rows = Finding.objects.filter(
            segment__article=owner, finder=who, status=Finding.Status.OPEN, verdicts=None
        )
        rows = rows.exclude(Exists(Flag.everything.filter(finding=OuterRef("pk"))))
        keys = [
            pk
            for pk, *key in rows.values_list("pk", "segment_id", "fingerprint")
            if tuple(key) not in kept
        ]
        for start in range(0, len(keys), _BATCH):
            Finding.objects.filter(pk__in=keys[start : start + _BATCH]).delete()
        if keys:
            gone[owner][who] = len(keys)
    return gone


def _tell(new: dict[int, dict[str, int]], gone: dict[int, dict[str, int]], *, by: Any) -> None:
    """One line of history for each article where anything changed."""
    for owner in new.keys() | gone.keys():
        details: dict[str, Any] = {
            "new": {who: count for who, count in new[owner].items() if count}
        }
        if owner in gone:
            details["withdrawn"] = gone[owner]
        if details["new"] or owner in gone:
            Event.objects.record(
                Event.Act.HEARD, article=Article.objects.get(pk=owner), by=by, **details
            )


def store_located(
    pairs: Iterable[tuple[Segment, checks.Finding]], *, origin: str
) -> dict[int, int]:
    """Store (segment, finding) pairs as those of ``finder``; return article id → how many are new."""
    by_article: dict[int, dict[int, list[checks.Finding]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[int, tuple[str, str]] = {}
    for segment, finding in pairs:
        texts[segment.pk] = (segment.source_text, segment.target_text)
        kept = service.with_words(finding, texts[segment.pk])
        by_article[segment.article_id][segment.pk].append(kept)
    return {
        article: service.store_findings({pk: texts[pk] for pk in found}, found, origin=origin)
        for article, found in by_article.items()
    }


def _finder(name: str) -> str:
    name = " ".join(name.split())[:80] or _DEFAULT
    if name == service.OWN_CHECKS:
        raise NotImported(
            _("“%(name)s” is what our own checks are called; give the tool another name.")
            % {"name": name}
        )
    return name


# ── where a finding belongs ──────────────────────────────────────────────────


class _Segments:
    """Finds segments by what a file says of them. One article's segments are at hand until another's are needed."""

    def __init__(self, article: Article | None) -> None:
        self.given = article
        self.articles: dict[str, list[int]] = {}
        self.loaded = 0
        self.by_position: dict[int, Segment] = {}
        self.by_texts: dict[tuple[str, str], Segment] = {}

    def find(self, doubt: findings.ExternalFinding) -> Segment:
        """The segment that is meant. Raises NotTaken when there is none, or no telling which."""
        owners = self.owners(doubt.article)
        if len(owners) > 1:
            raise NotImported(
                _("%(count)s articles are called that; give its number.") % {"count": len(owners)}
            )
        if owners:
            self.load(owners[0])
        elif doubt.texts is None:
            raise NotImported(_("there is no article “%(name)s”.") % {"name": doubt.article})
        elif doubt.texts not in self.by_texts:
            same = Segment.objects.filter(source_text=doubt.texts[0], target_text=doubt.texts[1])
            if (segment := same.order_by("pk").first()) is not None:
                self.load(segment.article_id)
        found = self.by_position.get(doubt.position) if doubt.position is not None else None
        if doubt.texts and (found is None or (found.source_text, found.target_text) != doubt.texts):
            found = self.by_texts.get(doubt.texts)
        if found is None:
            raise NotImported(_("there is no such segment."))
        return found

    def owners(self, name: str) -> list[int]:
        """The ids of the articles with that number or title."""
        if self.given is not None:
            return [self.given.pk]
        if name not in self.articles:
            self.articles[name] = (
                list(Article.objects.named(name).values_list("pk", flat=True)) if name else []
            )
        return self.articles[name]

    def load(self, pk: int) -> None:
        """Have the article's segments at hand."""
        if self.loaded != pk:
            rows = list(Segment.objects.filter(article=pk).order_by("-position"))
            self.loaded = pk
            self.by_position = {row.position: row for row in rows}
            self.by_texts = {(row.source_text, row.target_text): row for row in rows}


def locate_finding(
    doubt: findings.ExternalFinding, segment: Segment, finder: str
) -> checks.Finding:
    """The finding with its spans in the segment's texts. Raises NotTaken when its words are not there."""
    if not doubt.type:
        raise NotImported(_("“%(name)s” is no type of MQM-Core.") % {"name": doubt.category})
    source, target = segment.source_text, segment.target_text
    caret = doubt.caret
    if isinstance(caret, str):
        found = locate(caret, target, near=0)
        if found is None:
            raise NotImported(_("the segment does not hold “%(words)s”.") % {"words": caret[:60]})
        caret = found.start
    if caret is not None and caret > len(target):
        raise NotImported(
            _("the place %(place)s is beyond the end of the text.") % {"place": caret}
        )
    said = {"said": doubt.message} if doubt.message else {"type": doubt.type, "finder": finder}
    return checks.Finding(
        check=(doubt.check or doubt.type.lower().replace(" ", "-"))[:40],
        type=doubt.type,
        severity=doubt.severity,
        score=doubt.score,
        message="%(said)s" if doubt.message else _MESSAGE,
        values=said,
        source_spans=tuple(_spans(doubt.source, source)),
        target_spans=tuple(_spans(doubt.target, target)),
        caret=caret,
    )


def _spans(places: Iterable[findings.Where], text: str) -> Iterator[Span]:
    """Where the words stand; the second of two equal ones is looked for after the first."""
    end = 0
    for place in places:
        span = _after(place, text, end) if isinstance(place, str) else place
        if span is None or span.end > len(text):
            words = place[:60] if isinstance(place, str) else f"{place.start}–{place.end}"
            raise NotImported(_("the segment does not hold “%(words)s”.") % {"words": words})
        end = span.end
        yield span


def _after(words: str, text: str, start: int) -> Span | None:
    rest = locate(words, text[start:], near=0)
    return Span(rest.start + start, rest.end + start) if rest else locate(words, text, near=start)
