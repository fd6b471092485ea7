"""Made-up standards: two to five stages, small and sound, of everything that the engine knows."""

from collections.abc import Mapping
from random import Random
from typing import Any

Body = dict[str, Any]
UNITS = {"minute": 5000, "hour": 200, "working_hour": 60, "working_day": 20, "natural_day": 30}
JOINS = ("all", "lead", "any")
MARKS = ("accepted", "decided", "told")
ACTS = ("remind", "urge", "supervise", "list")
CLOSED = "closed"


def named(code: str) -> Body:
    """Return a code with its names."""
    return {"code": code, "name": f"名{code}", "name_en": f"Name {code}"}


def body_of(rng: Random, code: str, *, part_matter: str = "", is_plain: bool = False) -> Body:
    """Return the body of a made-up standard.

    Parameters
    ----------
    part_matter : what its parts are of; without it there are none.
    is_plain : only what every notation of processes knows: ways on and back, and joint work that
        waits for all.
    """
    count = rng.randint(2, 5)
    kinds = _kinds(rng, count)
    stages = [_stage(rng, place, kinds, part_matter, is_plain) for place in range(count)]
    return {
        "standard": code,
        "version": "2026.1",
        "name": "随机",
        "name_en": "Random",
        "valid_from": "2019-01-01",
        "source": "ours",
        "confidentiality": "ordinary",
        "opened_by": ["handler"],
        "default_clock": "plain",
        "clocks": [{**named("plain"), "limit": _limit(rng, "opened")}],
        "pause_reasons": [{**named("hearing"), "source": "ours"}],
        "defer": {
            "approver": "supervisor",
            "source": "ours",
            "recheck": _limit(rng, "decided"),
            "reasons": [{**named("funds"), "source": "ours"}],
        },
        "fields": [{**named("homes"), "kind": "number", "unit": "items", "at_most": 99}],
        "stages": stages,
    }


def part_body(code: str) -> Body:
    """Return the body of what parts are of: one stage, done by whoever holds its role."""
    rng = Random(code)  # noqa: S311  # no secret
    body = body_of(rng, code)
    stage = _shell("s0", "clerk", "none")
    stage |= {"limit": _limit(rng, "opened"), "outcomes": [{**named("go"), "to": CLOSED}]}
    return {**body, "stages": [stage]}


def renamed(rng: Random, body: Mapping[str, Any], version: str) -> tuple[Body, dict[str, str]]:
    """Return another version with some stages under other keys and other limits, and which."""
    keys = [stage["key"] for stage in body["stages"]]
    mapping = {key: f"{key}_{version[5:]}" for key in keys if rng.random() < 0.5}

    def here(key: str) -> str:
        return mapping.get(key, key)

    stages = []
    for stage in body["stages"]:
        ways = {
            side: [_led_elsewhere(way, here) for way in stage.get(side, [])]
            for side in ("outcomes", "back")
        }
        limit = _limit(rng, "opened") if "value" in stage["limit"] else stage["limit"]
        stages.append({**stage, **ways, "key": here(stage["key"]), "limit": limit})
    return {**body, "version": version, "stages": stages}, mapping


def _led_elsewhere(way: Body, here: Any) -> Body:  # noqa: ANN401  # a function of keys
    moved = {**way, "to": here(way["to"])}
    if "decide" in way:
        moved["decide"] = {"rows": [{**r, "to": here(r["to"])} for r in way["decide"]["rows"]]}
    return moved


def _kinds(rng: Random, count: int) -> list[str]:
    """Whom each stage is for; units come after a stage that hands the case to them."""
    kinds = [rng.choice(("none", "own"))]
    while len(kinds) < count:
        may_be_units = kinds[-1] == "none"
        kinds.append(
            rng.choice(("none", "own", "units", "units") if may_be_units else ("none", "own"))
        )
    return kinds


def _stage(rng: Random, place: int, kinds: list[str], part_matter: str, is_plain: bool) -> Body:
    kind, count = kinds[place], len(kinds)
    hands_over = place + 1 < count and kinds[place + 1] == "units"
    role = "handler" if kind != "none" else "clerk"
    if kind == "none" and not hands_over and not is_plain:
        role = rng.choice(("clerk", "supervisor"))
    stage = _shell(f"s{place}", role, kind)
    stage["limit"] = _limit(rng, "opened") if rng.random() < 0.6 else {"clock": "case"}
    ahead = [f"s{n}" for n in range(place + 1, count) if kinds[n] != "units"] + [CLOSED]
    following = f"s{place + 1}" if place + 1 < count else CLOSED
    first = {**named("dispatch" if hands_over else "go"), "to": following}
    stage["outcomes"] = [first]
    if rng.random() < 0.4:
        stage["outcomes"].append({**named("skip"), "to": rng.choice(ahead)})
    # With joint work a way back is one unit's word; other notations say it otherwise.
    behind = [f"s{n}" for n in range(place) if not (is_plain and kinds[n] == "units")]
    if behind and rng.random() < 0.5 and not (is_plain and kind == "units"):
        stage["back"] = [{**named("back"), "to": rng.choice(behind)}]
    if kind == "units":
        stage["join"] = "all" if is_plain else rng.choice(JOINS)
    if not is_plain:
        _enrich(rng, stage, ahead, part_matter)
    return stage


def _enrich(rng: Random, stage: Body, ahead: list[str], part_matter: str) -> None:
    """Add rule rows, marks, parts, timers, more time, a second person."""
    last = stage["outcomes"][-1]
    if last["code"] != "dispatch" and rng.random() < 0.6:
        stage["form"] = ["homes"]
        last["decide"] = {"rows": _rows(rng, ahead)}
    if rng.random() < 0.3:
        last["marks"] = rng.choice(MARKS)
    if (
        part_matter
        and stage["each"] != "units"
        and last["code"] != "dispatch"
        and rng.random() < 0.5
    ):
        parts = {"matters": [part_matter], "join": rng.choice(("all", "any"))}
        stage["parts"] = parts | ({"then": last["code"]} if rng.random() < 0.7 else {})
    stage["timers"] = [
        {"do": rng.choice(ACTS), "share": share, "source": "ours"}
        for share in (0.5, 1.0, 1.5)
        if rng.random() < 0.4
    ]
    if rng.random() < 0.5:
        once = {"value": rng.randint(1, 2), "unit": "times", "source": "ours"}
        as_much = {"value": 1, "unit": "share", "source": "ours"}
        stage["extend"] = {"times": once, "factor": as_much, "approver": "supervisor"}
    stage["second_person"] = rng.random() < 0.1


def _rows(rng: Random, ahead: list[str]) -> list[Body]:
    rows: list[Body] = [
        {"when": {"homes": {"at_least": rng.randint(0, 6)}}, "to": rng.choice(ahead)}
        for _ in range(rng.randint(1, 2))
    ]
    if rng.random() < 0.4:
        rows.insert(0, {"when": {"round": {"at_least": 2}}, "to": rng.choice(ahead)})
    return [{**row, "source": "ours"} for row in rows]


def _shell(key: str, role: str, kind: str) -> Body:
    return {
        "key": key,
        "title": f"环节{key}",
        "title_en": f"Stage {key}",
        "role": role,
        "place": "窗口",
        "place_en": "Desk",
        "content": [{"text": "办", "text_en": "Do"}],
        "each": kind,
    }


def _limit(rng: Random, start: str) -> Body:
    unit = rng.choice(sorted(UNITS))
    begins = rng.choice((start, "received", *MARKS)) if start == "opened" else start
    return {
        "value": rng.randint(1, UNITS[unit]),
        "unit": unit,
        "start": begins,
        "source": "ours",
        "note": "随机。",
    }
