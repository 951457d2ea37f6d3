"""Good translations of the kinds of news on which the checks were once wrong: nothing is shown."""

from articles.checks import CHECKS
from articles.checks.registry import ArticleFacts, Pair, run_checks
from tests.checks.table import shown

LEXICAL = sorted(set(CHECKS) - {"dropped", "added", "grammalecte"})
"""The checks without the omission model, which has tests of its own."""
GOOD = [
    ("We are heading out at 0500.", "Nous partons à 5h00."),
    ("The site went back online for a minute.", "Le site s’est reconnecté une minute."),
    (
        "It was easy: yes. There is a price. Only 25% saw it. They try.",
        "C’était facile. Il y a un prix. Seuls 25 % l’ont vu. Ils essaient. Oui.",
    ),
    ("A novel idea won the prize.", "Une idée nouvelle a remporté le prix."),
    ("He died of alcohol intoxication.", "Il est mort d’une intoxication à l’alcool."),
    ("We haven't prepared the talk.", "Nous n’avons pas préparé l’exposé."),
    ("Patients with two or more diseases.", "Les patients ayant au moins deux maladies."),
    ("They were found on Friday afternoon.", "Ils ont été retrouvés ce vendredi-après-midi."),
    ("The tenants were accommodated elsewhere.", "Les locataires ont été relogés."),
    ("The bill is legally sound and also short.", "Les fondements légaux sont sains et courts."),
    ("No country had previously tried it.", "Aucun pays n’avait encore essayé, pas encore."),
    ("Rain will begin late on Sunday.", "La pluie arrivera dimanche en fin de journée."),
    ("She spoke a day after Sunday’s vote.", "Elle a parlé le lundi suivant le vote."),
    ("The ball landed in the rough.", "La balle est tombée dans le rough."),
    ("The fall of Congo’s army was sudden.", "La chute de l’armée de la RDC a été soudaine."),
    ("The quake struck at 10:15 a.m. local time.", "Le séisme s’est produit à 10h15 heure locale."),
    ("The quake struck at 10.15am local time.", "Le séisme s’est produit à 10h15 heure locale."),
    ("The rocket lifts off at 11:00 UTC.", "La fusée décolle à 11h UTC."),
    ("The rocket lifts off at 1100 GMT.", "La fusée décolle à 11h GMT."),
    ("The rocket lifts off at 1100 GMT.", "La fusée décolle à 11 heures GMT."),
    ("The workshop runs from 1:30 pm to 3 pm.", "L’atelier a lieu de 13h30–15h."),
    ("Workshop: 1.30pm-3pm.", "Atelier : 13h30–15h."),
    ("Workshop: 1.30-3pm.", "Atelier : 13 h 30-15 h."),
    ("Lyon won 3-2 on penalties.", "Lyon l’a emporté 3-2 aux tirs au but."),
    ("Lyon won 3-2 on penalties.", "Lyon l’a emporté 3 à 2 aux tirs au but."),
    ("They drew two-all.", "Ils ont fait match nul (2-2)."),
    ("They lost 21-18, 21-12.", "Ils se sont inclinés 18-21, 12-21."),
    ("She ran the race in 3:42.17.", "Elle a couru en 3 min 42 s 17."),
    ("She finished in 2:04:11.", "Elle a terminé en 2 h 04 min 11 s."),
    ("She finished in 2:04:11.", "Elle a terminé en 2h04'11\"."),
    ("He clocked 9.81 seconds.", "Il a réalisé 9 s 81."),
    ("He clocked 9.81 seconds.", "Il a réalisé un temps de 9''81."),
    ("The house sold for £1.7m.", "La maison s’est vendue 1,7 million de livres."),
    ("The house sold for £1.7m.", "La maison s’est vendue 1,7 million de £."),
    ("A 1.7m-pound house.", "Une maison d’1,7 million de livres."),
    ("About 1.7m people voted.", "Environ 1,7 million de personnes ont voté."),
    ("Some 2.5m tonnes of wheat.", "Quelque 2,5 millions de tonnes de blé."),
    ("Between 2010 and 2015, 25 patients died.", "Entre 2010 et 2015,25 patients sont morts."),
    ("Between 2010 and 2015,25 patients died.", "Entre 2010 et 2015, 25 patients sont morts."),
    ("It is half an inch thick.", "Il fait 1,3 cm d’épaisseur."),
    ("It is half an inch thick.", "Il a une épaisseur de 1,3 cm."),
    ("A quarter of a mile away.", "À 400 mètres de là."),
    ("Half a mile away.", "À 800 mètres de là."),
    ("Highs will reach the 80s on Tuesday.", "Les maximales atteindront 26 degrés mardi."),
    ("Temperatures in the mid-80s are expected.", "On attend des températures d’environ 29 °C."),
    ("Temperatures in the low 70s are expected.", "On attend des températures de 21 à 23 degrés."),
    ("She is intolerant of delay.", "Elle n’est pas tolérante aux retards."),
    ("See weather.com for details.", "Voir weather.com pour plus de détails."),
    ("Read it on www.example.org/news today.", "Lisez-le sur www.example.org/news aujourd’hui."),
    ("Oh la la!", "Oh là là !"),
    ("There, there.", "Là là."),
    ("She was stunned.", "Oh là là, elle était stupéfaite."),
    ("The fund lost 25 basis points.", "Le fonds a perdu 0,25 point."),
    (
        "The bank raised rates by 50 basis points.",
        "La banque a relevé ses taux de 0,5 point de pourcentage.",
    ),
    ("The bank raised rates by half a point.", "La banque a relevé ses taux de 50 points de base."),
    ("Revenue rose in Q3.", "Le chiffre d’affaires a progressé au troisième trimestre."),
    ("Revenue rose in Q3 2024.", "Le chiffre d’affaires a progressé au 3e trimestre 2024."),
    ("Revenue rose in the third quarter.", "Le chiffre d’affaires a progressé au T3."),
    ("First-half profit fell.", "Le bénéfice du premier semestre a reculé."),
    ("Profit in H1 fell.", "Le bénéfice du premier semestre a reculé."),
    ("Debt is two-thirds of output.", "La dette représente les deux tiers du PIB."),
    ("Another six million people need aid.", "Six autres millions de personnes ont besoin d’aide."),
    ("He is thousands of miles away.", "Il est à des milliers de kilomètres."),
    ("Stay 100 yards/meters away.", "Restez à 100 mètres."),
    (
        "Deficit fell to 9%, after having been 10.6% in 2010 and 15.7% in 2009.",
        "Le déficit a reculé à 9%, après avoir été de 10,6% en 2010 et de 15,7% en 2009.",
    ),
    ("You must keep 5,000 things in mind.", "Il faut garder des milliers de choses à l’esprit."),
    ("F1 racing", "La Formule 1"),
    ("The G7 met.", "Le G7 s’est réuni."),
    ("In the 11th, 12th, and 13th centuries", "Du XIe au XIIIe siècle"),
    ("He arrived with 4 cents.", "Il est arrivé avec quatre cents."),
    ("a 24-hour strike", "une grève d’une journée"),
    ("the 2023-24 season", "la saison 2023-2024"),
    ("the 2023-24 season", "la saison 2023/2024"),
    ("aged 18-24", "âgés de 18 à 24 ans"),
    ("by 6ft 2in", "de 1,88 m"),
    ("He weighs 12 stone.", "Il pèse 76 kg."),
    (
        "The match ended 2-2, 5-4 on penalties.",
        "Le match s’est terminé sur le score de 2-2 (5-4 aux tirs au but).",
    ),
    ("Call 911.", "Appelez le 911."),
    ("The index closed up 1.2pc.", "L’indice a clôturé en hausse de 1,2 %."),
    ("It cost €3bn ($3.3bn).", "Cela a coûté 3 milliards d’euros (3,3 milliards de dollars)."),
    ("At half past three", "À 15h30"),
    ("at quarter to six", "à 17h45"),
    ("at midday", "à 12h"),
    ("at noon", "à midi"),
    ("shortly after midnight", "peu après minuit"),
    ("shortly after midnight", "peu après 0h"),
    ("The €1.2tn plan", "Le plan de 1 200 milliards d’euros"),
    ("The $1.2 trillion plan", "Le plan de 1.200 milliards de dollars"),
    ("10k followers", "10 000 abonnés"),
    ("an 11-year low", "un plus bas de 11 ans"),
    ("one in five", "20 %"),
    ("one in five people", "un cinquième des gens"),
    ("three quarters of them", "75 % d’entre eux"),
    ("more than half", "plus de 50 %"),
    ("a fifth of the budget", "20 % du budget"),
    ("doubled", "a été multiplié par 2"),
    ("a twofold rise", "une multiplication par deux"),
    ("tripled to 30", "multiplié par trois, à 30"),
    ("The law remained high on the agenda.", "La loi n’a pas quitté l’ordre du jour."),
    ("It was unclear who won.", "Nous ne savons pas qui a gagné."),
    ("This is the best possible care.", "Ce sont les meilleurs soins."),
    ("Dogs were more likely to approach.", "Les chiens s’approchaient plus volontiers."),
    ("“Why not?”", "— Pourquoi pas ?"),
    ("The airport will stay closed until Oct.", "L’aéroport restera fermé jusqu’en octobre."),
    ("On 15 November he will be in Lille.", "Il sera mardi 15 novembre à Lille."),
    ("In Paris 400.000 cards are in use.", "À Paris, 400.000 cartes sont en service."),
]
FAULTS = [
    ("The quake struck at 10:15 a.m. local time.", "Le séisme s’est produit à 11h15 heure locale."),
    ("The rocket lifts off at 1100 GMT.", "La fusée décolle à 12h GMT."),
    ("She finished in 2:04:11.", "Elle a terminé en 2 h 05 min 11 s."),
    ("About 1.7m people voted.", "Environ 1,8 million de personnes ont voté."),
    ("It is half an inch thick.", "Il fait 3 cm d’épaisseur."),
    ("Highs will reach the 80s on Tuesday.", "Les maximales atteindront 16 degrés mardi."),
    ("The fund lost 25 basis points.", "Le fonds a perdu 25 points."),
    (
        "Another six million people need aid.",
        "Neuf autres millions de personnes ont besoin d’aide.",
    ),
    ("three quarters of them", "40 % d’entre eux"),
    ("The house sold for £1.7m.", "La maison s’est vendue 1,7 milliard de livres."),
]
DIALOGUE = [
    ("“We heard it,” he said.", "« Nous l’avons entendu, a-t-il raconté."),
    ("“It was loud.", "C’était bruyant."),
    ("All ran.”", "Tous ont couru. »"),
    ("“And you?”", "– Et vous ?"),
]


def test_nothing_is_shown_on_good_news() -> None:
    said = []
    for source, target in GOOD:
        found = run_checks(Pair(source, target), only=LEXICAL)
        said += [(source, target, each.text) for each in found]
    assert said == []


def test_the_same_kinds_of_news_with_a_fault_are_not_passed_over() -> None:
    missed = []
    for source, target in FAULTS:
        if not run_checks(Pair(source, target), only=LEXICAL):
            missed.append((source, target))
    assert missed == []


def test_speech_in_one_pair_of_marks_and_with_dashes_is_no_fault() -> None:
    article = ArticleFacts(pairs=DIALOGUE)
    said = []
    for source, target in DIALOGUE:
        said += shown("quotes", source, target, article)
    assert said == []


def test_german_repeats_its_pronouns_and_articles() -> None:
    target = "Die Frau, die die Tür öffnete, ging."
    assert not shown("doubled", "The woman who opened the door left.", target, target_language="de")
