"""The input of a check, its output, and the registry of all checks."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path

from articles.omissions.pair_parts import PairPart, linked_parts
from articles.text.document import Span
from articles.text.spelling import ComposedText, compose_with_places
from articles.text.thresholds import MOST_FINDINGS, REPAIRED_LETTERS, SAME_PLACE, SHOWN_SCORE
from articles.text.tokens import Token, tokens

Remedy = tuple[tuple[Span, str], ...]
"""What would repair a fault: places in the target, in order, each with its new words."""


class Pair:
    """A segment as a check sees it: two texts, their languages and the neighbouring segments.

    ``source`` or ``target`` is "" in a segment without partner. ``previous`` and ``following`` are
    the texts (source, target) of the segments around it, for words that moved over a boundary.
    Tokens and links are computed once for all checks, so an instance must not be changed.
    """

    def __init__(
        self,
        source: str,
        target: str,
        *,
        source_language: str = "en",
        target_language: str = "fr",
        previous: tuple[str, str] = ("", ""),
        following: tuple[str, str] = ("", ""),
    ) -> None:
        self.source = source
        self.target = target
        self.source_language = source_language
        self.target_language = target_language
        self.previous = previous
        self.following = following

    def with_target(self, target: str) -> Pair:
        """Return the pair with another target: a draft of a correction."""
        return self.with_texts(self.source, target)

    def with_texts(self, source: str, target: str) -> Pair:
        """Return the pair with other texts."""
        return Pair(
            source,
            target,
            source_language=self.source_language,
            target_language=self.target_language,
            previous=self.previous,
            following=self.following,
        )

    @cached_property
    def source_tokens(self) -> list[Token]:
        """The words, numbers and marks of the source."""
        return tokens(self.source)

    @cached_property
    def target_tokens(self) -> list[Token]:
        """The words, numbers and marks of the target."""
        return tokens(self.target)

    @cached_property
    def parts(self) -> list[PairPart]:
        """The parts of the pair that translate each other, with their linked words.

        They are its sentences where it has several, else the whole pair.
        """
        languages = (self.source_language, self.target_language)
        return linked_parts(
            self.source, self.source_tokens, self.target, self.target_tokens, languages
        )

    @cached_property
    def linked_starts(self) -> dict[int, list[int]]:
        """Where the target's words begin that each word of the source is linked to, by where that
        one begins."""
        starts: dict[int, list[int]] = defaultdict(list)
        for part in self.parts:
            for i, j in part.links.links:
                if part.links.similarity[i, j] >= SAME_PLACE:
                    starts[part.source[i].start].append(part.target[j].start)
        return dict(starts)


@dataclass(frozen=True)
class ArticleFacts:
    """Facts about the whole article, for the checks that need them.

    ``length_ratio`` is the typical number of target letters per source letter, ``length_spread``
    the standard deviation of its logarithm; the defaults hold where the article is short.
    ``pairs`` are the (source, target) texts, in order, of the checked batch and of up to 500
    segments on either side, as the machine wrote them; a draft that is checked takes the place of
    its segment's target. They are empty when one pair is checked alone. ``glossary`` maps a source
    term to its translations, separated by "|".
    """

    length_ratio: float = 1.12
    length_spread: float = 0.22
    pairs: Sequence[tuple[str, str]] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    do_not_translate: Collection[str] = ()


@dataclass(frozen=True)
class Finding:
    """One possible fault: which check found it, its MQM-Core type, and where it is.

    ``message`` is a sentence with named placeholders that ``values`` fill, so that the sentence
    can be translated where it is shown. ``score``, 0 to 1, is how likely an editor would agree.
    Spans are code points of the pair's own texts, end exclusive; ``caret`` is the place in the
    target where missing words belong. ``remedy`` is the repair that the check proposes;
    ``run_checks`` keeps it only where it helps.
    """

    check: str
    type: str
    severity: str
    score: float
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    caret: int | None = None
    remedy: Remedy = ()

    @property
    def text(self) -> str:
        """The message in English, with its values."""
        return self.message % self.values

    def fingerprint(self, source: str, target: str) -> str:
        """Return a digest of the check, the type and the words that the finding rests on.

        The same words give the same digest wherever they stand, so a dismissal is remembered
        while they are the same. A finding without spans rests on the whole pair.
        """
        if self.source_spans or self.target_spans:
            source_words = [span.of(source) for span in self.source_spans]
            target_words = [span.of(target) for span in self.target_spans]
            words = [*source_words, "|", *target_words]
        else:
            words = [source, "|", target]
        if self.caret is not None:
            words += ["^", target[max(0, self.caret - 12) : self.caret + 12]]
        content = "\x1f".join([self.check, self.type, *words])
        # A document may hold lone surrogates, which strict UTF-8 refuses.
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def mistranslation(
    check: str, message: str, score: float, pair: Pair, source: Span, target: Span
) -> Finding:
    """Return the finding of words of the source that the target says wrongly.

    ``message`` names both, as %(source)s and %(target)s.
    """
    values = {"source": source.of(pair.source), "target": target.of(pair.target)}
    return Finding(check, "Mistranslation", "major", score, message, values, (source,), (target,))


def language_name(code: str) -> str:
    """Return the name of a language in a sentence."""
    names = {"de": "German", "en": "English", "es": "Spanish", "fr": "French"}
    return names.get(code, code)


MARKS_BOTH_SIDES = frozenset(("negation", "hedges"))
"""Checks that mark, beside a lost word of the source, the words of the target without it."""

MEASURED = (("en", "fr"),)
"""The languages of the news and of the real machine translation on which checks are measured."""
FROM_ENGLISH = (("en", "fr"), ("en", "de"), ("en", "es"))
BOTH_WAYS = (*FROM_ENGLISH, ("fr", "en"), ("de", "en"), ("es", "en"))
"""The languages that have word lists: from English, and to it, too."""

CheckFunction = Callable[[Pair, ArticleFacts], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """A registered check.

    ``type`` and ``severity`` are what its page of help says; each finding names its own.
    ``title`` and ``help`` explain the check to an editor. ``measured`` lists the (source, target)
    codes for which it was measured how often it is right. ``examples`` are shown on its help page:
    (source, target, the finding's message), "" for no finding. ``languages`` lists (source, target)
    codes, "" for any; empty for all.
    """

    id: str
    type: str
    severity: str
    title: str
    help: str
    run: CheckFunction
    languages: tuple[tuple[str, str], ...] = ()
    examples: tuple[tuple[str, str, str], ...] = ()
    measured: tuple[tuple[str, str], ...] = MEASURED

    def applies(self, pair: Pair) -> bool:
        """Return whether the check knows the languages of ``pair``."""
        if not self.languages:
            return True
        for source, target in self.languages:
            if source not in ("", pair.source_language):
                continue
            if target in ("", pair.target_language):
                return True
        return False


CHECKS: dict[str, Check] = {}


def check(
    *,
    id: str,
    type: str,
    severity: str,
    title: str,
    help: str,
    languages: tuple[tuple[str, str], ...] = (),
    examples: tuple[tuple[str, str, str], ...] = (),
    measured: tuple[tuple[str, str], ...] = MEASURED,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register the decorated function as a check; the arguments are the fields of Check.

    Raises ValueError when another check has the same id.
    """

    def register(run: CheckFunction) -> CheckFunction:
        if id in CHECKS:
            raise ValueError(f"two checks are called {id}")
        CHECKS[id] = Check(id, type, severity, title, help, run, languages, examples, measured)
        return run

    return register


def run_checks(
    pair: Pair,
    article: ArticleFacts | None = None,
    *,
    only: Collection[str] | None = None,
    unlikely: bool = False,
    go_on: Callable[[], None] | None = None,
) -> list[Finding]:
    """Return the findings of ``pair``, likeliest first.

    ``go_on`` is called before each check; what it raises ends the run.

    ``only`` names the checks to run; ``unlikely`` keeps findings with a score below SHOWN_SCORE.
    A finding keeps its remedy only if the same checks, run on the target with it, lose this
    finding and gain none; where there are many in long texts, the last ones lose theirs. A check
    has MOST_FINDINGS at most. An omission or addition is left out where another that is shown holds
    its words.
    Texts in another spelling of the same characters give the same findings; codes between the
    words are not read.
    """
    source = compose_with_places(pair.source)
    target = compose_with_places(pair.target)
    find = partial(_find, article=article or ArticleFacts(), only=only, go_on=go_on)
    if (source.text, target.text) == (pair.source, pair.target):
        return _likeliest(pair, find, unlikely=unlikely)
    composed = _likeliest(pair.with_texts(source.text, target.text), find, unlikely=unlikely)
    return [_in_original(finding, source, target) for finding in composed]


def _likeliest(
    pair: Pair, find: Callable[[Pair], list[Finding]], *, unlikely: bool
) -> list[Finding]:
    """Return what ``find`` finds in the pair, likeliest first, with the remedies that help."""
    found = find(pair)
    result: list[Finding] = []
    untried = REPAIRED_LETTERS
    for finding in found:
        if finding.score < SHOWN_SCORE and not unlikely:
            continue
        if finding.remedy:
            untried -= len(pair.source) + len(pair.target)
            if untried < 0 or not _is_helpful(finding, pair, found, find):
                finding = replace(finding, remedy=())
        result.append(finding)
    likeliest = sorted(_said_once(result), key=lambda finding: -finding.score)
    return _each_place_once(likeliest)


def _said_once(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings without the omissions and additions that a shown one holds, too."""
    kept = _without_held(found, "Omission", _source_letters)
    kept = _without_held(kept, "Addition", _target_letters)
    return _without_explained(kept)


def _without_explained(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings without "unusually short" where lost words are shown that explain it.

    They are at least half as long as what is missing.
    """
    omissions = [each for each in found if each.type == "Omission" and each.score >= SHOWN_SCORE]
    places = map(_source_letters, omissions)
    lost = len(frozenset(chain.from_iterable(places)))
    short = filter(_is_short_length, omissions)
    explained = {id(each) for each in short if lost * 2 >= _missing_letters(each)}
    return _without(found, explained)


def _is_short_length(finding: Finding) -> bool:
    return finding.check == "length"


def _missing_letters(short: Finding) -> int:
    """Return how many letters the translation is too short."""
    expected = int(short.values["expected"])
    length = int(short.values["length"])
    return expected - length


def _each_place_once(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings, likeliest first, without those about the words of a better one.

    They are mistranslations that mark words of the same two places ("Unit differs", "Word
    differs"), additions of words that are said to be wrong, and omissions of little more than a
    word whose own loss ("never") is shown or likelier.
    """
    said: list[Finding] = []
    shown = [each for each in found if each.score >= SHOWN_SCORE]
    for each in found:
        others = [*said, *shown] if each.type in ("Omission", "Addition") else said
        if not any(_says_more(other, each) for other in others):
            said.append(each)
    return said


def _says_more(other: Finding, finding: Finding) -> bool:
    """Return whether ``other`` is about the words of ``finding``, and says more of them."""
    if other.type != "Mistranslation":
        return False
    if finding.type == "Addition":
        added = _target_letters(finding)
        return bool(added) and added <= _target_letters(other)
    source = _source_letters(finding) & _source_letters(other)
    if finding.type == "Omission":
        is_loss = not other.target_spans or other.check in MARKS_BOTH_SIDES
        return is_loss and len(source) * 2 >= len(_source_letters(finding))
    if finding.type != "Mistranslation" or not source:
        return False
    return bool(_target_letters(finding) & _target_letters(other))


def _without_held(
    found: Sequence[Finding], kind: str, letters_of: Callable[[Finding], frozenset[int]]
) -> list[Finding]:
    """Return the findings without those of a kind whose words another, shown one has, too.

    Of several with the very same words the likeliest stays.
    """
    alike = [each for each in found if each.type == kind and letters_of(each)]
    letters = {id(each): letters_of(each) for each in alike}
    shown = [letters[id(each)] for each in alike if each.score >= SHOWN_SCORE]
    said: set[frozenset[int]] = set()
    held: set[int] = set()
    for each in sorted(alike, key=lambda finding: -finding.score):
        own = letters[id(each)]
        if own in said or any(map(own.__lt__, shown)):
            held.add(id(each))
        said.add(own)
    return _without(found, held)


def _without(found: Sequence[Finding], held: Collection[int]) -> list[Finding]:
    return [each for each in found if id(each) not in held]


def _source_letters(finding: Finding) -> frozenset[int]:
    """Return the places in the source that the finding marks."""
    return frozenset(chain.from_iterable(range(*span) for span in finding.source_spans))


def _target_letters(finding: Finding) -> frozenset[int]:
    """Return the places in the target that the finding marks."""
    return frozenset(chain.from_iterable(range(*span) for span in finding.target_spans))


def _in_original(finding: Finding, source: ComposedText, target: ComposedText) -> Finding:
    """Return the finding with its places in the texts as they were written."""
    caret = finding.caret
    if caret is not None:
        caret = target.places[caret]
    return replace(
        finding,
        source_spans=tuple(source.original(span) for span in finding.source_spans),
        target_spans=tuple(target.original(span) for span in finding.target_spans),
        caret=caret,
        remedy=_remedy_in_original(finding.remedy, target),
    )


def _remedy_in_original(remedy: Remedy, target: ComposedText) -> Remedy:
    """Return the remedy with its places in the text as it was written; none that loses a code."""
    moved = tuple((target.original(span), words) for span, words in remedy)
    if any(target.has_code(span) for span, _words in moved):
        return ()
    return moved


def _find(
    pair: Pair,
    article: ArticleFacts,
    only: Collection[str] | None,
    go_on: Callable[[], None] | None,
) -> list[Finding]:
    """Return what the checks find, the unlikely too, in the order of the registry."""
    found: list[Finding] = []
    for each in CHECKS.values():
        if only is not None and each.id not in only:
            continue
        if each.applies(pair):
            if go_on is not None:
                go_on()
            found.extend(islice(each.run(pair, article), MOST_FINDINGS))
    return found


def _is_helpful(
    finding: Finding,
    pair: Pair,
    found: Sequence[Finding],
    find: Callable[[Pair], list[Finding]],
) -> bool:
    """Return whether the finding's remedy removes it, brings no other, and changes its place only.

    ``found`` are the findings of ``pair`` as it is, ``find`` returns those of another. Findings are
    compared by check and message without their words: the words of another finding may be those
    that the remedy changes.
    """
    if not _keeps_to_its_place(finding):
        return False
    repaired = pair.with_target(apply_remedy(pair.target, finding.remedy))
    before = Counter((each.check, each.message) for each in found)
    after = Counter((each.check, each.message) for each in find(repaired))
    before[finding.check, finding.message] -= 1
    return after <= before


def _keeps_to_its_place(finding: Finding) -> bool:
    """Return whether the remedy changes nothing outside the words that the finding marks."""
    if not finding.target_spans:
        return False
    start = min(span.start for span in finding.target_spans)
    end = max(span.end for span in finding.target_spans)
    return all(start <= span.start and span.end <= end for span, _words in finding.remedy)


def apply_remedy(text: str, remedy: Remedy) -> str:
    """Return ``text`` with the remedy's words in their places."""
    for span, words in reversed(remedy):
        text = text[: span.start] + words + text[span.end :]
    return text


def load_all() -> None:
    """Import every module of this package and its sub-packages, so that each check registers."""
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], "articles.checks."):
        importlib.import_module(module.name)
