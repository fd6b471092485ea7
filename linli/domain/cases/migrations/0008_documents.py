"""Documents made from templates, hidden with their case and never changed by hand."""

import django.db.models.deletion
from django.db import migrations, models

from linli.domain.access.wall import wall_of


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_opening_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(max_length=26, unique=True)),
                ("code", models.CharField(max_length=64)),
                ("template", models.CharField(max_length=64)),
                ("template_sha256", models.CharField(max_length=64)),
                ("words", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
                ("names_reporter", models.BooleanField(default=False)),
                ("stage", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_by_name", models.CharField(max_length=128)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-made_at"], name="document_of_case")],
            },
        ),
        migrations.RunSQL(*wall_of("cases_document", column="case_id", of="cases_case")),
    ]
