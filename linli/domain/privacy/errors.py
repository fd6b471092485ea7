"""What can be wrong with a request about one's own data."""

from linli.kernel.errors import NotPermitted, Rejected, WrongState


class AlreadyAsked(WrongState):
    """The same was asked and waits."""

    code = "already_asked"

    def __init__(self) -> None:
        super().__init__(
            "同样的请求已经提出，正在办理。结果会显示在这一页，不用再次提交。",
            "The same was asked already and is being dealt with. The result will stand on this "
            "page; there is no need to ask again.",
        )


class NothingToCorrect(Rejected):
    """A correction that says nothing."""

    code = "nothing_to_correct"

    def __init__(self) -> None:
        super().__init__(
            "没有写明要更正什么。请填写正确的内容、称呼或电话，至少一项。",
            "Nothing was given that should be set right. Fill in what is correct: the words, the "
            "name or the telephone number, at least one.",
            field="words",
        )


class NothingHeld(WrongState):
    """There is no personal data left that could be erased."""

    code = "nothing_held"

    def __init__(self) -> None:
        super().__init__(
            "这件工单没有保存个人信息，或者已经删除，无须再次提请。",
            "No personal data is kept with this case, or it was deleted already.",
        )


class TooLongKept(WrongState):
    """The days in which a copy can be fetched are over."""

    code = "fetch_over"

    def __init__(self) -> None:
        super().__init__(
            "可以取走资料的期限已过，或者请求还没有办好。需要的话请再次提出。",
            "The days in which the copy could be fetched are over, or the request is not done "
            "yet. Ask again if you need it.",
        )


class NotForRequests(NotPermitted):
    """A request about one's data is no report about which one could ask in turn."""

    code = "not_for_requests"

    def __init__(self) -> None:
        super().__init__(
            "这是一件个人信息请求，不能再对它提出请求。请在原诉求上提出。",
            "This is itself a request about personal data. Ask on the report that it is about.",
        )


class HeldAlready(WrongState):
    """The case is on hold, or is not."""

    code = "held_already"

    def __init__(self) -> None:
        super().__init__(
            "这件工单已在依法留存中，或已经解除。请刷新后查看。",
            "The case is on hold already, or the hold was lifted. Look at it again.",
        )
