"""Verify that history is whole: each event says what it said, and follows one that is there.

Two acts on different segments of an article that come at the same moment may follow the same event
(only PostgreSQL writes two things at once). The *ends* of an article are the digests that no event
follows. Whoever can switch the triggers off could cut events off at an end, or write a whole new
chain: against that, ends are kept elsewhere and compared (docs/decisions/0090).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F

from articles.models import Article, Erasure, Event, PersonName
from articles.models.chain import Pseudonyms, event_digest

Ends = dict[str, list[str]]
"""Number of an article, as text ("" for what concerns none) → the digests of its ends."""


@dataclass
class Verification:
    """What was read, what is wrong in words, and the ends of each article."""

    events: int = 0
    problems: list[str] = field(default_factory=list)
    ends: Ends = field(default_factory=dict)


@dataclass
class _Chain:
    """The digests of the events of one article that were read so far, and its ends."""

    seen: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)

    def add(self, event: Event, pseudonyms: Pseudonyms) -> str:
        """Return what is wrong with the next event, "" where nothing is."""
        is_first = not event.previous and not self.seen
        is_linked = is_first or event.previous in self.seen
        self.seen.add(event.digest)
        self.ends.discard(event.previous)
        self.ends.add(event.digest)
        if not event.digest:
            return "is not chained"
        if event_digest(event.previous, event, pseudonyms) != event.digest:
            return "was changed"
        return "" if is_linked else "follows an event that is missing"


def verify(kept: Mapping[str, list[str]] | None = None) -> Verification:
    """Read all history and return what is wrong with it.

    ``kept`` are the ends that an earlier verification found: each must still be there, unless the
    article was erased since.
    """
    pseudonyms = dict(PersonName.objects.values_list("name", "pseudonym"))
    found = Verification()
    chains: dict[str, _Chain] = {}
    for event in _all_events():
        article = str(event.article_id or "")
        chain = chains.setdefault(article, _Chain())
        problem = chain.add(event, pseudonyms)
        found.events += 1
        if problem:
            found.problems.append(f"article {article or '–'}, event {event.pk}: {problem}")
    for article, chain in chains.items():
        found.ends[article] = sorted(chain.ends)
    found.problems += _articles_without_history(chains)
    found.problems += _lost_ends(kept or {}, chains)
    if Erasure.objects.filter(ended_at=None).exists():
        found.problems.append("an erasure was never closed: the database lets history go")
    return found


def _all_events() -> Iterable[Event]:
    """Yield the events of all articles, article by article, but for imports that go on."""
    importing = Article.everything.filter(ready=False, archived_at=None, earlier_of=None)
    events = Event.everything.exclude(article__in=importing.values("pk"))
    return events.order_by(F("article").asc(nulls_first=True), "id").iterator(chunk_size=2000)


def _articles_without_history(chains: Mapping[str, _Chain]) -> list[str]:
    """Name ready articles without any event: each has at least that of its import."""
    keys = Article.objects.order_by("pk").values_list("pk", flat=True)
    return [f"article {key}: has no history" for key in keys if str(key) not in chains]


def _lost_ends(kept: Mapping[str, list[str]], chains: Mapping[str, _Chain]) -> list[str]:
    erased = set(
        Erasure.objects.filter(kind=Erasure.Kind.ARTICLE).values_list("subject", flat=True)
    )
    problems = []
    for article, ends in kept.items():
        seen = chains[article].seen if article in chains else set()
        if article not in erased and not seen.issuperset(ends):
            problems.append(f"article {article or '–'}: events that were there are missing")
    return problems
