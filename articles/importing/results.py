"""Say in words what becomes of each file of an import, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language_info, gettext_noop, ngettext
from django.utils.translation import gettext as _

from articles.findings.messages import describe_problem
from articles.formats import BadFile, detect_format
from articles.formats.interchange import TextNotes, Warnings
from articles.importing.bilingual import ImportCounts
from articles.importing.detection import DetectedFile
from articles.importing.documents import Preview, StoredArticle
from articles.models import Article
from articles.text.document import Document

_PLACES = (
    gettext_noop("line"),
    gettext_noop("row"),
    gettext_noop("unit"),
    gettext_noop("entry"),
    gettext_noop("segment"),
    gettext_noop("sheet"),
)
"""What BadFile counts a file in."""
_LANGUAGES = (
    gettext_noop("English"),
    gettext_noop("French"),
    gettext_noop("Spanish"),
    gettext_noop("German"),
)
"""Languages within a sentence; Django's own catalogues have them as headings: “Anglais”."""


@dataclass(frozen=True)
class FileResult:
    """What becomes of one file: its name, a sentence, its kind, and its article once it is stored.

    ``kind`` is new, changed, returned, same or refused. ``is_text`` says that the file holds one
    text, which can be looked at before it is imported.
    """

    name: str
    sentence: str
    kind: str = "refused"
    article: Article | None = None
    is_text: bool = False

    @property
    def refused(self) -> bool:
        """Whether the file cannot be imported."""
        return self.kind == "refused"

    def as_line(self) -> dict[str, Any]:
        """Return the result as ``Import.lines`` holds it."""
        return {
            "name": self.name,
            "sentence": self.sentence,
            "refused": self.refused,
            "kind": self.kind,
            "article": self.article and self.article.pk,
            "text": self.is_text,
        }


def sort_by_name(results: Iterable[FileResult]) -> list[FileResult]:
    """Return the results in order of their files' names."""
    return sorted(results, key=lambda result: result.name)


def refuse(name: str, problem: BadFile) -> FileResult:
    """Return the result of a file that cannot be imported."""
    return FileResult(name, describe_problem(problem))


def language_name(code: str) -> str:
    """Return the language's name for the reader, such as “French”."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


# ── pairs of documents ───────────────────────────────────────────────────────


def preview_pair(source: Document, target: Document, preview: Preview) -> list[FileResult]:
    """Return the results that importing the pair would have, one for each document."""
    if preview.kind == "new":
        sentence = _("%(language)s, %(role)s %(partner)s: a new article, %(count)s sentences.")
    elif preview.kind == "same":
        sentence = _("%(language)s, %(role)s %(partner)s: already here, nothing will change.")
    else:
        sentence = _(
            "%(language)s, %(role)s %(partner)s: a new version; of %(count)s sentences %(new)s "
            "are new, and %(gone)s are gone. The review of what is the same will be kept."
        )
    results = []
    for words, side in zip(_roles(source, target), preview.sides, strict=True):
        count, new, gone = side
        values = {**words, "count": count, "new": new, "gone": gone}
        results.append(FileResult(words["name"], sentence % values, preview.kind))
    return results


def describe_pair(source: Document, target: Document, stored: StoredArticle) -> list[FileResult]:
    """Return the results of a pair that was stored, one for each document."""
    if stored.kind == "new":
        sentence = _("%(language)s, %(role)s %(partner)s: new article with %(count)s segments.")
    elif stored.kind == "same":
        sentence = _("%(language)s, %(role)s %(partner)s: already here, nothing changed.")
    else:
        sentence = _(
            "%(language)s, %(role)s %(partner)s: a new version, now %(count)s segments; "
            "the review was kept."
        )
    count = stored.article.segments.count()
    results = []
    for words in _roles(source, target):
        text = sentence % {**words, "count": count}
        if stored.remarks_left_out and words["name"] == target.name:
            text = f"{text} {describe_remarks_left_out(stored.remarks_left_out)}"
        results.append(FileResult(words["name"], text, stored.kind, stored.article))
    return results


def _roles(source: Document, target: Document) -> list[dict[str, str]]:
    """Return for each document its name and the words that say what it is to the other."""
    return [
        {
            "name": source.name,
            "language": language_name(source.language),
            "role": _("translated by"),
            "partner": target.name,
        },
        {
            "name": target.name,
            "language": language_name(target.language),
            "role": _("translates"),
            "partner": source.name,
        },
    ]


def refuse_unpaired(document: Document) -> FileResult:
    """Return the result of a document that no other one translates."""
    text = _("no other document here translates it (it is in %(language)s).")
    return FileResult(document.name, text % {"language": language_name(document.language)})


def with_lines_left_out(result: FileResult, left_out: int) -> FileResult:
    """Return the result of a file that holds one text, with how many of its lines are left out."""
    result = replace(result, is_text=True)
    if result.refused or not left_out:
        return result
    text = ngettext(
        "%(count)s line of the file is left out.",
        "%(count)s lines of the file are left out.",
        left_out,
    )
    return replace(result, sentence=f"{result.sentence} {text % {'count': left_out}}")


def with_notes(result: FileResult, notes: TextNotes | None, *, with_remarks: bool) -> FileResult:
    """Return the result of a text with how it was read, and with what people wrote on it."""
    if notes is None or result.kind not in ("new", "changed"):
        return result
    sentences = [result.sentence]
    count = len(notes.remarks)
    if not with_remarks:
        count = 0
    if count and result.kind == "new":
        text = ngettext(
            "%(count)s comment in it is a remark on its segment.",
            "%(count)s comments in it are remarks on their segments.",
            count,
        )
        sentences.append(text % {"count": count})
    elif count:
        text = ngettext(
            "%(count)s comment in it is not read, because this is a new version.",
            "%(count)s comments in it are not read, because this is a new version.",
            count,
        )
        sentences.append(text % {"count": count})
    sentences.extend(_describe_warnings(notes.warnings))
    return replace(result, sentence=" ".join(sentences))


# ── files of pairs ───────────────────────────────────────────────────────────


def preview_table(
    detected: DetectedFile, counts: ImportCounts, warnings: Warnings | None
) -> FileResult:
    """Return the result that importing a file of pairs would have."""
    kind = "same" if counts.already_stored == counts.articles else "new"
    sentences = [
        *_describe_counts(counts),
        *_describe_format(detected),
        *_describe_warnings(warnings),
    ]
    return FileResult(detected.file.name, " ".join(sentences), kind)


def describe_table_article(detected: DetectedFile, stored: StoredArticle, count: int) -> FileResult:
    """Return the result of one article that was stored from a file of pairs."""
    if stored.kind == "new":
        sentence = _("“%(title)s”: new article with %(count)s segments.")
    else:
        sentence = _("“%(title)s”: already here, nothing changed.")
    text = sentence % {"title": stored.article.title, "count": count}
    if stored.remarks_left_out:
        text = f"{text} {describe_remarks_left_out(stored.remarks_left_out)}"
    return FileResult(detected.file.name, text, stored.kind, stored.article)


def describe_remarks_left_out(count: int) -> str:
    """Say that remarks of a file have no author here, and how to have them stored."""
    sentence = ngettext(
        "%(count)s remark by somebody without an account here is left out; say who brings the file"
        " to keep it.",
        "%(count)s remarks by people without an account here are left out; say who brings the file"
        " to keep them.",
        count,
    )
    return sentence % {"count": count}


def add_warnings(result: FileResult, warnings: Warnings | None) -> FileResult:
    """Return the result with what was left out of its file."""
    sentence = " ".join([result.sentence, *_describe_warnings(warnings)])
    return replace(result, sentence=sentence)


def preview_companion(name: str, table: FileResult) -> FileResult:
    """Return the result of a file whose texts are read together with the table that needs them."""
    text = _("read together with %(name)s, whose texts it holds.")
    return replace(table, name=name, sentence=text % {"name": table.name})


def _describe_counts(counts: ImportCounts) -> Iterator[str]:
    pairs = ngettext(
        "%(languages)s: %(count)s pair.", "%(languages)s: %(count)s pairs.", counts.pairs
    )
    source, target = counts.languages[-1]
    languages = f"{language_name(source)} – {language_name(target)}"
    yield pairs % {"languages": languages, "count": counts.pairs}
    if counts.articles > 1:
        yield _("In %(count)s articles.") % {"count": counts.articles}
    if counts.flags or counts.corrections or counts.findings:
        text = _("With flags: %(flags)s, corrections: %(corrections)s, findings: %(findings)s.")
        yield text % {
            "flags": counts.flags,
            "corrections": counts.corrections,
            "findings": counts.findings,
        }
    if counts.already_stored == counts.articles:
        yield _("Already here, nothing will change.")
    elif counts.already_stored:
        text = ngettext(
            "%(count)s is here already.", "%(count)s are here already.", counts.already_stored
        )
        yield text % {"count": counts.already_stored}


def _describe_format(detected: DetectedFile) -> Iterator[str]:
    """Say the format where the name does not tell it, and how to have the file read otherwise."""
    if not detected.by_content:
        return
    stem, _dot, ending = detected.file.name.rpartition(".")
    label = _(detected.format.label)
    name_of_pairs = f"{stem}.pairs.{ending}"
    known, _by_content = detect_format(name_of_pairs, b"")
    if known is None:
        yield _("By its content it is read as: %(label)s.") % {"label": label}
    else:
        text = _(
            "By its content it is read as: %(label)s. "
            "Name it %(name)s to have it read as plain pairs of texts."
        )
        yield text % {"label": label, "name": name_of_pairs}


def _describe_warnings(warnings: Warnings | None) -> Iterator[str]:
    """Say what of a file is left out or read otherwise: each sentence once, and how often."""
    for warning, count in warnings or ():
        sentence = describe_problem(warning)
        sentence = sentence[0].upper() + sentence[1:]
        if count == 1:
            yield f"{sentence}."
        else:
            text = _("%(sentence)s (%(count)s times).")
            yield text % {"sentence": sentence, "count": count}
