"""The interface in French: every message has a translation that keeps its places, and the pages speak it."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django import conf
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.template import templatize
from django_tasks import default_task_backend

from articles.checks import CHECKS, Check, Finding, Pair, run_checks
from articles.findings.external import ImportOutcome
from articles.findings.messages import describe_problem
from articles.formats import BadFile
from articles.importing import tasks
from articles.review.queries import FILTERS, ORDERS
from articles.scoring import mqm
from tests.cases import for_each
from tests.factories import make_article, make_correction, make_finding, make_flag

BASE = Path(__file__).resolve().parents[2]
CATALOG = BASE / "articles/locale/fr/LC_MESSAGES/django.po"
PO = polib.pofile(CATALOG)
KNOWN = {(entry.msgctxt, entry.msgid) for entry in PO}
PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
MARKS = PLURAL | CONTEXT | {"_", "gettext", "gettext_lazy", "gettext_noop"}
STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
IN_TEMPLATE = re.compile(
    rf"\b(?P<name>_|n?p?gettext)\((?P<texts>{STRING}(?:, {STRING})*)(?:, ?count)?\)"
)
FRENCH = {"headers": {"accept-language": "fr-FR,fr;q=0.9,en;q=0.5"}}


def messages_of(name, texts):
    """(context, message) of one marked call; its plural is the same entry."""
    return (texts[0], texts[1]) if name in CONTEXT else (None, texts[0])


def in_python(source):
    """Every literal that a Python text marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if texts:
                yield messages_of(node.func.id, texts)


def in_template(source):
    """Every message of a template, as Django itself gives them to the translators."""
    for found in IN_TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(STRING, found["texts"])]
        yield messages_of(found["name"], texts)


def in_code():
    for folder in ("articles", "reviewsite"):
        for path in (BASE / folder).rglob("*.py"):
            yield from in_python(path.read_text())
    for path in (BASE / "templates").rglob("*.html"):
        yield from in_template(path.read_text())


def places(text):
    return sorted(re.findall(r"%\(\w+\)[a-z]|%%", text))


def texts_of(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


class Words(HTMLParser):
    """The pieces of a page that a person sees or hears, but not those that are marked as English."""

    def __init__(self, html):
        super().__init__()
        self.seen, self.english, self.hidden = [], 0, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag in ("script", "style"):
            self.hidden += 1
        if self.english or named.get("lang") == "en":
            self.english += tag not in ("input", "br", "img", "meta", "link")
        else:
            self.seen += [
                named[name]
                for name in ("aria-label", "placeholder", "title", "alt")
                if named.get(name)
            ]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")
        self.english -= bool(self.english)

    def handle_data(self, data):
        if not self.hidden and not self.english and data.strip():
            self.seen.append(" ".join(data.split()))


def assert_french(response):
    """No piece of the page is a message that has another French form, and none is English by its little words."""
    html = response.content.decode()
    assert '<html lang="fr"' in html
    seen = Words(html).seen
    assert seen
    assert {entry.msgid for entry in PO if entry.msgid not in texts_of(entry)} & set(seen) == set()
    assert [
        piece for piece in seen if re.search(r"\b(the|and|of|with|your|this|is)\b", piece.lower())
    ] == []


# ── the catalogue ────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_message_of_the_code_is_in_the_catalogue():
    missing = set(in_code()) - KNOWN
    assert missing == set(), "refresh the translations as CONTRIBUTING.md says"


@pytest.mark.slow
def test_every_message_of_the_catalogue_is_in_the_code_or_in_another_package():
    theirs = set()
    folders = [Path(each.path) for each in apps.get_app_configs()]
    for folder in (Path(conf.__file__).parent, *folders):
        file = folder / "locale/fr/LC_MESSAGES/django.mo"
        if file.is_file() and folder != BASE / "articles":
            theirs |= {(entry.msgctxt, entry.msgid) for entry in polib.mofile(str(file))}
    assert KNOWN - set(in_code()) - theirs == set(), "no page can show these"


def test_the_words_that_are_shown_by_name_are_in_the_catalogue():
    names = [*mqm.TYPES, *mqm.DIMENSIONS, *mqm.SEVERITIES, *FILTERS.values(), *ORDERS.values()]
    names += [text for check in CHECKS.values() for text in (check.title, check.help)]
    assert {name for name in names if (None, name) not in KNOWN} == set()


@for_each(
    ("found", "expected"),
    [
        (
            in_python('x = _("One " "two") + f"{gettext(\'three\')}" + _(name)'),
            {(None, "One two"), (None, "three")},
        ),
        (
            in_python('pgettext("here", "one"); ngettext("a", "b", n)'),
            {("here", "one"), (None, "a")},
        ),
        (
            in_template(
                '{% load i18n %}{% translate "It’s 5%" %}{% act _("Go") %}{% blocktranslate count n=n %}a{% plural %}b{% endblocktranslate %}'
            ),
            {(None, "It’s 5%%"), (None, "Go"), (None, "a")},
        ),
    ],
)
def test_marked_words_are_found(found, expected):
    assert set(found) == expected


def test_nothing_is_left_to_translate_and_every_place_is_kept():
    assert PO.untranslated_entries() == PO.fuzzy_entries() == PO.obsolete_entries() == []
    wrong = [e.msgid for e in PO for text in texts_of(e) if places(text) != places(e.msgid)]
    assert wrong == []
    assert PO.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert all(len(texts_of(entry)) == 2 for entry in PO if entry.msgid_plural)


def test_french_is_typeset():
    """Curly apostrophes, and no ordinary blank where a French text breaks its line wrongly."""
    wrong = [
        text for entry in PO for text in texts_of(entry) if re.search(r"'|« | »| [;:!?]", text)
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    compiled = {
        (e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural)
        for e in polib.mofile(CATALOG.with_suffix(".mo"))
    }
    assert compiled == {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in PO}


# ── the pages ────────────────────────────────────────────────────────────────


def test_the_sign_in_page_speaks_french(client, db):
    page = client.get(reverse("login"), **FRENCH)
    assert_french(page)
    assert "Se connecter" in page.content.decode()


def test_the_desk_speaks_french(client, edith, rosa):
    article = make_article([("The mayor spoke.", "Le maire a parlé.")] * 4)
    doubted, flagged, waiting, done = article.segments.all()
    values = {"words": "The", "language": "French"}
    make_finding(doubted, message="“%(words)s” is missing from the %(language)s", values=values)
    make_flag(flagged, by=edith, source_start=0, source_end=3, source_quote="The", comment="Ah.")
    make_correction(waiting, by=rosa, status="submitted")
    for segment, status in ((flagged, "flagged"), (waiting, "waiting"), (done, "done")):
        segment.status = status
        segment.save()
    client.force_login(edith)
    page = client.get(reverse("desk", args=[article.pk]), **FRENCH)
    text = page.content.decode().replace("The mayor", "").replace("«\u202fThe\u202f»", "")
    page.content = text.encode()
    assert_french(page)
    assert "n’est pas rendu en français" in text
    assert "Approuver" in text
    for name in ("flag", "edit", "history"):
        assert client.get(reverse(name, args=[doubted.pk]), **FRENCH).status_code == 200


def test_talk_and_decisions_speak_french(client, edith, rosa, ada):
    article = make_article(
        [("Un.", "Un chat."), ("Deux.", "Deux chats."), ("Trois.", "Trois chats.")]
    )
    flagged, *others = article.segments.all()
    flag = make_flag(
        flagged, by=rosa, source_start=0, source_end=2, source_quote="Un", talk="answered"
    )
    flag.replies.create(author=ada, kind="answered", text="Ah.")
    rows = [
        make_correction(each, by=rosa, text=each.target_text[:-1] + " gris.", status="submitted")
        for each in others
    ]
    article.segments.exclude(pk=flagged.pk).update(status="waiting")
    client.force_login(edith)
    for name, segment, thing in (
        ("talk", flagged, flag), ("approve_alike", others[0], rows[0]), ("reject", others[0], rows[0])
    ):  # fmt: skip
        page = client.get(reverse(name, args=[segment.pk, thing.pk]), **FRENCH)
        page.content = page.content.replace(b"The mayor", b"")
        assert_french(page)
    assert (
        "Approuver les 2 identiques…"
        in client.get(reverse("card", args=[others[0].pk]), **FRENCH).content.decode()
    )


@pytest.mark.parametrize("name", ["articles", "checks", "password_change", "imports"])
def test_the_other_pages_speak_french(name, client, ada):
    client.force_login(ada)
    assert_french(client.get(reverse(name), **FRENCH))


def test_the_page_of_a_check_says_its_examples_in_french(client, otto):
    client.force_login(otto)
    page = client.get(reverse("check", args=["numbers"]), **FRENCH).content.decode()
    assert "Exactitude › Traduction erronée" in page
    assert "Gravité habituelle" in page
    examples = [said for _source, _target, said in CHECKS["numbers"].examples if said]
    assert examples
    assert not [said for said in examples if said in page]


def test_an_example_that_the_check_cannot_show_stays_as_it_is(client, otto, monkeypatch):
    """Grammalecte, for one, is not installed everywhere."""
    silent = Check(
        "silent",
        "Grammar",
        "minor",
        "Silent",
        "Says nothing.",
        lambda _p, _a: [],
        (),
        (("a", "b", "Hm."),),
    )
    monkeypatch.setitem(CHECKS, "silent", silent)
    client.force_login(otto)
    assert "Hm." in client.get(reverse("check", args=["silent"]), **FRENCH).content.decode()


# ── choosing ─────────────────────────────────────────────────────────────────


def test_the_language_can_be_changed_and_the_page_is_kept(client, db):
    page = client.get(reverse("login") + "?next=/x/").content.decode()
    assert f'action="{reverse("set_language")}"' in page
    assert 'name="next" value="/sign-in/?next=/x/"' in page
    answer = client.post(reverse("set_language"), {"language": "fr", "next": "/sign-in/?next=/x/"})
    assert answer.url == "/sign-in/?next=/x/"
    page = client.get(answer.url)
    assert_french(page)
    assert (
        '<button class="quiet" name="language" value="en" lang="en">English</button>'
        in page.content.decode()
    )


def test_a_page_that_answers_a_form_leads_home(client, db):
    page = client.post(reverse("login"), {"username": "x"}).content.decode()
    assert f'name="next" value="{reverse("articles")}"' in page


# ── sentences that are made far from a page ──────────────────────────────────


def test_what_a_file_lacks_is_said_in_french_with_its_place():
    problem = BadFile(
        "“%(field)s” should be %(wanted)s", "line 3", field="score", wanted="a number from 0 to 1"
    )
    with override("fr"):
        assert (
            describe_problem(problem)
            == "ligne 3\u00a0: «\u202fscore\u202f» devrait être un nombre de 0 à 1"
        )
        outcome = ImportOutcome()
        outcome.refuse("line 7", "non")
        assert outcome.problems == ["ligne 7\u00a0: non"]


def test_results_of_the_worker_are_shown_in_the_readers_language(ada, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    uploads = [SimpleUploadedFile(name, b"") for name in ("empty.txt", "pairs.csv")]
    with override("fr"):
        job = tasks.begin_import(uploads, by=ada)
    with override("en"):
        for result in list(default_task_backend.results):
            result.task.call(*result.args)
    job.refresh_from_db()
    for language, sentence in (("fr", "le fichier est vide"), ("en", "the file is empty")):
        with override(language):
            assert [line["sentence"] for line in job.file_results] == [sentence] * 2


def test_a_finding_names_types_in_the_readers_language(db):
    values = {"type": "Omission", "finder": "gap-finder"}
    finding = make_finding(
        make_article().segments.first(),
        message="%(type)s (found by %(finder)s)",
        values=values,
    )
    with override("fr"):
        assert finding.text == "Omission (trouvé par gap-finder)"
    assert isinstance(Finding("a", "Omission", "minor", 1, "x").text, str)


QUOTED_FAULTS = {
    ("french-determiner", "les rapport"),
    ("french-elision", "que il"),
    ("french-homophones", "à"),
    ("french-missing-word", "il lieu"),
    ("french-missing-word", "la de"),
    ("french-prepositions", "dans afin"),
    ("typography", ":"),
}
"""The faults that the French checks quote in their help, and the colon of an HTTP header."""


@pytest.mark.slow  # 1,600 texts by eleven checks take two seconds
def test_the_french_checks_find_no_fault_in_the_french_messages():
    french = [name for name in CHECKS if name.startswith("french-")]
    found = set()
    for entry in PO:
        for text in texts_of(entry):
            named = re.sub(r"%\(\w+\)s", "Paul", text)
            pair = Pair("", re.sub(r"%\(\w+\)d", "3", named))
            for finding in run_checks(pair, only=[*french, "typography"]):
                words = finding.target_spans[0].of(pair.target)
                found.add((finding.check, words))
    assert found == QUOTED_FAULTS
