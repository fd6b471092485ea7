"""Why a backup or a restore is refused, each with the file or the moment that it is about."""

from datetime import datetime

from linli.kernel.errors import Rejected, Unavailable


class Damaged(Rejected):
    """A file of a backup is not what was written; `place` names it from the backup folder."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(
            f"备份文件 {place} 已损坏：{zh}。请改用更早的备份，或从异地副本取回该文件。",
            f"The backup file {place} is damaged: {en}. "
            "Use an earlier set, or fetch this file from your other copy.",
            field=place,
        )
        self.place = place


class WrongKey(Rejected):
    """The key is not the one that a backup was made with."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"密钥与备份 {place} 不符。请用 --key-file 指定制作备份时的密钥文件。",
            f"The key is not the one of the backup {place}. "
            "Name the key file of that time with --key-file.",
            field=place,
        )


class NoKey(Rejected):
    """There is no key to make or read a backup with."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"没有备份密钥（{place}）。请用 --key-file 指定，或设 LINLI_BACKUP_KEY_FILE。",
            f"There is no backup key ({place}). Name it with --key-file "
            "or in LINLI_BACKUP_KEY_FILE.",
        )


class WrongVersion(Rejected):
    """A set was made by a version that this one cannot read."""

    def __init__(self, place: str, made_by: str, ours: str) -> None:
        super().__init__(
            f"备份 {place} 由 {made_by} 制作，本机是 {ours}，不能恢复。请安装相同的版本。",
            f"The backup {place} was made by {made_by}, and this is {ours}. "
            "Install the same version, then restore.",
            field=place,
        )


class OutOfRange(Rejected):
    """The moment asked for lies outside of what the backups cover."""

    def __init__(self, moment: datetime, first: datetime, last: datetime) -> None:
        super().__init__(
            f"{moment.isoformat()} 不在备份的范围内，可恢复到 {first.isoformat()} 至 "
            f"{last.isoformat()} 之间的任一时刻。",
            f"{moment.isoformat()} is outside of the backups. Any moment from "
            f"{first.isoformat()} to {last.isoformat()} can be restored.",
        )


class NothingThere(Rejected):
    """The place named holds no whole set."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} 中没有完整的备份。请核对目录，或先执行 linli backup。",
            f"There is no whole backup set in {place}. Check the folder, or run linli backup.",
            field=place,
        )


class HalfMade(Rejected):
    """The set named was never finished."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"备份 {place} 没有做完，不能用来恢复。请用另一份；下次 linli backup 会清除它。",
            f"The backup {place} was never finished and restores nothing. Use another; "
            "the next linli backup removes it.",
            field=place,
        )


class PlaceTaken(Rejected):
    """A restore goes into an empty place only."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place} 不是空目录，恢复只写入空目录。请用 --into 指定别处。",
            f"{place} is not empty, and a restore writes into an empty place only. "
            "Name another with --into.",
            field=place,
        )


class NoRoom(Unavailable):
    """The disk has less room than the work needs; nothing was begun."""

    def __init__(self, place: str, *, needs: int, free: int) -> None:
        super().__init__(
            f"{place} 需要 {_mb(needs)} MB，只剩 {_mb(free)} MB，没有开始。"
            "请腾出空间，或执行 linli backup prune。",
            f"{place} needs {_mb(needs)} MB and {_mb(free)} MB are free, so nothing was begun. "
            "Make room, or run linli backup prune.",
        )


class ToolFailed(Unavailable):
    """One of PostgreSQL's programs ended with an error."""

    def __init__(self, program: str, said: str) -> None:
        super().__init__(
            f"{program} 没有成功：{said}",
            f"{program} did not succeed: {said}",
        )


class WriteFailed(Unavailable):
    """The disk took a part and no more; what was written is removed again."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"写盘时出错（{reason}），没有留下半成品。请检查磁盘后重做。",
            f"The disk did not take it all ({reason}); nothing half-made is left. "
            "Look at the disk and try again.",
        )


class Busy(Unavailable):
    """Another process works on the same backups."""

    def __init__(self) -> None:
        super().__init__(
            "另一个备份任务正在进行。请等它结束。",
            "Another process is at work on these backups. Wait for its end.",
        )


def _mb(size: int) -> int:
    return -(-size // 2**20)
