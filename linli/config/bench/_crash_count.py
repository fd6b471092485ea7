"""Counting after the kills: what is missing, what is there twice, what is there by half."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from linli.config.bench import _whole
from linli.config.bench._whole import asked, rows, said
from linli.domain.audit.selectors import failed_jobs, verify_chain

IMPORTED = """
SELECT source_id, number FROM needs_message m JOIN cases_case c ON c.id = m.case_id
WHERE source_id <> ''"""
LOST = {
    "facts without their reaction": """
        SELECT count(*) FROM audit_journal j WHERE j.event = 'case_dispatched' AND NOT EXISTS
        (SELECT FROM audit_effect e WHERE e.journal_id = j.id AND e.reaction = 'tell_holders')""",
    "dispatches of which the unit that leads was not told": """
        SELECT count(*) FROM cases_caseevent v WHERE v.activity = 'case_dispatched' AND NOT EXISTS
        (SELECT FROM cases_notice n JOIN organisations_unit u ON u.id = n.unit_id
        WHERE n.case_id = v.case_id AND n.kind = v.activity AND u.code = v.attrs ->> 'lead')""",
    "facts left in the outbox": "SELECT count(*) FROM audit_outbox",
}
DUPLICATED = _whole.TWICE | {
    "messages of one text": """
        SELECT coalesce(sum(n - 1), 0) FROM
        (SELECT count(*) AS n FROM needs_message GROUP BY body) AS bodies WHERE n > 1""",
    "cases beyond messages": """
        SELECT greatest(0, (SELECT count(*) FROM cases_case)
            - (SELECT count(*) FROM needs_message))""",
    "dispatched twice": """
        SELECT count(*) FROM (SELECT FROM cases_caseevent WHERE activity = 'case_dispatched'
        GROUP BY case_id HAVING count(*) > 1) AS twice""",
    "noticed twice": """
        SELECT count(*) FROM (SELECT FROM cases_notice WHERE kind = 'case_dispatched'
        GROUP BY case_id, unit_id, role HAVING count(*) > 1) AS twice""",
}
HALF = _whole.HALF | {
    "messages without a reading": """
        SELECT count(*) FROM needs_message m WHERE NOT EXISTS
        (SELECT FROM needs_reading r WHERE r.message_id = m.id)""",
    "cases without a message": """
        SELECT count(*) FROM cases_case c WHERE NOT EXISTS
        (SELECT FROM needs_message m WHERE m.case_id = c.id)""",
    "cases whose opening or message the journal does not know": """
        SELECT count(*) FROM cases_case c WHERE 2 <> (SELECT count(*) FROM audit_journal j
        WHERE j.subject_type = 'case' AND j.subject_id = c.public_id
        AND j.event IN ('case_opened', 'message_received'))""",
    "dispatched cases still in triage": """
        SELECT count(*) FROM cases_case c JOIN cases_caseevent v ON v.case_id = c.id
        WHERE v.activity = 'case_dispatched' AND (c.stage = 'triage' OR c.lead_unit_id IS NULL)""",
}


@dataclass(frozen=True)
class Acknowledged:
    """What was acknowledged: number of the case by key or row, case by command key.

    Parameters
    ----------
    acts : of staff on cases. refused : keys of acts whose every answer was a refusal.
    contradicted : acts acknowledged once, and refused under the same key.
    rows : of the import, all of which it said it had gone through.
    """

    posted: Mapping[str, str]
    imported: Mapping[str, str]
    acts: Mapping[str, str]
    refused: Collection[str] = ()
    contradicted: int = 0
    rows: int = 0

    @property
    def count(self) -> int:
        """How many acts were acknowledged."""
        return len(self.posted) + len(self.imported) + len(self.acts)


def count_lost(told: Acknowledged) -> int:
    """Count acknowledged acts that are not there, and facts that led to nothing."""
    stored = dict(
        rows("SELECT key, number FROM needs_message m JOIN cases_case c ON c.id = m.case_id")
    )
    commands = _commands()
    posted = {key.rpartition(":")[2]: number for key, number in stored.items()}
    imported = dict(rows(IMPORTED))
    missing = {
        "posted messages": _missing(told.posted, posted),
        "imported rows": _missing(told.imported, imported),
        "rows that were passed over": max(0, told.rows - len(imported)),
        "acts of staff": _missing(told.acts, commands),
        "jobs given up": len(failed_jobs()),
    }
    return said(missing) + said(asked(LOST))


def count_duplicated() -> int:
    """Count what is there more often than it was asked for."""
    return said(asked(DUPLICATED))


def count_half(told: Acknowledged | None = None) -> int:
    """Count what was written without what belongs to it; a broken journal counts as well."""
    faults = {"faults of the journal's chain": len(verify_chain().faults)}
    if told is not None:
        stored = _commands()
        faults["acts refused, and done all the same"] = sum(key in stored for key in told.refused)
        faults["acts acknowledged, and then refused"] = told.contradicted
    return said(asked(HALF)) + said(faults)


def _commands() -> dict[str, str]:
    """Public id of the case by the key of each command on it."""
    return dict(
        rows(
            "SELECT key, public_id FROM cases_caseevent v JOIN cases_case c"
            " ON c.id = v.case_id WHERE key IS NOT NULL"
        )
    )


def _missing(told: Mapping[str, str], stored: Mapping[str, str]) -> int:
    return sum(stored.get(key) != value for key, value in told.items())
