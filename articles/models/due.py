"""Until when somebody's part in an article is due: a day, and an hour where one was named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone


@dataclass(frozen=True)
class Due:
    """A day, and an hour of it in the time zone of the site; without one the end of the day."""

    day: date
    hour: time | None = None

    def __str__(self) -> str:
        """Return it as ISO 8601, such as 2027-01-31 or 2027-01-31T18:00."""
        return self.day.isoformat() if self.hour is None else f"{self.day}T{self.hour:%H:%M}"

    @property
    def order(self) -> tuple[date, time]:
        """By what to sort: the day, then the hour, a day without one after its hours."""
        return self.day, time.max if self.hour is None else self.hour

    @property
    def is_late(self) -> bool:
        """Whether it is over."""
        now = timezone.localtime()
        return self.order < (now.date(), now.time())

    @property
    def days_left(self) -> int:
        """Count the days from today to its day; negative for one that is over."""
        return (self.day - timezone.localdate()).days

    @property
    def moment(self) -> datetime | None:
        """Return its hour as a point in time, None where there is no hour."""
        if self.hour is None:
            return None
        return timezone.make_aware(datetime.combine(self.day, self.hour))
