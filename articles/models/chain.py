"""The hash that chains an article's events: whoever changes or removes one breaks the chain.

Hashed is what an event says, with a pseudonym in the place of each person's name. A person can
so be made anonymous everywhere, and the chain still holds. Who acted is hashed by number.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:
    from articles.models.events import Event

NAME_KEYS = ("by", "claimed_by", "person", "readers")
"""The details of an event that hold names of people: one name, or a list of them."""

_PSEUDONYM = re.compile(r"person-[0-9a-f]{16}")

Pseudonyms = Mapping[str, str]
"""Name → pseudonym. A name that is a pseudonym already needs no entry."""


def make_pseudonym() -> str:
    """Return a new random pseudonym, which says nothing of the person."""
    return f"person-{secrets.token_hex(8)}"


def names_in(details: Mapping[str, Any]) -> set[str]:
    """Return the names of people in the details of an event, without pseudonyms."""
    names: set[str] = set()
    for key in NAME_KEYS:
        value = details.get(key)
        if isinstance(value, str):
            names.add(value)
        elif isinstance(value, list):
            names.update(map(str, value))
    pseudonyms = set(filter(_PSEUDONYM.fullmatch, names))
    return names - pseudonyms - {""}


def replace_names(details: Mapping[str, Any], pseudonyms: Pseudonyms) -> dict[str, Any]:
    """Return the details with pseudonyms in the place of the names that have one."""
    replaced = dict(details)
    for key in NAME_KEYS:
        value = details.get(key)
        if isinstance(value, str):
            replaced[key] = pseudonyms.get(value, value)
        elif isinstance(value, list):
            replaced[key] = [pseudonyms.get(str(name), name) for name in value]
    return replaced


def event_digest(previous: str, event: Event, pseudonyms: Pseudonyms) -> str:
    """Return the SHA-256 (hexadecimal) of an event that follows the one with digest ``previous``.

    The details are hashed as the database gives them back, so that a stored event has the same
    digest. The segment of an event and whether it is sealed may change later; both are left out.
    """
    stored = json.loads(json.dumps(event.details, cls=DjangoJSONEncoder))
    said = [
        previous,
        event.article_id,
        event.act,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.position,
        event.foreign,
        replace_names(stored, pseudonyms),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class PersonNameManager(models.Manager["PersonName"]):
    """Finds and makes pseudonyms."""

    def pseudonyms(self, names: Collection[str]) -> dict[str, str]:
        """Return name → pseudonym; a name that has none gets a random one."""
        if not names:
            return {}
        known = dict(self._of(names))
        missing = [name for name in names if name not in known]
        if missing:
            rows = [PersonName(name=name, pseudonym=make_pseudonym()) for name in missing]
            # Two acts may name the same person at the same time: the first row counts.
            self.bulk_create(rows, ignore_conflicts=True)
            known = dict(self._of(names))
        return known

    def _of(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        return self.filter(name__in=names).values_list("name", "pseudonym").iterator()


class PersonName(models.Model):
    """A name that history holds, and its pseudonym. Anonymising the person removes the row."""

    name = models.TextField(unique=True)
    pseudonym = models.CharField(max_length=23, unique=True)

    objects = PersonNameManager()

    def __str__(self) -> str:
        return self.pseudonym
