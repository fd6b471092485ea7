"""Public verbs of organisations."""

from linli.domain.organisations.rules.duty_rows import DutyRow
from linli.domain.organisations.rules.unit_rows import PostRow, UnitRow
from linli.domain.organisations.services.duties import import_duties, import_duty_file
from linli.domain.organisations.services.members import appoint, dismiss
from linli.domain.organisations.services.noting import ImportReport
from linli.domain.organisations.services.proposals import (
    DECIDING_ACTS,
    approve_post,
    propose_post,
    refuse_post,
)
from linli.domain.organisations.services.suggesting import decide_duty_proposal, propose_duty
from linli.domain.organisations.services.units import (
    create_unit,
    import_unit_file,
    import_units,
)

__all__ = [
    "DECIDING_ACTS",
    "DutyRow",
    "ImportReport",
    "PostRow",
    "UnitRow",
    "appoint",
    "approve_post",
    "create_unit",
    "decide_duty_proposal",
    "dismiss",
    "import_duties",
    "import_duty_file",
    "import_unit_file",
    "import_units",
    "propose_duty",
    "propose_post",
    "refuse_post",
]
