"""Which checks apply to an article: the switches and the glossary, and a digest of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import BooleanField, CharField, Q, Value

from articles import checks
from articles.models import Article, CheckSwitch, Term

_PACKAGES = ("checks", "omissions", "text")
"""The packages that findings come from, below articles/."""


@dataclass(frozen=True)
class CheckRules:
    """What applies to one article: the ids of the checks that are on, and its word lists."""

    only: frozenset[str]
    glossary: Mapping[str, str]
    do_not_translate: Sequence[str]

    @cached_property
    def mark(self) -> str:
        """A digest of the rules and of the checks' code (64 hexadecimal digits).

        Findings that were made under another mark are out of date.
        """
        parts = [
            checks_version(),
            sorted(self.only),
            sorted(self.glossary.items()),
            sorted(self.do_not_translate),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


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
    """Return the article's own rules over the site's. One query."""
    return rules_for_each([article])[article.pk]


def rules_for_each(articles: Collection[Article]) -> dict[int, CheckRules]:
    """Return the rules of each article by its id: its own over the site's. One query for all.

    Of two terms for one word, the article's own counts, then the one that names more of its
    languages. The articles have their documents' languages.
    """
    if not articles:
        return {}
    rows: dict[int | None, list[_Row]] = defaultdict(list)
    for row in _read_rows([article.pk for article in articles]):
        rows[row.article].append(row)
    # Articles without rows of their own share what the site's make of their languages.
    shared: dict[tuple[str, str], CheckRules] = {}
    found: dict[int, CheckRules] = {}
    for article in articles:
        languages = (article.source.language, article.target.language)
        if article.pk in rows:
            found[article.pk] = _make_rules([*rows[None], *rows[article.pk]], languages)
            continue
        if languages not in shared:
            shared[languages] = _make_rules(rows[None], languages)
        found[article.pk] = shared[languages]
    return found


def _read_rows(articles: Collection[int]) -> list[_Row]:
    """Return the switches and terms of the site and of these articles."""
    here = Q(article=None) | Q(article__in=articles)
    nothing = Value("", CharField())
    switches = CheckSwitch.objects.filter(here).order_by()
    terms = Term.objects.filter(here).order_by()
    # One query instead of two, of plain tuples: every page that counts findings asks for them.
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


def _make_rules(rows: Iterable[_Row], languages: tuple[str, str]) -> CheckRules:
    """Return the rules that the rows make for an article in these languages."""
    enabled = dict.fromkeys(checks.CHECKS, True)
    words: dict[str, str] = {}
    # Rows that count more come later, and overwrite those before them.
    for row in sorted(rows, key=lambda row: row.rank):
        if row.enabled is not None:
            enabled[row.name] = bool(row.enabled)
        elif row.is_about(languages):
            words[row.name] = row.target
    glossary = {}
    do_not_translate = []
    for source, target in words.items():
        if target:
            glossary[source] = target
        else:
            do_not_translate.append(source)
    only = frozenset(name for name, is_on in enabled.items() if is_on)
    return CheckRules(only, glossary, do_not_translate)


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
