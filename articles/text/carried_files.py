"""Find the large files that packages only carry: language models and a dictionary.

``manage.py models`` copies them to one folder, where they are found first: an installation can
mirror that folder, and no longer depends on the packages. The environment variable ``MODELS``
names the folder.
"""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

USUAL_FOLDER = Path(__file__).resolve().parents[2] / "models"


def carried_folder() -> Path:
    """Return the folder that files are looked for in first; it need not exist."""
    return Path(os.environ.get("MODELS") or USUAL_FOLDER)


def find_carried_file(package: str, name: str) -> Path:
    """Return the file: the copy in the folder, else that of the installed package.

    Raises ImportError where neither is there.
    """
    copied = carried_folder() / name
    return copied if copied.is_file() else file_of_package(package, name)


def file_of_package(package: str, name: str) -> Path:
    """Return the file that an installed package carries. Raises ImportError."""
    for file in importlib.metadata.files(package) or []:
        if file.name == name:
            return Path(str(file.locate()))
    raise ImportError(f"no {name} in {package}")
