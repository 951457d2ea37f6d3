"""Negation lost or gained."""

from articles.checks.registry import Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown

FAULTS = [
    (
        "Her opponents were not convinced.",
        "Ses opposants ont été convaincus.",
        {"not", "ont été convaincus"},
    ),
    (
        "It was adopted by nine votes to one, but its opinions are not binding.",
        "Il a été adopté par neuf voix contre une, mais ses avis sont contraignants.",
        {"not", "sont contraignants"},
    ),
    (
        "He sent a Japanese lock to the sin bin, a decision that the visiting coach did not dispute.",
        "Il a exclu temporairement un joueur japonais, décision que l’entraîneur visiteur a contestée.",
        {"not", "a contestée"},
    ),
    (
        "They said no mining permit would be issued.",
        "Ils ont dit que des permis miniers seraient délivrés.",
        {"no", "seraient délivrés"},
    ),
    (
        "The reform would not extend the president's term of office.",
        "La réforme prolongerait le mandat du président.",
        {"not", "prolongerait"},
    ),
    (
        "The match will start unless the minister signs.",
        "Le match commencera si le ministre signe.",
        {"unless", "si"},
    ),
    (
        "By four votes to one they did not rule out a new trial.",
        "Par quatre voix contre une, ils ont exclu un nouveau procès.",
        {"not", "ont exclu"},
    ),
    (
        "The doctor was not involved in the study.",
        "Le médecin a participé à l’étude.",
        {"not", "a participé"},
    ),
    ("The bill does not include water.", "La facture comprend l’eau.", {"not", "comprend"}),
    (
        "I repair things that are not broken.",
        "Je répare des choses qui ne sont cassées.",
        {"not", "sont cassées"},
    ),
    (
        "It does not take the dust into account.",
        "Il tient compte de la poussière.",
        {"not", "tient"},
    ),
    ("He did not sign the deal.", "Il a signé l’accord.", {"not", "a signé"}),
    ("He didn't sign the deal.", "Il a signé l'accord.", {"didn't", "a signé"}),
    ("He didn’t sign the deal.", "Il a signé l’accord.", {"didn’t", "a signé"}),
    ("She never voted.", "Elle a voté.", {"never", "a voté"}),
    ("Nobody was hurt.", "Une personne a été blessée.", {"Nobody", "a été blessée"}),
    ("Nobody was hurt.", "Tout le monde a été blessé.", {"Nobody", "a été blessé"}),
    ("Nothing has changed.", "Beaucoup de choses ont changé.", {"Nothing", "ont changé"}),
    ("They cannot pay.", "Ils peuvent payer.", {"cannot", "peuvent payer"}),
    ("None of them voted.", "Ils ont tous voté.", {"None", "ont tous voté"}),
    ("Neither side won.", "Les deux camps ont gagné.", {"Neither", "deux"}),
    ("It won’t rain.", "Il va pleuvoir.", {"won’t", "va pleuvoir"}),
    (
        "The decision could not be put off any longer.",
        "La décision pouvait être différée.",
        {"not", "pouvait"},
    ),
    (
        "“I do not agree,” she said.",
        "« Je suis d’accord », a-t-elle dit.",
        {"not", "suis d’accord"},
    ),
    ('"I do not agree," she said.', '"Je suis d\'accord", a-t-elle dit.', {"not", "suis d'accord"}),
    ("The law does not apply here.", "La loi s’applique ici.", {"not", "applique"}),
    (
        "The minister did not rule out a new law.",
        "Le ministre a exclu une nouvelle loi.",
        {"not", "a exclu"},
    ),
    (
        "No ship crews will be affected.",
        "Les équipages des navires seront touchés.",
        {"No", "seront touchés"},
    ),
    (
        "No Russian planes were hit.",
        "Des avions russes ont été touchés.",
        {"No", "ont été touchés"},
    ),
    ("He has not denied the facts.", "Il a nié les faits.", {"not", "a nié"}),
    (
        "She called the incident unacceptable and said the government would not rule out a new law.",
        "Elle a qualifié l’incident d’inacceptable et dit que le gouvernement exclurait une loi.",
        {"not", "exclurait"},
    ),
    (
        "The impossible deal was not signed by the minister.",
        "L’accord impossible a été signé par le ministre.",
        {"not", "a été signé"},
    ),
    ("She refused to answer.", "Elle n’a pas refusé de répondre.", {"n’a pas"}),
]
GAINED = [
    ("He signed the deal.", "Il n’a pas signé l’accord.", {"n’a pas"}),
    ("He signed the deal.", "Il n'a pas signé l'accord.", {"n'a pas"}),
    ("She came back.", "Elle ne revint jamais.", {"ne revint jamais"}),
    ("It works.", "Rien à faire, cela ne marche pas.", {"ne marche pas"}),
    ("They can pay.", "Ils ne peuvent pas payer.", {"ne peuvent pas"}),
    ("He has paid them.", "Il ne les a pas payés.", {"ne les a pas"}),
    ("Has he paid?", "N’a-t-il pas payé ?", {"N’a-t-il pas"}),
    ("We know him well.", "« Nous ne le connaissons pas »", {"ne le connaissons pas"}),
    ("I saw them all.", "Je n’ai vu personne.", {"n’ai vu personne"}),
]
FINE = [
    ("The strike begins unless the talks succeed.", "La grève commence, sauf accord."),
    ("The sum is not inconsiderable.", "La somme est considérable."),
    ("Such storms are not infrequent.", "De telles tempêtes sont fréquentes."),
    ("It is not uncommon here.", "C’est courant ici."),
    ("No flights were cancelled.", "Aucun vol n’a été annulé."),
    ("No Smoking is a film.", "No Smoking est un film."),
    ("It came from suppliers that did not exist.", "Cela venait de fournisseurs inexistants."),
    ("He could not say it.", "Il ne saurait le dire."),
    ("They do not sell anything but bread.", "Ils ne vendent que du pain."),
    ("He did not sign.", "Il n’a pas signé."),
    ("She did not rule out a new law.", "Elle n’a pas exclu une nouvelle loi."),
    ("He has not denied the facts.", "Il a reconnu les faits."),
    ("He didn’t sign.", "Il n'a point signé."),
    ("He did not sign.", "Il a refusé de signer."),
    ("He did not come.", "Il était absent."),
    ("He failed to sign.", "Il n’a pas signé."),
    ("He left without paying.", "Il est parti et n’a pas payé."),
    ("It is unlikely.", "Ce n’est pas probable."),
    ("It is not possible.", "C’est impossible."),
    ("Not only did he win, he sang.", "Il a gagné et chanté."),
    ("Why not try?", "Essayez donc !"),
    ("Isn’t it nice?", "C’est beau !"),
    ("He did not leave until noon.", "Il est parti à midi, sans hâte."),
    ("He has nothing but friends.", "Il a des amis partout."),
    ("It is only a game.", "Ce n’est qu’un jeu."),
    ("Few people know.", "Les gens ne savent pas."),
    ("She refuses to eat.", "Elle ne mange pas."),
    ("He lacks money.", "Il n’a pas d’argent."),
    ("He denies it.", "Il dit que ce n’est pas vrai."),
    ("He no longer works.", "Il ne travaille plus."),
    ("Nobody came.", "Personne n’est venu."),
    ("Nevertheless, he left.", "Il est parti."),
    ("Whether or not he comes, we start.", "On commence."),
    ("“Neither.”", "« Aucun des deux. »"),
    ("", "Il ne vient pas."),
    ("He did not sign.", ""),
]


@for_each(("source", "target", "words"), FAULTS)
def test_a_turned_sense_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("negation", source, target) == words


def test_a_lost_negation_is_found_in_german_and_spanish() -> None:
    for target, language, is_lost in (
        ("Er hat den Vertrag unterzeichnet.", "de", True),
        ("Er hat den Vertrag nicht unterzeichnet.", "de", False),
        ("Firmó el acuerdo.", "es", True),
        ("No firmó el acuerdo.", "es", False),
    ):
        found = shown("negation", "He did not sign the deal.", target, target_language=language)
        assert bool(found) == is_lost, target


def test_a_gained_negation_is_kept_for_who_asks_for_unlikely_findings() -> None:
    said = []
    for source, target, _words in GAINED:
        found = run_checks(Pair(source, target), only=["negation"], unlikely=True)
        said.append({span.of(target) for each in found for span in each.target_spans})
        assert not shown("negation", source, target)
    assert said == [words for _source, _target, words in GAINED]


@for_each(("source", "target"), FINE)
def test_a_negation_said_otherwise_is_left_alone(source: str, target: str) -> None:
    assert shown("negation", source, target) == []
