"""Teams: people who share articles, each with their roles.

Django's groups are the roles, and say what a role may do; a ``Membership`` says who has which role
in which team. ``articles.models.roles`` decides by these rows alone.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

FIRST_TEAM = gettext_noop("Newsroom")
"""The name of the team that every site begins with."""

READER = "Readers"
TEAM_ADMIN = "Team admins"
ROLE_LABELS = {
    READER: gettext_noop("Reader"),
    "Importers": gettext_noop("Article importer"),
    "Reviewers": gettext_noop("Reviewer"),
    "Approvers": gettext_noop("Approver"),
    TEAM_ADMIN: gettext_noop("Team admin"),
}
"""What the groups are called on screen that every site begins with (``roles.ROLES``)."""


def role_label(role: Group) -> str:
    """Return the name of a role in the reader's language; other groups have one name."""
    return _(ROLE_LABELS[role.name]) if role.name in ROLE_LABELS else role.name


class TeamManager(models.Manager["Team"]):
    """Finds the team of what names none."""

    def first_team(self) -> Team:
        """Return the oldest team: whose the articles are that a command imports without a team."""
        found = self.order_by("pk").first()
        return found or self.create(name=FIRST_TEAM)

    def only_team(self) -> Team | None:
        """Return the team of a site that has one, None where it has several."""
        teams = list(self.order_by("pk")[:2])
        return teams[0] if len(teams) == 1 else None


class Team(models.Model):
    """People who share articles."""

    name = models.CharField(gettext_lazy("name"), max_length=80, unique=True)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="teams"
    )

    objects = TeamManager()

    class Meta:
        verbose_name = gettext_lazy("team")
        verbose_name_plural = gettext_lazy("teams")
        ordering = ["name"]
        permissions = [("manage_team", "Can manage the members and the articles of their teams")]

    def __str__(self) -> str:
        return _(FIRST_TEAM) if self.name == FIRST_TEAM else self.name


class Membership(models.Model):
    """One role of a person in a team; a person may have several."""

    team = models.ForeignKey(
        Team, models.CASCADE, related_name="memberships", verbose_name=gettext_lazy("team")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=gettext_lazy("person"),
    )
    role = models.ForeignKey(
        Group, models.CASCADE, related_name="memberships", verbose_name=gettext_lazy("role")
    )

    class Meta:
        verbose_name = gettext_lazy("role in a team")
        verbose_name_plural = gettext_lazy("roles in teams")
        ordering = ["team", "person", "role"]
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "role"], name="role_once_in_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {role_label(self.role)} · {self.team}"
