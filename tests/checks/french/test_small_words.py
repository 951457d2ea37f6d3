"""Small words: prepositions that clash, vowels not elided, homophones."""

from articles.checks import apply_remedy
from tests.cases import for_each
from tests.checks.table import marked, shown

CLASHES = [
    ("Il vient dans afin de parler.", "dans afin"),
    ("Elle part avec lorsque il pleut.", "avec lorsque"),
    ("C’est pour parce que tu dors.", "pour parce"),
    ("Il dort sous puisque tu veux.", "sous puisque"),
    ("Il reste chez pour dormir.", "chez pour"),
    ("Il marche dans sur la rue.", "dans sur"),
    ("Il parle au sujet du la ville.", "du la"),
    ("Il parle aux les enfants.", "aux les"),
    ("Elle vient de le village.", "de le"),
    ("Il parle de les enfants.", "de les"),
    ("Il va à le marché.", "à le"),
    ("Il parle à les enfants.", "à les"),
    ("Il lit ces les livres.", "ces les"),
    ("Il aime sa la maison.", "sa la"),
    ("Il vit parmi avec eux.", "parmi avec"),
    ("Il court vers tandis que tu dors.", "vers tandis"),
    ("Il rit pendant sur la scène.", "pendant sur"),
    ("Il rit malgré pour la scène.", "malgré pour"),
    ("Il entre dans par la porte.", "dans par"),
    ("Il agit selon avec la loi.", "selon avec"),
    ("Il répond au pour la forme.", "au pour"),
    ("Il lit cette un livre.", "cette un"),
]

UNELIDED = [
    ("Je crois que il vient.", "que il"),
    ("Le accord est signé.", "Le accord"),
    ("La usine ferme.", "La usine"),
    ("Il parle de argent.", "de argent"),
    ("Je arrive demain.", "Je arrive"),
    ("Il ne aime pas cela.", "ne aime"),
    ("Elle se amuse.", "se amuse"),
    ("Il me appelle.", "me appelle"),
    ("Il te écoute.", "te écoute"),
    ("Je crois que elle vient.", "que elle"),
    ("On dit que un homme passe.", "que un"),
    ("Beaucoup de enfants jouent.", "de enfants"),
    ("Le été arrive.", "Le été"),
    ("La école ferme.", "La école"),
    ("Il ne est pas là.", "ne est"),
    ("Il ne y va pas.", "ne y"),
    ("Je crois que on part.", "que on"),
    ("Une sorte de outil.", "de outil"),
    ("Le ordinateur tombe.", "Le ordinateur"),
    ("La image est belle.", "La image"),
    ("Autant que en mars.", "que en"),
]

HOMOPHONES = [
    ("Il avait jouer au handball.", "jouer"),
    ("Elle doit renforcé les digues.", "renforcé"),
    ("Il à mangé.", "à"),
    ("On à dit cela.", "à"),
    ("Ils à perdu.", "à"),
    ("Il à été vu.", "à"),
    ("Hier, il à vendu la maison.", "à"),
    ("Au moment ou il part, elle dort.", "ou"),
    ("Le jour ou elle viendra.", "ou"),
    ("La ville ou ils vivent.", "ou"),
    ("À l’endroit ou on dort.", "ou"),
    ("Le pays ou il vit.", "ou"),
    ("La période ou elles dormaient.", "ou"),
    ("Il ce passe de tout.", "ce"),
    ("Elle ce demande pourquoi.", "ce"),
    ("Ils ce parlent.", "ce"),
    ("On ce voit demain.", "ce"),
    ("Il leurs donne du pain.", "leurs"),
    ("Elle leurs parle.", "leurs"),
    ("On leurs dit tout.", "leurs"),
    ("Quelque soit la raison, il part.", "Quelque"),
    ("Quelque soit le prix.", "Quelque"),
    ("Quelques soient les raisons.", "Quelques"),
    ("Elles leurs envoient des lettres.", "leurs"),
]

FINE = [
    "Il vient afin de parler.",
    "Il a brûlé, puis utilisé comme marché.",
    "Ils attendaient des heures durant avec des seaux.",
    "La piscine fermera pendant au moins cinq mois.",
    "Il parle de Le Clézio et de le voir.",
    "Elle pense à le dire et à les convaincre.",
    "Trois d’entre elles partent d’en haut.",
    "Un sur dix passe par dessus.",
    "Il vient de chez lui dans de belles rues.",
    "Il lit « Du Le Monde au Figaro ».",
    "Le onze mars, le oui gagne.",
    "La une du journal, le un.",
    "Il va de un à dix et de a à z.",
    "Je crois qu’il vient, que l’on part.",
    "demandai -je avec soin.",
    "Le HTML et la Asus.",
    "Le xyzzyx et le aaaa.",
    "Il a mangé ou il dort.",
    "C’est à lui ou à elle ?",
    "Y a-t-il à manger ?",
    "Le jour où il viendra.",
    "Ce passe est fermé.",
    "Il leur donne leurs livres.",
    "Quelles que soient les raisons, quelque part.",
    "Qu’il ce soit agi de cela, non.",
    "La ville ou le village.",
    "Il nous faut de l’air.",
    "Il part avec elles leurs notes en main.",
    "À l’ouest, de Paris à Rome.",
    "Dans dans la rue.",
]


@for_each(("target", "words"), CLASHES)
def test_a_clash_is_marked(target: str, words: str) -> None:
    assert marked("french-prepositions", "", target) == {words}


@for_each(("target", "words"), UNELIDED)
def test_a_missing_elision_is_marked(target: str, words: str) -> None:
    assert marked("french-elision", "", target) == {words}


@for_each(("target", "words"), HOMOPHONES)
def test_a_homophone_is_marked(target: str, words: str) -> None:
    assert marked("french-homophones", "", target) == {words}


@for_each("target", FINE)
@for_each("check", ["french-prepositions", "french-elision", "french-homophones"])
def test_good_french_is_left_alone(check: str, target: str) -> None:
    assert not shown(check, "", target)


def test_the_reasons_say_what_is_meant() -> None:
    assert shown("french-prepositions", "", "Il parle de les enfants.")[0].text == (
        "“de les”: write “des”?"
    )
    assert shown("french-elision", "", "Je crois que il vient.")[0].text == "“que il”: write “qu’”?"
    assert shown("french-homophones", "", "Il à mangé.")[0].text == "“à”: “a” meant?"


def test_elision_before_names_and_blanks_after_apostrophes_are_put_right() -> None:
    table = [
        ("C’est l’usine de Apple.", "C’est l’usine d’Apple."),
        ("Il dit que Emma vient.", "Il dit qu’Emma vient."),
        ("La surexpression de etama1 est nette.", "La surexpression d’etama1 est nette."),
        ("Il nomme ce arbre.", "Il nomme cet arbre."),
        ("Il nomme ce « incidentalome ».", "Il nomme cet « incidentalome »."),
        ("C’est l’ action de tous.", "C’est l’action de tous."),
        ("On dit qu' une loi suffit.", "On dit qu'une loi suffit."),
    ]
    for target, right in table:
        found = shown("french-elision", "Anything.", target)
        assert [apply_remedy(target, each.remedy) for each in found] == [right]
    assert not shown("french-elision", "Anything.", "Le maire de Ouagadougou, de IBM et de Yale.")
    assert not shown("french-elision", "Anything.", "Ce est clair, ce à quoi il tient, ce « oui ».")
    assert not shown("french-elision", "Anything.", "Un peu de yuzu, de iaido et de ufo.")


def test_a_negation_without_ne_is_put_right() -> None:
    target = "Le texte lui donne pas de place."
    found = shown("french-missing-ne", "Anything.", target)
    assert [apply_remedy(target, each.remedy) for each in found] == [
        "Le texte ne lui donne pas de place."
    ]
    for fine in ("Il avance pas à pas.", "« Le texte donne pas de place »", "Il ne dort pas."):
        assert not shown("french-missing-ne", "Anything.", fine)
