"""Numbers come from a sequence, history cannot be rewritten, and the second wall stands.

The wall: records that everybody may see; ordinary ones for whoever works here at all, as the exact
rule shows those of the areas above; the others by area or unit as cases are.
"""

from django.db import migrations

from linli.domain.access.wall import wall_of

HISTORY = """
CREATE SEQUENCE ledger_record_serial;
GRANT USAGE ON SEQUENCE ledger_record_serial TO linli_web, linli_worker;
CREATE TRIGGER record_event_append_only BEFORE UPDATE OR DELETE ON ledgers_recordevent
    FOR EACH ROW EXECUTE FUNCTION linli_append_only();
REVOKE UPDATE, DELETE ON ledgers_recordevent FROM linli_web, linli_worker;
REVOKE DELETE ON ledgers_record, ledgers_moveproposal FROM linli_web, linli_worker;
"""
HISTORY_BACK = """
DROP TRIGGER record_event_append_only ON ledgers_recordevent;
DROP SEQUENCE ledger_record_serial;
"""


def told(name, kind):
    return f"(SELECT nullif(current_setting('linli.{name}', true), '')::{kind})"


def inside(place):
    bound = "(SELECT (nullif(current_setting('linli.areas', true), '')::text[])[{}])".format
    low, high = bound(2 * place - 1), bound(2 * place)
    return f'(area_path >= {low} COLLATE "C" AND area_path < {high} COLLATE "C")'


def opened(how):
    return f"(confidentiality <> 'sealed' OR '{how}' = ANY ({told('sealed', 'text[]')}::text[]))"


WORKS_HERE = f"({told('units', 'bigint[]')} <> '{{}}' OR {told('areas', 'text[]')} <> '{{}}')"
WITHIN = f"""(
    confidentiality = 'ordinary' AND {WORKS_HERE}
    OR ({inside(1)} OR {inside(2)} OR {inside(3)}) AND {opened("area")}
    OR unit_ids && {told("units", "bigint[]")} AND {opened("unit")}
)"""
RECORD = f"""
ALTER TABLE ledgers_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY linli_wall_see ON ledgers_record FOR SELECT TO linli_web
    USING (is_public OR {WITHIN});
CREATE POLICY linli_wall_add ON ledgers_record FOR INSERT TO linli_web WITH CHECK ({WITHIN});
CREATE POLICY linli_wall_change ON ledgers_record FOR UPDATE TO linli_web USING ({WITHIN});
CREATE POLICY linli_whole ON ledgers_record TO linli_worker, linli_backup USING (true);
"""
RECORD_BACK = """
DROP POLICY linli_whole ON ledgers_record;
DROP POLICY linli_wall_change ON ledgers_record;
DROP POLICY linli_wall_add ON ledgers_record;
DROP POLICY linli_wall_see ON ledgers_record;
ALTER TABLE ledgers_record DISABLE ROW LEVEL SECURITY;
"""
CHILDREN = ("recordevent", "recordkey", "recordlink", "moveproposal")


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_ledgers"), ("audit", "0002_chain_and_grants")]

    operations = [
        migrations.RunSQL(HISTORY, HISTORY_BACK),
        migrations.RunSQL(RECORD, RECORD_BACK),
        *(
            migrations.RunSQL(
                *wall_of(f"ledgers_{name}", column="record_id", of="ledgers_record")
            )
            for name in CHILDREN
        ),
    ]
