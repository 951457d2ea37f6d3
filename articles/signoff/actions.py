"""Sign an article off. Every later act ends a sign-off: ``Event.objects.record`` sees to it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from articles.models import Article, Event, Segment, SignOff
from articles.models.documents import digest
from articles.models.roles import APPROVE, may
from articles.review.workflow import Refused
from articles.signoff.state import SignOffState, sign_off_state

READ_ACTS = (
    Event.Act.FLAGGED,
    Event.Act.SUBMITTED,
    Event.Act.REVISED,
    Event.Act.APPROVED,
    Event.Act.REJECTED,
    Event.Act.CONFIRMED,
    Event.Act.REOPENED,
    Event.Act.FINE,
)
"""The acts on a segment that nobody does without having read it."""


def why_not_sign_off(person: User, article: Article, state: SignOffState) -> str | None:
    """Return why the person cannot sign off the article in this state, or None."""
    if not may(person, APPROVE, article):
        return _("An approver signs an article off.")
    if state.is_signed_off:
        return _("This article is signed off already.")
    if state.open:
        return _("Still open: %(items)s.") % {"items": state.sentence}
    return None


def sign_off(article: Article, *, by: User, digest: str) -> SignOff:
    """Sign the article off, and record who read how much of it.

    ``digest`` is that of the text which the person saw. Raises workflow.Refused with the reason
    when something is open or the person may not, and the text is another one by now.
    """
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        # Every act locks its segment: none can come between what is looked at and what is written.
        list(Segment.objects.filter(article=locked).select_for_update().values_list("pk"))
        article = Article.objects.with_documents().get(pk=locked.pk)
        refusal = why_not_sign_off(by, article, sign_off_state([article])[article.pk])
        if refusal:
            raise Refused(refusal)
        if digest != text_digest(article):
            raise Refused(_("The text changed while you were reading. Look at it again first."))
        made = SignOff.objects.create(
            article=article,
            person=by,
            digest=digest,
            readers=count_readers(article),
            segment_count=article.segments.count(),
        )
        Event.objects.record(Event.Act.SIGNED_OFF, article=article, by=by, digest=digest)
    return made


def text_digest(article: Article) -> str:
    """Return the SHA-256 (hexadecimal) of the article's target text in force, a line a segment."""
    segments = article.segments.order_by("position").with_text_in_force()
    return digest("\n".join(segment.text_in_force for segment in segments.only("target_text")))


def count_readers(article: Article) -> list[dict[str, int]]:
    """Return who read the article's segments as they are now: a person's id, and how many.

    A segment counts for each person who did something to it that nobody does without reading.
    """
    events = Event.objects.filter(article=article, segment__isnull=False, act__in=READ_ACTS)
    rows = events.filter(actor__isnull=False).order_by()
    counted = rows.values_list("actor").annotate(count=Count("segment", distinct=True))
    ordered = counted.order_by("-count", "actor")
    return [{"person": person, "segments": count} for person, count in ordered]
