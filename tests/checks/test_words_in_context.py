"""Words that the words beside them tell: kinds that news changes, and what says the same otherwise."""

from articles.checks.registry import Pair, run_checks
from articles.text.thresholds import SHOWN_SCORE
from tests.cases import for_each
from tests.checks.table import marked

NAMED_KINDS = [
    # Years, months and weeks that are told from today.
    ("It will close by the end of next year.", "Il fermera d’ici à la fin de cette année.", "cette année"),
    ("Sales rose this month.", "Les ventes ont augmenté le mois dernier.", "mois dernier"),
    # How sure it is.
    ("That suggests penguins were large.", "Cela prouve que les manchots étaient grands.", "prouve"),
    ("They marched against the plan.", "Ils ont manifesté en faveur de ce projet.", "en faveur de"),
    # Sides and points of the compass that stand in a compound.
    ("The centre-left government fell.", "Le gouvernement de centre droit est tombé.", "centre droit"),
    ("A storm hit Norway’s west coast.", "Une tempête a frappé la côte est de la Norvège.", "côte est de"),
    # Relatives, offices in a company, keys in music.
    ("She came with her granddaughter.", "Elle est venue avec son petit-fils.", "petit-fils"),
    ("It was his great-niece’s house.", "C’était la maison de sa petite-fille.", "petite-fille"),
    ("Chief executive Anna de Wit resigned.", "La directrice financière, Anna de Wit, a démissionné.", "directrice financière"),
    # What is carried, sold, voted on, skied and suffered.
    ("The plant is run by its supplier.", "L’usine est exploitée par son client.", "client"),
    ("They tabled a no-confidence motion.", "Ils ont déposé une motion de confiance.", "motion de confiance"),
    ("They knew which cabinets to open.", "Ils savaient quels cabinets ouvrir.", "cabinets"),
    ("It separated from the upper stage.", "Il s’est détaché de la scène supérieure.", "scène"),
    ("78 of the vaccinated fell ill.", "78 des vaccinés sont morts.", "morts"),
    # An adjective of a country that is lost.
    ("It came from two American foundations.", "Cela venait de deux fondations.", "American"),
    # How often, how many times, unless, the unemployed, courts, sentences.
    ("Forecasts rarely reach the boats.", "Les prévisions parviennent généralement aux bateaux.", "généralement"),
    ("It cost half its market value.", "Il a coûté le double de sa valeur marchande.", "double"),
    ("He will not play unless the appeal succeeds.", "Il ne jouera pas, même si l’appel aboutit.", "même si"),
    ("A club founded by railway workers.", "Un club fondé par des chômeurs.", "chômeurs"),
    ("It went to the Constitutional Court.", "Cela est allé devant la Cour des comptes.", "Cour des comptes"),
    ("He was given a suspended sentence.", "Il a été condamné à de la prison ferme.", "prison ferme"),
    ("Neglected in her lifetime, she is sought after.", "Célébrée de son vivant, elle est recherchée.", "Célébrée"),
    ("It was stopped until an external auditor came.", "Ce fut arrêté jusqu’à l’arrivée d’un auditeur interne.", "interne"),
    ("It shows a wedding procession.", "On y voit un cortège funèbre.", "funèbre"),
    ("She made three features.", "Elle a tourné trois courts métrages.", "courts métrages"),
    ("He denied laundering, of which he was acquitted.", "Il a nié un blanchiment, dont il a été reconnu coupable.", "reconnu coupable"),
    ("He may apply for parole.", "Il peut demander la parole.", "parole"),
    ("They call him a sensible man.", "Ils le disent homme sensible.", "sensible"),
    ("My grandfather kept it burning.", "Mon père l’a entretenu.", "père"),
    ("It declined in the treated group.", "Elle a diminué dans le groupe témoin.", "groupe témoin"),
    ("It came through forward Tyler Brandt.", "C’est venu du défenseur Tyler Brandt.", "défenseur"),
    ("The home side pulled one back.", "L’équipe visiteuse a réduit l’écart.", "équipe visiteuse"),
    ("She set up four shell companies.", "Elle a créé quatre entreprises de coquillages.", "coquillages"),
    ("He had rarely read the documents.", "Il avait toujours lu les documents.", "toujours"),
    ("His estranged daughter came.", "Sa fille étrangère est venue.", "étrangère"),
    ("Foreign Minister Colin Orr came.", "Le ministre guyanien de la Défense, Colin Orr, est venu.", "ministre guyanien de la Défense"),
    ("It is done temporarily by the deputy finance minister.", "C’est fait temporairement par le ministre des Finances.", "deputy"),
    ("The largest in the county.", "Le plus grand du pays.", "pays"),
    ("It was called off at noon.", "Elle a été lancée à midi.", "lancée"),
    ("In the coming decades it melts.", "Il fond dans les prochaines décades.", "décades"),
    # A small word that is missing beside another of its kind.
    ("It almost led to clashes; they lost nearly half of it.", "Cela a dégénéré en affrontements ; ils en ont perdu près de la moitié.", "almost"),
    # Who did it and whom it was done to.
    ("He betrayed the people who had elected him.", "Il a trahi le peuple qu’il avait élu.", "qu’il avait élu"),
    ("The man whom she had attacked died.", "L’homme qui l’avait attaquée est mort.", "qui l’avait attaquée"),
    ("He wrote a symphony in D minor.", "Il a écrit une symphonie en ré majeur.", "ré majeur"),
]  # fmt: skip


@for_each(("source", "target", "word"), NAMED_KINDS)
def test_a_word_that_is_told_by_the_words_beside_it_is_found(
    source: str, target: str, word: str
) -> None:
    assert word in marked("wrong-word", source, target)


SAID_OTHERWISE = [
    ("It came from two American foundations.", "Cela venait de deux fondations des États-Unis."),
    ("Two junior coalition partners left.", "Deux petits partenaires de la coalition sont partis."),
    ("It is put out to tender again.", "Il est remis en concurrence."),
    ("It crosses the border from east to west.", "Elle franchit la frontière d’est en ouest."),
    ("The local council said no.", "La municipalité a dit non."),
    ("First Minister Alan Orr came.", "Le Premier ministre Alan Orr est venu."),
    ("Nothing is known of it.", "On ignore tout de cela."),
    ("It trained American servicemen.", "Cela a formé des militaires nord-américains."),
    ("He is of Native American descent.", "Il est d’ascendance amérindienne."),
    ("He thanked the doctors who had saved him.", "Il a remercié les médecins qui l’avaient sauvé."),
    ("It reflects who we want to be.", "Cela reflète qui nous voulons être."),
    ("They played there as recently as May.", "Ils y jouaient encore en mai."),
    ("The club was founded by railway workers.", "Le club a été fondé par des cheminots."),
    ("They went too far and too fast.", "Ils sont allés trop loin et vite."),
    ("Deputy Economy Minister Anna Lis left.", "La vice-ministre de l’Économie, Anna Lis, est partie."),
    ("It may survive at least until spring.", "Il peut survivre au moins jusqu’au printemps."),
    ("We had to start again from nothing.", "Il fallait repartir de zéro."),
    ("They left the sinking plane.", "Ils ont quitté l’avion en train de couler."),
    ("He led the line forward.", "Il guida les soldats du rang."),
    ("It flared up again in May.", "Il s’est ravivé en mai."),
    ("Critics have mostly praised it.", "Les critiques l’ont dans l’ensemble salué."),
    ("The wooden vessel sank.", "L’embarcation en bois a coulé."),
    ("He was given a suspended sentence.", "Il a été condamné à de la prison avec sursis."),
    ("Prices picked up to 4.3 per cent.", "Les prix sont remontés à 4,3 %."),
    ("They won despite having ten men.", "Ils ont gagné alors qu’ils étaient dix."),
    ("The film Johnny English begins well.", "Le film Johnny English commence bien."),
    ("In 1985 a head-on collision killed 50.", "En 1985, une collision frontale a tué 50 personnes."),
    ("It will close next year.", "Il fermera l’année suivante."),
    ("The results proved disappointing.", "Les résultats se sont avérés décevants."),
    ("They spoke out against the plan.", "Ils se sont opposés à ce projet."),
    ("The west coast is threatened.", "La côte ouest est menacée."),
    ("The coast is threatened in the west.", "La côte est menacée à l’ouest."),
    ("There were no casualties.", "Il n’y a pas eu de blessés."),
    ("He has four grandsons.", "Il a quatre petits-enfants."),
    ("Its chief executive resigned.", "Son patron a démissionné."),
    ("Its chief financial officer resigned.", "Son directeur général adjoint chargé des finances a démissionné."),
    ("It was a major fire.", "C’était un incendie majeur."),
    ("We never saw waves so far inside the fjord.", "On n’a jamais vu de vagues aussi loin dans le fjord."),
    ("The storm left homes without electricity.", "La tempête a frappé des foyers, les privant d’électricité."),
    ("He will not say whether he would stand again.", "Il ne dit pas s’il se représentera."),
]  # fmt: skip


def test_a_lost_small_word_is_less_likely_in_a_long_sentence() -> None:
    rest = " It was in the north, and it was in the south."
    reste = " C’était dans le nord, et c’était dans le sud."
    scores = []
    for times in (0, 2, 5):
        pair = Pair("He still lives here." + times * rest, "Il vit ici." + times * reste)
        found = run_checks(pair, only={"wrong-word"}, unlikely=True)
        scores.append(found[0].score)
    assert scores[0] == scores[1] > SHOWN_SCORE > scores[2]


def test_a_lost_small_word_has_its_place_in_the_translation() -> None:
    pair = Pair("Its deputy governor warned of it.", "Son gouverneur en a averti.")
    (finding,) = run_checks(pair, only={"wrong-word"})
    assert finding.caret in (len("Son"), len("Son gouverneur"))


@for_each(("source", "target"), SAID_OTHERWISE)
def test_what_says_the_same_otherwise_is_no_wrong_word(source: str, target: str) -> None:
    assert not marked("wrong-word", source, target)
