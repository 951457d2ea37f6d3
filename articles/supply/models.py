"""Copy the files that packages carry to one folder, with a list that says what each is."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from articles.alignment import sentence_encoder
from articles.checks.french import lexicon
from articles.omissions import word_encoder
from articles.text.carried_files import file_of_package

LIST = "models.json"


@dataclass(frozen=True)
class CarriedFile:
    """A file, the package that carries it, its licence, and where it comes from."""

    name: str
    package: str
    licence: str
    source: str


CARRIED = (
    CarriedFile(
        sentence_encoder.FILE,
        sentence_encoder.PACKAGE,
        "Apache-2.0",
        "Google, Universal Sentence Encoder Multilingual (Yang et al. 2019), 8 bits",
    ),
    CarriedFile(
        word_encoder.FILE,
        word_encoder.PACKAGE,
        "MIT",
        "intfloat/multilingual-e5-small (Wang et al. 2024), 4 bits",
    ),
    CarriedFile(
        lexicon.PACKAGE,
        lexicon.PACKAGE,
        "LGPLLR",
        "LADL, Dictionnaires DELA du français",
    ),
)


@dataclass(frozen=True)
class CopiedFile:
    """What the list says of a file that was copied."""

    name: str
    size: int
    sha256: str
    package: str
    version: str
    licence: str
    source: str


def copy_files(folder: Path) -> list[CopiedFile]:
    """Copy all files to the folder and write the list; return it. Raises ImportError, OSError.

    Where that is possible the copy is the same file under a second name, and takes no room. All may
    read them: they are copied by who installs the site, and read by who runs it.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    copied = []
    for file in CARRIED:
        target = folder / file.name
        _copy(file_of_package(file.package, file.name), target)
        row = CopiedFile(
            size=target.stat().st_size,
            sha256=sha256_of(target),
            version=importlib.metadata.version(file.package),
            **asdict(file),
        )
        copied.append(row)
    rows = [asdict(row) for row in copied]
    (folder / LIST).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (folder / LIST).chmod(0o644)
    return copied


def _copy(source: Path, target: Path) -> None:
    """Put the file in place at once, so that nobody reads half of it."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        os.link(source, unfinished)
    except OSError:  # another file system
        shutil.copyfile(source, unfinished)
        unfinished.chmod(0o644)
    unfinished.replace(target)
    unfinished.unlink(missing_ok=True)  # two names of one file are not replaced by each other


def compare_files(folder: Path) -> list[str]:
    """Return a sentence for each file of the list that is missing or has another checksum.

    Raises OSError or ValueError where the list cannot be read.
    """
    problems = []
    for row in json.loads((folder / LIST).read_text(encoding="utf-8")):
        path = folder / row["name"]
        if not path.is_file():
            problems.append(f"{path} is missing.")
        elif sha256_of(path) != row["sha256"]:
            problems.append(f"{path} is another file than the list says.")
    return problems


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
