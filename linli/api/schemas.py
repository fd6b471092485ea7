"""What the API takes and gives; unknown keys are refused."""

from datetime import datetime

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from linli.domain.cases.selectors import Case
from linli.domain.needs.selectors import CHANNELS
from linli.domain.organisations.selectors import Unit
from linli.domain.places.selectors import Area


class Taken(Schema):
    """A body that is taken: no key that we do not know."""

    model_config = ConfigDict(extra="forbid")


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str = Field(examples=["body"])
    detail: str = Field(examples=["诉求内容为空，请写明发生了什么。"])


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    status: int = Field(examples=[422])
    title: str = Field(description="A stable word for programs.", examples=["rejected"])
    detail: str = Field(description="A sentence for people: what is so, why, what to do.")
    field: str | None = Field(None, description="The field at fault, if one is.")
    errors: list[FieldProblem] | None = Field(None, description="Each fault, if several.")


class MessageIn(Taken):
    """A resident's message."""

    body: str = Field(examples=["学府路口的路灯坏了三天，晚上走路看不见。"])
    title: str = Field("", examples=["路灯不亮"])
    address: str = Field("", examples=["学府路 12 号"])
    area: str = Field("", examples=["990101001001"])
    lng: float | None = Field(None, examples=[120.1])
    lat: float | None = Field(None, examples=[30.2])
    channel: str = Field(
        "api",
        description=f"How it reached you; one of {', '.join(CHANNELS)}.",
        examples=["api"],
    )
    received_at: AwareDatetime | None = Field(None, examples=["2026-11-24T08:30:00+08:00"])
    reporter_name: str = Field("", examples=["王女士"])
    reporter_phone: str = Field("", examples=["13800000000"])
    source: str = Field("", examples=["district-hotline"])
    source_id: str = Field("", examples=["A-0001"])


class MessageOut(Schema):
    """What came of a message."""

    case: str = Field(
        description="Empty where another account's message is known and its case is not for you.",
        examples=["abcdefghijklmnopqrstuvwxyz"],
    )
    number: str = Field(description="Empty with `case`.", examples=["20261124-000001-1"])
    receipt: str = Field(examples=["7K2M-9QXD-3V5T-8HJP"])
    is_repeat: bool = Field(examples=[False])


class OutcomeIn(Taken):
    """How a step ends."""

    outcome: str = Field(
        description="Code of an outcome of the stage, as the case's standard names it.",
        examples=["answer"],
    )
    reason: str = Field("", description="Words for others to read.", examples=["已更换灯泡。"])
    result: dict[str, str | bool] = Field(
        {},
        description="Answers to the form of the stage, by the codes of its fields.",
        examples=[{"result": "done"}],
    )


class CaseOut(Schema):
    """A case, without the person."""

    id: str = Field(examples=["abcdefghijklmnopqrstuvwxyz"])
    number: str = Field(examples=["20261124-000001-1"])
    title: str = Field(examples=["路灯不亮"])
    matter: str = Field(examples=["city_management.street_lights"])
    area: str = Field(examples=["990101001001"])
    unit: str = Field(examples=["works"])
    stage: str = Field(examples=["handle"])
    status: str = Field(examples=["open"])
    urgency: str = Field(examples=["ordinary"])
    round: int = Field(examples=[1])
    received_at: datetime = Field(examples=["2026-11-24T08:30:00+08:00"])
    due_at: datetime | None = Field(examples=["2026-12-01T16:00:00Z"])
    closed_at: datetime | None = Field(examples=[None])

    @classmethod
    def of(cls, case: Case) -> "CaseOut":
        """Show a case."""
        return cls(
            id=case.public_id,
            number=case.number,
            title=case.title,
            matter=case.matter.code,
            area=case.area.code,
            unit=case.lead_unit.code if case.lead_unit else "",
            stage=case.stage,
            status=case.status,
            urgency=case.urgency,
            round=case.round,
            received_at=case.received_at,
            due_at=case.due_at,
            closed_at=case.closed_at,
        )


class CasePage(Schema):
    """A page of cases."""

    items: list[CaseOut]
    page: int = Field(examples=[1])
    size: int = Field(examples=[50])
    total: int = Field(examples=[1])
    is_counted: bool = Field(examples=[True])


class Named(Schema):
    """An area, a matter or a unit."""

    code: str = Field(examples=["990101001"])
    name: str = Field(examples=["翠屏街道"])
    kind: str = Field(examples=["street"])
    parent: str = Field(examples=["990101"])

    @classmethod
    def of(cls, row: Area | Unit) -> "Named":
        """Show an area or a unit."""
        above = row.parent.code if row.parent else ""
        return cls(code=row.code, name=row.name, kind=row.kind, parent=above)
