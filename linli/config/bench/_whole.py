"""What holds of all cases whenever nothing is under way: nothing twice, nothing by half."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from linli.config.bench._answer import progress

ENDS_AND_BEGINNINGS = """
    SELECT case_id, journal_id, activity, lag(activity) OVER (PARTITION BY case_id ORDER BY seq)
    AS before FROM cases_caseevent WHERE activity IN ('case_closed', 'case_reopened')"""
TWICE = {
    "events of one key": """
        SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM cases_caseevent
        WHERE key IS NOT NULL GROUP BY case_id, key) AS keys""",
    "items done twice": """
        SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM cases_caseevent
        WHERE item_id IS NOT NULL AND activity NOT IN
        ('timer_fired', 'extension_requested', 'exclusion_proposed', 'deferral_requested',
        'supervision_raised')
        GROUP BY item_id) AS items""",
    "cases closed twice": f"""
        SELECT count(*) FROM ({ENDS_AND_BEGINNINGS}) AS e
        WHERE activity = 'case_closed' AND before = 'case_closed'""",  # noqa: S608  # our own words
    "clocks of one kind that run side by side": """
        SELECT count(*) FROM (SELECT FROM cases_clock WHERE kind = 'case' AND is_running
        GROUP BY case_id HAVING count(*) > 1) AS twice""",
}
HALF = {
    "open cases without open work": """
        SELECT count(*) FROM cases_case c WHERE c.status = 'open' AND NOT EXISTS
        (SELECT FROM cases_workitem w WHERE w.case_id = c.id AND w.state = 'open'
        AND w.kind = 'main')""",
    "open items of another stage than their case": """
        SELECT count(*) FROM cases_workitem w JOIN cases_case c ON c.id = w.case_id
        WHERE w.state = 'open' AND w.kind = 'main' AND (w.stage, w.round) <> (c.stage, c.round)""",
    "cases with two leads": """
        SELECT count(*) FROM (SELECT FROM cases_workitem WHERE state = 'open' AND kind = 'main'
        AND is_lead GROUP BY case_id HAVING count(*) > 1) AS leads""",
    "cases at units none of which leads": """
        SELECT count(*) FROM (SELECT FROM cases_workitem WHERE state = 'open' AND kind = 'main'
        GROUP BY case_id HAVING NOT bool_or(is_lead)) AS led_by_nobody""",
    "closed cases with open items, save proposals that come after": """
        SELECT count(DISTINCT c.id) FROM cases_case c JOIN cases_workitem w ON w.case_id = c.id
        WHERE c.status = 'closed' AND w.state = 'open' AND w.stage <> 'exclusion'""",
    "open cases without a running clock": """
        SELECT count(*) FROM cases_case c WHERE c.status = 'open' AND NOT EXISTS
        (SELECT FROM cases_clock k WHERE k.case_id = c.id AND k.is_running)""",
    "closed cases with a running clock": """
        SELECT count(DISTINCT c.id) FROM cases_case c JOIN cases_clock k ON k.case_id = c.id
        WHERE c.status = 'closed' AND k.is_running""",
    "cases whose state their history does not tell": """
        SELECT count(*) FROM cases_case c WHERE (c.status = 'closed') <> coalesce(
        (SELECT v.activity = 'case_closed' FROM cases_caseevent v WHERE v.case_id = c.id
        AND v.activity IN ('case_closed', 'case_reopened') ORDER BY v.seq DESC LIMIT 1), false)""",
    "closed wholes over open parts": """
        SELECT count(*) FROM cases_link l JOIN cases_case part ON part.id = l.case_id
        JOIN cases_case whole ON whole.id = l.other_id
        WHERE l.kind = 'part' AND part.status = 'open' AND whole.status = 'closed'""",
    "histories with a gap": """
        SELECT count(*) FROM cases_case c WHERE c.seq <>
        (SELECT count(*) FROM cases_caseevent v WHERE v.case_id = c.id) OR c.seq <>
        (SELECT coalesce(max(v.seq), 0) FROM cases_caseevent v WHERE v.case_id = c.id)""",
    "events that the journal does not know": """
        SELECT count(*) FROM cases_caseevent v WHERE NOT EXISTS
        (SELECT FROM audit_journal j WHERE j.id = v.journal_id AND j.event = v.activity)""",
    "facts of the journal that no history knows": """
        SELECT count(*) FROM audit_journal j WHERE j.subject_type = 'case'
        AND j.event IN (SELECT DISTINCT activity FROM cases_caseevent)
        AND NOT EXISTS (SELECT FROM cases_caseevent v WHERE v.journal_id = j.id)""",
    "feedback and its facts apart": """
        SELECT count(*) FROM cases_case c WHERE
        (SELECT count(*) FROM cases_feedback f WHERE f.case_id = c.id) <> (SELECT count(*)
        FROM cases_caseevent v WHERE v.case_id = c.id AND v.activity = 'feedback_recorded')""",
    "notes and their facts apart": """
        SELECT count(*) FROM cases_case c WHERE
        (SELECT count(*) FROM cases_note n WHERE n.case_id = c.id) <> (SELECT count(*)
        FROM cases_caseevent v WHERE v.case_id = c.id AND v.activity = 'note_added')""",
}


def asked(questions: Mapping[str, str]) -> dict[str, int]:
    """Return what each question counts."""
    return {name: int(rows(sql)[0][0]) for name, sql in questions.items()}


def said(counts: Mapping[str, int]) -> int:
    """Say on standard error what is not 0; returns the sum."""
    for name, count in counts.items():
        if count:
            progress(f"{count} {name}")
    return sum(counts.values())


def rows(sql: str) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
