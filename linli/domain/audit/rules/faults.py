"""What can be wrong with the journal or its seals, and how it is said.

Serves: X02.
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and where: a row by stream and position, or a seal by its number.

    Parameters
    ----------
    stream, seq : the row; -1, 0 where the fault is a seal's.
    kind : a key of FAULT_WORDS.
    seal : number of the seal that shows it, 0 where none does.
    """

    stream: int
    seq: int
    kind: str
    seal: int = 0

    def text(self, lang: str = "zh-hans") -> str:
        """Say the fault in words."""
        zh, en = FAULT_WORDS[self.kind]
        words = en if lang.startswith("en") else zh
        return words.format(stream=self.stream, seq=self.seq, seal=self.seal)


FAULT_WORDS = {
    "altered": (
        "第 {stream} 链第 {seq} 条记录被改动",
        "row {seq} of stream {stream} has been altered",
    ),
    "missing": (
        "第 {stream} 链第 {seq} 条记录缺失",
        "row {seq} of stream {stream} is missing",
    ),
    "inserted": (
        "第 {stream} 链第 {seq} 条记录是后来插入的",
        "row {seq} of stream {stream} was put in later",
    ),
    "reordered": (
        "第 {stream} 链第 {seq} 条记录不在原来的位置",
        "row {seq} of stream {stream} is not where it was written",
    ),
    "relinked": (
        "第 {stream} 链从第 {seq} 条起被重新串接，与封印不符",
        "stream {stream} has been chained anew from row {seq} on and does not fit its seal",
    ),
    "tail_cut": (
        "第 {stream} 链在第 {seq} 条之后被截断",
        "stream {stream} has been cut after row {seq}",
    ),
    "rolled_back": (
        "第 {stream} 链回到了第 {seq} 条：库中是第 {seal} 号封印前后的旧数据",
        "stream {stream} is back at row {seq}: the database is as old as seal {seal}",
    ),
    "head_altered": (
        "第 {stream} 链的链头被改动，最后一条记录是第 {seq} 条",
        "the head of stream {stream} has been altered; its last row is {seq}",
    ),
    "clock": (
        "第 {stream} 链第 {seq} 条记录的时间与前后记录或封印不符，时钟可能被调过",
        "the time of row {seq} of stream {stream} fits neither its neighbours nor its seal: "
        "the clock may have been set",
    ),
    "seal_altered": (
        "第 {seal} 号封印被改动，或签名不符",
        "seal {seal} has been altered, or its signature does not fit",
    ),
    "seal_missing": (
        "第 {seal} 号封印缺失或无法读出",
        "seal {seal} is missing or cannot be read",
    ),
    "seal_reordered": (
        "第 {seal} 号封印不在原来的位置",
        "seal {seal} is not where it was written",
    ),
    "seal_unknown_key": (
        "第 {seal} 号封印的签名密钥不在认可之列",
        "seal {seal} is signed by a key that nobody vouches for",
    ),
    "seal_clock": (
        "第 {seal} 号封印的时间早于前一号，时钟被调回过",
        "seal {seal} is dated before the one ahead of it: the clock was set back",
    ),
    "seal_note": (
        "库中对第 {seal} 号封印的登记与锚定文件不符",
        "what the database noted of seal {seal} does not fit the anchor",
    ),
}
SEAL_KINDS = frozenset(kind for kind in FAULT_WORDS if kind.startswith("seal_"))


def seal_fault(kind: str, number: int) -> Fault:
    """Return a fault of a seal."""
    return Fault(-1, 0, kind, number)
