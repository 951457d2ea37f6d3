"""Words that sound alike, told apart by the words beside them: *il à mangé*, *au moment ou il*, *il ce passe*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import Word, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SUBJECTS = word_set("il elle on ils elles")
PLACES = word_set(
    "moment jour endroit lieu époque instant pays ville heure date année période région"
)
_SPELLINGS = re.compile(
    r"\b(?:(quelque) soit (?:le|la|les|l[’'])|(quelques) soient (?:les))", re.IGNORECASE
)


@check(
    id="french-homophones",
    type="Spelling",
    severity="minor",
    title=_("Word that sounds like another"),
    help=_(
        "A French word written for another that sounds the same: “il à dit” for “il a dit”, “ou” for “où”."
    ),
    languages=(("", "fr"),),
    examples=(
        ("He has eaten.", "Il à mangé.", "Possible fault: “à” may stand for “a”."),
        ("He is in Paris.", "Il est à Paris.", ""),
    ),
)
def homophones(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt *à*, *ou*, *ce*, *leurs*, *quelque* where only their homophone can stand."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(1, len(sentence) - 1):
        meant = _meant(sentence, at)
        if meant:
            yield _finding(
                sentence[at].token.text,
                meant,
                Span(sentence[at].token.start, sentence[at].token.end),
            )
    for found in _SPELLINGS.finditer(pair.target):
        group = found.lastindex or 1
        meant = "quel que" if group == 1 else "quels que"
        yield _finding(found.group(group), meant, Span(*found.span(group)))


def _finding(word: str, meant: str, span: Span) -> Finding:
    return Finding(
        check="french-homophones",
        type="Spelling",
        severity="minor",
        score=0.8,
        message=_("Possible fault: “%(word)s” may stand for “%(meant)s”."),
        values={"word": word, "meant": meant},
        target_spans=(span,),
    )


def _meant(sentence: Sequence[Word], at: int) -> str:
    """The word that should stand at ``at``, or "" where nothing is certain."""
    before, word, after = sentence[at - 1], sentence[at].lowered, sentence[at + 1]
    subject = before.lowered in SUBJECTS and (at == 1 or not _rules(sentence[at - 2]))
    if word == "à" and subject and before.lowered in {"il", "on", "ils"} and after.participles:
        return "a"
    if (
        word == "ou"
        and before.lowered in PLACES
        and after.lowered in SUBJECTS
        and at > 1
        and sentence[at - 2].lowered in {"le", "la", "au", "l’"}
    ):
        return "où"
    if word == "ce" and subject and after.is_finite and "être" not in after.lemmas:
        return "se"
    if word == "leurs" and subject and after.is_finite:
        return "leur"
    return ""


def _rules(word: Word) -> bool:
    """Whether a pronoun after the word is no subject: *avec elle*, *d’elles*."""
    return word.lowered.endswith(("’", "-")) or any(
        each.kind.startswith("PREP") for each in word.readings
    )
