"""Keep the title of an article in its target language, and find those of the articles that are here."""

from django.db import migrations, models

FIRST_SEGMENTS = 8
FEWEST_WORDS = 3
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
    begins = " ".join(title.split()).casefold().removesuffix("…")
    found = [_continued(begins, texts[number:]) for number in range(len(texts))]
    found += [target for source, target in texts if len(source.split()) >= FEWEST_WORDS]
    chosen = next((text for text in found if text is not None), "")
    chosen = " ".join(chosen.split())
    if len(chosen) > LONGEST:
        chosen = chosen[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return "" if chosen == title else chosen


def _continued(title, texts):
    words, translation = "", ""
    for source, target in texts:
        words = " ".join(f"{words} {source}".split()).casefold()
        translation = f"{translation} {target}"
        if words.startswith(title):
            return translation
        if not words or not title.startswith(words):
            return None
    return None


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
