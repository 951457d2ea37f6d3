"""The thresholds that a person may tune, in one place, each with its reason."""

from __future__ import annotations

SHOWN_SCORE = 0.5
"""A finding less likely than this is not shown unless it is asked for: more than half of those
shown are right."""

LIKELY_SCORE = 0.75
"""A finding at least this likely counts as likely, where only likely ones are shown: three of four
are right."""

DECISIONS_FOR_PRECISION = 10
"""A check's precision is shown from this many decisions: one accepted finding is not "100 %"."""

UNCERTAIN_ALIGNMENT = 0.5
"""A segment whose alignment score is lower than this is shown as uncertain and comes first when
segments are ordered by risk: nothing else can be judged in a wrongly aligned segment."""

CARET_DISTANCE = 30
"""New words within this many characters of a flag's caret count as put there: a correction rarely
begins at the very character."""

SAME_WORD_FILE = 0.5
"""A Word file that comes back belongs to an article when at least this share of the characters
stayed: an edited article keeps most of its words, another text hardly any."""

SAME_TABLE = 0.5
"""A file of segments that comes back belongs to an article when at least this share of its segments
is the article's: somebody may have split rows or edited sources, but hardly most of them."""

SAME_ARTICLE = 0.3
"""Two documents of one name are versions of one article when this share of the earlier one's
sentences is in the later one."""

SIMILAR_SEGMENT = 0.4
"""The share of common words (Dice) from which a segment is proposed as the newer form of another:
half of the words of an edited sentence stay, and a person looks at the proposal anyway."""

LOST_STOP = 0.6
"""The least similarity of each half of a run of words to its sentence of the other text, where that
text says that a full stop was lost between them (docs/decisions/0002)."""

LOST_STOP_LAG = 0.002
"""How much more similar the halves of another cut may be, where a full stop was lost: two more
words change hardly anything. Where two sentences were joined on purpose it is .01 and more."""

LANGUAGE_WORDS = 12
"""Words from which a text tells its language better than the name of its file: a title and a place
look like any language."""

PARTNER_WORDS = 30
"""Words from which two texts can deny what their names say, that one translates the other."""

ADDITION_WEIGHT = 0.54
"""The probability of an added phrase counts this much, so that one is shown from .93 on: of 41 on
good news that were likelier than .77 an editor would have looked at 11, and phrases added on
purpose have .91 to .96."""

COMMON_WORD = 5.5
"""Words more frequent than this on the Zipf scale (3 is rare, 7 is "the") carry grammar, not
content: their omission alone is less likely a fault."""

USUALLY_COMPLETE = -1.35
"""Added to the log odds of each phrase that seems to be dropped: two of three sentences that the
model learned from had an omission, and an article is better than that. With -0.45 and the model's
odds alone six were shown on 100 good news pairs, 41 of 99 rightly; two are shown now."""

LONE_WORD_DOUBT = 1.4
"""Taken off the log odds of a word that alone lacks its usual translations, with what the table
adds to them (docs/decisions/0029)."""

LOST_MODIFIER = 1.3
"""Added to the log odds of an adjective or adverb that seems to be lost: two are shown on 100 pairs
of good news, and most of these are really not in the translation (docs/decisions/0030)."""

LITERAL_WEIGHT = 1.5
"""How much it counts for each dropped phrase how literal the rest of its article is
(docs/decisions/0029)."""

LIST_ITEM = 0.7
"""The probability of an item that an enumeration lacks: two of 2,700 good pairs have one
(docs/decisions/0029)."""

SHORTER_WEIGHT = 2.5
"""What the log odds of an omission gain for each unit that the source comes nearer to the target
without its words."""

LEAST_DOUBT = -1.9
"""Omissions with lower log odds are not tried so: it takes three vectors of the sentence
encoder."""

SECOND_OMISSION = 0.175
"""A second dropped phrase in the same segment must be this likely by itself."""

TRANSLATED_NEARBY = 0.55
"""A word of a neighbouring segment at least this similar translates the word that seems to be
missing here."""

UNUSUAL_LENGTH = 2.5
"""Standard deviations from the article's usual ratio of lengths: of 500 good pairs none was that
far off, of 500 with dropped phrases 54 were."""

SHORT_TEXT = 40
"""Letters of a text so short that its length says little: its spread counts half as wide again."""

LONGEST_TEXT = 20_000
"""Characters of one segment's text that are taken: the longest paragraphs of newspapers have 3,000.
Every check is done with such a text within 2 seconds, whatever it is made of."""

LONGEST_READ_PAIR = 6_000
"""Characters of both texts of a pair together that the language models read. They take 0.25 seconds
for 1,000; a longer pair is compared by the checks that need no model."""

LONGEST_ENCODED = 2_000
"""Characters of a sentence that its vector is made of: time grows with the square of the length,
and what a sentence is about stands in its beginning."""

REPAIRED_LETTERS = 20_000
"""Characters on which repairs are tried for one pair: each repair has all checks run again."""

MOST_FINDINGS = 50
"""Findings of one check in one segment: who has seen fifty need not see the next."""

COUNTERPART = 0.52
"""A word has a counterpart when a word of the other side is at least this similar, as
``word_similarity`` learned it: "rise"–"augmenteront" has .72, "work"–"marche" .53,
"complex"–"ordinaire" .49, "high"–"faibli" .43."""

SAME_PLACE = 0.25
"""Two words that exclude each other are one in the place of the other when they are linked and at
least this similar in their sentences."""

WRAPPED_WIDTHS = (40, 100)
"""Characters of the longest line of a hard-wrapped text: wire copy and mail are wrapped at 60 to 80
columns, and a text whose longest line is longer has one paragraph a line."""

WRAPPED_BREAKS = 0.6
"""A text is hard-wrapped when at this share of its line breaks, empty lines left out, the next word
did not fit: a paragraph of three lines has two such breaks, and ends with one that is not."""

CUT_BY_WRAPPING = 0.3
"""And when at least this share of these breaks cut a sentence before a word in lower case:
lists and headlines are not wrapped because their lines happen to be equally long."""

VERSE_LINES = 4
VERSE_WIDTH = 45
"""A paragraph of this many lines, none longer than so many characters, is a poem, an address or a
list: headlines are balanced in two or three lines, and text columns are wider."""

MOVED_SENTENCE = 0.6
"""Cosine from which two sentences without partner are said to be the same one, moved: the
aligner accepts partners from 0.5 on, and here no neighbours confirm them."""

LEAST_MOVED_SENTENCE = 0.45
"""The same where every other sentence without partner is less similar by MOVED_SENTENCE_LEAD. In 94
news articles with sentences taken away, 97 of 100 moved ones are found instead of 94, and 2.0
instead of 1.2 of 100 lost ones are said to be moved."""
MOVED_SENTENCE_LEAD = 0.25

LINKED_TOKENS = 300
"""Words and marks of both texts of a segment up to which the desk asks for linked words: time grows
with their square, and a person waits for it."""

LONE_FRAGMENT_CERTAINTY = 0.3
"""How certainly words of the source without partner begin a sentence, from which on they are a
segment of their own. Below, as after "in" before a number, the translation dropped the end of a
sentence, and they stay with its beginning."""
