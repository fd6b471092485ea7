"""What can go wrong with packs and with what they hold."""

from linli.kernel.errors import NotFound


class NoSuchMatter(NotFound):
    """No published pack knows the matter."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"目录里没有事项“{code}”。请在事项树中另选一项，或发布包含它的标准包。",
            f"No published pack knows the matter “{code}”. Choose another in the tree of"
            " matters, or publish the pack that holds it.",
        )


class NoStandard(NotFound):
    """No standard is in force for the matter on that day."""

    def __init__(self, what: str, day: str) -> None:
        super().__init__(
            f"“{what}”在 {day} 没有生效的标准，工单无法开始。请用 linli packs publish 发布标准包。",
            f"No standard is in force for “{what}” on {day}, so no case can begin. Publish the"
            " pack that holds it with `linli packs publish`.",
        )


class NoParameter(NotFound):
    """No published pack gives the parameter a value on that day."""

    def __init__(self, code: str, day: str) -> None:
        super().__init__(
            f"参数“{code}”在 {day} 没有取值。请在标准包的 parameters.yaml 中给出并发布。",
            f"The parameter “{code}” has no value on {day}. Give it one in a pack's"
            " parameters.yaml and publish the pack.",
        )


class NoCalendar(NotFound):
    """No published pack gives the region working hours, so no limit can be counted."""

    def __init__(self, region: str) -> None:
        super().__init__(
            f"地区“{region}”没有工作时间，时限无法计算。请发布含 hours.yaml 的标准包，如 cn-base。",
            f"The region “{region}” has no working hours, so no limit can be counted. Publish a"
            " pack with hours.yaml, such as cn-base.",
        )


class NoClock(NotFound):
    """The standard has no clock class of that code."""

    def __init__(self, standard: str, clock: str) -> None:
        super().__init__(
            f"标准“{standard}”没有时限档“{clock}”。请改用标准里列出的时限档。",
            f"The standard “{standard}” has no clock class “{clock}”. Use one that it lists.",
        )


class NoLedger(NotFound):
    """No published pack has the ledger."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"没有台账“{code}”。请核对编号，或用 linli packs publish 发布含它的标准包。",
            f"There is no ledger “{code}”. Check the code, or publish the pack that holds it with"
            " `linli packs publish`.",
        )


class NoSuchPack(NotFound):
    """No pack of this code is in force."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"没有生效的标准包“{code}”。请核对代码，或新建一个标准包。",
            f"No pack “{code}” is in force. Check the code, or begin a pack of your own.",
        )
