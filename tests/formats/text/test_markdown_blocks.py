"""Which lines of a Markdown file hold words, and which belong together."""

from articles.formats.text.markdown_blocks import BlockParser
from tests.cases import for_each


def blocks(raw: str) -> list[str]:
    """The blocks with their lines between bars, what is no Markdown with its kind before it."""
    return [
        (f"{each.kind}: " if each.kind else "") + "|".join(raw[slice(*run)] for run in each.runs)
        for each in BlockParser(raw).found
    ]


@for_each("ends", ["\n", "\r\n"])
@for_each(
    ("raw", "found"),
    [
        ("one\ntwo\n\nthree", ["one|two", "three"]),
        ("# One #\ntwo\n## Three {#id .x}\n#four", ["One", "two", "Three", "#four"]),
        ("One\n===\ntwo\n---\n\n---\nthree\n* * *", ["One", "two", "three"]),
        # points, and points in points
        ("- one\n- two\n  more\n\n  still\n1. three\n   * [x] four\n+ five", ["one", "two|more", "still", "three", "four", "five"]),
        ("- one\n\n      deep\n\nend\n\n    code\n    code\n\nend", ["one", "deep", "end", "end"]),
        ("2026. Year", ["2026. Year"]),
        ("in\n26. Year\n- point\n-\n", ["in|26. Year", "point"]),
        ("text\n    - more", ["text|    - more".replace("    ", "")]),
        ("    - code", []),
        # quotations
        ("> one\ntwo\n> > three\n\n> four\n>\n> - five\nsix", ["one|two", "three", "four", "five|six"]),
        ("> [!NOTE]\n> one\n\n> a\n\nb", ["one", "a", "b"]),
        # code and what is hidden
        ("a\n```py\nb\n``` \nc\n~~~~\nd\n~~~\n~~~~~\ne\n```\nf", ["a", "c", "e"]),
        ("> ```\n> a\n> ```\n> b", ["b"]),
        ("<!-- a\nb\n-->\nc\n\n<!-- d -->\n<script>\nx\n</script>\ne", ["c", "e"]),
        ("<div>\n*a*\n# b\n</div>\n\nc", ["html: <div>|*a*|# b|</div>", "c"]),
        (":::warning\na\n:::", ["a"]),
        # tables
        ("| a | b\\|c |\n|---|:-:|\n| d | e |\nf\n\ng", ["cell:  a ", "cell:  b\\|c ", "cell:  d ", "cell:  e ", "cell: f", "g"]),
        ("> a | b\n> --|--\n> c | d\n- e", ["cell: a ", "cell:  b", "cell: c ", "cell:  d", "e"]),
        ("a | b\n\nc", ["a | b", "c"]),
        # definitions and notes
        ('[a]: <http://x> "T"\n[^1]: One.\n    Two.\n[^2]: Three.\ntext\n[b]: x', ["One.|Two.", "Three.|text|[b]: x"]),
        ("[sic]: he said so", ["[sic]: he said so"]),
        # front matter
        (
            "---\ntitle: \"One: 'two'\"\nsubtitle: 'it''s'\ndate: 2026\nSummary: three # x\ntags: [a]\nlead: >\n  x\n---\nb",
            ["double: One: 'two'", "single: it''s", "bare: three # x", "b"],
        ),
        ('+++\ntitle = "One"\n+++', ["double: One"]),
        ("---\nno end", ["no end"]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(raw, found, ends):
    assert blocks(raw.replace("\n", ends)) == found


def test_a_mark_at_the_beginning_is_no_word():
    assert blocks("\ufeff# One") == ["One"]


def test_labels_of_links():
    assert BlockParser("[One  two]: x\n[Été]: y 'z'\n[^n]: no").labels == {"one two", "été"}
