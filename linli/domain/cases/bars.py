"""What a standard itself bars: after a final end, after a withdrawal, before parts have answered.

Serves: R139 R141.
"""

from linli.kernel.errors import NotPermitted, WrongState


class MatterIsFinal(WrongState):
    """Its matter has ended for good: the same facts and reasons are not taken up again."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"工单 {number} 已经终结，同一事实和理由不再受理。"
            "有新的事实和理由的，请单独登记，不作后续件。",
            f"Case {number} has ended for good, and the same facts and reasons are not taken up "
            "again. Where there are new ones, enter them as a case of its own.",
        )


class Recused(NotPermitted):
    """Whoever withdrew for an interest has no hand in the case any more."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"您已在工单 {number} 中回避，不能再经手。请由接办的人办理。",
            f"You withdrew from case {number} and have no hand in it any more. Let whoever took "
            "over do it.",
        )


class PartUnanswered(WrongState):
    """A part does not say what the whole is reckoned from."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"子工单 {number} 还没有填完可能性、影响程度和权重，无法计算。请先填完。",
            f"Part {number} does not give chance, impact and weight yet, so nothing can be "
            "reckoned. Fill them in first.",
        )


class WeightsUneven(WrongState):
    """The weights of the parts do not add up to one."""

    def __init__(self, total: str) -> None:
        super().__init__(
            f"各因素的权重合计为 {total}，应为 1。请调整权重。",
            f"The weights of the factors add up to {total} and not to 1. Change them.",
        )
