"""Every act on a segment, by the same skeleton: works, twice, invalid, not allowed, no login, stale, without htmx."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from articles.models import Correction, Event, Finding, Flag, Segment
from articles.models.review import ReplyKind
from tests.factories import (
    make_article,
    make_correction,
    make_finding,
    make_flag,
    make_person,
    make_segment,
)

FLAG = {
    "type": "Omission",
    "severity": "major",
    "source_words": "The mayor",
    "before_words": "Le maire",
}


class Case(NamedTuple):
    """One act: how its segment is set up (returning the address's other number), what is sent, who does it."""

    name: str
    prepare: Any
    data: dict[str, str]
    invalid: dict[str, str] | None
    by: str
    event: str
    twice: int


def nothing(segment: Segment, _rosa: Any) -> list[int]:
    return []


def finding(segment: Segment, _rosa: Any) -> list[int]:
    return [make_finding(segment).pk]


def dismissed(segment: Segment, rosa: Any) -> list[int]:
    found = make_finding(segment)
    Finding.objects.filter(pk=found.pk).update(
        status="dismissed",
        reason="implied",
        decided_by=rosa,
        decided_at=found.segment.article.created_at,
    )
    return [found.pk]


def flagged(segment: Segment, rosa: Any) -> list[int]:
    Segment.objects.filter(pk=segment.pk).update(status="flagged")
    return [
        make_flag(segment, by=rosa, source_start=0, source_end=3, source_quote="The", caret=3).pk
    ]


def waiting(segment: Segment, rosa: Any) -> list[int]:
    Segment.objects.filter(pk=segment.pk).update(status="waiting")
    return [make_correction(segment, by=rosa, status="submitted").pk]


def answered(segment: Segment, rosa: Any, *, talk: str = ReplyKind.ANSWERED) -> list[int]:
    """Rosa's flag, to which Ada has said something."""
    Segment.objects.filter(pk=segment.pk).update(status="flagged")
    flag = make_flag(segment, by=rosa, source_start=0, source_end=3, source_quote="The", talk=talk)
    flag.replies.create(
        author=make_person("ada", admin=True), kind=ReplyKind.ANSWERED, text="It is implied."
    )
    return [flag.pk]


def done(segment: Segment, _rosa: Any) -> list[int]:
    Segment.objects.filter(pk=segment.pk).update(status="done")
    return []


def talk(move: str, text: str = "Look again.") -> dict[str, str]:
    return {"move": move, "words": text}


CASES = [
    Case("flag", nothing, FLAG, FLAG | {"type": "Rudeness"}, "rosa", "flagged", 409),
    Case(
        "edit_flag", flagged, FLAG, FLAG | {"source_words": "the queen"}, "rosa", "flag_edited", 409
    ),
    Case("remove_flag", flagged, {}, None, "rosa", "flag_removed", 409),
    Case("take", finding, {}, None, "rosa", "flagged", 409),
    Case(
        "dismiss", finding, {"reason": "implied"}, {"reason": "because"}, "rosa", "dismissed", 409
    ),
    Case("restore", dismissed, {}, None, "rosa", "restored", 409),
    Case(
        "edit",
        nothing,
        {"text": "Le maire a bien parlé."},
        {"text": "a\0b"},
        "rosa",
        "submitted",
        409,
    ),
    Case("withdraw", waiting, {}, None, "rosa", "withdrawn", 409),
    Case("approve", waiting, {}, None, "edith", "approved", 409),
    Case("reject", waiting, {"comment": "Too free."}, {"comment": ""}, "edith", "rejected", 409),
    Case("reject", waiting, {"cause": "style"}, {"cause": "other"}, "edith", "rejected", 409),
    Case("revise", waiting, {"text": "Le maire parla."}, {"text": "a\0b"}, "edith", "revised", 409),
    Case("approve_alike", waiting, {}, {"also": "all"}, "edith", "approved", 409),
    Case("talk", flagged, talk("answer"), talk("answer", ""), "edith", "answered", 409),
    Case("talk", answered, talk("keep"), talk("shout"), "rosa", "kept", 409),
    Case("talk", answered, talk("uphold"), talk("uphold", ""), "edith", "upheld", 409),
    Case("talk", answered, talk("drop"), talk("drop", ""), "edith", "dropped", 409),
    Case(
        "talk",
        answered,
        talk("remove_flag"),
        talk("remove_flag", "x" * 2001),
        "rosa",
        "flag_removed",
        409,
    ),
    Case("confirm", nothing, {}, None, "rosa", "confirmed", 409),
    Case("reopen", done, {}, None, "rosa", "reopened", 409),
]
every_act = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def act(rosa: Any, edith: Any, otto: Any, client: Any) -> Any:
    """Does a case's act as a person, against a revision."""
    segment = make_segment()
    people = {"rosa": rosa, "edith": edith, "otto": otto}

    class Act:
        case: Case
        numbers: list[int]

        def ready(self, case: Case) -> Act:
            self.case, self.numbers = case, case.prepare(segment, rosa)
            self.url = reverse(case.name, args=[segment.pk, *self.numbers])
            return self

        def __call__(
            self, *, by: str = "", data: Any = None, revision: int = 1, htmx: bool = True
        ) -> Any:
            if by == "nobody":
                client.logout()
            else:
                client.force_login(people[by or self.case.by])
            sent = (self.case.data if data is None else data) | {"revision": str(revision)}
            return client.post(self.url, sent, headers=HTMX if htmx else {})

    made = Act()
    made.segment = segment  # type: ignore[attr-defined]
    return made


def root_of(response: Any) -> str:
    return response.content.decode().strip()


@every_act
def test_works_and_twice_writes_once(act: Any, case: Case) -> None:
    response = act.ready(case)()
    assert response.status_code == 200
    assert root_of(response).startswith(f'<article id="segment-{act.segment.pk}"')
    assert root_of(response).endswith("</article>")
    assert "segment-changed" in response["HX-Trigger"]
    assert response["HX-Push-Url"] == "false"
    assert Event.objects.filter(act=case.event, segment=act.segment).count() == 1
    assert act().status_code == case.twice
    assert Event.objects.filter(act=case.event).count() == 1


@every_act
def test_what_is_refused_says_why_and_writes_nothing(act: Any, case: Case) -> None:
    act.ready(case)
    for refused in (is_invalid, is_not_allowed, is_not_signed_in, is_a_page, is_stale):
        refused(act, case)
        assert not Event.objects.exists(), refused.__name__


def is_invalid(act: Any, case: Case) -> None:
    if case.invalid is None:
        assert act(revision=0).status_code == 409
    else:
        response = act(data=case.invalid)
        assert response.status_code == 422
        assert 'class="error' in root_of(response)


def is_not_allowed(act: Any, case: Case) -> None:
    response = act(by="otto")
    assert response.status_code == 403
    assert "Only " in root_of(response)


def is_not_signed_in(act: Any, case: Case) -> None:
    response = act(by="nobody")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def is_a_page(act: Any, case: Case) -> None:
    """Without htmx a stale write is answered with a whole page."""
    response = act(htmx=False, revision=9)
    assert response.status_code == 409
    assert root_of(response).startswith("<!doctype html>")


def is_stale(act: Any, case: Case) -> None:
    """The answer shows what is there now, and keeps what was typed."""
    Segment.objects.filter(pk=act.segment.pk).update(revision=7)
    response = act()
    assert response.status_code == 409
    html = root_of(response)
    assert 'name="revision" value="7"' in html or 'data-revision="7"' in html
    assert "Somebody changed this segment while you were writing." in html
    for typed in case.data.values():
        assert typed in html or case.name == "dismiss"  # a button, no field


@every_act
def test_without_htmx_it_is_a_page_or_a_redirect(act: Any, case: Case, client: Any) -> None:
    response = act.ready(case)(htmx=False)
    assert response.status_code == 302
    page = client.get(response["Location"].split("#")[0])
    assert f'<article id="segment-{act.segment.pk}"' in page.content.decode()
    assert 'class="messages"' in page.content.decode()


@pytest.mark.parametrize(
    "case", [each for each in CASES if each.invalid is not None], ids=lambda case: case.name
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_form_opens_in_its_card(
    act: Any, client: Any, case: Case, headers: dict[str, str], edith: Any
) -> None:
    act.ready(case)
    client.force_login(edith)
    response = client.get(act.url, headers=headers)
    assert response.status_code == 200
    assert root_of(response).startswith("<article" if headers else "<!doctype html>")
    assert f'action="{act.url}"' in root_of(response)


def test_an_addresss_two_numbers_must_agree(act: Any, client: Any, rosa: Any) -> None:
    other = make_flag(make_segment("Other.", "Autre."), by=rosa)
    client.force_login(rosa)
    assert client.post(reverse("remove_flag", args=[act.segment.pk, other.pk])).status_code == 404


def test_the_flag_keeps_its_places(act: Any, rosa: Any) -> None:
    act.ready(CASES[0])()
    flag = Flag.objects.get()
    assert (flag.source_start, flag.source_end, flag.source_quote) == (0, 9, "The mayor")
    assert (flag.target_start, flag.caret, flag.author) == (None, 0, rosa)


def test_taking_a_finding_fills_the_flag(act: Any) -> None:
    act.ready(CASES[3])()
    flag = Flag.objects.get()
    assert (flag.type, flag.severity, flag.source_quote, flag.caret) == (
        "Omission",
        "major",
        "The",
        0,
    )
    assert flag.finding is not None
    assert flag.finding.status == "taken"


def test_the_last_act_can_be_undone(act: Any, client: Any) -> None:
    response = act.ready(CASES[0])()
    undo = reverse("remove_flag", args=[act.segment.pk, Flag.objects.get().pk])
    assert f'data-undo="{undo}"' in root_of(response)
    assert client.post(undo, {"revision": 2}, headers=HTMX).status_code == 200
    assert Flag.objects.get().status == "removed"


def test_a_rejection_tells_its_author_why(act: Any, client: Any, rosa: Any) -> None:
    act.ready(CASES[9])(data={"cause": "style", "comment": "We say “maire”."})
    assert Correction.objects.get().reason == "Not our house style – We say “maire”."
    assert Correction.objects.get().cause == "style"
    client.force_login(rosa)
    page = client.get(reverse("edit", args=[act.segment.pk])).content.decode()
    assert "We say “maire”." in page
    assert ">\nLe maire a bien parlé.</textarea>" in page


def test_ones_own_correction_cannot_be_approved(act: Any, edith: Any, client: Any) -> None:
    Segment.objects.filter(pk=act.segment.pk).update(status="waiting")
    mine = make_correction(act.segment, by=edith, status="submitted")
    client.force_login(edith)
    response = client.post(
        reverse("approve", args=[act.segment.pk, mine.pk]), {"revision": 1}, headers=HTMX
    )
    assert response.status_code == 403
    assert "Nobody decides on their own correction" in root_of(response)


def test_all_findings_alike_are_dismissed_at_once(act: Any, client: Any, rosa: Any) -> None:
    article = make_article([("The cat.", "Chat."), ("The dog.", "Chien."), ("A cow.", "Vache.")])
    one, two, three = (make_finding(segment) for segment in article.segments.order_by("position"))
    client.force_login(rosa)
    address = reverse("dismiss", args=[one.segment_id, one.pk])
    assert "and 1 similar finding in this article" in client.get(address).content.decode()
    response = client.post(address, {"revision": 1, "reason": "style", "alike": "on"}, headers=HTMX)
    assert "All similar findings dismissed." in root_of(response)
    statuses = [Finding.objects.get(pk=each.pk).status for each in (one, two, three)]
    assert statuses == ["dismissed", "dismissed", "open"]
    assert Event.objects.filter(act="dismissed").count() == 2


def test_a_flag_reads_its_segment_once(
    client: Any, rosa: Any, django_assert_num_queries: Any
) -> None:
    segment = make_segment()
    client.force_login(rosa)
    with django_assert_num_queries(14):
        answer = client.post(
            reverse("flag", args=[segment.pk]), FLAG | {"revision": "1"}, headers=HTMX
        )
    assert answer.status_code == 200
