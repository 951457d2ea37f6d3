"""The terms of the glossary that a person looks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower

from articles.glossary.access import visible_terms
from articles.models import Article, Term
from articles.review.forms import parse_number

SITE = "site"
"""The choice of the site's glossary alone."""
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Choice:
    """What is looked for: words, and in which glossary (``SITE``, an article's id, "" for all)."""

    search: str = ""
    scope: str = ""

    @classmethod
    def from_query(cls, query: Any) -> Choice:
        """Return what the parameters of an address ask for."""
        scope = str(query.get("scope", ""))
        if scope != SITE and not parse_number(scope, default=0):
            scope = ""
        return cls(" ".join(query.get("q", "").split())[:_LONGEST_SEARCH], scope)

    @property
    def article(self) -> int | None:
        """The id of the article whose own terms are chosen."""
        return parse_number(self.scope, default=0) or None


def select_terms(person: User, choice: Choice) -> QuerySet[Term]:
    """Return the terms that the person may see and that the choice names, by term."""
    terms = visible_terms(person)
    if choice.scope == SITE:
        terms = terms.filter(article=None)
    elif choice.article is not None:
        terms = terms.filter(article=choice.article)
    if choice.search:
        terms = terms.filter(_having(choice.search))
    return terms.order_by(Lower("source"), "source", "pk")


def count_before(person: User, term: Term) -> int:
    """Return how many of all terms that the person may see stand before this one."""
    terms = select_terms(person, Choice()).annotate(lower=Lower("source"))
    return terms.filter(lower__lt=Lower(Value(term.source))).count()


def _having(words: str) -> Q:
    """Return the condition that a term, its translation or its note has the words.

    The first letter may be a capital or not, and an apostrophe straight or curly: SQLite does not
    know that É is é.
    """
    found = Q()
    for typed in {words, words[0].swapcase() + words[1:]}:
        for spelled in {typed, typed.replace("'", "’"), typed.replace("’", "'")}:
            found |= Q(source__icontains=spelled) | Q(target__icontains=spelled)
            found |= Q(note__icontains=spelled)
    return found


def articles_with_terms(person: User) -> list[Article]:
    """Return the articles with terms of their own that the person may see, by title."""
    numbers = Term.objects.exclude(article=None).order_by().values("article")
    articles = Article.objects.visible_to(person).filter(pk__in=numbers)
    return list(articles.order_by("title", "pk"))


def language_pairs(terms: QuerySet[Term]) -> list[tuple[str, str]]:
    """Return the pairs of languages that the terms are for; a term for any language has ""."""
    pairs = terms.order_by().values_list("source_language", "target_language").distinct()
    return sorted(pairs)
