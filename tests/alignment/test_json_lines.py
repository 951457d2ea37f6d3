"""JSON Lines in, segments out; a bad line is said, and the others are answered."""

import json

from articles.alignment.json_lines import align_lines
from tests.cases import for_each

GOOD = {
    "id": 7,
    "source": "Anna was born in 1931. She left.",
    "target": "Anna est née en 1931. Elle partit.",
}


def run(*lines, **options):
    said, complained = [], []
    bad = align_lines(lines, said.append, complained.append, **options)
    return bad, [json.loads(line) for line in said], complained


def test_spans_are_code_points_of_the_texts():
    bad, [answer], _ = run(json.dumps(GOOD).encode())
    assert bad == 0
    assert answer["id"] == 7
    assert [(s["source"], s["target"]) for s in answer["segments"]] == [
        ([[0, 22]], [[0, 21]]),
        ([[23, 32]], [[22, 34]]),
    ]
    assert all(0 <= segment["score"] <= 1 for segment in answer["segments"])


def test_nothing_to_align_is_no_error():
    assert run(json.dumps({"id": 1, "source": "", "target": ""}).encode(), b"", b" \n") == (
        0,
        [{"id": 1, "segments": []}],
        [],
    )


@for_each(
    ("line", "sentence"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "an object is needed"),
        (b'{"id": 1, "source": "A."}', "“target” is missing"),
        (b'{"source": "A.", "target": "B."}', "“id” is missing"),
        (b'{"id": 1, "source": 3, "target": "B."}', "“source” must be a text"),
    ],
)
def test_a_bad_line_is_said_with_its_number_and_the_others_are_answered(line, sentence):
    good = json.dumps(GOOD).encode()
    bad, answers, [complaint] = run(good, line, good, source_language="en", target_language="fr")
    assert (bad, len(answers)) == (1, 2)
    assert complaint.startswith("line 2: ")
    assert sentence in complaint
