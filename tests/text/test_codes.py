"""Protected codes in a text: what they are, and that they are no words to checks and links."""

from articles.checks import Pair, run_checks
from articles.findings.word_links import find_links_here
from articles.text.codes import find_codes, missing_code
from articles.text.document import Span
from articles.text.spelling import compose, compose_with_places


def codes(text: str) -> list[str]:
    return [code.span.of(text) for code in find_codes(text)]


def test_tags_shortcodes_and_escaped_signs_are_codes_and_words_are_not():
    found = {
        'One <b class="x">big</b> cat<br/>': ['<b class="x">', "</b>", "<br/>"],
        "A &amp; B &#60; C&nbsp;D": ["&amp;", "&#60;"],
        '<!-- wp:p -->{{< figure src="a" >}}[gallery ids="1"]': [
            "<!-- wp:p -->", '{{< figure src="a" >}}', '[gallery ids="1"]',
        ],
        '<a title="[x]y[/x]">': ['<a title="[x]y[/x]">'],
        "<style>p { color: red }</style>One": ["<style>p { color: red }</style>"],
        '<drupal-media data-x="1"></drupal-media> <o:p>x</o:p> <my-tag/>': [
            '<drupal-media data-x="1">', "</drupal-media>", "<o:p>", "</o:p>", "<my-tag/>",
        ],
        "<button class='x' id=\"a\">Go</button> [[nid:12]] <b1>x</b1><img2/>": [
            "<button class='x' id=\"a\">", "</button>", "[[nid:12]]", "<b1>", "</b1>", "<img2/>",
        ],
        "[[Lyon|the city]], a <b c, <a href=x, x<y-z": [],
        "1 < 2, a <big> cat, [sic], {x}, R&D, <b": [],
    }  # fmt: skip
    assert {text: codes(text) for text in found} == found


def test_readings_have_no_codes_and_places_count_them():
    text = "Un <b>gros</b> chat<br>R&amp;D &lt;"
    read = compose_with_places(text)
    assert read.text == compose(text) == "Un gros chat\nR&D <"
    words = read.text.index("gros")
    assert read.original(Span(words, words + 4)).of(text) == "gros"
    assert read.original(Span(words, words + 9)).of(text) == "gros</b> chat"
    assert compose_with_places("</b>").places == [4]


def test_a_lost_or_broken_code_is_named():
    before = "Le <b>chat</b> dort."
    for after, missing in (
        ("Le <b>chien</b> dort.", ""),
        ("Le <b>chien</b> dort <i>bien</i>.", ""),
        ("Le chien</b> dort.", "<b>"),
        ("Le <b>chien</b dort.", "</b>"),
        ("Le <B>chien</b> dort.", "<b>"),
        ("", ""),
        ("Le <i>chat</i> dort.", ""),
    ):
        assert missing_code(before, "The <i>cat</i> sleeps.", after) == missing, after
    assert missing_code("Le chat.", "", "Un chat.") == ""


def test_checks_and_links_read_no_codes():
    source = 'The <a href="https://example.org/new">old harbour</a> reopened <b>on 10 May</b>.'
    target = 'Le <a href="https://example.org/new">vieux port</a> a rouvert <b>le 10 mai</b>.'
    assert run_checks(Pair(source, target)) == []
    found = run_checks(Pair(source, target.replace("10 mai", "<i>52</i> mai")))
    marked = {
        span.of(target.replace("10 mai", "<i>52</i> mai"))
        for each in found
        for span in each.target_spans
    }
    assert any("52" in words for words in marked)
    assert not any("<" in words for words in marked)
    links = {
        (source[start:end], target[other:last])
        for start, end, other, last in find_links_here(source, target)
    }
    assert ("harbour", "port") in links
    assert not any("href" in word or "example" in word for word, _other in links)
