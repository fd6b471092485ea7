"""Taking running cases over to another version of their standard, and back.

Serves: R014 R107 X02.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.cases.events import CaseMigrated
from linli.domain.cases.models import Case, CaseEvent, WorkItem
from linli.domain.cases.rules.migrating import Landing, Placed, landing_of, require_mapping
from linli.domain.cases.services.steps import lock_case, write
from linli.domain.catalogue.selectors import StandardDef, StandardVersion, standard_version

ACT = "catalogue.publish"


@dataclass(frozen=True)
class Planned:
    """What is to become of one open case.

    Parameters
    ----------
    due_at : when it is due, before and after alike; None where nothing limits it.
    """

    ref: str
    number: str
    before: str
    stage: str
    due_at: datetime | None
    landing: Landing


def plan_migration(
    code: str, *, to: str, mapping: Mapping[str, str], actor: Actor
) -> list[Planned]:
    """Say for each open case of a standard where it would land under a version; changes nothing.

    Parameters
    ----------
    code, to : standard and version.
    mapping : stage of the old version → stage of the new, where their keys differ.

    Raises NotPermitted, NoStandard.
    """
    require_act(actor, ACT)
    target = standard_version(code, to).definition
    return [_planned(case, target, mapping) for case in _open_cases(code, to).iterator()]


def migrate_cases(
    code: str,
    *,
    to: str,
    mapping: Mapping[str, str],
    batch: str,
    actor: Actor,
    at: datetime,
) -> dict[str, int]:
    """Take over each open case that can land; the others stay under their version.

    One transaction a case, so that it can be stopped and run again. Due times are kept. Records
    CaseMigrated. Returns how many were `moved` and `refused`. Raises NotPermitted, NoStandard,
    Rejected for a mapping that cannot be undone.
    """
    require_act(actor, ACT)
    target = standard_version(code, to)
    for version in _versions_left(code, to):
        known = {a: b for a, b in mapping.items() if version.definition.stage(a) is not None}
        require_mapping(version.definition, target.definition, known)
    counts = {"moved": 0, "refused": 0}
    for ref in list(_open_cases(code, to).values_list("public_id", flat=True)):
        moved = _migrate(ref, target, mapping, batch=batch, actor=actor, at=at)
        counts["moved" if moved else "refused"] += 1
    return counts


def undo_migration(batch: str, *, actor: Actor, at: datetime) -> dict[str, int]:
    """Put every case of a batch back under the version it came from.

    What has closed, or gone to a stage that the old version lacks, or been taken over again since,
    stays. Records CaseMigrated. Returns how many were `moved` and `refused`. Raises NotPermitted.
    """
    require_act(actor, ACT)
    moved = CaseEvent.objects.filter(activity=CaseMigrated.name, attrs__batch=batch)
    counts = {"moved": 0, "refused": 0}
    for event in moved.select_related("case").order_by("case_id"):
        went = _put_back(event, batch=batch, actor=actor, at=at)
        counts["moved" if went else "refused"] += 1
    return counts


def _open_cases(code: str, to: str) -> QuerySet[Case]:
    rows = Case.objects.filter(standard__code=code, status=Case.Status.OPEN)
    return rows.exclude(standard__version=to).select_related("standard").order_by("pk")


def _versions_left(code: str, to: str) -> Iterator[StandardVersion]:
    used = _open_cases(code, to).order_by().values_list("standard_id", flat=True).distinct()
    yield from StandardVersion.objects.filter(pk__in=used)


def _planned(case: Case, target: StandardDef, mapping: Mapping[str, str]) -> Planned:
    landing = landing_of(_placed(case), case.standard.definition, target, mapping)
    version = case.standard.version
    return Planned(case.public_id, case.number, version, case.stage, case.due_at, landing)


def _placed(case: Case) -> Placed:
    return Placed(case.stage, case.clock_code, case.petition_type)


@transaction.atomic
def _migrate(
    ref: str,
    target: StandardVersion,
    mapping: Mapping[str, str],
    *,
    batch: str,
    actor: Actor,
    at: datetime,
) -> bool:
    case = lock_case(ref)
    old = case.standard
    if case.status == Case.Status.CLOSED or old.pk == target.pk:
        return False
    landing = landing_of(_placed(case), old.definition, target.definition, mapping)
    if landing.refusals:
        return False
    own = {a: b for a, b in mapping.items() if old.definition.stage(a) is not None}
    _rewrite(case, target, own, landing.stage, batch=batch, actor=actor, at=at)
    return True


@transaction.atomic
def _put_back(event: CaseEvent, *, batch: str, actor: Actor, at: datetime) -> bool:
    case = lock_case(event.case.public_id)
    last = CaseEvent.objects.filter(case=case, activity=CaseMigrated.name).order_by("-seq").first()
    if case.status == Case.Status.CLOSED or last is None or last.pk != event.pk:
        return False
    old = standard_version(case.standard.code, str(event.attrs["before"]))
    named = [str(key) for key in event.attrs["stages"]]
    back = dict(zip(named[1::2], named[::2], strict=True))
    landing = landing_of(_placed(case), case.standard.definition, old.definition, back)
    if landing.refusals:
        return False
    undone = f"undo {batch}"
    _rewrite(case, old, back, landing.stage, batch=undone, actor=actor, at=at)
    return True


def _rewrite(
    case: Case,
    target: StandardVersion,
    mapping: Mapping[str, str],
    stage: str,
    *,
    batch: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Point a case at a version, its work at the stages of it; events keep what was."""
    before, left = case.standard.version, case.stage
    for old, new in mapping.items():
        rows = WorkItem.objects.filter(case=case, kind="main", stage=old)
        rows.update(stage=new)
    case.standard, case.stage = target, stage
    case.save(update_fields=["standard", "stage"])
    stages: list[str | int] = [key for pair in mapping.items() for key in pair]
    fact = CaseMigrated(case.public_id, before, target.version, left, stage, batch, stages)
    write(case, fact, actor=actor, at=at)
