"""What a standard means for a case, told a second time: shares no rule with the engine.

Every command says what is to come of it, or that it is to be refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]
CLOSED = "closed"


@dataclass
class Piece:
    """A piece of main work: of a stage and round, for a unit or a role (None)."""

    stage: str
    round: int
    unit: str | None
    leads: bool
    state: str = "open"
    by: str = ""
    way: str = ""
    since: int = 0


@dataclass
class Model:
    """A case under a standard's body.

    Parameters
    ----------
    own : code of the unit that opened it. parts : for each part, when it was closed, if it is.
    clock : counts commands, so that what came before can be told from what came after.
    """

    body: Body
    own: str
    stage: str = ""
    round: int = 1
    lead_unit: str = ""
    known: dict[str, object] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    parts: list[int | None] = field(default_factory=list)
    joined: set[tuple[str, int]] = field(default_factory=set)
    clock: int = 0
    since: int = 0

    def __post_init__(self) -> None:
        if not self.stage:
            self._open(self.body["stages"][0]["key"], ())

    @property
    def is_closed(self) -> bool:
        """Whether the case has ended."""
        return self.stage == CLOSED

    @property
    def now(self) -> Body:
        """The stage that the case is in."""
        return self.at(self.stage)

    @property
    def open(self) -> list[Piece]:
        """The open work, in the order of its rows."""
        return [piece for piece in self.pieces if piece.state == "open"]

    def at(self, key: str) -> Body:
        """The stage of a key."""
        return next(stage for stage in self.body["stages"] if stage["key"] == key)

    def ways(self) -> list[str]:
        """The ways of the present stage that take its form alone."""
        both = [*self.now["outcomes"], *self.now.get("back", [])]
        return [way["code"] for way in both if way["code"] != "dispatch"]

    def dispatch(self, to: str, helpers: Sequence[str], *, who: str) -> bool:
        """Hand the case to units; False where that is refused."""
        if self.is_closed or self._way("dispatch") is None:
            return False
        way = self._way("dispatch")
        self.open[0].by, self.open[0].state = who, "done"
        self.lead_unit = to
        assert way is not None  # noqa: S101  # looked at above
        self._open(way["to"], [(to, True), *((unit, False) for unit in helpers)])
        return True

    def complete(self, piece: Piece, code: str, *, who: str, homes: int | None) -> bool:
        """Finish a piece of work; False where that is refused."""
        way = self._way(code)
        if self.is_closed or piece.state != "open" or way is None or code == "dispatch":
            return False
        if self.now.get("second_person") and self._had_a_hand(who):
            return False
        said = {} if homes is None or "homes" not in self.now.get("form", []) else {"homes": homes}
        to = self._target(way, {**self.known, "round": self.round, **said})
        is_back = any(back["code"] == code for back in self.now.get("back", []))
        moves = self._moves(piece, is_back)
        if not moves and len(self.open) == 1:  # a helper leaves, and the lead has answered
            led = next(p for p in self.pieces if p.leads and p.since == self.since)
            answered = self._way(led.way)
            assert answered is not None  # noqa: S101  # it was taken
            to = self._target(answered, {**self.known, "round": self.round, **said})
            moves, is_back = True, False
        if moves and not self._may_move(to, is_back):
            return False
        piece.state, piece.by, piece.way = "done", who, code
        self.known |= said
        if moves:
            self._go(to, is_back)
        return True

    def part(self) -> bool:
        """Open a part; False where the stage has none."""
        if self.is_closed or "parts" not in self.now:
            return False
        self.parts.append(None)
        return True

    def part_ends(self, place: int) -> None:
        """End a part."""
        self.parts[place] = self.clock

    def joins(self) -> bool:
        """Go on because of the parts; whether that is so."""
        parts = {} if self.is_closed else self.now.get("parts", {})
        if "then" not in parts or (self.stage, self.round) in self.joined:
            return False
        news = [end for end in self.parts if end is not None and end > self.since]
        if not news or (parts["join"] == "all" and None in self.parts):
            return False
        way = self._way(parts["then"])
        assert way is not None  # noqa: S101  # the standard is sound
        to = self._target(way, {**self.known, "round": self.round})
        if to == CLOSED and None in self.parts:
            return False  # the last of them lets it go on
        self.joined.add((self.stage, self.round))
        self.open[0].state = "done"
        self._go(to, is_back=False)
        return True

    def rename(self, body: Body, mapping: Mapping[str, str]) -> None:
        """Go on under another version."""
        self.body = body
        self.stage = mapping.get(self.stage, self.stage)
        self.joined = {(mapping.get(key, key), number) for key, number in self.joined}
        for piece in self.pieces:
            piece.stage = mapping.get(piece.stage, piece.stage)

    def _way(self, code: str) -> Body | None:
        both = [*self.now["outcomes"], *self.now.get("back", [])] if not self.is_closed else []
        return next((way for way in both if way["code"] == code), None)

    def _had_a_hand(self, who: str) -> bool:
        return any(
            piece.by == who and piece.round == self.round and piece.stage != self.stage
            for piece in self.pieces
        )

    def _target(self, way: Body, facts: Mapping[str, object]) -> str:
        for row in way.get("decide", {}).get("rows", []):
            (name, match), *_ = row["when"].items()
            fact = facts.get(name)
            if isinstance(fact, int) and fact >= match["at_least"]:
                return str(row["to"])
        return str(way["to"])

    def _moves(self, piece: Piece, is_back: bool) -> bool:
        """Whether the case moves once a piece is done: by the lead's word, any's, or the last's."""
        others = [other for other in self.open if other is not piece]
        join = self.now.get("join", "lead")
        if is_back:
            return piece.leads or join == "any"
        return join == "any" or (piece.leads if join == "lead" else not others)

    def _may_move(self, to: str, is_back: bool) -> bool:
        waits = self.now.get("parts", {}).get("join") == "all" and not is_back
        if None in self.parts and (waits or to == CLOSED):
            return False
        return to == CLOSED or self.at(to)["each"] != "units" or bool(self._team(to))

    def _go(self, to: str, is_back: bool) -> None:
        for piece in self.open:
            piece.state = "cancelled"
        if to == CLOSED:
            self.stage = CLOSED
            return
        if is_back and any(piece.stage == to for piece in self.pieces):
            self.round += 1
        team = self._team(to)
        if self.at(to)["each"] == "units" and not any(leads for _, leads in team):
            to = self.body["stages"][0]["key"]  # helpers alone would never move it on
        self._open(to, team)

    def _team(self, key: str) -> list[tuple[str, bool]]:
        """Who had a stage of units last; whoever had joint work last where the case moved on."""
        joint = [p for p in self.pieces if p.unit and self.at(p.stage)["each"] == "units"]
        if self.at(key)["each"] != "units":
            return []
        own = [piece for piece in joint if piece.stage == key]
        led = [piece.unit for piece in own if piece.leads][-1:]
        rows = own if led and led == [self.lead_unit or led[0]] else joint
        last = [piece for piece in rows if piece.round == rows[-1].round]
        team: dict[str, bool] = {}
        for piece in sorted(last, key=lambda piece: not piece.leads):
            team.setdefault(str(piece.unit), piece.leads)
        return list(team.items())

    def _open(self, key: str, team: Sequence[tuple[str, bool]]) -> None:
        kind = self.at(key)["each"]
        self.stage, self.since = key, self.clock
        chosen = team if kind == "units" else [(self.own if kind == "own" else None, True)]
        self.pieces += [
            Piece(key, self.round, unit, leads, since=self.since) for unit, leads in chosen
        ]
