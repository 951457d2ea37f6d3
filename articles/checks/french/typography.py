"""French typography: spaces before ; : ! ? » and after «, French quotation marks, apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from articles.checks.registry import ArticleFacts, Finding, Pair, Remedy, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import SHOWN_SCORE

APOSTROPHE_HABIT = 12
"""How many curly apostrophes an article must have for each straight one, so that a straight one is
shown: nobody reads another word for it."""
_MISSING_SPACE = re.compile(
    r"(?<=[^\W\d_])(?:[;:](?=\s|$)|[!?]+(?=\s|$|[»”\"]))|(?<=[\d%])[;:](?=\s[^\W\d_]|$)"
)
_COLON = re.compile(r"(?<=[^\W\d_]):(?=\s|$)|(?<=[\d%]):(?=\s[^\W\d_]|$)")
_SPACE = re.compile(r"(?<=\w)\s[;:!?](?!\S\w)")
_SPACE_COLON = re.compile(r"(?<=\w)\s:(?!\S\w)")
STRAIGHT_MARKS = 4
"""French marks for each straight one, of an article to which straight ones are slips."""
# One row a rule: what breaks it, what keeps it, how many times as often it must be kept as broken,
# and the message. A colon in a time or an address,
# "?!" and marks inside a name (Yahoo!) are no slips.
_RULES: tuple[tuple[re.Pattern[str], re.Pattern[str], int, str], ...] = (
    (_MISSING_SPACE, _SPACE, 1, _("No space before “%(target)s”")),
    (
        re.compile(r"«(?=[^\s])|(?<=[^\s])»"),
        re.compile(r"«\s|\s»"),
        1,
        _("No space inside “%(target)s”"),
    ),
    (
        re.compile(r"[“”]"),
        re.compile(r"«|»"),
        1,
        _("Write « » instead of “%(target)s”"),
    ),
    (
        # A straight one after a figure is an inch or a second, one between letters an apostrophe.
        re.compile(r"(?<!\w)\"|(?<!\d)\"(?!\w)"),
        re.compile(r"«|»"),
        STRAIGHT_MARKS,
        _("Write « » instead of “%(target)s”"),
    ),
    (
        re.compile(r"(?<![.,])\s[,.](?=\s|$)"),
        re.compile(r"(?<=\w)[,.](?=\s|$)"),
        1,
        _("Needless space before “%(target)s”"),
    ),
    (
        re.compile(r"(?<=\d)%"),
        re.compile(r"(?<=\d)\s%"),
        1,
        _("No space before “%(target)s”"),
    ),
    (
        re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
        re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
        APOSTROPHE_HABIT,
        _("Straight apostrophe; the article’s are curly"),
    ),
)


_QUOTES = frozenset('“”"')
_ONE_QUOTATION = re.compile(r"[^“”\"«»]*(?P<opening>[“\"])[^“”\"«»]*(?P<closing>[”\"])[^“”\"«»]*")
"""A text with one quotation, so that nothing nests."""
_LONGEST_WORD = 60
"""Characters before a slip in which its word is looked for."""
_MOST_PLACES = 50
"""Places of a text that one finding marks."""
NO_BREAK = "\u00a0"


@check(
    id="typography",
    type="Punctuation",
    severity="neutral",
    title=_("French typography"),
    help=_(
        "Spaces before ; : ! ? % and inside « », French quotation marks, apostrophes. "
        "Reported where the article itself mostly follows French typography; where it never "
        "does, its own style may differ."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "Read more: who won? He asks: who?",
            "Lire la suite: qui a gagné ? Il demande : qui ?",
            "No space before “:”",
        ),
        ("Who won?", "Qui a gagné\u202f?", ""),
    ),
)
def typography(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Return one finding a rule and pair, with all its places."""
    for broken, kept, times, message in _RULES:
        slips = _find_slips(pair, broken)
        if not slips:
            continue
        texts = [target for _source, target in article.pairs] or [pair.target]
        score = _score_by_habit(texts, broken, kept, times)
        if {slip.group() for slip in slips} == {":"}:
            # Some write colons without a space, though not question marks.
            score = min(score, _score_by_habit(texts, _COLON, _SPACE_COLON, 1))
        if score:
            yield _finding(pair, slips, score, message)


def _find_slips(pair: Pair, broken: re.Pattern[str]) -> list[re.Match[str]]:
    """Return where the target breaks the rule and the source does not write the word so too."""
    found = broken.finditer(pair.target)
    return [match for match in found if not _is_in_source(match, pair)]


def _finding(pair: Pair, slips: Sequence[re.Match[str]], score: float, message: str) -> Finding:
    first = slips[0].group()
    spans = tuple(Span(*match.span()) for match in slips[:_MOST_PLACES])
    return Finding(
        check="typography",
        type="Punctuation",
        severity="neutral",
        score=score,
        message=message,
        values={"target": first.strip()},
        target_spans=spans,
        remedy=_remedy(pair.target, spans),
    )


def _remedy(text: str, spans: Sequence[Span]) -> Remedy:
    """Return the French marks, with their no-break spaces, for the marks at ``spans``.

    None for English quotation marks that are not one pair: they may nest in another.
    """
    if spans[0].of(text) in _QUOTES:
        return _french_pair(text)
    remedy: list[tuple[Span, str]] = []
    for span in spans:
        remedy.append((span, _french_mark(span.of(text))))
    return tuple(remedy)


def _french_pair(text: str) -> Remedy:
    """Return the French marks for the one quotation of the text; none where it has more."""
    quotation = _ONE_QUOTATION.fullmatch(text)
    if quotation is None:
        return ()
    opening = Span(*quotation.span("opening"))
    closing = Span(*quotation.span("closing"))
    return ((opening, "«" + NO_BREAK), (closing, NO_BREAK + "»"))


def _french_mark(mark: str) -> str:
    bare = mark.strip()
    if bare in {",", "."}:
        return bare
    if bare == "'":
        return "’"
    if bare == "«":
        return bare + NO_BREAK
    return NO_BREAK + bare


def _is_in_source(match: re.Match[str], pair: Pair) -> bool:
    """Return whether the source writes the word so too, as it does a name (Yahoo!, Re:Invent)."""
    nearby = pair.target[max(0, match.end() - _LONGEST_WORD) : match.end()]
    word = "" if nearby[-1:].isspace() else nearby.split()[-1]
    if not word[:1].isupper():
        return False
    return f"{word} " in f"{pair.source} "


def _score_by_habit(
    texts: Sequence[str], broken: re.Pattern[str], kept: re.Pattern[str], times: int
) -> float:
    """Return a score that is shown if the article keeps the rule ``times`` times for each slip.

    It is 0 for a rule that the article never keeps: it may follow another style.
    """
    slips = 0
    keeps = 0
    for text in texts:
        slips += len(broken.findall(text))
        keeps += len(kept.findall(text))
    if keeps >= times * slips:
        return SHOWN_SCORE + 0.1
    if keeps:
        return SHOWN_SCORE - 0.1
    if len(texts) == 1:
        return SHOWN_SCORE - 0.1
    return 0.0
