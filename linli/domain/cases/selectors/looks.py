"""Who looked at a case, as the person whose case it is may know.

By office, purpose and time; never by name. Who supervises is not named and told by the day alone:
where an office looks into another case, its looks at this one must not show that.

Serves: X02.
"""

from dataclasses import dataclass
from datetime import date, datetime

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
    kind : handling, look_up, oversight, or glass: by emergency access, whoever it was.
    is_of_person : whether name or telephone number were opened.
    count : how many looks.
    reason : code of the reason for emergency access; "" otherwise.
    is_by_two : whether another person had agreed to the opening of name or telephone number.
    """

    at: datetime
    office: str
    kind: str
    is_of_person: bool
    count: int
    reason: str = ""
    is_by_two: bool = False

    @property
    def is_by_day(self) -> bool:
        """Whether the hour is kept back."""
        return self.kind == "oversight"


@dataclass(frozen=True)
class _Told:
    """What may be told of a look; looks of a day that are told alike are counted together."""

    office: str
    kind: str
    is_of_person: bool = False
    reason: str = ""
    is_by_two: bool = False


def looks_at(case: Case) -> list[Look]:
    """Return the looks at a case, newest day first."""
    views = views_of(case.public_id)
    names = unit_names({view.office for view in views if _is_named(view)})
    found: dict[tuple[date, _Told], list[View]] = {}
    for view in views:
        found.setdefault((timezone.localdate(view.at), _told(view, names)), []).append(view)
    return [
        Look(
            some[0].at,
            told.office,
            told.kind,
            told.is_of_person,
            len(some),
            reason=told.reason,
            is_by_two=told.is_by_two,
        )
        for (_, told), some in found.items()
    ]


def _is_glass(view: View) -> bool:
    """Whether the look was by emergency access: special access that did not open a person."""
    return bool(view.opening) and not OF_THE_PERSON & set(view.fields)


def _is_named(view: View) -> bool:
    # Who breaks the glass stands outside: their looks at this case say nothing of another.
    return view.role in OPEN_ROLES or _is_glass(view)


def _told(view: View, names: dict[str, str]) -> _Told:
    office = names.get(view.office, "")
    if _is_glass(view):
        return _Told(office, "glass", reason=view.purpose)
    if view.role not in OPEN_ROLES:
        return _Told("", "oversight")
    return _Told(
        office,
        "look_up" if view.purpose == "look_up" else "handling",
        is_of_person=bool(OF_THE_PERSON & set(view.fields)),
        is_by_two=bool(view.opening),
    )
