"""Floor 1: what is stored. corpus.py holds what arrived, review.py what people and checks said of it, history.py who
did what when, assignments.py who is to do what, checks.py what a house chose for the checks, access.py who may ask the
API, presence.py who has an editor open."""

from articles.models.access import AccessToken
from articles.models.assignments import Assignment, Verdict
from articles.models.checks import CheckRun, CheckSwitch, Term
from articles.models.documents import Article, Document, Segment, Sentence
from articles.models.events import Event
from articles.models.imports import Import, ImportFile
from articles.models.presence import OpenEditor
from articles.models.review import Correction, Finding, Flag, Reply
from articles.models.workers import Worker

__all__ = [
    "AccessToken",
    "Article",
    "Assignment",
    "CheckRun",
    "CheckSwitch",
    "Correction",
    "Document",
    "Event",
    "Finding",
    "Flag",
    "Import",
    "ImportFile",
    "OpenEditor",
    "Reply",
    "Segment",
    "Sentence",
    "Term",
    "Verdict",
    "Worker",
]
