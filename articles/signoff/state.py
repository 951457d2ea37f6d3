"""How an article stands on its way to publication: what is open, and whether it is signed off.

The one place that decides it: pages, exports, the command and the API ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.findings.state import CheckState, check_state
from articles.models import Article, Flag, Segment, SignOff
from articles.models.roles import APPROVE

Status = Segment.Status


class OpenKind(models.TextChoices):
    """What can keep an article from being signed off; the values are those of the API."""

    SEGMENTS = "segments"
    FLAGS = "flags"
    CORRECTIONS = "corrections"
    CHECKS = "checks"
    BLIND_REVIEW = "blind_review"
    EMPTY = "empty"


@dataclass(frozen=True)
class OpenItem:
    """One thing that is open: ``count`` of it, in words, and the filter of the desk that shows it.

    ``filter`` is "" where the desk has none.
    """

    kind: OpenKind
    count: int
    sentence: str
    filter: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the item as the API gives it."""
        return {"kind": self.kind.value, "count": self.count, "sentence": self.sentence}


@dataclass(frozen=True)
class SignOffState:
    """The sign-off in force, or None, and what is open in the article as it is now.

    Findings raised after a sign-off and changed checks do not end it; they are shown in ``open``.
    """

    sign_off: SignOff | None
    open: tuple[OpenItem, ...]

    @property
    def is_signed_off(self) -> bool:
        """Whether somebody signed off the article as it is now."""
        return self.sign_off is not None

    @property
    def is_ready(self) -> bool:
        """Whether nothing is open and nobody has signed the article off yet."""
        return self.sign_off is None and not self.open

    @property
    def sentence(self) -> str:
        """What is open, in one sentence; "" where nothing is."""
        return _(", ").join(item.sentence for item in self.open)


def sign_off_state(
    articles: Iterable[Article], checks: Mapping[int, CheckState] | None = None
) -> dict[int, SignOffState]:
    """Return how each article stands, by its id.

    The articles have their documents' languages; ``checks`` is check_state() of them where that was
    read already. The number of queries does not grow with them.
    """
    chosen = list(articles)
    keys = [article.pk for article in chosen]
    in_force = SignOff.objects.filter(article__in=keys, ended_at=None).select_related("person")
    sign_offs = {row.article_id: row for row in in_force}
    statuses = _count_statuses(keys)
    flags = _count_flags(keys)
    checks = check_state(chosen) if checks is None else checks
    states: dict[int, SignOffState] = {}
    for article in chosen:
        key = article.pk
        found = open_items(article, statuses.get(key, {}), flags.get(key, 0), checks[key])
        states[key] = SignOffState(sign_offs.get(key), tuple(found))
    return states


def ended_sign_offs(person: User) -> list[SignOff]:
    """Return the person's sign-offs that another person or the machine ended, one an article.

    They call for a new one: nobody has signed the article off since. Left out are articles that
    the person may not sign off any more. Newest end first. One query.
    """
    newest = SignOff.objects.filter(article=OuterRef("article")).order_by("-at", "-pk")
    rows = SignOff.objects.filter(person=person, ended_at__isnull=False).exclude(ended_by=person)
    rows = rows.filter(pk=Subquery(newest.values("pk")[:1]))
    rows = rows.filter(article__in=Article.objects.visible_to(person, APPROVE))
    related = ("article__source", "article__target", "ended_by")
    return list(rows.select_related(*related).order_by("-ended_at", "-pk"))


def describe_sign_offs(
    articles: Iterable[Article], as_of: datetime | None = None
) -> dict[int, str]:
    """Return whether each article is signed off, in a sentence for a file that leaves, by its id.

    Where it is not, the sentence names what is open; what was open at an earlier time, ``as_of``,
    is not on record.
    """
    chosen = list(articles)
    if as_of is None:
        states = sign_off_state(chosen)
        return {key: _describe(state.sign_off, state.sentence) for key, state in states.items()}
    in_force = {row.article_id: row for row in _in_force(chosen, as_of).select_related("person")}
    return {article.pk: _describe(in_force.get(article.pk), "") for article in chosen}


def signed_off(articles: Iterable[Article], as_of: datetime | None = None) -> set[int]:
    """Return the ids of the articles that are signed off, or were at a time. One query."""
    return set(_in_force(articles, as_of).values_list("article", flat=True))


def _in_force(articles: Iterable[Article], as_of: datetime | None) -> QuerySet[SignOff]:
    """Return the sign-offs of the articles that are in force, or were at an earlier time."""
    rows = SignOff.objects.filter(article__in=[article.pk for article in articles])
    if as_of is None:
        return rows.filter(ended_at=None)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=as_of), at__lte=as_of)


def _describe(sign_off: SignOff | None, open_sentence: str) -> str:
    if sign_off is not None:
        moment = timezone.localtime(sign_off.at)
        values = {"name": sign_off.person, "time": f"{moment:%Y-%m-%d %H:%M %Z}"}
        return _("Signed off by %(name)s on %(time)s.") % values
    if open_sentence:
        return _("Not signed off: %(items)s.") % {"items": open_sentence}
    return _("Not signed off.")


def open_items(
    article: Article, statuses: dict[str, int], flags: int, checks: CheckState
) -> list[OpenItem]:
    """Return what is open in an article, from how many segments are in each status, and the rest.

    ``flags`` counts its open flags, ``checks`` says how the checks stand with it.
    """
    total = sum(statuses.values())
    found = []
    unread = statuses.get(Status.TO_REVIEW, 0)
    waiting = statuses.get(Status.WAITING, 0)
    if not total:
        found.append(OpenItem(OpenKind.EMPTY, 0, _("it has no segments")))
    if unread:
        found.append(OpenItem(OpenKind.SEGMENTS, unread, _unread(unread, total), "to_review"))
    if flags:
        found.append(OpenItem(OpenKind.FLAGS, flags, _open_flags(flags), "flagged"))
    if waiting:
        found.append(OpenItem(OpenKind.CORRECTIONS, waiting, _waiting(waiting), "waiting"))
    if article.stage in (Article.Stage.READING, Article.Stage.COMPARING):
        sentence = _("the blind review is not finished")
        found.append(OpenItem(OpenKind.BLIND_REVIEW, 1, sentence))
    if not checks.is_current:
        found.append(OpenItem(OpenKind.CHECKS, checks.unchecked, _unchecked(checks)))
    return found


def _count_statuses(keys: list[int]) -> dict[int, dict[str, int]]:
    """Return article id → how many of its segments are in each status."""
    rows = Segment.objects.filter(article__in=keys).order_by()
    counted = rows.values_list("article", "status").annotate(Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for article, status, count in counted:
        found.setdefault(article, {})[status] = count
    return found


def _count_flags(keys: list[int]) -> dict[int, int]:
    """Return article id → how many flags are open in it."""
    rows = Flag.objects.filter(segment__article__in=keys, status=Flag.Status.OPEN).order_by()
    return dict(rows.values_list("segment__article").annotate(Count("pk")))


def _unread(count: int, total: int) -> str:
    text = ngettext(
        "%(count)s of %(total)s segment to review",
        "%(count)s of %(total)s segments to review",
        total,
    )
    return text % {"count": count, "total": total}


def _open_flags(count: int) -> str:
    return ngettext("%(count)s open flag", "%(count)s open flags", count) % {"count": count}


def _waiting(count: int) -> str:
    text = ngettext(
        "%(count)s correction awaiting approval",
        "%(count)s corrections awaiting approval",
        count,
    )
    return text % {"count": count}


def _unchecked(checks: CheckState) -> str:
    if checks.is_in_progress:
        return _("the checks are still running")
    return _("the checks have not been run on the text as it is now")
