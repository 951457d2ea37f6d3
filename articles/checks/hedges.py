"""Hedges lost: what is alleged, reported or only possible in the source, and plain fact in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

# Strong hedges carry the claim (libel hangs on them); weak ones are often said by a mood or not at all.
_STRONG = re.compile(
    r"\b(?:alleged(?:ly)?|reported(?:ly)?(?= (?:to|plan|deal|bid|attack|theft|victim|sighting))|reportedly"
    r"|purported(?:ly)?|supposed(?:ly)?|suspected|apparently|seemingly|presumed|presumably|possibly|(?<!it )(?<!as "
    r")possible|probabl[ey]|perhaps"
    r"|so-called|rumou?red|said to (?:be|have)|believed to (?:be|have)|thought to (?:be|have)|appears? to "
    r"(?:be|have))\b"
    r"|\b(?<!most )(?<!un)likely\b",
    re.I,
)
_WEAK = re.compile(
    r"(?<!whatever )(?<!whoever )\b(?:may|[Mm]ight|[Cc]ould|can|seems?|seemed|appeared? to)\b(?! (?:be able|not))"
)

_HEDGED_FR = re.compile(
    r"\b(?:présum\w+|prétend\w*|suppos\w*|soi-disant|soupçon\w*|suspect\w*|allég\w+|alléguée?s?|accus\w+|inculp\w+|apparemment|apparent\w*"
    r"|en apparence|vraisemblabl\w+|probabl\w+|possib\w+|peut-être|éventuel\w*|sans "
    r"doute|sembl\w+|appara[iî]\w*|paraît|paraissent|paraissait|parait"
    r"|serai[st]|seraient|aurai[st]|auraient|devrai[st]|devraient|pourr\w+|peu[txv]\w*|pouv\w+|puisse\w*|put|purent|pu|risqu\w+|susceptib\w+|censée?s?"
    r"|réput\w+|rumeur\w*|selon|d[’']après|on "
    r"dit|dit-on|dirait|affirm\w+|crédit|croi\w+|pens\w+|estim\w+|jug\w+|considér\w+|visiblement|manifestement|potentiel\w*"
    r"|hypothè\w+|hypothétiq\w+|plausib\w+|chances?|probabilité\w*|faudra\w*|faudrait|dénommée?s?|dit[es]?|fameu\w+|pseudo\w*|prévu\w*|prévoi\w+|dev(?:oir|ait|aient|ra|ront)|doit|doivent"
    r"|attend\w*|appelée?s?|nommée?s?|capables?|permet\w*|parfois|occasion|moyen|hasard|quasi\w*|presque|envisag\w+|ambition\w*|menac\w+|sait|savent|arriv\w+|parven\w+|parvien\w+|réuss\w+)\b"
    r"|\b\w{2,}r(?:ai[st]|aient|ions|iez)\b",
    re.I,
)


@check(
    id="hedges",
    type="Mistranslation",
    severity="major",
    title=_("Lost hedge"),
    help=_(
        "The source says alleged, reportedly, perhaps, may or the like; the translation says it as a fact. A "
        "conditional "
        "(aurait, serait), selon, présumé and many others count as hedges."
    ),
    languages=(("en", "fr"),),
    examples=(
        (
            "The alleged thief was caught.",
            "Le voleur a été arrêté.",
            "Possible lost hedge: “alleged”.",
        ),
        ("The firm reportedly paid.", "L’entreprise aurait payé.", ""),
    ),
)
def hedges(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """The first hedge of the source, when the target has none at all."""
    if not pair.target or _HEDGED_FR.search(pair.target):
        return
    strong = next(_STRONG.finditer(pair.source), None)
    weak = next(_WEAK.finditer(pair.source), None)
    found = strong or weak
    if found:
        score = 0.75 if strong else 0.35 if found.group().lower() == "can" else 0.55
        yield Finding(
            "hedges",
            "Mistranslation",
            "major",
            score,
            _("Possible lost hedge: “%(source)s”."),
            {"source": found.group()},
            (Span(*found.span()),),
        )
