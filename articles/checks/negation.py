"""Negation lost or gained."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

_NOT = re.compile(
    r"\b(?:not|never|cannot|nobody|nothing|nowhere|neither|none|no one)\b|\b\w+n[’']t\b", re.I
)
# Said with a negation, meant without: not only, why not, if not, isn't it?, no/none/not … but.
_NOT_REALLY = re.compile(
    r"\bnot (?:only|just|merely|simply|so much|to mention|least|surprisingly|unlike|un\w+|in\w+|until|far|long)\b"
    r"|\bwhy not\b|\b(?:if|or|whether or|as often as|more often than) not\b|\b(?:\w+n[’']t) "
    r"(?:just|only|merely|until|simply)\b"
    r"|\b(?:is|are|was|were|do|does|did|has|have|would|could|ca|wo)n[’']t (?:he|she|it|they|we|you|i)\b|\bnot? "
    r"(?:\w+ )?but\b"
    r"|\bnone other\b|\bnothing (?:but|short|less)\b|\bnever(?:theless| before| mind)\b|\bcan(?:not|[’']t) "
    r"(?:but|help|wait)\b"
    r"|\bnotwithstanding\b",
    re.I,
)
_NE = (
    r"(?:\bne |\bn[’'])(?:[lymts][’']|(?:me|te|se|le|la|les|lui|leur|nous|vous|en|y) )*"
    r"(?:[^\W\d_]+(?:-t)?(?:-(?:il|elle|on|ce|je|tu|nous|vous|ils|elles))?)[ ,]+(?:\w+ ){0,2}?"
)
_GAINED = re.compile(
    rf"{_NE}(?P<pas>pas|jamais|rien|aucune?|personne)\b(?! (?:seulement|que|uniquement|moins|mal|loin))",
    re.I,
)

# Words that may carry the other language's negation: one of them and we keep quiet.
_NEGATIVE_FR = re.compile(
    r"\bn[’']|\b(?:ne|pas|jamais|rien|aucune?s?|personne|nul(?:le)?|guère|ni|sans|non|peu|rares?|rarement|sauf|hors|loin|faute"
    r"|à peine|moins|plutôt|toujours|vain|tort|faux|fausse|zéro|contre|contraire(?:ment)?|anti\w*|malgré|difficil\w+"
    r"|absen\w+|manqu\w+|refus\w+|échou\w+|échec|échapp\w+|évit\w+|empêch\w+|ignor\w+|nie[rs]?|nié\w*|niai\w*|dément\w*"
    r"|rejet\w*|exclu\w*|interdi\w+|cess\w+|abst\w+|prive[rs]?|privé\w* "
    r"d\w+|perd\w+|oubli\w+|renonc\w+|omis|omet\w*|dépourvu\w*"
    r"|dénué\w*|opposé\w*|oppos\w+|abandon\w+|dés(?:accord|avantage|approuv|intér|obé)\w*|doute\w*|douter\w*|méconn\w+|mal|défa[iu]\w+"
    r"|pourquoi|(?:im|in|ir|il)\w+[ai]bles?|in(?:connu|compl|correct|égal|exact|justif|justice|suffis|util|adapt|actif|activ|tact)\w*"
    r"|imposs\w+|incap\w+|impun\w*|inquiét\w*)\b",
    re.I,
)
_NEGATIVE_EN = re.compile(
    r"\b(?:no|not|non|never|nor|neither|none|nobody|nothing|nowhere|cannot|without|hardly|barely|scarcely|rarely|seldom|few|fewer|little"
    r"|less|least|only|until|unless|rather|instead|far|free|against|too|yet|wrong|false\w*|beyond|elsewhere|outside|away|any\w*|ever"
    r"|un(?!der|it|ion|iver|ique|til|iform|anim|cle)\w{3,}|(?:in|im|ir|il)\w+(?:able|ible|ibly|ably|ility|ect|ess|quate|lar|legal)"
    r"|dis(?!cuss|trict|tance|play|cover|tribut|pute|ease|aster|count|course|cipl)\w{3,}|\w{3,}less(?:ly|ness)?"
    r"|fail\w*|refus\w*|den(?:y|ie\w*|ial)|lack\w*|absen\w+|avoid\w*|prevent\w*|stop\w*|bans?|banned|except\w*|reject\w*|declin\w*"
    r"|forbid\w*|forbad\w*|exclud\w*|ignor\w+|neglect\w*|miss(?:ed|es|ing)?|lost|los(?:e|es|ing|s)|out of|short "
    r"of|hard|difficult\w*"
    r"|doubt\w*|ceas\w*|quit|anti\w*|abstain\w*|withh\w+|oppos\w+|contrary|spar(?:e|ed|ing)|resist\w*|impossib\w+|stranger\w*)\b"
    r"|\w+n[’']t\b",
    re.I,
)


@check(
    id="negation",
    type="Mistranslation",
    severity="major",
    title=_("Negation lost or gained"),
    help=_(
        "The source says not, never or nothing and the translation has no negative word at all; or the other way round."
    ),
    languages=(("en", "fr"),),
    examples=(
        ("He did not sign the deal.", "Il a signé l’accord.", "Possible lost negation: “not”."),
        (
            "He signed the deal.",
            "Il n’a pas signé l’accord.",
            "Possible added negation: “n’a pas”.",
        ),
        ("He failed to sign.", "Il n’a pas signé.", ""),
    ),
)
def negation(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """A clear negation on one side, and no word of the wide list on the other."""
    unmeant = [match.span() for match in _NOT_REALLY.finditer(pair.source)]
    lost = [
        match
        for match in _NOT.finditer(pair.source)
        if not any(start <= match.start() < end for start, end in unmeant)
    ]
    if lost and pair.target and not _NEGATIVE_FR.search(pair.target):
        message = _("Possible lost negation: “%(source)s”.")
        yield _finding(message, 0.8, {"source": lost[0].group()}, Span(*lost[0].span()), None)
    gained = _GAINED.search(pair.target)
    if gained and pair.source and not _NEGATIVE_EN.search(pair.source):
        message = _("Possible added negation: “%(target)s”.")
        yield _finding(message, 0.75, {"target": gained.group()}, None, Span(*gained.span()))


def _finding(
    message: str, score: float, values: dict[str, str], source: Span | None, target: Span | None
) -> Finding:
    return Finding(
        "negation",
        "Mistranslation",
        "major",
        score,
        message,
        values,
        (source,) if source else (),
        (target,) if target else (),
    )
