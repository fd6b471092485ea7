"""One case's history told again from its facts: was each act allowed in the state before it?

Reckoned anew from the standard alone, without the rules of the case engine, so that a fault there
does not hide itself here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from linli.domain.catalogue.selectors import OutcomeDef, StageDef, StandardDef

CLOSED = "closed"
BETWEEN = frozenset({"clock_resumed", "rendition_withdrawn", "rendition_carried"})


@dataclass(frozen=True)
class Told:
    """A row of a history. `is_lead`: whether the item that it is about was the lead's."""

    seq: int
    activity: str
    stage: str
    attrs: Mapping[str, object]
    key: str | None = None
    item: int | None = None
    is_lead: bool = True

    def said(self, name: str) -> str:
        """Return a word of the fact; "" where there is none."""
        return str(self.attrs.get(name, ""))


@dataclass
class Replay:
    """Where a case stands after the facts told so far; `faults` name what could not be.

    Parameters
    ----------
    stages : the stages that it may be in; more than one where the facts do not tell.
    due : the fact that has to come next, "" for none.
    """

    standard: StandardDef
    stages: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    is_open: bool = True
    is_held: bool = False
    due: str = ""
    bounces: int = 0
    level: str = ""
    excluded: bool = False
    is_contacted: bool = False
    revised: Mapping[str, object] = field(default_factory=dict)
    respondents: set[str] = field(default_factory=set)
    extending: set[int | None] = field(default_factory=set)
    excluding: set[int | None] = field(default_factory=set)
    extra: int = 0
    faults: list[str] = field(default_factory=list)

    def tell(self, history: Iterable[Told]) -> "Replay":
        """Tell a whole history."""
        for place, fact in enumerate(history, start=1):
            if fact.seq != place:
                self.faults.append(f"gap: {place} is {fact.seq}")
            self._follow(fact)
        if self.due:
            self.faults.append(f"half: {self.due} never came")
        return self

    def _follow(self, fact: Told) -> None:
        if self.due and fact.activity != self.due and fact.activity not in BETWEEN:
            self._fault(fact, f"came instead of {self.due}")
            self.due = ""
        if fact.activity not in MOVES_FIRST:
            allowed = self.stages | (self.left if fact.activity in BETWEEN else set())
            if fact.seq > 1 and fact.stage not in allowed:
                self._fault(fact, f"is of {fact.stage}, not of {sorted(allowed)}")
            if fact.seq == 1 or (fact.stage in self.stages and fact.activity not in BETWEEN):
                self.stages = {fact.stage}
        take = TAKEN.get(fact.activity)
        if take is not None:
            take(self, fact)

    def _fault(self, fact: Told, words: str, kind: str = "not_allowed") -> None:
        self.faults.append(f"{kind}: {fact.seq} {fact.activity} {words}")

    def _require(self, fact: Told, *, is_so: bool, words: str) -> None:
        if not is_so:
            self._fault(fact, words)

    @property
    def _stage(self) -> StageDef | None:
        return self.standard.stage(next(iter(self.stages), ""))

    def _way(self, code: str) -> OutcomeDef | None:
        return self._stage.way(code) if self._stage else None

    def _move(self, to: str) -> None:
        """Leave the stage; where nobody may have the next one, it begins anew."""
        self.left = set(self.stages)
        self.extending.clear()
        if to == CLOSED:
            self.due = "case_closed"
        else:
            self.stages = {to, self.standard.first_stage.key}

    def opened(self, fact: Told) -> None:
        """Take case_opened."""
        self._require(fact, is_so=fact.seq == 1, words="is not the first")

    def case_revised(self, fact: Told) -> None:
        """Take case_revised."""
        first = self.standard.first_stage.key
        self._require(fact, is_so=fact.stage == first, words="after the first stage")
        self.revised = fact.attrs

    def dispatched(self, fact: Told) -> None:
        """Take case_dispatched."""
        way = self._way("dispatch")
        if way is None:
            self._fault(fact, f"in {fact.stage}", kind="double_dispatch")
            return
        self._move(way.to)
        self.stages = {way.to}

    def item_done(self, fact: Told) -> None:
        """Take item_completed, case_returned."""
        code = "return" if fact.activity == "case_returned" else fact.said("outcome")
        stage, way = self._stage, self._way(code)
        if stage is None or way is None:
            self._fault(fact, f"by {code}, which {fact.stage} has not")
            return
        speaks = fact.is_lead or stage.each != "units" or stage.join == "any"
        if not speaks:
            return
        if stage.each == "units" and not stage.is_back(code):
            self.is_contacted = True
        if code == "answer":
            self.is_contacted = True
        self.bounces += code == "return"
        self._move(way.to)

    def ruled(self, fact: Told) -> None:
        """Take objection_ruled."""
        here = self.standard.leads_to("return")
        self._require(fact, is_so=fact.stage == here, words=f"in {fact.stage}")
        way = self._way(fact.said("outcome"))
        if fact.said("unit"):
            self._move(self.standard.leads_to("dispatch"))
        elif way is not None:
            self._move(way.to)

    def feedback(self, fact: Told) -> None:
        """Take feedback_recorded."""
        solved = fact.said("solved")
        if not self.is_open:
            self._require(fact, is_so=fact.said("by") == "resident", words="on a closed case")
            self.due = "case_reopened" if solved == "unsolved" else ""
            return
        way = self._way(solved)
        if way is None:
            self._fault(fact, f"in {fact.stage}")
            return
        self._move(way.to)
        if self._was_back(solved, fact.stage):
            self.due = "case_reopened"

    def _was_back(self, code: str, key: str) -> bool:
        stage = self.standard.stage(key)
        return stage is not None and stage.is_back(code)

    def closed(self, fact: Told) -> None:
        """Take case_closed."""
        if not self.is_open or self.due != "case_closed":
            self._fault(fact, "of a case that nothing closed", kind="closed_twice")
        self.is_open, self.is_held, self.due = False, False, ""
        self.stages = {CLOSED}
        self.extending.clear()
        self.excluding.clear()

    def reopened(self, fact: Told) -> None:
        """Take case_reopened: by itself only of a closed case."""
        is_so = self.due == "case_reopened" or not self.is_open
        self._require(fact, is_so=is_so, words="of an open case")
        known = self.standard.stage(fact.stage)
        self._require(fact, is_so=known is not None, words=f"into {fact.stage}")
        self.is_open, self.due, self.stages = True, "", {fact.stage}

    def part_reopened(self, fact: Told) -> None:
        """Take part_reopened: the closed whole follows."""
        self._require(fact, is_so=not self.is_open, words="of an open whole")
        self.due = "case_reopened"

    def linked(self, fact: Told) -> None:
        """Take case_linked; here only a merger ties duplicates, and closes its own side."""
        if fact.said("kind") == "duplicate" and fact.key:
            self.left, self.due = set(self.stages), "case_closed"

    def paused(self, fact: Told) -> None:
        """Take clock_paused."""
        self._require(fact, is_so=not self.is_held, words="twice")
        self.is_held = True

    def resumed(self, fact: Told) -> None:
        """Take clock_resumed."""
        self._require(fact, is_so=self.is_held, words="of clocks that run")
        self.is_held = False

    def contacted(self, fact: Told) -> None:
        """Take case_contacted."""
        self._require(fact, is_so=not self.is_contacted, words="twice")
        self.is_contacted = True

    def extension_asked(self, fact: Told) -> None:
        """Take extension_requested."""
        is_so = self._stage is not None and self._stage.extend is not None
        self._require(fact, is_so=is_so, words=f"in {fact.stage}")
        self.extending.add(fact.item)

    def extension_decided(self, fact: Told) -> None:
        """Take extension_decided."""
        self._require(fact, is_so=fact.item in self.extending, words="that nobody asked for")
        self.extending.discard(fact.item)
        self.extra += int(str(fact.attrs["extra"])) if fact.attrs.get("granted") else 0

    def deferral_decided(self, fact: Told) -> None:
        """Take deferral_decided: what is put off stands."""
        self._require(fact, is_so=self.is_open, words="of a closed case")
        self.is_held = self.is_held or bool(fact.attrs.get("granted"))

    def deferral_rechecked(self, fact: Told) -> None:
        """Take deferral_rechecked: taken up where no other day is set."""
        self._require(fact, is_so=self.is_held, words="of clocks that run")
        self.is_held = bool(fact.said("recheck"))

    def exclusion_asked(self, fact: Told) -> None:
        """Take exclusion_proposed."""
        is_so = not self.excluding and not self.excluded
        self._require(fact, is_so=is_so, words="beside another")
        self.excluding.add(fact.item)

    def exclusion_decided(self, fact: Told) -> None:
        """Take exclusion_decided."""
        self._require(fact, is_so=fact.item in self.excluding, words="that nobody proposed")
        self.excluding.discard(fact.item)
        self.excluded |= bool(fact.attrs.get("granted"))

    def named(self, fact: Told) -> None:
        """Take respondent_named: where the unit has the work, the case begins anew."""
        self.respondents.add(fact.said("unit"))
        if self.is_open:
            self.left = set(self.stages)
            self.stages = self.stages | {self.standard.first_stage.key}

    def cleared(self, fact: Told) -> None:
        """Take respondent_cleared."""
        unit = fact.said("unit")
        self._require(fact, is_so=unit in self.respondents, words="that was not named")
        self.respondents.discard(unit)

    def classified(self, fact: Told) -> None:
        """Take case_classified."""
        self._require(fact, is_so=fact.said("level") != self.level, words="as it was")
        self.level = fact.said("level")

    def while_open(self, fact: Told) -> None:
        """Take what only an open case has."""
        self._require(fact, is_so=self.is_open, words="of a closed case")


MOVES_FIRST = frozenset({"case_closed", "case_reopened"})
TAKEN: dict[str, Callable[[Replay, Told], None]] = {
    "case_opened": Replay.opened,
    "case_revised": Replay.case_revised,
    "case_dispatched": Replay.dispatched,
    "item_completed": Replay.item_done,
    "case_returned": Replay.item_done,
    "objection_ruled": Replay.ruled,
    "feedback_recorded": Replay.feedback,
    "case_closed": Replay.closed,
    "case_reopened": Replay.reopened,
    "part_reopened": Replay.part_reopened,
    "case_linked": Replay.linked,
    "clock_paused": Replay.paused,
    "clock_resumed": Replay.resumed,
    "case_contacted": Replay.contacted,
    "extension_requested": Replay.extension_asked,
    "extension_decided": Replay.extension_decided,
    "deferral_requested": Replay.while_open,
    "deferral_decided": Replay.deferral_decided,
    "deferral_rechecked": Replay.deferral_rechecked,
    "supervision_raised": Replay.while_open,
    "exclusion_proposed": Replay.exclusion_asked,
    "exclusion_decided": Replay.exclusion_decided,
    "respondent_named": Replay.named,
    "respondent_cleared": Replay.cleared,
    "case_classified": Replay.classified,
    "case_urged": Replay.while_open,
    "rendition_written": Replay.while_open,
    "rendition_approved": Replay.while_open,
    "rendition_sent": Replay.while_open,
    "timer_fired": Replay.while_open,
}
