"""Queries that are asked again and again: Django makes their SQL once.

To turn a query set into SQL takes Django several times as long as the database needs to answer it. A prepared query is
made once in a process, from stand-ins for its values, and asked with the real ones from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models.query import QuerySet

STAND_IN = 901_190_119
"""The first of the numbers that stand in for the values; no query here means such a number itself."""


class Prepared:
    """``build`` makes the query set from its values, which are whole numbers, by name; it is called once."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: tuple[str, list[Any]] | None = None

    def rows(self, **values: int) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: for numbers and short texts, which need no conversion."""
        if self._made is None:
            stand_ins = {name: STAND_IN + number for number, name in enumerate(values)}
            names = {stand_in: name for name, stand_in in stand_ins.items()}
            sql, params = self._build(**stand_ins).query.sql_with_params()
            self._made = sql, [(names.get(each), each) for each in params]
        sql, places = self._made
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[name] if name else each for name, each in places])
            return cursor.fetchall()
