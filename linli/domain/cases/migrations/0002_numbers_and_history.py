"""Case numbers come from a sequence, and the history of a case cannot be rewritten."""

from django.db import migrations

SQL = """
CREATE SEQUENCE case_serial;
GRANT USAGE ON SEQUENCE case_serial TO linli_web, linli_worker;
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE ON cases_caseevent
    FOR EACH ROW EXECUTE FUNCTION linli_append_only();
REVOKE UPDATE, DELETE ON cases_caseevent FROM linli_web, linli_worker;
REVOKE DELETE ON cases_case, cases_workitem, cases_clock, cases_feedback, cases_link
    FROM linli_web, linli_worker;
"""

BACK = """
DROP TRIGGER case_event_append_only ON cases_caseevent;
DROP SEQUENCE case_serial;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases"), ("audit", "0002_chain_and_grants")]

    operations = [migrations.RunSQL(SQL, BACK)]
