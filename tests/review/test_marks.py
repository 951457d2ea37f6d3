"""Findings about the same words: which they are, their line, and what is decided with them."""

from __future__ import annotations

from typing import Any

from articles.models import Finding
from articles.review import actions
from articles.review.marks import covered_findings, group_findings, reasons_to_dismiss
from tests.factories import make_article, make_finding

SOURCE = "The mayor and 10 others spoke."
TARGET = "spoke."
LOST = {"source_spans": [[0, 23]], "values": {"words": SOURCE[:23]}, "caret": 0}
NUMBER = {
    "check_id": "numbers",
    "type": "Mistranslation",
    "source_spans": [[14, 16]],
    "caret": None,
}
BEGINNING = {
    "check_id": "lowercase",
    "type": "Spelling",
    "source_spans": [],
    "target_spans": [[0, 5]],
    "caret": None,
}
DIFFERS = {**NUMBER, "target_spans": [[0, 5]]}
ELSEWHERE = {**NUMBER, "source_spans": [[24, 29]]}


def make_segment(*findings: dict[str, Any]) -> Any:
    segment = make_article([(SOURCE, TARGET)]).segments.get()
    for values in findings:
        make_finding(segment, **values)
    return segment


def test_a_lost_number_and_beginning_are_in_the_line_of_the_omission(db: Any) -> None:
    segment = make_segment(NUMBER, BEGINNING, LOST)
    groups = group_findings(list(segment.findings.order_by("pk")))
    assert [group.text for group in groups] == [
        "“The mayor and 10 others” is missing from the French (also: a number, the beginning)"
    ]


def test_other_words_stay_lines_of_their_own(db: Any) -> None:
    for other in (DIFFERS, ELSEWHERE, {**NUMBER, "found_in": "x"}, {**NUMBER, "finder": "gaps"}):
        segment = make_segment(LOST, other)
        assert len(group_findings(list(segment.findings.order_by("pk")))) == 2, other


def test_the_same_check_twice_is_named_once(db: Any) -> None:
    segment = make_segment(DIFFERS, DIFFERS)
    (group,) = group_findings(list(segment.findings.order_by("pk")))
    assert len(group.others) == 1
    assert group.text == group.lead.text


def test_a_beginning_that_the_omission_tells_of_is_not_named_again(db: Any) -> None:
    told = {**LOST, "message": "“%(words)s” is missing from the French, which starts in lower case"}
    segment = make_segment(told, BEGINNING)
    (group,) = group_findings(list(segment.findings.order_by("pk")))
    assert group.text == group.lead.text


def test_what_has_a_repair_stays_a_line_of_its_own(db: Any) -> None:
    segment = make_segment(LOST, {**BEGINNING, "remedy": [[0, 5, "spoke", "Spoke"]]})
    assert len(group_findings(list(segment.findings.order_by("pk")))) == 2


def test_a_slip_inside_a_whole_sentence_stays_a_line_of_its_own(db: Any) -> None:
    whole = {"source_spans": [], "target_spans": [[0, 6]], "caret": None, "type": "Addition"}
    segment = make_segment(whole, {**BEGINNING, "check_id": "typography"})
    assert len(group_findings(list(segment.findings.order_by("pk")))) == 2


def test_groups_keep_the_order_of_the_findings(db: Any) -> None:
    segment = make_segment(ELSEWHERE, NUMBER, LOST)
    groups = group_findings(list(segment.findings.order_by("pk")))
    assert [group.lead.check_id for group in groups] == ["numbers", "dropped"]


def test_what_is_not_a_lead_covers_nothing(db: Any) -> None:
    segment = make_segment(LOST, NUMBER)
    lost, number = segment.findings.order_by("pk")
    assert covered_findings(lost, segment.findings.all()) == [number]
    assert covered_findings(number, segment.findings.all()) == []


def statuses(segment: Any) -> list[tuple[str, str]]:
    return list(segment.findings.order_by("pk").values_list("status", "reason"))


def test_dismissing_the_line_dismisses_both_and_undo_restores_both(rosa: Any) -> None:
    segment = make_segment(LOST, NUMBER, ELSEWHERE)
    lost = segment.findings.order_by("pk").first()
    actions.dismiss(lost, by=rosa, revision=segment.revision, reason="implied")
    dismissed = ("dismissed", "implied")
    assert statuses(segment) == [dismissed, dismissed, ("open", "")]
    segment.refresh_from_db()
    lost.refresh_from_db()
    actions.restore(lost, by=rosa, revision=segment.revision)
    assert statuses(segment) == [("open", "")] * 3


def test_accepting_the_line_says_that_the_other_is_covered(rosa: Any) -> None:
    segment = make_segment(LOST, NUMBER)
    lost = segment.findings.order_by("pk").first()
    values = {"type": "Omission", "severity": "major", "source_start": 0, "source_end": 23}
    flag = actions.flag(segment, by=rosa, revision=segment.revision, values=values, finding=lost)
    assert statuses(segment) == [("taken", ""), ("dismissed", Finding.Reason.ELSEWHERE)]
    segment.refresh_from_db()
    actions.remove_flag(flag, by=rosa, revision=segment.revision)
    assert statuses(segment) == [("open", "")] * 2


def test_the_card_has_one_note_for_both(rosa: Any, client: Any) -> None:
    segment = make_segment(LOST, NUMBER)
    client.force_login(rosa)
    page = client.get(f"/segments/{segment.pk}/").content.decode()
    assert page.count('class="note finding') == 1
    assert "(also: a number)" in page
    number = segment.findings.get(check_id="numbers")
    assert f"finding-{number.pk}" not in page


def test_the_reasons_to_dismiss_fit_what_is_found(db: Any) -> None:
    reasons = {}
    for name, values in (
        ("lost", LOST),
        ("number", NUMBER),
        ("differs", DIFFERS),
        ("slip", BEGINNING),
    ):
        finding = make_segment(values).findings.get()
        reasons[name] = [str(reason.value) for reason in reasons_to_dismiss(finding)]
    assert reasons["slip"] == ["wrong", "style"]
    assert reasons["differs"] == [*reasons["slip"], "restructured"]
    assert reasons["lost"] == [*reasons["differs"], "implied", "elsewhere", "cut"]
    assert reasons["number"] == reasons["lost"]
    assert sorted(reasons["lost"]) == sorted(Finding.Reason.values)
