"""What can be wrong with a record, or with a command on one."""

from linli.kernel.errors import NotPermitted, Rejected, WrongState


class FieldMissing(Rejected):
    """A required field was left empty."""

    def __init__(self, code: str, zh: str, en: str, row: int | None = None) -> None:
        super().__init__(
            f"“{zh}”没有填写，这一项必填。请补上。",
            f"“{en}” was left empty and is required. Fill it in.",
            field=code,
            row=row,
        )


class FieldUnfit(Rejected):
    """A value that its field cannot hold; `want` says in both languages what it can."""

    def __init__(
        self, code: str, names: tuple[str, str], given: str, want: tuple[str, str]
    ) -> None:
        short = given if len(given) <= 60 else f"{given[:57]}…"
        super().__init__(
            f"“{names[0]}”填的“{short}”不合要求：应为{want[0]}。请改正。",
            f"“{names[1]}” is “{short}”, which does not fit: it must be {want[1]}. Mend it.",
            field=code,
        )


class FieldUnknown(Rejected):
    """A field that the ledger does not have, or that nobody fills in."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(
            f"台账没有可填写的字段“{code}”。请核对字段编号，或删去这一列。",
            f"The ledger has no field “{code}” to fill in. Check its code, or drop the column.",
            field=code,
            row=row,
        )


class TooManyFiles(Rejected):
    """More files than a field holds."""

    def __init__(self, code: str, zh: str, en: str, most: int) -> None:
        super().__init__(
            f"“{zh}”最多 {most} 个文件，没有收下。请先去掉不用的。",
            f"“{en}” holds at most {most} files, so none was taken. Take away what is not needed.",
            field=code,
        )


class ValueTaken(Rejected):
    """Another record in use has the value of a field that must differ."""

    def __init__(
        self, code: str, names: tuple[str, str], value: str, row: int | None = None
    ) -> None:
        super().__init__(
            f"“{names[0]}”为“{value}”的记录已经有了，不能重复。请改写，或去更改那一条。",
            f"A record with the {names[1]} “{value}” is there already. Choose another, or change"
            " that record.",
            field=code,
            row=row,
        )


class OwnerMissing(Rejected):
    """Nobody can tell which unit keeps the record, or where it belongs."""

    def __init__(self) -> None:
        super().__init__(
            "不知道这条记录归哪个单位管，也就不知道归哪个区域。请选择单位。",
            "It is unclear which unit keeps the record, and so which area it belongs to. Choose"
            " a unit.",
            field="unit",
        )


class OwnerUnfit(Rejected):
    """Units of that kind do not keep this ledger."""

    def __init__(self, unit: str, ledger: str) -> None:
        super().__init__(
            f"“{ledger}”不由“{unit}”这类单位管理。请改选单位。",
            f"Units such as {unit} do not keep “{ledger}”. Choose another unit.",
            field="unit",
        )


class NotTheirLedger(NotPermitted):
    """The ledger is kept by other roles."""

    def __init__(self, ledger: str, ledger_en: str) -> None:
        super().__init__(
            f"“{ledger}”由其他岗位维护，您可以查看，不能更改。请联系维护它的岗位。",
            f"“{ledger_en}” is kept by other posts: you may look at it, not change it. Ask those"
            " who keep it.",
        )


class RecordChangedMeanwhile(WrongState):
    """Somebody else has changed the record since it was looked at."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"记录 {number} 在您查看之后已被他人更改，没有保存。请刷新后再改。",
            f"Record {number} was changed by somebody else since you looked, so nothing was"
            " kept. Reload it and try again.",
        )


class RecordRetired(WrongState):
    """The record is no longer in use."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"记录 {number} 已停用，只供查看。",
            f"Record {number} is no longer in use and can only be read.",
        )


class LedgerEnded(WrongState):
    """No version of the ledger is in force, so its records can only be read."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"台账“{code}”已停用，只供查看。要继续登记，请发布含它的标准包。",
            f"The ledger “{code}” has ended and can only be read. To go on with it, publish a"
            " pack that holds it.",
        )


class NoSuchMove(WrongState):
    """The record's state does not lead there."""

    def __init__(self, number: str, move: str) -> None:
        super().__init__(
            f"记录 {number} 现在的状态不能做“{move}”。请刷新页面查看可做的变更。",
            f"Record {number} cannot be moved by “{move}” from where it stands. Reload the page"
            " to see what can be done.",
        )


class MoveWaits(WrongState):
    """A move of the record already waits for a second person."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"记录 {number} 已有一项变更待审批。请等它批准或驳回。",
            f"A move of record {number} waits for a second person. Wait for the decision.",
        )


class NoMoveWaits(WrongState):
    """No move of the record waits for a decision."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"记录 {number} 没有待审批的变更，可能已由他人审批。请刷新页面。",
            f"No move of record {number} waits for a decision; somebody may have decided."
            " Reload the page.",
        )


class SameHand(NotPermitted):
    """Who proposed a move may not decide on it."""

    def __init__(self) -> None:
        super().__init__(
            "这项变更是您提出的，须由另一人审批。",
            "You proposed this move, so another person must decide on it.",
        )


class WordsMissing(Rejected):
    """A reason is needed."""

    def __init__(self) -> None:
        super().__init__(
            "请写明理由，日后查得到为什么这样做。",
            "Say why, so that it can be understood later.",
            field="reason",
        )


class ColumnsUnknown(Rejected):
    """Columns of a file that the ledger does not have."""

    def __init__(self, columns: list[str], listed: list[str]) -> None:
        super().__init__(
            f"文件里的列“{'、'.join(columns)[:300]}”在台账中没有对应字段，没有读入。"
            f"请改列名或删去；可用：{'、'.join(listed)[:500]}。",
            f"The ledger has no fields for the columns {', '.join(columns)[:300]}, so nothing was"
            f" read. Rename or drop them; use: {', '.join(listed)[:500]}.",
            row=1,
        )


class RowTwice(Rejected):
    """Two rows of a file are about the same record."""

    def __init__(self, row: int, first: int) -> None:
        super().__init__(
            f"第 {row} 行与第 {first} 行说的是同一条记录，不知以哪行为准。请只留一行。",
            f"Rows {row} and {first} are about the same record, so it is unclear which holds."
            " Keep one.",
            row=row,
        )


class TooManyRows(Rejected):
    """More rows than one import takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"文件超过 {most} 行，没有读入。请分成几个文件。",
            f"The file has more than {most} rows and was not read. Part it into several.",
        )


class RecordUnknown(Rejected):
    """A row names a record that is not there."""

    def __init__(self, number: str, row: int) -> None:
        super().__init__(
            f"没有编号为“{number}”的记录，或不在您的权限范围内。要新增请把编号留空。",
            f"There is no record {number}, or it is not within your reach. To add one, leave the"
            " number empty.",
            field="number",
            row=row,
        )
