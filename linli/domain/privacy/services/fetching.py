"""Whoever holds the receipt code fetches what is kept of them, once that was granted."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.audit.services import record
from linli.domain.cases.models import Case
from linli.domain.privacy.errors import TooLongKept
from linli.domain.privacy.events import OwnDataFetched
from linli.domain.privacy.models import PersonalRequest
from linli.domain.privacy.selectors.requests import may_fetch
from linli.domain.vault.models import DataKey
from linli.domain.vault.selectors import Keeping, keeping_of
from linli.domain.vault.selectors.keys import opened
from linli.domain.vault.selectors.persons import opened_fields
from linli.kernel.errors import NotFound


@dataclass(frozen=True)
class OwnData:
    """What the vault keeps of a person, for that person; never printed by accident."""

    keeping: Keeping
    fields: dict[str, str] = field(repr=False)


@transaction.atomic
@wall.wider("requests")
def fetch_own_data(about: Case, request_ref: str, *, at: datetime) -> OwnData:
    """Return name and number kept with a case, for whoever holds its receipt code.

    The caller has found the case by its code, and shows the rest beside it. Locked data are not
    shown. Records OwnDataFetched. Raises NotFound, TooLongKept.
    """
    mine = PersonalRequest.objects.filter(about=about, case__public_id=request_ref)
    request = mine.select_related("case").first()
    if request is None:
        raise NotFound
    if not may_fetch(request, at):
        raise TooLongKept
    record(OwnDataFetched(about.public_id, request_ref), actor=RESIDENT_ACTOR, at=at)
    keeping = keeping_of(about.public_id)
    if keeping != "kept":
        return OwnData(keeping, {})
    key = DataKey.objects.get(subject=about.public_id)
    return OwnData(keeping, opened_fields(key, opened(key)))
