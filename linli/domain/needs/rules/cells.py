"""The cells of a row of an export, read one by one; what is wrong is kept beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from linli.domain.needs.errors import MomentUnreadable, WordUnknown
from linli.domain.needs.rules.moments import read_moment
from linli.kernel.errors import LinliError
from linli.kernel.tables import Cell, cell_text, plain


@dataclass
class Cells:
    """Cells of one row by the field that they hold.

    Parameters
    ----------
    row : as a spreadsheet counts rows.
    zone : in which moments are written.
    """

    cells: Mapping[str, Cell]
    row: int
    zone: ZoneInfo

    def __post_init__(self) -> None:
        """Begin without faults."""
        self.faults: list[LinliError] = []

    def text(self, field: str) -> str:
        """Return what stands in a field, "" where the file has none."""
        return cell_text(self.cells.get(field, ""))

    def coded(self, field: str, key: str, words: Mapping[str, str]) -> str:
        """Return our code of a word; without any words the file is taken to hold codes."""
        word = plain(self.text(field))
        if not word or not words or word in words.values():
            return word
        if word not in words:
            self.faults.append(WordUnknown(field, key, word, self.row))
        return words.get(word, "")

    def moment(self, field: str) -> datetime | None:
        """Return a moment, None where nothing stands there or it is none."""
        text = self.text(field).strip()
        if not text:
            return None
        try:
            return read_moment(self.cells[field], zone=self.zone)
        except (ValueError, OverflowError):
            self.faults.append(MomentUnreadable(text, self.row, field=field))
            return None
