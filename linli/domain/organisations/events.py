"""Facts about units, posts and duties that others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class UnitCreated(Event):
    """A unit was set up."""

    name: ClassVar[str] = "unit_created"
    subject_type: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"

    unit: str
    kind: str
    area_path: str


@dataclass(frozen=True)
class UnitsImported(Event):
    """A file of units and posts has gone in whole."""

    name: ClassVar[str] = "units_imported"
    subject_type: ClassVar[str] = "organisation_import"
    subject_field: ClassVar[str] = "organisation_import"

    organisation_import: int
    source: str
    rows: int
    created: int
    changed: int


@dataclass(frozen=True)
class DutiesImported(Event):
    """A duty list has gone in whole."""

    name: ClassVar[str] = "duties_imported"
    subject_type: ClassVar[str] = "organisation_import"
    subject_field: ClassVar[str] = "organisation_import"

    organisation_import: int
    source: str
    rows: int
    created: int
    changed: int


@dataclass(frozen=True)
class MemberAppointed(Event):
    """A person was given a post."""

    name: ClassVar[str] = "member_appointed"
    subject_type: ClassVar[str] = "member"
    subject_field: ClassVar[str] = "member"

    member: int
    user: int
    unit: str
    post: str
    role: str
    area_path: str
    valid_from: str
    valid_to: str | None


@dataclass(frozen=True)
class MemberDismissed(Event):
    """A person's post was ended; the day named is the last that counts."""

    name: ClassVar[str] = "member_dismissed"
    subject_type: ClassVar[str] = "member"
    subject_field: ClassVar[str] = "member"

    member: int
    user: int
    unit: str
    post: str
    valid_to: str


@dataclass(frozen=True)
class DutyProposed(Event):
    """A ruling named a lead for a matter on which the duty list says nothing."""

    name: ClassVar[str] = "duty_proposed"
    subject_type: ClassVar[str] = "duty_proposal"
    subject_field: ClassVar[str] = "proposal"

    proposal: str
    matter: str
    area: str
    lead: str


@dataclass(frozen=True)
class DutyProposalDecided(Event):
    """An administrator took a proposed duty into the list, or left it out."""

    name: ClassVar[str] = "duty_proposal_decided"
    subject_type: ClassVar[str] = "duty_proposal"
    subject_field: ClassVar[str] = "proposal"

    proposal: str
    taken: bool
    reason: str
