"""Why figures are not released."""

from datetime import date

from linli.kernel.errors import NotPermitted, Rejected, WrongState


class PeriodUnknown(Rejected):
    """What was given is no period."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"“{code}”不是统计期。请写成 2026-10（月）、2026-Q4（季）或 2026（年）。",
            f"“{code}” is no period. Write 2026-10 (month), 2026-Q4 (quarter) or 2026 (year).",
            field="period",
        )


class PeriodNotDue(WrongState):
    """The day of release has not come."""

    def __init__(self, code: str, due: date) -> None:
        super().__init__(
            f"{code} 的数据按公布日历应在 {due} 公布，现在还早，期内的数还会变。请到那天再做。",
            f"The release calendar has the figures of {code} for {due}; until then they may "
            "change. Come back on that day.",
        )


class PeriodReleased(WrongState):
    """These figures are public already, by themselves or within a longer period."""

    def __init__(self, code: str, by: str) -> None:
        super().__init__(
            f"{code} 的数据已随 {by} 公布。公布过的不改也不再细分，否则相减就能推出个别人的事。"
            "请改做别的统计期。",
            f"The figures of {code} are public with {by}. What is public is neither changed nor "
            "split, or subtraction would tell of single persons. Choose another period.",
        )


class PartsMissing(WrongState):
    """Some parts of the period are public and others are not."""

    def __init__(self, code: str, missing: tuple[str, ...]) -> None:
        gaps = "、".join(missing)
        super().__init__(
            f"{code} 中有的已公布，{gaps} 还没有。直接公布合计，相减就得出未公布的数。"
            f"请先公布 {gaps}。",
            f"Parts of {code} are public and {', '.join(missing)} are not: a sum would give them "
            "away by subtraction. Release those first.",
        )


class NotReleasable(Rejected):
    """Even the coarsest tables would give small counts away."""

    def __init__(self, code: str, least: int) -> None:
        super().__init__(
            f"{code} 的工单太少，或者与已公布的数相减会露底：怎样合并，都有少于 {least} 件的数"
            "能被推出。请改做更长的统计期。",
            f"There are too few cases in {code}, or what is public would give them away: however "
            f"coarse, some count below {least} could be reckoned. Release a longer period.",
            field="period",
        )


class ReleaseStale(WrongState):
    """What was prepared does not stand any more."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} 的稿子做好之后，已公布的数据有了变化，要重新核对能否被推出。请重新生成。",
            f"What is public has changed since {code} was prepared, so it must be audited anew. "
            "Prepare it again.",
        )


class SecondPersonNeeded(NotPermitted):
    """Whoever prepared figures does not publish them."""

    def __init__(self) -> None:
        super().__init__(
            "数据须由另一人公布，生成的人不能自己公布。请交给另一位负责人。",
            "Figures are published by a second person, not by who prepared them. Ask another "
            "leader.",
        )
