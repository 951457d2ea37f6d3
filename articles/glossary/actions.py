"""Change the glossary: each act is one transaction with its line in the audit log.

Whoever calls these has asked ``access`` whether it is allowed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.accounts import audit
from articles.findings.tasks import queue_term_checks
from articles.formats.xml import termbase
from articles.models import Article, AuditEntry, Term
from articles.review.workflow import Refused
from articles.text.glossary import Entry

_AT_ONCE = 500


class Conflict(Exception):
    """Somebody changed the term since it was shown; ``term`` is as it is now."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.term = term


def contents_of(term: Term) -> str:
    """Return a digest of a term: a form says with it which state of the term it was shown with."""
    parts = [term.source, term.target, term.note, term.source_language, term.target_language]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def find_same(term: Term) -> Term | None:
    """Return another term of the same words and languages in the same glossary."""
    rows = Term.objects.filter(
        article=term.article_id,
        source_language=term.source_language,
        target_language=term.target_language,
        source=term.source,
    )
    return rows.exclude(pk=term.pk).first()


def why_not_twice(same: Term) -> str:
    """Return the sentence that the glossary has this term already."""
    return _("The glossary already has this term: %(term)s.") % {"term": same}


def add_term(term: Term, *, by: User, request: HttpRequest | None = None) -> int:
    """Add a term; return how many articles are checked again. Raises Refused for one it has."""
    with transaction.atomic():
        _save(term)
        _record("+", str(term), by, request)
        return queue_term_checks([], [term])


def change_term(term: Term, *, seen: str, by: User, request: HttpRequest | None = None) -> int:
    """Store the changed term; return how many articles are checked again.

    ``seen`` is ``contents_of`` what the person saw. Raises Conflict where that is out of date, and
    Refused where the glossary has the new words already or no longer has the term.
    """
    with transaction.atomic():
        before = _lock(term, seen)
        _save(term)
        if contents_of(term) != seen:
            _record("±", f"{before} ⇒ {term}", by, request)
        return queue_term_checks([before], [term])


def delete_term(term: Term, *, seen: str, by: User, request: HttpRequest | None = None) -> int:
    """Delete a term; return how many articles are checked again. Raises as ``change_term`` does."""
    with transaction.atomic():
        before = _lock(term, seen)
        _record("−", str(before), by, request)
        Term.objects.filter(pk=term.pk).delete()
        return queue_term_checks([before], [])


def _lock(term: Term, seen: str) -> Term:
    """Return the term as it is stored, locked. Raises Refused and Conflict."""
    stored = Term.objects.select_for_update().filter(pk=term.pk).first()
    if stored is None:
        raise Refused(_("Somebody has deleted this term meanwhile. Add it again if needed."))
    if contents_of(stored) != seen:
        raise Conflict(stored)
    return stored


def _save(term: Term) -> None:
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as problem:
        same = find_same(term)
        if same is None:
            raise
        raise Refused(why_not_twice(same)) from problem


def _record(sign: str, words: str, by: User, request: HttpRequest | None) -> None:
    """Log an act: "+" added, "±" changed, "−" deleted."""
    kind = AuditEntry.Kind.GLOSSARY_CHANGED
    audit.record(kind, request, person=by, details=f"{sign} {words}")


# ── files ────────────────────────────────────────────────────────────────────


@dataclass
class TermChanges:
    """What the entries of a file change in a glossary; ``same`` counts those that it has.

    ``before`` and ``after`` are the changed terms, one beside the other.
    """

    new: list[Term] = field(default_factory=list)
    before: list[Term] = field(default_factory=list)
    after: list[Term] = field(default_factory=list)
    same: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many terms are new, changed and the same."""
        return {"new": len(self.new), "changed": len(self.after), "same": self.same}

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return _("New terms: %(new)s; changed: %(changed)s; unchanged: %(same)s.") % self.counts


def read_file(
    file: BinaryIO, *, name: str, languages: tuple[str, str], article: Article | None
) -> TermChanges:
    """Return what a file would change in the site's glossary or the article's. Raises BadFile."""
    entries = termbase.read(file, name=name, languages=languages)
    return compare_entries(entries, languages=languages, article=article)


def compare_entries(
    entries: Sequence[Entry], *, languages: tuple[str, str], article: Article | None
) -> TermChanges:
    """Return what the entries would change. No term is ever removed."""
    place = {
        "article": article,
        "source_language": languages[0],
        "target_language": languages[1],
    }
    known = {term.source: term for term in Term.objects.filter(**place)}
    changes = TermChanges()
    for entry in entries:
        values = {"source": entry.source, "target": entry.target, "note": entry.note}
        row = known.get(entry.source)
        if row is None:
            changes.new.append(Term(**place, **values))
        elif (row.target, row.note) == (entry.target, entry.note):
            changes.same += 1
        else:
            changes.before.append(row)
            changes.after.append(Term(pk=row.pk, **place, **values))
    return changes


def store_changes(
    changes: TermChanges, *, name: str, by: User, request: HttpRequest | None = None
) -> int:
    """Store what a file changes; return how many articles are checked again.

    ``name`` is the file's. Raises Refused where somebody else added, changed or deleted one of the
    terms meanwhile.
    """
    reason = _("Somebody changed the glossary at the same time. Please import again.")
    with transaction.atomic():
        if not _lock_unchanged(changes.before):
            raise Refused(reason)
        try:
            with transaction.atomic():
                Term.objects.bulk_create(changes.new, batch_size=_AT_ONCE)
        except IntegrityError as problem:
            raise Refused(reason) from problem
        Term.objects.bulk_update(changes.after, ["target", "note"], batch_size=_AT_ONCE)
        counts = f"+ {len(changes.new)}, ± {len(changes.after)}, = {changes.same}"
        _record("→", f"{name[:100]}: {counts}", by, request)
        return queue_term_checks(changes.before, [*changes.new, *changes.after])


def _lock_unchanged(terms: Sequence[Term]) -> bool:
    """Lock the terms; return whether all are stored as they are here."""
    expected = {term.pk: contents_of(term) for term in terms}
    rows = Term.objects.select_for_update().order_by("pk")
    stored = rows.in_bulk(list(expected))
    found = {key: contents_of(row) for key, row in stored.items()}
    return found == expected
