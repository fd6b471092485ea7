"""Public reads of needs."""

from linli.domain.needs.models import Message, Reading, ReadingModel
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.selectors.reader import current_reader, newest_model
from linli.domain.needs.selectors.readings import (
    message_by_key,
    message_by_source,
    reading_of,
    reporter_of,
)
from linli.domain.needs.selectors.suggesting import suggest

__all__ = [
    "Message",
    "NewMessage",
    "Reading",
    "ReadingModel",
    "TextReading",
    "current_reader",
    "message_by_key",
    "message_by_source",
    "newest_model",
    "reading_of",
    "reporter_of",
    "suggest",
]
