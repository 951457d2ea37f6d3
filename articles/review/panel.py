"""What the desk's side panel says of one segment, beside its history."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import User

from articles.checks.terminology import find_terms
from articles.findings.service import rules_for
from articles.models import Article, Correction, Segment
from articles.models.roles import may
from articles.text.diff import Change, redline

ADD_TERMS = "articles.add_term"
_DECIDED = (Correction.Status.APPROVED, Correction.Status.REPLACED, Correction.Status.REJECTED)


class GlossaryHit(NamedTuple):
    """A term of the glossary that the source has; no ``translations``: it is not translated."""

    term: str
    translations: list[str]


class EarlierCorrection(NamedTuple):
    """A correction that was decided on, with what it changed."""

    row: Correction
    changes: list[Change]


def glossary_hits(segment: Segment) -> list[GlossaryHit]:
    """Return the glossary's terms in the segment's source, as the checks find them. One query."""
    rules = rules_for(segment.article)
    terms = dict.fromkeys(rules.do_not_translate, "") | dict(rules.glossary)
    found = find_terms(segment.source_text, segment.article.source.language, list(terms))
    hits = []
    for term in found:
        translations = [each.strip() for each in terms[term].split("|") if each.strip()]
        hits.append(GlossaryHit(term, translations))
    return hits


def may_add_terms(article: Article, person: User) -> bool:
    """Return whether the person may add terms to the site's glossary or to the article's."""
    return person.has_perm(ADD_TERMS) or may(person, ADD_TERMS, article)


def earlier_corrections(segment: Segment) -> list[EarlierCorrection]:
    """Return the corrections of the segment that were decided on, the newest first.

    It reads what ``attach_card_rows()`` put on the segment.
    """
    found = []
    for row in segment.shown_corrections:
        if row.status in _DECIDED:
            found.append(EarlierCorrection(row, redline(row.before, row.text)))
    return found
