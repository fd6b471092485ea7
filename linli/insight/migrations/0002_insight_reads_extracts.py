"""Analytics may read the extract and nothing else, nor call what runs with the owner's rights.

PostgreSQL lets everybody call a new function. One that locks the heads of the journal, with the
rights of its owner, would let whoever only reads stop all writing.
"""

from django.db import migrations

FORWARD = """
GRANT SELECT ON insight_dailycount TO linli_insight;
REVOKE EXECUTE ON FUNCTION linli_journal_lock(smallint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION linli_journal_lock(smallint) TO linli_web, linli_worker;
"""
BACKWARD = """
GRANT EXECUTE ON FUNCTION linli_journal_lock(smallint) TO PUBLIC;
REVOKE SELECT ON insight_dailycount FROM linli_insight;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_daily_counts"), ("audit", "0004_seals")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
