"""What the two documents that came first must become."""

from pathlib import Path

import pytest

from articles.alignment.aligner import align_texts
from articles.alignment.document_pairs import pair_documents
from articles.alignment.sentence_encoder import load_encoder
from articles.segmentation.detect import detect_language
from articles.text.document import Document

SEEDS = Path(__file__).parents[2] / "seeds"

# The spans of each segment's sentences, source then target.
SEGMENTS = [
    ([(0, 26)], [(0, 26)]),
    ([(27, 55)], [(27, 68)]),
    ([(56, 312)], [(69, 318)]),
    ([(313, 536)], [(319, 568)]),
    ([(537, 642)], [(569, 669)]),
    ([(643, 798)], [(670, 822)]),
    ([(799, 900)], [(823, 924)]),
    ([(901, 976)], [(925, 1002)]),
    ([(977, 1387)], [(1003, 1439)]),
    ([(1388, 1452)], [(1440, 1520)]),
    ([], [(1521, 1556), (1557, 1584)]),
    ([(1453, 1566)], [(1585, 1714)]),
    ([(1567, 1753)], [(1715, 1785), (1786, 1960)]),
    ([(1754, 1868)], [(1961, 2055)]),
    ([(1869, 1934)], [(2056, 2132)]),
    ([(1935, 2047)], [(2133, 2252)]),
    ([(2048, 2179)], [(2253, 2415)]),
    ([(2180, 2276)], [(2416, 2525)]),
    ([(2277, 2526)], [(2526, 2815)]),
    ([(2527, 2754)], [(2816, 3079)]),
    ([(2755, 2885)], [(3080, 3184)]),
    ([], [(3185, 3241), (3242, 3310), (3311, 3392), (3393, 3432)]),
]


@pytest.fixture(scope="module")
def pair():
    texts = [path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))]
    found = pair_documents([Document("seed", detect_language(text) or "", text) for text in texts])
    [match] = found.pairs
    return match.source, match.target


def test_the_english_and_the_french_find_each_other(pair):
    assert [document.language for document in pair] == ["en", "fr"]
    assert pair[0].text.startswith("OpenAI needs")


def test_exactly_the_segments_of_the_gold_standard(pair):
    found = align_texts(pair[0].text, pair[1].text, encoder=load_encoder())
    spans = [
        (
            [(each.start, each.end) for each in found.source[slice(*bead.source)]],
            [(each.start, each.end) for each in found.target[slice(*bead.target)]],
        )
        for bead in found.beads
    ]
    assert spans == SEGMENTS
