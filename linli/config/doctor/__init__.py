"""What is in use and what is wrong, told line by line; each check is one function."""

from collections.abc import Iterator

from linli.config.doctor.accounts import account_findings
from linli.config.doctor.backups import backup_findings
from linli.config.doctor.database import database_findings
from linli.config.doctor.documents import document_findings
from linli.config.doctor.finding import Finding
from linli.config.doctor.installation import installation_findings
from linli.config.doctor.keys import key_findings
from linli.config.doctor.standing import standing_findings

__all__ = ["Finding", "all_findings"]


def all_findings() -> Iterator[Finding]:
    """Yield what every check finds, cheapest first; needs Django and a database connection."""
    yield from installation_findings()
    yield from document_findings()
    yield from database_findings()
    yield from key_findings()
    yield from standing_findings()
    yield from account_findings()
    yield from backup_findings()
