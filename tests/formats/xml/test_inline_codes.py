"""Codes that stand for a character become that character; mark-up and values are no words."""

from lxml import etree

from articles.formats.xml.inline_codes import code_text

CODES = {
    '<ph id="1">&lt;mq:ch val="nbsp" /&gt;</ph>': "\xa0",
    '<ph id="1">&lt;mq:ch val="&#x2009;" /&gt;</ph>': "\u2009",
    '<ph id="1">&lt;mq:ch val="U+2011"/&gt;</ph>': "\u2011",
    "<ph id='1'>&lt;mq:ch val='mdash'/&gt;</ph>": "—",
    '<ph id="1">&lt;mq:ch val="bogus"/&gt;</ph>': "",
    '<ph id="1">&amp;nbsp;</ph>': "\xa0",
    '<ph id="1">&amp;#8239;</ph>': "\u202f",
    '<ph id="1">&amp;#xD800;</ph>': "\ufffd",
    '<ph id="1">&lt;w:noBreakHyphen/&gt;</ph>': "\u2011",
    '<ph id="1">&lt;w:tab/&gt;</ph>': "\t",
    '<it id="1">&lt;br class="x"/&gt;</it>': "\n",
    '<ph id="1">\\n</ph>': "\n",
    '<x id="1" ctype="x-html-br"/>': "\n",
    '<x id="LINE_BREAK" ctype="lb" equiv-text="&lt;br/&gt;"/>': "\n",
    '<x id="START_TAG_SPAN" ctype="x-span" equiv-text="&lt;span class=&quot;a&quot;&gt;"/>': "",
    '<x id="INTERPOLATION" equiv-text="{{ name }}"/>': "",
    '<ph id="1">{0}</ph>': "",
    '<ph id="1">%1$s</ph>': "",
    '<ph id="1">&lt;sub&gt;</ph>': "",
    '<ph id="1">&lt;b&gt;</ph>': "",
    '<bpt id="1">{}</bpt>': "",
    '<ph id="1" dataRef="d1"/>': "\xa0",
    '<x id="7"/>': "\u2011",
    '<bpt id="7"/>': "",
}
ORIGINALS = {"d1": "&nbsp;", "7": "<w:noBreakHyphen/>"}


def test_codes_are_the_characters_they_stand_for():
    found = {code: code_text(etree.fromstring(code), ORIGINALS) for code in CODES}
    assert found == CODES
