"""The second wall: what the web's role is shown of cases, however a query is written.

Settings are read once a statement (scalar subqueries), not once a row. A setting that is missing
or empty gives NULL, by which nothing is shown.
"""

from django.db import migrations

from linli.domain.access.wall import wall_by, wall_of


def told(name, kind):
    return f"(SELECT nullif(current_setting('linli.{name}', true), '')::{kind})"


def bound(place):
    return f"(SELECT (nullif(current_setting('linli.areas', true), '')::text[])[{place}])"


def inside(place):
    low, high = bound(2 * place - 1), bound(2 * place)
    return f'(area_path >= {low} COLLATE "C" AND area_path < {high} COLLATE "C")'


def opened(how):
    return f"(confidentiality <> 'sealed' OR '{how}' = ANY ({told('sealed', 'text[]')}::text[]))"


HELD = f"id = ANY ({told('held', 'bigint[]')}::bigint[])"
WITHIN = f"""{HELD} OR (
    NOT respondent_ids && {told("shut", "bigint[]")} AND (
        ({inside(1)} OR {inside(2)} OR {inside(3)}) AND {opened("area")}
        OR unit_ids && {told("units", "bigint[]")} AND {opened("unit")}
        OR public_id = ANY ({told("lent", "text[]")}::text[])
    )
)"""
WIDER = "(SELECT nullif(current_setting('linli.wider', true), ''))"

CASE = f"""
ALTER TABLE cases_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY linli_wall_see ON cases_case FOR SELECT TO linli_web
    USING ({WIDER} IS NOT NULL OR {WITHIN});
CREATE POLICY linli_wall_add ON cases_case FOR INSERT TO linli_web
    WITH CHECK ({WIDER} = 'intake' OR {WITHIN});
CREATE POLICY linli_wall_change ON cases_case FOR UPDATE TO linli_web USING ({WITHIN});
CREATE POLICY linli_wall_drop ON cases_case FOR DELETE TO linli_web USING (false);
CREATE POLICY linli_whole ON cases_case TO linli_worker, linli_backup USING (true);
"""
CASE_BACK = """
DROP POLICY linli_whole ON cases_case;
DROP POLICY linli_wall_drop ON cases_case;
DROP POLICY linli_wall_change ON cases_case;
DROP POLICY linli_wall_add ON cases_case;
DROP POLICY linli_wall_see ON cases_case;
ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY;
"""
# A case that is opened again is no duplicate any more: that link goes. It could not, so far.
UNLINK = "GRANT DELETE ON cases_link TO linli_web, linli_worker;"
UNLINK_BACK = "REVOKE DELETE ON cases_link FROM linli_web, linli_worker;"
CHILDREN = ("caseevent", "clock", "feedback", "note", "notice", "workitem")
LINKED = "EXISTS (SELECT FROM cases_case AS seen WHERE seen.id IN (case_id, other_id))"
RENDERED = f"""
    EXISTS (SELECT FROM cases_case AS seen WHERE seen.id = case_id)
    OR sent_at IS NOT NULL AND unit_id = ANY ({told("units", "bigint[]")}::bigint[])
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_renditions"),
        ("audit", "0002_chain_and_grants"),
    ]

    operations = [
        migrations.RunSQL(CASE, CASE_BACK),
        *(
            migrations.RunSQL(*wall_of(f"cases_{name}", column="case_id", of="cases_case"))
            for name in CHILDREN
        ),
        migrations.RunSQL(*wall_of("cases_timer", column="item_id", of="cases_workitem")),
        migrations.RunSQL(*wall_by("cases_link", LINKED)),
        migrations.RunSQL(*wall_by("cases_rendition", RENDERED)),
        migrations.RunSQL(UNLINK, UNLINK_BACK),
    ]
