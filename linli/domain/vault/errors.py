"""What can be wrong with keys and with what is sealed."""

from linli.kernel.errors import Rejected, Unavailable, WrongState


class KeyMissing(Unavailable):
    """A master key that sealed values need is not where it should be."""

    code = "key_missing"

    def __init__(self, generation: int) -> None:
        super().__init__(
            f"第 {generation} 代主密钥不在密钥目录中，用它封存的姓名和电话都打不开。"
            "请从密钥备份恢复该文件，不要新建。",
            f"The master key of generation {generation} is not in the folder of keys, so names and "
            "telephone numbers sealed under it stay shut. Put the file back from the backup of "
            "keys; do not make a new one.",
        )


class KeyChanged(Unavailable):
    """A master key is there, and it is not the one that was used."""

    code = "key_changed"

    def __init__(self, generation: int) -> None:
        super().__init__(
            f"第 {generation} 代主密钥与登记的校验值不符：文件被换过，或取自另一套系统。"
            "没有再封存任何内容。请从密钥备份恢复原文件。",
            f"The master key of generation {generation} does not match its registered check value: "
            "the file was changed, or belongs to another installation. Nothing more was sealed. "
            "Put the original back from the backup of keys.",
        )


class KeyInUse(WrongState):
    """A master key cannot go while something is sealed under it."""

    code = "key_in_use"

    def __init__(self, generation: int, uses: int) -> None:
        super().__init__(
            f"第 {generation} 代主密钥仍用于 {uses} 个数据密钥，不能销毁。"
            "请先执行 linli keys rotate，待全部改用新密钥。",
            f"The master key of generation {generation} still wraps {uses} data keys and cannot be "
            "destroyed. Run linli keys rotate first, until all have moved to the new one.",
        )


class KeyCurrent(WrongState):
    """The newest master key cannot go."""

    code = "key_current"

    def __init__(self, generation: int) -> None:
        super().__init__(
            f"第 {generation} 代主密钥正在使用，不能销毁。请先执行 linli keys rotate 换用新密钥。",
            f"The master key of generation {generation} is the one in use and cannot be destroyed. "
            "Run linli keys rotate first.",
        )


class PurposeUnknown(Rejected):
    """There is no key for the purpose, so nothing can be looked up for it."""

    code = "purpose_unknown"

    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"没有用途为“{purpose[:40]}”的检索密钥，按设计不能这样查人。",
            f"There is no key for the purpose {purpose[:40]!r}: "
            "by design persons cannot be looked up for it.",
            field="purpose",
        )


class ReasonMissing(Rejected):
    """Whoever looks must say why."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__(
            "没有写明查看理由，个人信息没有打开。请写明为何需要查看。",
            "No reason was given, so the personal data stayed shut. Say why it is needed.",
            field="reason",
        )


class PersonLocked(WrongState):
    """The person asked for deletion, and a duty to keep stands against it: nobody looks."""

    code = "person_locked"

    def __init__(self) -> None:
        super().__init__(
            "本人已要求删除，保存义务届满前只封存、不使用，因此不能打开。",
            "The person asked for deletion. Until the duty to keep runs out the data are locked: "
            "kept, and opened to nobody.",
        )


class PersonErased(WrongState):
    """The key is gone, so nothing can be opened and nothing more is taken."""

    code = "person_erased"

    def __init__(self) -> None:
        super().__init__(
            "这件工单的个人信息已经删除，密钥已销毁，无法恢复，也不再接收。",
            "The personal data of this case was erased and its key destroyed: "
            "it cannot be restored, and no more is taken.",
        )
