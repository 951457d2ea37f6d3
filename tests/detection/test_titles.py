"""An article is called by the headline of its file, or by its first words."""

from articles.detection.titles import better_title, proposed_title
from articles.text.document import Document

LONG = "The mayor and the whole of the town council opened the new bridge over the river " * 3


def test_a_title_is_the_headline_or_the_first_line_that_is_long_enough():
    for text, page, title in (
        ("SPORT\nMonday, 3 May\nA late goal wins the cup\nIt rained.", b"", "A late goal wins the cup"),
        ("Weather\n\nMonday: sunny all day. Tuesday: rain.", b"", "Weather"),
        ("The tide\n\nThe boats lie still,\nthe gulls are loud.", b"", "The tide"),
        ("SPORT\nIt rained all day.", b"", "It rained all day."),
        ("Paris.\nIt rained all day.", b"", "It rained all day."),
        ("SPORT\nParis\n", b"", "SPORT"),
        ("", b"", ""),
        ("A late goal\nIt rained all day.", b"<h1>Stated elsewhere</h1><h1>It rained all day.</h1>", "It rained all day."),
        ("It rained all day.\nA late goal wins", b"# A late goal wins", "A late goal wins"),
        ("It rained all day.", b"# Not in the text", "It rained all day."),
        ("Hello. Dear all. We are closed.", b"", "Hello. Dear all."),
        ("Yes! No! Oh!", b"", "Yes! No! Oh!"),
    ):  # fmt: skip
        assert proposed_title(Document("x.txt", "en", text, page=page)) == title, text


def test_a_long_title_is_cut_after_a_word():
    title = proposed_title(Document("x.txt", "en", LONG))
    assert len(title) <= 120
    assert title.endswith("…")
    assert LONG.startswith(title[:-1] + " ")


def test_the_name_of_a_file_is_no_title_where_there_are_words():
    texts = ["Paris.", "The mayor spoke. Nobody laughed."]
    for title, file, found in (
        ("talk.csv", "talk.csv", "The mayor spoke."),
        ("The harbour", "talk.csv", "The harbour"),
        ("news/1", "talk.csv", "The mayor spoke."),
    ):
        assert better_title(title, file, texts, "en") == found
    assert better_title("talk.csv", "talk.csv", ["Paris.", "Yes."], "en") == "talk.csv"
