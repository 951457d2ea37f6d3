"""Names missing or spelt differently, over the whole article."""

from articles.checks.registry import ArticleFacts, Pair, run_checks
from tests.cases import for_each
from tests.checks.table import marked, shown

KEEPS = ArticleFacts(
    pairs=[
        ("Then Altman met Gottlieb.", "Puis Altman a rencontré Gottlieb."),
        ("Here Altman met Gottlieb.", "Ici, Altman a rencontré Gottlieb."),
    ]
)
FAULTS = [
    (
        "Flights from Oslo to Bergen were cancelled.",
        "Les vols de Bergen à Oslo ont été annulés.",
        {"Oslo to Bergen", "Bergen à Oslo"},
    ),
    (
        "Zabaleta beat Restrepo by a second.",
        "Restrepo a battu Zabaleta d’une seconde.",
        {"Zabaleta beat Restrepo", "Restrepo a battu Zabaleta"},
    ),
    (
        "Microsoft bought Activision.",
        "Activision a racheté Microsoft.",
        {"Microsoft bought Activision", "Activision a racheté Microsoft"},
    ),
    (
        (
            "The war began when the army chief, General Adel Burhan, and his former deputy, General "
            "Mohamed Daglo, fell out."
        ),
        (
            "La guerre a éclaté lorsque le chef de l’armée, le général Mohamed Daglo, et son ancien "
            "adjoint, le général Adel Burhan, se sont brouillés."
        ),
        {
            "Adel Burhan, and his former deputy, General Mohamed Daglo",
            "Mohamed Daglo, et son ancien adjoint, le général Adel Burhan",
        },
    ),
    (
        "The workshop in Kristiansund will close.",
        "L’atelier de Kristiansand fermera.",
        {"Kristiansund", "Kristiansand"},
    ),
    ("Marta Alves leads the party.", "Maria Alves dirige le parti.", {"Marta", "Maria"}),
    ("The team is led by Karin Moe.", "L’équipe est dirigée par Karen Moe.", {"Karin", "Karen"}),
    (
        "She works in an office in Bergen.",
        "Elle travaille dans un bureau à Berlin.",
        {"Bergen", "Berlin"},
    ),
    ("There he met Altman again.", "Il y a revu Altmann.", {"Altman", "Altmann"}),
    ("There he met Altman again.", "Il y a revu Altma.", {"Altman", "Altma"}),
    ("There he met Gottlieb again.", "Il y a revu Gotlieb.", {"Gottlieb", "Gotlieb"}),
    ("There he met Gottlieb again.", "Il y a revu Gottleib.", {"Gottlieb", "Gottleib"}),
    ("“I know Altman,” she said.", "« Je connais Altmam », dit-elle.", {"Altman", "Altmam"}),
    ('"I know Altman," she said.', '"Je connais Altmam", dit-elle.', {"Altman", "Altmam"}),
    ("Altman’s car broke.", "La voiture d’Altmen est cassée.", {"Altman", "Altmen"}),
    ("A car for Zuckerberg", "Une voiture pour Zuckerburg", {"Zuckerberg", "Zuckerburg"}),
    (
        "He was born in Rio de Janeiro.",
        "Il est né à Rio Janeiro.",
        {"Rio de Janeiro", "Rio Janeiro"},
    ),
    ("A talk with Spielberg", "Un entretien avec Speilberg", {"Spielberg", "Speilberg"}),
    ("In Minneapolis it rains.", "À Minnéapolys, il pleut.", {"Minneapolis", "Minnéapolys"}),
    ("The OpenAI plan", "Le plan d’OpanAI", {"OpenAI", "OpanAI"}),
    ("The firm Bloomberg knows.", "L’agence Blomberg le sait.", {"Bloomberg", "Blomberg"}),
    ("Near Chattanooga, it rains.", "Près de Chatanooga, il pleut.", {"Chattanooga", "Chatanooga"}),
    ("He and Szymanski left.", "Lui et Szymansky sont partis.", {"Szymanski", "Szymansky"}),
    ("Then Kari Lunde left.", "Puis Kari Lund est partie.", {"Lunde", "Lund"}),
    ("Then Hendrik Vos left.", "Puis Hendrik Voss est parti.", {"Vos", "Voss"}),
    ("a plan by Heidegger", "un projet de Heideger", {"Heidegger", "Heideger"}),
    ("The YouTube video", "La vidéo YouTub", {"YouTube", "YouTub"}),
    ("There he met Altman again.", "Il l’y a revu.", {"Altman"}),
    ("There he met Gottlieb again.", "Il l’y a revu.", {"Gottlieb"}),
    ("“I know Gottlieb,” she said.", "« Je le connais », dit-elle.", {"Gottlieb"}),
    ("Even so, Altman left.", "Pourtant, il est parti.", {"Altman"}),
    ("Daniel Okafor left early.", "Daniel Okonjo est parti tôt.", {"Okafor", "Okonjo"}),
    (
        "Her brother, Malcolm Dyer, left early.",
        "Son frère, Michael Dyer, est parti tôt.",
        {"Malcolm", "Michael"},
    ),
]
FINE = [
    ("Nikita Khrushchev spoke.", "Nikita Khrouchtchev a parlé."),
    ("Her brother, John Dyer, left.", "Son frère, Jean Dyer, est parti."),
    ("Her brother, Malcolm Dyer, left.", "Son frère, Dyer, est parti."),
    ("Viktor Yushchenko won.", "Viktor Iouchtchenko a gagné."),
    ("Flights from Oslo to Bergen were cancelled.", "Les vols d’Oslo à Bergen ont été annulés."),
    (
        "Talks between Lidgren and Olsen failed.",
        "Les discussions entre Olsen et Lidgren ont échoué.",
    ),
    ("Zabaleta beat Restrepo by a second.", "Restrepo a été battu d’une seconde par Zabaleta."),
    ("Zabaleta beat Restrepo.", "Restrepo, battu par Zabaleta, est sorti."),
    ("Leeds trail Chelsea.", "Chelsea devance Leeds."),
    ("Harris succeeded Pence.", "Pence a précédé Harris."),
    ("Macron met Merkel.", "Merkel a rencontré Macron."),
    ("Sony bought Ericsson.", "Ericsson rejoint Sony."),
    (
        "Trains from Paris, where Macron met Scholz, run to Berlin.",
        "Les trains de Berlin, où Scholz a rencontré Macron, vont à Paris.",
    ),
    ("He succeeds Hosni Mubarak.", "Il succède à Hosni Moubarak."),
    ("on Valentine’s Day", "le jour de la saint Valentin"),
    ("It belongs to Alexander Dumas.", "Cela appartient à Alexandre Dumas."),
    ("There he met Altman again.", "Il y a revu Altman."),
    ("In London and Rome", "À Londres et à Rome"),
    ("In Moscow with Putin", "À Moscou avec Poutine"),
    ("In the United States", "Aux États-Unis"),
    ("on Monday in April", "lundi en avril"),
    ("The French Ministry of Defence", "Le ministère français de la Défense"),
    ("The House and the Senate", "La Chambre et le Sénat"),
    ("Then Müller left.", "Puis Muller est parti."),
    ("Then Muller left.", "Puis Müller est parti."),
    ("a plant near Duisburg", "une usine près de Duisbourg"),
    ("In Flanders it rains.", "En Flandre, il pleut."),
    ("a Londoner and a Parisian", "un Londonien et un Parisien"),
    ("The Supreme Court in Washington", "La Cour suprême à Washington"),
    ("Sam Altman left.", "Altman est parti."),
    ("There Sam Altman left.", "Alors Altman est parti."),
    ("Weather is bad.", "Le temps est mauvais."),
    ("He met Zelinsky there.", "Il l’y a rencontré."),
    ("the U.S. and L.A.", "les États-Unis et Los Angeles"),
    ("NATO and the EU agreed.", "L’OTAN et l’UE sont d’accord."),
    ("John’s dog", "Le chien de John"),
    ("a Shakespearean plot", "une intrigue shakespearienne"),
    ("Altman and Altman", "Altman et Altman"),
    ("", "Altman"),
    ("There Altman Gottlieb left.", "Alors Gottlieb est parti, Allons."),
    ("There he saw Gottlieb and Grandiloquent.", "Il y a vu Gottlieb et Grandin."),
    ("“Yes,” said Gottlieb.", "« Oui », dit Gottlieb."),
    (
        "The plant, which makes Toyota’s Auris and Avensis, produced 150,000 cars last year.",
        "L’usine, qui fabrique les véhicules Auris et Avensis de Toyota, a produit 150 000 voitures l’an dernier.",
    ),
]


@for_each(("source", "target", "words"), FAULTS)
def test_a_wrong_or_lost_name_is_found(source: str, target: str, words: set[str]) -> None:
    assert marked("names", source, target, KEEPS) == words


@for_each(("source", "target"), FINE)
def test_a_right_name_is_left_alone(source: str, target: str) -> None:
    assert shown("names", source, target, KEEPS) == []


@for_each(
    ("language", "target"),
    [("es", "Federer fue derrotado por Nadal."), ("de", "Federer wurde von Nadal besiegt.")],
)
def test_names_in_another_order_are_left_alone_in_other_languages(
    language: str, target: str
) -> None:
    pair = Pair("Nadal beat Federer.", target, target_language=language)
    assert run_checks(pair, only=["names"]) == []


def test_only_the_two_names_that_change_places_are_quoted() -> None:
    (found,) = shown("names", *FAULTS[0][:2])
    assert found.text == "Names change places: “Oslo”, “Bergen”"


def test_the_article_decides_how_sure_a_spelling_is() -> None:
    pair = Pair("There he met Altman again.", "Il y a revu Altmen.")
    always = ArticleFacts(pairs=[("Altman", "Altmen"), ("Altman", "Altmen")])

    def score(article: ArticleFacts) -> float:
        return run_checks(pair, article, only=["names"], unlikely=True)[0].score

    assert score(KEEPS) > score(ArticleFacts()) >= 0.5 > score(always)
    kept = ArticleFacts(pairs=[("Castagna’s lawyer", "L’avocate de Castagna")])
    source = "The leader, Bruno Castagna, slept."
    assert marked("names", source, "Le chef, Bruno Castagne, dormait.", kept) == {
        "Castagna",
        "Castagne",
    }


def test_a_name_that_moved_to_the_next_segment_is_not_shown() -> None:
    assert not shown(
        "names", "There he met Altman.", "Il l’y a vu.", KEEPS, following=("", "Altman était là.")
    )


def test_letters_that_changed_places_and_another_place_are_found() -> None:
    assert marked("names", "Then Corbyn left.", "Puis Cobryn est parti.") == {"Corbyn", "Cobryn"}
    source = "The plant in Omaha closed."
    assert marked("names", source, "L’usine d’Oklahoma a fermé.") == {"Omaha", "Oklahoma"}
    assert marked("names", "They saw Salerno.", "Ils ont vu Salerne.") == set()


def test_german_and_spanish_write_some_names_in_their_own_way() -> None:
    table = [
        ("He met Hitchcock there.", "Dort traf er Hichcock.", "de", {"Hitchcock", "Hichcock"}),
        ("He read the Brisbane paper.", "Er las die Brisbaner Zeitung.", "de", set()),
        ("He met Abakumov there.", "Dort traf er Abakumow.", "de", set()),
        ("He met Romney there.", "Allí se reunió con Rommey.", "es", {"Romney", "Rommey"}),
        ("He lived in Sakhalin.", "Vivía en Sajalín.", "es", set()),
    ]
    for source, target, language, words in table:
        assert marked("names", source, target, target_language=language) == words, target
