"""Places without the word that French needs, and verbs that must be subjunctives."""

from tests.checks.table import marked, shown

MISSING = {
    "Il a été nommé au de la banque centrale.": "au de",
    "Avec la de la quête, le village s’appauvrit.": "la de",
    "Les , les juges et les témoins se sont levés.": "Les ,",
    "Ces de la région sont fermées.": "Ces de",
    "L’accord de sont entrés en vigueur hier.": "de sont",
    "Il principalement quatre types de contrats.": "Il principalement",
    "La menace pourrait se perte terrible de vies.": "se perte",
    "Elle habite près de, depuis mai.": "de,",
    "Le tableau a survécu à, à une inondation.": "à,",
    "Des échangent ont eu lieu à Lyon.": "Des échangent",
    "Le maire a inauguré ces.": "ces.",
    "Le maire a dit qu’il.": "il.",
    "Il a parlé avec a dit le maire.": "avec a",
    "Le train attend dans à une gare voisine.": "dans à",
    "Ils ont voyagé sur pour leur travail.": "sur pour",
    "La loi qui sur les loyers est votée.": "qui sur",
}
COMPLETE = [
    "Trois ont été trouvées et une n’a pas été identifiée.",
    "Il a pesé le pour et le contre.",
    "Ils et elles ne cessent d’en parler.",
    "Il pleut sans cesse par vent d’est.",
    "Ne voyez-vous pas ce pont qui passe dans, sur ou sous la rivière ?",
    "Un article paru sur News.com.au, et une ancien·ne fonctionnaire.",
    "Prends-le, dit-il.",
    "Il en avise le ministre et s’y tient.",
    "Il vient de La Haye.",
    "C’est le double d’il y a dix ans.",
    "Mes rendez-vous sont pris.",
    "Vient-il demain ?",
    "Il l’ saura demain.",
    "La façon dont de nombreux voisins vivent, et parce que où irait-on ?",
    "Le sans-faute et le sans contact.",
]


def test_a_missing_noun_or_verb_is_found_where_french_needs_it() -> None:
    for target, words in MISSING.items():
        assert marked("french-missing-word", "x", target) == {words}, target
    for target in COMPLETE:
        assert shown("french-missing-word", "x", target) == [], target


SUBJUNCTIVES = {
    "Elle a demandé que les frais sont plafonnés.": ("sont", "soient"),
    "Bien que le prix est élevé, il se vend.": ("est", "soit"),
    "Elle part avant qu’il arrivera à Rome.": ("arrivera", ""),
    "Il travaille pour que ses enfants peuvent étudier.": ("peuvent", "puissent"),
    "Bien que la route était fermée, ils sont passés.": ("était", ""),
    "Quoique la maison est vieille, elle plaît.": ("est", "soit"),
}
NO_FAULTS = [
    "Bien que le prix soit élevé, il se vend.",
    "Elle sait bien que le prix est élevé.",
    "Elle est partie avant qu’il arrive.",
    "Il est penché en avant qu’il faut le retenir.",
    "Afin que la mesure dont il parle soit votée, il attend.",
    "Bien que tout à fait seul, il est heureux.",
    "Avant que Pierre arrive, il part.",
    "Bien que le prix ; est élevé.",
    "Pour que les enfants.",
]


def test_an_indicative_after_bien_que_is_found_with_its_remedy() -> None:
    for target, (verb, form) in SUBJUNCTIVES.items():
        (finding,) = shown("french-subjunctive", "x", target)
        assert finding.values["verb"] == verb
        assert [words for _span, words in finding.remedy] == [form] * bool(form)
    for target in NO_FAULTS:
        assert shown("french-subjunctive", "x", target) == [], target


def test_a_subjunctive_after_de_sorte_que_is_found_where_the_source_tells_a_result() -> None:
    source = "They could be influenced such that errors (delays) may ensue."
    target = "Ils sont influencés de sorte que des notes diagnostiques (retards) puissent venir."
    (finding,) = shown("french-subjunctive", source, target)
    assert finding.text == "“puissent” after “de sorte que”: indicative for a result?"
    assert finding.remedy[0][1] == "peuvent"
    good = (
        ("It is designed such that errors may ensue.", target),
        ("They work so that errors may ensue.", target),
        (source, target.replace("puissent", "peuvent")),
        (source, "Ils sont influencés de la sorte, que la ville puisse agir ou non."),
    )
    for english, french in good:
        assert shown("french-subjunctive", english, french) == []
