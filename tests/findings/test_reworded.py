"""Stored findings whose message was written otherwise say it in the present words."""

from importlib import import_module

from django.apps import apps

from tests.factories import make_article, make_correction, make_finding

PRESENT = "Names change places: “%(first)s”, “%(second)s”"


def test_names_that_changed_places_are_quoted_both(rosa):
    segment = make_article().segments.first()
    first = {
        "message": "Names change places: “%(source)s” → “%(target)s”",
        "values": {"source": "Oslo to Bergen", "target": "Bergen à Oslo"},
    }
    second = {
        "message": "Names change places: %(first)s, %(second)s",
        "values": {"first": "Oslo", "second": "Bergen"},
    }
    other = {"message": "“%(words)s”: word lost?", "values": {"words": "Oslo"}}
    findings = [make_finding(segment, **row) for row in (first, second, other)]
    correction = make_correction(segment, by=rosa)
    correction.new_findings = [first, other]
    correction.save()
    import_module("articles.migrations.0044_reword_swapped_names").reword(apps, None)
    for each in (*findings, correction):
        each.refresh_from_db()
    said = [(each.message, each.values) for each in findings]
    assert said == [
        (PRESENT, {"first": "Oslo to Bergen", "second": "Bergen à Oslo"}),
        (PRESENT, second["values"]),
        (other["message"], other["values"]),
    ]
    assert correction.new_findings == [
        {"message": PRESENT, "values": {"first": "Oslo to Bergen", "second": "Bergen à Oslo"}},
        other,
    ]
