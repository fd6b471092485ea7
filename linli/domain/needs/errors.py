"""What can be wrong with a message or a decision on it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from linli.domain.cases.errors import MOMENTS
from linli.kernel.calendar import FIRST_DAY
from linli.kernel.errors import NotFound, Rejected, Unavailable, WrongState


class MessageEmpty(Rejected):
    """There is nothing to work on."""

    def __init__(self, row: int | None = None) -> None:
        super().__init__(
            "诉求内容是空的，无法受理。请写明什么地方、什么时候、出了什么事。",
            "The message is empty, so nobody can act on it. Say where, when and what happened.",
            field="body",
            row=row,
        )


class TextTooLong(Rejected):
    """A field is longer than the pack's limit."""

    def __init__(
        self, field: str, names: tuple[str, str], *, length: int, most: int, row: int | None = None
    ) -> None:
        super().__init__(
            f"{names[0]}有 {length} 个字，最多 {most} 个字。请只写要点，其余的事另提一件。",
            f"The {names[1]} has {length} characters; {most} are taken. "
            "Keep to the point, and send what else there is as another message.",
            field=field,
            row=row,
        )


def _local(moment: datetime, zone: str) -> str:
    """Write a moment in a zone; one at the end of all years as it stands."""
    with suppress(OverflowError):
        moment = moment.astimezone(ZoneInfo(zone))
    return f"{moment:%Y-%m-%d %H:%M}"


class ReceivedInFuture(Rejected):
    """The moment of receipt has not come yet."""

    def __init__(self, received_at: datetime, zone: str, row: int | None = None) -> None:
        local = _local(received_at, zone)
        super().__init__(
            f"受理时间 {local} 还没有到，期限无法计算。请核对日期。",
            f"The time of receipt, {local}, is yet to come, so no limit can be counted. "
            "Check the date.",
            field="received_at",
            row=row,
        )


class ReceivedTooEarly(Rejected):
    """The moment of receipt lies before the first day of the calendar by which limits count."""

    def __init__(self, received_at: datetime, row: int | None = None) -> None:
        day = received_at.date().isoformat()
        super().__init__(
            f"受理时间 {day} 早于工作日历的第一天（{FIRST_DAY}），期限无法计算，多半是日期写错。"
            "请核对日期。",
            f"The time of receipt, {day}, lies before the first day of the working calendar "
            f"({FIRST_DAY}), so no limit can be counted; most likely the date is mistyped. "
            "Check it.",
            field="received_at",
            row=row,
        )


class UnknownArea(Rejected):
    """The area is not in the tree."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(
            f"区域“{code}”不在区划之内，无法确定由谁办理。请从列表中选择，或留空由系统识别。",
            f"Area {code} is not in the tree, so nobody can be found to handle it. "
            "Choose one of the list, or leave it empty to have it read from the text.",
            field="area",
            row=row,
        )


class NoAreas(Unavailable):
    """No area has been imported, so no case can lie anywhere."""

    def __init__(self) -> None:
        super().__init__(
            "还没有导入区划，诉求无法落到任何区域。请先导入区划和网格。",
            "No area has been imported, so a message cannot be put anywhere. "
            "Import division codes and grids first.",
        )


class UnknownCode(Rejected):
    """A code that a person or system has chosen is not in force."""

    def __init__(
        self, field: str, names: tuple[str, str], code: str, row: int | None = None
    ) -> None:
        super().__init__(
            f"{names[0]}“{code}”不在现行目录之内，无法确定办理标准。请从列表中选择，或留空由系统识别。",
            f"The {names[1]} {code} is not in force, so no standard can be found for it. "
            "Choose one of the list, or leave it empty to have it read from the text.",
            field=field,
            row=row,
        )


class PointIncomplete(Rejected):
    """A point needs two numbers within the globe."""

    def __init__(self, row: int | None = None) -> None:
        super().__init__(
            "经纬度不完整或超出范围，无法定位。请在地图上重新选点，或留空只写地址。",
            "Longitude and latitude are incomplete or out of range. "
            "Pick the point on the map again, or leave it out and give the address.",
            field="lng",
            row=row,
        )


class ChannelMissing(Rejected):
    """How the message came in is not stated."""

    def __init__(self, row: int | None = None) -> None:
        super().__init__(
            "没有注明来源渠道，无法统计和答复。请从列表中选择。",
            "The channel is not stated, so the answer cannot find its way back. Choose one.",
            field="channel",
            row=row,
        )


class ChannelUnknown(Rejected):
    """The message is said to have come in by a way that nobody counts."""

    def __init__(self, channel: str, known: Sequence[str], row: int | None = None) -> None:
        channel = channel if len(channel) <= 32 else f"{channel[:31]}…"
        listed = ", ".join(known)
        super().__init__(
            f"没有“{channel}”这个来源渠道，无法统计。可用的渠道代码：{listed}。",
            f"There is no channel “{channel}”, so nothing could be counted by it. "
            f"Codes of channels: {listed}.",
            field="channel",
            row=row,
        )


class KeyReused(WrongState):
    """One idempotency key came with two different messages."""

    def __init__(self) -> None:
        super().__init__(
            "同一提交编号先后对应了两条不同的诉求，后一条没有保存。请重新打开页面再提交。",
            "One submission key came with two different messages; the second was not kept. "
            "Open the form anew and send it again.",
        )


class NumberUsed(WrongState):
    """A number of the source system came with another key and says something else."""

    code = "number_used"

    def __init__(self, number: str) -> None:
        told = NumberTaken(number)
        super().__init__(told.zh, told.en, field=told.field)


class NoReading(NotFound):
    """The case did not come from a message, or its reading is not for you."""

    def __init__(self) -> None:
        super().__init__(
            "这件工单没有识别记录。请直接填写事项和地点。",
            "This case has no reading. Enter matter and place directly.",
        )


class NothingToLearnFrom(Unavailable):
    """No pack in force carries examples."""

    def __init__(self) -> None:
        super().__init__(
            "标准包里没有例句，识别模型无法训练。请先发布带例句的标准包。",
            "No pack in force has examples, so the reader cannot be trained. "
            "Publish a pack with examples first.",
        )


class MappingRejected(Rejected):
    """A mapping file that cannot be used; its sentences name file and line."""

    code = "mapping_rejected"


_ENCODING_IN_DOUBT = (
    "如果这些列名是乱码，文件多半不是 UTF-8 或 GB18030 编码（例如 Big5），请另存为 UTF-8 的 CSV；"
    "如果能看懂，",
    "If these names are unreadable, the file is most likely in neither UTF-8 nor GB18030 (but "
    "perhaps in Big5): save it as CSV in UTF-8. If they can be read: ",
)


class ColumnMissing(Rejected):
    """The mapping names columns that the file does not have; `missing` is field → column.

    Where not one is there, the head has most likely been read in a wrong encoding.
    """

    def __init__(
        self, missing: Mapping[str, str], head: tuple[str, ...], *, is_none_there: bool = False
    ) -> None:
        doubt, doubt_en = _ENCODING_IN_DOUBT if is_none_there else ("", "")
        wanted = "、".join(f"{column}（{field}）" for field, column in missing.items())
        wanted_en = ", ".join(f"{column} ({field})" for field, column in missing.items())
        super().__init__(
            f"文件里没有映射所说的列：{wanted}，无法读取。文件里的列是：{'、'.join(head)[:400]}。"
            f"{doubt}请改正映射或补上这些列。",
            f"The file lacks columns that the mapping names: {wanted_en}. "
            f"It has: {', '.join(head)[:400]}. {doubt_en}Correct the mapping or add them.",
            field=next(iter(missing.values())),
            row=1,
        )


class NoRows(Rejected):
    """A head and nothing below it."""

    def __init__(self) -> None:
        super().__init__(
            "文件只有表头，没有一行数据。请核对导出时的日期和条件。",
            "The file has a head and not one row. Check dates and conditions of the export.",
            row=1,
        )


class MomentMissing(Rejected):
    """A row that does not say when the message came in, in a file whose rows do."""

    def __init__(self, row: int | None = None) -> None:
        super().__init__(
            "受理时间是空的，期限无从算起。请补上时间。",
            "The time of receipt is empty, so no limit can be counted. Fill it in.",
            field="received_at",
            row=row,
        )


class MomentUnreadable(Rejected):
    """A moment that is no date of any form we know."""

    def __init__(self, text: str, row: int | None = None, *, field: str = "received_at") -> None:
        zh, en = MOMENTS[field]
        super().__init__(
            f"{zh}“{text[:40]}”不是日期。请写成 2026-08-01 09:47 的样子。",
            f"“{text[:40]}” is no date for {en}. Write it like 2026-08-01 09:47.",
            field=field,
            row=row,
        )


class NumberUnreadable(Rejected):
    """A degree of longitude or latitude that is no number."""

    def __init__(self, field: str, text: str, row: int | None = None) -> None:
        super().__init__(
            f"“{text[:40]}”不是经纬度。请写成 114.3055 的样子，或留空。",
            f"“{text[:40]}” is no longitude or latitude. Write it like 114.3055, or leave it out.",
            field=field,
            row=row,
        )


class WordUnknown(Rejected):
    """A word of the file for which the mapping has no code."""

    def __init__(self, field: str, key: str, word: str, row: int | None = None) -> None:
        super().__init__(
            f"映射的 {key} 里没有“{word[:40]}”，不知道归入哪一类。请在映射中补上这个词。",
            f"The mapping has no “{word[:40]}” under {key}, so it has no code. Add the word there.",
            field=field,
            row=row,
        )


class NumberTaken(Rejected):
    """A number of the source system that another message already bears."""

    def __init__(self, number: str, row: int | None = None) -> None:
        super().__init__(
            f"编号“{number}”已用于另一条内容不同的诉求，先到的一条有效。如是新件请换编号，"
            "如是补充请在原工单上批注。",
            f"Number {number} is taken by a message that says something else; the first stands. "
            "Give a new message its own number; put additions down as a note on that case.",
            field="source_id",
            row=row,
        )


class AreaAmbiguous(Rejected):
    """A name that several areas bear."""

    def __init__(self, name: str, codes: tuple[str, ...], row: int | None = None) -> None:
        known = "、".join(codes[:5])
        super().__init__(
            f"叫“{name[:40]}”的区域不止一个（{known}）。请写区域代码，或在映射的 areas 中指定。",
            f"Several areas are called {name[:40]} ({known}). Give the code, or say which under "
            "`areas` in the mapping.",
            field="area",
            row=row,
        )
