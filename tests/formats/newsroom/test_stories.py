"""Stories of newsroom systems: their words come out, corrections go back, and all else stays byte for byte."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from articles.formats import FORMATS, detect_format
from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.text.document import Span

HEAD = "La digue sera renforcée"
ONE = "La maire a promis « un chantier court » aux riverains & aux pêcheurs."
TWO = "Personne n’a été blessé."
CAPTION = "La digue, dimanche."
BODY = f"<p>{ONE.replace('&', '&amp;')}</p>\n<p>Personne n&#8217;a été <b>blessé</b>.</p>"

NINJS = {
    "uri": "urn:x", "byline": "Par Jo Modèle", "headline": HEAD, "body_xhtml": BODY, "body_text": f"{ONE} {TWO}",
    "associations": {"a": {"type": "picture", "headline": "Une photo", "description_text": CAPTION}},
}  # fmt: skip
NINJS_2 = {
    "uri": "urn:x", "headlines": [{"role": "main", "value": HEAD}],
    "bodies": [{"contenttype": "text/plain", "value": "x y"}, {"contenttype": "text/html", "value": BODY}],
}  # fmt: skip
ANS = {
    "type": "story", "headlines": {"basic": HEAD, "web": "Un autre titre ailleurs"}, "description": {"basic": ""},
    "content_elements": [
        {"type": "text", "content": ONE.replace("&", "&amp;")},
        {"type": "interstitial_link", "content": "Lire aussi autre chose"},
        {"type": "list", "items": [{"type": "text", "content": "Personne n’a été <b>blessé</b>."}]},
        {"type": "image", "caption": CAPTION, "credits": {"by": [{"name": "Jo Modèle"}]}},
    ],
}  # fmt: skip
NITF = f"""<?xml version="1.0"?><nitf><head><title>x</title><docdata/></head><body><body.head><hedline><hl1>{HEAD}</hl1></hedline>
<byline>Par Jo Modèle</byline></body.head><body.content>{BODY}<media><media-caption>{CAPTION}</media-caption></media>
</body.content></body></nitf>"""
NEWSML = f"""<newsItem><contentMeta><headline>{HEAD}</headline><by>Par Jo Modèle</by></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x y</title></head><body>{BODY}</body></html></inlineXML></contentSet>
</newsItem>"""
WXR = f"""<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Site</title><item><title>{HEAD}
</title><content:encoded><![CDATA[<!-- wp:paragraph -->{BODY}[caption id="1" align="left"]<img> {CAPTION}[/caption]]]></content:encoded>
<wp:post_type>post</wp:post_type></item><item><title>Le menu du site</title><wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>"""


def epub(chapters: list[str], **more: str) -> bytes:
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    nav = '<item id="n" href="nav.xhtml" properties="nav"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<?xml version="1.0"?><container><rootfile full-path="OPS/p.opf"/></container>',
        )
        book.writestr(
            "OPS/p.opf",
            f"<package><manifest>{items}{nav}</manifest><spine>{spine}</spine></package>",
        )
        for name, words in zip(names, chapters, strict=True):
            book.writestr(
                f"OPS/{name}",
                f"<?xml version='1.0'?><html><head><title/></head><body>{words}</body></html>",
            )
        for name, words in more.items():
            book.writestr(name, words)
    return file.getvalue()


CASES: list[tuple[str, str, bytes, list[str], list[str]]] = [
    ("ninjs", "a.json", json.dumps(NINJS).encode(), [HEAD, ONE, TWO, CAPTION], ["Par Jo Modèle", f"{ONE} {TWO}", "Une photo"]),
    ("ninjs", "a.ninjs", json.dumps(NINJS_2, ensure_ascii=False).encode(), [HEAD, ONE, TWO], []),
    ("ans", "a.json", json.dumps(ANS).encode(), [HEAD, ONE, TWO, CAPTION],
     ["Un autre titre ailleurs", "Lire aussi autre chose", "Jo Modèle"]),
    ("nitf", "a.xml", NITF.encode(), [HEAD, ONE, TWO, CAPTION], ["x", "Par Jo Modèle"]),
    ("newsml", "a.newsml", NEWSML.encode(), [HEAD, ONE, TWO], ["x y"]),
    ("wxr", "export.xml", WXR.encode(), [HEAD, ONE, TWO, CAPTION], ["Le menu du site"]),
    ("epub", "a.epub", epub([f"<h1>{HEAD}</h1>{BODY}", f"<p>{CAPTION}</p>"]), [HEAD, ONE, TWO, CAPTION], []),
]  # fmt: skip


def corrected(text: str, data: bytes, *repairs: tuple[str, str]) -> Article:
    segments = []
    for old, new in repairs:
        span = Span(text.index(old), text.index(old) + len(old))
        segments.append(
            Segment("x", old, target_span=span, corrections=(Correction(old, new, "approved"),))
        )
    return Article("t", "en", "fr", target=text, segments=tuple(segments), page=data)


def test_the_words_of_a_story_come_out_and_what_is_left_out_is_told():
    for name, file, data, lines, left in CASES:
        known, _by_content = detect_format(file, data)
        assert known is FORMATS[name], file
        assert known.read_text
        assert known.left_out
        assert known.read_text(data, name=file).split("\n") == lines, file
        assert known.left_out(data) == left, file


def test_corrections_go_back_and_everything_else_stays():
    for name, file, data, lines, _left in CASES:
        known = FORMATS[name]
        assert known.read_text
        assert known.write
        text = "\n".join(lines)
        same = b"".join(known.write([corrected(text, data)]))
        assert known.read_text(same, name=file) == text
        if name != "epub":
            assert same == data, file
        new = 'trois "marins" <blessés> & soignés\\'
        back = b"".join(
            known.write([corrected(text, data, ("blessé", new), ("pêcheurs", "à tous"))])
        )
        expected = text.replace("blessé", new).replace("pêcheurs", "à tous")
        assert known.read_text(back, name=file) == expected, file
        assert len(back) < len(data) + 200


def test_a_correction_of_several_lines_stays_in_its_field():
    for name, file, data, lines, _left in CASES:
        known = FORMATS[name]
        assert known.read_text
        assert known.write
        text = "\n".join(lines)
        back = b"".join(known.write([corrected(text, data, (TWO, "Une ligne.\nDeux lignes."))]))
        assert known.read_text(back, name=file) == text.replace(TWO, "Une ligne.\nDeux lignes."), (
            file
        )


def test_another_file_and_an_article_without_one_are_refused():
    for name, _file, data, _lines, _left in CASES:
        write = FORMATS[name].write
        assert write
        for article in (corrected("Autre", data), corrected("Autre", b"")):
            with pytest.raises(BadFile):
                list(write([article]))


def test_what_is_wrong_is_said():
    for name, data, words in (
        ("ninjs", b"{", "not valid JSON"),
        ("ninjs", b"[" * 100_000, "not valid JSON"),
        ("ninjs", b'{"uri": 1, "headline": 2}', "no article text"),
        ("ans", b'{"content_elements": [3, {"content": 4}]}', "no article text"),
        ("ans", b"[]", "no article text"),
        ("nitf", b"<nitf/>", "no article text"),
        ("wxr", b"", "empty"),
        ("epub", b"", "empty"),
        ("epub", b"%PDF-", "PDF"),
        ("epub", b"PK\x03\x04", "damaged"),
        ("epub", epub([]), "no article text"),
        ("epub", epub(["x"], **{"META-INF/encryption.xml": "x"}), "protected"),
    ):
        read = FORMATS[name].read_text
        assert read
        with pytest.raises(BadFile, match=words):
            read(data, name="a")


def test_characters_that_no_text_may_hold_are_not_read():
    data = b'{"uri": "x", "headline": "Un\\u0000 pont \\ud83d\\ude00 \\ud83d ici", "body_html": "Et \\u0026lt; l\\u00e0"}'
    assert FORMATS["ninjs"].read_text
    assert FORMATS["ninjs"].read_text(data, name="a") == "Un pont 😀  ici\nEt < là"


def test_a_post_without_tags_has_a_line_for_each_paragraph_and_shortcodes_are_no_words():
    post = f"{TWO}\n\nDes mots [sic] avec [gallery ids=\"1,2\"] au milieu [1].\n\n[video src='x' caption='La vague.']"
    data = WXR.replace(BODY, "").replace("<!-- wp:paragraph -->", post).encode()
    read = FORMATS["wxr"].read_text
    assert read
    lines = read(data, name="a").split("\n")
    assert lines == [HEAD, TWO, "Des mots [sic] avec au milieu [1].", "La vague.", CAPTION]


def test_a_feed_with_whole_texts_is_read_as_posts_are():
    feed = f"<rss version='2.0'><channel><item><title>{HEAD}</title><content:encoded>&lt;p&gt;{ONE}&lt;/p&gt;</content:encoded></item></channel></rss>"
    known, _by_content = detect_format("feed.xml", feed.encode())
    assert known is FORMATS["wxr"]
    assert known.read_text(feed.encode(), name="feed.xml").split("\n") == [HEAD, ONE]
    assert detect_format("feed.xml", b"<rss><channel/></rss>")[0] is None
