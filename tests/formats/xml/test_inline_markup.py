"""Words between codes, and marks that keep to their words."""

from lxml import etree

from articles.formats.xml.inline_markup import inline_text, tidy_text
from tests.cases import for_each

ITS = 'xmlns:its="http://www.w3.org/2005/11/its"'


@for_each(
    ("inside", "text"),
    [
        ("One <pc id='1'>two <pc id='2'>three</pc></pc>", "One two three"),
        ("One <sc id='1'/>two<ec startRef='1'/>", "One two"),
        ("One<ph id='1' type='fmt' subType='xlf:lb'/>two", "One\ntwo"),
        ("One<ph id='1' equiv=' ' subType='xlf:lb'/>two", "One two"),
        ("<mrk id='1' translate='no'>One</mrk> two", "One two"),
        ("One<cp hex='0009'/>two", "One\ttwo"),
    ],
)
def test_codes_are_no_words(inside, text):
    assert inline_text(etree.fromstring(f"<source>{inside}</source>")).text == text


@for_each(
    ("data", "text"),
    [
        ("<source>\n   One\n   two\n </source>", "One two"),
        ("<source>One\n</source>", "One"),
        ("<source>\n\t</source>", ""),
        ("<source>One\n  two</source>", "One\n  two"),  # a line end inside may be meant
        ("<source> One </source>", " One "),
        ("<source xml:space='preserve'>\n One\n</source>", "\n One\n"),
        ("<unit xml:space='preserve'><source>\n One\n</source></unit>", "\n One\n"),
        ("<unit xml:space='preserve'><source xml:space='default'>\n One\n</source></unit>", "One"),
    ],
)
def test_indents_are_no_words(data, text):
    assert tidy_text(next(etree.fromstring(data).iter("source"))).text == text


def test_marks_stay_on_their_words_without_indents():
    inside = f'\n  One\n  <mrk {ITS} id="m" its:locQualityIssuesRef="#q">two\n  three</mrk>\n'
    found = tidy_text(etree.fromstring(f"<source>{inside}</source>"))
    (mark,) = found.marks
    assert (found.text, mark.span.of(found.text)) == ("One two three", "two three")


def test_nothing_is_nothing():
    assert tidy_text(None).text == ""
