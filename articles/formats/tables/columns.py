"""Which column of a table of pairs is what: by the names that people and tools give, in English and French, or by the
languages they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from articles.formats.interchange import BadFile
from articles.text.messages import gettext_noop as _

_NAMES = {
    "source": "source|src|original|source text|source segment|texte source|segment source|texte original|phrase source",
    "target": "target|tgt|hypothesis|mt|machine|translation|target text|target segment|mt output|cible|traduction"
    "|texte cible|segment cible|texte traduit|phrase cible|traduction automatique",
    "corrected": "corrected|post-edit|post-edited|postedit|pe|correction|corrigé|texte corrigé|traduction corrigée",
    "segment": "segment|id|segment id|tuid|identifiant|no|no.|n°|nº|numéro|number",
    "article": "article|doc|document|titre|fichier|file",
    "comment": "comment|comments|note|notes|remark|commentaire|commentaires|remarque|remarques",
    "status": "status|statut|état",
    "author": "author|auteur",
    "submitted": "submitted|soumis",
    "decided by": "decided by|décidé par",
    "decided": "decided|décidé",
    "reason": "reason|raison|motif",
    "source language": "source language|langue source|source lang",
    "target language": "target language|langue cible|target lang",
    "file holds": "file holds",
    "flags": "flags|signalements",
    "change": "change",
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_LANGUAGES = {
    "english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr", "german": "de",
    "allemand": "de", "spanish": "es", "espagnol": "es", "italian": "it", "italien": "it", "portuguese": "pt",
    "portugais": "pt", "dutch": "nl", "néerlandais": "nl",
}  # fmt: skip
_CODES = {*_LANGUAGES.values(), "ar", "bg", "ca", "cs", "da", "el", "et", "fi", "hu", "ja", "ko", "lt", "lv", "pl",
          "ro", "ru", "sk", "sl", "sv", "tr", "uk", "zh"}  # fmt: skip
_CODE = re.compile(r"([a-z]{2})(?:[-_ ][a-z]{2,4})?")
_SIDE = re.compile(r"(.+?) ?[-:(\[ ] ?([^()\[\]]+)[)\]]?")
_NUMBER = re.compile(r"(?=\S*\d)[\w.#:-]{1,20}")

_NO_COLUMNS = _(
    "the first line does not name the columns “source” and “target”, and there are not just two columns"
)
NO_HEADER = _(
    "the first row names no columns, so the first text counts as the source and the second as the target"
)
UNKNOWN = _("these columns are not known here and are left out: %(columns)s")


class Columns(NamedTuple):
    """Which column holds what, the two languages where the header says so, and whether the row is a header at all.

    ``width`` is how many columns have a name, ``unknown`` the names nobody here knows.
    """

    places: dict[str, int]
    languages: tuple[str, str] = ("", "")
    is_header: bool = True
    width: int = 0
    unknown: tuple[str, ...] = ()


def find_columns(row: Sequence[str], place: str) -> Columns:
    """The columns of a table by its first row. Raises BadFile where nobody can tell source and target."""
    found: dict[str, int] = {}
    languages = {"source": "", "target": ""}
    spoken: list[tuple[int, str]] = []
    unknown: list[int] = []
    for at, cell in enumerate(row):
        column, language = _meaning(cell)
        if column and column not in found:
            found[column] = at
            if column in languages:
                languages[column] = language
        elif language and not column:
            spoken.append((at, language))
        elif cell.strip():
            unknown.append(at)
    for side in [each for each in languages if each not in found][: len(spoken)]:
        found[side], languages[side] = spoken.pop(0)
    if "source" in found and "target" in found:
        left = sorted([*unknown, *(at for at, _language in spoken)])
        spoken_of = (languages["source"], languages["target"])
        return Columns(
            found, spoken_of, width=len(row), unknown=tuple(row[at].strip() for at in left)
        )
    if len(row) == 2 and all(
        re.fullmatch("[A-Za-z]{2}", each) for each in row
    ):  # a language not known here
        return Columns({"source": 0, "target": 1}, (row[0].lower(), row[1].lower()), width=2)
    return Columns(_unnamed(row, place), is_header=False, width=len(row))


def _unnamed(row: Sequence[str], place: str) -> dict[str, int]:
    """Source and target of a table without a header: its only two columns, or those beside a column of numbers."""
    filled = [at for at in range(len(row)) if row[at].strip() or len(row) == 2]
    if len(filled) == 2:
        return {"source": filled[0], "target": filled[1]}
    if len(filled) == 3 and _NUMBER.fullmatch(row[filled[0]].strip()):
        return {"segment": filled[0], "source": filled[1], "target": filled[2]}
    raise BadFile(_NO_COLUMNS, place)


def _meaning(cell: str) -> tuple[str, str]:
    """The column that a name stands for and the language it says: ("source", "en") for "Source (en-US)"."""
    name = re.sub(r"[\s_]+", " ", cell).strip().lower()
    if name in _BY_NAME:
        return _BY_NAME[name], ""
    cut = _SIDE.fullmatch(name)
    if cut and _BY_NAME.get(cut[1]) in ("source", "target") and (code := _language(cut[2])):
        return _BY_NAME[cut[1]], code
    return "", "" if " " in cell.split("(")[0].strip() else _language(cell.strip().lower())


def _language(name: str) -> str:
    """The code of a language: "en" for "en-US", "English" and "Anglais (États-Unis)"; "" for what is none."""
    word = name.split("(")[0].strip()
    code = _CODE.fullmatch(word)
    return _LANGUAGES.get(word) or (code[1] if code and code[1] in _CODES else "")
