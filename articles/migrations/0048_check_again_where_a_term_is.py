"""Keep the words of each article's source, and write the languages of terms as articles have them.

A term for "FR" or "fr-CA" was never asked of an article in French: it is a term for "fr" now. One that
this would make a second term of the same words in the same glossary stays as it is.
"""

import django.db.models.deletion
from django.db import migrations, models

from articles.text.language_tags import language_of


def normalise_languages(apps, _editor):
    terms = apps.get_model("articles", "Term").objects
    for term in terms.order_by("pk"):
        source = language_of(term.source_language)
        target = language_of(term.target_language)
        if (source, target) == (term.source_language, term.target_language):
            continue
        same = terms.filter(
            article=term.article_id,
            source_language=source,
            target_language=target,
            source=term.source,
        )
        if not same.exists():
            terms.filter(pk=term.pk).update(source_language=source, target_language=target)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0047_name_articles_in_both_languages"),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='kind',
            field=models.CharField(choices=[('signed_in', 'signed in'), ('failed', 'sign-in failed'), ('refused', 'sign-in blocked after failures'), ('signed_out', 'signed out'), ('password', 'changed the password'), ('step_added', 'added a second sign-in step'), ('step_removed', 'removed a second sign-in step'), ('exported', 'exported articles'), ('roles', 'changed roles in a team'), ('glossary', 'changed the glossary'), ('admin', 'changed data in the admin')], max_length=16, verbose_name='action'),
        ),
        migrations.CreateModel(
            name='SourceWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('words', models.TextField()),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source_words', to='articles.article')),
            ],
            options={
                'verbose_name': 'words of a source',
                'verbose_name_plural': 'words of sources',
            },
        ),
        migrations.RunPython(normalise_languages, migrations.RunPython.noop),
    ]
