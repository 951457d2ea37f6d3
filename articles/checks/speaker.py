"""A change of the speaker: "we" became *je*, "I" *nous*, "she said" *a-t-il dit*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from articles.checks.registry import ArticleFacts, Finding, Pair, check, mistranslation
from articles.checks.said_by import speaker_of_other_gender, title_of_other_gender
from articles.checks.verbs_of_speech import A_DIT, DIT, EXPLIQUE, SAID, SAYS
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

# "I" is a numeral in War I and the like.
_I = r"(?<!War )(?<!Part )(?<!Phase )(?<!Type )(?<!Class )I"
_WE = r"[Ww]e|us|[Oo]urs?|ourselves|[Ll]et[’']s"
_JE = r"je|j[’']|me|m[’']|moi|mon|ma|mes|mien|mienne|miens|miennes"
_NOUS = r"nous|on|notre|nos|nôtre|nôtres"
# Where the source speaks of anyone, "nous" may stand for it.
_ANYONE = re.compile(r"\b(?:you|your|one[’']s|people|everyone|folks|someone)\b", re.I)

_SPEECH = rf"(?:{SAID}|{SAYS})"
_SHE_SAID = re.compile(rf"\bshe {_SPEECH}\b", re.I)
_HE_SAID = re.compile(rf"\bhe {_SPEECH}\b", re.I)
_OF_HER = re.compile(r"\b(?:she|her|hers|herself)\b", re.I)
_OF_HIM = re.compile(r"\b(?:he|him|his|himself)\b", re.I)
_INVERTED = (
    r"(?<!\bque )(?<!\bqu[’'])(?<!\bcomment )(?<!\bpourquoi )(?<!\bquand )(?<!\boù )"
    rf"\b(?:a-t-{{0}} {A_DIT}|{DIT}-{{0}}|{EXPLIQUE}-t-{{0}})\b"
)
"""What follows a quotation. Behind *que* and the like it is a question."""
_DIT_IL = re.compile(_INVERTED.format("il"), re.I)
_DIT_ELLE = re.compile(_INVERTED.format("elle"), re.I)
_SPEECH_EN = re.compile(rf"\b{_SPEECH}\b", re.I)
_SPEECH_FR = re.compile(rf"\b(?:{A_DIT}|{DIT}|{EXPLIQUE})\b", re.I)
_IMPERSONAL = (
    r"(?:n[’'] ?|ne )?(?:y (?:a|avait|aura|aurait|eut)|faut|fallait|faudra|faudrait|s[’']agi\w+"
    r"|pleu\w+|neige\w*|se peut|(?:fait|faisait|fera) (?:très |trop |si )?(?:froid|chaud|beau|bon"
    r"|nuit|jour|noir)|(?:est|était) (?:temps|vrai|possible|probable|important|nécessaire|difficile"
    r"|facile|impossible|clair|évident|trop t[ôa]\w+))\b"
)
_IL = re.compile(rf"(?<!\by a-t-)\bil\b(?! {_IMPERSONAL})", re.I)
_ELLE = re.compile(r"\belle\b", re.I)
SUBJECT_SCORE = 0.85
"""The score of “we” told as *je*."""
OBJECT_SCORE = 0.75
"""The score of “I” told as *nous*, which may stand for anyone."""
SPEAKER_SCORE = 0.6
"""The score of who said it: *elle* may be a man called a person, *il* a woman called a witness."""


def _words(pattern: str, *, before: str = "") -> re.Pattern[str]:
    """Return a pattern of whole words; ``before`` are further characters not allowed before."""
    return re.compile(rf"(?<![\w’'.{before}])(?:{pattern})(?:(?<=[’'])|(?![\w.]))")


_ENGLISH_I = _words(rf"{_I}|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself", before="-")
_ENGLISH_WE = _words(_WE, before="-")
_ENGLISH_SUBJECT = _words(rf"{_I}|[Ww]e", before="-")
_FRENCH_I = _words(f"(?i:{_JE})")
_FRENCH_WE = _words(f"(?i:{_NOUS})")
_FRENCH_I_SUBJECT = _words(r"(?i:je|j[’'])")
_FRENCH_WE_SUBJECT = _words(r"[Nn]ous")


@check(
    id="speaker",
    type="Mistranslation",
    severity="major",
    title=_("Pronoun changed"),
    help=_(
        "The source says “we”, the translation “je”; or the other way round. The same for “she "
        "said” and “a-t-il dit”, “Mr Keller” and “Mme Keller”."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "We stay up for a dialogue.",
            "J’attends un dialogue.",
            "Pronoun changed: “We” → “J’”",
        ),
        (
            "“No,” she said.",
            "« Non », a-t-il dit.",
            "Pronoun changed: “she said” → “a-t-il dit”",
        ),
        ("We will see.", "On verra.", ""),
        ("“No,” she said.", "« Non », a-t-elle dit.", ""),
    ),
)
def speaker(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report a change where one side's first persons are all singular, the other's all plural.

    And a speaker who is a woman on one side and a man on the other.
    """
    yield from _who_said_it(pair)
    yield from speaker_of_other_gender(pair)
    yield from title_of_other_gender(pair)
    subject = _ENGLISH_SUBJECT.search(pair.source)
    has_i = _ENGLISH_I.search(pair.source)
    has_we = _ENGLISH_WE.search(pair.source)
    if not subject or (has_i and has_we):
        return
    if has_we:
        other = _only_je(pair.target)
        score = SUBJECT_SCORE
    elif has_i and not _ANYONE.search(pair.source):
        other = _only_nous(pair.target)
        score = OBJECT_SCORE
    else:
        return
    if other:
        yield _finding(pair, subject, other, score)


def _who_said_it(pair: Pair) -> Iterator[Finding]:
    """Yield “she said” told as *a-t-il dit*, where the pair speaks of nobody else; and its reverse.

    Where a side has two verbs of speech, they may be of two speakers.
    """
    if not _has_one(_SPEECH_EN, pair.source) or not _has_one(_SPEECH_FR, pair.target):
        return
    sides = ((_SHE_SAID, _OF_HIM, _DIT_IL, _ELLE), (_HE_SAID, _OF_HER, _DIT_ELLE, _IL))
    for she_said, of_him, dit_il, of_her in sides:
        subject = she_said.search(pair.source)
        other = dit_il.search(pair.target)
        if not subject or not other:
            continue
        if of_him.search(pair.source) or of_her.search(pair.target):
            continue
        yield _finding(pair, subject, other, SPEAKER_SCORE)


def _has_one(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether the text has the pattern once, not twice."""
    found = islice(pattern.finditer(text), 2)
    return len(list(found)) == 1


def _only_je(target: str) -> re.Match[str] | None:
    """Return the first "je" of a text without any first person plural."""
    return None if _FRENCH_WE.search(target) else _FRENCH_I_SUBJECT.search(target)


def _only_nous(target: str) -> re.Match[str] | None:
    """Return the first "nous" of a text without any first person singular."""
    return None if _FRENCH_I.search(target) else _FRENCH_WE_SUBJECT.search(target)


def _finding(pair: Pair, subject: re.Match[str], other: re.Match[str], score: float) -> Finding:
    message = _("Pronoun changed: “%(source)s” → “%(target)s”")
    source, target = Span(*subject.span()), Span(*other.span())
    return mistranslation("speaker", message, score, pair, source, target)
