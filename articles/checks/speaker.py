"""Who speaks: we became je, I became nous, he became elle."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_I = r"(?<!War )(?<!Part )(?<!Phase )(?<!Type )(?<!Class )I"
_I_EN = rf"{_I}|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself"
_WE_EN = r"[Ww]e|us|[Oo]urs?|ourselves|[Ll]et[’']s"
_I_FR = r"je|j[’']|me|m[’']|moi|mon|ma|mes|mien|mienne|miens|miennes"
_WE_FR = r"nous|on|notre|nos|nôtre|nôtres"
_ANYONE = re.compile(r"\b(?:you|your|one[’']s|people|everyone|folks|someone)\b", re.I)


def _words(pattern: str, *, before: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'.{before}])(?:{pattern})(?:(?<=[’'])|(?![\w.]))")


_EN_I, _EN_WE = _words(_I_EN, before="-"), _words(_WE_EN, before="-")
_FR_I, _FR_WE = _words(f"(?i:{_I_FR})"), _words(f"(?i:{_WE_FR})")
_EN_SUBJECT = _words(rf"{_I}|[Ww]e", before="-")
_FR_I_SUBJECT, _FR_WE_SUBJECT = _words(r"(?i:je|j[’'])"), _words(r"[Nn]ous")


@check(
    id="speaker",
    type="Mistranslation",
    severity="major",
    title=_("Another person speaks"),
    help=_("The source says we, the translation je; or the other way round."),
    languages=(("en", "fr"),),
    examples=(
        (
            "We stay up for a dialogue.",
            "J’attends un dialogue.",
            "Possible change of speaker: “We” became “J’”.",
        ),
        ("We will see.", "On verra.", ""),
    ),
)
def speaker(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Only where all first persons of the one text are singular, and all of the other plural."""
    i, we = _EN_I.search(pair.source), _EN_WE.search(pair.source)
    je, nous = _FR_I.search(pair.target), _FR_WE.search(pair.target)
    subject = _EN_SUBJECT.search(pair.source)
    if not subject or (i and we):
        return
    if we and not nous and (other := _FR_I_SUBJECT.search(pair.target)):
        yield _finding(subject, other, 0.85)
    elif (
        i
        and not je
        and not _ANYONE.search(pair.source)
        and (other := _FR_WE_SUBJECT.search(pair.target))
    ):
        yield _finding(subject, other, 0.75)


def _finding(ours: re.Match[str], theirs: re.Match[str], score: float) -> Finding:
    return Finding(
        "speaker",
        "Mistranslation",
        "major",
        score,
        _("Possible change of speaker: “%(source)s” became “%(target)s”."),
        {"source": ours.group(), "target": theirs.group()},
        (Span(*ours.span()),),
        (Span(*theirs.span()),),
    )
