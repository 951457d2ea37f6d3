"""Marks made in a blind review are sealed, and left out by the default managers.

A query for flags that does not consider blind review cannot show one reviewer's marks to the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from articles.models.documents import Article
    from articles.models.review import Flag  # noqa: F401 - named below, in a string


class BlindStatus(models.TextChoices):
    """Whether a mark made in a blind review is undecided, or what the comparison decided."""

    SEALED = "sealed", _("hidden")
    KEPT = "kept", pgettext_lazy("what became of a mark", "kept")
    DROPPED = "dropped", pgettext_lazy("what became of a mark", "dropped")
    SAME = "same", _("duplicate of the other flag")


class FlagQuerySet(models.QuerySet["Flag"]):
    """Queries about flags."""

    def visible_to(self, person: User) -> FlagQuerySet:
        """Return the flags that the person may see: all but those of other blind reviewers."""
        return self.filter(~Q(apart=BlindStatus.SEALED) | Q(author=person))

    def made_blind(self, article: Article) -> FlagQuerySet:
        """Return what two people flagged in the blind review, whatever was decided since."""
        # What its own author took back before the comparison is not compared.
        removed = Q(apart=BlindStatus.SEALED, status="removed")
        return self.filter(segment__article=article).exclude(Q(apart="") | removed)


# The base class is made at run time, which mypy cannot follow.
class VisibleFlags(models.Manager.from_queryset(FlagQuerySet)):  # type: ignore[misc]
    """Flags that everybody may see."""

    def get_queryset(self) -> FlagQuerySet:
        """Return the flags that are not sealed."""
        unsealed: FlagQuerySet = super().get_queryset().exclude(apart=BlindStatus.SEALED)
        return unsealed
