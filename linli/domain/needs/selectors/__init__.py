"""Public reads of needs."""

from linli.domain.needs.models import Message, Reading, ReadingModel
from linli.domain.needs.rules.channels import CHANNELS
from linli.domain.needs.rules.duplicates import DuplicateGuess
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.rules.reporter import Reporter
from linli.domain.needs.selectors.names import Called, NamedReading, reading_with_names
from linli.domain.needs.selectors.reader import current_reader, newest_model
from linli.domain.needs.selectors.readings import (
    duplicates_of,
    masked_reporter,
    message_by_key,
    message_by_source,
    reading_of,
)
from linli.domain.needs.selectors.standing import longest_message, speaks_of_danger
from linli.domain.needs.selectors.suggesting import suggest, urgency_list

__all__ = [
    "CHANNELS",
    "Called",
    "DuplicateGuess",
    "Message",
    "NamedReading",
    "NewMessage",
    "Reading",
    "ReadingModel",
    "Reporter",
    "TextReading",
    "current_reader",
    "duplicates_of",
    "longest_message",
    "masked_reporter",
    "message_by_key",
    "message_by_source",
    "newest_model",
    "reading_of",
    "speaks_of_danger",
    "reading_with_names",
    "suggest",
    "urgency_list",
]
