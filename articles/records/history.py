"""Make rows of the history that a file has, with its own times and the ids of rows here.

In a file, a line of history refers to flags, corrections and findings by their numbers in the
lists of its segment. What it tells happened elsewhere: the lines are marked as foreign, and have
the name that the file gives in the place of a person of this site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import connection, models
from django.utils import timezone

from articles.formats import interchange
from articles.models import Article, Event, Segment

FindUser = Callable[[str], User | None]


class Names(Protocol):
    """Who is who in a file, and what the file is called."""

    file: str

    def find(self, name: str) -> User | None:
        """Return the person of that name, None where there is nobody."""


Numbered = Mapping[str, Sequence[Any]]
"""The rows made of a segment's flags, corrections and findings, in the order of the file; None for
those that were not stored."""

_NONE: Numbered = {"flag": [], "correction": [], "finding": []}
_NOT_READ = ("ids", "by", "file")
"""Details that are set here: a file does not say them of itself."""
_TEXTS = ("type", "severity", "reason", "before", "after", "text")
"""Details of an event that pages show, or compare with the rows."""


def store_events(events: Sequence[Event]) -> None:
    """Store history with its own times; it is chained when the import is complete."""
    Event.objects.bulk_create(events)


def set_times(
    model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Sequence[datetime], int]]
) -> None:
    """Set times that Django itself sets when a row is stored."""
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(name)} = %s" for name in names)
    table = quote(model._meta.db_table)
    # S608: the table and the columns are our own names.
    statement = f"UPDATE {table} SET {columns} WHERE {quote('id')} = %s"  # noqa: S608
    adapt = connection.ops.adapt_datetimefield_value
    values = [(*map(adapt, times), pk) for times, pk in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def read_events(
    article: Article,
    recorded: Iterable[interchange.Event],
    people: Names,
    segment: Segment | None = None,
    numbered: Numbered = _NONE,
) -> Iterator[Event]:
    """Yield the lines of history that are understood here, but for the import elsewhere."""
    own_position = segment.position if segment else None
    for event in recorded:
        details = _details(event, people.find, numbered)
        if details is not None:
            if event.by:
                details["by"] = event.by
            if people.file:
                details["file"] = people.file
            yield Event(
                article=article,
                segment=segment,
                position=event.position or own_position,
                foreign=True,
                act=event.act,
                at=event.time or timezone.now(),
                details=details,
            )


def _details(
    event: interchange.Event, find_user: FindUser, numbered: Numbered
) -> dict[str, Any] | None:
    """Return the details with ids of rows here; None where they are not those of such an act.

    That an article was imported elsewhere is not its history here.
    """
    # A newer version of the program may know more acts.
    if event.act not in Event.Act or event.act == Event.Act.IMPORTED:
        return None
    details = {key: value for key, value in event.details.items() if key not in _NOT_READ}
    if event.act == Event.Act.REALIGNED:
        # What was realigned elsewhere cannot be undone here: it undoes no event, 0.
        return {"how": details.get("how", ""), "undoes": 0}
    if event.act == Event.Act.UNSEALED:
        return _unsealed_details(details, find_user)
    if event.act == Event.Act.ASKED and not _are_asked_details(details):
        return None
    return _with_ids(details, numbered) if _are_texts(details) else None


def _are_texts(details: dict[str, Any]) -> bool:
    # Anybody can write such a file; pages show these without looking.
    return all(isinstance(details.get(key, ""), str) for key in _TEXTS)


def _unsealed_details(details: dict[str, Any], find_user: FindUser) -> dict[str, Any] | None:
    """Return the details with the ids of the two readers, None where they are not both known."""
    readers = [find_user(str(name)) for name in _as_list(details.get("readers"))]
    ids = [person.pk for person in readers if person is not None]
    if len(readers) != 2 or len(ids) != 2:
        return None
    return {**details, "ids": ids}


def _are_asked_details(details: dict[str, Any]) -> bool:
    """Return whether these are the details of questions to a language model."""
    if not isinstance(details.get("characters"), int):
        return False
    return isinstance(details.get("asked"), list) and "model" in details


def _with_ids(details: dict[str, Any], numbered: Numbered) -> dict[str, Any]:
    """Return the details with ids in the place of numbers in the segment's lists."""
    for key, rows in numbered.items():
        if key in details:
            row = numbered_row(rows, details.pop(key))
            if row is not None:
                details[key] = row.pk
    if "flags" in details:
        flags = [numbered_row(numbered["flag"], each) for each in _as_list(details["flags"])]
        details["flags"] = [flag.pk for flag in flags if flag is not None]
    return details


def numbered_row(rows: Sequence[Any], number: object) -> Any:
    """Return the row with this number, from 1; None where there is none."""
    if type(number) is int and 0 < number <= len(rows):  # True is no number
        return rows[number - 1]
    return None


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
