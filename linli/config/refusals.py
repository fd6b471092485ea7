"""Rows that were not taken, written down for whoever must correct them: CSV that runs nothing."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from linli.domain.needs.services import Export, Refusal
from linli.kernel.errors import Rejected
from linli.kernel.formulas import harmless
from linli.kernel.secrecy import SecretMarked

HEADS = ("行号 row", "字段 field", "原因 reason", "reason (en)")


class RefusalFile:
    """The original row, its number, and what is wrong in which column; one line a row.

    Nothing is left where no row was refused; what an earlier run wrote goes at the start. Of a
    row that bears a secrecy mark only the number is written: nothing here may hold its words.
    """

    def __init__(self, path: Path, export: Export) -> None:
        """Make the file. Raises RefusalsUnwritable."""
        self.path = path
        self._export = export
        self._is_empty = True
        try:
            self._file = path.open("w", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise RefusalsUnwritable(path.name, error.strerror or "") from error
        self._put((*HEADS, *export.head))

    def __enter__(self) -> "RefusalFile":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if self._is_empty and self.path.is_file():  # not /dev/null
            self.path.unlink()

    def write(self, refusals: Iterable[Refusal]) -> None:
        """Add refused rows."""
        for refusal in refusals:
            self._is_empty = False
            is_secret = any(isinstance(fault, SecretMarked) for fault in refusal.faults)
            self._put((*self._reason(refusal), *(() if is_secret else refusal.cells)))
        self._file.flush()

    def _reason(self, refusal: Refusal) -> tuple[str, str, str, str]:
        columns = [self.column(fault.field) for fault in refusal.faults]
        return (
            str(refusal.number),
            "；".join(dict.fromkeys(filter(None, columns))),
            " ".join(fault.zh for fault in refusal.faults),
            " ".join(fault.en for fault in refusal.faults),
        )

    def column(self, field: str | None) -> str:
        """Name a field by its column in the file."""
        return self._export.columns.get(field or "", field or "")

    def _put(self, cells: Iterable[str]) -> None:
        csv.writer(self._file).writerow([harmless(cell) for cell in cells])


class RefusalsUnwritable(Rejected):
    """The file of refused rows cannot be made."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"写不了未收行的文件 {name}（{reason}），所以没有开始导入。请用 --errors 指定别处。",
            f"The file of refused rows {name} cannot be written ({reason}), so nothing was "
            "begun. Name another place with --errors.",
        )
