"""HTML: the article comes out of its page without what surrounds it, and goes back in with its mark-up kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.web import html, html_tree
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.pages import ONE, PAGES, TWO

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>x</title><meta charset="utf-8"><script>var a</script></head><body>
<nav><a href="/">Accueil</a></nav><div class="cookie-banner">Acceptez</div>
<article class="story"><header><h1>Le  chat &amp; le chien</h1></header>
<p>Le <em>chat</em> dort<a href="#n">.</a> Il a
 faim,<br>dit-on.</p><!-- no --><aside>Publicité</aside><p hidden>Secret</p><figure><img src="x"><figcaption>Photo</figcaption></figure>
<ul><li>Un</li><li> Deux </li></ul><div class="ads">Achetez</div><p aria-hidden="true">Rien</p></article>
<footer>© 2026</footer></body></html>"""
TEXT = "Le chat & le chien\nLe chat dort. Il a faim, dit-on.\nPhoto\nUn\nDeux"


def repaired(text: str, *repairs: tuple[str, str]) -> Article:
    segments = tuple(
        Segment(
            "x",
            old,
            target_span=Span(text.index(old), text.index(old) + len(old)),
            corrections=(Correction(old, new, "approved"),),
        )
        for old, new in repairs
    )
    return Article("t", "en", "fr", target=text, segments=segments)


def test_the_article_comes_out_of_its_page():
    assert html.read_text(PAGE.encode(), name="a.html") == TEXT


@for_each("name", PAGES)
def test_the_article_comes_out_of_the_pages_of_newsrooms(name):
    page, lines = PAGES[name]
    assert html.read_text(page.encode(), name="a.html").split("\n") == lines


@for_each("name", PAGES)
@for_each("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_nobody_corrected_goes_out_byte_for_byte(name, codec):
    data = PAGES[name][0].replace("\n", "\r\n").encode(codec)
    text = html.read_text(data, name="a.html")
    assert html.write_page(data, repaired(text)) == data


@for_each("name", PAGES)
def test_a_repair_changes_its_own_words_only(name):
    page, lines = PAGES[name]
    article = (
        repaired("\n".join(lines), (ONE, ONE.replace("mardi", "lundi")))
        if ONE in lines
        else repaired("\n".join(lines))
    )
    written = html.write_page(page.encode(), article).decode()
    assert written == (
        page.replace(ONE, ONE.replace("mardi", "lundi"), 1) if page.count(ONE) == 1 else written
    )
    assert html.read_text(written.encode(), name="a.html") == "\n".join(lines).replace(
        "mardi", "lundi"
    )


def test_boxes_that_lead_elsewhere_are_left_out():
    body = f"<h1>Un titre</h1><p>{ONE}</p><p>{TWO}</p>"
    for box in (
        '<h2>Ailleurs</h2><p><a href="/1">Le budget</a></p>',
        "<p>Publié le 2 janvier 2026</p>",
        '<p><time datetime="x">14 h</time></p>',
        '<aside><h2>Ailleurs</h2><p>La piscine municipale rouvre en mai, <a href="/1">dit-on ici</a>.</p></aside>',
        '<h2>Ailleurs</h2><div class="ads">Achetez</div>',
        '<h2>Ailleurs</h2><ul><li><a href="/1">Le budget</a></li></ul>',
    ):
        page = f"<body><article>{body}{box}</article></body>".encode()
        assert html.read_text(page, name="a.html").split("\n") == ["Un titre", ONE, TWO], box


def test_a_headline_is_told_once_and_a_page_of_labels_is_read():
    page = f"<body><header><h1>Un titre</h1></header><article><p>Un titre</p><p>{ONE}</p></article></body>"
    assert html.read_text(page.encode(), name="a.html").split("\n") == ["Un titre", ONE]
    page = "<body><nav>x</nav><article><p>Court.</p></article></body>"
    assert html.read_text(page.encode(), name="a.html") == "Court."
    page = '<script>{"headline": "\\x"}</script><pre>Un vers\n  et un autre</pre>'
    assert html.read_text(page.encode(), name="a.html") == "Un vers\net un autre"
    page = f'<header><h1><a href="/">Journal</a></h1></header><article><p>{ONE}</p></article>'
    assert html.read_text(page.encode(), name="a.html").split("\n") == ["Journal", ONE]


def test_main_and_fragments_are_read():
    assert html.read_text(b"<body><p>no</p><main><p>yes</p></main></body>", name="a.html") == "yes"
    assert html.read_text("un <b>fragment</b> déjà".encode(), name="a.html") == "un fragment déjà"


@for_each("encoding", ["iso-8859-1", "klingon"])
def test_a_page_is_read_in_the_encoding_it_names(encoding):
    data = f'<meta charset="{encoding}"><p>Un été déjà</p>'.encode("latin-1")
    if encoding == "iso-8859-1":
        assert html.read_text(data, name="a.html") == "Un été déjà"
    else:
        with pytest.raises(BadFile, match="not UTF-8"):
            html.read_text(data, name="a.html")


def test_no_encoding_named_and_none_certain_is_refused():
    with pytest.raises(BadFile, match="not UTF-8"):
        html.read_text("<p>Un été".encode("latin-1"), name="a.html")


def test_corrections_go_back_into_the_page():
    article = repaired(
        TEXT,
        ("Le chat dort.", "Hier, le gros chat dort bien."),
        ("Deux", ""),
        ("dit-on.", "dit-on & <sait-on>."),
    )
    page = html.write_page(PAGE.encode(), article).decode()
    assert "<p>Hier, le gros <em>chat</em> dort bien" in page
    assert '<a href="#n">.</a>' in page
    assert "dit-on &amp; &lt;sait-on&gt;.</p>" in page
    assert '<nav><a href="/">Accueil</a></nav>' in page
    assert html.read_text(page.encode(), name="a.html").startswith(
        "Le chat & le chien\nHier, le gros chat dort bien."
    )
    assert "<ul><li>Un</li></ul>" in page, "what has lost all its words is gone with them"


@for_each(
    ("page", "new", "expected"),
    [
        ("Le <b>chat</b> dort.", "Le <chat> dort.", "Le &lt;<b>chat</b>&gt; dort."),
        ("Le <b>chat</b> dort.", "Le chat noir dort.", "Le <b>chat</b> noir dort."),
        ("Le <b>chat</b> dort.", "Un chien court.", "Un <b>chien</b> court."),
        ("Le <b>gros chat</b> dort.", "Le petit chien noir dort.", "Le <b>petit chien noir</b> dort."),
        ("<i>Le Monde</i> rapporte que", "Un journal écrit ceci, dit-on", "Un journal écrit ceci, dit-on"),
        ("Il <a href=x>dort</a><sup><a href='#1'>1</a></sup>.", "Il mange.", "Il <a href=x>mange</a><sup><a href='#1'>1</a></sup>."),
        ("d&eacute;j&agrave;&nbsp;l&agrave; &amp; ici", "déjà\xa0là & vu", "d&eacute;j&agrave;&nbsp;l&agrave; &amp; vu"),
        ("AT&&T &amp; co &&", "AT&&T & fils &&", "AT&&T &amp; fils &&"),
        ("un\n  deux\n  trois", "un deux quatre", "un\n  deux\n  quatre"),
        ("un\n deux", "un gros deux", "un\n gros deux"),
        ("Marie <b>de</b> Paris", "Jeanne de Londres", "Jeanne <b>de</b> Londres"),
        ("Le chat.<img src=a>", "", "<img src=a>"),
        ("<p>Le chat.<img src=a></p><p>Fin.</p>", "\nFin.", "<p><img src=a></p><p>Fin.</p>"),
        ("<p>Le chat dort.</p>", "Le chat\ndort.", "<p>Le chat<br>dort.</p>"),
    ],
)  # fmt: skip
def test_words_keep_their_marks(page, new, expected):
    text = html.read_text(page.encode(), name="a.html")
    assert html.write_page(page.encode(), repaired(text, (text, new))).decode() == expected


def test_a_page_stays_in_its_encoding():
    page = '<meta charset="iso-8859-1"><p>Un été déjà, là-bas.</p>'.encode("cp1252")
    article = repaired("Un été déjà, là-bas.", ("déjà", "déjà “là”, \u202f→"))
    written = html.write_page(page, article)
    assert "<p>Un été déjà “là”, &#8239;&#8594;, là-bas.</p>".encode("cp1252") in written
    made = Article("t", "en", "fr", target="Un été déjà, là-bas.", page=page, held="as on → now")
    assert b"".join(html.write([made])) == page + b"\n<!-- as on &#8594; now -->\n"


def test_a_fragment_stays_a_fragment_and_another_page_is_refused():
    text = "Le chat dort."
    assert (
        html.write_page(b"Le <b>chat</b> dort.", repaired(text, ("chat", "chien")))
        == b"Le <b>chien</b> dort."
    )
    with pytest.raises(BadFile, match="not the page"):
        html.write_page(b"<p>Autre", repaired(text))


words = st.lists(
    st.sampled_from(["un", "chat", "noir", "dort", "été", "<", "&"]), min_size=1, max_size=5
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), words, st.sampled_from(["b", "p", "i"]))
def test_what_goes_in_comes_out(blocks, new, tag):
    escape = str.maketrans({"<": "&lt;", "&": "&amp;"})
    page = "".join(f"<{tag}>{block.translate(escape)}</{tag}> " for block in blocks).encode()
    text = html.read_text(page, name="a.html")
    assert text.split() == " ".join(blocks).split()
    back = html.read_text(html.write_page(page, repaired(text, (blocks[0], new))), name="a.html")
    assert back.split() == " ".join([new, *blocks[1:]]).split()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"<nav>x</nav>", "there is no article text"),
        (b"<!-- -->", "there is no article text"),
        (b"%PDF-1.4", "this is a PDF"),
        (b"<div>" * 251 + b"x", "nested too deeply"),
        (b"<p>a\x00", "NUL"),
        (b"<p>" * 9, "more than 5 elements"),
    ],
)
def test_what_is_wrong_is_said(data, words, monkeypatch):
    monkeypatch.setattr(html_tree, "MOST", 5 if b"<p>" in data else html_tree.MOST)
    with pytest.raises(BadFile) as refused:
        html.read_text(data, name="a.html")
    assert str(refused.value).startswith(words) or words in str(refused.value)


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(html, "LARGEST_TEXT", 5)
    # A page of its own: one that was read a moment ago is remembered.
    with pytest.raises(BadFile, match="larger"):
        html.read_text(b"<p>A page that no other test reads.</p>", name="a.html")


def test_an_article_that_was_no_page_is_refused_in_words():
    with pytest.raises(BadFile, match="was not imported as a web page"):
        list(html.write([Article("Title", "en", "fr", target="Un.")]))


def test_what_it_holds_is_said_after_the_page():
    for held, end in (
        ("approved only", "<p>Un.</p>\n<!-- approved only -->\n"),
        ("--> x", "<p>Un.</p>"),
    ):
        made = Article("Title", "en", "fr", target="Un.", page=b"<p>Un.</p>", held=held)
        written = b"".join(html.write([made]))
        assert written.decode() == end
        assert html.read_text(written, name="a.html") == "Un."


@for_each(
    ("page", "left"),
    [
        ("<p>The mayor spoke.</p>", []),
        (
            "<nav>Sport</nav><script>let a</script><p>The mayor spoke.<p hidden>Not<b> seen</b></p>",
            ["Sport"],
        ),
        (
            "<p>The mayor spoke.<a href='#n1'><sup>1</sup></a></p><p>12 : 30</p><a href='/'>Read more</a>",
            ["Read more"],
        ),
        ("<p>The mayor spoke.</p><aside>Win <i>our</i> car <input></aside>", ["Win our car"]),
    ],
)
def test_what_is_left_out_is_what_people_would_see(page, left):
    assert html.left_out(page.encode()) == left
