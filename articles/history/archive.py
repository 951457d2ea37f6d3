"""Archive articles and bring them back, or erase one for good with all that was said of it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Document, Erasure, Event


def archive(article: Article, *, by: User) -> None:
    """Archive the article: no page or export shows it, and nothing of it is lost."""
    with transaction.atomic():
        locked = Article.objects.lock(article.pk)
        locked.ready = False
        locked.archived_at = timezone.now()
        locked.save(update_fields=["ready", "archived_at", "updated_at"])
        Event.objects.record(Event.Act.ARCHIVED, article=locked, by=by)


def unarchive(article: Article, *, by: User) -> None:
    """Bring an archived article back."""
    with transaction.atomic():
        archived = Article.everything.exclude(archived_at=None)
        locked = archived.lock(article.pk)
        locked.ready = True
        locked.archived_at = None
        locked.save(update_fields=["ready", "archived_at", "updated_at"])
        Event.objects.record(Event.Act.UNARCHIVED, article=locked, by=by)


def erase(article: Article, *, reason: str, by: User | None = None) -> Erasure:
    """Delete the article, its history and the documents that no other article has.

    A tombstone stays, with the number of events and the digest of the last one.
    """
    with Erasure.objects.opened(
        Erasure.Kind.ARTICLE, str(article.pk), reason=reason, by=by
    ) as erasure:
        events = Event.everything.filter(article=article)
        last = events.order_by("id").last()
        erasure.events = events.count()
        erasure.digest = last.digest if last else ""
        documents = {article.source_id, article.target_id}
        for earlier in Article.everything.filter(earlier_of=article):
            documents |= {earlier.source_id, earlier.target_id}
        Article.everything.filter(pk=article.pk).delete()
        unused = Document.objects.filter(pk__in=documents, as_source=None, as_target=None)
        unused.delete()
    return erasure
