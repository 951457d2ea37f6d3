"""Keep what files say was decided elsewhere as claims."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0013_store_remedies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="foreign",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="correction",
            name="brought_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="claim",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approved", "approved elsewhere"),
                    ("rejected", "returned elsewhere"),
                    ("replaced", "replaced elsewhere"),
                ],
                editable=False,
                max_length=10,
                verbose_name="decided elsewhere",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="claim_file",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name="correction",
            name="claimed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="correction",
            name="claimed_by",
            field=models.CharField(blank=True, editable=False, max_length=150),
        ),
        migrations.RemoveConstraint(
            model_name="correction", name="correction_decided_by_someone"
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None),
                        ("decided_by", None),
                        ("status__in", ["draft", "submitted"]),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("status__in", ["approved", "rejected", "replaced"]),
                    ),
                    models.Q(
                        models.Q(("claim", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by", None),
                        ("status__in", ["rejected", "replaced"]),
                    ),
                    _connector="OR",
                ),
                name="correction_decided_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    ("brought_by", None),
                    models.Q(("decided_by", models.F("brought_by")), _negated=True),
                    _connector="OR",
                ),
                name="correction_not_by_who_brought_it",
            ),
        ),
    ]
