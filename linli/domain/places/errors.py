"""Why a file of areas is refused; nothing of it has gone in."""

from collections.abc import Sequence

from linli.kernel.errors import Rejected, RejectedTogether

MOST_FAULTS = 100


class AreaRowRejected(Rejected):
    """One row or feature that cannot be taken.

    `row` is its line in the file (for GeoJSON: the number of the feature), `field` the
    column, `source` the file's name where several came together.
    """

    code = "area_row_rejected"

    def __init__(
        self,
        zh: str,
        en: str,
        *,
        field: str | None = None,
        row: int | None = None,
        source: str = "",
    ) -> None:
        super().__init__(zh, en, field=field, row=row)
        self.source = source

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        return where + super().__str__()


class AreaFileRejected(RejectedTogether):
    """The faults of one file, at most `MOST_FAULTS` of them; `total` counts all."""

    code = "area_file_rejected"

    def __init__(self, faults: Sequence[AreaRowRejected]) -> None:
        super().__init__(faults[:MOST_FAULTS])
        self.total = len(faults)


def in_order(faults: Sequence[AreaRowRejected]) -> list[AreaRowRejected]:
    """Return faults file by file, each from its top down."""
    return sorted(faults, key=lambda fault: (fault.source, fault.row or 0))
