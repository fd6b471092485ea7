"""A complaint about a unit, and the way of a rendition, for tests of any floor."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Rendition
from linli.domain.cases.services import (
    approve_rendition,
    dispatch_case,
    name_respondent,
    send_rendition,
    write_rendition,
)
from linli.domain.cases.tests.builders import AT, Town, new_case
from linli.domain.vault.services import seal_person

BODY = (
    "昨天夜里三点，贵街执法队把我的三轮车和电子秤一并收走，没有给任何单子。"
    "我叫欧阳鹮霁，电话19900001234。"
)
NAME, PHONE = "欧阳鹮霁", "19900001234"
TEXT = "据反映，贵单位队员近期暂扣经营工具时未出具清单。请说明情况、依据和后续处理。"


class By(TypedDict):
    """What every command carries."""

    actor: Actor
    at: datetime
    key: str


@dataclass
class Complaint:
    """A case that complains about `works`, while `far` handles it."""

    town: Town
    case: Case

    @property
    def ref(self) -> str:
        """Public id of the case."""
        return self.case.public_id

    def by(self, who: str = "clerk", key: str = "", at: datetime = AT) -> By:
        """Who, when and under which key a command is sent."""
        return {"actor": getattr(self.town, who), "at": at, "key": key}

    def written(
        self, text: str = TEXT, *, unit: str = "works", reason: str = "", by: By | None = None
    ) -> Rendition:
        """A draft, by the clerk unless said."""
        said = by or self.by(key=f"w {unit} {len(text)}")
        found = write_rendition(self.ref, unit=unit, text=text, reason=reason, **said)
        assert found is not None
        return found

    def approved(self, text: str = TEXT, *, unit: str = "works", reason: str = "") -> Rendition:
        """A draft that the supervisor approved."""
        draft = self.written(text, unit=unit, reason=reason)
        by = self.by("supervisor", f"a {draft.public_id}")
        approve_rendition(self.ref, draft.public_id, reason=reason, **by)
        draft.refresh_from_db()
        return draft

    def sent(
        self, text: str = TEXT, *, unit: str = "works", reason: str = "", at: datetime = AT
    ) -> Rendition:
        """One that the unit can read."""
        found = self.approved(text, unit=unit, reason=reason)
        by = self.by(key=f"s {found.public_id}", at=at)
        send_rendition(self.ref, found.public_id, **by)
        found.refresh_from_db()
        return found


def complaint(town: Town, *, key: str = "k0", **changed: object) -> Complaint:
    """Open a complaint that was handed to `works`, name it, and hand the case to `far`."""
    case = new_case(town, key=key, **{"title": "执法队收走三轮车", "body": BODY, **changed})  # type: ignore[arg-type]  # passed on
    person = {"reporter_name": NAME, "reporter_phone": PHONE}
    seal_person(case.public_id, person, at=AT)
    ref, about = case.public_id, Complaint(town, case)
    dispatch_case(ref, to="works", **about.by(key="d1"))
    name_respondent(ref, unit="works", reason="反映其执法", **about.by(key="n1"))
    dispatch_case(ref, to="far", **about.by(key="d2"))
    case.refresh_from_db()
    return about
