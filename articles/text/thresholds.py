"""The thresholds that a person may tune, in one place, each with its reason."""

from __future__ import annotations

SHOWN_SCORE = 0.5
"""A finding less likely than this is not shown unless it is asked for: more than half of those
shown are right."""

LIKELY_SCORE = 0.75
"""A finding at least this likely counts as likely, where only likely ones are shown: three of four
are right."""

UNCERTAIN_ALIGNMENT = 0.5
"""A segment whose alignment score is lower than this is shown as uncertain and comes first when
segments are ordered by risk: nothing else can be judged in a wrongly aligned segment."""

CARET_DISTANCE = 30
"""New words within this many characters of a flag's caret count as put there: a correction rarely
begins at the very character."""

SAME_WORD_FILE = 0.5
"""A Word file that comes back belongs to an article when at least this share of the characters
stayed: an edited article keeps most of its words, another text hardly any."""

SAME_ARTICLE = 0.3
"""Two documents of one name are versions of one article when this share of the earlier one's
sentences is in the later one."""
