"""A lost "only": the source says that a number is small, the translation gives it alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check, language_name
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_ONLY = re.compile(
    r"(?<!not )(?<!if )(?<!the )\bonly"
    r"(?= (?:about |around |some |a |an )?"
    r"(?:half(?= (?:of|the|a|an|his|her|its|their|as)\b)"
    r"|third|quarter|fifth|tenth|fraction|handful|dozen|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|[€$£]?\d[\d,.]*)\b)"
    r"(?! (?:one|two|three|four|five|six|\d+) (?:days?|weeks?|months?|years?|minutes?) "
    r"(?:after|before|ago|later|earlier))",
    re.I,
)
_RESTRICTED = re.compile(
    r"\A\Z|\b(?:seul\w*|unique\w*|exclusive\w*|à peine|tout juste|juste|simple\w*|rien|moins|guère"
    r"|peu|pas|jamais|aucune?|limit\w+|restrei\w+|faible\w*|mince\w*|maigre\w*"
    r"|petite?s? (?:moitié|tiers|quart|dizaine|douzaine|vingtaine|poignée|groupe|nombre|part\w*)"
    r"|minorit\w+|plafonn\w+|maximum|au plus|plus d[e’'])\b"
    r"|\bn(?:e\b|[’'])[^.;!?]{0,90}\bqu(?:e\b|[’'])",
    re.I,
)


SURE_CLAUSES = 3
"""With so many clauses in both texts, those with the same number belong together."""
_CLAUSE_END = re.compile(r"[;:.!?] |, (?:and|but|while|whereas|et|mais|tandis|alors) ", re.I)


def is_small_number(text: str, place: Span) -> bool:
    """Return whether the "only" at ``place`` says that a number is small: this check's own."""
    return any(match.span() == place for match in _ONLY.finditer(text))


@check(
    id="restriction",
    type="Omission",
    severity="major",
    title=_("Lost “only”"),
    help=_(
        "The source says “only half”, “only ten”; the translation gives the number without "
        "“seulement”, “ne … que”, “à peine” or another word that says that it is small."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "Only half of the staff came.",
            "La moitié du personnel est venue.",
            "“Only” is missing from the French",
        ),
        ("Only half of the staff came.", "Seule la moitié du personnel est venue.", ""),
    ),
)
def restriction(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the first "only" before a number where the target restricts nothing."""
    del article
    found = _ONLY.search(pair.source)
    if not found or _RESTRICTED.search(_clause_beside(pair, found.start())):
        return
    yield Finding(
        "restriction",
        "Omission",
        "major",
        0.6,
        _("“%(words)s” is missing from the %(language)s"),
        {"language": language_name(pair.target_language), "words": found.group()},
        (Span(*found.span()),),
    )


def _clause_beside(pair: Pair, place: int) -> str:
    """Return the target's clause beside the source's clause at ``place``.

    It is the whole target where one text has more clauses than the other. In a paragraph the
    clauses beside it count, too: some may be divided otherwise and others joined.
    """
    ends = [match.start() for match in _CLAUSE_END.finditer(pair.source)]
    clauses = _CLAUSE_END.split(pair.target)
    if len(clauses) != len(ends) + 1:
        return pair.target
    number = bisect_left(ends, place)
    if len(clauses) <= SURE_CLAUSES:
        return clauses[number]
    return " ; ".join(clauses[max(0, number - 1) : number + 2])
