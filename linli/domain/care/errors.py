"""What may go wrong with counselling records."""

from linli.kernel.errors import NotPermitted, Rejected, WrongState


class NotCounselled(NotPermitted):
    """The case is not one of counselling: no record of it is kept here."""

    code = "not_counselled"

    def __init__(self) -> None:
        super().__init__(
            "这件工单不是心理服务个案，不能在这里写记录。请在工单里写备注。",
            "This is no case of counselling, so nothing is kept here. Write a note on the case.",
        )


class ConsentMissing(WrongState):
    """A session may not be written down before the person has agreed."""

    code = "consent_missing"

    def __init__(self) -> None:
        super().__init__(
            "没有有效的知情同意，谈话内容没有保存。请先登记同意；有危险的可以写危机卡。",
            "There is no consent in force, so nothing that was said was kept. Record the consent "
            "first; in danger a crisis card may be written.",
        )


class NothingInForce(WrongState):
    """There is no consent that could be taken back."""

    code = "nothing_in_force"

    def __init__(self) -> None:
        super().__init__(
            "没有有效的知情同意可以撤回。", "There is no consent in force to be taken back."
        )


class WordsMissing(Rejected):
    """A field of a record that must be filled is empty."""

    code = "words_missing"

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(
            f"请填写“{zh}”，没有保存任何内容。",
            f"Fill in “{en}”; nothing was kept.",
            field=field,
        )


class WordsTooLong(Rejected):
    """A field of a record is longer than is kept."""

    code = "words_too_long"

    def __init__(self, field: str, zh: str, en: str, most: int) -> None:
        super().__init__(
            f"“{zh}”最多 {most} 字，没有保存任何内容。请只留要点。",
            f"“{en}” holds {most} characters at most; nothing was kept. Keep to the point.",
            field=field,
        )


class UnknownKind(Rejected):
    """There is no such kind of record, or no such reason to look."""

    code = "unknown_kind"

    def __init__(self, field: str) -> None:
        super().__init__(
            "没有这一选项，请从列表中选择。",
            "There is no such choice; take one of the list.",
            field=field,
        )
