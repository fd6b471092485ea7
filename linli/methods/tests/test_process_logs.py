"""What is written as XES and OCEL is read back as it was.

Serves: R105.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from linli.methods.process.logs import LogCase, LogEvent, LogItem
from linli.methods.process.ocel import write_ocel_json, write_ocel_xml
from linli.methods.process.xes import write_xes

Tree = dict[str, Any]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
XES = "{http://www.xes-standard.org/}"


def case() -> LogCase:
    """A case in which three things happen in one moment."""
    events = [
        LogEvent(3, AT, "item_completed", "handle", 1, "7", "works", "handler"),
        LogEvent(1, AT, "case_opened", "triage", 1),
        LogEvent(2, AT, "case_dispatched", "handle", 1),
        LogEvent(4, AT + timedelta(hours=1), "case_closed", "closed", 2, "", "works"),
    ]
    items = [LogItem("7", "main", "handle", 1, "works", "handler", True)]
    return LogCase("abc", "demand", "2026.1", "noise.street", events, items)


def written(cases: Iterable[LogCase], form: str) -> str:
    out = StringIO()
    if form == "xes":
        write_xes(cases, out.write)
    else:
        write = {"json": write_ocel_json, "xml": write_ocel_xml}[form]
        write(cases, out.write, spool=StringIO)
    return out.getvalue()


def read_xes(text: str) -> list[LogCase]:
    """Cases of a log, without items, which XES has no place for."""
    found = []
    for trace in etree.fromstring(text.encode()).iter(f"{XES}trace"):
        events = []
        for event in trace.iter(f"{XES}event"):
            told = {one.get("key"): one.get("value") for one in event}
            events.append(
                LogEvent(
                    int(told["seq"]),
                    datetime.fromisoformat(told["time:timestamp"]),
                    told["concept:name"],
                    told["stage"],
                    int(told["round"]),
                    told.get("concept:instance", ""),
                    told.get("org:group", ""),
                    told.get("org:role", ""),
                )
            )
        head = {one.get("key"): one.get("value") for one in trace.iterchildren(f"{XES}string")}
        kept = {key: head[key] for key in ("standard", "version", "matter")}
        found.append(LogCase(head["concept:name"], events=events, **kept))
    return found


def read_ocel(log: Tree) -> list[LogCase]:
    """Cases of a log: what objects and events say, put together again by what they relate to."""
    objects = {one["id"]: one for one in log["objects"]}
    cases = {}
    for id, one in objects.items():
        if one["type"] == "case":
            told = _told(one)
            items = [_item(objects[to]) for to in _related(one, "work")]
            matter = _related(one, "about")[0].removeprefix("matter:")
            name = id.removeprefix("case:")
            mine = [event for event in log["events"] if id in _related(event, "case")]
            events = [_event(event) for event in mine]
            links = [
                (to["qualifier"], to["objectId"].removeprefix("case:"))
                for to in one["relationships"]
                if to["objectId"].startswith("case:")
            ]
            head = (name, told["standard"], told["version"], matter)
            cases[id] = LogCase(*head, events, items, links)
    return list(cases.values())


def _told(one: Tree) -> Tree:
    return {field["name"]: field["value"] for field in one["attributes"]}


def _related(one: Tree, qualifier: str) -> list[str]:
    return [to["objectId"] for to in one["relationships"] if to["qualifier"] == qualifier]


def _first(one: Tree, qualifier: str) -> str:
    return next((to.partition(":")[2] for to in _related(one, qualifier)), "")


def _item(one: Tree) -> LogItem:
    told, leads = _told(one), str(_told(one)["is_lead"]).lower() == "true"
    id, unit = one["id"].removeprefix("item:"), _first(one, "done by")
    return LogItem(id, told["kind"], told["stage"], int(told["round"]), unit, told["role"], leads)


def _event(one: Tree) -> LogEvent:
    told, at = _told(one), datetime.fromisoformat(one["time"])
    number, stage, again = int(told["case_seq"]), told["stage"], int(told["round"])
    item, unit = _first(one, "item"), _first(one, "unit")
    return LogEvent(number, at, one["type"], stage, again, item, unit, told["role"])


def from_xml(text: str) -> Tree:
    """The XML form in the shape of the JSON one."""
    root = etree.fromstring(text.encode())
    assert [one.tag for one in root] == ["object-types", "event-types", "objects", "events"]
    return {
        f"{kind}s": [
            {
                **one.attrib,
                "attributes": [
                    {"name": field.get("name"), "value": field.text or ""}
                    for field in one.find("attributes")
                ],
                "relationships": [
                    {"objectId": to.get("object-id"), "qualifier": to.get("qualifier")}
                    for to in one.find("objects")
                ],
            }
            for one in root.find(f"{kind}s")
        ]
        for kind in ("object", "event")
    }


def ordered(one: LogCase, *, is_plain: bool = False) -> LogCase:
    """With its facts in order; without what XES has no place for where it is plain."""
    items, links = ((), ()) if is_plain else (list(one.items), list(one.links))
    events = sorted(one.events, key=lambda event: event.seq)
    return replace(one, events=events, items=items, links=links)


def test_events_of_one_moment_keep_their_order():
    activities = ["case_opened", "case_dispatched", "item_completed", "case_closed"]

    assert [one.activity for one in read_xes(written([case()], "xes"))[0].events] == activities
    for log in (json.loads(written([case()], "json")), from_xml(written([case()], "xml"))):
        assert [event["type"] for event in log["events"]] == activities
        assert [one.seq for one in read_ocel(log)[0].events] == [1, 2, 3, 4]


def test_every_kind_and_object_is_declared():
    log = json.loads(written([case(), case()], "json"))
    kinds = {one["name"] for one in log["eventTypes"]}
    fields = {one["name"]: {f["name"] for f in one["attributes"]} for one in log["objectTypes"]}
    known = [one["id"] for one in log["objects"] if one["type"] in ("unit", "matter")]
    ids = {one["id"] for one in log["objects"]}

    assert {event["type"] for event in log["events"]} == kinds
    assert known == ["matter:noise.street", "unit:works"]
    assert all(
        {f["name"] for f in one["attributes"]} == fields[one["type"]] for one in log["objects"]
    )
    told = [
        to["objectId"] for one in (*log["events"], *log["objects"]) for to in one["relationships"]
    ]
    assert set(told) <= ids


def test_an_empty_log_is_a_log():
    assert read_xes(written([], "xes")) == []
    assert json.loads(written([], "json"))["events"] == []
    assert from_xml(written([], "xml")) == {"objects": [], "events": []}


def test_a_moment_without_its_zone_is_refused():
    naive = LogEvent(1, datetime(2026, 1, 1), "case_opened", "triage", 1)  # noqa: DTZ001  # the fault

    with pytest.raises(ValueError, match="zone"):
        written([LogCase("a", "b", "c", "d", [naive])], "xes")


def test_a_log_is_written_while_the_cases_pass():
    out = StringIO()

    def passing():
        yield case()
        assert "case_closed" in out.getvalue()
        yield case()

    assert write_xes(passing(), out.write) == 8


names = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
events = st.builds(
    LogEvent,
    st.integers(1, 10_000),
    st.datetimes(timezones=st.just(UTC)),
    names,
    names,
    st.integers(1, 9),
    st.just("1"),
    names,
    names,
)
cases = st.builds(
    LogCase,
    names,
    names,
    names,
    names,
    st.lists(events, max_size=6, unique_by=lambda event: event.seq),
    st.just([LogItem("1", "side", "<&>", 1, "u\"'", "r", False)]),
    st.lists(st.tuples(st.sampled_from(["part", "follows"]), names), max_size=2),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(cases, max_size=4, unique_by=lambda one: one.id))
def test_any_log_is_read_back_as_it_was(log: list[LogCase]):
    assert read_xes(written(log, "xes")) == [ordered(one, is_plain=True) for one in log]
    whole = [ordered(one) for one in log]
    assert read_ocel(json.loads(written(log, "json"))) == whole
    assert read_ocel(from_xml(written(log, "xml"))) == whole
