"""Which sentences translate each other: small invented texts for every kind of grouping, and what holds for any text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.alignment import anchors
from articles.alignment.aligner import align, align_texts, calibrated
from articles.alignment.anchors import find_cuts, longest_chain, mutual_pairs, proportional_cuts
from articles.alignment.sentence_encoder import load_encoder
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Bead, Sentence

EN = [
    "The old bridge over the river was closed on Monday.",
    "Engineers had found cracks in two of its pillars.",
    "Drivers must now take the road through the forest.",
    "The baker of the village lost half of his customers.",
    "Snow is expected on the mountain passes tonight.",
    "The repair will cost four million euros.",
]
FR = [
    "Le vieux pont sur la rivière a été fermé lundi.",
    "Des ingénieurs avaient trouvé des fissures dans deux de ses piliers.",
    "Les automobilistes doivent désormais prendre la route de la forêt.",
    "Le boulanger du village a perdu la moitié de ses clients.",
    "De la neige est attendue cette nuit sur les cols de montagne.",
    "La réparation coûtera quatre millions d’euros.",
]


class Tagged:
    """A fake encoder: sentences with the same first letter mean the same."""

    def sentences(self, texts):
        directions = np.random.default_rng(5).standard_normal((128, 24)).astype(np.float32)
        rows = [sum(directions[ord(word[0]) % 128] for word in text.split()) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32).reshape(
            len(texts), 24
        )


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def as_sentences(texts):
    return split_sentences("\n".join(texts), "en")


def groups(source, target, encoder, **languages):
    """The aligned groups as texts, the sentences of one side joined by a stroke."""
    found = align_texts(source, target, encoder=encoder, **languages)
    return [
        (
            "|".join(each.text for each in found.source[slice(*bead.source)]),
            "|".join(each.text for each in found.target[slice(*bead.target)]),
        )
        for bead in found.beads
    ]


def test_one_to_one(encoder):
    assert groups(" ".join(EN), "\n\n".join(FR), encoder) == list(zip(EN, FR, strict=True))


def test_a_dropped_paragraph_costs_only_itself(encoder):
    assert groups("\n".join(EN), "\n".join(FR[:2] + FR[4:]), encoder) == [
        *zip(EN[:2], FR[:2], strict=True), (EN[2], ""), (EN[3], ""), *zip(EN[4:], FR[4:], strict=True),
    ]  # fmt: skip


def test_sentences_joined_in_translation(encoder):
    joined = FR[1][:-1] + " ; " + FR[2][0].lower() + FR[2][1:]
    assert (f"{EN[1]}|{EN[2]}", joined) in groups(
        " ".join(EN), " ".join([FR[0], joined, *FR[3:]]), encoder
    )


def test_a_sentence_split_in_translation(encoder):
    parts = "Des ingénieurs avaient trouvé des fissures.", "Elles étaient dans deux de ses piliers."
    found = groups(" ".join(EN), " ".join([FR[0], *parts, *FR[2:]]), encoder)
    assert (EN[1], "|".join(parts)) in found


def test_a_lost_full_stop_is_found_by_the_other_side(encoder):
    found = groups(
        " ".join(EN), " ".join([FR[0][:-1], *FR[1:]]).replace("lundi Des", "lundi Les"), encoder
    )
    assert found[0] == (EN[0], FR[0][:-1])
    assert len(found) == 6


def test_a_full_stop_lost_before_a_name_is_found_by_the_other_side(encoder):
    english = [
        "Phil Mickelson will set a record when he plays his 47th match on Sunday.",
        "Mickelson, who is playing for the twelfth time, was left out by captain Jim Furyk on Saturday.",
    ]
    french = (
        "Phil Mickelson établira un record en jouant dimanche son 47e match Mickelson, qui joue pour la "
        "douzième fois, a été écarté samedi par le capitaine Jim Furyk."
    )
    first, second = french[: french.index("match") + 5], french[french.index("Mickelson,") :]
    assert groups("\n".join([*english, *EN]), "\n".join([french, *FR]), encoder) == [
        (english[0], first), (english[1], second), *zip(EN, FR, strict=True),
    ]  # fmt: skip
    # The same with the languages in the other place.
    assert groups(
        "\n".join([french, *FR]), "\n".join([*english, *EN]), encoder,
        source_language="fr", target_language="en",
    ) == [(first, english[0]), (second, english[1]), *zip(FR, EN, strict=True)]  # fmt: skip


def test_names_in_a_sentence_that_joins_two_are_no_boundaries(encoder):
    english = [
        "The prize goes to Phil Mickelson of San Diego.",
        "Captain Jim Furyk handed it over in Paris on Sunday.",
    ]
    french = (
        "Le prix va à Phil Mickelson de San Diego et a été remis dimanche à Paris par le capitaine Jim "
        "Furyk."
    )
    assert groups("\n".join([*english, *EN]), "\n".join([french, *FR]), encoder) == [
        ("|".join(english), french), *zip(EN, FR, strict=True),
    ]  # fmt: skip


def test_a_doubted_boundary_that_nothing_supports_is_no_boundary(encoder):
    source = [EN[0], "She reads the magazine The Lantern in bed.", *EN[1:]]
    target = [FR[0], "Elle lit le magazine The Lantern au lit.", *FR[1:]]
    assert (source[1], target[1]) in groups(" ".join(source), " ".join(target), encoder)


# Boundaries that both languages have in the same place, and that are none in either.
SHARED_DOUBTS = [
    [("In 2019 Roche sold the mill.", "En 2019 Roche a vendu le moulin.")],
    [("The hearing lasted four hours and 25 minutes.", "L’audience a duré quatre heures et 25 minutes.")],
    [("He was heard at the court in The Hague.", "Il a été entendu au tribunal de La Haye.")],
    [("She gave one reason: The wheel was old.", "Elle a donné une raison : La roue était vieille.")],
    [("The firm Hollis Inc. Friday sold its mill.", "La société Hollis Inc. Vendredi a vendu son moulin.")],
    [
        ("19:40 The bridge is closed.", "19 h 40 Le pont est fermé."),
        ("9 p.m. Drivers wait.", "21 h Les automobilistes attendent."),
    ],
    [
        ("Mr. Hollis met Dr. A. B. Roche.", "M. Hollis a rencontré le Dr. A. B. Roche."),
        ("Mrs. Lane was absent.", "Mme Lane était absente."),
    ],
]  # fmt: skip


def test_a_doubtful_boundary_does_not_win_because_both_texts_have_it(encoder):
    for pairs in SHARED_DOUBTS:
        expected = [(EN[0], FR[0]), *pairs, (EN[4], FR[4])]
        source = "\n".join(pair[0] for pair in expected)
        target = "\n".join(pair[1] for pair in expected)
        assert groups(source, target, encoder) == expected


def test_german_and_spanish_doubts_in_both_texts(encoder):
    source = "Mr. Hollis came on May 3. The mill cost 2.5 million euros in the 19th century."
    german = "Hr. Hollis kam am 3. Mai. Die Mühle kostete im 19. Jahrhundert 2,5 Mio. Euro."
    spanish = "El Sr. Hollis llegó el 3 de mayo. El molino costó 2,5 mill. de euros en el s. XIX."
    for language, target in (("de", german), ("es", spanish)):
        assert len(groups(source, target, encoder, target_language=language)) == 2


def test_page_furniture_is_left_alone(encoder):
    target = [FR[0], "Publicité", FR[1], "Lire aussi : La route de la forêt", *FR[2:]]
    assert groups("\n".join(EN), "\n".join(target), encoder) == [
        (EN[0], FR[0]), ("", target[1]), (EN[1], FR[1]), ("", target[3]), *zip(EN[2:], FR[2:], strict=True),
    ]  # fmt: skip


def test_lines_of_the_page_that_no_list_has_are_left_alone(encoder):
    furniture = [
        "Newsletter",
        "Voir toutes les photos du week-end",
        "Réagir à cet article",
        "Nos offres du printemps",
    ]
    target = "\n".join(
        line for pair in zip(FR, [*furniture, "", ""], strict=True) for line in pair if line
    )
    found = groups("\n".join(EN), target, encoder)
    assert [pair for pair in found if pair[0]] == list(zip(EN, FR, strict=True))
    without_third = "\n".join(line for line in target.split("\n") if line != FR[2])
    assert (EN[2], "") in groups("\n".join(EN), without_third, encoder)


def test_a_dropped_caption_is_one_segment_and_run_in_and_labelled_lines_stand_alone(encoder):
    english = "\n\n".join([*EN[:2], "Old photo. Rights reserved.", *EN[2:]])
    furniture = "Fil d’actualités"
    lines = [*FR[:3], f"{furniture} {FR[3]}", "Notre dossier : les ponts de la région", *FR[4:]]
    found = groups(english, "\n\n".join(lines), encoder)
    assert ("Old photo.|Rights reserved.", "") in found
    assert ("", furniture) in found
    assert (EN[3], FR[3]) in found
    assert ("", lines[4]) in found


def test_a_sentence_that_ran_into_the_title_behind_a_label_is_cut_off_before_its_name(encoder):
    english = "Warren answered that it was time to repair the broken government of the country."
    french = "Warren a répondu qu’il était temps de réparer le gouvernement brisé du pays."
    title = "Lire aussi : Départ manqué de Zelaya du Honduras vers le Mexique"
    found = groups("\n".join([*EN, english]), "\n".join([*FR, f"{title} {french}"]), encoder)
    assert found == [*zip(EN, FR, strict=True), ("", title), (english, french)]


def test_additions_at_the_end_are_one_notice_unless_lines_are_empty_and_omissions_are_not(encoder):
    closing = [
        "Ce texte a été traduit par une machine.",
        "De petites différences sont possibles.",
        "Merci.",
    ]
    left = " ".join(FR[:3] + FR[5:])
    lines = groups(" ".join(EN), left + "\n\n" + "\n\n".join(closing), encoder)
    assert {("", line) for line in closing} <= set(lines)
    found = groups(" ".join(EN), left + "\n" + "\n".join(closing), encoder)
    assert ("", "|".join(closing)) in found
    assert (EN[3], "") in found
    assert (EN[4], "") in found


def test_a_dropped_sentence_with_a_doubted_boundary_is_one(encoder):
    odd = "Nobody has read the magazine The Lantern since the printer moved away."
    assert (odd, "") in groups("\n".join([*EN[:3], odd, *EN[3:]]), "\n".join(FR), encoder)
    assert ("", odd) in groups(
        "\n".join(EN), "\n".join([*FR[:3], odd, *FR[3:]]), encoder, target_language="en"
    )


def test_without_an_encoder_length_numbers_and_names_are_enough_for_plain_cases():
    source = [
        "Anna Kovar was born in 1931 in Tábor.",
        "She wrote 14 novels.",
        "In 1968 Kovar left for Vienna by train.",
    ]
    target = [
        "Anna Kovar est née en 1931 à Tábor.",
        "Elle a écrit 14 romans.",
        "En 1968, Kovar part en train à Vienne.",
    ]
    assert groups(" ".join(source), " ".join(target), None) == list(
        zip(source, target, strict=True)
    )


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "es",
            [
                "El puente está cerrado.",
                "La nieve cae sobre el pueblo.",
                "El pan cuesta tres euros.",
            ],
        ),
        (
            "de",
            [
                "Die Brücke ist gesperrt.",
                "Der Schnee fällt auf das Dorf.",
                "Das Brot kostet drei Euro.",
            ],
        ),
    ],
)
def test_other_languages(encoder, language, texts):
    source = ["The bridge is closed.", "Snow falls on the village.", "The bread costs three euros."]
    expected = [(source[0], texts[0]), (source[1], ""), (source[2], texts[2])]
    found = groups(
        "\n".join(source), "\n".join([texts[0], texts[2]]), encoder, target_language=language
    )
    assert found == expected


def test_scores_are_low_where_the_pairing_is_doubtful(encoder):
    sure = align_texts(" ".join(EN), " ".join(FR), encoder=encoder).beads
    doubtful = align_texts("\n".join(EN[:3]), "\n".join(FR[3:]), encoder=encoder).beads
    assert min(bead.score for bead in sure) > 0.9
    assert all(
        0 < bead.score < 0.9
        for bead in doubtful
        if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]
    )
    assert (
        calibrated(0.0)
        < calibrated(0.15)
        < 0.5
        < calibrated(0.2)
        < calibrated(0.8)
        < 0.9
        < calibrated(1.0)
        < 1
    )


def test_nothing_beside_something():
    assert align([], []) == []
    assert [(bead.source, bead.target) for bead in align(as_sentences(EN[:2]), [])] == [
        ((0, 1), (0, 0)),
        ((1, 2), (0, 0)),
    ]
    assert align_texts("", "Rien.", encoder=Tagged()).beads == [
        Bead((0, 0), (0, 1), align_texts("", "Rien.").beads[0].score)
    ]


WORDS = st.sampled_from(["ab", "cd", "efg", "h1", "K", "Lm"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), max_size=9, unique=True)


def sentences(texts):
    return [
        Sentence(at * 100, at * 100 + len(text), text, at // 2) for at, text in enumerate(texts)
    ]


@settings(max_examples=30, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([None, Tagged()]))
@pytest.mark.slow
def test_every_sentence_is_in_one_bead_in_order_on_any_texts(source, target, encoder):
    row = column = 0
    for bead in align(sentences(source), sentences(target), encoder=encoder):
        assert (bead.source[0], bead.target[0]) == (row, column)
        assert bead.source[1] - row + bead.target[1] - column > 0
        assert 0 <= bead.score <= 1
        row, column = bead.source[1], bead.target[1]
    assert (row, column) == (len(source), len(target))


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_identical_texts_align_one_to_one(texts):
    beads = align(sentences(texts), sentences(texts), encoder=Tagged(), target_language="en")
    assert [(bead.source, bead.target) for bead in beads] == [
        ((k, k + 1), (k, k + 1)) for k in range(len(texts))
    ]


@pytest.mark.parametrize("kept", [range(6), [0, 1, 4, 5], [2, 3, 5], [0, 5]])
def test_swapping_the_sides_mirrors_the_result(encoder, kept):
    source, target = as_sentences(EN), as_sentences([FR[k] for k in kept])
    there = align(source, target, encoder=encoder)
    back = align(target, source, encoder=encoder, source_language="fr", target_language="en")
    assert {
        (bead.target, bead.source)
        for bead in back
        if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]
    } == {
        (bead.source, bead.target)
        for bead in there
        if bead.source[0] < bead.source[1] and bead.target[0] < bead.target[1]
    }


def test_a_long_text_is_cut_and_aligned_as_if_it_were_not(encoder, monkeypatch):
    source = [f"{text[:-1]} in {year}." for year in range(1900, 1903) for text in EN]
    target = [f"{text[:-1]} en {year}." for year in range(1900, 1903) for text in FR]
    at_once = align(as_sentences(source), as_sentences(target), encoder=encoder)
    monkeypatch.setattr(anchors, "MAX_UNCUT_CELLS", 30)
    monkeypatch.setattr(anchors, "MIN_PART", 5)
    in_parts = align(as_sentences(source), as_sentences(target), encoder=encoder)
    assert [(bead.source, bead.target) for bead in in_parts] == [
        (bead.source, bead.target) for bead in at_once
    ]


def test_a_text_said_several_times_is_cut_at_the_same_place_in_both():
    once = np.eye(40, dtype=np.float32)
    thrice = np.concatenate([once, once, once])
    assert longest_chain(mutual_pairs(thrice, thrice)) == [(place, place) for place in range(120)]


def test_where_no_safe_place_is_found_the_cut_is_in_proportion():
    unlike = np.eye(700, dtype=np.float32)
    assert find_cuts(unlike[:350], unlike[350:]) == []
    assert proportional_cuts((0, 0), (1000, 300)) == [(500, 150)]


def test_the_chain_runs_forward_in_both_texts():
    assert longest_chain([(0, 0), (1, 7), (2, 1), (3, 2), (5, 9), (6, 3)]) == [
        (0, 0),
        (2, 1),
        (3, 2),
        (6, 3),
    ]
    assert longest_chain([]) == []


def test_words_dropped_at_the_end_of_a_sentence_stay_with_it():
    english = (
        "The line will run for 12 kilometres and have 19 stops. "
        "Trams will leave every six minutes during the day. "
        "Passengers will reach the main station in 22 minutes. "
        "A bus takes twice as long today."
    )
    french = (
        "La ligne s’étendra sur 12 kilomètres et comptera 19 arrêts. "
        "Les trams partiront toutes les six minutes pendant la journée. "
        "Les passagers rejoindront la gare. "
        "Un bus met deux fois plus de temps aujourd’hui."
    )
    aligned = align_texts(english, french, encoder=load_encoder())
    assert [each.text for each in aligned.source] == split_at_stops(english)
    assert [(bead.source, bead.target) for bead in aligned.beads] == [
        ((place, place + 1), (place, place + 1)) for place in range(4)
    ]


def split_at_stops(text: str) -> list[str]:
    return [f"{part}." for part in text.rstrip(".").split(". ")]
