"""Lost hedges: what the source calls alleged or possible, the translation states as a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.counterparts import content_words_after, is_translated
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

# Strong hedges carry the claim, and libel hangs on them; weak ones are often translated by a mood
# or not at all.
_STRONG = re.compile(
    r"\b(?:alleged(?:ly)?"
    r"|reported(?:ly)?(?= (?:to|plan|deal|bid|attack|theft|victim|sighting))|reportedly"
    r"|purported(?:ly)?|supposed(?:ly)?|suspected|apparently|seemingly|presumed|presumably|possibly"
    r"|(?<!it )(?<!as )(?<!best )(?<!any )(?<!all )(?<!every )(?<!where )(?<!if )(?<!when )possible"
    r"|probabl[ey]|perhaps|so-called|rumou?red"
    r"|said to (?:be|have)|believed to (?:be|have)|thought to (?:be|have)|appears? to (?:be|have)"
    r")\b"
    r"|\b(?<!most )(?<!more )(?<!less )(?<!as )(?<!un)likely\b",
    re.I,
)
_WEAK = re.compile(
    r"(?<!whatever )(?<!whoever )"
    r"\b(?:may|[Mm]ight|[Cc]ould|can|seems?|seemed|appeared? to)\b(?! (?:be able|not))"
)
_HEDGED_FR = re.compile(
    r"\b(?:présum\w+|prétend\w*|suppos\w*|soi-disant|soupçon\w*|suspect\w*|allég\w+|alléguée?s?"
    r"|accus\w+|inculp\w+|apparemment|apparent\w*|en apparence|vraisemblabl\w+|probabl\w+"
    r"|possib\w+|peut-être|éventuel\w*|sans doute|sembl\w+|appara[iî]\w*|paraît|paraissent"
    r"|paraissait|parait|serai[st]|seraient|aurai[st]|auraient|devrai[st]|devraient|pourr\w+"
    r"|peu[txv]\w*|pouv\w+|puisse\w*|put|purent|pu|risqu\w+|susceptib\w+|censée?s?|réput\w+"
    r"|rumeur\w*|selon|d[’']après|on dit|dit-on|dirait|affirm\w+|crédit|cr(?:oi|oy)\w+|cru|pens\w+"
    r"|estim\w+|jug\w+|consid[éè]r\w+|visiblement|manifestement|potentiel\w*|hypothè\w+"
    r"|hypothétiq\w+|plausib\w+|chances?|probabilité\w*|faudra\w*|faudrait|dénommée?s?|dit[es]?"
    r"|fameu\w+|pseudo\w*|prévu\w*|prévoi\w+|dev(?:oir|ait|aient|ra|ront)|doit|doivent"
    r"|attend\w*|appelée?s?|nommée?s?|capables?|permet\w*|parfois|occasion|moyen|hasard|quasi\w*"
    r"|presque|envisag\w+|ambition\w*|menac\w+|sait|savent|arriv\w+|parven\w+|parvien\w+"
    r"|réuss\w+|semble|sûrement|tend\w*|signal\w+ comme|volontiers|facilement|plutôt"
    r"|impression|l[’']air|décri\w+|rapport\w+|apparence\w*|impossib\w+|évoqu\w+|pressenti\w*)\b"
    r"|\b\w{2,}r(?:ai[st]|aient|ions|iez)\b",
    re.I,
)
STRONG_SCORE = 0.75
WEAK_SCORE = 0.45
"""The score of may, might, could, seem: none of three shown on good news was right."""
FREE_SCORE = 0.35
"""The score of may, might, could, seem where the verb is not translated by a word of its own: the
whole clause is said otherwise."""
CAN_SCORE = 0.3
"""The score of "can", which mostly says that somebody is able to."""


@check(
    id="hedges",
    type="Mistranslation",
    severity="major",
    title=_("Lost hedge"),
    help=_(
        "The source says “alleged”, “reportedly”, “perhaps”, “may” or the like; the translation "
        "says it as a fact. A conditional (“aurait”, “serait”), “selon”, “présumé” and many others "
        "count as hedges."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "The alleged thief was caught.",
            "Le voleur a été arrêté.",
            "“alleged”: hedge lost?",
        ),
        ("The firm reportedly paid.", "L’entreprise aurait payé.", ""),
    ),
)
def hedges(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report the first hedge of the source when the target has none at all."""
    if not pair.target or _HEDGED_FR.search(pair.target):
        return
    found = _STRONG.search(pair.source)
    score = STRONG_SCORE
    if not found:
        found = _WEAK.search(pair.source)
        if not found:
            return
        verb = content_words_after(pair.source_tokens, found.end(), 1)
        is_literal = any(is_translated(pair, word, axis=0) for word in verb)
        score = WEAK_SCORE if is_literal else FREE_SCORE
    if found.group().lower() == "can":
        score = CAN_SCORE
    yield Finding(
        "hedges",
        "Mistranslation",
        "major",
        score,
        _("“%(source)s”: hedge lost?"),
        {"source": found.group()},
        (Span(*found.span()),),
    )
