"""The ledger of deletions is only ever added to; requests, amendments and holds are not deleted."""

from django.db import migrations

SQL = """
CREATE TRIGGER deletion_append_only BEFORE UPDATE OR DELETE ON privacy_deletion
    FOR EACH ROW EXECUTE FUNCTION linli_append_only();
REVOKE UPDATE, DELETE ON privacy_deletion FROM linli_web, linli_worker;
REVOKE DELETE ON privacy_personalrequest, privacy_amendment, privacy_legalhold
    FROM linli_web, linli_worker;
"""
BACK = "DROP TRIGGER deletion_append_only ON privacy_deletion;"


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_requests_and_deletions"),
        ("audit", "0002_chain_and_grants"),
    ]

    operations = [migrations.RunSQL(SQL, BACK)]
