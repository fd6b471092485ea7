"""Where time comes from: only the edges ask, everything below is told."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC. For edges only: below, time is `at`."""
    return datetime.now(tz=UTC)


def require_aware(at: datetime) -> datetime:
    """Return `at` in UTC; a naive moment is a mistake of ours and raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be compared or stored")
    return at.astimezone(UTC)
