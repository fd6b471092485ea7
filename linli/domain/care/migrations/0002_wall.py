"""Counselling records stand behind the second wall, and only their endings are ever changed."""

from django.db import migrations

from linli.domain.access.wall import wall_of

KEPT = """
REVOKE UPDATE, DELETE ON care_careentry FROM linli_web, linli_worker;
GRANT UPDATE (ended_at, erased_at) ON care_careentry TO linli_web, linli_worker;
REVOKE INSERT ON care_careentry FROM linli_worker;
"""
GIVEN = "GRANT INSERT, UPDATE, DELETE ON care_careentry TO linli_web, linli_worker;"


class Migration(migrations.Migration):
    dependencies = [("care", "0001_care_records"), ("audit", "0002_chain_and_grants")]

    operations = [
        migrations.RunSQL(KEPT, GIVEN),
        migrations.RunSQL(*wall_of("care_careentry", column="case_id", of="cases_case")),
    ]
