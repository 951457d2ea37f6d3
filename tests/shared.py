"""Reference material that lies beside the project and is not part of it; a test that needs it is skipped without it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SHARED_FOLDER", Path(__file__).parents[2] / "shared"))


def shared(path: str) -> Path:
    """The file or folder ``path`` of the reference material."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"no {path} beside the project (SHARED_FOLDER says where)")
    return found
