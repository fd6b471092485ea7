"""Records of ledgers that name a case, as its page lists them.

Serves: R017.
"""

from linli.domain.cases.selectors import Case
from linli.domain.ledgers.selectors import Named
from linli.web.desk.ledgers.record import Link, link_to


def links_to_records(case: Case) -> list[Link]:
    """Return the records in reach that name a case read with `naming_case` as `named_by`."""
    rows: list[list[str]] = getattr(case, "named_by", None) or []  # null where none is in reach
    return [link_to(Named(*row)) for row in rows]
