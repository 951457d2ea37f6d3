"""The history of an article: one event for each act. Events are added, never changed.

Those of an article are chained (``models.chain``), and the database itself refuses to change or
delete one that is (``history.triggers``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.chain import PersonName, event_digest, names_in
from articles.models.documents import Article, Segment


class EventQuerySet(models.QuerySet["Event"]):
    """Queries about history."""

    def visible_to(self, person: User) -> EventQuerySet:
        """Return the events that the person may see: all but those of other blind reviewers."""
        return self.filter(Q(sealed=False) | Q(actor=person))


# The base class is made at run time, which mypy cannot follow.
class EventManager(models.Manager.from_queryset(EventQuerySet)):  # type: ignore[misc]
    """Writes history, and returns the events that everybody may see."""

    def get_queryset(self) -> EventQuerySet:
        """Return the events without those of a blind review that goes on."""
        unsealed: EventQuerySet = super().get_queryset().filter(sealed=False)
        return unsealed

    def record(
        self,
        act: str,
        *,
        by: User | None,
        segment: Segment | None = None,
        article: Article | None = None,
        **details: Any,
    ) -> Event:
        """Store an event, inside the act's own transaction. ``by`` None is the machine itself.

        What a person does to a segment in blind review is sealed: the other must not learn of it.
        ``details`` are stored as JSON. An act that changes the article ends its sign-off, and that
        is an event too; ``segment`` still has the status that it had before the act.
        """
        if segment is not None:
            article = article or segment.article
        made = Event(
            act=act,
            segment=segment,
            article=article,
            sealed=segment is not None and segment.article.in_blind_review,
            actor=by,
            position=segment.position if segment else None,
            details=details,
        )
        self._chain([made], article)
        made.save(force_insert=True)
        # An article with a segment that is not done has no sign-off that could end.
        may_be_signed_off = segment is None or segment.status == Segment.Status.DONE
        if article is not None and may_be_signed_off and act not in KEEPS_SIGN_OFF:
            self._end_sign_off(article, act, by)
        return made

    def _end_sign_off(self, article: Article, act: str, by: User | None) -> None:
        in_force = article.sign_offs.filter(ended_at=None)
        ended = in_force.update(ended_at=timezone.now(), ended_by=by, ended_act=act)
        if ended:
            self.record(Event.Act.SIGN_OFF_ENDED, article=article, by=by)

    def store(self, events: Sequence[Event], article: Article) -> None:
        """Store new events of one article at once, chained in their order."""
        self._chain(events, article)
        self.bulk_create(events)

    def chain_stored(self, article: Article) -> None:
        """Chain the events that were stored while the article was not ready, in their order."""
        events = list(Event.everything.filter(article=article, digest="").order_by("id"))
        self._chain(events, article)
        values = [(event.previous, event.digest, event.pk) for event in events]
        statement = "UPDATE articles_event SET previous = %s, digest = %s WHERE id = %s"
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)

    def _chain(self, events: Iterable[Event], article: Article | None) -> None:
        """Set the digests of events that follow the last one of their article."""
        names: set[str] = set()
        for event in events:
            names |= names_in(event.details)
        pseudonyms = PersonName.objects.pseudonyms(names)
        previous = _last_digest(article)
        for event in events:
            event.previous = previous
            event.digest = event_digest(previous, event, pseudonyms)
            previous = event.digest


def _last_digest(article: Article | None) -> str:
    """Return the digest of the article's last event, "" where it has none.

    Plain SQL, because each act asks this: no query set is built.
    """
    where, values = "article_id IS NULL", []
    if article is not None:
        where, values = "article_id = %s", [article.pk]
    # S608: the condition is one of the two above.
    query = (
        f"SELECT digest FROM articles_event WHERE {where} AND digest <> ''"  # noqa: S608
        " ORDER BY id DESC LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else ""


class Event(models.Model):
    """One event of history: who did what, when, to which segment. Added, never changed.

    ``foreign`` says that it happened elsewhere: a file says so, and nobody here can vouch for it.
    ``details`` then have the name of who did it as ``by``, and that of the file as ``file``.
    ``digest`` is the SHA-256 of the event and of ``previous``, the digest of an event before it;
    "" while the article is being imported.
    """

    class Act(models.TextChoices):
        """Everything that can happen.

        Some stored names are older than the words on screen: heard (findings imported), apart
        (blind review begun), fine (no issues).
        """

        IMPORTED = "imported", _("imported the article")
        REIMPORTED = "reimported", _("imported a new version")
        ANNOTATED = "annotated", _("added flags from a file")
        CARRIED_OVER = "carried_over", _("carried work over from the earlier version")
        PUT_AWAY = "put_away", _("archived work of the earlier version")
        RENAMED = "renamed", _("renamed the article")
        MOVED = "moved", _("moved the article to another team")
        EMBARGOED = "embargoed", _("changed the embargo")
        RECHECKED = "rechecked", _("ran the checks again")
        HEARD = "heard", _("imported findings of another tool")
        ASKED = "asked", _("asked a language model")
        CLOSED = "closed", _("closed resolved findings")
        FOUND = "found", _("found possible errors in the corrected text")
        REALIGNED = "realigned", _("changed the alignment")
        FLAGGED = "flagged", pgettext_lazy("what somebody did", "flagged")
        FLAG_EDITED = "flag_edited", _("changed a flag")
        FLAG_REMOVED = "flag_removed", _("removed a flag")
        ANSWERED = "answered", _("replied to a flag")
        KEPT = "kept", _("kept a flag")
        UPHELD = "upheld", _("upheld a flag")
        DROPPED = "dropped", _("overruled a flag")
        DISMISSED = "dismissed", _("dismissed a finding")
        RESTORED = "restored", _("restored a finding")
        SUBMITTED = "submitted", _("submitted a correction")
        WITHDRAWN = "withdrawn", _("withdrew a correction")
        REVISED = "revised", _("edited a correction")
        APPROVED = "approved", _("approved a correction")
        REJECTED = "rejected", _("returned a correction")
        CONFIRMED = "confirmed", _("found no issues")
        REOPENED = "reopened", _("reopened")
        ASSIGNED = "assigned", _("assigned the article")
        APART = "apart", _("started a blind review")
        TOGETHER = "together", _("cancelled the blind review")
        FINE = "fine", _("found no issues (blind review)")
        NOT_FINE = "not_fine", _("reopened it (blind review)")
        FINISHED = "finished", _("finished their blind review")
        RESUMED = "resumed", _("resumed their blind review")
        UNSEALED = "unsealed", _("ended the blind review")
        DECIDED = "decided", _("decided between the two reviews")
        COMPARED = "compared", _("closed the comparison")
        ARCHIVED = "archived", _("archived the article")
        UNARCHIVED = "unarchived", _("restored the article")
        SIGNED_OFF = "signed_off", _("signed the article off")
        SIGN_OFF_ENDED = "signoff_ended", _("changed the article, which ended its sign-off")

    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="events")
    # History stays when a realignment or a newer version deletes its segment.
    segment = models.ForeignKey(Segment, models.SET_NULL, null=True, related_name="events")
    position = models.IntegerField(_("segment number"), null=True)
    # An account with history is not deleted; its person is made anonymous (docs/decisions/0090).
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    act = models.CharField(_("action"), max_length=16, choices=Act)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sealed = models.BooleanField(default=False, editable=False)
    foreign = models.BooleanField(default=False, editable=False)
    previous = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    digest = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    everything = EventQuerySet.as_manager()
    objects = EventManager()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["article", "id"], name="event_by_article")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_act_display()}"

    @property
    def actor_name(self) -> str:
        """The name of who did it, also from an imported history; "" for the machine itself."""
        if self.actor:
            return self.actor.get_username()
        return str(self.details.get("by", ""))


SEGMENT_DECISIONS = (Event.Act.APPROVED, Event.Act.CONFIRMED, Event.Act.REOPENED)
"""The acts that make a segment done, or open it again."""

KEEPS_SIGN_OFF = frozenset(
    {
        Event.Act.IMPORTED,
        Event.Act.RECHECKED,
        Event.Act.HEARD,
        Event.Act.ASKED,
        Event.Act.CLOSED,
        Event.Act.FOUND,
        Event.Act.DISMISSED,
        Event.Act.ASSIGNED,
        Event.Act.MOVED,
        Event.Act.EMBARGOED,
        Event.Act.ARCHIVED,
        Event.Act.UNARCHIVED,
        Event.Act.SIGNED_OFF,
        Event.Act.SIGN_OFF_ENDED,
    }
)
"""The acts that change neither the text nor what people said of it; every other one, and so every
act that is added later, ends the sign-off of its article."""
