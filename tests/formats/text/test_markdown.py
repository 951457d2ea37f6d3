"""Markdown goes out as it came, with the corrected words in it."""

import re

import pytest

from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.text import markdown
from articles.text.document import Span
from tests.cases import for_each

FILE = """---
title: "Le pont ferme"
draft: false
---

Le **pont** est fermé. Voir [la carte](/carte "x").[^1]
La ville attend.

* Un pilier
* Deux piliers

> Une *citation*. `un
> grand
>    large`

| Ville | Prix |
|-------|-----:|
| Paris | 12 € |

```
code
```

[^1]: Depuis mardi.
"""


def repaired(raw: str, *changes: tuple[str, str], encoding: str = "utf-8") -> str:
    data = raw.encode(encoding)
    text = markdown.read_text(data, name="a.md")
    segments = []
    for old, new in changes:
        at = text.index(old)
        span = Span(at, at + len(old))
        segments.append(
            Segment("x", old, target_span=span, corrections=(Correction(old, new, "approved"),))
        )
    article = Article("t", "en", "fr", target=text, segments=segments, page=data)
    return b"".join(markdown.write([article])).decode(encoding)


@for_each("ends", ["\n", "\r\n"])
@for_each("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_nobody_corrected_stays(ends, encoding):
    raw = FILE.replace("\n", ends)
    assert repaired(raw, encoding=encoding) == raw


@for_each(
    ("old", "new", "was", "now"),
    [
        ("pont est fermé", "pont est ouvert", "fermé.", "ouvert."),
        ("pont est", "viaduc est", "**pont**", "**viaduc**"),
        ("la carte", "le plan", "[la carte](", "[le plan]("),
        ("Le pont ferme", 'Le "pont" ferme', '"Le pont ferme"', '"Le \\"pont\\" ferme"'),
        ("12 €", "12 | 13 €", "| 12 € |", "| 12 \\| 13 € |"),
        ("Depuis mardi.", "Depuis *lundi*.", "mardi", "\\*lundi\\*"),
        ("Un pilier", "", "* Un pilier\n", ""),
        ("La ville attend.", "La ville <attend.", "attend.", "\\<attend."),
        ("citation", "phrase", "*citation*", "*phrase*"),
        ("grand large", "petit large", "`un\n> grand", "`un\n> petit"),
        # over paragraphs, by its sentences
        (
            "La ville attend.\nUn pilier\nDeux piliers",
            "La ville patiente.\nUn gros pilier\nTrois piliers",
            "attend.\n\n* Un pilier\n* Deux",
            "patiente.\n\n* Un gros pilier\n* Trois",
        ),
        ("La ville attend.\nUn pilier", "La ville attend. Un seul pilier", "* Un", "* Un seul"),
    ],
)
def test_a_repair_goes_to_its_place(old, new, was, now):
    assert repaired(FILE, (old, new)) == FILE.replace(was, now, 1)


@for_each(
    ("raw", "new"),
    [
        ("a", "2026. Année"),
        ("a", "- point"),
        ("a", "# x > y"),
        ("a", "un _b_ c_d_e ~~f~~ ~g"),
        ("a", "[x](y) [sic] [^1] [z]"),
        ("a", "1 < 2 <b> &amp; & `c` \\* \\a"),
        ("a", "une\nautre"),
        ("| a |\n|---|", "x|y"),
        ("<p>a</p>", "*x* & <b>"),
        ("---\ntitle: a\n---", "x b"),
        ("`a`", "x*y"),
    ],
)
def test_what_is_typed_is_read_again_as_it_was_typed(raw, new):
    assert markdown.read_text(repaired(raw, ("a", new)).encode(), name="a.md") == new


@for_each(
    ("raw", "old", "new", "now"),
    [
        ("Un `chat noir` dort.", "chat noir dort", "dort", "Un dort."),
    ],
)
def test_a_mark_goes_with_its_words(raw, old, new, now):
    assert repaired(raw, (old, new)) == now


@for_each(
    ("raw", "new", "now"),
    [
        ("---\ntitle: a\n---", "x : y #z\n1", "---\ntitle: x :\u00a0y\u00a0#z 1\n---"),
        ("---\ntitle: 'a'\n---", "l'x", "---\ntitle: 'l''x'\n---"),
        ("`a`", "x`y", "`x'y`"),
    ],
)
def test_where_words_cannot_be_escaped(raw, new, now):
    assert repaired(raw, ("a", new)) == now


def test_a_file_stays_in_its_encoding():
    now = FILE.replace("mardi", "mardi &#8594; lundi")
    assert repaired(FILE, ("mardi", "mardi → lundi"), encoding="cp1252") == now


def test_several_files_one_after_the_other():
    one = Article("t", "en", "fr", target="a", page=b"*a*")
    assert b"".join(markdown.write([one, one])) == b"*a*\n\n*a*"


@for_each(
    ("page", "words"),
    [
        (b"", "was not imported as Markdown"),
        (b"b", "not the file that the article was imported from"),
    ],
)
def test_what_did_not_come_so_is_refused(page, words):
    with pytest.raises(BadFile, match=words):
        list(markdown.write([Article("t", "en", "fr", target="a", page=page)]))


@for_each(
    ("data", "words"),
    [
        (b"```\na\n```", "there is no article text"),
        (b" \n", "only blanks"),
        (b"a\x01", "line 1: the control"),
    ],
)
def test_a_file_without_words_is_refused(data, words):
    with pytest.raises(BadFile, match=re.escape(words)):
        markdown.read_text(data, name="a.md")


WHOLE = """---
title: The mayor spoke
date: 2026-01-31
---
Nobody [laughed][1].

```
print(1)
```
| A | B |
|---|---|
| C | D |

* * *
[1]: https://example.org
<!-- check this -->
"""


def test_what_is_left_out_is_no_line_with_words():
    assert (
        markdown.read_text(WHOLE.encode(), name="a.md")
        == "The mayor spoke\nNobody laughed.\nA\nB\nC\nD"
    )
    assert markdown.left_out(WHOLE.replace("\n", "\r\n").encode()) == [
        "date: 2026-01-31",
        "print(1)",
        "[1]: https://example.org",
        "<!-- check this -->",
    ]


def test_shortcodes_are_no_words_their_captions_are_and_definitions_lose_their_colon():
    page = (
        'Un mot {{< kbd "Ctrl" >}} et {{ page.title }} ici.\n\n[gallery ids="1,2"]\n\n[embed]\nVoir [/a](b) et [sic].\n[/embed]\n\n{{< figure\n  src="a.jpg"\n  caption="Le quai."\n>}}\n\n'
        "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\n{{< note >}}\nUne note **forte**.\n{{< /note >}}\n\n"
        "{% include figure.html caption='La jetée.' %}\n\nTerme\n: Sens un\n: Sens deux\n\n{ seul } et {{ ouvert\n"
    )
    text = markdown.read_text(page.encode(), name="a.md")
    assert text.split("\n") == [
        "Un mot et ici.", "[embed] Voir /a et [sic].", "Le quai.", "Une note forte.", "La jetée.", "Terme", "Sens un", "Sens deux", "{ seul } et {{ ouvert",
    ]  # fmt: skip
    assert "puts 1" in markdown.left_out(page.encode())
    start = text.index("Le quai.")
    repair = Correction("Le quai.", 'Le "grand" quai.', "approved")
    segment = Segment("x", "Le quai.", target_span=Span(start, start + 8), corrections=(repair,))
    made = Article("t", "en", "fr", target=text, segments=(segment,), page=page.encode())
    written = b"".join(markdown.write([made])).decode()
    assert written == page.replace("Le quai.", 'Le \\"grand\\" quai.')


def test_lines_of_a_program_are_no_words():
    page = (
        "import Box from './box'\nimport './a.css';\nexport const meta = { a: 1 };\n\n"
        "One.\n\nexport default Layout(x)\n\nimport duties rose.\n\nThey export “a” (b)\n"
    )
    text = markdown.read_text(page.encode(), name="a.md")
    assert text == "One.\nimport duties rose.\nThey export “a” (b)"
    assert len(markdown.left_out(page.encode())) == 4
