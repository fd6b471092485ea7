"""What all acts share: where the case stands for whoever looks, the form, and the command."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar, Protocol, TypedDict

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from linli.domain.access.selectors import Actor, may_on
from linli.domain.cases.selectors import (
    Case,
    Rendition,
    WorkItem,
    calendar_for,
    renditions_of,
    step_for,
)
from linli.domain.catalogue.selectors import (
    LimitDef,
    OutcomeDef,
    StageDef,
    StandardDef,
    parameter,
)
from linli.domain.needs.selectors import NamedReading, Reading, reading_with_names
from linli.domain.privacy.selectors import Marks, PersonalRequest, marks_on, request_of
from linli.kernel.ids import public_id
from linli.web.ui.forms import LinliForm

Data = Mapping[str, object]


class By(TypedDict):
    """What every command carries: who, when, and the key that makes a repeat harmless."""

    actor: Actor
    at: datetime
    key: str


@dataclass(frozen=True)
class Standing:
    """Where a case stands for one person at one moment; acts are offered by it.

    Parameters
    ----------
    items : the work items of the case, of any state.
    is_rendered : False where its history says that no unit complained about was told of it.
    """

    case: Case
    actor: Actor
    items: Sequence[WorkItem]
    at: datetime
    is_rendered: bool = True

    @cached_property
    def standard(self) -> StandardDef:
        """The version of the standard that the case began under."""
        return self.case.standard.definition

    @cached_property
    def stage(self) -> StageDef | None:
        """The stage that the case is in; None once it is closed."""
        return self.standard.stage(self.case.stage)

    @property
    def is_open(self) -> bool:
        """Whether work is still to be done."""
        return self.case.status == "open"

    @property
    def is_unit_work(self) -> bool:
        """Whether units, not a role, have the work of the stage."""
        return self.stage is not None and self.stage.each == "units"

    @cached_property
    def mine(self) -> WorkItem | None:
        """The open piece of the stage's work that a unit of this person has."""
        units = self.actor.units_for("case.handle")
        found = (i for i in self.items if _is_open(i, "main") and i.unit_id in units)
        return next(found, None)

    @cached_property
    def step(self) -> WorkItem | None:
        """The open piece of the stage's work that this person may finish, for a unit or a role."""
        return step_for(self.actor, self.case, self.items)

    @cached_property
    def named_reading(self) -> NamedReading | None:
        """What the machine made of the message that opened the case, with the names in it."""
        return reading_with_names(self.case)

    @property
    def reading(self) -> Reading | None:
        """What the machine made of the message that opened the case."""
        return self.named_reading.reading if self.named_reading else None

    @cached_property
    def renditions(self) -> list[Rendition]:
        """What units complained about were told of the case, newest first."""
        return renditions_of(self.case) if self.is_rendered else []

    def renditions_in(self, *states: str) -> list[Rendition]:
        """Those in some states; a case that complains about nobody is not asked for any."""
        if not self.case.respondent_ids:
            return []
        return [one for one in self.renditions if one.state in states]

    @cached_property
    def personal(self) -> PersonalRequest | None:
        """The request about somebody's own data that the case is; None for any other case."""
        known = any(stage.way("fulfil") for stage in self.standard.stages)
        return request_of(self.case) if known else None

    @cached_property
    def marks(self) -> Marks:
        """Whether the case is on hold, and whether somebody asked about its data."""
        return marks_on(self.case)

    def may(self, act: str) -> bool:
        """Whether a post of this person grants the act on this case."""
        return may_on(self.actor, act, self.case)

    def way(self, code: str) -> OutcomeDef | None:
        """The way out of the present stage called `code`."""
        return self.stage.way(code) if self.stage else None

    def side(self, stage: str) -> WorkItem | None:
        """The open side item of one kind: what waits for somebody's decision."""
        return next((i for i in self.items if _is_open(i, "side") and i.stage == stage), None)

    def awaits_me(self, stage: str) -> bool:
        """Whether a side item waits for a decision by another than whoever asked for it."""
        item = self.side(stage)
        is_mine = item is not None and item.role in self.actor.roles()
        return is_mine and item is not None and item.opened_by != self.actor.user_id

    @property
    def freed(self) -> frozenset[str]:
        """Codes of the units whose last piece of the main work was sent back by them."""
        last = {i.unit.code: i for i in self.items if i.unit is not None and i.kind == "main"}
        return frozenset(code for code, item in last.items() if item.outcome == "return")

    def until(self, start: datetime, limit: LimitDef) -> datetime:
        """When a window ends that began at a moment, by the calendar of this installation."""
        return calendar_for(self.case, self.at).add(start, limit.limit).at


def _is_open(item: WorkItem, kind: str) -> bool:
    return item.state == "open" and item.kind == kind


class ActForm(LinliForm):
    """What every act carries.

    `lengths` names the parameter of the packs that bounds a text field.
    """

    lengths: ClassVar[Mapping[str, str]] = {
        "reason": "desk.reason_max",
        "comment": "desk.reason_max",
    }
    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        for name, code in self.lengths.items():
            if name in self.fields:
                most = int(parameter(code, standing.at).value)
                self.fields[name].validators.append(MaxLengthValidator(most))


class ReasonForm(ActForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea)


class DecisionForm(ReasonForm):
    """A second person grants or refuses what was asked for."""

    granted = forms.ChoiceField(
        label=_("决定"),
        widget=forms.RadioSelect,
        choices=[("yes", _("同意")), ("no", _("不同意"))],
    )
    field_order = ("granted", "reason")


CarryOut = Callable[[Standing, Data, By], object]


@dataclass(frozen=True)
class Act:
    """An act.

    Parameters
    ----------
    label : words of its button and of its page's title, translated when shown.
    grant : the act of the policy table that it needs.
    consequence : what cannot be undone; its page says so before the button.
    kind : look of the button.
    is_next : whether it moves the case on, rather than standing beside.
    """

    label: str
    grant: str
    form: type[ActForm]
    carry_out: CarryOut
    is_offered: Callable[[Standing], bool]
    consequence: str = ""
    kind: str = "secondary"
    is_next: bool = False


def item_id(item: WorkItem | None) -> int:
    """Row id of an item; 0 for none, which the service answers as absent or as a repeat."""
    return item.pk if item else 0


class Decide(Protocol):
    """A command by which a second person grants or refuses what a side item asks for."""

    def __call__(
        self,
        ref: str,
        item_id: int,
        /,
        *,
        granted: bool,
        reason: str,
        actor: Actor,
        at: datetime,
        key: str,
    ) -> object: ...


def decides(command: Decide, side: str) -> CarryOut:
    """Return what carries out a decision on the open side item of one kind."""

    def carry_out(standing: Standing, data: Data, by: By) -> object:
        item, granted = item_id(standing.side(side)), data["granted"] == "yes"
        reason = str(data["reason"])
        return command(standing.case.public_id, item, granted=granted, reason=reason, **by)

    return carry_out
