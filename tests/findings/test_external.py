"""Findings by other tools are stored once, where they belong, under the tool's name."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.findings.external import import_findings
from articles.formats.interchange import BadFile
from articles.models import Article, Assignment, Event, Finding, Verdict
from articles.models.review import FindingCounts
from articles.review import actions
from tests.factories import make_article, make_finding, make_flag

PAIRS = [
    ("The mayor spoke on Monday.", "Le maire a parlé 100 %."),
    ("Yes.", "Oui."),
    ("Yes.", "Oui."),
]


@pytest.fixture
def article(db):
    return make_article(PAIRS)


def take(*rows, name="found.jsonl", **options):
    data = "\n".join(json.dumps(row) for row in rows).encode()
    return import_findings(io.BytesIO(data), name=name, **options)


def row(**values):
    return {
        "article": "The mayor",
        "segment": 1,
        "type": "Omission",
        "finder": "gap-finder",
    } | values


def counts(outcome):
    return outcome.found, outcome.new, outcome.refused


def test_a_finding_stands_where_its_words_are(article, rosa):
    outcome = take(
        row(
            source_spans=["on Monday"],
            caret="100 %",
            message="“on Monday” is 100 % gone",
            severity="major",
            score=0.8,
        ),
        by=rosa,
    )
    assert outcome.sentence == "1 findings: 1 new, 0 already there, 0 not imported."
    finding = Finding.objects.get()
    assert finding.text == "“on Monday” is 100 % gone"
    assert (finding.finder, finding.check_id, finding.type) == (
        "gap-finder",
        "omission",
        "Omission",
    )
    assert (finding.source_spans, finding.target_spans, finding.caret) == ([[16, 25]], [], 17)
    event = Event.objects.get()
    assert (event.act, event.actor, event.article, event.details) == (
        "heard",
        rosa,
        article,
        {"new": {"gap-finder": 1}},
    )


def test_taking_it_in_twice_is_the_same_as_once(article, rosa):
    rows = [
        row(source_spans=["on Monday"]),
        row(check="gaps", target_spans=[[3, 8]]),
        row(segment=2),
    ]
    assert counts(take(*rows)) == (3, 3, 0)
    finding = Finding.objects.get(check_id="gaps")
    actions.dismiss(finding, by=rosa, revision=1, reason="wrong")
    rows[1]["score"] = 0.9
    assert counts(take(*rows)) == (3, 0, 0)
    finding.refresh_from_db()
    assert (finding.status, finding.score) == ("dismissed", 0.9)
    assert Finding.objects.count() == 3
    assert Event.objects.filter(act="heard").count() == 1


# ── a newer file of the same tool ────────────────────────────────────────────


@pytest.fixture
def found(article):
    """What a tool and another had found: four findings, in two articles."""
    other = make_article([("No.", "Non.")], title="Another")
    rows = [
        row(check="a"),
        row(check="b"),
        row(check="c", segment=2),
        row(check="d", finder="other"),
    ]
    take(*rows, row(check="e", article=other.pk))
    return rows


def checks_left():
    return "".join(Finding.objects.order_by("check_id").values_list("check_id", flat=True))


def test_what_a_tool_no_longer_finds_is_withdrawn(found, article, rosa):
    outcome = take(found[0], row(check="f"), by=rosa)
    assert outcome.sentence == (
        "2 findings: 1 new, 1 already there, 0 not imported. 2 earlier findings of the tool were withdrawn."
    )
    assert checks_left() == "adef", "what others found, or it found elsewhere, is not its business"
    event = Event.objects.latest("id")
    assert (event.act, event.article, event.details) == (
        "heard",
        article,
        {"new": {"gap-finder": 1}, "withdrawn": {"gap-finder": 2}},
    )
    assert take(found[0], row(check="f")).sentence.endswith("0 not imported.")


def test_nothing_need_be_new_for_something_to_be_withdrawn(found):
    assert take(*found[:2]).sentence.endswith("1 earlier finding of the tool was withdrawn.")
    assert Event.objects.latest("id").details == {"new": {}, "withdrawn": {"gap-finder": 1}}


def test_what_somebody_decided_on_is_not_withdrawn(found, article, rosa, ruth):
    first, second = Finding.objects.filter(check_id__in=["b", "c"]).order_by("check_id")
    actions.dismiss(first, by=rosa, revision=1, reason="wrong")
    actions.flag(second.segment, by=rosa, revision=1, values={"type": "Omission"}, finding=second)
    assert take(found[0]).withdrawn == 0
    assert checks_left() == "abcde"
    tally = next(each for each in Finding.objects.counts_by_check() if each.check_id == "b")
    assert (tally.dismissed, tally.taken) == (1, 0), "to withdraw is not to dismiss"


def test_what_is_read_apart_is_left_to_its_readers(found, article, rosa, ruth):
    for reader in (rosa, ruth):
        Assignment.objects.create(article=article, person=reader)
    Article.objects.filter(pk=article.pk).update(stage="reading")
    second, third = Finding.objects.filter(check_id__in=["b", "c"]).order_by("check_id")
    Verdict.objects.create(segment=second.segment, person=rosa, finding=second, reason="wrong")
    make_flag(third.segment, by=ruth, finding=third, apart="sealed")
    assert take(row(check="f")).withdrawn == 1
    assert checks_left() == "bcdef"


def test_a_file_that_adds_withdraws_nothing(found):
    assert take(row(check="f"), withdraw=False).withdrawn == 0
    assert checks_left() == "abcdef"


def test_to_look_writes_nothing(found):
    before = list(Finding.objects.values()), Event.objects.count()
    outcome = take(found[0], row(check="f"), row(segment=99), dry_run=True)
    assert (outcome.found, outcome.new, outcome.refused, outcome.withdrawn) == (3, 1, 1, 2)
    assert (list(Finding.objects.values()), Event.objects.count()) == before


def test_without_a_message_it_says_who_found_what(article):
    take(row())
    assert Finding.objects.get().text == "Omission (found by gap-finder)"


def test_the_tool_is_named_by_the_file_or_by_whoever_brings_it(article):
    take(row(), row(finder=""), origin="other-tool")
    take(row(finder=" "))
    assert sorted(Finding.objects.values_list("finder", flat=True)) == [
        "gap-finder",
        "import",
        "other-tool",
    ]


def test_the_second_of_two_equal_words_is_found_after_the_first(db):
    make_article([("on and on", "encore et encore")])
    take(row(source_spans=["on", "on"]))
    assert Finding.objects.get().source_spans == [[0, 2], [7, 9]]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"article": "Nothing of ours"}, "there is no article “Nothing of ours”"),
        ({"article": ""}, "there is no article"),
        ({"segment": 9}, "there is no such segment"),
        ({"source": "Yes.", "target": "Non."}, "there is no such segment"),
        ({"article": "", "source": "Never.", "target": "Jamais."}, "there is no such segment"),
        ({"finder": "checks"}, "the name of our own checks"),
        ({"source_spans": ["on Tuesday"]}, "does not contain “on Tuesday”"),
        ({"target_spans": [[20, 200]]}, "does not contain “20–200”"),
        ({"caret": "jamais"}, "does not contain “jamais”"),
        ({"caret": 99}, "past the end"),
    ],
)
def test_what_has_no_place_is_not_taken_and_said(article, values, reason):
    outcome = take(row(), row(**values))
    assert counts(outcome) == (2, 1, 1)
    assert outcome.problems[0].startswith("line 2: ")
    assert reason in outcome.problems[0]


def test_two_articles_of_one_title_need_a_number(article):
    other = make_article([("No.", "Non.")])
    outcome = take(row(), row(article=other.pk))
    assert counts(outcome) == (2, 1, 1)
    assert "2 articles have this title" in outcome.problems[0]
    assert Finding.objects.get().segment.article == other


def test_segments_are_found_by_their_texts(article):
    make_article([("No.", "Non."), ("Never.", "Jamais.")], title="Another")
    texts = {"type": "Grammar", "article": "talk.1"}
    outcome = take(
        texts | {"source": "Never.", "target": "Jamais."},
        texts | {"source": "No.", "target": "Non."},
        texts | {"source": "Yes.", "target": "Oui."},
        row(type="Grammar", segment=3, source="Yes.", target="Oui."),
    )
    assert counts(outcome) == (4, 4, 0)
    places = Finding.objects.order_by("pk").values_list(
        "segment__article__title", "segment__position"
    )
    assert sorted(places) == [("Another", 1), ("Another", 2), ("The mayor", 2), ("The mayor", 3)]


def test_a_table_of_another_tool_is_about_the_article_it_is_brought_for(article):
    lines = [
        {
            "kind": "article",
            "title": "talk.1",
            "source": {},
            "target": {},
            "source_language": "en",
            "target_language": "fr",
        },
        {
            "kind": "segment",
            "source": "Yes.",
            "target": "Oui.",
            "flags": [{"type": "Grammar", "severity": "minor"}],
        },
        {
            "kind": "segment",
            "source": "No.",
            "target": "Non.",
            "flags": [{"type": "Grammar", "severity": "minor"}],
        },
        {
            "kind": "segment",
            "source": "Yes.",
            "target": "Oui.",
            "flags": [{"type": "", "category": "Other", "severity": "minor"}],
        },
    ]
    outcome = take(*lines, article=article, origin="table")
    assert counts(outcome) == (3, 1, 2)
    assert [problem.split(": ")[1] for problem in outcome.problems] == [
        "there is no such segment.",
        "“Other” is no type of MQM-Core.",
    ]


def test_only_the_first_problems_are_listed(article):
    outcome = take(*[row(segment=99)] * 120)
    assert (outcome.refused, len(outcome.problems)) == (120, 100)


def test_a_bad_line_leaves_everything_as_it_was(article):
    with pytest.raises(BadFile, match="line 601"):
        take(*[row(source_spans=[[0, 3]])] * 600, {"type": "Omission"})
    assert not Finding.objects.exists()


def test_findings_are_tallied_by_finder_and_check(article, rosa):
    first = article.segments.first()
    for start in range(3):
        make_finding(first, source_spans=[[start, start + 3]])
    take(row(check="gaps"))
    taken, dismissed, _open, _outside = Finding.objects.order_by("pk")
    actions.flag(
        first, by=rosa, revision=1, values={"type": "Omission", "severity": "major"}, finding=taken
    )
    actions.dismiss(dismissed, by=rosa, revision=2, reason="implied")
    ours, theirs = Finding.objects.counts_by_check()
    assert (ours, ours.precision) == (
        FindingCounts("checks", "dropped", taken=1, dismissed=1, open=1),
        None,
    )
    assert (theirs, theirs.precision) == (
        FindingCounts("gap-finder", "gaps", taken=0, dismissed=0, open=1),
        None,
    )


# ── the command ──────────────────────────────────────────────────────────────


def write(folder, *rows):
    path = folder / "found.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in rows))
    return path


def test_the_command_takes_a_file(article, tmp_path, capsys):
    path = write(tmp_path, row(), row(article="", finder=""))
    call_command("import_findings", path, article=str(article.pk), finder="other", format="jsonl")
    assert capsys.readouterr().out == "2 findings: 2 new, 0 already there, 0 not imported.\n"


def test_the_command_looks_first_or_keeps(found, tmp_path, capsys):
    path = tmp_path / "newer.jsonl"
    path.write_text(json.dumps(found[0]))
    for options, left in (({"only_look": True}, "abcde"), ({"keep": True}, "abcde"), ({}, "ade")):
        call_command("import_findings", path, **options)
        assert checks_left() == left
    assert capsys.readouterr().out.count("2 earlier findings of the tool were withdrawn.") == 2


def test_the_command_says_what_it_did_not_take(article, tmp_path, capsys):
    with pytest.raises(CommandError, match="1 findings were not imported"):
        call_command("import_findings", write(tmp_path, row(segment=9)))
    assert capsys.readouterr().err == "line 1: there is no such segment.\n"


def test_the_command_refuses_what_is_not_there(article, tmp_path):
    with pytest.raises(CommandError, match=r"No such file"):
        call_command("import_findings", tmp_path / "nothing.jsonl")
    with pytest.raises(CommandError, match="no article “Nothing”"):
        call_command("import_findings", write(tmp_path, row()), article="Nothing")
    with pytest.raises(CommandError, match=r"found.jsonl: line 1: “type” should be"):
        call_command("import_findings", write(tmp_path, {"segment": 1, "type": ""}))
    assert Article.objects.count() == 1


def test_a_new_finding_of_a_corrected_segment_follows_its_words_or_is_closed(article, rosa, edith):
    segment = article.segments.get(position=1)
    text = "Ici, le maire a parlé."
    sent = actions.submit(segment, by=rosa, revision=segment.revision, text=text)
    segment.refresh_from_db()
    actions.approve(sent, by=edith, revision=segment.revision)
    take(
        row(check="stays", target_spans=["maire"]),
        row(check="goes", target_spans=["100 %"]),
    )
    stays = Finding.objects.get(check_id="stays")
    assert (stays.status, stays.target_spans) == ("open", [[8, 13]])
    assert Finding.objects.get(check_id="goes").status == "closed"


def test_a_precision_is_shown_from_ten_decisions():
    counts = FindingCounts("checks", "dropped", taken=9, dismissed=0, open=1)
    assert (counts.decided, counts.precision) == (9, None)
    counts = FindingCounts("checks", "dropped", taken=9, dismissed=1, open=0)
    assert (counts.decided, counts.precision) == (10, 90)
