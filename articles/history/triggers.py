"""The triggers by which the database itself refuses to change or delete history.

Events are protected once they are chained, tombstones (``Erasure``) once they are closed; while a
tombstone is open, events may be changed. ``segment`` moves with a realignment and ``sealed`` ends
with a blind review, so these two columns stay free. A migration that rebuilds one of the two
tables on SQLite drops its triggers: it must call ``put_on`` again (a test holds that).
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSED = "history is added to, never changed or deleted"
_OPEN = "EXISTS (SELECT 1 FROM articles_erasure WHERE ended_at IS NULL)"
_KEPT = (
    "id",
    "article_id",
    "act",
    "at",
    "actor_id",
    "position",
    "details",
    "foreign",
    "previous",
    "digest",
)


def keep_audit_log(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of the audit log, which is added to only."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    if connection.vendor == "postgresql":
        refuse = "EXECUTE FUNCTION articles_keep_history()"
    with connection.cursor() as cursor:
        for operation in ("UPDATE", "DELETE"):
            cursor.execute(_trigger("auditentry", operation, "TRUE", refuse))


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of events and tombstones."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def take_off(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers: the way back of the migration."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION articles_keep_history() CASCADE")
            return
        for name in names(connection):
            cursor.execute(f'DROP TRIGGER "{name}"')


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are there."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'articles_keep_%%' ORDER BY 1"
    else:
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            " AND name LIKE 'articles_keep_%%' ORDER BY 1"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return [name for (name,) in cursor.fetchall()]


def _trigger(table: str, operation: str, condition: str, action: str) -> str:
    """Return the statement of a trigger for each row that meets the condition."""
    name = f"articles_keep_{table}_{operation.lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {operation} ON articles_{table}"
        f" FOR EACH ROW WHEN ({condition}) {action}"
    )


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in _KEPT)
    changed = f"NOT ({same} AND NEW.sealed <= OLD.sealed)"
    chained = f"OLD.digest <> '' AND NOT {_OPEN}"
    # INSERT OR REPLACE removes a row without its delete trigger. S608: nothing comes from outside.
    event_is_there = "EXISTS (SELECT 1 FROM articles_event WHERE id = NEW.id)"
    erasure_is_there = "EXISTS (SELECT 1 FROM articles_erasure WHERE id = NEW.id)"
    return [
        _trigger("event", "UPDATE", f"{chained} AND {changed}", refuse),
        _trigger("event", "DELETE", chained, refuse),
        _trigger("event", "INSERT", event_is_there, refuse),
        _trigger("erasure", "UPDATE", "OLD.ended_at IS NOT NULL", refuse),
        _trigger("erasure", "DELETE", "TRUE", refuse),
        _trigger("erasure", "INSERT", erasure_is_there, refuse),
    ]


def _postgresql() -> list[str]:
    refuse = "EXECUTE FUNCTION articles_keep_history()"
    old = ", ".join(f'OLD."{name}"' for name in _KEPT)
    new = ", ".join(f'NEW."{name}"' for name in _KEPT)
    changed = f"(({old}) IS DISTINCT FROM ({new}) OR NEW.sealed AND NOT OLD.sealed)"
    function = f"""
        CREATE FUNCTION articles_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- The condition of a trigger cannot ask another table.
            IF TG_TABLE_NAME = 'articles_event' AND TG_LEVEL = 'ROW' AND {_OPEN} THEN
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END IF;
            RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    statements = [
        function,
        _trigger("event", "UPDATE", f"OLD.digest <> '' AND {changed}", refuse),
        _trigger("event", "DELETE", "OLD.digest <> ''", refuse),
        _trigger("erasure", "UPDATE", "OLD.ended_at IS NOT NULL", refuse),
        _trigger("erasure", "DELETE", "TRUE", refuse),
    ]
    for table in ("event", "erasure"):
        statements.append(
            f"CREATE TRIGGER articles_keep_{table}_truncate BEFORE TRUNCATE ON articles_{table}"
            f" FOR EACH STATEMENT {refuse}"
        )
    return statements
