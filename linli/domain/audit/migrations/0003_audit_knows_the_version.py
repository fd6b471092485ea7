"""Whoever verifies the journal may see which version the tables are of, and nothing more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain_and_grants")]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT ON django_migrations TO linli_audit;",
            "REVOKE SELECT ON django_migrations FROM linli_audit;",
        ),
    ]
