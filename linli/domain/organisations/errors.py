"""Why a file of units or duties, or an appointment, is refused."""

from collections.abc import Sequence

from linli.kernel.errors import Rejected, RejectedTogether

MOST_FAULTS = 100


class OrganisationRowRejected(Rejected):
    """One entry that cannot be taken; `row` is its line in the file."""

    code = "organisation_row_rejected"


class OrganisationFileRejected(RejectedTogether):
    """The faults of one file, at most `MOST_FAULTS`, from its top down; `total` counts all."""

    code = "organisation_file_rejected"

    def __init__(self, faults: Sequence[OrganisationRowRejected]) -> None:
        super().__init__(sorted(faults, key=lambda fault: fault.row or 0)[:MOST_FAULTS])
        self.total = len(faults)


class AppointmentRejected(Rejected):
    """An appointment that cannot stand."""

    code = "appointment_rejected"
