"""The table of all articles: which of them, in what order, and what each row says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.contrib.auth.models import User
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from articles.assignments.queries import lost_assignments
from articles.blind import visibility
from articles.findings.state import CheckState, check_state, count_open_findings
from articles.models import Article, Assignment, Event, Segment, SignOff
from articles.models.documents import ArticleQuerySet
from articles.models.due import Due
from articles.models.roles import ASSIGN, REVIEW, access_of, may, teams_of
from articles.review.queries import Progress, progress_of
from articles.signoff.state import OpenKind, SignOffState, sign_off_state

PAGE_SIZE = 25
"""Articles on one page of the table."""

CHOICES = ("state", "order", "search", "team")
"""What the address of the first page chooses articles by."""

STATES: dict[str, str] = {
    "": gettext_noop("All"),
    "mine": gettext_noop("Assigned to me"),
    "review": gettext_noop("In review"),
    "waiting": gettext_noop("Awaiting approval"),
    "read": gettext_noop("Fully reviewed"),
    "signed_off": gettext_noop("Signed off"),
}
ORDERS: dict[str, str] = {
    "": gettext_noop("Newest first"),
    "changed": gettext_noop("Last change first"),
    "due": gettext_noop("Next due first"),
    "title": gettext_noop("By title"),
}
_LONGEST_SEARCH = 200
_SIGNED_OFF = Exists(SignOff.objects.filter(article=OuterRef("pk"), ended_at=None))
"""Whether an article is signed off, in a query of articles."""


@dataclass(frozen=True)
class ArticleRow:
    """One row of the table.

    ``progress``, ``findings`` and ``flags`` are those of the person who looks. ``changed_at`` is
    the last event that they may see, ``due`` the earliest time by which somebody has to be done,
    None once the article is signed off,
    ``lost`` the assignments whose person has no access any more.
    """

    article: Article
    progress: Progress
    checks: CheckState
    sign_off: SignOffState
    findings: int
    flags: int
    changed_at: datetime | None
    due: Due | None
    may_assign: bool
    may_run_checks: bool
    lost: set[int]

    @property
    def waiting(self) -> int:
        """How many corrections wait for approval."""
        return self.progress.segments[Segment.Status.WAITING]

    @property
    def people(self) -> list[Assignment]:
        """Who the article is assigned to."""
        return list(self.article.assignments.all())

    @property
    def state(self) -> str:
        """Where the article stands, by the name that the template and the style sheet know."""
        if not self.article.ready:
            return "importing"
        if self.sign_off.is_signed_off:
            return "signed_off"
        if self.checks.is_in_progress:
            return "checking"
        if self.sign_off.is_ready:
            return "ready"
        if self.article.stage in (Article.Stage.READING, Article.Stage.COMPARING):
            return "blind"
        return self.progress.state

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "importing": _("Importing"),
            "checking": self.checks.sentence,
            "signed_off": pgettext("an article", "Signed off"),
            "ready": _("Ready to sign off"),
            "blind": _("Blind review"),
            "waiting": _("Awaiting approval"),
            "new": _("Not started"),
            "review": _("In review"),
        }[self.state]


def teams_to_choose(person: User) -> dict[str, str]:
    """Return the names of the person's teams by id, nothing where they have one at most."""
    access = access_of(person)
    if not access.is_everywhere and len(access.roles) < 2:
        return {}
    teams = {str(team.pk): str(team) for team in teams_of(person)}
    return teams if len(teams) > 1 else {}


def select_articles(
    person: User, *, state: str = "", order: str = "", search: str = "", team: str = ""
) -> ArticleQuerySet:
    """Return the articles that the choice names, in its order; an unknown choice chooses all.

    ``team`` is one of ``teams_to_choose``. Without a state, articles that are still being imported
    are included; archived ones and the earlier versions that hold unplaced work never are.
    """
    articles = Article.objects.visible_to(person)
    if not state:
        stored = Article.everything.filter(archived_at=None, earlier_of=None)
        articles = stored.visible_to(person)
    words = search.strip()[:_LONGEST_SEARCH]
    if words:
        articles = articles.filter(_titled(words))
    if team:
        articles = articles.filter(team=team)
    articles = _in_state(articles, state, person)
    return _in_order(articles, order)


def _titled(words: str) -> Q:
    """Return the condition that the words stand in one of the two titles of an article.

    An apostrophe may be straight or curly, and the first letter a capital or not: SQLite does not
    know that É is é.
    """
    spellings = set()
    for typed in (words, words[0].swapcase() + words[1:]):
        spellings.add(typed)
        spellings.add(typed.replace("'", "’"))
        spellings.add(typed.replace("’", "'"))
    found = Q()
    for spelled in spellings:
        found |= Q(title__icontains=spelled) | Q(target_title__icontains=spelled)
    return found


def _in_state(articles: ArticleQuerySet, state: str, person: User) -> ArticleQuerySet:
    segments = Segment.objects.filter(article=OuterRef("pk"))
    undone = Exists(segments.exclude(status=Segment.Status.DONE))
    if state == "mine":
        return articles.filter(assignments__person=person)
    if state == "review":
        return articles.filter(undone)
    if state == "waiting":
        return articles.filter(Exists(segments.filter(status=Segment.Status.WAITING)))
    if state == "read":
        return articles.exclude(undone).exclude(_SIGNED_OFF)
    if state == "signed_off":
        return articles.filter(_SIGNED_OFF)
    return articles


def _in_order(articles: ArticleQuerySet, order: str) -> ArticleQuerySet:
    if order == "changed":
        # The ids of events grow with time, and an index leads to the last one of an article.
        events = Event.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")
        latest = Subquery(events[:1])
        return articles.annotate(last_event=latest).order_by(
            F("last_event").desc(nulls_last=True), "-pk"
        )
    if order == "due":
        day, hour = Assignment.objects.earliest_due(OuterRef("pk"))
        return articles.annotate(signed=_SIGNED_OFF, first_day=day, first_hour=hour).order_by(
            # What is signed off is due no more.
            "signed",
            F("first_day").asc(nulls_last=True),
            F("first_hour").asc(nulls_last=True),
            "-pk",
        )
    if order == "title":
        shown = Coalesce(NullIf("target_title", Value("")), "title")
        return articles.order_by(shown, "pk")
    return articles.order_by("-created_at", "-pk")


def read_rows(articles: Iterable[Article], person: User) -> list[ArticleRow]:
    """Return the rows of these articles. The number of queries does not grow with them.

    The articles have their documents' languages and their assignments.
    """
    chosen = list(articles)
    progress = progress_of(chosen, person)
    checks = check_state(chosen)
    sign_offs = sign_off_state(chosen, checks)
    findings = count_open_findings(chosen)
    changed = _last_changes(chosen, person)
    own_counts = visibility.own_open_counts(person, chosen)
    lost = lost_assignments(chosen)
    rows = []
    for article in chosen:
        key = article.pk
        site_counts = (findings[key], _open_flags(sign_offs[key]))
        own_findings, own_flags = own_counts.get(key, site_counts)
        row = ArticleRow(
            article,
            progress[key],
            checks[key],
            sign_offs[key],
            own_findings,
            own_flags,
            changed.get(key),
            None if sign_offs[key].is_signed_off else _earliest_due(article),
            may_assign=may(person, ASSIGN, article),
            may_run_checks=may(person, REVIEW, article),
            lost=lost,
        )
        rows.append(row)
    return rows


def _open_flags(state: SignOffState) -> int:
    counts = {item.kind: item.count for item in state.open}
    return counts.get(OpenKind.FLAGS, 0)


def _last_changes(articles: list[Article], person: User) -> dict[int, datetime]:
    """Return article id → when something happened to it last, as far as the person may know."""
    keys = [article.pk for article in articles]
    rows = Event.everything.visible_to(person).filter(article__in=keys).order_by()
    return dict(rows.values_list("article").annotate(Max("at")))


def _earliest_due(article: Article) -> Due | None:
    found = []
    for row in article.assignments.all():
        due = row.due_at
        if due is not None:
            found.append(due)
    return min(found, key=attrgetter("order"), default=None)
