"""What may be tried with a case of a made-up standard; each says what it came to."""

from collections.abc import Callable
from typing import Any

from linli.config.bench._engine_case import Run, Wrong, put_in_force, rows
from linli.config.bench._engine_definitions import renamed
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.kernel.errors import LinliError


def _agree(run: Run, what: str, *, did: bool, said: bool) -> str:
    if did != said:
        raise Wrong(f"{run.name} {what}: {'carried out' if did else 'refused'}, not so the model")
    return what


def _complete(run: Run) -> str:
    model, rng = run.model, run.rng
    found = run.items("main")
    if not found:
        return "go"
    place = rng.randrange(len(found))
    piece, stage = model.open[place], model.now
    actor = run.cast.for_piece(piece, stage["role"])
    homes = rng.choice((None, 0, 1, 3, 9))
    form = {} if homes is None or "homes" not in stage.get("form", []) else {"homes": homes}
    way = rng.choice([*model.ways(), "nonsense"] if rng.random() < 0.1 else model.ways() or ["go"])
    did = run.send(
        services.complete_item, run.ref, found[place],
        outcome=way, reason="已办", result=form, actor=actor,
    )  # fmt: skip
    return _agree(run, "go", did=did, said=model.complete(piece, way, who=actor.name, homes=homes))


def _dispatch(run: Run) -> str:
    lead, helper = run.rng.choice([run.cast.units, run.cast.units[::-1]])
    helpers = [helper] if run.rng.random() < 0.7 else []
    did = run.send(services.dispatch_case, run.ref, to=lead, co_units=helpers, actor=run.cast.clerk)
    return _agree(
        run, "dispatch", did=did, said=run.model.dispatch(lead, helpers, who=run.cast.clerk.name)
    )


def _wrong_person(run: Run) -> str:
    found, outsider = run.items("main"), run.cast.outsider
    before = run.state()
    for command, given in (
        (services.complete_item, {"item_id": found[0] if found else 0, "outcome": "go"}),
        (services.dispatch_case, {"to": run.cast.units[0]}),
        (services.pause_clock, {"reason": "hearing"}),
    ):
        if run.send(command, run.ref, actor=outsider, **given):
            raise Wrong(f"{run.name}: an outsider was let in")
    if run.state() != before:
        raise Wrong(f"{run.name}: a refusal changed something")
    return "wrong"


def _stop(run: Run) -> str:
    run.send(services.pause_clock, run.ref, reason="hearing", actor=SYSTEM_ACTOR)
    return "pause"


def _run_on(run: Run) -> str:
    run.send(services.resume_clock, run.ref, actor=SYSTEM_ACTOR)
    return "resume"


def _lengthen(run: Run) -> str:
    run.send(
        services.request_extension, run.ref,
        extra=run.rng.choice((1, 2, 999)), reason="等检测", actor=SYSTEM_ACTOR,
    )  # fmt: skip
    return "ask"


def _decide(run: Run) -> str:
    found = run.items("side", "extension")
    said: dict[str, Any] = {
        "granted": run.rng.random() < 0.7,
        "reason": "已核",
        "actor": run.cast.supervisor,
    }
    did = bool(found) and run.send(services.decide_extension, run.ref, found[0], **said)
    return "more_time" if did and said["granted"] else "no_time"


def _put_off(run: Run) -> str:
    run.send(services.request_deferral, run.ref, why="funds", reason="缺资金", actor=SYSTEM_ACTOR)
    found = run.items("side", "deferral")
    if found:
        said: dict[str, Any] = {"granted": run.rng.random() < 0.8, "reason": "已核"}
        run.send(services.decide_deferral, run.ref, found[0], actor=run.cast.supervisor, **said)
    return "put_off"


def _take_up(run: Run) -> str:
    found = run.items("side", "deferred")
    keep = run.rng.random() < 0.3
    did = bool(found) and run.send(
        services.recheck_deferral, run.ref, found[0],
        keep=keep, reason="已核", actor=run.cast.supervisor,
    )  # fmt: skip
    return "take_up" if did and not keep else "look"


def _fire(run: Run) -> str:
    services.fire_timers(at=run.at)
    return "fire"


def _part(run: Run) -> str:
    new, key = run.new(f"{run.name}_part"), f"part{len(run.parts)}"
    try:
        part = services.open_part(run.ref, new, actor=SYSTEM_ACTOR, at=run.at, key=key)
        run.parts.append(part.public_id)
        did = True
    except LinliError:
        did = False
    return _agree(run, "part", did=did, said=run.model.part())


def _part_ends(run: Run) -> str:
    still = [place for place, end in enumerate(run.model.parts) if end is None]
    if not still:
        return "part_ends"
    place = run.rng.choice(still)
    ref = run.parts[place]
    item = rows(
        "SELECT w.id FROM cases_workitem w JOIN cases_case c ON c.id = w.case_id"
        " WHERE c.public_id = %s AND w.state = 'open'",
        [ref],
    )[0][0]
    if not run.send(services.complete_item, ref, item, outcome="go", actor=SYSTEM_ACTOR):
        raise Wrong(f"{run.name}: a part cannot be ended")
    run.model.part_ends(place)
    said, did = run.model.joins(), bool(services.advance_wholes(ref, at=run.at))
    _agree(run, "join", did=did, said=said)
    if services.advance_wholes(ref, at=run.at):
        raise Wrong(f"{run.name}: a whole went on twice")
    return "join"


def _migrate(run: Run) -> str:
    if run.model.is_closed or run.versions:
        return "migrate"
    version = f"2026.{2 + len(run.versions)}"
    body, mapping = renamed(run.rng, run.model.body, version)
    put_in_force(body)
    batch = f"{run.name}-{version}"
    said: dict[str, Any] = {
        "to": version,
        "mapping": mapping,
        "batch": batch,
        "actor": SYSTEM_ACTOR,
    }
    for wanted in ({"moved": 1, "refused": 0}, {"moved": 0, "refused": 0}):
        counts = services.migrate_cases(run.name, at=run.at, **said)
        if counts != wanted:
            raise Wrong(f"{run.name}: migrated {counts}, not {wanted}")
    run.versions.append((run.model.body, mapping, batch))
    run.model.rename(body, mapping)
    run.tally.migrated += 1
    return "migrate"


def _undo(run: Run) -> str:
    if not run.versions or run.model.is_closed or run.versions[-1][2] == "":
        return "undo"
    body, mapping, batch = run.versions[-1]
    counts = services.undo_migration(batch, actor=SYSTEM_ACTOR, at=run.at)
    if counts["moved"] != 1:
        raise Wrong(f"{run.name}: {counts} put back")
    run.versions[-1] = (body, mapping, "")
    run.model.rename(body, {new: old for old, new in mapping.items()})
    return "undo"


ACTS: dict[str, Callable[[Run], str]] = {
    "go": _complete,
    "dispatch": _dispatch,
    "wrong": _wrong_person,
    "pause": _stop,
    "resume": _run_on,
    "ask": _lengthen,
    "more_time": _decide,
    "put_off": _put_off,
    "take_up": _take_up,
    "fire": _fire,
    "part": _part,
    "part_ends": _part_ends,
    "migrate": _migrate,
    "undo": _undo,
}
