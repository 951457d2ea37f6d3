"""The language of a document."""

import pytest

from articles.segmentation.detect import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The river was high this morning, and the ferry did not leave.", "en"),
        ("La rivière était haute ce matin, et le bac n’est pas parti.", "fr"),
        ("El río estaba alto esta mañana y el barco no salió.", "es"),
        ("Der Fluss war heute Morgen hoch, und die Fähre fuhr nicht.", "de"),
        ("Řeka byla dnes ráno vysoká a přívoz neodjel, protože pršelo celou noc.", None),
        ("12 345 – 67", None),
        ("", None),
    ],
)
def test_detection(text, language):
    assert detect_language(text) == language
