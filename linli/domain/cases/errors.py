"""What can be wrong with a command on a case."""

from linli.kernel.errors import Rejected, WrongState


class ItemIsDone(WrongState):
    """The work item is no longer open."""

    def __init__(self) -> None:
        super().__init__(
            "这一步已经办过或已取消。请刷新页面查看最新进展。",
            "This step has already been done or cancelled. Reload to see where the case stands.",
        )


class CaseIsElsewhere(WrongState):
    """The case is not in the stage that the command needs."""

    def __init__(self, number: str, zh: str, en: str) -> None:
        super().__init__(
            f"工单 {number} 目前处于“{zh}”环节，不能进行此操作。请刷新页面。",
            f"Case {number} is at “{en}” now, where this cannot be done. Reload the page.",
        )


class CaseIsClosed(WrongState):
    """The case has ended."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"工单 {number} 已办结，不能再办理。需要时请重新打开。",
            f"Case {number} is closed. Reopen it if more is to be done.",
        )


class PartsAreOpen(WrongState):
    """A whole cannot close before its parts."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(
            f"还有子工单未办结：{'、'.join(numbers)}。请先办结子工单。",
            f"Parts are still open: {', '.join(numbers)}. Close them first.",
        )


class NoSuchOutcome(Rejected):
    """The stage has no such way out."""

    def __init__(self, outcome: str, stage: str) -> None:
        super().__init__(
            f"“{stage}”环节没有“{outcome}”这一办理结果，请从列表中选择。",
            f"Stage {stage} has no outcome {outcome}; choose one of the list.",
            field="outcome",
        )


class ReasonMissing(Rejected):
    """The way out needs a reason."""

    def __init__(self) -> None:
        super().__init__(
            "需要填写理由，以便下一环节和诉求人了解原因。",
            "Give a reason, so that the next step and the resident know why.",
            field="reason",
        )


class AnswerMissing(Rejected):
    """The stage's form asks for something that was not answered."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(
            f"标准要求填写“{zh}”，请补充后再提交。",
            f"The standard asks for “{en}”; fill it in and send again.",
            field=code,
        )


class AnswerUnfit(Rejected):
    """An answer is not of the kind that the form asks for."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(
            f"“{zh}”的格式不对：文字写成文本，是否写成真假值，日期时间写成 ISO 8601。",
            f"“{en}” is of the wrong kind: words as text, yes or no as a boolean, "
            "dates and times as ISO 8601.",
            field=code,
        )


class UnknownAnswer(Rejected):
    """The stage's form does not ask this."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"本环节的表单没有“{code}”这一项，请去掉后再提交。",
            f"The form of this stage has no field {code}; leave it out.",
            field=code,
        )


class NotListed(Rejected):
    """The standard lists what may be chosen, and this is not of it."""

    def __init__(self, code: str, zh: str, en: str, *, field: str) -> None:
        super().__init__(
            f"“{code}”不在标准所列的{zh}之内，请从列表中选择。",
            f"{code} is not among the standard's {en}; choose one listed.",
            field=field,
        )


class AgainstTheDutyList(Rejected):
    """The unit may not be handed this matter here."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en, field="to")


class NobodyNamed(WrongState):
    """The next stage is work of units, and no unit has been named yet."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(
            f"“{zh}”环节由单位办理，还没有指定承办单位。请先派单。",
            f"Units work on stage {en}, and none has been named yet. Dispatch the case first.",
        )


class RevisedMeanwhile(WrongState):
    """Somebody corrected the case after whoever corrects it now had looked."""

    def __init__(self, who: str, zh: str, en: str) -> None:
        super().__init__(
            f"您打开页面之后，{who}已把该工单核定为：{zh}。您的改动没有保存。请刷新页面再核定。",
            f"After you opened the page, {who} set this case to: {en}. Your change was not kept. "
            "Reload the page and decide anew.",
        )


class TooLate(WrongState):
    """A window has closed."""

    def __init__(self, what_zh: str, what_en: str, until: str) -> None:
        super().__init__(
            f"{what_zh}的期限为 {until}，现已超过。",
            f"The time for {what_en} ended at {until}.",
        )


class SamePerson(WrongState):
    """A second person must do this."""

    def __init__(self) -> None:
        super().__init__(
            "这一步须由另一位工作人员办理，不能由上一步的经办人自行办理。",
            "Somebody else must do this step, not whoever did the one before.",
        )


class AgainstTheShield(Rejected):
    """The case may not go to whom it complains about."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"“{unit}”是被投诉单位或其下属，不能办理这件工单。请派给其上级或其他单位。",
            f"{unit} is complained about, or is a part of whoever is, and may not handle this "
            "case. Dispatch it to the unit above or to another one.",
            field="to",
        )


class NotComplainedAbout(Rejected):
    """A rendition is for whom the case complains about, and for nobody else."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"“{unit}”不是这件工单的被投诉单位，不用向它转述。请先标明被投诉单位。",
            f"{unit} is not complained about in this case, so there is nothing to render for it. "
            "Name it as the one complained about first.",
            field="unit",
        )


class RenditionUnderWay(WrongState):
    """The unit has one to answer already."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"发给“{unit}”的转述件还没有得到说明。请等它说明，或者先撤回再写。",
            f"{unit} has not answered the rendition sent to it. Wait, or withdraw it first.",
        )


class RenditionElsewhere(WrongState):
    """The rendition is not in the state that the command needs."""

    def __init__(self) -> None:
        super().__init__(
            "这件转述件已有人办理（批准、发出、说明或撤回），不能再进行此操作。请刷新页面查看。",
            "Somebody has approved, sent, answered or withdrawn this rendition meanwhile, so this "
            "cannot be done. Reload the page.",
        )


class GivesAway(Rejected):
    """Something in a rendition would tell the unit who complains."""

    def __init__(self, zh: str, en: str, *, field: str) -> None:
        super().__init__(zh, en, field=field)


class TooLong(Rejected):
    """A text is longer than its limit."""

    def __init__(self, most: int, length: int, *, field: str) -> None:
        super().__init__(
            f"最多 {most} 个字，现在有 {length} 个，没有保存。请删减后再提交。",
            f"At most {most} characters; this has {length}, so nothing was kept. Shorten it.",
            field=field,
        )


class UnknownUnit(Rejected):
    """Nobody knows the unit that is said to have handled a finished matter."""

    def __init__(self, code: str, row: int | None = None, *, field: str = "unit") -> None:
        super().__init__(
            f"没有代码为“{code[:40]}”的单位，不知道由谁办结。请先导入单位，或在映射中写明对应的代码。",
            f"There is no unit {code[:40]}, so nobody knows who finished this. Import the units "
            "first, or name its code in the mapping.",
            field=field,
            row=row,
        )


class NoSuchEnd(Rejected):
    """No road of the standard ends like that."""

    def __init__(
        self, outcome: str, ends: tuple[str, ...], by_units: bool, row: int | None = None
    ) -> None:
        how = "由单位办理的" if by_units else "没有承办单位的"
        how_en = "a unit handled" if by_units else "no unit handled"
        super().__init__(
            f"按当时的标准，{how}件不能以“{outcome[:40]}”办结。可用的结果：{'、'.join(ends)}。"
            "请核对结果和承办单位。",
            f"Under the standard of that time, what {how_en} cannot end as “{outcome[:40]}”. "
            f"It knows: {', '.join(ends)}. Check outcome and unit.",
            field="outcome",
            row=row,
        )


class NotListedInRow(Rejected):
    """A code of a finished matter that is not of its list."""

    def __init__(
        self, code: str, listed: tuple[str, ...], row: int | None = None, *, field: str
    ) -> None:
        super().__init__(
            f"“{code[:40]}”不在标准所列之内（{'、'.join(listed)}）。请核对，或在映射中写明对应的代码。",
            f"{code[:40]} is none of {', '.join(listed)}. Check it, or name the code in the "
            "mapping.",
            field=field,
            row=row,
        )


MOMENTS = {
    "received_at": ("受理时间", "the time of receipt"),
    "dispatched_at": ("派单时间", "the dispatch"),
    "contacted_at": ("首次联系时间", "the first contact"),
    "answered_at": ("答复时间", "the answer"),
    "closed_at": ("办结时间", "the end"),
}


class TimesTangled(Rejected):
    """A moment of a finished matter that cannot be: before what it follows, or yet to come."""

    def __init__(self, field: str, after: str, row: int | None = None) -> None:
        zh, en = MOMENTS[field]
        if after == "now":
            words = f"{zh}还没有到，不是已办结的件。请核对日期。"
            words_en = f"{en.capitalize()} is yet to come, so nothing has ended. Check the date."
        else:
            earlier, earlier_en = MOMENTS[after]
            words = f"{zh}早于{earlier}，无法计算用时。请核对两个时间。"
            words_en = f"{en.capitalize()} lies before {earlier_en}, so no time can be counted. "
            words_en += "Check both."
        super().__init__(words, words_en, field=field, row=row)


class NoSuchMoment(Rejected):
    """Nothing can have happened then: before the message came, or in the future."""

    def __init__(self, field: str) -> None:
        super().__init__(
            "这个时间不对：不能早于收到诉求，也不能晚于现在。请核对日期和钟点。",
            "This moment cannot be: it lies before the message came or in the future. "
            "Check day and hour.",
            field=field,
        )
