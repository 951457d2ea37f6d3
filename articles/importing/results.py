"""Say in words what becomes of each file of an import: as messages, which a reader of any language
can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from articles.detection.files import DetectedFile, other_claim
from articles.findings.messages import problem_message
from articles.formats import BadFile, detect_format
from articles.formats.interchange import TextNotes, Warnings
from articles.importing.bilingual import ImportCounts
from articles.importing.documents import Preview, StoredArticle
from articles.models import Article
from articles.models.messages import render_text
from articles.text.document import Document
from articles.text.messages import Message, gettext_noop, join, ngettext
from articles.text.messages import gettext as _

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
    """What becomes of one file: its name, a message, its kind, and its article once it is stored.

    ``kind`` is new, changed, returned, same, waiting or refused. ``is_text`` says that the file
    holds one text, which can be looked at before it is imported.
    """

    name: str
    message: Message
    kind: str = "refused"
    article: Article | None = None
    is_text: bool = False

    @property
    def sentence(self) -> str:
        """The message in the reader's language."""
        return render_text(self.message)

    @property
    def refused(self) -> bool:
        """Whether the file cannot be imported."""
        return self.kind == "refused"

    def as_line(self) -> dict[str, Any]:
        """Return the result as ``Import.lines`` holds it."""
        return {
            "name": self.name,
            "message": self.message.as_json(),
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
    return FileResult(name, problem_message(problem))


# ── pairs of documents ───────────────────────────────────────────────────────


def _describe_source(kind: str, count: int) -> Message:
    """Return what the preview says of a source document of ``count`` sentences.

    That there is a new article is said once, beside its translation.
    """
    if kind != "new":
        return _what_becomes_of_pair(kind, count)
    return ngettext(
        "%(language)s, %(role)s %(partner)s: %(count)s sentence.",
        "%(language)s, %(role)s %(partner)s: %(count)s sentences.",
        count,
    )


def _what_becomes_of_pair(kind: str, count: int) -> Message:
    """Return what the preview says of a document of ``count`` sentences, without its values."""
    if kind == "new":
        return ngettext(
            "%(language)s, %(role)s %(partner)s: new article, %(count)s sentence.",
            "%(language)s, %(role)s %(partner)s: new article, %(count)s sentences.",
            count,
        )
    if kind == "same":
        return _("%(language)s, %(role)s %(partner)s: already imported, nothing will change.")
    if kind == "page":
        return _(
            "%(language)s, %(role)s %(partner)s: same text in a new file. Exports will use "
            "the new file."
        )
    return ngettext(
        "%(language)s, %(role)s %(partner)s: new version, %(count)s sentence "
        "(new: %(new)s, gone: %(gone)s). Review work on unchanged sentences is kept.",
        "%(language)s, %(role)s %(partner)s: new version, %(count)s sentences "
        "(new: %(new)s, gone: %(gone)s). Review work on unchanged sentences is kept.",
        count,
    )


def preview_pair(source: Document, target: Document, preview: Preview) -> list[FileResult]:
    """Return the results that importing the pair would have, one for each document."""
    # Said once, beside the translation: the consequences are those of the pair.
    more = join(_describe_consequences(preview))
    results = []
    documents = (source, target)
    for document, words, side in zip(documents, _roles(source, target), preview.sides, strict=True):
        count, new, gone = side
        if document is source:
            sentence = _describe_source(preview.kind, count)
            consequences = Message()
        else:
            sentence = _what_becomes_of_pair(preview.kind, count)
            consequences = more
        text = sentence % {**words, "count": count, "new": new, "gone": gone}
        sentences = [text, _describe_claim(document), consequences]
        kind = "changed" if preview.kind == "page" else preview.kind
        results.append(FileResult(str(words["name"]), join(sentences), kind))
    return results


def _describe_claim(document: Document) -> Message:
    """Say that the name of a file claims another language than its words have, if it does."""
    claimed = other_claim(document)
    if not claimed:
        return Message()
    text = _("Its name says %(claimed)s, but its text is %(language)s.")
    names = {
        "claimed": Message(language=claimed),
        "language": Message(language=document.language),
    }
    return text % names


def _describe_consequences(preview: Preview) -> Iterator[Message]:
    """Say what a newer version does to the work on the earlier one."""
    if preview.article is not None and preview.kind == "changed":
        yield _("It is a new version of “%(title)s”.") % {"title": preview.article.title}
    if preview.changed:
        text = ngettext(
            "%(count)s sentence changed in one language: its flags move along, and it is to be "
            "reviewed again.",
            "%(count)s sentences changed in one language: their flags move along, and they are to "
            "be reviewed again.",
            preview.changed,
        )
        yield text % {"count": preview.changed}
    if preview.unplaced:
        text = ngettext(
            "%(count)s sentence with work on it changed in both languages or was removed: "
            "place its work by hand afterwards.",
            "%(count)s sentences with work on them changed in both languages or were removed: "
            "place their work by hand afterwards.",
            preview.unplaced,
        )
        yield text % {"count": preview.unplaced}
    if preview.alike is not None:
        text = _("“%(title)s” has the same text under other file names; this is another article.")
        yield text % {"title": preview.alike.title}


def _what_became_of_pair(stored: StoredArticle) -> Message:
    """Return what is said of a document of a stored pair, without its values."""
    if stored.kind == "new":
        return _("%(language)s, %(role)s %(partner)s: new article.")
    if stored.kind == "same":
        return _("%(language)s, %(role)s %(partner)s: already imported, nothing changed.")
    if stored.kind == "page":
        return _("%(language)s, %(role)s %(partner)s: same text; the new file is kept.")
    if stored.unplaced:
        return ngettext(
            "%(language)s, %(role)s %(partner)s: new version; work on %(unplaced)s earlier "
            "sentence has to be placed by hand.",
            "%(language)s, %(role)s %(partner)s: new version; work on %(unplaced)s earlier "
            "sentences has to be placed by hand.",
            stored.unplaced,
        )
    return _("%(language)s, %(role)s %(partner)s: new version; existing review work was kept.")


def describe_pair(source: Document, target: Document, stored: StoredArticle) -> list[FileResult]:
    """Return the results of a pair that was stored, one for each document."""
    kind = "changed" if stored.kind == "page" else stored.kind
    sentence = _what_became_of_pair(stored)
    results = []
    for document, words in zip((source, target), _roles(source, target), strict=True):
        text = sentence % {**words, "unplaced": stored.unplaced}
        if document is source and stored.kind == "new":
            # That there is a new article is said once, beside its translation.
            text = _("%(language)s, %(role)s %(partner)s.") % words
        if stored.remarks_left_out and document is target:
            text = join([text, describe_remarks_left_out(stored.remarks_left_out)])
        results.append(FileResult(str(words["name"]), text, kind, stored.article))
    return results


def _roles(source: Document, target: Document) -> list[dict[str, str | Message]]:
    """Return for each document its name and the words that say what it is to the other."""
    return [
        {
            "name": source.name,
            "language": Message(language=source.language),
            "role": _("source of"),
            "partner": target.name,
        },
        {
            "name": target.name,
            "language": Message(language=target.language),
            "role": _("translation of"),
            "partner": source.name,
        },
    ]


def refuse_unpaired(document: Document) -> FileResult:
    """Return the result of a document that no other one translates."""
    text = _("no document here is a translation of it (it is in %(language)s).")
    return FileResult(document.name, text % {"language": Message(language=document.language)})


def wait_for_partner(document: Document) -> FileResult:
    """Return the result of a document whose partner is missing, and that is kept."""
    text = _(
        "%(language)s: no translation of it found. It is kept until the other text is imported."
    )
    sentences = [
        text % {"language": Message(language=document.language)},
        _describe_claim(document),
    ]
    return FileResult(document.name, join(sentences), "waiting")


def ask_about_pair(source: Document, target: Document) -> list[FileResult]:
    """Return the results of two documents whose words deny what their names say."""
    results = []
    for document, partner in ((source, target), (target, source)):
        text = _(
            "%(language)s: by its name it belongs to %(partner)s, but the texts are not "
            "translations of each other."
        )
        values = {"language": Message(language=document.language), "partner": partner.name}
        results.append(FileResult(document.name, text % values, "waiting"))
    return results


def refuse_pair(source: Document, target: Document) -> list[FileResult]:
    """Return the same where nobody can be asked."""
    return [replace(result, kind="refused") for result in ask_about_pair(source, target)]


def with_file_split(results: Iterable[FileResult], name: str) -> list[FileResult]:
    """Return the results of two texts that were read of the one file of this name."""
    text = _("Both languages are in %(name)s.") % {"name": name}
    return [replace(each, message=join([text, each.message]), is_text=True) for each in results]


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
    return replace(result, message=join([result.message, text % {"count": left_out}]))


def with_notes(result: FileResult, notes: TextNotes | None, *, with_remarks: bool) -> FileResult:
    """Return the result of a text with how it was read, and with what people wrote on it."""
    if notes is None or result.kind not in ("new", "changed"):
        return result
    sentences = [result.message]
    count = len(notes.remarks)
    if not with_remarks:
        count = 0
    if count and result.kind == "new":
        text = ngettext(
            "%(count)s comment becomes a remark on its segment.",
            "%(count)s comments become remarks on their segments.",
            count,
        )
        sentences.append(text % {"count": count})
    elif count:
        text = ngettext(
            "%(count)s comment is not read, because this is a new version.",
            "%(count)s comments are not read, because this is a new version.",
            count,
        )
        sentences.append(text % {"count": count})
    sentences.extend(_describe_warnings(notes.warnings))
    return replace(result, message=join(sentences))


# ── files of pairs ───────────────────────────────────────────────────────────


def preview_table(
    detected: DetectedFile, counts: ImportCounts, warnings: Warnings | None
) -> FileResult:
    """Return the result that importing a file of pairs would have."""
    kind = "same" if counts.already_stored == counts.articles else "new"
    if counts.added_flags:
        kind = "changed"
    sentences = [
        *_describe_counts(counts),
        *_describe_format(detected),
        *_describe_warnings(warnings),
    ]
    return FileResult(detected.file.name, join(sentences), kind)


def describe_table_article(detected: DetectedFile, stored: StoredArticle, count: int) -> FileResult:
    """Return the result of one article that was stored from a file of pairs."""
    if stored.kind == "new":
        sentence = ngettext(
            "“%(title)s”: new article with %(count)s segment.",
            "“%(title)s”: new article with %(count)s segments.",
            count,
        )
    elif stored.added:
        sentence = ngettext(
            "“%(title)s”: %(added)s flag added to the existing article.",
            "“%(title)s”: %(added)s flags added to the existing article.",
            stored.added,
        )
    else:
        sentence = _("“%(title)s”: already imported, nothing changed.")
    text = sentence % {"title": stored.article.title, "count": count, "added": stored.added}
    if stored.remarks_left_out:
        text = join([text, describe_remarks_left_out(stored.remarks_left_out)])
    return FileResult(detected.file.name, text, stored.kind, stored.article)


def describe_remarks_left_out(count: int) -> Message:
    """Say that remarks of a file have no author here, and how to have them stored."""
    sentence = ngettext(
        "%(count)s remark by somebody without an account here is left out; name the "
        "importing user to keep it.",
        "%(count)s remarks by people without an account here are left out; name the "
        "importing user to keep them.",
        count,
    )
    return sentence % {"count": count}


def add_warnings(result: FileResult, warnings: Warnings | None) -> FileResult:
    """Return the result with what was left out of its file."""
    return replace(result, message=join([result.message, *_describe_warnings(warnings)]))


def preview_companion(name: str, table: FileResult) -> FileResult:
    """Return the result of a file whose texts are read together with the table that needs them."""
    text = _("read together with %(name)s, which contains its texts.")
    return replace(table, name=name, message=text % {"name": table.name})


def _describe_counts(counts: ImportCounts) -> Iterator[Message]:
    """Yield what the preview says of a table, a sentence each."""
    segments = ngettext(
        "%(languages)s: %(count)s segment.", "%(languages)s: %(count)s segments.", counts.pairs
    )
    source, target = counts.languages[-1]
    names = {"source": Message(language=source), "target": Message(language=target)}
    languages = Message("%(source)s – %(target)s", values=names)
    yield segments % {"languages": languages, "count": counts.pairs}
    if counts.articles > 1:
        yield _("In %(count)s articles.") % {"count": counts.articles}
    if counts.flags or counts.corrections or counts.findings:
        text = _("Flags: %(flags)s, corrections: %(corrections)s, findings: %(findings)s.")
        yield text % {
            "flags": counts.flags,
            "corrections": counts.corrections,
            "findings": counts.findings,
        }
    if counts.added_flags:
        text = ngettext(
            "Text already imported: %(count)s new flag will be added.",
            "Text already imported: %(count)s new flags will be added.",
            counts.added_flags,
        )
        yield text % {"count": counts.added_flags}
    elif counts.already_stored == counts.articles:
        yield _("Already imported, nothing will change.")
    elif counts.already_stored:
        text = ngettext(
            "%(count)s already imported.", "%(count)s already imported.", counts.already_stored
        )
        yield text % {"count": counts.already_stored}


def _describe_format(detected: DetectedFile) -> Iterator[Message]:
    """Say the format where the name does not tell it, and how to have the file read otherwise."""
    if not detected.by_content:
        return
    stem, _dot, ending = detected.file.name.rpartition(".")
    label = Message(detected.format.label)
    name_of_pairs = f"{stem}.pairs.{ending}"
    known, _by_content = detect_format(name_of_pairs, b"")
    if known is None:
        yield _("Detected by its content: %(label)s.") % {"label": label}
    else:
        text = _(
            "Detected by its content: %(label)s. Rename it to %(name)s to read it as plain "
            "pairs of texts."
        )
        yield text % {"label": label, "name": name_of_pairs}


def _describe_warnings(warnings: Warnings | None) -> Iterator[Message]:
    """Say what of a file is left out or read otherwise: each sentence once, and how often."""
    for warning, count in warnings or ():
        sentence = replace(problem_message(warning), is_sentence=True)
        if count == 1:
            yield Message("%(sentence)s.", values={"sentence": sentence})
        else:
            text = _("%(sentence)s (%(count)s times).")
            yield text % {"sentence": sentence, "count": count}
