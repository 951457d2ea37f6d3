"""Queries that are asked again and again: Django makes their SQL once.

To turn a query set into SQL takes Django several times as long as the database needs to answer it. A prepared query is
made once in a process, from stand-ins for its values, and asked with the real ones from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models.query import QuerySet

Values = int | Sequence[int]
STAND_IN = 901_190_119
"""The first of the numbers that stand in for the values; no query here means such a number itself."""


class Prepared:
    """``build`` makes the query set from its values, by name: whole numbers, or not empty lists of them. Lists are
    filled up to a power of two by saying their last again, so that there are few lengths to make the query for.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: dict[tuple[tuple[str, int], ...], tuple[Any, str, list[Any]]] = {}

    def rows(self, **values: Values) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: for numbers and short texts, which need no conversion."""
        _model, sql, params = self._asked(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def objects(self, **values: Values) -> list[Any]:
        """The rows as objects of the query set's model."""
        model, sql, params = self._asked(values)
        return list(model._base_manager.raw(sql, params))

    def _asked(self, values: dict[str, Values]) -> tuple[Any, str, list[Any]]:
        """The model, the SQL and its parameters for these values."""
        shape = tuple((name, _size(value)) for name, value in values.items())
        if (made := self._made.get(shape)) is None:
            made = self._made[shape] = self._make(shape)
        model, sql, places = made
        flat = [number for value in values.values() for number in _filled(value)]
        return model, sql, [each if place is None else flat[place] for place, each in places]

    def _make(self, shape: tuple[tuple[str, int], ...]) -> tuple[Any, str, list[Any]]:
        stand_ins: dict[str, Values] = {}
        free = STAND_IN
        for name, size in shape:
            stand_ins[name] = list(range(free, free + size)) if size else free
            free += size or 1
        queryset = self._build(**stand_ins)
        sql, params = queryset.query.sql_with_params()
        numbers = range(STAND_IN, free)
        return queryset.model, sql, [(each - STAND_IN if each in numbers else None, each) for each in params]


def _size(value: Values) -> int:
    """How long the list becomes; 0 for a number."""
    return 0 if isinstance(value, int) else 1 << (len(value) - 1).bit_length()


def _filled(value: Values) -> Sequence[int]:
    return [value] if isinstance(value, int) else [*value, *[value[-1]] * (_size(value) - len(value))]
