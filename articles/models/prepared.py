"""Queries that are asked again and again: Django makes their SQL once.

To turn a query set into SQL takes Django several times as long as the database needs to answer it. A prepared query is
made once in a process, from stand-ins for its values, and asked with the real ones from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models.query import QuerySet, get_related_populators

Values = int | Sequence[int]
STAND_IN = 901_190_119
"""The first of the numbers that stand in for the values; no query here means such a number itself."""
LARGEST = 2**63 - 1
"""The largest number that a database knows."""


class Prepared:
    """``build`` makes the query set from its values, by name: whole numbers, or not empty lists of them. Lists are
    filled up to a power of two by saying their last again, so that there are few lengths to make the query for.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: dict[tuple[tuple[str, int], ...], _Made] = {}

    def __call__(self, **values: Values) -> list[Any]:
        """What the query set would hold: its objects, with those selected along, or the tuples of values_list(). None
        for a number that is larger than any in a database."""
        shape = tuple((name, _size(value)) for name, value in values.items())
        if (made := self._made.get(shape)) is None:
            made = self._made[shape] = self._make(shape)
        flat = [number for value in values.values() for number in _filled(value)]
        return made.ask(flat) if max(flat) <= LARGEST else []

    def _make(self, shape: tuple[tuple[str, int], ...]) -> _Made:
        stand_ins: dict[str, Values] = {}
        free = STAND_IN
        for name, size in shape:
            stand_ins[name] = list(range(free, free + size)) if size else free
            free += size or 1
        return _Made(self._build(**stand_ins), range(STAND_IN, free))


class _Made:
    """The SQL of a query set, and how its rows are read."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: range) -> None:
        # ``connection`` is whichever the asking thread has.
        self._compiler = compiler = queryset.query.get_compiler(connection=connection)
        self._sql, params = compiler.as_sql()
        self._params = [(each - STAND_IN if each in stand_ins else None, each) for each in params]
        self._converters = compiler.get_converters([column for column, *_name in compiler.select])
        info: Any = compiler.klass_info if queryset.query.default_cols else None  # None for tuples
        self._info = info
        if info:
            self._columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
            self._names = [
                column.target.attname for column, *_name in compiler.select[self._columns]
            ]
            self._related = get_related_populators(info, compiler.select, queryset.db)  # type: ignore[call-arg]  # the stubs miss db

    def ask(self, numbers: list[int]) -> list[Any]:
        """The rows for the numbers that the stand-ins stood for."""
        with connection.cursor() as cursor:
            cursor.execute(
                self._sql,
                [each if place is None else numbers[place] for place, each in self._params],
            )
            rows = cursor.fetchall()
        read = self._compiler.apply_converters(rows, self._converters) if self._converters else rows
        return [self._object(row) for row in read] if self._info else [tuple(row) for row in read]

    def _object(self, row: Sequence[Any]) -> Any:
        """The row as django.db.models.query.ModelIterable makes it."""
        found = self._info["model"].from_db(connection.alias, self._names, row[self._columns])
        for populator in self._related:
            populator.populate(row, found)
        return found


def _size(value: Values) -> int:
    """How long the list becomes; 0 for a number."""
    return 0 if isinstance(value, int) else 1 << (len(value) - 1).bit_length()


def _filled(value: Values) -> Sequence[int]:
    return (
        [value] if isinstance(value, int) else [*value, *[value[-1]] * (_size(value) - len(value))]
    )
