"""Writing an event log as XES (IEEE 1849-2016), one case after the other.

Serves: R105.
"""

from collections.abc import Callable, Iterable

from linli.methods.process.logs import LogCase, LogEvent, moment_text
from linli.methods.process.xml_out import XmlOut

STANDARD = "http://www.xes-standard.org/"
EXTENSIONS = {
    "concept": "Concept",
    "time": "Time",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
}
CLASSIFIERS = {"Activity": "concept:name", "Activity and stage": "concept:name stage"}


def write_xes(cases: Iterable[LogCase], write: Callable[[str], object]) -> int:
    """Write cases as an XES log and return how many events it holds.

    The log is written as the cases come: no more than one of them is held. Events stand in the
    order of `seq`, which they also carry, since several may share a moment.
    """
    xml = XmlOut(write)
    about = {"xes.version": "1849-2016", "xes.features": "", "xmlns": STANDARD}
    xml.open("log", about)
    for prefix, name in EXTENSIONS.items():
        uri = f"{STANDARD}{prefix}.xesext"
        xml.leaf("extension", {"name": name, "prefix": prefix, "uri": uri})
    xml.open("global", {"scope": "trace"})
    _text(xml, "concept:name", "-")
    xml.close()
    xml.open("global", {"scope": "event"})
    _text(xml, "concept:name", "-")
    xml.leaf("date", {"key": "time:timestamp", "value": "1970-01-01T00:00:00+00:00"})
    xml.close()
    for name, keys in CLASSIFIERS.items():
        xml.leaf("classifier", {"name": name, "keys": keys})
    written = sum(_trace(xml, case) for case in cases)
    xml.end()
    return written


def _trace(xml: XmlOut, case: LogCase) -> int:
    xml.open("trace")
    _text(xml, "concept:name", case.id)
    for key in ("standard", "version", "matter"):
        _text(xml, key, str(getattr(case, key)))
    events = sorted(case.events, key=lambda event: event.seq)
    for event in events:
        _event(xml, event)
    xml.close()
    return len(events)


def _event(xml: XmlOut, event: LogEvent) -> None:
    xml.open("event")
    _text(xml, "concept:name", event.activity)
    if event.item:
        _text(xml, "concept:instance", event.item)
    xml.leaf("date", {"key": "time:timestamp", "value": moment_text(event.at)})
    _text(xml, "lifecycle:transition", "complete")
    for key, value in (("org:group", event.unit), ("org:role", event.role)):
        if value:
            _text(xml, key, value)
    _text(xml, "stage", event.stage)
    for key, number in (("round", event.round), ("seq", event.seq)):
        xml.leaf("int", {"key": key, "value": number})
    xml.close()


def _text(xml: XmlOut, key: str, value: str) -> None:
    xml.leaf("string", {"key": key, "value": value})
