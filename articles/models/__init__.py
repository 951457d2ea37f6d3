"""What is stored.

``documents`` holds what was imported, ``review`` and ``corrections`` what people and checks said of
it, ``events`` its history, ``assignments`` who does what, ``checks`` the settings of the checks,
``access`` the tokens of the API, ``preferences`` how the pages look to a person, ``presence`` who
has an editor open, ``unplaced`` work without a place in a newer version, ``imports`` and
``workers`` the work in the background, ``signoff`` who signed an article off, ``teams`` who shares
articles, and ``roles`` decides what they may do.
"""

from articles.models.access import AccessToken
from articles.models.assignments import Assignment, Verdict
from articles.models.audit import AuditEntry
from articles.models.chain import PersonName
from articles.models.checks import CheckRun, CheckSwitch, SourceWords, Term
from articles.models.corrections import Correction
from articles.models.documents import Article, Document, Segment, Sentence
from articles.models.erasures import Erasure
from articles.models.events import Event
from articles.models.imports import Import, ImportFile
from articles.models.preferences import Preferences
from articles.models.presence import OpenEditor
from articles.models.review import Finding, Flag, Reply
from articles.models.signoff import SignOff
from articles.models.teams import Membership, Team
from articles.models.unplaced import UnplacedSegment
from articles.models.workers import Worker

__all__ = [
    "AccessToken",
    "Article",
    "Assignment",
    "AuditEntry",
    "CheckRun",
    "CheckSwitch",
    "Correction",
    "Document",
    "Erasure",
    "Event",
    "Finding",
    "Flag",
    "Import",
    "ImportFile",
    "Membership",
    "OpenEditor",
    "PersonName",
    "Preferences",
    "Reply",
    "Segment",
    "Sentence",
    "SignOff",
    "SourceWords",
    "Team",
    "Term",
    "UnplacedSegment",
    "Verdict",
    "Worker",
]
