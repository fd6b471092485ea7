"""From facts to what follows: taking the outbox, and making twice count once."""

from datetime import datetime

from django.db import connection, transaction


def take_outbox(*, limit: int) -> list[tuple[int, str]]:
    """Take up to `limit` facts whose reactions are still to be queued, oldest first.

    Returns (journal id, event name) pairs. Runs in the caller's transaction: if that fails,
    the facts are still there for the next. Several may take at once; none is taken twice.
    """
    # Materialized: inside IN (…) the plan may ask the subquery again and take beyond the limit.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            WITH taken AS MATERIALIZED (
                SELECT journal_id FROM audit_outbox ORDER BY journal_id
                LIMIT %s FOR UPDATE SKIP LOCKED
            )
            DELETE FROM audit_outbox AS waiting USING taken
            WHERE waiting.journal_id = taken.journal_id
            RETURNING waiting.journal_id, waiting.event
            """,
            [limit],
        )
        return sorted(cursor.fetchall())


def once(journal_id: int, *, reaction: str, at: datetime) -> bool:
    """Claim the right to carry out a reaction to a fact; False if it has been carried out.

    Call it first, in the transaction of the effect: both stand or fall together.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_effect (journal_id, reaction, at) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [journal_id, reaction, at],
        )
        return bool(cursor.rowcount == 1)
