"""Which entry of the duty list counts for a matter in a place, and why a hand-over is refused.

Serves: R019.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from linli.domain.organisations.rules.kinds import DutyNature, is_grassroots

SEPARATOR = "."


@dataclass(frozen=True)
class Reason:
    """A sentence for people in both languages, with a code that tests and statistics use."""

    code: str
    zh: str
    en: str

    def message(self, lang: str = "zh-hans") -> str:
        """Return the sentence in the language asked for; Chinese unless English is."""
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True)
class Refusal(Reason):
    """Why a unit may not be handed a matter; says what to do instead."""


class Entry(Protocol):
    """What a duty tells about where, for what and since when it holds."""

    matter_code: str
    area_path: str
    valid_from: date


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def matter_codes(code: str) -> tuple[str, ...]:
    """Return a matter's code and those of the matters above it, nearest first.

    >>> matter_codes("environment.noise")
    ('environment.noise', 'environment')
    """
    parts = code.split(SEPARATOR)
    return tuple(SEPARATOR.join(parts[:n]) for n in range(len(parts), 0, -1))


def nearest_first(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """Order entries that all apply: the deepest area first, within it the nearest matter.

    What a place has settled for itself goes before what a wider area says, even where the
    latter speaks of the matter more closely.
    """

    def key(entry: AnyEntry) -> tuple[int, int, str]:
        depth = entry.area_path.count("/")
        return -depth, -entry.matter_code.count(SEPARATOR), entry.matter_code

    return sorted(entries, key=key)


def list_reason(*, matter_code: str, entry: Entry, area_name: str, basis: str) -> Reason:
    """Say which entry of the duty list was taken, and how near it is to what was asked."""
    own = entry.matter_code == matter_code
    zh_near = "" if own else f"（上级事项“{entry.matter_code}”）"
    en_near = "" if own else f" (the matter above it, {entry.matter_code})"
    zh_basis = f"，依据：{basis}" if basis else ""
    en_basis = f"; basis: {basis}" if basis else ""
    return Reason(
        "duty_list",
        f"“{area_name}”的职责清单列有该事项{zh_near}{zh_basis}。",
        f"The duty list of {area_name} names this matter{en_near}{en_basis}.",
    )


NATURE_REASONS = {
    DutyNature.BASIC: Reason(
        "basic",
        "属于基本履职事项，由主责单位全责办理。",
        "A basic duty: the lead answers for it whole.",
    ),
    DutyNature.ASSIST: Reason(
        "assist",
        "属于配合履职事项，主责部门牵头，基层只协助。",
        "An assisting duty: the department leads, the grassroots only help.",
    ),
    DutyNature.RECOVERED: Reason(
        "recovered",
        "属于上级收回事项，由部门承担，不得交给街道和社区。",
        "A recovered duty: the department does it; it may not go to a street or community.",
    ),
}


def refusal_of_closed(name: str) -> Refusal:
    """Refuse a unit that has been closed or merged."""
    return Refusal(
        "unit_closed",
        f"“{name}”在这一天已不存在（已撤销或合并），不能再接收事项。请选承接它的单位。",
        f"{name} no longer exists on that day (closed or merged) and can take no work. "
        "Choose the unit that succeeded it.",
    )


def refusal_for(
    *, unit_name: str, unit_kind: str, listed: bool, nature: DutyNature, lead_name: str
) -> Refusal | None:
    """Return why a unit may not be handed a matter that the duty list names, None if it may.

    Parameters
    ----------
    unit_name, unit_kind : whom the matter would go to.
    listed : whether it leads or assists in the entry that counts.
    nature : the entry's nature.
    lead_name : the unit the list names as lead.
    """
    if nature is DutyNature.RECOVERED and is_grassroots(unit_kind):
        return Refusal(
            "recovered",
            f"该事项已由上级收回，不得派给“{unit_name}”。请派给主责单位“{lead_name}”。",
            f"This duty has been recovered from the grassroots and may not go to {unit_name}. "
            f"Send it to the lead, {lead_name}.",
        )
    if listed:
        return None
    return Refusal(
        "not_listed",
        f"职责清单没有把该事项列给“{unit_name}”。请派给主责单位“{lead_name}”，或先按程序修改清单。",
        f"The duty list does not name {unit_name} for this matter. Send it to the lead, "
        f"{lead_name}, or have the list changed first.",
    )
