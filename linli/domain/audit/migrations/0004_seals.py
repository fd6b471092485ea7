"""Seals are noted, checks of the journal are kept; both are for reading by whoever audits."""

import django.contrib.postgres.indexes
from django.db import migrations, models

GRANTS = """
GRANT SELECT ON audit_journalhead TO linli_worker;
GRANT SELECT ON audit_sealnote TO linli_audit;
GRANT SELECT, INSERT, DELETE ON audit_journalcheck TO linli_audit;
GRANT USAGE ON SEQUENCE audit_journalcheck_id_seq TO linli_audit;
REVOKE UPDATE ON audit_sealnote, audit_journalcheck FROM linli_web, linli_worker;
REVOKE INSERT, DELETE ON audit_sealnote, audit_journalcheck FROM linli_web;
"""
GRANTS_BACK = """
REVOKE SELECT ON audit_journalhead FROM linli_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_audit_knows_the_version")]

    operations = [
        migrations.CreateModel(
            name="SealNote",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("rows", models.BigIntegerField()),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="JournalCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("actor_name", models.CharField(max_length=128)),
                ("since", models.BigIntegerField()),
                ("upto", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                ("faults", models.JSONField(default=list)),
            ],
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(fields=["actor_id", "id"], name="journal_actor"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["recorded_at"], name="journal_recorded"
            ),
        ),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
