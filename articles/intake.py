"""Floor 3: files come in. Each is read, its language found, its partner found, and each pair stored as an article.

A naming convention wins where it is there: ``name.en.txt`` and ``name.fr.txt`` belong together. All else is decided by
what the documents say. A file that cannot be taken is refused with a sentence; the good ones are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from articles.formats.plain import BadFile, read_text
from articles.models import Article
from articles.storing import store_article
from articles.text.detect import detect_language
from articles.text.document import Document
from articles.text.languages import LANGUAGES
from articles.text.pairing import pair_documents

SOURCE_LANGUAGE = "en"
Progress = Callable[[int, int], None]
_CONVENTION = re.compile(r"(?P<stem>.+)[._-](?P<language>[a-z]{2})(?P<ending>\.\w+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """What became of one file: its name, a sentence, whether it was refused, and the article it is in."""

    name: str
    sentence: str
    refused: bool = False
    article: Article | None = None


def take_in(files: Iterable[tuple[str, bytes]], *, by: Any = None, progress: Progress | None = None) -> list[Line]:
    """Store the articles that ``files`` (name, bytes) hold, and say of each file what became of it, in order of name.

    ``progress`` is told (pairs stored, all pairs). A refused file changes nothing; every stored pair is whole.
    """
    documents: list[Document] = []
    lines: list[Line] = []
    for name, data in files:
        try:
            documents.append(read_document(name, data))
        except BadFile as problem:
            lines.append(Line(name, said(problem), refused=True))
    pairs, alone = find_partners(documents)
    lines += [Line(each.name, _no_partner(each), refused=True) for each in alone]
    for done, (source, target) in enumerate(pairs, start=1):
        lines += _store(source, target, by=by)
        if progress:
            progress(done, len(pairs))
    return sorted(lines, key=lambda line: line.name)


def read_document(name: str, data: bytes) -> Document:
    """The file as a document in a known language. Raises BadFile with a plain sentence."""
    text = read_text(data, name=name)
    named = _CONVENTION.fullmatch(name)
    language = named["language"].lower() if named and named["language"].lower() in LANGUAGES else detect_language(text)
    if language is None:
        raise BadFile(gettext_noop("its language is not one of those known here, or it holds too few words to tell"))
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
    found = pair_documents([each for each in documents if id(each) not in paired], source_language=SOURCE_LANGUAGE)
    return pairs + [(pair.source, pair.target) for pair in found.pairs], list(found.unpaired)


def _store(source: Document, target: Document, *, by: Any) -> list[Line]:
    outcome = store_article(source, target, by=by)
    sentence = {
        "new": _("%(language)s, %(role)s %(partner)s: new article with %(count)s segments."),
        "same": _("%(language)s, %(role)s %(partner)s: already here, nothing changed."),
        "changed": _("%(language)s, %(role)s %(partner)s: a new version, now %(count)s segments; the review was kept."),
    }[outcome.kind]
    count = outcome.article.segments.count()
    return [
        Line(
            each.name,
            sentence
            % {"language": language_name(each.language), "role": role, "partner": partner.name, "count": count},
            article=outcome.article,
        )
        for each, role, partner in ((source, _("translated by"), target), (target, _("translates"), source))
    ]


def said(problem: BadFile) -> str:
    """The reason in the reader's language, with its place."""
    sentence = _(problem.message) % problem.values
    return f"{problem.place}: {sentence}" if problem.place else sentence


def _no_partner(document: Document) -> str:
    language = language_name(document.language)
    return _("no other document here translates it (it is in %(language)s).") % {"language": language}


def language_name(code: str) -> str:
    """The language's name for the reader, such as “French”."""
    return str(get_language_info(code)["name_translated"])
