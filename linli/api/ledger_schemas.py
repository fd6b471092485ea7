"""What the API takes and gives of ledgers; unknown keys are refused."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from linli.api.schemas import Taken
from linli.domain.ledgers.selectors import LedgerCard, Record, RecordEvent


class LedgerOut(Schema):
    """A ledger in force."""

    ledger: str = Field(description="Its code.", examples=["meeting_place"])
    version: str = Field(examples=["2026.1"])
    name: str = Field(examples=["议事点"])
    name_en: str = Field(examples=["Meeting places"])
    open_records: int = Field(description="Records in use within reach.", examples=[12])
    definition: dict[str, Any] = Field(
        description="The ledger as its pack says it: fields, states, moves, review cycle.",
        examples=[{"ledger": "meeting_place", "title_field": "title"}],
    )

    @classmethod
    def of(cls, card: LedgerCard) -> "LedgerOut":
        """Show a ledger."""
        ledger = card.definition
        said = ledger.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return cls(
            ledger=ledger.ledger,
            version=ledger.version,
            name=ledger.name,
            name_en=ledger.name_en,
            open_records=card.open_records,
            definition=said,
        )


class RecordOut(Schema):
    """A record of a ledger."""

    id: str = Field(examples=["abcdefghijklmnopqrstuvwxyz"])
    number: str = Field(examples=["MP-000001"])
    ledger: str = Field(examples=["meeting_place"])
    version: str = Field(description="Under which it was last written.", examples=["2026.1"])
    title: str = Field(examples=["议事厅"])
    data: dict[str, Any] = Field(
        description="Code of a field → value, derived fields among them.",
        examples=[{"title": "议事厅", "place": "990101001001", "seats": 40}],
    )
    area: str = Field(examples=["990101001001"])
    unit: str = Field(description="Code of the unit that keeps it, or empty.", examples=["works"])
    state: str = Field(examples=["open"])
    status: str = Field(examples=["open"])
    review_due_on: date | None = Field(examples=["2027-11-24"])
    updated_at: datetime = Field(examples=["2026-11-24T08:30:00+08:00"])
    seq: int = Field(description="Goes on by one with each fact.", examples=[1])

    @classmethod
    def of(cls, record: Record, data: dict[str, Any] | None = None) -> "RecordOut":
        """Show a record, with the values given in place of those stored."""
        return cls(
            id=record.public_id,
            number=record.number,
            ledger=record.ledger,
            version=record.version.version,
            title=record.title,
            data=record.data if data is None else data,
            area=record.area.code,
            unit=record.owner.code if record.owner else "",
            state=record.state,
            status=record.status,
            review_due_on=record.review_due_on,
            updated_at=record.updated_at,
            seq=record.seq,
        )


class RecordsOut(Schema):
    """A page of records."""

    items: list[RecordOut]
    after: str = Field(description="Cursor of the next page; empty on the last.", examples=[""])
    total: int = Field(examples=[1])
    is_counted: bool = Field(examples=[True])


class RecordsAsked(Schema):
    """How a list of records is narrowed, put in order and paged."""

    q: str = Field(
        "",
        description="A number, or words of the texts.",
        pattern=r"^[^\x00]*$",
        examples=["议事厅"],
    )
    status: Literal["", "open", "closed"] = Field(
        "open", description="Only these; empty for both.", examples=["open"]
    )
    state: str = Field(
        "", description="Code of a state.", pattern=r"^[a-z0-9_]*$", examples=["open"]
    )
    where: list[str] = Field(
        [],
        description="A filter field and its value; `low..high` for dates and numbers.",
        examples=[["seats=20..50"]],
    )
    order: str = Field(
        "-updated",
        description="updated, number, title, due, or a field; a minus turns it round.",
        pattern=r"^-?[a-z0-9_]+$",
        max_length=65,
        examples=["-updated"],
    )
    after: str = Field(
        "",
        description="Cursor of the page before.",
        pattern=r"^[A-Za-z0-9_-]*$",
        max_length=2000,
        examples=[""],
    )
    size: int = Field(50, description="Records a page.", ge=1, le=200, examples=[50])


class RecordIn(Taken):
    """A record to be entered."""

    data: dict[str, Any] = Field(
        {},
        description="Code of a field → value, as people write it.",
        examples=[{"title": "议事厅", "place": "990101001001", "seats": 40}],
    )
    unit: str = Field("", description="Code of the unit that keeps it.", examples=["works"])


class RecordPatch(Taken):
    """What is to change of a record; what is not named stays."""

    data: dict[str, Any] = Field(
        {}, description="Code of a field → value; null empties the field.", examples=[{"seats": 60}]
    )
    seen: int | None = Field(
        None, description="`seq` when you looked; refused if it has gone on.", examples=[1]
    )
    reason: str = Field("", max_length=2000, examples=["扩建完成"])


class MoveIn(Taken):
    """A move of a record to another state."""

    move: str = Field(description="Code of a move of the ledger.", examples=["shut_down"])
    reason: str = Field("", max_length=2000, examples=["装修停用"])


class DecisionIn(Taken):
    """What a second person decides on the move that waits."""

    granted: bool = Field(examples=[True])
    reason: str = Field("", max_length=2000, examples=["同意"])


class ReviewIn(Taken):
    """That a record was looked through and holds."""

    note: str = Field("", max_length=2000, examples=["已核对"])


class RetirementIn(Taken):
    """Why a record goes out of use."""

    reason: str = Field(max_length=2000, examples=["合并到社区礼堂"])


class RecordFactOut(Schema):
    """A fact of a record's history."""

    seq: int = Field(examples=[2])
    at: datetime = Field(examples=["2026-11-24T08:30:00+08:00"])
    activity: str = Field(examples=["record_changed"])
    before: dict[str, Any] = Field(examples=[{"seats": 40}])
    after: dict[str, Any] = Field(examples=[{"seats": 60}])
    reason: str = Field(examples=["扩建完成"])
    actor: str = Field(examples=["clerk"])

    @classmethod
    def of(cls, event: RecordEvent) -> "RecordFactOut":
        """Show a fact."""
        return cls(
            seq=event.seq,
            at=event.at,
            activity=event.activity,
            before=event.before,
            after=event.after,
            reason=event.reason,
            actor=event.actor_name,
        )
