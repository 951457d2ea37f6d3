"""Floor 1: what is stored. corpus.py holds what arrived, review.py what people and checks said of it, checks.py what a
house chose for the checks, access.py who may ask the API."""

from articles.models.access import AccessToken
from articles.models.checks import CheckRun, CheckSwitch, Term
from articles.models.corpus import Article, Document, Segment, Sentence
from articles.models.imports import Import, ImportFile
from articles.models.review import Correction, Event, Finding, Flag

__all__ = [
    "AccessToken",
    "Article",
    "CheckRun",
    "CheckSwitch",
    "Correction",
    "Document",
    "Event",
    "Finding",
    "Flag",
    "Import",
    "ImportFile",
    "Segment",
    "Sentence",
    "Term",
]
