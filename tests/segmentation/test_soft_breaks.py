"""Breaks inside paragraphs: those of balanced and wrapped lines are blanks, others part lines."""

from articles.segmentation.soft_breaks import find_continued

CASES = [
    # within a sentence: a balanced headline, a wrapped paragraph, a name after a preposition
    ("Storm closes the coastal|railway for a week", "+"),
    ("Une tempête ferme la|Ligne côtière", "+"),
    ("The line between|Marlow and Penhaven stays closed.", "+"),
    ("The operator said it was|“never” so high.", "+"),
    ("The line stays closed until|12 March, said the operator.", "+"),
    ("Storm closes|the coastal railway|for a week", "++"),
    # a sentence ends at one of them
    ("Nobody was hurt.|Buses run|from Tuesday morning.", ".+"),
    # lines that stand on their own
    ("Marlow Town Hall|12 High Street|Marlow", ".."),
    ("Mairie de Marlow|service des eaux|12, rue du Port|44000 Nantes", "..."),
    ("Jean Dupont|rédacteur en chef|Le Quotidien", ".."),
    ("Anna Keller|Ben Ito|Clara Nowak", ".."),
    ("Shall I compare thee to a summer's day?|Thou art more lovely and more temperate", "."),
    ("So much depends|upon|a red wheel|barrow", "..."),
    ("bread|milk|eggs", ".."),
    ("The repair will cost|- 3 million for the wall|- 2 million for the track", ".."),
    ("« Qui est là ? »|– moi, dit-il.", "."),
    ("Ingredients:|two eggs", "."),
    # two breaks in a row
    ("The line stays closed||until Friday.", ".."),
]
WRAPPED = [
    "About 3,200 commuters use the line each day, said Anna|Keller. He leads the team.",
    "Waves tore away forty metres of the track on Saturday|night. Nobody was hurt.",
    "The council says that all repairs will cost an estimated|$1.5 million. Nobody was hurt.",
    "Marlow Town Hall|12 High Street",
]


def test_a_break_inside_a_sentence_continues_the_line_and_others_end_it():
    wrong = []
    for text, expected in CASES:
        [found] = find_continued([text.split("|")])
        signs = "".join("+" if goes_on else "." for goes_on in found)
        if signs != expected:
            wrong.append((text, signs))
    assert wrong == []


def test_wrapped_paragraphs_tell_the_width_and_lines_that_fill_it_go_on():
    found = find_continued([text.split("|") for text in WRAPPED])
    assert found == [[True], [True], [True], [False]]
    alone = find_continued([WRAPPED[2].split("|")])
    assert alone == [[False]]


def test_no_paragraphs():
    assert find_continued([]) == []
