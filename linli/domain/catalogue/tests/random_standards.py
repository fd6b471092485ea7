"""Standards by chance: any stages, ways, rule tables, parts and timers, named in any characters."""

from typing import Any

from hypothesis import strategies as st

from linli.domain.catalogue.rules.standard import StandardDef

CITED = {"source": "ours", "confidence": "unverified"}
names = st.text(max_size=30).map(lambda text: f"名{text}")
UNITS = ["natural_day", "working_day", "working_hour", "hour", "minute"]
ROLES = ["clerk", "handler", "supervisor", "resident"]


def _named(code: str, name: str) -> dict[str, Any]:
    return {"code": code, "name": name, "name_en": name}


limits = st.builds(
    lambda value, unit, start: {"value": value, "unit": unit, "start": start, **CITED},
    st.integers(1, 90),
    st.sampled_from(UNITS),
    st.sampled_from(["received", "opened", "dispatched"]),
)
matches = st.sampled_from(
    [{"any_of": ["a", "<b>"]}, {"any_of": [True]}, {"at_least": 1.5, "below": 7.0}, {"below": 0.0}]
)
leads = st.builds(lambda v, u: {"value": v, "unit": u}, st.integers(1, 9), st.sampled_from(UNITS))
timers = st.builds(
    lambda do, when: {"do": do, **when, **CITED},
    st.sampled_from(["remind", "urge", "supervise", "list", "talk", "circulate"]),
    st.floats(0.1, 3).map(lambda share: {"share": share})
    | leads.map(lambda lead: {"before": lead})
    | leads.map(lambda lead: {"after": lead}),
)


@st.composite
def ways(draw: st.DrawFn, code: str, keys: list[str]) -> dict[str, Any]:
    """A way out of a stage, by a rule table or not."""
    to = st.sampled_from([*keys, "closed"])
    way = {**_named(code, draw(names)), "to": draw(to)}
    rows = st.builds(lambda to, match: {"to": to, "when": {"cost": match}, **CITED}, to, matches)
    if found := draw(st.lists(rows, max_size=2)):
        way["decide"] = {"rows": found}
    return way


@st.composite
def stages(draw: st.DrawFn, key: str, keys: list[str]) -> dict[str, Any]:
    """A stage with any of what a stage may say."""
    title, place = draw(names), draw(names)
    outcomes = [draw(ways(f"out{n}", keys)) for n in range(draw(st.integers(0, 3)))]
    back = [draw(ways(f"back{n}", keys)) for n in range(draw(st.integers(0, 2)))]
    stage = {
        "key": key,
        "title": title,
        "title_en": title,
        "role": draw(st.sampled_from(ROLES)),
        "who": draw(st.none() | names),
        "place": place,
        "place_en": place,
        "content": [
            {"text": text, "text_en": text}
            for text in draw(st.lists(names, min_size=1, max_size=3))
        ],
        "limit": draw(limits | st.just({"clock": "case"})),
        "outcomes": outcomes,
        "back": back,
        "each": draw(st.sampled_from(["none", "units", "own"])),
        "join": draw(st.sampled_from(["all", "lead", "any"])),
        "timers": draw(st.lists(timers, max_size=4)),
    }
    if draw(st.booleans()):
        then = draw(st.none() | st.sampled_from([way["code"] for way in outcomes] or [None]))
        stage["parts"] = {
            "matters": ["noise", "water.leak"][: draw(st.integers(1, 2))],
            "then": then,
        }
    return stage


@st.composite
def standards(draw: st.DrawFn) -> StandardDef:
    """A standard of up to six stages; it need not make sense."""
    keys = [f"stage{number}" for number in range(draw(st.integers(1, 6)))]
    name = draw(names)
    clock = {**_named("general", "一般"), "limit": draw(limits)}
    return StandardDef.model_validate(
        {
            **CITED,
            "standard": "chance",
            "version": "2026.1",
            "name": name,
            "name_en": name,
            "valid_from": "2026-01-01",
            "confidentiality": "ordinary",
            "default_clock": "general",
            "clocks": [clock],
            "reopen": {"to": keys[0], "limit": draw(limits)},
            "stages": [draw(stages(key, keys)) for key in keys],
        }
    )
