"""The tree that a page is read into: what a browser would make of it, and each element knows its place."""

from articles.formats.web.html_tree import parse
from tests.cases import for_each


def shape(raw: str) -> str:
    """The tree as text: p(b("x"))."""

    def told(node):
        inside = [
            f'"{raw[slice(*each)]}"' if isinstance(each, tuple) else told(each)
            for each in node.children
        ]
        return f"{node.tag}({' '.join(inside)})" if node.tag else " ".join(inside)

    return told(parse(raw)[0])


@for_each(
    ("raw", "expected"),
    [
        ("<p>a<p>b", 'p("a") p("b")'),
        ("<p>a<div>b</div>c", 'p("a") div("b") "c"'),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", 'ul(li("a" ul(li("b"))) li("c"))'),
        (
            "<table><tr><td>a<td><p>b<tr><td>c</table>d",
            'table(tr(td("a") td(p("b"))) tr(td("c"))) "d"',
        ),
        ("<dl><dt>a<dd>b<dt>c</dl>", 'dl(dt("a") dd("b") dt("c"))'),
        ("<td>a</div>b</td>c", 'td("a" "b") "c"'),
        ("<b><p>a</b>c</p>", 'b(p("a" "c"))'),
        ("a</x>b<br/>c</br>d", '"a" "b" br() "c" br() "d"'),
        ("a<!-- <p> -->b<!DOCTYPE x><?php ?>c<!-- d", '"a" "b" "c"'),
        ("5 < 6 << 7 <", '"5 < 6 << 7 <"'),
        ("</ b>a", '"a"'),
        ("<script>a</b></script>b<style>c", 'script("a</b>") "b" style("c")'),
        ("<br/>a<i/>b", 'br() "a" i("b")'),
        ("<?xml version='1.0'?><i/>b", 'i() "b"'),
        ("\ufeff<p>a", 'p("a")'),
        ("<p a=\"x>y\" b='z' c d = e =f>a<p", 'p("a") p()'),
    ],
)
def test_the_tree_is_that_of_a_browser(raw, expected):
    assert shape(raw) == expected


def test_elements_know_their_place_and_what_their_tag_says():
    raw = "<DIV Class='a b' hidden x=1 x=2 title=\"é &amp; è\">y</div >z"
    node = parse(raw)[1]
    assert node.attributes == {"class": "a b", "hidden": "", "x": "1", "title": "é & è"}
    assert raw[node.inner : node.close] == "y"
    assert raw[node.end :] == "z"
