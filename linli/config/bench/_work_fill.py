"""Many open items at once, each of a case of its own: copies of one case that waits at a desk.

Only for the bench: no rule is asked, no fact is written into the journal. What the lists read is
all there.
"""

from datetime import datetime

from django.db import connection

from linli.config.bench._work_road import LEAD, Hands
from linli.domain.cases.services import open_case

# What a copy has of its own; every other column is the pattern's. One in three waits for the
# clerks, one in five for one unit, the rest for any; one in 25 is urgent, one in 400 an emergency.
OWN = {
    "public_id": "'BENCH' || lpad(n::text, 21, '0')",
    "number": "'BENCH-' || n",
    "receipt_hash": "NULL",
    "area_id": "ids[1 + n % cardinality(ids)]",
    "area_path": "paths[1 + n % cardinality(ids)]",
    "stage": "CASE WHEN n % 3 = 0 THEN 'triage' ELSE 'handle' END",
    "lead_unit_id": "CASE WHEN n % 3 = 0 THEN NULL ELSE unit END",
    "unit_ids": "CASE WHEN n % 3 = 0 THEN '{}' ELSE ARRAY[unit] END",
    "urgency": "CASE WHEN luck < 0.0025 THEN 'emergency' WHEN luck < 0.04 THEN 'urgent'"
    " ELSE 'ordinary' END",
    "due_at": "p.due_at + (random() - 0.5) * interval '40 days'",
    "status": "'open'",
    "closed_at": "NULL",
}
COPIES = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM
(SELECT n, random() AS luck, CASE WHEN n % 5 = 1 THEN {lead} ELSE units[1 + n % cardinality(units)]
    END AS unit FROM generate_series(1, {items}) AS n,
    (SELECT array_agg(id ORDER BY id) AS units FROM organisations_unit) AS u) AS row,
(SELECT array_agg(id ORDER BY id) AS ids, array_agg(path ORDER BY id) AS paths FROM places_area
    WHERE kind IN ('community', 'grid')) AS places,
(SELECT * FROM cases_case WHERE public_id = '{pattern}') AS p
"""
ITEMS = """
INSERT INTO cases_workitem (case_id, kind, stage, round, unit_id, role, is_lead, state, outcome,
    reason, result, opened_at, due_at)
SELECT id, 'main', stage, 1, lead_unit_id,
    CASE WHEN lead_unit_id IS NULL THEN 'clerk' ELSE 'handler' END, true, 'open', '', '', '{}',
    opened_at, due_at
FROM cases_case WHERE number LIKE 'BENCH-%'
"""


def fill_items(hands: Hands, *, items: int, seed: int, at: datetime) -> None:
    """Store so many open cases with an item each, due within twenty days of today's limit."""
    pattern = open_case(hands.new, actor=hands.clerk, at=at, key="fill")
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, "cases_case")
        columns = [column.name for column in described if column.name != "id"]
        values = ", ".join(OWN.get(name, f"p.{name}") for name in columns)
        cursor.execute("SELECT id FROM organisations_unit WHERE code = %s", [LEAD])
        lead = cursor.fetchone()[0]
        cursor.execute("SELECT setseed(%s)", [1 / (1 + seed)])
        cursor.execute(
            COPIES.format(
                columns=", ".join(columns),
                values=values,
                lead=int(lead),
                items=int(items),
                pattern=pattern.public_id,
            )
        )
        cursor.execute(ITEMS)
        cursor.execute("ANALYZE")
