"""The description of the API says what there is: every address, and every value of an answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from articles.api.description import describe_api
from articles.exporting.actions import formats_of
from articles.models import AccessToken, Article, SignOff
from articles.signoff.actions import text_digest
from tests.factories import make_article, make_finding, make_flag

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
"""JSON Schema's types as Python has them."""


@pytest.fixture
def ask(client: Client, otto: Any) -> Any:
    """Ask with Otto's token."""
    _row, token = AccessToken.objects.issue(user=otto)
    return lambda address, **asked: client.get(
        address, asked, headers={"Authorization": f"Bearer {token}"}
    )


def problems(value: Any, schema: dict[str, Any], place: str = "answer") -> list[str]:
    """Return where the value is not as the schema has it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return problems(value, describe_api()["components"]["schemas"][name], place)
    if "anyOf" in schema:
        tried = [problems(value, each, place) for each in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    if type(value) is not KINDS[schema["type"]]:
        return [f"{place} is {value!r}"]
    if value not in schema.get("enum", [value]):
        return [f"{place} is {value!r}"]
    found = []
    if isinstance(value, dict) and "properties" in schema:
        if set(value) != set(schema["required"]):
            found.append(f"{place} has {sorted(value)}")
        for name in set(value) & set(schema["properties"]):
            found += problems(value[name], schema["properties"][name], f"{place}.{name}")
    for number, each in enumerate(value if isinstance(value, list) else []):
        found += problems(each, schema["items"], f"{place}[{number}]")
    return found


def schema_of(address: str, status: str = "200") -> dict[str, Any]:
    """Return the schema of what the address answers with that status."""
    answers = describe_api()["paths"][address]["get"]["responses"]
    schema: dict[str, Any] = answers[status]["content"]["application/json"]["schema"]
    return schema


def test_every_address_of_the_api_is_described() -> None:
    patterns = [str(each.pattern) for each in get_resolver("articles.urls").url_patterns]
    there_are = set()
    for pattern in patterns:
        if pattern.startswith("api/") and pattern not in ("api/", "api/<path:rest>"):
            there_are.add("/" + re.sub(r"<\w+:(\w+)>", r"{\1}", pattern))
    assert set(describe_api()["paths"]) == there_are


def test_every_parameter_of_an_address_is_described() -> None:
    for address, described in describe_api()["paths"].items():
        in_path = [each for each in described["get"]["parameters"] if each["in"] == "path"]
        assert {each["name"] for each in in_path} == set(re.findall(r"{(\w+)}", address))


@pytest.mark.django_db
def test_it_is_read_with_a_token(ask: Any, client: Client) -> None:
    answer = ask("/api/openapi.json")
    assert answer.json() == describe_api()
    assert answer["Content-Type"] == "application/json"
    assert client.get("/api/openapi.json").status_code == 401


@pytest.mark.django_db
def test_answers_are_as_described(ask: Any, rosa: Any) -> None:
    plain, signed = make_article(), make_article()
    first = plain.segments.order_by("position").first()
    make_flag(first, by=rosa)
    make_finding(first)
    SignOff.objects.create(
        article=signed, person=rosa, digest=text_digest(signed), readers=[], segment_count=2
    )
    assert problems(ask("/api/articles/").json(), schema_of("/api/articles/")) == []
    schema = schema_of("/api/articles/{article_id}/sign-off/")
    for article in (plain, signed):
        answer = ask(f"/api/articles/{article.pk}/sign-off/").json()
        assert problems(answer, schema) == []
    assert answer["at"]


@pytest.mark.django_db
def test_errors_are_as_described(ask: Any, client: Client) -> None:
    article = make_article().pk
    for address, asked, status in (
        ("/api/articles/", {"page": "x"}, 404),
        ("/api/articles/{article_id}/sign-off/", {}, 401),
        ("/api/articles/{article_id}/export/{format}/", {"content": "all"}, 400),
    ):
        place = address.format(article_id=article, format="text")
        answer = client.get(place) if status == 401 else ask(place, **asked)
        assert answer.status_code == status
        assert problems(answer.json(), schema_of(address, str(status))) == []


@pytest.mark.django_db
def test_every_export_has_a_described_type(ask: Any) -> None:
    article = make_article()
    address = "/api/articles/{article_id}/export/{format}/"
    described = describe_api()["paths"][address]["get"]
    (formats,) = (each for each in described["parameters"] if each["name"] == "format")
    for each in formats_of(Article.objects.with_documents().get(pk=article.pk)):
        answer = ask(address.format(article_id=article.pk, format=each))
        assert each in formats["schema"]["enum"]
        assert answer["Content-Type"] in described["responses"]["200"]["content"]


def test_what_is_not_described_is_noticed() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    assert problems({"a": 1}, schema) == []
    for wrong in ({"a": "1"}, {"a": True}, {}, {"a": 1, "b": 2}, []):
        assert problems(wrong, schema)
