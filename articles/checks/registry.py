"""What a check is given, what it answers, and the list of all of them."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from articles.omissions.word_aligner import WordLinks, align_words
from articles.text.document import Span
from articles.text.thresholds import SHOWN_SCORE
from articles.text.tokens import Token, tokens


class Pair:
    """A segment as a check sees it: two texts, their languages and the neighbours; words are split once for all checks.

    ``source`` or ``target`` is "" in an omission or addition segment. ``previous`` and ``following`` are the texts
    (source, target) of the segments around it, for words that moved over a boundary. An instance is not to be changed.
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

    @cached_property
    def source_tokens(self) -> list[Token]:
        """The words, numbers and marks of the source."""
        return tokens(self.source)

    @cached_property
    def target_tokens(self) -> list[Token]:
        """The words, numbers and marks of the target."""
        return tokens(self.target)

    @cached_property
    def links(self) -> WordLinks:
        """Which source word translates which target word."""
        return align_words(self.source, self.source_tokens, self.target, self.target_tokens)


@dataclass(frozen=True)
class ArticleFacts:
    """What is known of the whole article: every check may ask, most need not.

    ``length_ratio`` is the typical number of target letters per source letter, ``length_spread`` the standard
    deviation of its logarithm; both are priors where the article is short. ``pairs`` are the article's (source, target)
    texts in order, empty when a pair is checked alone.
    """

    length_ratio: float = 1.12
    length_spread: float = 0.22
    pairs: Sequence[tuple[str, str]] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    do_not_translate: Collection[str] = ()


@dataclass(frozen=True)
class Finding:
    """One doubt: which check, the MQM-Core type, and where.

    ``message`` is a sentence with named places, ``values`` fills them, so that the screen can translate the sentence.
    ``score`` in 0…1 is how likely an editor would agree. Spans are code points of the pair's own texts, end exclusive;
    ``caret`` is the place in the target where missing words belong.
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

    @property
    def text(self) -> str:
        """The reason in plain English words."""
        return self.message % self.values

    def fingerprint(self, source: str, target: str) -> str:
        """A name for the doubt and the very words it rests on: the same words, the same name, wherever they stand.

        A check without spans rests on the whole pair. Used to remember dismissals (DESIGN §4.6).
        """
        words = (
            [span.of(source) for span in self.source_spans]
            + ["|"]
            + [span.of(target) for span in self.target_spans]
        )
        if not self.source_spans and not self.target_spans:
            words = [source, "|", target]
        if self.caret is not None:
            words += ["^", target[max(0, self.caret - 12) : self.caret + 12]]
        return hashlib.sha256(
            "\x1f".join([self.check, self.type, *words]).encode("utf-8", "surrogatepass")
        ).hexdigest()


CheckFunction = Callable[[Pair, ArticleFacts], Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """A registered check: its id, MQM type, default severity, title, and the sentence that explains it to an editor.

    ``examples`` are for its page in the help: (source, target, what the check says of them, "" for nothing).
    """

    id: str
    type: str
    severity: str
    title: str
    help: str
    run: CheckFunction
    languages: tuple[tuple[str, str], ...] = ()
    examples: tuple[tuple[str, str, str], ...] = ()

    def applies(self, pair: Pair) -> bool:
        """Whether the check knows the pair's languages ("" stands for any)."""
        wanted = (pair.source_language, pair.target_language)
        return not self.languages or any(
            all(rule in ("", language) for rule, language in zip(rules, wanted, strict=True))
            for rules in self.languages
        )


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
) -> Callable[[CheckFunction], CheckFunction]:
    """Register the decorated function. ``languages`` lists (source, target) codes, "" for any; none for all."""

    def register(run: CheckFunction) -> CheckFunction:
        if id in CHECKS:
            raise ValueError(f"two checks are called {id}")
        CHECKS[id] = Check(id, type, severity, title, help, run, languages, examples)
        return run

    return register


def run_checks(
    pair: Pair,
    article: ArticleFacts | None = None,
    *,
    only: Collection[str] | None = None,
    unlikely: bool = False,
) -> list[Finding]:
    """All findings of the pair, likeliest first. ``only`` names the checks; ``unlikely`` keeps scores below SHOWN."""
    article = article or ArticleFacts()
    found = [
        finding
        for each in CHECKS.values()
        if (only is None or each.id in only) and each.applies(pair)
        for finding in each.run(pair, article)
        if unlikely or finding.score >= SHOWN_SCORE
    ]
    return sorted(found, key=lambda finding: -finding.score)


def load_all() -> None:
    """Import every module of this package and of its sub-packages once, so that each check registers itself."""
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], "articles.checks."):
        importlib.import_module(module.name)
