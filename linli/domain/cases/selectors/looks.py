"""Who looked at a case, as the person whose case it is may know.

By office, purpose and time; never by name. Who supervises is not named and told by the day alone:
where an office looks into another case, its looks at this one must not show that.

Serves: X02.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from linli.domain.audit.selectors import View, views_of
from linli.domain.cases.models import Case
from linli.domain.organisations.selectors import unit_names

OPEN_ROLES = frozenset({"clerk", "handler"})
OF_THE_PERSON = frozenset({"reporter_name", "reporter_phone"})


@dataclass(frozen=True)
class Look:
    """Looks of one office on one day, for one purpose.

    Parameters
    ----------
    at : the last of them; where `is_by_day`, only its day may be shown.
    office : name of the office; "" where it is not told.
    kind : handling, look_up or oversight.
    is_of_person : whether name or telephone number were opened.
    count : how many looks.
    """

    at: datetime
    office: str
    kind: str
    is_of_person: bool
    count: int

    @property
    def is_by_day(self) -> bool:
        """Whether the hour is kept back."""
        return self.kind == "oversight"


def looks_at(case: Case) -> list[Look]:
    """Return the looks at a case, newest day first."""
    views = views_of(case.public_id)
    names = unit_names({view.office for view in views if view.role in OPEN_ROLES})
    found: dict[tuple[object, ...], list[View]] = {}
    for view in views:
        day = timezone.localdate(view.at)
        found.setdefault((day, *_told(view, names)), []).append(view)
    return [
        Look(some[0].at, str(office), str(kind), bool(is_of_person), len(some))
        for (_, office, kind, is_of_person), some in found.items()
    ]


def _told(view: View, names: dict[str, str]) -> tuple[str, str, bool]:
    if view.role not in OPEN_ROLES:
        return "", "oversight", False
    is_of_person = bool(OF_THE_PERSON & set(view.fields))
    kind = "look_up" if view.purpose == "look_up" else "handling"
    return names.get(view.office, ""), kind, is_of_person
