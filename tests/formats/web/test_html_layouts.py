"""Pages whose article is laid out in other ways: parts beside it, hidden headlines, labels, linked headings."""

from articles.formats.web import html

PROSE = (
    "La maire a promis dimanche un chantier court aux riverains et aux pêcheurs du vieux port.",
    "Les travaux de la digue dureront quatre mois, et personne ne devra quitter sa maison.",
    "Une réunion publique aura lieu mardi soir à la salle des fêtes, près de l’église.",
    "Les navires de plus de vingt mètres resteront au large jusqu’à la fin de l’automne.",
)
LAST = "Le conseil municipal votera le budget de ces travaux au mois de juin, a dit la maire."


def lines(body: str, head: str = "") -> list[str]:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return html.read_text(page.encode(), name="a.html").split("\n")


def paragraphs(texts, kind: str = "") -> str:
    return "".join(f"<p{kind}>{text}</p>" for text in texts)


def test_a_part_beside_the_article_is_known_by_its_paragraphs():
    body = paragraphs(PROSE, ' class="txt"')
    same = f'<div><div>{body}</div><div><p class="txt">{LAST}</p></div></div>'
    assert lines(same) == [*PROSE, LAST]
    long = " ".join(PROSE)
    beside = f"<div><div>{paragraphs(PROSE)}</div><div><p>{long}</p></div></div>"
    assert lines(beside) == [*PROSE, long]
    inside = f"<article>{paragraphs(PROSE)}</article><div><p>{LAST}</p></div>"
    assert lines(inside) == list(PROSE)


def test_headlines_that_nobody_sees_and_roles_of_headlines():
    head = '<meta property="og:title" content=" "><meta property="og:title" content="La digue">'
    body = f'<h1 hidden>Menu</h1><article><h1 role="banner">La digue</h1>{paragraphs(PROSE)}</article>'  # fmt: skip
    assert lines(body, head) == ["La digue", *PROSE]


def test_the_title_of_the_page_tells_a_headline_that_is_no_heading():
    body = f"<div><div>Accueil</div><div>La digue du port</div><div>{paragraphs(PROSE)}</div></div>"
    assert lines(body, "<title>La digue du port | Le Courrier</title>") == [
        "La digue du port",
        *PROSE,
    ]
    assert lines(body, "<title>Accueil</title>") == list(PROSE)


def test_the_source_of_a_quotation_is_read():
    quoted = f"<blockquote><p>{LAST}</p><footer>Jo Modèle, maire</footer></blockquote>"
    body = f"<article><h1>La digue</h1>{paragraphs(PROSE)}{quoted}</article>"
    assert lines(body) == ["La digue", *PROSE, LAST, "Jo Modèle, maire"]


def test_answers_are_read_and_labels_of_fields_are_not():
    labels = (
        '<input type="radio"> Quatre mois de travaux',
        'Votre nom et votre adresse <input type="text">',
        "Un champ qui manque",
    )
    fields = "".join(f"<p><label>{label}</label></p>" for label in labels)
    body = f"<article><h1>La digue</h1>{paragraphs(PROSE)}{fields}{paragraphs([LAST])}</article>"
    assert lines(body) == ["La digue", *PROSE, "Quatre mois de travaux", LAST]


def test_linked_headings_stay_above_their_own_paragraphs():
    link = '<a href="/x">{}</a>'
    body = (
        f"<article><h1>{link.format('La digue')}</h1>{paragraphs(PROSE)}"
        f"<section><h2>{link.format('Le vote')}</h2><p>{LAST}</p></section>"
        f"<h2>{link.format('Lire aussi : le port')}</h2><div><p>{PROSE[0]}</p></div>"
        f'<p><a name="x">Ici</a></p></article>'
    )
    found = lines(body)
    assert found[0] == "La digue"
    assert "Le vote" in found
    assert "Lire aussi : le port" not in found
    assert "Ici" in found
