"""Keep the title of an article in its target language, and find those of the articles that are here."""

from django.db import migrations, models

FIRST_SEGMENTS = 8
SEPARATORS = tuple("|–—-·")
LONGEST = 120


def find_titles(apps, _schema_editor):
    """Write the titles, as ``articles/models/headlines.py`` found them at the time."""
    everything = apps.get_model("articles", "Article").objects.order_by("pk")
    corrections = apps.get_model("articles", "Correction").objects.filter(status="approved")
    for article in everything.only("title").iterator():
        first = article.segments.filter(position__gt=0, position__lte=FIRST_SEGMENTS)
        rows = list(first.order_by("position").values_list("pk", "source_text", "target_text"))
        in_force = dict(
            corrections.filter(segment__in=[row[0] for row in rows]).values_list("segment", "text")
        )
        title = _title(article.title, [(row[1], in_force.get(row[0], row[2])) for row in rows])
        if title:
            everything.filter(pk=article.pk).update(target_title=title)


def _title(title, texts):
    words = " ".join(title.split()).casefold()
    for is_enough in (_is_title, _begins_with_title):
        for number in range(len(texts)):
            chosen = _held(words, texts[number:], is_enough) if words else None
            if chosen is None:
                continue
            chosen = " ".join(chosen.split())
            if len(chosen) > LONGEST:
                chosen = chosen[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
            return "" if chosen == title else chosen
    return ""


def _held(title, texts, is_enough):
    words, translation = "", ""
    for source, target in texts:
        words = " ".join(f"{words} {source}".split()).casefold()
        translation = f"{translation} {target}"
        if not words:
            return None
        if is_enough(words, title):
            return translation
        if not title.startswith(words):
            return None
    return None


def _is_title(words, title):
    rest = title.removeprefix(words).lstrip()
    return title.startswith(words) and (not rest or rest.startswith(SEPARATORS))


def _begins_with_title(words, title):
    beginning = title.removesuffix("…")
    if not words.startswith(beginning):
        return False
    return title.endswith("…") or not words[len(beginning) :][:1].isalnum()


class Migration(migrations.Migration):

    dependencies = [("articles", "0046_reword_import_results")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="target_title",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=200,
                verbose_name="title of the translation",
            ),
        ),
        migrations.RunPython(find_titles, migrations.RunPython.noop),
    ]
