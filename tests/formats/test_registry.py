"""Every format can be found by its file's name and says what it can do."""

from articles.formats import FORMATS, for_name


def test_a_file_finds_its_format():
    assert for_name("a.TXT") is FORMATS["text"]
    assert for_name("a.b.tsv") is FORMATS["csv"]
    assert for_name("noending") is None


def test_every_format_does_something():
    for each in FORMATS.values():
        assert each.write or each.read or each.read_text
        assert all(ending.startswith(".") for ending in each.endings)
