"""Public reads of needs."""

from linli.domain.needs.models import Message, Reading, ReadingModel
from linli.domain.needs.rules.duplicates import DuplicateGuess
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.selectors.reader import current_reader, newest_model
from linli.domain.needs.selectors.readings import (
    duplicates_of,
    message_by_key,
    message_by_source,
    reading_beside,
    reading_of,
    reporter_of,
)
from linli.domain.needs.selectors.standing import longest_message
from linli.domain.needs.selectors.suggesting import suggest

__all__ = [
    "DuplicateGuess",
    "Message",
    "NewMessage",
    "Reading",
    "ReadingModel",
    "TextReading",
    "current_reader",
    "duplicates_of",
    "longest_message",
    "message_by_key",
    "message_by_source",
    "newest_model",
    "reading_beside",
    "reading_of",
    "reporter_of",
    "suggest",
]
