"""What a person chose for themselves: the language of the pages and how they look."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreferencesManager(models.Manager["Preferences"]):
    """Finds the preferences of a person."""

    def of(self, person: User) -> Preferences:
        """Return the person's preferences, unsaved ones where they never chose any."""
        return self.filter(pk=person.pk).first() or Preferences(user=person)


class Preferences(models.Model):
    """One person's language, text size, density, colours and matching words.

    An empty language is the browser's.
    ``shows_introduction`` says that the desk still explains itself to them.
    """

    class TextSize(models.TextChoices):
        """How large everything is."""

        SMALL = "small", _("Small")
        NORMAL = "normal", _("Normal")
        LARGE = "large", _("Large")
        LARGER = "larger", _("Larger")

    class Density(models.TextChoices):
        """How much air there is between rows."""

        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    class Scheme(models.TextChoices):
        """The colours."""

        SYSTEM = "system", _("Automatic")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Counterparts(models.TextChoices):
        """Whether the counterpart of the word under the pointer is highlighted."""

        ON = "on", _("Highlighted")
        OFF = "off", _("Off")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, verbose_name=_("who")
    )
    language = models.CharField(_("Language"), max_length=10, blank=True)
    text_size = models.CharField(
        _("Text size"), max_length=10, choices=TextSize, default=TextSize.NORMAL
    )
    density = models.CharField(
        _("Density"), max_length=12, choices=Density, default=Density.COMFORTABLE
    )
    scheme = models.CharField(_("Colours"), max_length=10, choices=Scheme, default=Scheme.SYSTEM)
    counterparts = models.CharField(
        _("Matching word"), max_length=3, choices=Counterparts, default=Counterparts.ON
    )
    shows_introduction = models.BooleanField(default=True, editable=False)

    objects = PreferencesManager()

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)
