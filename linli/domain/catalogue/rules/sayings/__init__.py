"""Every sentence about a fault in a pack, in both languages: what is so, why, what to do."""

from linli.domain.catalogue.rules.sayings.calendars import CALENDAR_SAYINGS
from linli.domain.catalogue.rules.sayings.files import FILE_SAYINGS
from linli.domain.catalogue.rules.sayings.ledgers import LEDGER_SAYINGS
from linli.domain.catalogue.rules.sayings.references import REFERENCE_SAYINGS
from linli.domain.catalogue.rules.sayings.rules import RULE_SAYINGS
from linli.domain.catalogue.rules.sayings.shapes import SHAPE_SAYINGS
from linli.domain.catalogue.rules.sayings.standards import STANDARD_SAYINGS
from linli.domain.catalogue.rules.sayings.templates import TEMPLATE_SAYINGS
from linli.domain.catalogue.rules.sayings.worked import WORKED_SAYINGS

SAYINGS: dict[str, tuple[str, str]] = {
    **CALENDAR_SAYINGS,
    **FILE_SAYINGS,
    **LEDGER_SAYINGS,
    **REFERENCE_SAYINGS,
    **RULE_SAYINGS,
    **SHAPE_SAYINGS,
    **STANDARD_SAYINGS,
    **TEMPLATE_SAYINGS,
    **WORKED_SAYINGS,
}
