"""Italics, bold and links of a file, as stretches of the text that is read of it."""

import io

import docx

from articles.formats import FORMATS
from articles.formats.emphasis import find_emphasis
from articles.text.emphasis import Emphasis, in_lines, split_emphasis
from tests.formats.made_pages import STORIES
from tests.formats.office.test_odt import content, package
from tests.formats.office.word_file import TEXT, word_file

BODY = (
    "<p>The <b>old <i>harbour</i></b> of <a href='https://example.org/a?b=1&amp;c=2'>Marlow</a>"
    " reopened.</p><p>It is <em>new</em>.</p>"
)
MARKDOWN = (
    "The **old *harbour*** of [Marlow](https://example.org/a?b=1&c=2) reopened.\n\nIt is _new_."
)
ODT = (
    "<text:p>The <text:span text:style-name='T1'>old <text:span text:style-name='T2'>harbour"
    "</text:span></text:span> of <text:a xlink:href='https://example.org/a?b=1&amp;c=2'>Marlow"
    "</text:a> reopened.</text:p><text:p>It is <text:span text:style-name='T2'>new</text:span>.</text:p>"
)
STYLES = (
    '<office:automatic-styles><style:style style:name="T1"><style:text-properties fo:font-weight="bold"/>'
    '</style:style><style:style style:name="T2"><style:text-properties fo:font-style="italic"/>'
    "</style:style></office:automatic-styles><office:body>"
)
FOUND = [
    ("old harbour", "bold", ""),
    ("harbour", "italic", ""),
    ("Marlow", "link", "https://example.org/a?b=1&c=2"),
    ("new", "italic", ""),
]


def found_in(name: str, data: bytes) -> list[tuple[str, str, str]]:
    known = FORMATS[name]
    text = known.read_text(data, name=f"a{known.endings[0]}")
    return [(text[a:b], kind, address) for a, b, kind, address in find_emphasis(data, text)]


def test_emphasis_and_links_are_found_in_each_format_that_has_them():
    odt = package(ODT, {"content.xml": content(ODT).replace("<office:body>", STYLES)})
    files = {
        "html": f"<article><h1>News</h1>{BODY}</article>".encode(),
        "markdown": MARKDOWN.encode(),
        "epub": STORIES[FORMATS["epub"]](BODY),
        "odt": odt,
    }
    assert {name: found_in(name, data) for name, data in files.items()} == dict.fromkeys(
        files, FOUND
    )


def test_word_files_have_emphasis_by_their_runs_and_styles():
    link = ("la mairie du port", "link", "https://example.org/phare")
    found = found_in("docx", word_file())
    assert ("enfin réparé", "bold", "") in found
    assert link in found
    document = docx.Document()
    paragraph = document.add_paragraph("Un ")
    for words, bold, style in (
        ("mot", True, None),
        (" gras", True, None),
        (" dit", None, "Emphasis"),
    ):
        run = paragraph.add_run(words, style=style)
        run.bold = bold
    out = io.BytesIO()
    document.save(out)
    assert found_in("docx", out.getvalue()) == [("mot gras", "bold", ""), (" dit", "italic", "")]


def test_another_text_or_file_has_none():
    assert find_emphasis(b"", "x") == []
    assert find_emphasis(word_file(), TEXT + "x") == []
    assert find_emphasis(b"PK\x03\x04 word/document.xml", "x") == []
    assert find_emphasis(b"PK\x03\x04", "x") == []
    assert find_emphasis(BODY.encode(), "x") == []


def test_emphasis_is_cut_at_line_ends_and_is_not_inside_its_own_kind():
    text = "ab\n\ncd"
    cut = in_lines(
        text, [Emphasis(1, 5, "bold"), Emphasis(1, 2, "bold"), Emphasis(0, 2, "link", "x" * 501)]
    )
    assert cut == [(0, 2, "link", ""), (1, 2, "bold", ""), (4, 5, "bold", "")]
    pieces = [(a, b, [each.kind for each in over]) for a, b, over in split_emphasis(1, 6, cut)]
    assert pieces == [(1, 2, ["link", "bold"]), (2, 4, []), (4, 5, ["bold"]), (5, 6, [])]
