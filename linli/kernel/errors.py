"""The one tree of errors; edges map each branch once to a page and to problem+json.

LinliError
├── NotFound      there is no such thing, or it is not for you: both read the same
├── NotPermitted  you are known, and this act is not yours
├── WrongState    the thing has moved on since you looked (409)
├── Rejected      what was sent cannot be taken; names field and row (422)
└── Unavailable   a part we lean on is down; nothing was written; try again (503)
"""

from collections.abc import Sequence


class LinliError(Exception):
    """A sentence for people in Chinese and English: what is so, why, and what to do.

    Parameters
    ----------
    zh, en : the sentence in each language.
    field : name of the field at fault, as the person sees it, or None.
    row : number of the row at fault in a file, counted from 1, or None.
    """

    code = "error"

    def __init__(
        self, zh: str, en: str, *, field: str | None = None, row: int | None = None
    ) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
        self.field = field
        self.row = row

    def message(self, lang: str = "zh-hans") -> str:
        """Return the sentence in the language asked for; Chinese unless English is."""
        return self.en if lang.startswith("en") else self.zh

    def __str__(self) -> str:
        where = f"第 {self.row} 行 row {self.row}: " if self.row is not None else ""
        return f"{where}{self.zh} / {self.en}"


class NotFound(LinliError):
    """Absent and forbidden are told alike, so that existence does not leak."""

    code = "not_found"

    def __init__(self, zh: str = "", en: str = "") -> None:
        super().__init__(
            zh or "没有找到，或者不在您的权限范围内。请核对编号。",
            en or "Nothing was found, or it is not within your reach. Check the number.",
        )


class NotPermitted(LinliError):
    """The act is not in the policy table for any post that the actor holds."""

    code = "not_permitted"


class WrongState(LinliError):
    """The case has moved on; the message says where it stands now."""

    code = "wrong_state"


class Rejected(LinliError):
    """Input that cannot be taken."""

    code = "rejected"


class RejectedTogether(Rejected):
    """Several faults of one file or form, all told at once."""

    def __init__(self, faults: Sequence[LinliError]) -> None:
        first = faults[0]
        super().__init__(first.zh, first.en, field=first.field, row=first.row)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Unavailable(LinliError):
    """A part that the work needs does not answer.

    `retry_after_s` is how long whoever asked should wait, in seconds.
    """

    code = "unavailable"
    retry_after_s = 120
