"""The title of an article in its target language: where it is found, and what it follows."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from articles.findings.tasks import run_checks
from articles.importing.documents import store_article
from articles.models import Article
from articles.models.headlines import find_target_title, refresh_target_title
from articles.review import actions
from articles.text.document import Document
from tests.factories import make_article, make_correction

HEADLINE = ("Snow closes schools in the north", "La neige ferme des écoles dans le Nord")
LEAD = ("The roads were blocked all night.", "Les routes étaient bloquées toute la nuit.")
MIGRATION = "articles.migrations.0047_name_articles_in_both_languages"
KICKER = ("WEATHER", "MÉTÉO")


@pytest.mark.parametrize(
    ("title", "pairs", "found"),
    [
        (HEADLINE[0], [HEADLINE, LEAD], HEADLINE[1]),
        # Below a kicker, in another case, cut, and with the first sentence of the text behind it.
        (HEADLINE[0], [KICKER, HEADLINE, LEAD], HEADLINE[1]),
        (HEADLINE[0].upper(), [KICKER, HEADLINE, LEAD], HEADLINE[1]),
        ("Snow closes schools…", [KICKER, HEADLINE, LEAD], HEADLINE[1]),
        (
            "A boat. The ferry sails.",
            [("A boat.", "Un bateau."), ("The ferry sails.", "Il part.")],
            "Un bateau. Il part.",
        ),
        (HEADLINE[0], [("", "Ajouté."), HEADLINE], HEADLINE[1]),
        # With the name of its page behind it.
        (f"{HEADLINE[0]} | The Gazette", [KICKER, HEADLINE, LEAD], HEADLINE[1]),
        # A title that somebody chose is shown itself.
        ("Winter page", [KICKER, HEADLINE, LEAD], ""),
        # The beginning of a word is no title, and a whole segment comes before a beginning.
        ("Snow", [("Snowmen melt today", "Ils fondent"), LEAD], ""),
        ("Snow", [("Snow melts today", "Elle fond"), ("Snow", "La neige")], "La neige"),
        ("Snow", [("Snow melts today", "Elle fond"), LEAD], "Elle fond"),
        ("Weather", [KICKER, HEADLINE, LEAD], KICKER[1]),
        # Nothing was translated, or nothing has words enough.
        (HEADLINE[0], [(HEADLINE[0], ""), LEAD], ""),
        (HEADLINE[0], [(HEADLINE[0], HEADLINE[0]), LEAD], ""),
        ("Winter page", [KICKER], ""),
        # A paragraph in the place of a headline.
        (LEAD[0], [(LEAD[0], LEAD[1] * 5)], (LEAD[1] * 5)[:117] + "…"),
    ],
)
def test_it_is_the_text_that_translates_the_title(
    title: str, pairs: list[tuple[str, str]], found: str, db: None
) -> None:
    article = make_article(pairs, title=title, joint="\n")
    result = find_target_title(article)
    if found.endswith("…"):
        assert result.endswith("…")
        assert found.startswith(result[:60])
    else:
        assert result == found
    import_module(MIGRATION).find_titles(apps, None)
    assert Article.objects.get().target_title == result, "an upgrade finds the same"


def test_it_follows_the_correction_that_is_in_force(rosa: Any, edith: Any) -> None:
    article = make_article([HEADLINE, LEAD], title=HEADLINE[0], joint="\n")
    refresh_target_title(article)
    assert article.headline == HEADLINE[1]
    segment = article.segments.get(position=1)
    made = make_correction(segment, by=rosa, text="La neige ferme des écoles", status="submitted")
    type(segment).objects.filter(pk=segment.pk).update(status="waiting")
    run_checks(Article.objects.get())
    assert Article.objects.get().headline == HEADLINE[1], "it waits"
    segment.refresh_from_db()
    actions.approve(made, by=edith, revision=segment.revision)
    run_checks(Article.objects.get())
    stored = Article.objects.get()
    assert (stored.headline, stored.headline_language) == ("La neige ferme des écoles", "fr")
    import_module(MIGRATION).find_titles(apps, None)
    assert Article.objects.get().headline == "La neige ferme des écoles"


def test_an_imported_article_has_it_at_once_and_a_newer_version_its_own(db: None) -> None:
    texts = ["\n\n".join(side) for side in zip(HEADLINE, LEAD, strict=True)]
    one = store_article(
        Document("snow.en.txt", "en", texts[0]), Document("snow.fr.txt", "fr", texts[1])
    )
    assert one.article.target_title == HEADLINE[1]
    newer = texts[1].replace("des écoles", "cent écoles")
    two = store_article(
        Document("snow.en.txt", "en", texts[0]), Document("snow.fr.txt", "fr", newer)
    )
    assert two.article.pk == one.article.pk
    assert Article.objects.get().target_title == "La neige ferme cent écoles dans le Nord"


def test_an_upgrade_leaves_alone_what_has_none(db: None) -> None:
    make_article([KICKER], title="Winter page")
    import_module(MIGRATION).find_titles(apps, None)
    assert Article.objects.get().target_title == ""


def test_an_article_without_one_is_called_by_its_title(db: None) -> None:
    article = make_article(title="The mayor")
    assert (article.headline, article.headline_language) == ("The mayor", "en")
