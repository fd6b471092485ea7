"""Why a file of units or duties, or an appointment, is refused."""

from linli.kernel.errors import Rejected, RejectedTogether


class OrganisationRowRejected(Rejected):
    """One entry that cannot be taken; `row` is its line in the file."""

    code = "organisation_row_rejected"


class OrganisationFileRejected(RejectedTogether):
    """The faults of one file, the first hundred of them; nothing of it has gone in."""

    code = "organisation_file_rejected"


class AppointmentRejected(Rejected):
    """An appointment that cannot stand."""

    code = "appointment_rejected"
