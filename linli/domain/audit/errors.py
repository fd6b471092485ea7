"""Why a seal is not made."""

from linli.kernel.errors import Unavailable


class JournalBehindSeal(Unavailable):
    """The journal is not what the last seal says: rows are gone or were rewritten."""

    code = "journal_behind_seal"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"日志与第 {number} 号封印不符：封过的记录少了或被改了，没有再封。"
            "请执行 linli audit verify 查明；如果刚从备份恢复，请执行 "
            "linli audit seal --restart 并写明原因。",
            f"The journal does not fit seal {number}: rows that were sealed are gone or changed, "
            "so nothing more was sealed. Run linli audit verify to see which; after a restore "
            "from a backup run linli audit seal --restart with the reason.",
        )


class AnchorUnreadable(Unavailable):
    """The last line of the anchor is no seal of ours, although the database noted one."""

    code = "anchor_unreadable"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"锚定文件里找不到第 {number} 号封印，没有再封。"
            "请检查锚定目录是否换过或被清空，再执行 linli audit verify。",
            f"The anchor does not hold seal {number}, so nothing more was sealed. See whether its "
            "folder was changed or emptied, then run linli audit verify.",
        )
