"""The verbs with which news says who spoke, in English and in French, as parts of patterns."""

from __future__ import annotations

SAID = (
    r"(?:said|told|added|explained|wrote|insisted|noted|recalled|admitted|concluded|continued|asked"
    r"|warned|claimed|stated|replied|acknowledged|stressed)"
)
SAYS = r"(?:says|tells|adds|explains|writes|insists|notes|recalls|admits|concludes|asks)"
"""Without "states" and "claims", which are nouns: “the United States”."""
A_DIT = (
    r"(?:dit|déclaré|expliqué|ajouté|affirmé|précisé|indiqué|confié|raconté|souligné|écrit|insisté"
    r"|noté|rappelé|reconnu|admis|conclu|poursuivi|demandé|assuré|estimé|lancé|répondu|averti"
    r"|(?<!le )(?<!du )(?<!au )prévenu|avoué|commenté)"
)
"""Participles behind an auxiliary: *a déclaré*, *a-t-elle dit*. *Le prévenu* is an accused."""
DIT = r"(?:dit|écrit|conclut|poursuit|reconnaît|admet|répond|soutient|avertit|prévient)"
"""Forms that end in a "t", so that *il* follows at once: *dit-il*."""
EXPLIQUE = (
    r"(?:explique|ajoute|affirme|précise|indique|confie|raconte|souligne|insiste|note|rappelle"
    r"|demande|assure|estime|lance|déclare|avoue|commente)"
)
"""Forms that take a "t" before *il*: *explique-t-il*."""
