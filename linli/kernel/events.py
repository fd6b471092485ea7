"""Facts in the past tense. An app declares its own; the journal keeps them all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

Plain = str | int | float | bool | None | list[str | int]


@dataclass(frozen=True)
class Event:
    """A fact about one subject; its fields are plain values, ids rather than persons.

    `name` is what the journal stores, `subject_type` what kind of thing it is about,
    and `subject_field` which field of the event holds that thing's public id.
    """

    name: ClassVar[str] = ""
    subject_type: ClassVar[str] = ""
    subject_field: ClassVar[str] = ""

    @property
    def subject_id(self) -> str:
        """Public id of what the event is about; also decides the journal's stream."""
        return str(getattr(self, self.subject_field))

    def payload(self) -> dict[str, Plain]:
        """Return the fields as JSON values, times in ISO form."""
        return {key: plain(value) for key, value in vars(self).items()}


def plain(value: object) -> Plain:
    """Turn a field's value into something JSON can hold; refuse what it cannot."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [item if isinstance(item, int) else str(item) for item in value]
    raise TypeError(f"an event cannot carry a {type(value).__name__}")


def registered_events() -> list[type[Event]]:
    """Return every event class that has been imported, in order of name."""
    found: list[type[Event]] = []
    waiting = list(Event.__subclasses__())
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        if event.name:
            found.append(event)
    return sorted(found, key=lambda event: event.name)
