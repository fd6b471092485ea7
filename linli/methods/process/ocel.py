"""Writing an event log as OCEL 2.0: events that concern cases, work items, units and matters.

Both forms begin with what only the end of the log tells (which kinds of event there are, every
object), so events and objects are kept in two files of the caller's while the cases pass by;
memory holds the names of kinds, units and matters, never the log.

After Berti and others, "OCEL (Object-Centric Event Log) 2.0 Specification", 2024.

Serves: R105.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from linli.methods.process.logs import LogCase, LogEvent, LogItem, moment_text
from linli.methods.process.xml_out import XmlOut

Write = Callable[[str], object]
Spool = Callable[[], IO[str]]
Value = str | int | bool
# Objects of ours do not change while the log runs: by the specification they hold since ever.
SINCE_EVER = "1970-01-01T00:00:00+00:00"
EVENT_FIELDS = {"case_seq": "integer", "stage": "string", "round": "integer", "role": "string"}
OBJECT_FIELDS: dict[str, dict[str, str]] = {
    "case": {"standard": "string", "version": "string"},
    "item": {
        "kind": "string",
        "stage": "string",
        "round": "integer",
        "role": "string",
        "is_lead": "boolean",
    },
    "unit": {},
    "matter": {},
}


@dataclass(frozen=True)
class Thing:
    """An event (with its moment) or an object, as both forms write it."""

    id: str
    type: str
    attributes: dict[str, Value]
    relations: tuple[tuple[str, str], ...] = ()
    at: str = ""


@dataclass
class _Pile:
    """A file that pieces are added to, with something between them."""

    file: IO[str]
    between: str
    is_empty: bool = True

    def add(self, piece: str) -> None:
        self.file.write(piece if self.is_empty else self.between + piece)
        self.is_empty = False

    def copy(self, write: Write) -> None:
        self.file.seek(0)
        shutil.copyfileobj(self.file, _Sink(write))


@dataclass
class _Kept:
    """What has passed by: two piles, and the few names that the head of the log needs."""

    events: _Pile
    objects: _Pile
    activities: set[str] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)
    written: int = 0


def write_ocel_json(cases: Iterable[LogCase], write: Write, *, spool: Spool) -> int:
    """Write cases as OCEL 2.0 in JSON and return how many events it holds.

    `spool` opens a file for text, to write and to read again; two are opened and closed.
    """
    with spool() as events, spool() as objects:
        kept = _Kept(_Pile(events, ","), _Pile(objects, ","))
        _pass(cases, kept, _as_json)
        types = [_json_type(name, EVENT_FIELDS) for name in sorted(kept.activities)]
        things = [_json_type(name, fields) for name, fields in OBJECT_FIELDS.items()]
        write(f'{{"objectTypes": {_dump(things)},\n"eventTypes": {_dump(types)},\n')
        write('"objects": [')
        kept.objects.copy(write)
        write('\n],\n"events": [')
        kept.events.copy(write)
        write("\n]}\n")
        return kept.written


def write_ocel_xml(cases: Iterable[LogCase], write: Write, *, spool: Spool) -> int:
    """Write cases as OCEL 2.0 in XML and return how many events it holds.

    `spool` opens a file for text, to write and to read again; two are opened and closed.
    """
    with spool() as events, spool() as objects:
        kept = _Kept(_Pile(events, ""), _Pile(objects, ""))
        _pass(cases, kept, _as_xml)
        xml = XmlOut(write)
        xml.open("log")
        _xml_types(xml, "object", OBJECT_FIELDS)
        _xml_types(xml, "event", dict.fromkeys(sorted(kept.activities), EVENT_FIELDS))
        for name, pile in (("objects", kept.objects), ("events", kept.events)):
            xml.open(name)
            pile.copy(write)
            xml.close()
        xml.end()
        return kept.written


def _pass(cases: Iterable[LogCase], kept: _Kept, form: "Callable[[Thing, bool], str]") -> None:
    for case in cases:
        for thing in _objects(case):
            if (thing.type, thing.id) in kept.named:
                continue
            if thing.type in ("unit", "matter"):
                kept.named.add((thing.type, thing.id))
            kept.objects.add(form(thing, False))
        for event in sorted(case.events, key=lambda one: one.seq):
            kept.activities.add(event.activity)
            kept.written += 1
            kept.events.add(form(_event(case, event), True))


def _objects(case: LogCase) -> Iterator[Thing]:
    """A case with its items, and the units and matters that it names."""
    yield Thing(f"matter:{case.matter}", "matter", {})
    units = {event.unit for event in case.events} | {item.unit for item in case.items}
    for unit in sorted(units - {""}):
        yield Thing(f"unit:{unit}", "unit", {})
    about = (f"matter:{case.matter}", "about")
    parts = [(f"item:{item.id}", "work") for item in case.items]
    told: dict[str, Value] = {"standard": case.standard, "version": case.version}
    links = [(f"case:{other}", kind) for kind, other in case.links]
    yield Thing(f"case:{case.id}", "case", told, (about, *parts, *links))
    for item in case.items:
        yield _item(item)


def _item(item: LogItem) -> Thing:
    told: dict[str, Value] = {
        "kind": item.kind,
        "stage": item.stage,
        "round": item.round,
        "role": item.role,
        "is_lead": item.is_lead,
    }
    by = ((f"unit:{item.unit}", "done by"),) if item.unit else ()
    return Thing(f"item:{item.id}", "item", told, by)


def _event(case: LogCase, event: LogEvent) -> Thing:
    known = {item.id for item in case.items}
    relations = [(f"case:{case.id}", "case"), (f"matter:{case.matter}", "matter")]
    if event.item in known:
        relations.append((f"item:{event.item}", "item"))
    if event.unit:
        relations.append((f"unit:{event.unit}", "unit"))
    told: dict[str, Value] = {
        "case_seq": event.seq,
        "stage": event.stage,
        "round": event.round,
        "role": event.role,
    }
    name = f"event:{case.id}:{event.seq}"
    return Thing(name, event.activity, told, tuple(relations), moment_text(event.at))


def _as_json(thing: Thing, is_event: bool) -> str:
    since = {} if is_event else {"time": SINCE_EVER}
    told = [{"name": name, **since, "value": value} for name, value in thing.attributes.items()]
    told_of = [{"objectId": to, "qualifier": how} for to, how in thing.relations]
    head = {"id": thing.id, "type": thing.type} | ({"time": thing.at} if is_event else {})
    return "\n" + _dump({**head, "attributes": told, "relationships": told_of})


def _as_xml(thing: Thing, is_event: bool) -> str:
    parts: list[str] = []
    xml = XmlOut(parts.append, head=False)
    head = {"id": thing.id, "type": thing.type} | ({"time": thing.at} if is_event else {})
    xml.open("event" if is_event else "object", head)
    xml.open("attributes")
    for name, value in thing.attributes.items():
        since = {} if is_event else {"time": SINCE_EVER}
        xml.leaf("attribute", {"name": name, **since}, _plain(value))
    xml.close()
    xml.open("objects")
    for to, how in thing.relations:
        xml.leaf("relationship", {"object-id": to, "qualifier": how})
    xml.close()
    xml.close()
    return "".join(parts)


def _xml_types(xml: XmlOut, kind: str, types: "dict[str, dict[str, str]]") -> None:
    xml.open(f"{kind}-types")
    for name, fields in types.items():
        xml.open(f"{kind}-type", {"name": name})
        xml.open("attributes")
        for key, value_type in fields.items():
            xml.leaf("attribute", {"name": key, "type": value_type})
        xml.close()
        xml.close()
    xml.close()


def _json_type(name: str, fields: "dict[str, str]") -> dict[str, object]:
    told = [{"name": key, "type": value_type} for key, value_type in fields.items()]
    return {"name": name, "attributes": told}


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Sink:
    """What copyfileobj writes to."""

    def __init__(self, write: Write) -> None:
        self.write = write
