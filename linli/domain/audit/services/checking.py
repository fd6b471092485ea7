"""Checking the journal as a matter of course, and writing down that it was checked.

Serves: X02.
"""

from datetime import datetime

from linli.domain.audit.models import JournalCheck
from linli.domain.audit.ports import AnchorStore, SealKeys, Who
from linli.domain.audit.selectors.anchoring import last_seal
from linli.domain.audit.selectors.verifying import VerifyReport, verify_journal

CHECKS_KEPT = 1_000


def check_journal(
    store: AnchorStore,
    keys: SealKeys,
    *,
    actor: Who,
    at: datetime,
    since: int | None = None,
    processes: int = 0,
    limit_faults: int = 100,
) -> VerifyReport:
    """Check the journal against its seals and keep the outcome for whoever audits.

    Parameters
    ----------
    since : number of the seal after which to begin; None for the last that was found whole.
    """
    begun = whole_upto() if since is None else since
    report = verify_journal(
        store, keys, since=begun, processes=processes, limit_faults=limit_faults
    )
    JournalCheck.objects.create(
        at=at,
        actor_name=actor.name,
        since=begun,
        upto=report.upto,
        rows=report.checked,
        faults=[
            {"stream": f.stream, "seq": f.seq, "kind": f.kind, "seal": f.seal}
            for f in report.faults
        ],
    )
    kept = JournalCheck.objects.order_by("-id").values_list("id", flat=True)[:CHECKS_KEPT]
    JournalCheck.objects.filter(id__lt=min(kept)).delete()
    return report


def whole_upto() -> int:
    """Return the last seal up to which a check found everything whole, 0 if none did."""
    newest, seal = JournalCheck.objects.order_by("-id").first(), last_seal()
    is_good = newest is not None and not newest.faults
    # After a restart on another machine the numbers are small again.
    is_known = newest is not None and seal is not None and newest.upto <= seal.number
    return newest.upto if newest is not None and is_good and is_known else 0
