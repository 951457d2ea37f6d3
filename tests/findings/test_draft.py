"""What the checks say of a text that is being written: what is new, still there, gone."""

import pytest
from django.contrib.auth.models import User

from articles.findings import draft, service
from tests.factories import make_article

PAIRS = [
    ("A big, bright, shining star.", "Une grande étoile brillante et brillante."),
    ("The mayor spoke yesterday.", "Le maire a parlé hier."),
]


@pytest.fixture
def segment(db):
    article = make_article(PAIRS)
    service.refresh_findings(article)
    return article.segments.first()


def recheck(segment, text):
    return draft.recheck(segment, text, by=User(pk=1))


def said(rows):
    return [row.message % row.values for row in rows]


DOUBLED = "“brillante et brillante”: word repeated?"


def test_the_same_text_keeps_its_doubts(segment):
    new, still, gone = recheck(segment, segment.target_text)
    assert (said(new), said(still), said(gone)) == ([], [DOUBLED], [])


def test_a_repair_takes_its_doubt_away(segment):
    new, still, gone = recheck(segment, "Une grande étoile, brillante et lumineuse.")
    assert (said(new), said(still), said(gone)) == ([], [], [DOUBLED])


def test_a_new_mistake_is_new(segment):
    new, still, _gone = recheck(
        segment, segment.target_text.replace("Une grande", "Une grande grande")
    )
    assert said(new) == ["“grande grande”: word repeated?"]
    assert said(still) == [DOUBLED]


def test_what_was_dismissed_is_not_told_again(segment, rosa):
    segment.findings.update(
        status="dismissed", reason="style", decided_by=rosa, decided_at=segment.article.created_at
    )
    segment = segment.article.segments.get(pk=segment.pk)
    assert recheck(segment, segment.target_text) == ([], [], [])
    assert recheck(segment, "Une grande étoile, brillante et lumineuse.") == ([], [], [])


def test_nothing_is_stored(segment):
    recheck(segment, "Une grande grande étoile.")
    assert said(segment.article.segments.first().findings.all()) == [DOUBLED]


def test_only_the_newest_text_of_a_person_is_checked():
    with draft.newest.begin((1, 1)) as first, draft.newest.begin((1, 2)) as of_another:
        first()
        with draft.newest.begin((1, 1)) as second:
            second()
            with pytest.raises(draft.Superseded):
                first()
        of_another()


def test_a_check_ends_in_time(segment, monkeypatch):
    monkeypatch.setattr(draft, "MOST_SECONDS", -1.0)
    with pytest.raises(draft.TookTooLong):
        recheck(segment, segment.target_text)
