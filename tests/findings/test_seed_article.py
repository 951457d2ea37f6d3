"""The seed article, corrected and approved: what is repaired is closed, what is left has a reason, new faults are found."""

from pathlib import Path

import pytest

from articles.detection.files import on_disk
from articles.findings.tasks import run_checks
from articles.importing.one_pass import import_files
from articles.models import Article, Event, Finding
from articles.review import actions
from tests.queue import work

SEEDS = Path(__file__).parents[2] / "seeds"

REPAIRS = [
    (2, "étoile brillante et brillante", "et belle étoile brillante"),
    (3, "que c’est le dernier", "que son dernier"),
    (4, "rapports que la société AI", "rapporte que la société d’IA"),
    (6, "le rapport", "Le rapport"),
    (9, " : a une stratégie", " : « OpenAI a une stratégie"),
    (9, "dans afin de", "afin de"),
    (10, "j’attends avec impatience", "« Nous attendons avec impatience"),
    (10, "les créatifs.", "les créatifs. »"),
    (11, "suite:", "suite :"),
    (13, "inquiétudes. dans", "inquiétudes dans"),
    (14, "rôle pivot", "L’IA a notamment joué un rôle pivot"),
    (14, "lié à", "liées à"),
    (16, "générés", "générées"),
    (19, "a perpétuellement a", "a perpétuellement"),
]
"""Segment, words, and the words that repair them."""
LEFT = {(11, "alone"), (22, "alone")}
"""What is left, with its reason: the sentences 11 and 22 have no source beside them, which no words can repair."""
PLANTED = [
    (1, "veut être", "veut veut être", "doubled"),
    (5, ", selon des sources qui les connaissent", "", "dropped"),
    (12, "« dialogue »", "« dialogue", "quotes"),
]
"""Segment, words, a correction that brings a new fault, and the check that finds it."""


def correct(article, repairs, *, by, decided_by):
    """Correct each segment once by its repairs, and approve that."""
    for position in sorted({repair[0] for repair in repairs}):
        segment = article.segments.get(position=position)
        text = segment.target_text
        for at, before, after in repairs:
            if at == position:
                assert before in text, before
                text = text.replace(before, after)
        correction = actions.submit(segment, by=by, revision=segment.revision, text=text)
        actions.approve(correction, by=decided_by, revision=segment.revision)


def still_open(article):
    rows = Finding.objects.open().filter(segment__article=article)
    return set(rows.values_list("segment__position", "check_id"))


@pytest.mark.slow  # the real checks, with their models
def test_the_seed_article_is_corrected_and_its_findings_follow(rosa, edith):
    import_files([on_disk(path, path.name) for path in sorted(SEEDS.iterdir())])
    article = Article.objects.with_documents().get()
    run_checks(article)
    before = still_open(article)
    repaired = {position for position, _before, _after in REPAIRS}
    assert {position for position, _check in before} == repaired | {22}
    correct(article, REPAIRS, by=rosa, decided_by=edith)
    work()
    assert still_open(article) == LEFT
    closed = Finding.objects.filter(status="closed").exclude(closed_by=None)
    assert closed.count() == len(before) - 2
    assert not Event.objects.filter(act="found").exists()
    planted = [each[:3] for each in PLANTED]
    correct(article, planted, by=rosa, decided_by=edith)
    work()
    assert {(at, check) for at, _before, _after, check in PLANTED} <= still_open(article)
    assert Event.objects.filter(act="found").count() == len(PLANTED)
