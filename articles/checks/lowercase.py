"""A sentence that starts in lower case: its beginning may be lost, or it belongs to the sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simplemma import is_known

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_FIRST = re.compile(r"[\s«»“”\"‘’'(\[–—•*-]*(?P<word>[^\W_]+(?:[’'-][^\W_]+)*)")
_GOES_ON = re.compile(r"[^.!?…»”\"]\s*$|[,;:—–]\s*[»”\"]?\s*$|\.\.\.\s*$|…\s*$")


@check(
    id="lowercase",
    type="Spelling",
    severity="minor",
    title=_("Starts in lower case"),
    help=_(
        "The translation starts in lower case, the source does not. Often the first words were lost."
    ),
    examples=(
        (
            "The report notes it.",
            "le rapport le note.",
            "Possible lost beginning: the sentence starts in lower case with “le”.",
        ),
        ("iPhone sales fell.", "iPhone : les ventes baissent.", ""),
    ),
)
def lowercase(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """The first word of the target, when it is in lower case and the source's is not."""
    ours, theirs = _FIRST.match(pair.source), _FIRST.match(pair.target)
    if not theirs or not theirs["word"][0].islower():
        return
    if ours and (not ours["word"][0].isupper() or _is_kept(theirs["word"], pair)):
        return
    if theirs["word"][1:].lower() != theirs["word"][1:]:  # iPhone, eBay, d’Artagnan
        return
    previous_source, previous_target = pair.previous
    if (
        previous_target
        and _GOES_ON.search(previous_target)
        and (not previous_source or _GOES_ON.search(previous_source))
    ):
        return
    yield Finding(
        "lowercase",
        "Spelling",
        "minor",
        0.85 if ours else 0.6,
        _("Possible lost beginning: the sentence starts in lower case with “%(target)s”."),
        {"target": theirs["word"]},
        (),
        (Span(theirs.start("word"), theirs.end("word")),),
    )


def _is_kept(word: str, pair: Pair) -> bool:
    """A brand or a foreign word that stands so in the source, and is no word of the target's language."""
    if word not in {each.text for each in pair.source_tokens}:
        return False
    return pair.target_language not in ("en", "fr") or not is_known(word, pair.target_language)
