"""Marks made in a reading apart are sealed: the managers here leave them out, so that whoever asks for flags without
thinking of it cannot show one reader's marks to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from articles.models.review import Flag  # noqa: F401 named below, in a string


class BlindStatus(models.TextChoices):
    """Of a mark made in a reading apart: not decided on, or what was decided when the readings were compared."""

    SEALED = "sealed", _("sealed")
    KEPT = "kept", pgettext_lazy("what became of a mark", "kept")
    DROPPED = "dropped", pgettext_lazy("what became of a mark", "dropped")
    SAME = "same", _("the other’s mark says it")


class FlagQuerySet(models.QuerySet["Flag"]):
    """Questions about flags."""

    def visible_to(self, person: Any) -> FlagQuerySet:
        """What the person may read: all but what others mark while they read apart."""
        return self.filter(~Q(apart=BlindStatus.SEALED) | Q(author=person))

    def made_blind(self, article: Any) -> FlagQuerySet:
        """What two people marked while they read the article apart, whatever became of it since."""
        taken_back = Q(apart=BlindStatus.SEALED, status="removed")
        return self.filter(segment__article=article).exclude(Q(apart="") | taken_back)


class VisibleFlags(models.Manager.from_queryset(FlagQuerySet)):  # type: ignore[misc]  # made at run time
    """Flags that everybody may read."""

    def get_queryset(self) -> FlagQuerySet:
        """Those not sealed."""
        unsealed: FlagQuerySet = super().get_queryset().exclude(apart=BlindStatus.SEALED)
        return unsealed
