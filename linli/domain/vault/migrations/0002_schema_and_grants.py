"""The vault's tables move into a schema of their own, and each role gets what it needs of it.

Whatever table a later migration makes here has to be moved and granted in the same way.
"""

from django.db import migrations

TABLES = "masterkey datakey sealedfield blindindex purposekey".split()

INTO_SCHEMA = """
CREATE SCHEMA IF NOT EXISTS vault;
{moves}
REVOKE ALL ON ALL TABLES IN SCHEMA vault FROM PUBLIC,
    linli_web, linli_worker, linli_insight, linli_audit, linli_backup;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA vault FROM PUBLIC,
    linli_web, linli_worker, linli_insight, linli_audit, linli_backup;
"""

# insight and audit: nothing, not even the names of the tables. Keys are made by the owner.
GRANTS = """
GRANT USAGE ON SCHEMA vault TO linli_web, linli_worker, linli_backup;

GRANT SELECT ON vault.vault_masterkey, vault.vault_purposekey TO linli_web;
GRANT SELECT, INSERT ON vault.vault_datakey TO linli_web;
GRANT UPDATE (wrapped, generation_id, erased_at) ON vault.vault_datakey TO linli_web;
GRANT SELECT, INSERT, DELETE ON vault.vault_sealedfield, vault.vault_blindindex TO linli_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA vault TO linli_web;

GRANT SELECT (id, subject, made_at, erased_at), UPDATE (wrapped, generation_id, erased_at)
    ON vault.vault_datakey TO linli_worker;
GRANT SELECT (id, key_id), DELETE ON vault.vault_sealedfield, vault.vault_blindindex
    TO linli_worker;

GRANT SELECT ON ALL TABLES IN SCHEMA vault TO linli_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA vault TO linli_backup;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_vault"), ("audit", "0002_chain_and_grants")]

    operations = [
        migrations.RunSQL(
            INTO_SCHEMA.format(
                moves="\n".join(f"ALTER TABLE vault_{name} SET SCHEMA vault;" for name in TABLES)
            ),
            "\n".join(f"ALTER TABLE vault.vault_{name} SET SCHEMA public;" for name in TABLES)
            + "DROP SCHEMA vault;",
        ),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
