"""Search and replace in the target text of an article; what is chosen is sent for approval.

Places are looked for in the text in force. A replacement in a segment is one correction, whatever
the number of places in it, and goes the way of every proposal (``review.proposals``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Correction, Segment
from articles.review import actions
from articles.review.proposals import Proposal, submit_proposals, why_not_propose
from articles.text.typed_words import Folding, words_pattern

MOST_PLACES = 500
"""Places that a preview shows, and that one replacement may change."""
CONTEXT = 60
"""Letters shown on either side of a place, at most."""
_LETTER = re.compile(r"[^\W\d_]")
_BLANK = re.compile(r"\s")
_TYPESET = {"’": "'", "\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-"}
"""Marks that texts have → those that keyboards have, which find them."""


@dataclass(frozen=True)
class Search:
    """What is looked for, and what stands there instead."""

    words: str
    replacement: str
    whole_words: bool = True
    match_case: bool = True

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as a pattern, which finds what keyboards have not for what they have."""
        folding = Folding(capitals=not self.match_case)
        return re.compile(words_pattern(self.words, folding, whole_words=self.whole_words))

    def replacement_for(self, found: str) -> str:
        """Return what stands in the place of the words that were found.

        Where their capitals do not count and they stand otherwise than they were typed, they keep
        them: "Les" becomes "Des" and "LES" becomes "DES", when "les" is to become "des". So do
        apostrophes, hyphens and no-break spaces.
        """
        replacement = self._with_marks_of(found)
        if self.match_case or found == self.words:
            return replacement
        if _is_in_capitals(found) and not self.words.isupper():
            return replacement.upper()
        if _begins_with_capital(found) and not _begins_with_capital(self.words):
            return _with_capital(replacement)
        return replacement

    def _with_marks_of(self, found: str) -> str:
        """Return the replacement with the apostrophes, hyphens and blanks of what was found.

        Only where a keyboard's were typed in both: "10 000" to become "10 000" with a no-break
        space is what somebody asks for. Blanks are kept where there are as many.
        """
        replacement = self.replacement
        for mark, key in _TYPESET.items():
            if mark in found and mark not in self.words:
                replacement = replacement.replace(key, mark)
        typed = _BLANK.findall(self.words)
        blanks = _BLANK.findall(found)
        pieces = _BLANK.split(replacement)
        own = _BLANK.findall(replacement)
        if len(own) != len(typed) or len(own) != len(blanks):
            return replacement
        result = pieces[0]
        for mine, search, there, piece in zip(own, typed, blanks, pieces[1:], strict=True):
            is_plain = mine == search == " "
            result += (there if is_plain else mine) + piece
        return result


@dataclass(frozen=True)
class Place:
    """Words found in a segment's text in force, by their span in code points.

    ``replacement`` is what is to stand there; ``reason`` says why nothing can be proposed there,
    "" where it can.
    """

    segment: Segment
    start: int
    end: int
    replacement: str
    reason: str

    @property
    def value(self) -> str:
        """What a tick for the place sends: the segment, the revision it was seen in, the place."""
        return f"{self.segment.pk}:{self.segment.revision}:{self.start}"

    @property
    def found(self) -> str:
        """The words as they stand there."""
        return self.segment.text_in_force[self.start : self.end]

    @property
    def before(self) -> str:
        """The text before the words, shortened to whole words."""
        text = self.segment.text_in_force[: self.start]
        if len(text) <= CONTEXT:
            return text
        kept = text[-CONTEXT:]
        return f"…{kept.split(' ', 1)[-1]}"

    @property
    def after(self) -> str:
        """The text after the words, shortened to whole words."""
        text = self.segment.text_in_force[self.end :]
        if len(text) <= CONTEXT:
            return text
        kept = text[:CONTEXT]
        return f"{kept.rsplit(' ', 1)[0]}…"


def find_places(article: Article, search: Search, *, by: User) -> list[Place]:
    """Return where the words stand, in reading order, MOST_PLACES of them at most. Two queries."""
    places: list[Place] = []
    pattern = search.pattern
    rows = article.segments.order_by("position").with_text_in_force()
    for segment in rows.prefetch_related("corrections"):
        matches = list(pattern.finditer(segment.text_in_force))
        if not matches:
            continue
        segment.article = article
        text = _replace(segment.text_in_force, [match.span() for match in matches], search)
        reason = why_not_propose(segment, text, by=by)
        for match in matches:
            replacement = search.replacement_for(match[0])
            is_so = _("It already stands so.") if replacement == match[0] else ""
            places.append(Place(segment, *match.span(), replacement, reason or is_so))
    return places[:MOST_PLACES]


def wider_searches(search: Search) -> Iterator[tuple[str, Search]]:
    """Yield the searches that may find what this one does not, each with the option to clear."""
    if search.match_case:
        yield "match_case", replace(search, match_case=False)
    if search.whole_words:
        yield "whole_words", replace(search, whole_words=False)
    if search.match_case and search.whole_words:
        yield "both", replace(search, match_case=False, whole_words=False)


def replace_places(
    article: Article, search: Search, chosen: Collection[str], *, by: User
) -> tuple[list[Proposal], list[Correction]]:
    """Replace the words at the chosen places (``Place.value``) and send that for approval.

    Return a result for each segment, and the corrections that now await approval. A place whose
    segment changed since it was chosen is no longer found, and nothing happens there.
    """
    wanted = set(chosen)
    spans: dict[int, list[tuple[int, int]]] = {}
    segments: dict[int, Segment] = {}
    for place in find_places(article, search, by=by):
        if place.value in wanted:
            segments[place.segment.pk] = place.segment
            spans.setdefault(place.segment.pk, []).append((place.start, place.end))
    proposals = []
    for key, segment in segments.items():
        text = _replace(segment.text_in_force, spans[key], search)
        proposals.append((key, segment.revision, text))
    with transaction.atomic():
        results = submit_proposals(article, proposals, by=by)
    sent = []
    for proposal in results:
        if not proposal.reason:
            sent.append(proposal.segment.pk)
    waiting = Correction.objects.filter(
        segment__in=sent, author=by, status=Correction.Status.SUBMITTED
    )
    return results, list(waiting)


def undo_replacements(article: Article, numbers: Iterable[int], *, by: User) -> int:
    """Withdraw the corrections of one replacement that still await approval; return how many."""
    undone = 0
    with transaction.atomic():
        rows = Correction.objects.filter(
            pk__in=list(numbers),
            segment__article=article,
            author=by,
            status=Correction.Status.SUBMITTED,
        )
        for correction in rows.select_related("segment__article"):
            segment = correction.segment
            actions.withdraw(correction, by=by, revision=segment.revision)
            actions.discard_draft(segment, by=by)
            undone += 1
    return undone


def _replace(text: str, spans: Iterable[tuple[int, int]], search: Search) -> str:
    """Return the text with the replacement in the place of each span."""
    for start, end in sorted(spans, reverse=True):
        found = text[start:end]
        replacement = search.replacement_for(found)
        text = text[:start] + replacement + text[end:]
    return text


def _is_in_capitals(words: str) -> bool:
    """Return whether the words are in capitals; a single letter is the beginning of a word."""
    letters = _LETTER.findall(words)
    return words.isupper() and len(letters) > 1


def _begins_with_capital(words: str) -> bool:
    letter = _LETTER.search(words)
    return letter is not None and letter[0].isupper()


def _with_capital(words: str) -> str:
    """Return the words with a capital as their first letter."""
    return _LETTER.sub(lambda letter: letter[0].upper(), words, count=1)
