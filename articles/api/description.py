"""The API in the form of OpenAPI 3.1: its addresses, what may be asked, and what they answer.

Programs that make clients or try an API read it. ``tests/api/test_description.py`` compares it with
the addresses that there are and with what they answer.
"""

from __future__ import annotations

from typing import Any

from articles.exporting.actions import EXPORT_CONTENTS, EXPORT_FORMATS
from articles.findings.state import CheckCode
from articles.models import Segment
from articles.signoff.state import OpenKind

VERSION = "1"
"""The version of the description: it changes where a client has to change."""
LARGEST_ID = 10**18 - 1
"""The largest number that an address takes for a row (``RowIdConverter``)."""

Schema = dict[str, Any]

COUNT: Schema = {"type": "integer", "minimum": 0}
TEXT: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
NOTHING: Schema = {"type": "string", "maxLength": 0}
TIME: Schema = {"type": "string", "format": "date-time"}


def describe_api() -> Schema:
    """Return the whole description; what it lists is read from the registries."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Translation review",
            "version": VERSION,
            "description": "Articles, their state and their exports, to be read only. "
            "An admin issues the token; it shows what its owner may see.",
        },
        "security": [{"token": []}],
        "paths": {
            "/api/openapi.json": _operation("Describe the API.", "Description", {}),
            "/api/articles/": _operation(
                "List the articles, newest first.",
                "ArticleList",
                {"404": "There is no such page."},
                parameters=[_page()],
            ),
            "/api/articles/{article_id}/sign-off/": _operation(
                "Say whether the article is signed off, and what is open in it.",
                "SignOff",
                {"404": "There is no such article."},
                parameters=[_article_id()],
            ),
            "/api/articles/{article_id}/export/{format}/": _export(),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _operation(
    summary: str,
    schema: str,
    errors: dict[str, str],
    *,
    parameters: list[Schema] | None = None,
) -> Schema:
    """Return an address that is read with GET and answers with JSON of the named schema."""
    good = {"description": summary, "content": _json(schema)}
    get = {
        "operationId": schema[0].lower() + schema[1:],
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": good, **_errors(errors)},
    }
    return {"get": get}


def _export() -> Schema:
    """Return the address that answers with a file."""
    described = _operation(
        "Give the article as a file.",
        "Export",
        {
            "400": "The choice cannot be met.",
            "403": "The article is under embargo.",
            "404": "There is no such article or format.",
        },
        parameters=[_article_id(), _format(), *_choices()],
    )
    media_types = sorted({known.media_type for known in EXPORT_FORMATS.values()})
    content: Schema = {f"{each}; charset=utf-8": {} for each in media_types}
    described["get"]["responses"]["200"]["content"] = content
    return described


def _errors(errors: dict[str, str]) -> Schema:
    """Return the answers that are no success: those given, and those that any address has."""
    # The server itself refuses it, before the site sees it.
    too_long = {"description": "The address is too long.", "content": {"text/html": {}}}
    answers: Schema = {"414": too_long}
    for status, sentence in {"401": "The token is missing or unknown.", **errors}.items():
        answers[status] = {"description": sentence, "content": _json("Error")}
    return answers


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


# ── what may be asked ────────────────────────────────────────────────────────


def _page() -> Schema:
    return {
        "name": "page",
        "in": "query",
        "description": "The number of the page, from 1.",
        "schema": {"type": "integer", "minimum": 1},
    }


def _article_id() -> Schema:
    return {
        "name": "article_id",
        "in": "path",
        "required": True,
        "schema": {"type": "integer", "minimum": 0, "maximum": LARGEST_ID},
    }


def _format() -> Schema:
    return {
        "name": "format",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(EXPORT_FORMATS)},
    }


def _choices() -> list[Schema]:
    """Return what an export may include, and as of when; the older names are left out."""
    contents = {
        "name": "content",
        "in": "query",
        "schema": {"type": "string", "enum": [*EXPORT_CONTENTS, ""], "default": "approved"},
    }
    moment = {
        "name": "as_of",
        "in": "query",
        "description": "A day, whose end counts, or a time, in the site's time zone unless it"
        " names another; none in the future.",
        "schema": {"anyOf": [{"type": "string", "format": "date"}, TIME, NOTHING]},
    }
    return [contents, moment]


# ── what is answered ─────────────────────────────────────────────────────────


def _schemas() -> Schema:
    """Return what the addresses answer, by name."""
    return {
        "Error": _object(error={"type": "string", "minLength": 1}),
        "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
        "ArticleList": _object(
            count=COUNT,
            next=_or_null(ADDRESS),
            previous=_or_null(ADDRESS),
            articles={"type": "array", "items": {"$ref": "#/components/schemas/Article"}},
        ),
        "Article": _article(),
        "Checks": _object(
            state={"type": "string", "enum": list(CheckCode.values)},
            current=BOOLEAN,
            done=COUNT,
            total=COUNT,
            unchecked=COUNT,
            at=_or_null(TIME),
        ),
        "SignOff": _object(
            signed_off=BOOLEAN,
            by=_or_null(TEXT),
            at=_or_null(TIME),
            open={"type": "array", "items": {"$ref": "#/components/schemas/OpenItem"}},
            digest=TEXT,
        ),
        "OpenItem": _object(
            kind={"type": "string", "enum": list(OpenKind.values)}, count=COUNT, sentence=TEXT
        ),
    }


def _article() -> Schema:
    """Return an article of the list; its export is an address with ``{form}`` for the format."""
    return _object(
        id={"type": "integer", "minimum": 1},
        title=TEXT,
        target_title=TEXT,
        source_language=TEXT,
        target_language=TEXT,
        created=TIME,
        segments=_object(**dict.fromkeys(Segment.Status.values, COUNT)),
        words=COUNT,
        words_done=COUNT,
        findings=COUNT,
        signed_off=BOOLEAN,
        checks={"$ref": "#/components/schemas/Checks"},
        desk=ADDRESS,
        export={"type": "string", "format": "uri-template"},
    )


def _object(**properties: Schema) -> Schema:
    """Return the schema of an object that has each of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
