"""Findings follow the words, the switches and what people decided; checking again loses nothing."""

import time

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import checks
from articles.checks.registry import Check
from articles.findings import service, store, tasks
from articles.models import Article, CheckRun, CheckSwitch, Event, Finding, Segment, Term
from articles.text.document import Span
from tests.factories import make_article, make_finding, make_segment

PAIRS = [
    ("The mayor spoke.", "Le maire a parlé."),
    ("Nobody laughed.", "Personne."),
    ("The mayor left.", "Parti."),
]


def word_check(id, word):
    """Return a check that finds the word in the source."""

    def run(pair, _article):
        at = pair.source.find(word)
        if at >= 0:
            yield checks.Finding(
                id,
                "Omission",
                "major",
                0.9,
                "Possible: %(word)s",
                {"word": word},
                (Span(at, at + len(word)),),
            )

    return Check(id, "Omission", "major", id.title(), "It doubts a word.", run)


def spy(look):
    """Return a check that only calls ``look``."""
    return Check(
        "spy", "Omission", "major", "Spy", "It looks.", lambda pair, known: look(pair, known) or ()
    )


@pytest.fixture(autouse=True)
def two_checks(monkeypatch):
    """The house has two simple checks."""
    for known in list(checks.CHECKS):
        monkeypatch.delitem(checks.CHECKS, known)
    for each in (word_check("mayors", "mayor"), word_check("nobodies", "Nobody")):
        monkeypatch.setitem(checks.CHECKS, each.id, each)


@pytest.fixture
def article(db):
    return make_article(PAIRS)


def ids(article):
    return list(
        Finding.objects.filter(segment__article=article)
        .order_by("segment__position", "check_id")
        .values_list("check_id", flat=True)
    )


# ── switches ─────────────────────────────────────────────────────────────────


def test_every_check_is_on_until_it_is_switched_off(article):
    assert service.refresh_findings(article) == 3
    CheckSwitch.objects.create(check_id="mayors")
    assert service.refresh_findings(article) == 1
    assert ids(article) == ["nobodies"]


@pytest.mark.parametrize(
    ("site", "own", "on"), [(False, True, True), (True, False, False), (False, None, False)]
)
def test_the_articles_own_switch_wins(article, site, own, on):
    if own is not None:
        CheckSwitch.objects.create(check_id="mayors", article=article, enabled=own)
    CheckSwitch.objects.create(check_id="mayors", enabled=site)
    assert ("mayors" in service.rules_for(article).only) is on


def test_another_articles_switch_does_not_count(article):
    other = make_article([("One.", "Un.")])
    CheckSwitch.objects.create(check_id="mayors", article=other)
    assert "mayors" in service.rules_for(article).only
    assert "mayors" not in service.rules_for(other).only


# ── word lists ───────────────────────────────────────────────────────────────


def lists(article):
    own = service.rules_for(article)
    return dict(own.glossary), list(own.do_not_translate)


def test_word_lists_are_those_of_the_site_and_the_articles_languages(article):
    Term.objects.create(source="strike", target="grève")
    Term.objects.create(source="strike", target="Streik", target_language="de")
    Term.objects.create(source="Sora", source_language="", target_language="")
    assert lists(article) == ({"strike": "grève"}, ["Sora"])


def test_the_articles_own_word_wins_and_then_the_one_that_names_its_languages(article):
    Term.objects.create(source="Sora", target="Ciel", article=article)
    Term.objects.create(source="Sora")
    Term.objects.create(source="Times", target="Le Temps")
    Term.objects.create(source="Times", target_language="")
    Term.objects.create(source="other", article=make_article([("One.", "Un.")]))
    assert lists(article) == ({"Sora": "Ciel", "Times": "Le Temps"}, [])


def test_the_checks_are_told_the_word_lists(article, monkeypatch):
    Term.objects.create(source="strike", target="grève")
    Term.objects.create(source="Sora")
    told = []
    monkeypatch.setitem(checks.CHECKS, "spy", spy(lambda _pair, known: told.append(known)))
    service.refresh_findings(article)
    service.findings_for(article.segments.first())
    assert {(*known.glossary.items(), *known.do_not_translate) for known in told} == {
        (("strike", "grève"), "Sora")
    }


# ── what was decided, what changed ───────────────────────────────────────────


def test_a_dismissed_finding_stays_dismissed(article, rosa):
    service.refresh_findings(article)
    finding = Finding.objects.filter(check_id="nobodies").get()
    Finding.objects.filter(pk=finding.pk).update(
        status="dismissed", reason="wrong", decided_by=rosa, decided_at=timezone.now()
    )
    assert service.refresh_findings(article) == 2
    finding.refresh_from_db()
    assert finding.status == "dismissed"


def test_a_decision_goes_with_its_words_to_another_segment(article, rosa):
    service.refresh_findings(article)
    past = Finding.objects.get(check_id="nobodies")
    first = article.segments.get(position=1)
    Finding.objects.filter(pk=past.pk).update(
        segment=first,
        source_spans=[],
        status="dismissed",
        reason="wrong",
        decided_by=rosa,
        decided_at=timezone.now(),
    )
    article.segments.update(checked="")
    service.refresh_findings(article)
    found = Finding.objects.get(check_id="nobodies")
    assert (found.pk, found.reason, found.segment.position) == (past.pk, "wrong", 2)
    assert found.source_spans == [[0, 6]]


def test_only_what_changed_is_checked_again_and_the_article_is_known_all_the_same(
    article, monkeypatch
):
    told = []
    monkeypatch.setitem(
        checks.CHECKS, "spy", spy(lambda pair, known: told.append((pair.source, len(known.pairs))))
    )
    service.refresh_findings(article)
    told.clear()
    service.refresh_findings(article)
    assert told == []
    article.segments.filter(position=2).update(target_text="Nul.", checked="")
    service.refresh_findings(article)
    assert told == [(PAIRS[1][0], 3)]
    # Even where nobody said that the text has changed.
    article.segments.filter(position=2).update(target_text="Personne.")
    service.refresh_findings(article)
    assert told == [(PAIRS[1][0], 3)] * 2


def test_a_segment_that_changed_meanwhile_is_left_alone(article):
    first, second, _third = article.segments.all()
    texts = {first.pk: ("The mayor spoke.", "Autre chose."), second.pk: PAIRS[1]}
    found = checks.Finding("mayors", "Omission", "major", 0.9, "Possible")
    store.store_checked(texts, {first.pk: [found], second.pk: [found]}, marks={second.pk: "m"})
    assert Finding.objects.get().segment == second
    assert [bool(row.checked) for row in article.segments.all()] == [False, True, False]


def test_progress_is_told_in_batches(article, monkeypatch):
    monkeypatch.setattr(service, "_BATCH", 2)
    told = []
    service.refresh_findings(article, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]


# ── a draft ──────────────────────────────────────────────────────────────────


def test_a_draft_is_checked_and_nothing_is_stored(article, monkeypatch):
    segment = article.segments.first()
    seen = []
    monkeypatch.setitem(checks.CHECKS, "spy", spy(lambda pair, _known: seen.append(pair)))
    found = service.findings_for(segment, target_text="Le maire.")
    assert [each.check for each in found] == ["mayors"]
    assert (seen[0].target, seen[0].previous, seen[0].following) == (
        "Le maire.",
        ("", ""),
        PAIRS[1],
    )
    service.findings_for(segment)
    assert seen[1].target == "Le maire a parlé."
    assert not Finding.objects.exists()


def test_a_draft_costs_the_same_in_a_long_article(db, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(service, "_AROUND", 5)
    make_article([(f"Nobody {n}.", f"Personne {n}.") for n in range(30)])
    segment = Segment.objects.select_related("article__source", "article__target").get(position=20)
    facts = []
    monkeypatch.setitem(checks.CHECKS, "spy", spy(lambda _pair, known: facts.append(known)))
    with django_assert_num_queries(2):
        service.findings_for(segment, target_text="Nul 20.")
    assert facts[0].pairs == [
        (f"Nobody {n}.", "Nul 20." if n == 19 else f"Personne {n}.") for n in range(14, 25)
    ]


def test_the_length_ratio_is_the_articles_own_when_it_is_long_enough():
    short, long = [("a" * 30, "b" * 60)] * 7, [("a" * 30, "b" * 60)] * 8 + [("a" * 30, "b" * 300)]
    prior = checks.ArticleFacts()
    assert service.article_facts(short).length_ratio == prior.length_ratio
    facts = service.article_facts([*long, ("", "Lire la suite.")])
    assert facts.length_ratio == pytest.approx(2)
    assert facts.length_spread == prior.length_spread / 2


# ── other finders ────────────────────────────────────────────────────────────


def outside(segment, *, source=(), target=(), caret=None):
    texts = (segment.source_text, segment.target_text)
    finding = checks.Finding("terms", "Wrong term", "minor", 0.7, "Hm", {}, source, target, caret)
    store.store_reported(
        {segment.pk: texts}, {segment.pk: [store.with_words(finding, texts)]}, origin="tool"
    )
    return Finding.objects.get(finder="tool")


def rewrite(segment, *, target):
    Segment.objects.filter(pk=segment.pk).update(target_text=target)
    service.refresh_findings(segment.article)


def test_our_checks_leave_other_finders_findings_alone(article):
    row = outside(article.segments.first(), target=(Span(3, 8),))
    service.refresh_findings(article)
    service.refresh_findings(article)
    row.refresh_from_db()
    assert row.target_spans == [[3, 8]]
    assert ids(article) == ["mayors", "terms", "nobodies", "mayors"]


def test_their_spans_follow_their_words(db):
    segment = make_segment("The mayor spoke.", "Le maire a parlé hier.")
    row = outside(segment, source=(Span(4, 9),), target=(Span(3, 8), Span(17, 21)))
    rewrite(segment, target="Hier, le bon maire a parlé hier.")
    row.refresh_from_db()
    assert (row.source_spans, row.target_spans) == ([[4, 9]], [[13, 18], [27, 31]])


def test_a_place_follows_its_neighbours(db):
    segment = make_segment(
        "The mayor spoke loudly to them.",
        "Monsieur le maire de la ville a parlé à toutes les gens.",
    )
    row = outside(segment, source=(Span(4, 9),), caret=25)
    rewrite(segment, target="Puis monsieur le maire de la ville a parlé à toutes les gens.")
    row.refresh_from_db()
    assert row.caret == 30


@pytest.mark.parametrize("place", [{"target": (Span(3, 8),)}, {"caret": 5}, {}])
def test_what_rests_on_words_that_are_gone_disappears(db, place):
    segment = make_segment()
    row = outside(segment, **place)
    rewrite(segment, target="Elle parle.")
    assert not Finding.objects.filter(pk=row.pk).exists()


def test_what_a_person_decided_of_it_stays(db, rosa):
    segment = make_segment()
    row = outside(segment, target=(Span(3, 8),))
    Finding.objects.filter(pk=row.pk).update(
        status="dismissed", decided_by=rosa, decided_at=timezone.now()
    )
    rewrite(segment, target="Elle parle.")
    assert Finding.objects.filter(pk=row.pk).exists()


def test_the_same_words_of_two_finders_are_two_findings(db):
    segment = make_segment()
    texts = (segment.source_text, segment.target_text)
    finding = checks.Finding("mayors", "Omission", "major", 0.9, "Hm")
    store.store_checked({segment.pk: texts}, {segment.pk: [finding]}, marks={segment.pk: "m"})
    for _again in range(2):
        store.store_reported({segment.pk: texts}, {segment.pk: [finding]}, origin="tool")
    assert sorted(Finding.objects.values_list("finder", flat=True)) == ["checks", "tool"]


# ── the command ──────────────────────────────────────────────────────────────


def recheck(capsys, *names, **options):
    call_command("recheck", *names, **options)
    return capsys.readouterr()


def test_only_what_is_out_of_date_is_checked_again(article, capsys):
    other = make_article([("Nobody.", "Personne.")], title="Nobody")
    assert recheck(capsys).out == "4 of 4 segments checked; the others were up to date.\n"
    assert recheck(capsys).out.startswith("0 of 4 ")
    CheckSwitch.objects.create(check_id="mayors", article=other)
    assert recheck(capsys).out.startswith("1 of 4 ")
    term = Term.objects.create(source="mayor", target="maire", article=article)
    tasks.queue_term_checks([], [term])
    assert recheck(capsys).out.startswith("3 of 4 ")
    assert Event.objects.filter(act="rechecked").count() == 4


def test_all_of_the_chosen_are_checked_even_when_up_to_date(article, capsys):
    other = make_article([("Nobody.", "Personne.")], title="Nobody")
    recheck(capsys)
    assert recheck(capsys, "Nobody", all=True).out.startswith("1 of 1 ")
    assert recheck(capsys, str(article.pk), str(other.pk), all=True).out.startswith("4 of 4 ")


def test_new_code_makes_everything_out_of_date(article, capsys, monkeypatch):
    recheck(capsys)
    monkeypatch.setattr(service, "checks_version", lambda: "another")
    assert recheck(capsys).out.startswith("3 of 3 ")


def test_the_version_is_that_of_the_files(tmp_path):
    one, two = tmp_path / "one.py", tmp_path / "none.lock"
    one.write_text("a = 1")
    before = service._digest_of([one, two])
    one.write_text("a = 2")
    assert service._digest_of([one, two]) != before
    assert len(service.checks_version()) == 64


@pytest.mark.parametrize("name", ["99999", "No such title"])
def test_an_unknown_article_is_said(article, name):
    with pytest.raises(CommandError, match=f"no article “{name}”"):
        call_command("recheck", name)


def test_a_stopped_run_goes_on_where_it_was(article, capsys, monkeypatch):
    make_article([("Nobody.", "Personne.")], title="Nobody")
    real = tasks.run_checks

    def stopped(each, **options):
        if each.title == "Nobody":
            raise KeyboardInterrupt
        return real(each, **options)

    with monkeypatch.context() as patch:
        patch.setattr("articles.management.commands.recheck.run_checks", stopped)
        with pytest.raises(CommandError, match="Start it again") as problem:
            call_command("recheck")
    assert problem.value.returncode == 130
    assert recheck(capsys).out.startswith("1 of 4 ")


def test_one_bad_article_does_not_stop_the_others(article, capsys, monkeypatch):
    make_article([("Nobody.", "Personne.")], title="Nobody")

    def run(pair, _facts):
        if "mayor" in pair.source:
            raise ZeroDivisionError("oh")
        return ()

    monkeypatch.setitem(
        checks.CHECKS, "broken", Check("broken", "Omission", "major", "Broken", "Broken.", run)
    )
    with pytest.raises(CommandError, match=f"1 of 2 articles failed, see above: {article.pk}"):
        call_command("recheck")
    heard = capsys.readouterr()
    assert heard.out.startswith("1 of 4 ")
    assert "ZeroDivisionError: oh" in heard.err
    assert {str(run) for run in CheckRun.objects.all()} == {
        f"{article.pk}: failed",
        f"{article.pk + 1}: done",
    }


def test_progress_is_said_every_few_seconds(article, capsys, monkeypatch):
    clock = iter([0, *range(10, 100, 10)])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    assert recheck(capsys).err.splitlines() == [
        "3 of 3 segments, 0 a second, 0 min left",
        "3 of 3 segments, 0 a second, 0 min left",
    ]


def test_a_finding_made_by_hand_disappears_when_no_check_raises_it(article):
    make_finding(article.segments.first())
    assert service.refresh_findings(Article.objects.get(pk=article.pk)) == 3


def test_a_remedy_is_stored_with_the_words_that_it_replaces(article, monkeypatch):
    def run(pair, _article):
        if pair.target.startswith("Le"):
            span = Span(0, 2)
            yield checks.Finding(
                "articles",
                "Grammar",
                "minor",
                0.9,
                "Possible: Le",
                target_spans=(span,),
                remedy=((span, "Monsieur le"),),
            )

    fixing = Check("articles", "Grammar", "minor", "Articles", "It reads articles.", run)
    monkeypatch.setitem(checks.CHECKS, "articles", fixing)
    service.refresh_findings(article)
    assert Finding.objects.get(check_id="articles").remedy == [[0, 2, "Le", "Monsieur le"]]
    monkeypatch.delitem(checks.CHECKS, "articles")
    service.refresh_findings(article)
    assert not Finding.objects.filter(check_id="articles").exists()
