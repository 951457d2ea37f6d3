"""The audit log: sign-ins, failures, exports and acts of admins, each with address and time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One line of the log. It is added to only; the admin shows it.

    ``person`` is None where nobody with an account is known: what was typed as a name is not
    stored, because people type passwords there by mistake. ``subject`` is whom the act is about,
    where that is somebody else. ``address`` is the client's.
    """

    class Kind(models.TextChoices):
        """What is logged."""

        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "failed", _("sign-in failed")
        SIGN_IN_REFUSED = "refused", _("sign-in blocked after failures")
        SIGNED_OUT = "signed_out", _("signed out")
        PASSWORD_CHANGED = "password", _("changed the password")
        SECOND_STEP_ADDED = "step_added", _("added a second sign-in step")
        SECOND_STEP_REMOVED = "step_removed", _("removed a second sign-in step")
        EXPORTED = "exported", _("exported articles")
        ROLES_CHANGED = "roles", _("changed roles in a team")
        GLOSSARY_CHANGED = "glossary", _("changed the glossary")
        ADMIN_ACT = "admin", _("changed data in the admin")

    kind = models.CharField(_("action"), max_length=16, choices=Kind)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("whom"),
    )
    address = models.GenericIPAddressField(_("address"), null=True)
    details = models.CharField(_("details"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("audit log entry")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
