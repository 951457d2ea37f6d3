"""The words of a block of Markdown without its marks."""

import pytest

from articles.formats.text import markdown
from tests.cases import for_each
from tests.cost import growth


def text(raw: str) -> str:
    return markdown.read_text(raw.encode(), name="a.md")


@for_each(
    ("raw", "words"),
    [
        ("*a* **b** ***c*** _d_ __e__ ~~f~~", "a b c d e f"),
        ("a*b*c a_b_c _a_b _a* 2 * 3 * 4 * a", "abc a_b_c _a_b _a* 2 * 3 * 4 * a"),
        ("**a *b* c** *a **b*** **a*", "a b c a b *a"),
        ("« *a* », (**b**)", "« a », (b)"),
        ("[a](b) [a](<b c> 'd') [a](b_(c)){.d} [*a* b](c).", "a a a a b."),
        ("[a][r] [R][] [r] [r]{.x} [no] [a][no] [a](b c) [a] (b)\n\n[r]: x", "a R r r [no] [a][no] [a](b c) [a] (b)"),
        ("a] [b [c](d)", "a] [b c"),
        ("[![a](b)](c) d ![e](f *g*) h", "d ![e](f g) h"),
        ("![The *bridge*.](a.jpg 'x')", "The bridge."),
        ("a ![b](c) d![e][r]\n\n[r]: x", "a d"),
        ("Yes.[^1] No[^a]!", "Yes. No!"),
        ("`a*b*` ``c ` d`` `e\nf` `g", "a*b* c ` d e f `g"),
        ("<https://a.b/c_d_e> <a@b.c> <b>d</b> <a href='https://x'>e</a> 1 < 2", "<https://a.b/c_d_e> <a@b.c> d e 1 < 2"),
        ("5 << 6 <<b>a</b> && &&amp; !! !![c](d) <!-- e <!-- f -->g", "5 << 6 <a && && !! ! <!-- e g"),
        ("a<!-- b\nc -->d &amp; &eacute; &#8239; & e", "ad & é \u202f & e"),
        ("Le\u00a0pont\u202f: *oui*\u202f!", "Le\u00a0pont\u202f: oui\u202f!"),
        ("\\*a\\* \\a \\\\", "*a* \\a \\"),
        ("a\nb  \nc\\\nd<br>e<br/>\nf", "a b\nc\nd\ne\nf"),
        ("<ul><li>a</li><li>b *c*</li></ul>", "a\nb *c*"),
        ("| *a* | b\\|c |  |\n|--|--|--|\n| `d` | | |", "a\nb|c\nd"),
        ("---\ntitle: *a* <b>\n---\n\n# b", "b"),
        ("---\ntitle: a *b* & c\n---\n", "a *b* & c"),
    ],
)  # fmt: skip
def test_marks_are_no_words(raw, words):
    assert text(raw) == words


@pytest.mark.slow
@for_each(
    "hard",
    [
        "*a ",
        "*a _b ",
        "[",
        "![a](",
        "`a``",
        "<a ",
        "<!--",
        "[^",
        "**_",
        "> ",
        "a*",
        "&a",
        "\\",
        "{{< a ",
    ],
)
def test_time_grows_with_the_length(hard):
    assert growth(lambda size: text("a" + hard * size), 2_500) < 9
