"""Weekdays, months, times of day."""

from tests.cases import for_each
from tests.checks.table import marked, shown

MONDAY = {"Monday", "Mardi"}
SUNDAY = {"Sunday", "Mardi"}
FAULTS = [
    ("They met on Monday.", "Ils se sont vus mardi.", {"Monday", "mardi"}),
    ("They met on Monday and Friday.", "Ils se sont vus lundi et samedi.", {"Friday", "samedi"}),
    ("They met on Thursday.", "Ils se sont vus.", {"Thursday"}),
    ("They met.", "Ils se sont vus jeudi.", {"jeudi"}),
    ("closed on Sundays", "fermé le samedi", {"Sundays", "samedi"}),
    ("They met on Sat. at noon.", "Ils se sont vus mardi à midi.", {"Sat", "mardi"}),
    ("On June 3, it rained.", "Le 3 juillet, il a plu.", {"June", "juillet"}),
    ("In January 2020", "En février 2020", {"January", "février"}),
    ("In May, he left.", "En mars, il est parti.", {"May", "mars"}),
    ("on March 5", "le 5 mai", {"March", "mai"}),
    ("It opened in October.", "Il a ouvert.", {"October"}),
    ("It opened.", "Il a ouvert en août.", {"août"}),
    ("KILMARA, Nov 29 - Two died.", "KILMARA, 29 oct. - Deux morts.", {"Nov", "oct"}),
    ("KILMARA, 29 Nov - Two died.", "KILMARA, 29 octobre - Deux morts.", {"Nov", "octobre"}),
    ("Sept. 12 was dry.", "Le 12 octobre a été sec.", {"Sept", "octobre"}),
    ("Doors open at 3 pm.", "Ouverture à 16 h.", {"3 pm", "16 h"}),
    ("On Monday, a day after the fire, he left.", "Mardi, après l’incendie, il est parti.", MONDAY),
    ("A day after Sunday’s vote, he left.", "Mardi, après le vote, il est parti.", SUNDAY),
    ("Doors open at 3 p.m.", "Ouverture à 3 h du matin.", {"3 p.m.", "3 h du matin"}),
    ("Doors open at 3:30 pm.", "Ouverture à 15 h 45.", {"3:30 pm", "15 h 45"}),
    ("Doors open at 9:15.", "Ouverture à 9h45.", {"9:15", "9h45"}),
    ("It starts at 11 a.m. sharp.", "Cela commence à 81h précises.", {"11 a.m.", "81"}),
    ("It starts at 8:20 pm.", "Cela commence le soir.", {"8:20 pm"}),
    ("It starts in the evening.", "Cela commence à 20 h 15.", {"20 h 15"}),
    ("They meet at 2.30pm on Thursday.", "Ils se réunissent jeudi à 2 h 30.", {"2.30pm", "2 h 30"}),
    ("Doors open at 3 pm.", "Ouverture à 3 heures.", {"3 pm", "3 heures"}),
    (
        "They meet between 2pm and 3pm.",
        "Ils se réunissent entre 2 heures et 3 heures.",
        {"2pm", "2 heures", "3pm", "3 heures"},
    ),
    ("It fell at 12.30am on Monday.", "Il est tombé à 12h30 lundi.", {"12.30am", "12h30"}),
    ("at 18:05 on Friday", "à 18:50 vendredi", {"18:05", "18:50"}),
]

FINE = [
    ("They met on Monday.", "Ils se sont vus lundi."),
    ("closed on Sundays", "fermé le dimanche"),
    ("On Thursday night", "Dans la nuit de jeudi à vendredi"),
    ("Black Friday sales", "Les soldes du Black Friday"),
    ("On June 3, it rained.", "Le 3 juin, il a plu."),
    ("You may march.", "Vous pouvez défiler."),
    ("May I?", "Puis-je ?"),
    ("In May, he left.", "En mai, il est parti."),
    ("But it may rain.", "Mais il peut pleuvoir."),
    ("He marched on Mars.", "Il a marché sur Mars."),
    ("the March of 5 March", "la Marche du 5 mars"),
    ("Sept. 12, 2019", "12 sept. 2019"),
    ("KILMARA, Nov 29 - Two died.", "KILMARA, 29 nov. - Deux morts."),
    ("Kilmara (29 Nov): two died.", "Kilmara (29 novembre) : deux morts."),
    ("KILMARA, May 3 - Two died.", "KILMARA, 3 mai - Deux morts."),
    ("He ran Dec 10 Ltd and Mar 3 Ltd.", "Il dirigeait Dec 10 Ltd et Mar 3 Ltd."),
    ("The Jan 21 jury met.", "Le jury Jan 21 s’est réuni."),
    ("November 10, 2013", "10/11/2013"),
    ("Doors open at 3 pm.", "Ouverture à 15 h."),
    ("At 2pm, after two hours of debate, they voted.", "À 14 h, après 2 h de débat, ils ont voté."),
    (
        "At 2pm, after two hours of debate, they voted.",
        "À 14 heures, après 2 heures de débat, ils ont voté.",
    ),
    ("He waited until 3pm.", "Depuis 3 heures, il attendait ; il est parti à 15 heures."),
    ("A day after Sunday’s vote, he left.", "Lundi, au lendemain du vote, il est parti."),
    ("On Friday, a day after Thursday’s vote, he left.", "Vendredi, après le vote, il est parti."),
    ("It was the day before the vote on Sunday.", "C’était samedi."),
    ("Doors open at 3 p.m.", "Ouverture à 15\u00a0heures."),
    ("Doors open at 3 p.m.", "Ouverture à 3 heures de l’après-midi."),
    ("Doors open at 3:30 pm.", "Ouverture à 15\u202fh\u202f30."),
    ("Doors open at 9 a.m.", "Ouverture à 9h."),
    ("At 20.45 hrs", "À 20h45"),
    ("It begins at 10 p.m. on Saturday.", "Cela commence samedi soir à 10 heures."),
    ("It lasted 3 hours until 3 p.m.", "Cela a duré 3 heures, jusqu’à 15 heures."),
    ("open from 2.30am to 2.30pm", "ouvert de 2 h 30 à 14 h 30"),
    ("at 6.30 that night", "à 18h30 ce soir-là"),
    ("at 8 o’clock", "à 20 heures"),
    ("shortly after eight o’clock", "peu après 20 heures"),
    ("for 10 hours", "pendant 10 heures"),
    ("from 3 to 5 pm", "de 15 h à 17 h"),
    ("12 a.m. and 12 p.m.", "0 h et 12 h"),
    ("noon", "midi"),
    ("He said on Mon. that it would end by Thurs. night.", "Il a dit lundi que cela finirait jeudi soir."),
    ("They sat. The sun. Nobody moved.", "Ils étaient assis. Le soleil. Personne ne bougeait."),
    ("from Monday 3 May", "à partir du lun. 3 mai"),
]  # fmt: skip


@for_each(("source", "target", "words"), FAULTS)
def test_a_wrong_date_or_time_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("dates", source, target) == words


@for_each(("source", "target"), FINE)
def test_a_right_date_or_time_is_left_alone(source: str, target: str) -> None:
    assert shown("dates", source, target) + shown("numbers", source, target) == []


GERMAN_AND_SPANISH = [
    ("They met on Friday, 3 May.", "Sie trafen sich am Freitag, dem 3. Mai.", "de", set()),
    ("The Friday edition is out.", "Die Freitagsausgabe ist da.", "de", set()),
    ("Doors open at 3:30 pm.", "Einlass ist um 15.30 Uhr.", "de", set()),
    ("Doors open at 3 pm.", "Einlass ist um 16 Uhr.", "de", {"3 pm", "16 Uhr"}),
    ("They met on Monday.", "Sie trafen sich am Dienstag.", "de", {"Monday", "Dienstag"}),
    ("They met on Friday, 3 May.", "Se reunieron el viernes 3 de mayo.", "es", set()),
    ("Doors open at 3 pm.", "Las puertas se abren a las tres de la tarde.", "es", set()),
    ("Doors open at 3:30 pm.", "Las puertas se abren a las 15:30.", "es", set()),
    ("They met in June.", "Se reunieron en julio.", "es", {"June", "julio"}),
]


def test_german_and_spanish_days_and_times_are_read() -> None:
    for source, target, language, words in GERMAN_AND_SPANISH:
        assert marked("dates", source, target, target_language=language) == words, target


def test_a_date_in_figures_names_its_month() -> None:
    assert not shown("dates", "On 9/11 he was there.", "Le 11 septembre, il y était.")


def test_a_day_in_letters_of_another_script_is_no_day() -> None:
    # "s" and "i" in either case match these letters, too.
    for source, target in (
        ("A day after \u017funday’s vote, he left.", "Après le vote, il est parti."),
        ("A day after Fr\u0131day’s vote, he left.", "Après le vote, il est parti."),
        ("He left on the third.", "Il est parti \u017fam. 3 et d\u0131m. 4."),
    ):
        assert shown("dates", source, target) == [], source
