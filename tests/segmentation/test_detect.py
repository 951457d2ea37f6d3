"""The language of a document."""

from articles.segmentation import detect
from articles.segmentation.detect import detect_language, tell_language
from tests.cases import for_each


@for_each(
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


def test_a_line_of_names_and_figures_tells_no_language():
    for line in (
        "Harbour United a battu Northfield 3-2 (2-1) samedi.",
        "Classement : 1. Harbour United 34 pts. 2. Northfield 31 pts. 3. St. Alban 29 pts.",
        "Okafor, Lindqvist, Riordan, Duarte",
        "12 345",
    ):
        assert tell_language(line) is None, line
    assert tell_language("The match is on Sunday at three.") == "en"
    assert tell_language("Le prochain match a lieu dimanche à 15 h.") == "fr"


def test_the_model_is_loaded_again_where_it_was_forgotten():
    detect.forget_model()
    assert detect_language("La rivière était haute ce matin, et le bac n’est pas parti.") == "fr"
