"""The ledger of the load finds acts that are lost, doubled or inconsistent."""

from __future__ import annotations

import random
from typing import Any

from articles.models import Event, Import, Segment, Team
from articles.review import actions
from bench.attack import Addresses, names_on
from bench.editors import Record
from bench.inside import addresses, look
from bench.texts import pairs
from tests.factories import make_article, make_flag


def flag_act(token: str, *, done: bool = True) -> dict[str, Any]:
    return {"kind": "flag", "segment": 1, "person": 1, "token": token, "done": done}


def test_what_was_acknowledged_is_looked_for(rosa: Any, edith: Any) -> None:
    first, second = make_article().segments.order_by("position")
    values = {"type": "Omission", "severity": "major", "comment": "once"}
    actions.flag(first, by=rosa, revision=1, values=values)
    correction = actions.submit(second, by=rosa, revision=1, text="Personne n’a ri du tout.")
    second.refresh_from_db()
    submitted = {"kind": "submit", "segment": second.pk, "person": rosa.pk, "done": True}
    submitted["text"] = correction.text
    approved = {"kind": "approve", "done": True, "correction": correction.pk}
    acts = [flag_act("once"), flag_act("never sent", done=False), submitted]
    assert look(acts) == []
    assert look([*acts, approved]) == [f"lost: {approved}"]
    actions.approve(correction, by=edith, revision=second.revision)
    assert look([*acts, approved]) == []
    lost = flag_act("gone")
    make_flag(first, by=rosa, comment="twice")
    make_flag(first, by=rosa, comment="twice")
    twice = flag_act("twice", done=False)
    assert look([*acts, lost, twice]) == [f"lost: {lost}", f"doubled 2 times: {twice}"]


def test_a_draft_is_lost_when_another_text_is_there(rosa: Any) -> None:
    article = make_article()
    Event.objects.record("imported", article=article, by=rosa, segments=2)
    segment = article.segments.get(position=1)
    actions.save_draft(segment, by=rosa, revision=1, text="Le maire a bien parlé.", begun=None)
    act = {"kind": "draft", "segment": segment.pk, "person": rosa.pk, "done": True}
    assert look([act | {"text": "Le maire a bien parlé."}]) == []
    assert len(look([act | {"text": "Le maire a mal parlé."}])) == 1


def test_what_does_not_agree_is_named(rosa: Any) -> None:
    article = make_article()  # without an event, which is wrong too
    Segment.objects.filter(article=article, position=1).update(status="waiting")
    Segment.objects.filter(article=article, position=2).update(status="flagged")
    Import.objects.create(team=Team.objects.first_team(), by=rosa, status="running")
    Import.objects.create(team=Team.objects.first_team(), by=rosa, status="failed")
    assert len(look([])) == 5


def test_the_attack_reaches_every_address(rosa: Any) -> None:
    make_article()
    known = Addresses(**addresses())
    assert len(known.patterns) > 150
    rng = random.Random(1)
    tried = {known.any(rng).split("/")[1] for _number in range(2000)}
    assert {"admin", "account", "segments", "articles", "api", "imports", "people"} <= tried
    assert not [each for each in tried if "<" in each]
    assert names_on('<input type="text" name="a"><select id="x" name="b">') == ["a", "b"]


def test_figures_of_the_load() -> None:
    record = Record()
    record.seconds["flag"] = [number / 100 for number in range(100)]
    record.answers.update({200: 3, 503: 2, "ReadTimeout": 1})
    assert record.percentile(["flag"], 0.95) == 0.95
    assert record.percentile(["nothing"], 0.95) == 0
    assert record.count(500, 600) == 2
    made = [*pairs(50, seed=1), *pairs(50, seed=2)]
    assert len({english for english, _french in made}) == 100
