"""Public verbs of needs."""

from linli.domain.needs.rules.exports import Export, ExportRow
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.mapping import ImportMapping, mapping_of
from linli.domain.needs.services.deciding import decide_reading
from linli.domain.needs.services.importing import (
    ImportedBatch,
    Refusal,
    import_messages,
    read_export,
)
from linli.domain.needs.services.planning import Incoming
from linli.domain.needs.services.receiving import Received, receive_message, receive_messages
from linli.domain.needs.services.reporters import erase_reporter, open_reporter
from linli.domain.needs.services.training import learn_to_read, train_reader

__all__ = [
    "Export",
    "ExportRow",
    "ImportMapping",
    "ImportedBatch",
    "Incoming",
    "NewMessage",
    "Received",
    "Refusal",
    "decide_reading",
    "erase_reporter",
    "import_messages",
    "mapping_of",
    "open_reporter",
    "read_export",
    "receive_message",
    "receive_messages",
    "learn_to_read",
    "train_reader",
]
