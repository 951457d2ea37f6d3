"""An article that is realigned, and helpers of the tests."""

from articles.exporting import actions
from articles.findings.service import refresh_findings
from articles.realignment import operations

PAIRS = [
    ("The mayor spoke.", "Le maire a parlé."),
    ("Nobody laughed.", "Personne n’a ri."),
    ("Then it rained.", "Puis il a plu."),
    ("All went home.", "Tous sont rentrés."),
]


def segments(article):
    return list(article.segments.order_by("position"))


def texts(article):
    return [(each.source_text, each.target_text) for each in segments(article)]


def shapes(article):
    return [
        (each.source_from, each.source_to, each.target_from, each.target_to, each.score)
        for each in segments(article)
    ]


def seen(article):
    return dict(article.segments.values_list("pk", "revision"))


def exported(article):
    return b"".join(actions.write_articles([article], "text")).decode()


def do(act, article, at, *, by, **options):
    """Do the operation on the segment with that number, all revisions having been seen, and check it as the worker does."""
    done = getattr(operations, act)(
        article.segments.get(position=at), by=by, revisions=seen(article), **options
    )
    refresh_findings(article)
    return done
