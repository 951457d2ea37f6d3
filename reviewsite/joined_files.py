"""Static files that are joined of several of ours, for pages that need all of them.

Each file of its own costs a browser a request, and the thread that lays the page out about a
millisecond. The parts stay as they are in the code; they are only put one after the other, both by
`collectstatic` and where files are served out of the code.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage, Storage

_DESK_SCRIPTS = (
    "dom painting acts findings desk counts rechecks marking writing typography strip speech panel "
    "concordance links times menus".split()
)
JOINED = {
    "articles/frame.css": ("articles/colours.css", "articles/site.css"),
    "articles/page-scripts.js": ("articles/times.js", "articles/menus.js", "articles/work.js"),
    "articles/desk-scripts.js": tuple(f"articles/{name}.js" for name in _DESK_SCRIPTS),
}
"""The parts of each joined file, in their order."""


class JoinedFilesFinder(finders.BaseFinder):
    """Finds the files of JOINED, which it writes into a folder of the site's data."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        """Return no errors: there is nothing to set."""
        return []

    def find(
        self,
        path: str,
        find_all: bool = False,  # noqa: FBT001, FBT002 - Django's own signature
        **kwargs: Any,
    ) -> Any:
        """Return where the joined file of this name is, all such places as a list on demand."""
        if path not in JOINED:
            return []
        place = str(self._write(path))
        return [place] if find_all else place

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Yield the name of each joined file with the storage that has it."""
        for name in JOINED:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> Path:
        """Write the file unless it is there with the same contents; return where it is."""
        parts = []
        for part in JOINED[name]:
            place = finders.find(part)
            parts.append(Path(str(place)).read_bytes())
        contents = b"\n".join(parts)
        joined = Path(self.storage.path(name))
        if joined.exists() and joined.read_bytes() == contents:
            return joined
        joined.parent.mkdir(parents=True, exist_ok=True)
        # Another process may read it meanwhile: it is there whole or not at all.
        with tempfile.NamedTemporaryFile(dir=joined.parent, delete=False) as file:
            file.write(contents)
        return Path(file.name).replace(joined)
