"""Which checks apply to an article, and running them: over stored segments, and over texts that are
not in force yet.

What the checks read of a segment is its text in force: that of the approved correction, else the
machine's.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, CharField, Q, Value, prefetch_related_objects
from django.utils import timezone

from articles import checks
from articles.checks.terminology import TermSearch
from articles.findings import background
from articles.findings.source_words import keep_source_words
from articles.findings.store import Texts, checked_mark, store_checked
from articles.models import Article, CheckRun, CheckSwitch, Finding, Segment, Term
from articles.models.documents import SegmentQuerySet
from articles.text.spelling import compose

_BLOCK = 500
"""Segments that are checked with the same facts about their article."""
_BATCH = 10
"""Segments whose findings are stored in one transaction: a few hundredths of a second."""
_AROUND = 500
"""Neighbouring segments on either side that the checks know: a long article costs no more for
each."""
_MIN_LENGTH = 20
"""Characters that both texts of a pair exceed where it counts for the length ratio."""
_MIN_PAIRS = 8
"""Pairs from which an article's own length ratio is estimated; with fewer, the prior holds."""
_PACKAGES = ("checks", "omissions", "text")
"""The packages that findings come from, below articles/."""


# ── which checks apply: the switches and the glossary ────────────────────────


@dataclass(frozen=True)
class CheckRules:
    """What applies to one article: the ids of the checks that are on, and its word lists.

    ``language`` is that of the source.
    """

    only: frozenset[str]
    glossary: Mapping[str, str]
    do_not_translate: Sequence[str]
    language: str = ""

    @cached_property
    def mark(self) -> str:
        """A digest of the checks' code and of which are on (64 hexadecimal digits).

        Findings that were made under another mark are out of date. A change of the glossary leaves
        it as it is: it concerns the segments that have the term (see ``mark_of``).
        """
        return _mark_of_checks(self.only)

    def mark_of(self, texts: Texts) -> str:
        """Return what ``checked`` is after a run by these rules on these texts.

        It says by which checks, and with which terms of those that the source has.
        """
        found = self._search.in_text(compose(texts[0])) if self._search else []
        return checked_mark(self.mark, texts, found)

    @cached_property
    def _search(self) -> TermSearch | None:
        terms = {**self.glossary, **dict.fromkeys(self.do_not_translate, "")}
        return TermSearch(terms, self.language) if terms else None


class _Row(NamedTuple):
    """A switch (``enabled`` is True or False) or a term (None), of an article or of the site."""

    article: int | None
    key: int
    name: str
    target: str
    source_language: str
    target_language: str
    enabled: bool | None

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What decides between two rows for one check or word: the higher counts."""
        languages = bool(self.source_language) + bool(self.target_language)
        return self.article is not None, languages, self.key

    def is_about(self, languages: tuple[str, str]) -> bool:
        """Whether the row counts for an article in these languages; a term may name neither."""
        source, target = languages
        return self.source_language in ("", source) and self.target_language in ("", target)


def rules_for(article: Article) -> CheckRules:
    """Return the article's own rules over the site's. One query.

    Of two terms for one word, the article's own counts, then the one that names more of its
    languages. The article has its documents' languages.
    """
    languages = (article.source.language, article.target.language)
    rows = _read_rows(article)
    words: dict[str, str] = {}
    # Rows that count more come later, and overwrite those before them.
    for row in sorted(rows, key=lambda row: row.rank):
        if row.enabled is None and row.is_about(languages):
            words[row.name] = row.target
    glossary = {}
    do_not_translate = []
    for source, target in words.items():
        if target:
            glossary[source] = target
        else:
            do_not_translate.append(source)
    switches = [(row.article, row.name, row.enabled) for row in rows if row.enabled is not None]
    return CheckRules(_checks_on(switches), glossary, do_not_translate, languages[0])


def _read_rows(article: Article) -> list[_Row]:
    """Return the switches and terms of the site and of the article."""
    here = Q(article=None) | Q(article=article)
    nothing = Value("", CharField())
    switches = CheckSwitch.objects.filter(here).order_by()
    terms = Term.objects.filter(here).order_by()
    # One query instead of two, of plain tuples: a draft is checked while it is written.
    rows = switches.values_list(
        "article_id", "pk", "check_id", nothing, nothing, nothing, "enabled"
    ).union(
        terms.values_list(
            "article_id",
            "pk",
            "source",
            "target",
            "source_language",
            "target_language",
            Value(None, BooleanField()),
        ),
        all=True,
    )
    return [_Row(*row) for row in rows]


Switch = tuple[int | None, str, bool]
"""The id of its article, None for the site; the id of the check; whether that is on."""


def _checks_on(switches: Iterable[Switch]) -> frozenset[str]:
    """Return the ids of the checks that are on, by the site's switches and those of an article."""
    enabled = dict.fromkeys(checks.CHECKS, True)
    # An article's own switches come last, and count.
    for _article, name, is_on in sorted(switches, key=lambda switch: switch[0] is not None):
        enabled[name] = bool(is_on)
    return frozenset(name for name, is_on in enabled.items() if is_on)


def marks_for_each(articles: Collection[Article]) -> dict[int, str]:
    """Return the mark of the rules of each article by its id, see ``CheckRules``. One query.

    The glossary is not read: every page that counts findings asks for the marks.
    """
    if not articles:
        return {}
    keys = [article.pk for article in articles]
    rows = CheckSwitch.objects.filter(Q(article=None) | Q(article__in=keys)).order_by()
    switches: dict[int | None, list[Switch]] = defaultdict(list)
    for row in rows.values_list("article_id", "check_id", "enabled"):
        switches[row[0]].append(row)
    shared = _mark_of_checks(_checks_on(switches[None]))
    marks: dict[int, str] = {}
    for key in keys:
        marks[key] = shared
        if key in switches:
            own = [*switches[None], *switches[key]]
            marks[key] = _mark_of_checks(_checks_on(own))
    return marks


def _mark_of_checks(only: Iterable[str]) -> str:
    """Return a digest of the checks' code and of the ids of those that are on."""
    return hashlib.sha256(repr([checks_version(), sorted(only)]).encode()).hexdigest()


@cache
def checks_version() -> str:
    """Return a digest of the code and models that findings come from, and of the libraries."""
    app = settings.BASE_DIR / "articles"
    paths: list[Path] = []
    for package in _PACKAGES:
        for ending in ("py", "txt", "npz"):
            paths.extend(sorted(app.glob(f"{package}/**/*.{ending}")))
    return _digest_of([*paths, settings.BASE_DIR / "requirements.lock"])


def _digest_of(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.exists() else b""
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


# ── running the checks ───────────────────────────────────────────────────────


class SegmentTexts(NamedTuple):
    """A segment as the checks read it: ``target`` is the text in force."""

    position: int
    key: int
    source: str
    target: str
    checked: str

    @property
    def pair(self) -> Texts:
        """The two texts."""
        return self.source, self.target


def read_texts(segments: SegmentQuerySet) -> list[SegmentTexts]:
    """Return the segments with their texts in force, in order. One query."""
    rows = segments.order_by("position").with_text_in_force()
    names: tuple[Any, ...] = ("position", "pk", "source_text", "text_in_force", "checked")
    found = rows.values_list(*names)
    return [SegmentTexts(*row) for row in found]


def refresh_findings(
    article: Article, *, progress: Callable[[int, int], None] | None = None
) -> int:
    """Run every check that is on over the segments that were not checked as they are now.

    Return how many findings are open then. A run that was stopped goes on where it was: segments
    whose texts and rules are those of their last check are left out. ``progress`` is called with
    (done, all) after each batch. The checks run outside of any transaction, and each batch is
    stored in a short one, so that editors can write in between. When a check fails, the run is
    stored as failed, and the error is raised.
    """
    run, _is_new = CheckRun.objects.get_or_create(article=article)
    try:
        _check_article(article, progress)
    except Exception:
        CheckRun.objects.filter(pk=run.pk).update(status=CheckRun.Status.FAILED)
        raise
    return Finding.objects.open().filter(segment__article=article).count()


def _check_article(article: Article, progress: Callable[[int, int], None] | None) -> None:
    """Check the segments that were not checked as they are now, a batch in a transaction."""
    runs = CheckRun.objects.filter(article=article)
    # Before the rules are read: who changes a term from now on sees that a run goes on, and queues
    # another.
    runs.update(status=CheckRun.Status.RUNNING, seen_at=timezone.now())
    # Read once: the rules hold for the whole run, and their mark says which rules it was made by.
    rules = rules_for(article)
    rows = read_texts(article.segments.all())
    keep_source_words(article, [row.source for row in rows])
    prefetch_related_objects([article], "source", "target")  # the checks must not read them
    missing = [at for at, row in enumerate(rows) if _is_unchecked(row, rules)]
    done = len(rows) - len(missing)
    runs.update(done=done, total=len(rows), seen_at=timezone.now())
    for block in _blocks(missing):
        # The facts are those of the block and its neighbours: a block costs the same anywhere.
        first, texts = _texts_around(rows, block[0] // _BLOCK)
        facts = article_facts(texts, rules)
        for start in range(0, len(block), _BATCH):
            batch = block[start : start + _BATCH]
            places = {rows[at].key: at - first for at in batch}
            found = background.compute(_run_all, article, texts, places, facts, rules)
            checked = {rows[at].key: rows[at].pair for at in batch}
            marks = {key: rules.mark_of(pair) for key, pair in checked.items()}
            done += len(batch)
            with transaction.atomic():  # one wait for the disk, and for the lock
                store_checked(checked, found, marks=marks)
                runs.update(done=done, seen_at=timezone.now())
            if progress:
                progress(done, len(rows))
    with transaction.atomic():
        runs.update(mark=rules.mark, at=timezone.now())
        # Whoever changed a text meanwhile has queued the next run.
        runs.filter(status=CheckRun.Status.RUNNING).update(status=CheckRun.Status.DONE)


def _is_unchecked(row: SegmentTexts, rules: CheckRules) -> bool:
    return row.checked != rules.mark_of(row.pair)


def _blocks(indexes: Sequence[int]) -> Iterator[list[int]]:
    """Group the indexes by the block of the article that they are in.

    The blocks are always the same, so that a run that was stopped finds the same as one that was
    not.
    """
    for _block, group in groupby(indexes, lambda at: at // _BLOCK):
        yield list(group)


def _texts_around(rows: Sequence[SegmentTexts], block: int) -> tuple[int, list[Texts]]:
    """Return the texts of a block and its neighbours, and the index of the first of them."""
    first = max(0, block * _BLOCK - _AROUND)
    last = (block + 1) * _BLOCK + _AROUND
    return first, [row.pair for row in rows[first:last]]


def findings_for(
    segment: Segment,
    *,
    target_text: str | None = None,
    go_on: Callable[[], None] | None = None,
) -> list[checks.Finding]:
    """Return what the checks find in the segment, likeliest first; nothing is stored.

    ``target_text`` takes the place of its text in force: a draft that is still being written.
    ``go_on`` is called before each check, and what it raises ends the run. Two queries at most.
    """
    rules = rules_for(segment.article)
    return findings_of_text(segment, rules, target_text=target_text, go_on=go_on)


def findings_of_text(
    segment: Segment,
    rules: CheckRules,
    *,
    target_text: str | None = None,
    go_on: Callable[[], None] | None = None,
) -> list[checks.Finding]:
    """Return what the checks find in the segment by these rules. One query."""
    article = segment.article
    near = article.segments.filter(
        position__gte=segment.position - _AROUND, position__lte=segment.position + _AROUND
    )
    rows = read_texts(near)
    at = [row.key for row in rows].index(segment.pk)
    texts = [row.pair for row in rows]
    if target_text is not None:
        texts[at] = (segment.source_text, target_text)
    return _run(article, texts, at, article_facts(texts, rules), rules, go_on)


def article_facts(pairs: Sequence[Texts], rules: CheckRules | None = None) -> checks.ArticleFacts:
    """Return what the checks may know of an article with these texts, in order, and these rules.

    The typical length ratio is the median over pairs with two sides. Its spread is 1.4826 times the
    median absolute deviation of the logarithm: a standard deviation that a few bad pairs do not
    move. A short article gets the priors.
    """
    composed = [(compose(source), compose(target)) for source, target in pairs]
    facts = checks.ArticleFacts(pairs=composed)
    if rules:
        facts = replace(facts, glossary=rules.glossary, do_not_translate=rules.do_not_translate)
    log_ratios = [
        math.log(len(target) / len(source))
        for source, target in pairs
        if min(len(source), len(target)) > _MIN_LENGTH
    ]
    if len(log_ratios) < _MIN_PAIRS:
        return facts
    middle = statistics.median(log_ratios)
    spread = 1.4826 * statistics.median(abs(each - middle) for each in log_ratios)
    # Where all pairs are alike, a spread near nothing would make every other length conspicuous.
    spread = max(spread, facts.length_spread / 2)
    return replace(facts, length_ratio=math.exp(middle), length_spread=spread)


def _run_all(
    article: Article,
    texts: Sequence[Texts],
    places: dict[int, int],
    facts: checks.ArticleFacts,
    rules: CheckRules,
) -> dict[int, list[checks.Finding]]:
    """Run the checks that are on over the pairs of texts at the indexes that ``places`` names."""
    return {key: _run(article, texts, at, facts, rules) for key, at in places.items()}


def _run(
    article: Article,
    texts: Sequence[Texts],
    at: int,
    facts: checks.ArticleFacts,
    rules: CheckRules,
    go_on: Callable[[], None] | None = None,
) -> list[checks.Finding]:
    """Run the checks that are on over the pair of texts at one index."""
    source, target = texts[at]
    previous = texts[at - 1] if at else ("", "")
    following = texts[at + 1] if at + 1 < len(texts) else ("", "")
    pair = checks.Pair(
        source,
        target,
        source_language=article.source.language,
        target_language=article.target.language,
        previous=(compose(previous[0]), compose(previous[1])),
        following=(compose(following[0]), compose(following[1])),
    )
    return checks.run_checks(pair, facts, only=rules.only, go_on=go_on)
