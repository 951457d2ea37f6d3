"""Which articles may have a term in their source: told by the words of each, kept by its checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from articles.checks.terminology import PossibleTerms, words_to_search
from articles.models import Article, CheckRun, SourceWords, Term
from articles.text.spelling import compose

_BETWEEN = "\n"
_AT_ONCE = 200
"""Articles whose words are in memory together."""
_IN_PROGRESS = (CheckRun.Status.QUEUED, CheckRun.Status.RUNNING)


class TermPlace(NamedTuple):
    """A term as it concerns articles: its words, its languages ("" for any), and its article."""

    source: str
    source_language: str
    target_language: str
    article: int | None


def place_of(term: Term) -> TermPlace:
    """Return where the term counts."""
    return TermPlace(term.source, term.source_language, term.target_language, term.article_id)


def keep_source_words(article: Article, texts: Sequence[str]) -> None:
    """Store the words of the article's source texts, unless they are those that are stored."""
    content = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    if SourceWords.objects.filter(article=article, digest=digest).exists():
        return
    composed = [compose(text) for text in texts]
    words = sorted(words_to_search(composed, article.source.language))
    values = {"digest": digest, "words": _BETWEEN.join(words)}
    SourceWords.objects.update_or_create(article=article, defaults=values)


def articles_with(places: Iterable[TermPlace], *, ready: bool = True) -> list[int]:
    """Return the ids of the articles that have to be checked again when these terms change.

    Those are the articles that were checked and may have one of the terms in their source, and
    those that wait for their checks or are being checked: their words are not known yet. Articles
    that were never checked are left out, and those without words, which an earlier version checked:
    they are out of date. With ``ready=False`` it is asked of the articles that pages do not show,
    the archived ones among them. One query.
    """
    glossaries = _group(places)
    found: list[int] = []
    if not glossaries:
        return found
    for row in _checked_articles(glossaries, ready=ready).iterator(chunk_size=_AT_ONCE):
        article, status, source, target, text = row
        near = [each for each in glossaries if each.is_about(article, source, target)]
        if not near:
            continue
        words = set((text or "").split(_BETWEEN))
        if status in _IN_PROGRESS or any(each.may_be_in(words, source) for each in near):
            found.append(article)
    return found


class _Glossary:
    """Terms for the same languages and the same article, or the site."""

    def __init__(self, place: TermPlace) -> None:
        self.place = place
        self.terms: list[str] = []
        self._possible: dict[str, PossibleTerms] = {}

    def is_about(self, article: int, source: str, target: str) -> bool:
        """Return whether the terms count for an article in these languages."""
        place = self.place
        if place.article not in (None, article):
            return False
        return place.source_language in ("", source) and place.target_language in ("", target)

    def may_be_in(self, words: set[str], language: str) -> bool:
        """Return whether an article with these words may have one of the terms."""
        if language not in self._possible:
            self._possible[language] = PossibleTerms(self.terms, language)
        return self._possible[language].may_be_in(words)


def _group(places: Iterable[TermPlace]) -> list[_Glossary]:
    """Return the terms by glossary and languages."""
    groups: dict[TermPlace, _Glossary] = {}
    for place in set(places):
        key = place._replace(source="")
        if key not in groups:
            groups[key] = _Glossary(key)
        groups[key].terms.append(place.source)
    return list(groups.values())


def _checked_articles(glossaries: Iterable[_Glossary], *, ready: bool) -> QuerySet[CheckRun, Any]:
    """Return id, status of the run, both languages and words of the articles to look at."""
    runs = CheckRun.objects.filter(~Q(mark="") | Q(status__in=_IN_PROGRESS))
    runs = runs.filter(article__ready=ready).order_by("article")
    own = {each.place.article for each in glossaries}
    if None not in own:
        runs = runs.filter(article__in=own)
    names = ("source__language", "target__language", "source_words__words")
    return runs.values_list("article_id", "status", *(f"article__{name}" for name in names))
