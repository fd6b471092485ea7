"""Why a file of areas is refused; nothing of it has gone in."""

from linli.kernel.errors import Rejected, RejectedTogether


class AreaRowRejected(Rejected):
    """One row or feature that cannot be taken; `row` is its line in the file."""

    code = "area_row_rejected"


class AreaFileRejected(RejectedTogether):
    """The faults of one file, the first hundred of them."""

    code = "area_file_rejected"
