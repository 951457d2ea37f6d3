"""Two readings are finished, opened, laid side by side, decided on and handed on."""

from __future__ import annotations

from typing import Any

import pytest

from articles.adjudication import actions as adjudication_actions
from articles.blind import visibility
from articles.models import Article, Event, Finding, Flag, Segment, Verdict
from articles.models.hidden import BlindStatus
from articles.review import actions as review_actions
from articles.review import workflow
from tests.factories import make_finding, make_flag, make_reading

PAIRS = [
    ("The mayor spoke.", "Le maire a parlé."),
    ("Nobody laughed.", "Personne."),
    ("It rained.", "Il a plu."),
]
FIRST_WORD = {"source_start": 0, "source_end": 3, "source_quote": "The"}
SECOND_WORD = {"source_start": 4, "source_end": 9, "source_quote": "mayor"}


@pytest.fixture
def article(rosa: Any, ruth: Any) -> Article:
    return make_reading(rosa, ruth, pairs=PAIRS)


def mark(article: Article, person: Any, number: int = 1, **values: Any) -> Flag:
    segment = article.segments.get(position=number)
    return make_flag(segment, by=person, apart="sealed", **(FIRST_WORD | values))


def finished(article: Article) -> Article:
    """The article with both readings open."""
    for row in article.reviewers:
        adjudication_actions.finish(article, by=row.person)
    return Article.objects.get(pk=article.pk)


def decide(flags: tuple[Flag | None, Flag | None], keep: str, *, by: Any) -> None:
    segment = next(flag for flag in flags if flag).segment
    segment.refresh_from_db()
    ids = tuple(flag.pk if flag else 0 for flag in flags)
    adjudication_actions.decide_pair(
        segment, by=by, revision=segment.revision, flags=ids, keep=keep
    )


def fates(*flags: Flag) -> list[tuple[str, str]]:
    return [
        (flag.apart, flag.status) for each in flags for flag in [Flag.everything.get(pk=each.pk)]
    ]


# ── finishing ────────────────────────────────────────────────────────────────


def test_the_second_to_finish_opens_both(article: Article, rosa: Any, ruth: Any) -> None:
    segment = article.segments.get(position=1)
    review_actions.flag(
        segment, by=rosa, revision=1, values={"type": "Omission", "severity": "major"}
    )
    assert adjudication_actions.finish(article, by=rosa) is False
    assert Article.objects.get().stage == "reading"
    assert adjudication_actions.finish(article, by=ruth) is True
    article = Article.objects.get()
    assert article.stage == "comparing"
    assert adjudication_actions.opening_details(article)["readers"] == ["rosa", "ruth"]
    assert adjudication_actions.opening_details(article)["figures"]["alike"] == 2
    acts = list(Event.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["flagged", "finished", "finished", "unsealed"]
    assert Segment.objects.get(position=1).revision > 2, "whoever still has a form open is stale"


def test_finishing_twice_or_as_somebody_else_is_refused(
    article: Article, rosa: Any, edith: Any
) -> None:
    adjudication_actions.finish(article, by=rosa)
    with pytest.raises(workflow.Refused, match="already"):
        adjudication_actions.finish(article, by=rosa)
    with pytest.raises(workflow.Refused, match="not one of the two blind reviewers"):
        adjudication_actions.finish(article, by=edith)


def test_finishing_can_be_taken_back_until_the_other_has(
    article: Article, rosa: Any, ruth: Any
) -> None:
    adjudication_actions.finish(article, by=rosa)
    adjudication_actions.resume(article, by=rosa)
    assert visibility.why_not("flag", rosa, Article.objects.get()) is None
    with pytest.raises(workflow.Refused, match="not finished"):
        adjudication_actions.resume(article, by=rosa)
    article = finished(Article.objects.get())
    with pytest.raises(workflow.Refused, match="both reviews are open"):
        adjudication_actions.resume(article, by=ruth)
    assert Event.objects.filter(act="resumed").count() == 1


def test_an_admin_finishes_for_somebody_who_will_not(article: Article, rosa: Any, ada: Any) -> None:
    adjudication_actions.finish(article, by=rosa)
    adjudication_actions.declare_finished(article, by=ada)
    assert Article.objects.get().stage == "comparing"
    assert [
        event.details["person"] for event in Event.objects.filter(act="finished").order_by("id")
    ] == [
        "rosa",
        "ruth",
    ]
    with pytest.raises(workflow.Refused, match="not in blind review"):
        adjudication_actions.declare_finished(article, by=ada)


def test_what_one_dismissed_is_dismissed_unless_the_other_flagged_it(
    article: Article, rosa: Any, ruth: Any
) -> None:
    rows = list(article.segments.order_by("position"))
    doubts = [make_finding(row) for row in rows]
    for person, doubt in ((rosa, doubts[0]), (ruth, doubts[0]), (rosa, doubts[1])):
        Verdict.objects.create(
            segment=doubt.segment, person=person, finding=doubt, reason="implied"
        )
    make_flag(rows[1], by=ruth, apart="sealed", finding=doubts[1])
    finished(article)
    found = [
        (each.status, each.decided_by) for each in Finding.objects.order_by("segment__position")
    ]
    assert found == [("dismissed", rosa), ("open", None), ("open", None)]


# ── deciding ─────────────────────────────────────────────────────────────────


def test_places_are_told_apart(article: Article, rosa: Any, ruth: Any) -> None:
    both = mark(article, rosa), mark(article, ruth, source_end=2)
    differing = (
        mark(article, rosa, **SECOND_WORD),
        mark(article, ruth, type="Addition", **SECOND_WORD),
    )
    alone, other = mark(article, rosa, 2), mark(article, ruth, 3)
    mark(article, ruth, 3, status="removed")
    article = finished(article)
    found = adjudication_actions.Comparison(article)
    told = [(pair.first, pair.second, pair.kind, pair.decided) for pair in found.all_pairs]
    assert told == [
        (*both, "same", "open"), (*differing, "differing", "open"),
        (alone, None, "one", "open"), (None, other, "other", "open"),
    ]  # fmt: skip
    assert found.open_count == 4
    assert adjudication_actions.opening_details(article)["figures"]["kinds"] == {
        "same": 1,
        "differing": 1,
        "one": 1,
        "other": 1,
    }


KEPT, DROPPED, SAME, OPEN = (
    ("kept", "open"),
    ("dropped", "removed"),
    ("same", "removed"),
    ("sealed", "open"),
)


@pytest.mark.parametrize(
    ("kind", "keep", "expected"),
    [
        ("same", "first", [KEPT, SAME]), ("same", "none", [DROPPED, DROPPED]),
        ("differing", "first", [KEPT, DROPPED]), ("differing", "second", [DROPPED, KEPT]),
        ("differing", "both", [KEPT, KEPT]), ("differing", "none", [DROPPED, DROPPED]),
        ("one", "first", [KEPT]), ("one", "none", [DROPPED]),
        ("other", "second", [KEPT]), ("other", "none", [DROPPED]),
    ],
)  # fmt: skip
def test_every_decision_and_its_undoing(
    kind: str, keep: str, expected: list[Any], article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    first = None if kind == "other" else mark(article, rosa)
    second = (
        None
        if kind == "one"
        else mark(article, ruth, type="Addition" if kind == "differing" else "Omission")
    )
    flags = [flag for flag in (first, second) if flag]
    article = finished(article)
    decide((first, second), keep, by=edith)
    assert fates(*flags) == expected
    [place] = adjudication_actions.Comparison(article).all_pairs
    assert place.decided == keep
    assert Segment.objects.get(position=1).status == (
        "flagged" if KEPT in expected else "to_review"
    )
    assert Flag.objects.filter(status="open").count() == expected.count(KEPT)
    decide((first, second), "open", by=edith)
    assert fates(*flags) == [OPEN] * len(flags)
    assert Segment.objects.get(position=1).status == "to_review"
    told = [event.details["keep"] for event in Event.objects.filter(act="decided").order_by("id")]
    assert told == [keep, "open"]


def test_a_finding_goes_with_its_flags(article: Article, rosa: Any, ruth: Any, edith: Any) -> None:
    finding = make_finding(article.segments.get(position=1))
    flags = (
        mark(article, rosa, finding=finding),
        mark(article, ruth, finding=finding, **SECOND_WORD),
    )
    finished(article)

    def status() -> tuple[str, str, Any]:
        found = Finding.objects.get()
        return found.status, found.reason, found.decided_by

    decide((flags[0], None), "none", by=edith)
    assert status() == ("open", "", None), "the other's flag is not decided on"
    decide((None, flags[1]), "none", by=edith)
    assert status() == ("dismissed", "wrong", edith)
    decide((flags[0], None), "first", by=edith)
    assert status() == ("taken", "", rosa)


def test_what_the_other_dismissed_is_dismissed_for_the_same_reason(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    finding = make_finding(article.segments.get(position=1))
    flag = mark(article, rosa, finding=finding)
    Verdict.objects.create(segment=finding.segment, person=ruth, finding=finding, reason="cut")
    finished(article)
    decide((flag, None), "none", by=edith)
    assert Finding.objects.get().reason == "cut"


def test_what_cannot_be_decided(article: Article, rosa: Any, ruth: Any, edith: Any) -> None:
    flags = mark(article, rosa), mark(article, ruth)
    with pytest.raises(workflow.Refused, match="shown when both have finished"):
        decide(flags, "first", by=edith)
    finished(article)
    for refused, keep in ((flags, "both"), (flags, "nonsense"), ((flags[0], None), "first")):
        with pytest.raises(workflow.Refused, match="cannot be decided here"):
            decide(refused, keep, by=edith)
    with pytest.raises(workflow.Refused, match="Only approvers"):
        decide(flags, "first", by=rosa)
    segment = article.segments.get(position=1)
    with pytest.raises(workflow.Stale):
        adjudication_actions.decide_pair(
            segment, by=edith, revision=1, flags=(flags[0].pk, flags[1].pk), keep="first"
        )


# ── handing on ───────────────────────────────────────────────────────────────


def test_the_article_goes_on_with_what_was_kept(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    flag = mark(article, rosa)
    for person in (rosa, ruth):
        review_actions.confirm(article.segments.get(position=2), by=person, revision=1)
    review_actions.confirm(article.segments.get(position=3), by=ruth, revision=1)
    article = finished(article)
    assert adjudication_actions.why_not_close(edith, article) == "Decide on every flag first."
    with pytest.raises(workflow.Refused, match="Decide on every flag"):
        adjudication_actions.close(article, by=edith)
    decide((flag, None), "first", by=edith)
    adjudication_actions.close(article, by=edith)
    article = Article.objects.get()
    assert article.stage == "compared"
    assert list(article.segments.order_by("position").values_list("status", flat=True)) == [
        "flagged",
        "done",
        "to_review",
    ]
    assert Event.objects.filter(act="confirmed").get().position == 2
    assert not Verdict.objects.exists()
    assert workflow.why_not("draft", rosa, article.segments.get(position=1)) is None
    assert "have been compared" in str(adjudication_actions.why_not_close(edith, article))
    with pytest.raises(workflow.Refused, match="have been compared"):
        decide((flag, None), "none", by=edith)
    assert Flag.objects.get().apart == BlindStatus.KEPT


def test_a_later_change_of_reviewers_changes_no_readings(
    article: Article, rosa: Any, ruth: Any, edith: Any
) -> None:
    mark(article, rosa)
    article = finished(article)
    article.assignments.all().delete()
    found = adjudication_actions.Comparison(Article.objects.get())
    assert [(place.kind, place.first.author) for place in found.all_pairs if place.first] == [
        ("one", rosa)
    ]
