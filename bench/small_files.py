"""Small valid files of formats that this site does not write by itself, for bench/mutate.py."""

from __future__ import annotations

import io
import json
import zipfile

PROSE = (
    "The mayor opened the bridge.\n\nThe river was calm that day, and about 3,200 people came to"
    " see it. Nobody was hurt.\n\n“We are glad,” she said.\n"
)
_BODY = "".join(f"<p>{line} &amp; <b>more</b></p>" for line in PROSE.strip().split("\n\n"))
_MARKDOWN = (
    f"---\ntitle: The bridge\n---\n\n# The bridge\n\n{PROSE}\n- a *b* [c](d)\n\n"
    "| a | b |\n|---|---|\n| c | d |\n"
)
_PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>T</title></head><body><nav>Menu</nav><article>"
    f"<h1>The bridge</h1>{_BODY}<ul><li>a</ul><table><tr><td>1<td>2</table></article></body></html>"
)
_CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    '# note\n#, fuzzy\nmsgid "A cat"\nmsgstr "Un chat"\n\nmsgid "a"\nmsgid_plural "b"\n'
    'msgstr[0] "c"\nmsgstr[1] "d"\n'
)
_LEGACY = (
    '<xliff version="1.2" xmlns:m="urn:m"><file original="a" source-language="en"'
    ' target-language="fr" datatype="x"><body><trans-unit id="1"><source>A <g id="1">cat</g>.'
    '</source><seg-source><mrk mtype="seg" mid="1">A cat.</mrk></seg-source><target>'
    '<mrk mtype="seg" mid="1">Un <ph id="2">&lt;br/&gt;</ph>chat.</mrk></target>'
    "<note from='Rosa'>Hm</note></trans-unit></body></file></xliff>"
)
_CUES = "00:00:01{0}000 --> 00:00:02{0}000\nThe mayor\nopened <i>it</i>.\n\n"
_NITF = (
    "<?xml version='1.0'?><nitf><body><body.head><hedline><hl1>The bridge</hl1></hedline>"
    f"<byline>By Jo</byline></body.head><body.content>{_BODY}</body.content></body></nitf>"
)
_NEWSML = (
    "<newsItem><contentMeta><headline>The bridge</headline></contentMeta><contentSet><inlineXML>"
    f"<html><body>{_BODY}</body></html></inlineXML></contentSet></newsItem>"
)
_WXR = (
    "<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><title>T"
    f"</title><content:encoded><![CDATA[{_BODY}]]></content:encoded><wp:post_type>post"
    "</wp:post_type></item></channel></rss>"
)
_NINJS = {"uri": "urn:x", "headline": "The bridge", "body_xhtml": _BODY}
_ANS = {
    "type": "story",
    "headlines": {"basic": "The bridge"},
    "content_elements": [{"type": "text", "content": "A <b>cat</b>."}],
}
_ODT = (
    "<?xml version='1.0'?><office:document-content><office:body><office:text>"
    "<text:h>The bridge</text:h><text:p>A <text:span>cat</text:span><text:s/>&amp;<text:tab/>"
    "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"
    "<office:annotation office:name='a'><dc:creator>Jo</dc:creator><text:p>Hm</text:p>"
    "</office:annotation>dog<office:annotation-end office:name='a'/>.</text:p>"
    "</office:text></office:body></office:document-content>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = (
    f"<w:document xmlns:w='{_WORD}'><w:body><w:p><w:r><w:t>A cat</w:t></w:r><w:ins w:author='A'>"
    "<w:r><w:t> sleeps</w:t></w:r></w:ins><w:commentRangeStart w:id='1'/><w:r><w:t>.</w:t></w:r>"
    "<w:commentRangeEnd w:id='1'/></w:p><w:altChunk/></w:body></w:document>"
)
_COMMENTS = (
    f"<w:comments xmlns:w='{_WORD}'><w:comment w:id='1' w:author='A'><w:p><w:r><w:t>Hm</w:t></w:r>"
    "</w:p></w:comment></w:comments>"
)

_RATINGS = (
    's\t{"errors":[{"start":2,"end":5,"category":"Accuracy/Omission","severity":"Major",'
    '"is_source_error":true}]}\trater3\ns\tNone\trater3\n'
)
_TAGGED = (
    "Seg_ID\tDoc\tSource\tTagged_Source\tTarget\tMT\tTagged_Target\tError_Category\tSeverity"
    "\tAnnotator_ID\n1\td\tA cat.\tA <tag>cat</tag>.\tUn chat.\ts\tUn <tag>chat</tag>."
    "\tAccuracy > Mistranslation\tMajor\t7\n"
)
_MARK = {
    "location": "target", "start": 2, "end": 2, "severity": "major", "type": "accuracy",
    "subtype": "mistranslation", "selected": "chat", "metadata": {"timestamp": 1712345678901},
}  # fmt: skip
_ANTHEA = {
    "raterId": "rosa", "projectName": "p", "templateName": "MQM", "template": {},
    "parsedDocSys": [
        {"doc": "d", "sys": "s", "srcSegments": ["A cat."], "tgtSegments": ["Un chat."]},
    ],
    "results": [{"visited": True, "timestamp": 1712345678901, "errors": [_MARK]}],
    "srcLang": "en", "tgtLang": "fr",
}  # fmt: skip
_ANSWER = {
    "annotator": "rosa", "source_text": "A cat.", "target_id": "s", "target_text": "Un chat.",
    "mqm_annotations": '[{"start_i":3,"end_i":6,"severity":"major","error_type":["Accuracy"]}]',
    "item_id": 1, "item_type": "TGT", "source_language": "eng", "target_language": "fra",
    "document_id": "d#s",
}  # fmt: skip
COMPANIONS = {"en-fr.txt": b"A cat.\nA dog.\n", "s.txt": b"Un chat.\nUn chien.\n"}
"""The texts that a table of ratings leaves in other files."""


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _book() -> bytes:
    return _zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfile full-path='p.opf'/></container>",
            "p.opf": "<package><manifest><item id='c' href='c.xhtml'/></manifest><spine>"
            "<itemref idref='c'/></spine></package>",
            "c.xhtml": f"<?xml version='1.0'?><html><body>{_BODY}</body></html>",
        }
    )


def _paper() -> bytes:
    """Return a PDF of one page with two lines."""
    drawn = b"BT /F1 12 Tf 72 720 Td (The mayor opened the) Tj 0 -14 Td (bridge on Monday.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Font<</F1 5 0 R>>>>",
    ]
    file = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return file + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def small_files() -> dict[str, list[tuple[str, bytes]]]:
    """Return valid files by the names of their formats, each with a file name and its bytes."""
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _ODT}
    word = {"word/document.xml": _DOCUMENT, "word/comments.xml": _COMMENTS}
    return {
        "text": [("a.txt", PROSE.encode())],
        "markdown": [("a.md", _MARKDOWN.encode())],
        "html": [("a.html", _PAGE.encode())],
        "po": [("a.po", _CATALOGUE.encode())],
        "xliff": [("a.xlf", _LEGACY.encode())],
        "srt": [("a.srt", ("1\n" + _CUES.format(",")).encode())],
        "vtt": [("a.vtt", ("WEBVTT\n\n" + _CUES.format(".")).encode())],
        "sbv": [("a.sbv", b"0:00:01.000,0:00:02.000\nThe mayor[br]opened it.\n\n")],
        "ninjs": [("a.json", json.dumps(_NINJS).encode())],
        "ans": [("a.json", json.dumps(_ANS).encode())],
        "nitf": [("a.xml", _NITF.encode())],
        "newsml": [("a.newsml", _NEWSML.encode())],
        "wxr": [("a.xml", _WXR.encode())],
        "epub": [("a.epub", _book())],
        "odt": [("a.odt", _zipped(odt)), ("a.fodt", _ODT.encode())],
        "docx": [("a.docx", _zipped(word))],
        "pdf": [("a.pdf", _paper())],
        "mt-metrics-table": [("en-fr.mqm.merged.seg.rating", _RATINGS.encode())],
        "bio-mqm-table": [("a.bio.tsv", _TAGGED.encode())],
        "anthea": [("a.anthea.json", json.dumps(_ANTHEA).encode())],
        "appraise-export": [("a.appraise.jsonl", json.dumps(_ANSWER).encode())],
    }
