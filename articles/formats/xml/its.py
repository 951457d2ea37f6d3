"""Convert between MQM and the quality issues of the W3C's Internationalization Tag Set 2.0 (ITS).

ITS has fewer types of issues than MQM, and a severity from 0 to 100. The severities are our
convention: neutral 0, minor 20, major 60, critical 100. The comment holds the MQM name, so that
nothing is lost on the way back.
"""

from __future__ import annotations

import re

from articles.formats.interchange import Flag
from articles.scoring import mqm

SEVERITIES = {"neutral": 0, "minor": 20, "major": 60, "critical": 100}

_BY_TYPE = {
    "Mistranslation": "mistranslation", "Overtranslation": "mistranslation",
    "Undertranslation": "mistranslation", "Addition": "addition", "Omission": "omission",
    "Do not translate": "mistranslation", "Untranslated": "untranslated", "Grammar": "grammar",
    "Punctuation": "typographical", "Spelling": "misspelling", "Character encoding": "characters",
    "Unintelligible": "uncategorized", "Language register": "register",
    "Inconsistent style": "inconsistency", "Culture-specific reference": "locale-specific-content",
    "Layout": "formatting", "Markup tag": "markup", "Truncation/text expansion": "length",
}  # fmt: skip
_BY_DIMENSION = {
    "Terminology": "terminology",
    "Style": "style",
    "Locale conventions": "locale-violation",
}
_BACK = {
    "terminology": "Wrong term", "mistranslation": "Mistranslation", "omission": "Omission",
    "untranslated": "Untranslated", "addition": "Addition", "duplication": "Addition",
    "inconsistency": "Inconsistent use of terminology", "grammar": "Grammar",
    "register": "Language register",
    "locale-specific-content": "Culture-specific reference", "style": "Awkward style",
    "characters": "Character encoding", "misspelling": "Spelling", "typographical": "Punctuation",
    "formatting": "Layout", "inconsistent-entities": "Mistranslation", "numbers": "Mistranslation",
    "markup": "Markup tag", "whitespace": "Punctuation", "length": "Truncation/text expansion",
}  # fmt: skip
_COMMENT = re.compile(
    r"(?:[^›]+ › )?(?P<type>[^(›]+) \((?P<severity>\w+)\)(?:: (?P<comment>.*))?", re.DOTALL
)


def issue_type(flag: Flag) -> str:
    """Return the ITS type nearest to the flag's MQM type."""
    if flag.type not in mqm.TYPES:
        return "other"
    if flag.type in _BY_TYPE:
        return _BY_TYPE[flag.type]
    return _BY_DIMENSION.get(mqm.dimension_of(flag.type), "other")


def describe_flag(flag: Flag) -> str:
    """Return the flag in one line: "Accuracy › Omission (major): the comment"."""
    kind = flag.type or flag.category or "Other"
    if flag.type in mqm.TYPES:
        kind = f"{mqm.dimension_of(flag.type)} › {flag.type}"
    text = f"{kind} ({flag.severity})"
    if flag.comment:
        text += f": {flag.comment}"
    return text


def parse_issue(issue: str, severity: str, comment: str) -> Flag:
    """Return the flag of an ITS issue.

    A comment as ``describe_flag`` writes it decides, else the issue's type and severity.
    """
    found = _COMMENT.fullmatch(comment)
    if found and found["severity"] in mqm.SEVERITIES and found["type"] in mqm.TYPES:
        return Flag(found["type"], found["severity"], comment=found["comment"] or "")
    return Flag(_BACK.get(issue, ""), _severity(severity), comment=comment, category=issue)


def _severity(number: str) -> str:
    """Return the severity nearest to a number from 0 to 100; major where none is given."""
    try:
        value = float(number)
    except ValueError:
        return "major"
    return min(SEVERITIES, key=lambda name: abs(SEVERITIES[name] - value))
