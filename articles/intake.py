"""Floor 3: files come in. First they are examined: read, their languages and partners found, what would be refused
said; nothing is stored. Then the plan is carried out, each article whole or not at all.

A naming convention wins where it is there: ``name.en.txt`` and ``name.fr.txt`` belong together. All else is decided by
what the documents say. A file that cannot be taken is refused with a sentence; the good ones are taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import get_language_info, gettext_noop, ngettext
from django.utils.translation import gettext as _

from articles.formats import BadFile, Format, exchange, for_name
from articles.formats.exchange import LARGEST_TEXT, read_all
from articles.formats.plain import recognise
from articles.models import Article
from articles.pairs import Cancelled, Promise, store_pairs, take_back
from articles.storing import Outcome, forecast, store_article
from articles.text.detect import detect_language
from articles.text.document import Document
from articles.text.languages import LANGUAGES
from articles.text.pairing import pair_documents

SOURCE_LANGUAGE = "en"
Progress = Callable[[int, int], None]
"""Told (pieces done, all pieces); a piece is a pair of documents or a pair of texts. May raise pairs.Cancelled."""

_CONVENTION = re.compile(r"(?P<stem>.+)[._-](?P<language>[a-z]{2})(?P<ending>\.\w+)?", re.IGNORECASE)
_ENOUGH_PAIRS = 50
_HEAD = 100_000
_UNKNOWN_KIND = gettext_noop("files with this ending cannot be read")
_UNKNOWN_LANGUAGE = gettext_noop("its language is not one of those known here, or it holds too few words to tell")
_NOTHING = gettext_noop("there are no pairs in this file")
_PLACES = (
    gettext_noop("line"), gettext_noop("row"), gettext_noop("unit"), gettext_noop("entry"), gettext_noop("segment"),
)  # fmt: skip
"""What BadFile counts a file in."""
_NAMES = (gettext_noop("English"), gettext_noop("French"), gettext_noop("Spanish"), gettext_noop("German"))
"""Languages as they are called within a sentence; Django's own catalogues have them as headings: “Anglais”."""


class File(NamedTuple):
    """A file that came in: its name, and how to open it."""

    name: str
    open: Callable[[], BinaryIO]


def in_memory(name: str, data: bytes) -> File:
    """A file whose bytes are at hand."""
    return File(name, lambda: io.BytesIO(data))


def on_disk(path: Path, name: str = "") -> File:
    """A file of the file system."""
    return File(name or path.name, lambda: path.open("rb"))


@dataclass(frozen=True)
class Line:
    """What becomes of one file: its name, a sentence, ``kind`` new, changed, same or refused, and its article."""

    name: str
    sentence: str
    kind: str = "refused"
    article: Article | None = None

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken."""
        return self.kind == "refused"


@dataclass
class Plan:
    """What carrying out will do: pairs of documents, and files of aligned pairs with how many each holds."""

    pairs: list[tuple[Document, Document]] = field(default_factory=list)
    tables: list[tuple[File, Format, int]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def size(self) -> int:
        """All pieces of work."""
        return len(self.pairs) + sum(count for _file, _format, count in self.tables)


def take_in(files: Iterable[File], *, by: Any = None, progress: Progress | None = None) -> list[Line]:
    """Examine the files and carry the plan out at once. A line a file, in order of name."""
    plan = examine(files)
    refused = [line for line in plan.lines if line.refused]
    return sorted([*refused, *carry_out(plan, by=by, progress=progress)], key=lambda line: line.name)


def examine(files: Iterable[File]) -> Plan:
    """What would become of the files. Each is read to its end, so that what is promised can be kept."""
    plan = Plan()
    documents: list[Document] = []
    for file in files:
        try:
            found = _examined(file)
        except BadFile as problem:
            plan.lines.append(Line(file.name, said(problem)))
            continue
        if isinstance(found, Document):
            documents.append(found)
        else:
            known, promise, line = found
            plan.tables.append((file, known, promise.pairs))
            plan.lines.append(line)
    plan.pairs, alone = find_partners(documents)
    plan.lines += [Line(each.name, _no_partner(each)) for each in alone]
    for source, target in plan.pairs:
        plan.lines += _promise(source, target)
    plan.lines.sort(key=lambda line: line.name)
    return plan


class Stopped(Cancelled):
    """An import that was cancelled: ``left`` are the lines of what stays all the same."""

    def __init__(self, left: list[Line]) -> None:
        super().__init__()
        self.left = left


def carry_out(plan: Plan, *, by: Any = None, progress: Progress | None = None) -> list[Line]:
    """Store what the plan holds, and say of each file what became of it.

    Raises Stopped when it is cancelled: new articles are taken away again, unless somebody has begun to work on one.
    """
    lines: list[Line] = []
    try:
        lines.extend(_carried_out(plan, by=by, progress=progress))
    except Cancelled as problem:
        gone = {article for line in lines if line.kind == "new" and (article := line.article) and take_back(article)}
        raise Stopped([line for line in lines if line.article and line.article not in gone]) from problem
    return sorted(lines, key=lambda line: line.name)


def _carried_out(plan: Plan, *, by: Any, progress: Progress | None) -> Iterator[Line]:
    done = 0
    for source, target in plan.pairs:
        try:
            yield from _told(source, target, store_article(source, target, by=by))
        except BadFile as problem:
            yield from (Line(each.name, said(problem)) for each in (source, target))
        done += 1
        if progress:
            progress(done, plan.size)
    for file, known, count in plan.tables:

        def tell(stored: int, before: int = done) -> None:
            if progress:
                progress(before + stored, plan.size)

        try:
            yield from _store_table(file, known, by=by, progress=tell)
        except BadFile as problem:
            yield Line(file.name, said(problem))
        done += count


def read_document(name: str, text: str) -> Document:
    """The text as a document in a known language. Raises BadFile with a plain sentence."""
    named = _CONVENTION.fullmatch(name)
    language = named["language"].lower() if named and named["language"].lower() in LANGUAGES else detect_language(text)
    if language is None:
        raise BadFile(_UNKNOWN_LANGUAGE)
    return Document(name=name, language=language, text=text)


def find_partners(documents: Sequence[Document]) -> tuple[list[tuple[Document, Document]], list[Document]]:
    """Which documents translate each other, as (source, target), and those that no other one translates."""
    by_name: dict[str, dict[str, Document]] = {}
    for document in documents:
        if named := _CONVENTION.fullmatch(document.name):
            key = (named["stem"] + (named["ending"] or "")).casefold()
            by_name.setdefault(key, {}).setdefault(document.language, document)
    pairs = [
        (group[SOURCE_LANGUAGE], target)
        for group in by_name.values()
        for language, target in group.items()
        if SOURCE_LANGUAGE in group and language != SOURCE_LANGUAGE
    ]
    paired = {id(document) for pair in pairs for document in pair}
    rest = [each for each in documents if id(each) not in paired]
    if not rest:
        return pairs, []  # the sentence encoder is not loaded for nothing: it takes 150 MB
    found = pair_documents(rest, source_language=SOURCE_LANGUAGE)
    return pairs + [(pair.source, pair.target) for pair in found.pairs], list(found.unpaired)


def said(problem: BadFile) -> str:
    """The reason in the reader's language, with its place."""
    wanted = {name: _(str(problem.values[name])) for name in ("wanted",) if problem.values.get(name)}
    sentence = _(problem.message) % {**problem.values, **wanted}
    return at_place(problem.place, sentence) if problem.place else sentence


def at_place(place: str, sentence: str) -> str:
    """The sentence after its place in a file: “line 3: …”, in the reader's language."""
    word, blank, number = place.partition(" ")
    return _("%(place)s: %(sentence)s") % {"place": _(word) + blank + number, "sentence": sentence}


def language_name(code: str) -> str:
    """The language's name for the reader, such as “French”."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


# ── one file ─────────────────────────────────────────────────────────────────


def _examined(file: File) -> Document | tuple[Format, Promise, Line]:
    """A document, or the format of a file of pairs, what it would bring, and the line that says so."""
    known = for_name(file.name)
    with file.open() as stream:
        if known is None:
            recognise(stream.read(_HEAD))  # a Word 97 file, a PDF: there is more to say of it
            raise BadFile(_UNKNOWN_KIND)
        if known.read_text:
            data = read_all(stream, LARGEST_TEXT)
            document = read_document(file.name, known.read_text(data, name=file.name))
            return replace(document, page=data) if known.keeps_page else document
        promise, languages = Promise(), ""
        for article in _articles(known, stream, file.name):
            promise.add(article)
            languages = f"{language_name(article.source_language)} – {language_name(article.target_language)}"
    if not promise.pairs:
        raise BadFile(_NOTHING)
    kind = "same" if promise.here == promise.articles else "new"
    return known, promise, Line(file.name, _promised(promise, languages), kind)


def _promised(promise: Promise, languages: str) -> str:
    """What a file of pairs would bring, in words."""
    pairs = ngettext("%(languages)s: %(count)s pair.", "%(languages)s: %(count)s pairs.", promise.pairs)
    told = [pairs % {"languages": languages, "count": promise.pairs}]
    if promise.articles > 1:
        told.append(_("In %(count)s articles.") % {"count": promise.articles})
    if promise.flags or promise.corrections or promise.findings:
        text = _("With flags: %(flags)s, corrections: %(corrections)s, findings: %(findings)s.")
        told.append(text % vars(promise))
    if promise.here == promise.articles:
        told.append(_("Already here, nothing will change."))
    elif promise.here:
        text = ngettext("%(count)s is here already.", "%(count)s are here already.", promise.here)
        told.append(text % {"count": promise.here})
    return " ".join(told)


def _articles(known: Format, stream: BinaryIO, name: str) -> Iterator[exchange.Article]:
    """The articles of a file of pairs; where it does not name the languages, the first pairs tell them."""
    for article in known.read(stream, name=name) if known.read else ():
        if article.source_language and article.target_language:
            yield article
            continue
        rest = iter(article.segments)
        first = list(islice(rest, _ENOUGH_PAIRS))
        languages: dict[str, Any] = {
            f"{side}_language": getattr(article, f"{side}_language")
            or detect_language(" ".join(getattr(each, side) for each in first))
            for side in ("source", "target")
        }
        if not all(languages.values()):
            raise BadFile(_UNKNOWN_LANGUAGE)
        yield replace(article, segments=chain(first, rest), **languages)


def _store_table(file: File, known: Format, *, by: Any, progress: Callable[[int], Any]) -> Iterator[Line]:
    done = 0
    with file.open() as stream:
        for article in _articles(known, stream, file.name):
            outcome = store_pairs(article, by=by, progress=lambda n: progress(done + n))  # noqa: B023 - called before the loop goes on
            count = outcome.article.segments.count()
            done += count
            text = {
                "new": _("“%(title)s”: new article with %(count)s segments."),
                "same": _("“%(title)s”: already here, nothing changed."),
            }[outcome.kind]
            yield Line(
                file.name, text % {"title": outcome.article.title, "count": count}, outcome.kind, outcome.article
            )


def _told(source: Document, target: Document, outcome: Outcome) -> list[Line]:
    sentence = {
        "new": _("%(language)s, %(role)s %(partner)s: new article with %(count)s segments."),
        "same": _("%(language)s, %(role)s %(partner)s: already here, nothing changed."),
        "changed": _("%(language)s, %(role)s %(partner)s: a new version, now %(count)s segments; the review was kept."),
    }[outcome.kind]
    count = {"count": outcome.article.segments.count()}
    return [
        Line(name, sentence % (words | count), outcome.kind, outcome.article) for name, words in _both(source, target)
    ]


def _promise(source: Document, target: Document) -> list[Line]:
    sentence = {
        "new": _("%(language)s, %(role)s %(partner)s: a new article, %(count)s sentences."),
        "same": _("%(language)s, %(role)s %(partner)s: already here, nothing will change."),
        "changed": _(
            "%(language)s, %(role)s %(partner)s: a new version; of %(count)s sentences %(new)s are new, and %(gone)s"
            " are gone. The review of what is the same will be kept."
        ),
    }
    coming = forecast(source, target)
    return [
        Line(name, sentence[coming.kind] % (words | {"count": count, "new": new, "gone": gone}), coming.kind)
        for (name, words), (count, new, gone) in zip(_both(source, target), coming.sides, strict=True)
    ]


def _both(source: Document, target: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of each document, and the words that say what it is to the other."""
    for each, role, partner in (
        (source, _("translated by"), target),
        (target, _("translates"), source),
    ):
        yield each.name, {"language": language_name(each.language), "role": role, "partner": partner.name}


def _no_partner(document: Document) -> str:
    text = _("no other document here translates it (it is in %(language)s).")
    return text % {"language": language_name(document.language)}
