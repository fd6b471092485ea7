"""Personal data may be locked: kept because they must be, and opened to nobody."""

from django.db import migrations, models

GRANTS = """
GRANT UPDATE (locked_at) ON vault.vault_datakey TO linli_web, linli_worker;
GRANT SELECT (locked_at) ON vault.vault_datakey TO linli_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_schema_and_grants")]

    operations = [
        migrations.AddField("datakey", "locked_at", models.DateTimeField(null=True)),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
