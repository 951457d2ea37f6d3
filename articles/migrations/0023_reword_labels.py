"""Labels of fields and choices in plain words: no table changes."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0022_let_approvers_edit_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='assignment',
            options={'ordering': ['-role', 'id'], 'verbose_name': 'assignment', 'verbose_name_plural': 'assignments'},
        ),
        migrations.AlterModelOptions(
            name='checkrun',
            options={'verbose_name': 'check run', 'verbose_name_plural': 'check runs'},
        ),
        migrations.AlterModelOptions(
            name='checkswitch',
            options={'ordering': ['check_id', 'article_id'], 'verbose_name': 'check setting', 'verbose_name_plural': 'check settings'},
        ),
        migrations.AlterModelOptions(
            name='term',
            options={'ordering': ['source', 'pk'], 'verbose_name': 'term', 'verbose_name_plural': 'glossary'},
        ),
        migrations.AlterModelOptions(
            name='unplacedsegment',
            options={'ordering': ['id'], 'verbose_name': 'unplaced work', 'verbose_name_plural': 'unplaced work'},
        ),
        migrations.AlterField(
            model_name='accesstoken',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='created'),
        ),
        migrations.AlterField(
            model_name='accesstoken',
            name='name',
            field=models.CharField(blank=True, max_length=80, verbose_name='purpose'),
        ),
        migrations.AlterField(
            model_name='article',
            name='stage',
            field=models.CharField(choices=[('review', 'one reviewer and an approver'), ('reading', 'blind review in progress'), ('comparing', 'blind review finished, to be compared'), ('compared', 'blind reviews compared')], default='review', editable=False, max_length=10, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='due',
            field=models.DateField(blank=True, null=True, verbose_name='due'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='finished_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='review finished'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='role',
            field=models.CharField(choices=[('reviewer', 'reviewer'), ('approver', 'approver')], default='reviewer', max_length=10, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='checkrun',
            name='status',
            field=models.CharField(choices=[('queued', 'awaiting checks'), ('running', 'being checked'), ('done', 'checked'), ('failed', 'the checks failed')], default='queued', max_length=10),
        ),
        migrations.AlterField(
            model_name='checkswitch',
            name='enabled',
            field=models.BooleanField(default=False, verbose_name='enabled'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='base_revision',
            field=models.PositiveIntegerField(verbose_name='based on revision'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='cause',
            field=models.CharField(blank=True, choices=[('meaning', 'The meaning is still wrong'), ('missing', 'Words are still missing'), ('language', 'Not well written'), ('style', 'Not our house style'), ('needless', 'The earlier text was fine'), ('other', 'Something else')], max_length=10, verbose_name='standard reason'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='started'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'awaiting approval'), ('approved', 'approved'), ('rejected', 'returned'), ('replaced', 'replaced by a later one'), ('edited', 'edited by an approver')], default='draft', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='document',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='imported'),
        ),
        migrations.AlterField(
            model_name='event',
            name='act',
            field=models.CharField(choices=[('imported', 'imported the article'), ('reimported', 'imported a new version'), ('annotated', 'added flags from a file'), ('carried_over', 'carried work over from the earlier version'), ('put_away', 'archived work of the earlier version'), ('renamed', 'renamed the article'), ('rechecked', 'ran the checks again'), ('heard', 'imported findings of another tool'), ('asked', 'asked a language model'), ('closed', 'closed resolved findings'), ('found', 'found possible errors in the corrected text'), ('realigned', 'changed the alignment'), ('flagged', 'flagged'), ('flag_edited', 'changed a flag'), ('flag_removed', 'removed a flag'), ('answered', 'replied to a flag'), ('kept', 'kept a flag'), ('upheld', 'upheld a flag'), ('dropped', 'overruled a flag'), ('dismissed', 'dismissed a finding'), ('restored', 'restored a finding'), ('submitted', 'submitted a correction'), ('withdrawn', 'withdrew a correction'), ('revised', 'edited a correction'), ('approved', 'approved a correction'), ('rejected', 'returned a correction'), ('confirmed', 'found no issues'), ('reopened', 'reopened'), ('assigned', 'assigned the article'), ('apart', 'started a blind review'), ('together', 'cancelled the blind review'), ('fine', 'found no issues (blind review)'), ('not_fine', 'reopened it (blind review)'), ('finished', 'finished their blind review'), ('resumed', 'resumed their blind review'), ('unsealed', 'ended the blind review'), ('decided', 'decided between the two reviews'), ('compared', 'closed the comparison'), ('signed_off', 'signed the article off'), ('signoff_ended', 'changed the article, which ended its sign-off')], max_length=16, verbose_name='action'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='reason',
            field=models.CharField(blank=True, choices=[('elsewhere', 'covered elsewhere'), ('implied', 'implied'), ('restructured', 'restructured'), ('cut', 'cut on purpose'), ('style', 'a matter of style'), ('wrong', 'false alarm')], max_length=16, verbose_name='reason'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='status',
            field=models.CharField(choices=[('open', 'open'), ('dismissed', 'dismissed'), ('taken', 'accepted'), ('closed', 'closed: the text was corrected')], default='open', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='apart',
            field=models.CharField(blank=True, choices=[('sealed', 'hidden'), ('kept', 'kept'), ('dropped', 'dropped'), ('same', 'duplicate of the other flag')], editable=False, max_length=10, verbose_name='blind review'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='caret',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='insertion point'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='created'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='needs_locating',
            field=models.BooleanField(default=False, verbose_name='position to be checked'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='status',
            field=models.CharField(choices=[('open', 'open'), ('closed', 'corrected'), ('removed', 'removed')], default='open', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='flag',
            name='talk',
            field=models.CharField(blank=True, choices=[('answered', 'replied'), ('kept', 'kept'), ('withdrawn', 'withdrawn'), ('upheld', 'upheld'), ('dropped', 'overruled')], max_length=10, verbose_name='discussion'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='kind',
            field=models.CharField(choices=[('answered', 'replied'), ('kept', 'kept'), ('withdrawn', 'withdrawn'), ('upheld', 'upheld'), ('dropped', 'overruled')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='segment',
            name='score',
            field=models.FloatField(default=1.0, verbose_name='alignment score'),
        ),
        migrations.AlterField(
            model_name='segment',
            name='status',
            field=models.CharField(choices=[('to_review', 'to review'), ('flagged', 'flagged'), ('waiting', 'awaiting approval'), ('done', 'done')], default='to_review', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='term',
            name='source_language',
            field=models.CharField(blank=True, default='en', max_length=8, verbose_name='source language'),
        ),
        migrations.AlterField(
            model_name='term',
            name='target',
            field=models.CharField(blank=True, help_text='Separate alternatives with |. Leave empty for a term that is not translated.', max_length=400, verbose_name='translation'),
        ),
        migrations.AlterField(
            model_name='term',
            name='target_language',
            field=models.CharField(blank=True, default='fr', max_length=8, verbose_name='target language'),
        ),
        migrations.AlterField(
            model_name='unplacedsegment',
            name='status',
            field=models.CharField(choices=[('waiting', 'unplaced'), ('carried', 'carried over'), ('put_away', 'archived')], default='waiting', editable=False, max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='reason',
            field=models.CharField(blank=True, choices=[('elsewhere', 'covered elsewhere'), ('implied', 'implied'), ('restructured', 'restructured'), ('cut', 'cut on purpose'), ('style', 'a matter of style'), ('wrong', 'false alarm')], max_length=16, verbose_name='reason'),
        ),
        migrations.AlterConstraint(
            model_name='assignment',
            name='assignment_one_part_each',
            constraint=models.UniqueConstraint(fields=('article', 'person'), name='assignment_one_part_each', violation_error_message='A person has one role in an article: a reviewer cannot also approve it.'),
        ),
        migrations.AlterConstraint(
            model_name='checkswitch',
            name='switch_once_for_the_site',
            constraint=models.UniqueConstraint(condition=models.Q(('article', None)), fields=('check_id',), name='switch_once_for_the_site', violation_error_message='This check already has a setting for the whole site.'),
        ),
        migrations.AlterConstraint(
            model_name='term',
            name='term_once_for_the_site',
            constraint=models.UniqueConstraint(condition=models.Q(('article', None)), fields=('source_language', 'target_language', 'source'), name='term_once_for_the_site', violation_error_message='The site’s glossary already has this term.'),
        ),
    ]
