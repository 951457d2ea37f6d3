"""Static files that are joined of several of ours."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from reviewsite.joined_files import JOINED, JoinedFilesFinder

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "articles" / "static" / "articles"


def test_a_joined_file_is_its_parts_in_their_order() -> None:
    for name, parts in JOINED.items():
        texts = [(OWN.parent / part).read_text() for part in parts]
        joined = Path(str(finders.find(name))).read_text()
        assert joined == "\n".join(texts)


def test_it_follows_its_parts(settings, tmp_path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path / "data"
    part = tmp_path / "part.js"
    monkeypatch.setattr(finders, "find", lambda _path: str(part))
    monkeypatch.setitem(JOINED, "two.js", ("articles/a.js", "articles/a.js"))
    finder = JoinedFilesFinder()
    part.write_text("1")
    assert Path(finder.find("two.js")).read_text() == "1\n1"
    part.write_text("2")
    [place] = finder.find("two.js", find_all=True)
    assert Path(place).read_text() == "2\n2"
    assert not finder.find("three.js")
    assert [path.name for path in Path(place).parent.iterdir()] == ["two.js"], (
        "nothing half-written"
    )


def test_collecting_finds_them() -> None:
    found = []
    for name, storage in JoinedFilesFinder().list(None):
        found.append(name)
        assert storage.size(name)
    assert found == list(JOINED)


def test_each_file_of_ours_is_named_by_a_page_or_a_part_of_one_that_is() -> None:
    pages = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'{% static "(articles/[^"]+)" %}', pages))
    named.add("articles/choices.js")  # by a widget of the admin
    for name, parts in JOINED.items():
        assert name in named
        named.update(parts)
    assert {f"articles/{file.name}" for file in OWN.iterdir()} <= named
