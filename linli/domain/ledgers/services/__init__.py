"""Public verbs of ledgers."""

from linli.domain.ledgers.services.adding import add_record, attach_files, change_record
from linli.domain.ledgers.services.importing import (
    Imported,
    ImportPlan,
    import_records,
    plan_import,
)
from linli.domain.ledgers.services.looking import note_record_look
from linli.domain.ledgers.services.moving import (
    decide_move,
    move_record,
    retire_record,
    review_record,
)
from linli.domain.ledgers.services.reminding import realign_records, remind_reviews

__all__ = [
    "ImportPlan",
    "Imported",
    "add_record",
    "attach_files",
    "change_record",
    "decide_move",
    "import_records",
    "move_record",
    "note_record_look",
    "plan_import",
    "realign_records",
    "remind_reviews",
    "retire_record",
    "review_record",
]
