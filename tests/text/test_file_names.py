"""Names out of files are never paths."""

from articles.text.file_names import safe_stem

NAMES = {
    "The mayor": "The mayor",
    "../../../home/notes": "home-notes",
    "App/Base.lproj/Main": "App-Base.lproj-Main",
    "C:\\temp\\a": "C--temp-a",
    "a\0b\nc\u202ed": "abcd",
    "Prix : 1/2 ?": "Prix - 1-2",
    "  …  ": "…",
    "/": "article",
    "": "article",
    "\ud800": "article",
    "NUL": "_NUL",
    "con.txt": "_con.txt",
    "é" * 300: "é" * 75,
    "l’été": "l’été",
}


def test_a_stem_is_no_path():
    assert {name: safe_stem(name) for name in NAMES} == NAMES
