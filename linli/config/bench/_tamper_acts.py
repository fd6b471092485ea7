"""What somebody does who owns the database, and what must be said of it.

Each act changes the scene and returns which rows or seals a check may name for it. An attacker
who knows the chain reckons it anew; the acts do both, with and without.
"""

# ruff: noqa: S608 -- an attacker writes his SQL as he likes, of numbers that we chose

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from linli.config.bench._tamper_scene import Scene

CHANGES = {
    "event": "event || 'x'",
    "subject_type": "subject_type || 'x'",
    "subject_id": "subject_id || 'x'",
    "actor_id": "coalesce(actor_id, 0) + 1",
    "actor_name": "'nobody'",
    "payload": "'{}'",
    "at": "at - interval '1 microsecond'",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "algorithm": "'md5'",
    "previous": "'x'",
    "hash": "'x'",
    "id": "-id",
}
OUTSIDE_THE_CHAIN = ("id",)
INSERT = (
    "INSERT INTO audit_journal (stream, seq, at, recorded_at, event, subject_type, subject_id,"
    " actor_name, payload, algorithm, previous, hash) SELECT {stream}, {seq}, at, recorded_at,"
    " event, subject_type, subject_id, 'forger', '{{}}', algorithm, hash, hash"
    " FROM audit_journal WHERE stream = {stream} AND seq = {of}"
)


@dataclass(frozen=True)
class Expected:
    """What a check must name: one of these rows, or one of these seals; and as what."""

    kinds: frozenset[str]
    rows: frozenset[tuple[int, int]] = frozenset()
    seals: frozenset[int] = frozenset()


Act = Callable[[Scene, Random], Expected]


def change(scene: Scene, chance: Random) -> Expected:
    """Give a field of a row another value."""
    stream, seq = scene.row(chance)
    column = chance.choice(sorted(CHANGES))
    scene.owner(
        f"UPDATE audit_journal SET {column} = {CHANGES[column]}"
        f" WHERE stream = {stream} AND seq = {seq}"
    )
    if column not in ("hash", "previous", *OUTSIDE_THE_CHAIN):
        match chance.randrange(3):
            case 1:
                scene.rehash(stream, seq)
            case 2:
                scene.rechain(stream)
    return _rows({"altered"}, (stream, seq))


def delete(scene: Scene, chance: Random) -> Expected:
    """Take a row out, and perhaps close the gap."""
    stream, seq = scene.row(chance)
    scene.owner(f"DELETE FROM audit_journal WHERE stream = {stream} AND seq = {seq}")
    if chance.random() < 0.5:
        scene.shift(stream, after=seq, by=-1)
        scene.rechain(stream)
    last = scene.sealed[stream] == seq
    kinds = {"tail_cut", "rolled_back", "missing"} if last else {"missing"}
    return _rows(kinds, (stream, seq), (stream, seq - 1))


def insert(scene: Scene, chance: Random) -> Expected:
    """Put a row in that nobody wrote, among those that are sealed.

    At the very end it would be a new fact: the owner can write one as the program does.
    """
    stream = scene.stream_of_at_least(2, chance)
    seq = chance.randrange(1, scene.sealed[stream])
    last = scene.last(stream)
    match chance.randrange(3):
        case 0:
            scene.shift(stream, after=seq, by=1)
            scene.owner(INSERT.format(stream=stream, seq=seq + 1, of=seq))
            scene.rechain(stream)
            return _rows({"inserted"}, (stream, seq + 1))
        case 1:
            scene.owner(INSERT.format(stream=stream, seq=-seq, of=seq))
            return _rows({"inserted"}, (stream, -seq))
        case _:
            scene.owner(INSERT.format(stream=stream, seq=last + 1, of=last))
            return _rows({"altered"}, (stream, last + 1))


def swap(scene: Scene, chance: Random) -> Expected:
    """Let two rows change places, or only the numbers by which they are known."""
    stream = scene.stream_of_at_least(2, chance)
    one, other = sorted(chance.sample(range(1, scene.sealed[stream] + 1), 2))
    column = chance.choice(("seq", "id"))
    scene.exchange(stream, one, other, column=column)
    if column == "seq" and chance.random() < 0.5:
        scene.rechain(stream)
    return _rows({"reordered", "altered"}, (stream, one), (stream, other))


def cut_tail(scene: Scene, chance: Random) -> Expected:
    """Cut the end off a stream, and perhaps take its head back with it."""
    stream, seq = scene.row(chance)
    scene.owner(f"DELETE FROM audit_journal WHERE stream = {stream} AND seq >= {seq}")
    if chance.random() < 0.5:
        scene.rechain(stream)
    return _rows({"tail_cut", "rolled_back"}, (stream, seq - 1))


def old_copy(scene: Scene, chance: Random) -> Expected:
    """Put back all rows and heads as they stood at an earlier seal."""
    number = chance.randrange(1, len(scene.history))
    heads = scene.history[number - 1]
    left = ", ".join(f"({stream}, {seq})" for stream, seq in heads.items())
    scene.owner(
        f"DELETE FROM audit_journal AS j USING (VALUES {left}) AS h (stream, seq)"
        " WHERE j.stream = h.stream AND j.seq > h.seq",
        *(scene.head_sql(stream) for stream in heads),
    )
    rows = [(stream, seq) for stream, seq in heads.items() if seq < scene.sealed[stream]]
    return Expected(frozenset({"rolled_back"}), frozenset(rows), frozenset({number}))


def head(scene: Scene, chance: Random) -> Expected:
    """Change what the database says of the end of a stream."""
    stream, _ = scene.row(chance)
    last = scene.last(stream)
    does = chance.choice(
        (
            "UPDATE audit_journalhead SET seq = seq + 1",
            "UPDATE audit_journalhead SET seq = seq - 1",
            "UPDATE audit_journalhead SET hash = 'x'",
            "DELETE FROM audit_journalhead",
        )
    )
    scene.owner(f"{does} WHERE stream = {stream}")
    return _rows({"head_altered", "tail_cut"}, (stream, last))


def seal(scene: Scene, chance: Random) -> Expected:
    """Reach into the anchor, or into what the database noted of it."""
    lines = scene.lines()
    place = chance.randrange(len(lines) - 1)
    number = place + 1
    kinds = {"seal_altered", "seal_missing", "seal_reordered", "seal_unknown_key", "seal_note"}
    does = chance.randrange(8)
    if does == 0:
        at = chance.randrange(len(lines[place]))
        lines[place] = lines[place][:at] + bytes([lines[place][at] ^ 1]) + lines[place][at + 1 :]
    elif does == 1:
        del lines[place]
    elif does == 2:
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    elif does == 3:
        del lines[place:]
    elif does == 4:
        lines.insert(chance.randrange(number, len(lines)), lines[place])
    elif does == 5:
        lines[place] = scene.resigned(lines[place], {"rows": 1})
    elif does == 6:
        lines[place] = lines[place + 1]
    else:
        scene.owner(f"UPDATE audit_sealnote SET digest = 'x' WHERE number = {number}")
    scene.write(lines)
    return Expected(frozenset(kinds), seals=frozenset({number, number + 1}))


def clock(scene: Scene, chance: Random) -> Expected:
    """Write a fact, or a seal, while the clock is set back."""
    if chance.random() < 0.5:
        lines = scene.lines()
        at = f"2020-01-0{chance.randrange(1, 10)}T00:00:00.000000Z"
        scene.write([*lines, scene.next_seal(lines[-1], at=at)])
        return Expected(frozenset({"seal_clock"}), seals=frozenset({len(lines) + 1}))
    stream, seq = scene.write_fact(chance)
    back = chance.randrange(20, 200_000)
    scene.owner(
        f"UPDATE audit_journal SET recorded_at = recorded_at - interval '{back} minutes'"
        f" WHERE stream = {stream} AND seq = {seq}"
    )
    scene.rechain(stream)
    scene.seal()
    return _rows({"clock"}, (stream, seq))


ACTS: Mapping[str, Act] = {
    "change": change,
    "delete": delete,
    "insert": insert,
    "swap": swap,
    "cut_tail": cut_tail,
    "old_copy": old_copy,
    "head": head,
    "seal": seal,
    "clock": clock,
}


def _rows(kinds: set[str], *rows: tuple[int, int]) -> Expected:
    return Expected(frozenset(kinds), frozenset(rows))
