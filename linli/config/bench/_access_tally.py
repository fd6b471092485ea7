"""What is counted: one cell is one decision checked about one person, one route and one row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linli.config.bench._access_oracle import Oracle, Refs
from linli.config.bench._access_routes import Row
from linli.config.bench._answer import Figures

MOST_TOLD = 40
KINDS = ("leaks", "wrong_refusals", "not_absent", "errors")


@dataclass(frozen=True)
class Part:
    """What one process counted: each kind of what came out wrong, the doors, the combinations."""

    wrong: Mapping[str, Counter[str]]
    doors: Counter[str]
    seen: frozenset[tuple[str, ...]]


@dataclass
class Tally:
    """Cells tried, and those that came out wrong.

    Parameters
    ----------
    leaks : cells that showed what the table keeps back. wrong_refusals : that kept back what it
        gives. not_absent : refusals that differ from what is absent. errors : answers that are
        faults of the platform.
    seen : combinations of role, route and method, relation, confidentiality, state met so far.
    """

    oracle: Oracle
    leaks: Counter[str] = field(default_factory=Counter)
    wrong_refusals: Counter[str] = field(default_factory=Counter)
    not_absent: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    doors: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def tried(self) -> int:
        """Cells in all."""
        return self.doors.total()

    @property
    def failed(self) -> int:
        """Cells that came out wrong, in any way."""
        return sum(getattr(self, kind).total() for kind in KINDS)

    def part(self) -> Part:
        """Return all that was counted, without the oracle."""
        wrong = {kind: getattr(self, kind) for kind in KINDS}
        return Part(wrong, self.doors, frozenset(self.seen))

    def take(self, part: Part) -> None:
        """Add what another process counted."""
        for kind, found in part.wrong.items():
            getattr(self, kind).update(found)
        self.doors.update(part.doors)
        self.seen |= part.seen

    def rows(
        self, row: Row, who: str, shown: Iterable[str], expected: Refs, note: str = ""
    ) -> None:
        """Check a list that must hold exactly these: a cell for every case there is."""
        shown, everything = set(shown), self.oracle.district.refs
        self._count(row, who, everything)
        self._tell(self.leaks, row, who, shown - expected, note)
        self._tell(self.wrong_refusals, row, who, expected - shown, note)

    def bounded(self, row: Row, who: str, shown: Iterable[str], most: Refs, note: str = "") -> None:
        """Check a list that may hold no others than these: a cell for every case beyond them."""
        beyond = self.oracle.district.refs - most
        self._count(row, who, beyond)
        self._tell(self.leaks, row, who, beyond & set(shown), note)

    def beside(self, row: Row, who: str, named: Iterable[str], most: Refs) -> None:
        """Check which other cases the page of a case names: a cell for each."""
        named = set(named)
        self._count(row, who, named)
        self._tell(self.leaks, row, who, named - most, "named beside")

    def case(self, row: Row, who: str, ref: str, looks: str, *, is_given: bool) -> None:
        """Check the answer about one case: let in, or absent."""
        self._count(row, who, [ref])
        self.decided(row, who, ref, looks, is_given=is_given, is_counted=True)

    def decided(
        self, row: Row, who: str, what: str, looks: str, *, is_given: bool, is_counted: bool = False
    ) -> None:
        """Check the answer about anything: an office, an account, a proposal, a page."""
        if not is_counted:
            self.doors[row.door] += 1
        if looks in ("error", "refused"):
            self._tell(self.errors, row, who, [what], looks)
        elif looks == "let_in" and not is_given:
            self._tell(self.leaks, row, who, [what])
        elif looks != "let_in" and is_given:
            self._tell(self.wrong_refusals, row, who, [what], looks)

    def same(self, row: Row, who: str, what: str, *, is_same: bool) -> None:
        """Note whether a refusal is what is absent, byte for byte; no cell of its own."""
        if not is_same:
            self._tell(self.not_absent, row, who, [what])

    def figure(self, row: Row, who: str, what: str, shown: int, expected: int) -> None:
        """Check a number of cases."""
        self.doors[row.door] += 1
        kind = self.leaks if shown > expected else self.wrong_refusals
        self._tell(kind, row, who, [what] if shown != expected else [], f"{shown} for {expected}")

    def _count(self, row: Row, who: str, refs: Iterable[str]) -> None:
        roles = " ".join(seat.role for seat in self.oracle.seats(who))
        refs = list(refs)
        self.doors[row.door] += len(refs)
        self.seen.update((roles, row.name, *self.oracle.relation(who, ref)) for ref in refs)

    def _tell(
        self, kind: Counter[str], row: Row, who: str, whats: Iterable[str], note: str = ""
    ) -> None:
        for what in whats:
            case = self.oracle.by_ref.get(what)
            how = " ".join(self.oracle.relation(who, what)) if case else ""
            kind[f"{who or 'stranger'} · {row.name} · {what} {how} {note}".strip()] += 1

    def told(self) -> list[str]:
        """Say what came out wrong, the first of each kind."""
        return [
            f"{name}: {what}" for name in KINDS for what in list(getattr(self, name))[:MOST_TOLD]
        ]

    def figures(self) -> Figures:
        """What the bench prints of the cells."""
        return {
            "tried": self.tried,
            "failed": self.failed,
            "leaks": self.leaks.total(),
            "wrong_refusals": self.wrong_refusals.total(),
            "not_absent": self.not_absent.total(),
            "errors": self.errors.total(),
            "combinations": len(self.seen),
            **{f"tried_{door}": count for door, count in sorted(self.doors.items())},
        }
