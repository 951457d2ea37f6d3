"""French typography: spaces before ; : ! ? », after «, French quotation marks, one kind of apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import SHOWN_SCORE

# One row a rule: what breaks it, what keeps it, what to say.
# A colon in a time or an address, "?!" and marks inside a name (Yahoo!) are no slips.
_RULES: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?<=[^\W\d_])(?:[;:](?=\s|$)|[!?]+(?=\s|$|[»”\"]))|(?<=[\d%])[;:](?=\s[^\W\d_]|$)"
        ),
        re.compile(r"(?<=\w)\s[;:!?](?!\S\w)"),
        _("Possible slip of typography: French puts a space before “%(target)s”."),
    ),
    (
        re.compile(r"«(?=[^\s])|(?<=[^\s])»"),
        re.compile(r"«\s|\s»"),
        _("Possible slip of typography: French puts a space inside “%(target)s”."),
    ),
    (
        re.compile(r"[“”]"),
        re.compile(r"«|»"),
        _("Possible slip of typography: French writes « » for “%(target)s”."),
    ),
    (
        re.compile(r"\s[,.](?=\s|$)"),
        re.compile(r"(?<=\w)[,.](?=\s|$)"),
        _("Possible slip of typography: no space before “%(target)s”."),
    ),
    (
        re.compile(r"(?<=\d)%"),
        re.compile(r"(?<=\d)\s%"),
        _("Possible slip of typography: French puts a space before “%(target)s”."),
    ),
    (
        re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
        re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
        _("Possible slip of typography: this apostrophe is straight, the article’s are curly."),
    ),
)


@check(
    id="typography",
    type="Punctuation",
    severity="neutral",
    title=_("French typography"),
    help=_(
        "Spaces before ; : ! ? % and inside « », French quotation marks, apostrophes. A slip is shown where the "
        "article "
        "itself mostly does it the French way; where it never does, its house style may be another."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "Read more: who won? He asks: who?",
            "Lire la suite: qui a gagné ? Il demande : qui ?",
            "Possible slip of typography: French puts a space before “:”.",
        ),
        ("Who won?", "Qui a gagné\u202f?", ""),
    ),
)
def typography(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """One finding a rule and pair, with all its places."""
    for broken, kept, message in _RULES:
        slips = [match for match in broken.finditer(pair.target) if not _is_kept(match, pair)]
        if slips:
            spans = tuple(Span(*match.span()) for match in slips)
            values = {"target": slips[0].group().strip()}
            score = _habit(
                [pair.target, *(target for _source, target in article.pairs)], broken, kept
            )
            if not score:
                continue
            yield Finding("typography", "Punctuation", "neutral", score, message, values, (), spans)


def _is_kept(match: re.Match[str], pair: Pair) -> bool:
    """Written so in the source, as a name is (Yahoo!, Re:Invent)."""
    word = re.search(r"\S*$", pair.target[: match.end()])
    return bool(
        word
        and word.group()
        and word.group()[0].isupper()
        and f"{word.group()} " in f"{pair.source} "
    )


def _habit(texts: Sequence[str], broken: re.Pattern[str], kept: re.Pattern[str]) -> float:
    """Shown when the article keeps the rule more often than not; a rule it never keeps may not be its own."""
    slips = sum(len(broken.findall(text)) for text in texts)
    keeps = sum(len(kept.findall(text)) for text in texts)
    if keeps >= slips:
        return SHOWN_SCORE + 0.1
    return SHOWN_SCORE - 0.1 if keeps or len(texts) == 1 else 0.0
