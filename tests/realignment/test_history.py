"""Dismissals and history go with their words, and no order of acts loses or moves one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import checks
from articles.findings.service import refresh_findings
from articles.models import Correction, Event, Finding, Flag, Segment
from articles.realignment import operations
from articles.review import actions, workflow
from tests.factories import make_article, make_correction, make_finding, make_flag
from tests.realignment.article import PAIRS, do, exported, segments, shapes


def test_a_dismissed_finding_stays_dismissed_and_a_taken_one_with_its_flag(rosa):
    article = make_article(
        [
            ("He paid 40 euros.", "Il a payé 50 euros."),
            ("She paid 12 euros.", "Elle a payé 13 euros."),
            ("It rained.", "Il a plu."),
        ]
    )
    refresh_findings(article)
    first, second = segments(article)[:2]
    for finding in first.findings.all():
        actions.dismiss(
            finding, by=rosa, revision=Segment.objects.get(pk=first.pk).revision, reason="wrong"
        )
    taken = second.findings.filter(check_id="numbers").first()
    flag = actions.flag(
        second,
        by=rosa,
        revision=1,
        finding=taken,
        values={"type": "Mistranslation", "severity": "major"},
    )
    numbers = first.findings.filter(check_id="numbers").count()
    assert numbers
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert merged.findings.filter(check_id="numbers", status="dismissed").count() == numbers
    flag.refresh_from_db()
    assert (flag.finding.status, flag.finding.segment) == ("taken", merged)
    assert not merged.findings.filter(check_id="numbers", status="open").exists()
    for finding in merged.findings.filter(check_id="numbers"):
        for span in finding.target_spans:
            assert merged.target_text[slice(*span)] in ("50", "13")
    operations.undo(article, by=rosa)
    refresh_findings(article)
    kinds = [
        set(each.findings.filter(check_id="numbers").values_list("status", flat=True))
        for each in segments(article)
    ]
    assert kinds == [{"dismissed"}, {"taken"}, set()]


def test_findings_that_part_are_remembered(article, rosa):
    second = segments(article)[1]
    both = make_finding(
        second,
        status="dismissed",
        decided_by=rosa,
        decided_at=second.article.created_at,
        target_spans=[[0, 8]],
    )
    foreign = make_finding(
        second, finder="tool", source_spans=[[0, 6]], caret=None, fingerprint="x"
    )
    gone = make_finding(second, fingerprint="y")
    parted = make_finding(
        second, finder="tool", source_spans=[[0, 6]], target_spans=[[0, 8]], fingerprint="z"
    )
    do("shift", article, 2, by=rosa, side="target", direction="up")
    both.refresh_from_db()
    assert (both.status, both.source_spans) == ("dismissed", [])
    foreign.refresh_from_db()
    assert foreign.segment.source_text == "Nobody laughed."
    assert not Finding.objects.filter(pk__in=[gone.pk, parted.pk]).exists()


def test_the_same_dismissal_twice_in_one_segment_is_one(rosa):
    article = make_article([("It rained.", "Il a plu."), ("It rained.", "Il a plu.")])
    rows = []
    for segment in segments(article):
        finding = make_finding(
            segment,
            status="taken",
            decided_by=rosa,
            decided_at=article.created_at,
            caret=None,
            fingerprint="x",
        )
        rows.append(make_flag(segment, by=rosa, finding=finding))
    do("merge", article, 1, by=rosa)
    assert {Flag.objects.get(pk=row.pk).finding for row in rows} == {
        Finding.objects.get(status="taken")
    }


def test_a_finding_on_the_whole_pair_is_remembered_for_the_undo(rosa, monkeypatch):
    def doubt(pair, facts):
        if pair.source == "Nobody laughed.":
            yield checks.Finding(
                check="whole", type="Omission", severity="minor", score=0.9, message="Odd."
            )

    check = checks.Check(
        id="whole", type="Omission", severity="minor", title="t", help="h", run=doubt
    )
    monkeypatch.setitem(checks.CHECKS, "whole", check)
    article = make_article(PAIRS)
    refresh_findings(article)
    finding = Finding.objects.get(check_id="whole")
    flag = actions.flag(
        finding.segment, by=rosa, revision=1, finding=finding, values={"type": "Omission"}
    )
    do("merge", article, 1, by=rosa)
    operations.undo(article, by=rosa)
    refresh_findings(article)
    flag.refresh_from_db()
    finding = Finding.objects.get(check_id="whole")
    assert (finding.status, finding.segment.source_text, flag.finding) == (
        "taken",
        "Nobody laughed.",
        finding,
    )


def test_history_goes_with_the_words(article, rosa):
    second = segments(article)[1]
    mark = {
        "type": "Grammar",
        "severity": "minor",
        "target_start": 0,
        "target_end": 8,
        "target_quote": "Personne",
    }
    actions.flag(second, by=rosa, revision=1, values=mark)
    actions.submit(second, by=rosa, revision=2, text="Personne ne riait.")
    actions.withdraw(Correction.objects.get(), by=rosa, revision=3)
    actions.dismiss(make_finding(second), by=rosa, revision=4, reason="wrong")
    acts = {"flagged", "submitted", "withdrawn", "dismissed"}
    do("merge", article, 1, by=rosa)
    merged = segments(article)[0]
    assert set(merged.events.values_list("act", flat=True)) == acts | {"realigned"}
    operations.undo(article, by=rosa)
    assert set(segments(article)[1].events.values_list("act", flat=True)) >= acts
    do("shift", article, 2, by=rosa, side="target", direction="up")
    assert {
        event.segment.position for event in Event.objects.filter(act__in=["flagged", "submitted"])
    } == {1}


# ── any order of acts ────────────────────────────────────────────────────────

WORDS = st.sampled_from(["maire", "pont", "hier", "jamais", "a parlé", "ri", "12 euros"])
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(
    lambda words: " ".join(words).capitalize() + "."
)
PAIR = (
    st.tuples(SENTENCE, SENTENCE)
    | st.tuples(SENTENCE, st.just(""))
    | st.tuples(st.just(""), SENTENCE)
)
PLACE = st.integers(0, 60)
ACT = st.one_of(
    st.tuples(st.just("merge"), PLACE, st.just({})),
    st.tuples(
        st.just("split"),
        PLACE,
        st.fixed_dictionaries({"source_at": PLACE | st.none(), "target_at": PLACE | st.none()}),
    ),
    st.tuples(
        st.just("shift"),
        PLACE,
        st.fixed_dictionaries(
            {
                "side": st.sampled_from(["source", "target"]),
                "direction": st.sampled_from(["up", "down"]),
            }
        ),
    ),
    st.tuples(st.just("undo"), PLACE, st.just({})),
)


def put_work(article, data, rosa, edith):
    """Flags on random words and corrections of random kinds."""
    for segment in segments(article):
        for side in ("source", "target"):
            text = getattr(segment, f"{side}_text")
            if text and data.draw(st.booleans()):
                start, end = sorted(
                    data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2))
                )
                values = {
                    f"{side}_start": start,
                    f"{side}_end": end,
                    f"{side}_quote": text[start:end],
                }
                make_flag(
                    segment,
                    by=rosa,
                    caret=data.draw(st.integers(0, len(segment.target_text))),
                    **values,
                )
        status = data.draw(st.sampled_from(["none", "draft", "approved", "submitted", "rejected"]))
        if status != "none":
            words = data.draw(st.sampled_from(["", "Oui. ", "Et "])) + segment.target_text
            words += data.draw(st.sampled_from(["", " Non.", " et fin."]))
            decider = edith if status in ("approved", "rejected") else None
            if status == "submitted":
                Segment.objects.filter(pk=segment.pk).update(status="waiting")
            make_correction(
                segment, by=rosa, text=words.strip() or "Mot.", status=status, decided_by=decider
            )


def whole(article, side):
    """The segments' texts with the gaps between them."""
    text, at, pieces = getattr(article, side).text, 0, []
    for each in segments(article):
        start, end = getattr(each, f"{side}_start"), getattr(each, f"{side}_end")
        pieces += [text[at:start], getattr(each, f"{side}_text")]
        at = end
    return "".join([*pieces, text[at:]])


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(PAIR, min_size=2, max_size=5), st.sampled_from([" ", "\n", "\n\n"]), st.data())
@pytest.mark.slow
def test_no_order_of_acts_loses_or_moves_a_word(rosa, edith, pairs, joint, data):
    article = make_article(pairs, joint=joint)
    put_work(article, data, rosa, edith)
    print_before, flags = exported(article), Flag.objects.filter(segment__article=article).count()
    typed = set(
        " ".join(
            Correction.objects.filter(segment__article=article).values_list("text", flat=True)
        ).split()
    )
    for act, at, options in data.draw(st.lists(ACT, min_size=1, max_size=6)):
        before = shapes(article)
        place = at % len(before) + 1
        try:
            if act == "undo":
                operations.undo(article, by=rosa)
            else:
                do(act, article, place, by=rosa, **options)
                if data.draw(st.booleans()):
                    operations.undo(article, by=rosa)
                    assert shapes(article) == before
        except workflow.Refused:
            assert shapes(article) == before
        assert [each.position for each in segments(article)] == list(
            range(1, len(segments(article)) + 1)
        )
        for side in ("source", "target"):
            assert whole(article, side) == getattr(article, side).text
        assert exported(article) == print_before
        assert Flag.objects.filter(segment__article=article).count() == flags
        for flag in Flag.objects.filter(segment__article=article).select_related("segment"):
            for side, span in (("source", flag.source_span), ("target", flag.target_span)):
                quote = getattr(flag, f"{side}_quote")
                assert span is None or span.of(getattr(flag.segment, f"{side}_text")) == quote
                assert span or not quote or flag.needs_locating
        now = " ".join(
            Correction.objects.filter(segment__article=article).values_list("text", flat=True)
        ).split()
        assert typed <= {*now, *whole(article, "target").split()}
        for segment in segments(article):
            waits = segment.corrections.filter(status="submitted").exists()
            assert (segment.status == "waiting") == waits
