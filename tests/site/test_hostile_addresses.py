"""Whatever is sent in any field of any address, the answer is a sentence and never a fault of the server."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from articles.adjudication import actions
from articles.models import Segment, Term
from articles.urls import urlpatterns
from tests.factories import make_article, make_correction, make_finding, make_flag, make_reading

pytestmark = pytest.mark.slow

HOSTILE = (
    "", "-1", "9" * 5000, str(2**31), str(2**64), "\0a", "²", "[" * 5_000, f"[{2**64}, 1, 2]", "1:", f"{2**64}:1",
    "9-" + "9" * 5000, "//evil.example/", "\r\nX-Evil: 1",
)  # fmt: skip
FLAG = {
    "type": "Omission",
    "severity": "major",
    "source_words": "mayor",
    "before_words": "Le maire",
    "comment": "x",
}
TEXT = {"revision": "1", "text": "Le maire a bien parlé.", "begun": "Le maire a parlé."}
ASK = {"page": "1", "filter": "", "order": "risk", "search": "mayor", "part": "later"}
REVISION = {"revision": "1"}
FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "desk": ("get", ASK),
    "jump": ("get", {"number": "1"}),
    "article_history": ("get", {"page": "1"}),
    "read": ("get", {"side": "source", "changes": "on"}),
    "claims": ("post", {"correction": "1-1", "segment": "1-1"}),
    "compare": ("get", {"page": "1"}),
    "access": ("post", {"team": "1", "embargoed_until": "2030-01-31T18:00"}),
    "rename": ("post", {"title": "The bridge"}),
    "waiting_files": ("post", {"file": "1", "pair": "1"}),
    "export": ("get", {"hold": "approved", "on": "2026-01-01"}),
    "take_return": ("post", {"take": '[1, 1, "Le maire."]'}),
    "pairing": ("post", {"act": "split", "revisions": "1:1", "source_at": "1", "target_at": "1"}),
    "settle": ("post", REVISION | {"first": "0", "second": "0", "keep": "none"}),
    "flag": ("post", REVISION | FLAG | {"source_at": "4-9", "caret_at": "0"}),
    "edit_flag": ("post", REVISION | FLAG),
    "remove_flag": ("post", REVISION),
    "talk": ("post", REVISION | {"move": "keep", "words": "So it is.", "severity": "minor"}),
    "take": ("post", REVISION),
    "take_changed": ("post", REVISION | FLAG),
    "dismiss": ("post", REVISION | {"reason": "implied", "alike": "on"}),
    "restore": ("post", REVISION),
    "edit": ("post", TEXT),
    "draft": ("post", TEXT),
    "recheck": ("post", TEXT),
    "beside": ("post", {"gone": ""}),
    "confirm": ("post", REVISION | {"seen": "1"}),
    "run_checks": ("post", {"next": "/"}),
    "reopen": ("post", REVISION),
    "withdraw": ("post", REVISION),
    "approve": ("post", REVISION),
    "revise": ("post", TEXT),
    "approve_alike": ("post", REVISION | {"also": "1-1"}),
    "articles": ("get", {"page": "1", "state": "mine", "order": "due", "search": "a"}),
    "assign": ("post", {"person": "1", "role": "reviewer", "due": "2030-01-31"}),
    "assign_import": ("post", {"person": "1", "role": "reviewer", "due": "2030-01-31"}),
    "blind_review": ("post", {"first": "1", "second": "2", "due": "2030-01-31"}),
    "invite": ("post", {"username": "nora", "email": "", "first_name": "", "role": "Reviewers"}),
    "person": ("post", {"first_name": "Rosa", "initial-email": "", "is_active": "on"}),
    "hide_introduction": ("post", {"next": "/"}),
    "preferences": (
        "post",
        {
            "language": "fr",
            "text_size": "large",
            "density": "compact",
            "scheme": "dark",
            "next": "/",
        },
    ),
    "queue": ("post", {"chosen": "1:1"}),
    "concordance": (
        "get",
        {"q": "mayor", "side": "both", "pair": "en-fr", "whole": "on", "from": "1", "page": "1"},
    ),
    "replace": ("get", {"find": "le", "replace": "la", "whole_words": "on", "match_case": "on"}),
    "sign_off": ("post", {"digest": "0" * 64}),
    "team": ("post", {"has": "1-1", "had": "1-2"}),
    "add_member": ("post", {"person": "rosa", "roles": "1"}),
    "glossary": (
        "post",
        {
            "source": "strike",
            "target": "grève",
            "note": "x",
            "source_language": "en",
            "target_language": "fr",
            "article": "1",
            "scope": "article",
        },
    ),
    "edit_term": (
        "post",
        {"source": "strike", "target": "grève", "seen": "0" * 32, "query": "q=a"},
    ),
    "delete_term": ("post", {"query": "q=a", "seen": "0" * 32}),
    "import_terms": ("post", {"act": "preview", "article": "1", "source_language": "en"}),
    "export_terms": ("get", {"from": "en", "to": "fr", "article": "1"}),
    "reject": ("post", REVISION | {"cause": "style", "comment": "Too free."}),
}
"""Address → how it is asked, and each field that it reads with a value that is good."""
EVERYWHERE = ("9" * 5000, "\0a", f"{2**64}:1")
"""Of HOSTILE, what is also sent in a field whose name another address has tried them all in."""
NO_FIELDS = {
    "states", "unassign", "people", "password_link", "choose_password", "shortcuts", "check_state", "unplaced", "place_unplaced", "api_sign_off",
    "live", "ready", "metrics", "finish", "resume", "close", "cancel_blind_review", "end_blind_review", "exports", "preview_return", "api_articles", "api_description", "api_export", "api_unknown", "imports",
    "import", "import_text", "start_import", "cancel_import", "checks", "check", "card", "history", "panel", "word_links", "discard",
    "teams", "remove_member",
}  # fmt: skip


def test_every_address_is_here() -> None:
    assert FIELDS.keys() | NO_FIELDS == {pattern.name for pattern in urlpatterns if pattern.name}


@pytest.fixture
def rows(client: Client, rosa: Any, ruth: Any, ada: Any) -> dict[str, int]:
    """A segment with all that lies on one, and Ada, who may do everything; by the names that addresses know them by."""
    client.force_login(ada)
    article = make_article()
    segment, second = article.segments.order_by("position")
    correction = make_correction(second, by=rosa, status="submitted")
    term = Term.objects.create(source="mayor", target="maire")
    Segment.objects.filter(pk=second.pk).update(status="waiting")
    flag, finding = make_flag(segment, by=ada), make_finding(segment)
    compared = make_reading(rosa, ruth, title="Another")
    for reader in (rosa, ruth):
        actions.finish(compared, by=reader)
    return {
        "article_id": article.pk, "segment_id": segment.pk, "flag_id": flag.pk, "finding_id": finding.pk,
        "correction_id": correction.pk, "file_id": 1, "person_id": rosa.pk, "team_id": article.team_id, "assignment_id": 1, "unplaced_id": 1, "term_id": term.pk, "second": second.pk, "compared": compared.segments.first().pk,
    }  # fmt: skip


def address(name: str, rows: dict[str, int]) -> str:
    """The address of that name, about the rows."""
    (pattern,) = (str(each.pattern) for each in urlpatterns if each.name == name)
    values: dict[str, Any] = rows | {
        "pk": rows["article_id"],
        "format": "csv",
        "check_id": "dropped",
        "rest": "x",
        "uidb64": "MQ",
        "token": "c0ffee-1",
    }
    if "correction_id" in pattern:
        values["segment_id"] = rows["second"]
    elif name == "settle":
        values["segment_id"] = rows["compared"]
    return "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(values[match[1]]), pattern)


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_breaks_the_server(client: Client, rows: dict[str, int], name: str) -> None:
    method, good = FIELDS[name]
    headers = {"HX-Request": "true"}
    for field in good:
        first = next(each for each, (_method, fields) in FIELDS.items() if field in fields)
        for value in HOSTILE if name == first or field == "next" else EVERYWHERE:
            with transaction.atomic():
                sent = good | {field: value}
                answer = getattr(client, method)(address(name, rows), sent, headers=headers)
                assert answer.status_code < 500
                assert "evil" not in answer.headers.get("Location", "")
                transaction.set_rollback(True)


@pytest.mark.parametrize("number", [2**31, 2**63])
def test_no_number_in_an_address_breaks_the_server(
    client: Client, rows: dict[str, int], number: int
) -> None:
    for name in FIELDS.keys() | NO_FIELDS:
        values = dict.fromkeys(rows, number)
        assert client.post(address(name, values), HTTP_HX_REQUEST="true").status_code < 500


@pytest.mark.parametrize(
    "back", ["search=%00", "//evil.example/", "filter=mine&order=%0d%0aX-Evil:1"]
)
def test_the_way_back_from_pairing_leads_to_the_desk(
    client: Client, rows: dict[str, int], back: str
) -> None:
    place = f"/segments/{rows['segment_id']}/pairing/"
    assert client.get(place, {"back": back}).status_code == 200
    gone = client.post(f"{place}?back={back}", {"act": "merge", "revisions": "1:1"})
    assert gone.headers["Location"].startswith(place)
