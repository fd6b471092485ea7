"""What the API takes and gives; unknown keys are refused."""

from datetime import date, datetime

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from linli.domain.cases.selectors import Case, Document, document_title
from linli.domain.figures.selectors import UNIT, Release, Tables
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


class DocumentOut(Schema):
    """A document that was made of a case."""

    id: str = Field(examples=["abcdefghijklmnopqrstuvwxyz"])
    code: str = Field(examples=["acceptance_notice"])
    name: str = Field(examples=["诉求受理告知书"])
    name_en: str = Field(examples=["Notice of acceptance"])
    template_sha256: str = Field(examples=["9f86d081884c7d65"])
    sha256: str = Field(description="Of template and words.", examples=["60303ae22b998861"])
    made_at: datetime = Field(examples=["2026-11-24T08:30:00+08:00"])

    @classmethod
    def of(cls, document: Document) -> "DocumentOut":
        """Show a document."""
        name, name_en = document_title(document)
        return cls(
            id=document.public_id,
            code=document.code,
            name=name,
            name_en=name_en,
            template_sha256=document.template_sha256,
            sha256=document.sha256,
            made_at=document.made_at,
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


class FiguresListed(Schema):
    """A release of public figures."""

    release: int = Field(description="Its number.", examples=[3])
    period: str = Field(description="2026-10, 2026-Q4 or 2026.", examples=["2026-10"])
    first: date = Field(examples=["2026-10-01"])
    last: date = Field(examples=["2026-10-31"])
    released_at: datetime | None = Field(examples=["2026-11-10T09:00:00+08:00"])

    @classmethod
    def of(cls, release: Release) -> "FiguresListed":
        """Show a published release."""
        return cls(
            release=release.number or 0,
            period=release.period,
            first=release.first,
            last=release.last,
            released_at=release.published_at,
        )


class FigureOut(Schema):
    """One count: of a place and matter, of a unit, or of a part of a rate."""

    table: str = Field(description="place, unit or rate.", examples=["place"])
    row: str = Field(description="Code of area or unit; empty is all.", examples=["990101001"])
    row_name: str = Field(examples=["翠屏街道"])
    column: str = Field(description="Matter, or part of a rate; empty is all.", examples=[""])
    cases: int | None = Field(description="Null where it is withheld.", examples=[42])


class FiguresOut(Schema):
    """The figures of a release; they never change."""

    release: int = Field(examples=[3])
    period: str = Field(examples=["2026-10"])
    least: int = Field(description="Smaller counts are withheld, zeros too.", examples=[10])
    sha256: str = Field(description="Of what is released.", examples=["9f86d081884c7d65" * 4])
    figures: list[FigureOut]

    @classmethod
    def of(cls, release: Release, tables: Tables) -> "FiguresOut":
        """Show all counts of a release."""
        names = {UNIT: {unit.code: unit.name for unit in tables.units}}
        places = {place.code: place.name for place in tables.places}
        figures = [
            FigureOut(
                table=key.table,
                row=key.row,
                row_name=names.get(key.table, places).get(key.row, ""),
                column=key.column,
                cases=count,
            )
            for key, count in tables.cells.items()
        ]
        return cls(
            release=release.number or 0,
            period=release.period,
            least=release.least,
            sha256=release.sha256,
            figures=figures,
        )
