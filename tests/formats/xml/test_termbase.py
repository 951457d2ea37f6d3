"""Word lists come in from spreadsheets and termbases."""

import io

import pytest

from articles.formats.interchange import BadFile
from articles.formats.xml.termbase import read
from articles.text.glossary import Entry
from tests.cases import for_each


def rows(data, name="words.csv", languages=("en", "fr")):
    return read(
        io.BytesIO(data if isinstance(data, bytes) else data.encode()),
        name=name,
        languages=languages,
    )


STRIKE = [Entry("strike", "grève")]


@for_each(
    "text",
    [
        "strike,grève",
        "strike;grève\n",
        "strike\tgrève",
        "\ufeffsource,target\r\nstrike,grève\r\n",
        "term,translation\n\nstrike,grève",
        "FR,EN_GB\ngrève,strike",
        "id,note,Target,Source\n7,,grève,strike",
        '"strike","grève","en","fr"',
        "strike, grève | grève",
        "strike,grève\nstrike,grève",
    ],
)
def test_a_table_in_any_of_its_shapes(text):
    assert rows(text) == STRIKE


def test_a_spreadsheets_unicode_text_is_understood():
    assert rows("source\ttarget\r\nstrike\tgrève\r\n".encode("utf-16")) == STRIKE


def test_without_translation_a_word_is_not_to_be_translated():
    assert rows("Sora\nBlade Runner\n") == [Entry("Sora"), Entry("Blade Runner")]
    assert rows("source\nSora") == [Entry("Sora")]
    assert rows("term,note\nSora,the model") == [Entry("Sora", "", "the model")]


def test_a_term_that_stands_twice_has_both_translations():
    assert rows("source,target,note\nwriter,auteur,\nwriter,scénariste|auteur,of films") == [
        Entry("writer", "auteur|scénariste", "of films")
    ]


def test_what_was_kept_from_spreadsheets_comes_back():
    assert rows("'=SUM,'+1") == [Entry("=SUM", "+1")]


@for_each(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        ("strike,grève\n,rien", "line 2: this row has a translation and no term"),
        ('strike,"gr"ève', "line 1: this row cannot be read"),
        (f"{'strike ' * 40},grève", "line 1: “strike strike"),
        (f"strike,{'grève ' * 90}", "line 1: “grève grève"),
        (b"PK\x03\x04xx", ""),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(data, said):
    with pytest.raises(BadFile) as problem:
        rows(data)
    assert said in str(problem.value)


VERSION_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc/></martifHeader><text><body>
<termEntry id="c1">
  <descripGrp><descrip type="definition">A stoppage
    of work.</descrip></descripGrp>
  <langSet xml:lang="en-US">
    <ntig><termGrp><term>strike</term></termGrp></ntig>
    <ntig><termGrp><term>walk<hi>out</hi></term></termGrp></ntig>
  </langSet>
  <langSet xml:lang="fr">
    <tig><term>grève</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    <tig><term>arrêt|pause</term></tig>
    <tig><term>débrayage</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="de"><tig><term>Streik</term></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""

VERSION_3 = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1">
  <langSec xml:lang="en"><basic:definition>A stoppage of work.</basic:definition>
    <termSec><term>strike</term></termSec></langSec>
  <langSec xml:lang="fr-CA">
    <termSec><term>grève</term></termSec>
    <termSec><term>débrayage</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
</conceptEntry></body></text></tbx>"""


def test_the_second_version_of_tbx():
    note = "A stoppage of work."
    assert rows(VERSION_2, "words.TBX") == [
        Entry("strike", "grève|arrêt/pause", note),
        Entry("walkout", "grève|arrêt/pause", note),
    ]


def test_the_third_version_of_tbx():
    assert rows(VERSION_3, "words.tbx") == [Entry("strike", "grève", "A stoppage of work.")]


def test_another_pair_of_the_same_file():
    assert [each.target for each in rows(VERSION_2, "words.tbx", ("en", "de"))] == [
        "Streik",
        "Streik",
    ]


@for_each(
    ("text", "said"),
    [
        (VERSION_3.replace('"fr-CA"', '"es"'), "no terms in both en and fr"),
        ("<tbx><text>", "cut off"),
        ('<!DOCTYPE tbx [<!ENTITY x "y">]><tbx/>', "entities"),
    ],
)
def test_a_termbase_that_cannot_be_used(text, said):
    with pytest.raises(BadFile, match=said):
        rows(text, "words.tbx")
