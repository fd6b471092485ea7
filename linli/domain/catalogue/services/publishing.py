"""Putting a pack in force: all of it or nothing.

Serves: R014.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record
from linli.domain.catalogue.events import PackPublished
from linli.domain.catalogue.models import LedgerVersion, Matter, Pack, StandardVersion
from linli.domain.catalogue.rules.bodies import sha256_of
from linli.domain.catalogue.rules.content import PackContent, body_of
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.templates import templates_in
from linli.domain.catalogue.services.checking import (
    PackReport,
    changes_to,
    check_pack,
    refusal,
)
from linli.domain.catalogue.services.storing import store_content
from linli.kernel.clock import require_aware

LOCK = 1_234_500_001
Place = tuple[str, int]


@transaction.atomic
def publish_pack(path: Path, *, actor: Actor, at: datetime) -> Pack:
    """Put a pack's folder in force; the same content twice is one publication.

    Raises NotPermitted, and PackFaulty naming file and line where the pack has faults, lowers
    its version, or changes what stands under a published version. Records PackPublished.
    """
    require_act(actor, "catalogue.publish")
    lock_publishing()
    return put_in_force(check_pack(path), actor=actor, at=at)


def lock_publishing() -> None:
    """Let nobody else publish until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def put_in_force(report: PackReport, *, actor: Actor, at: datetime) -> Pack:
    """Put a pack that was read in force, under `lock_publishing`. Raises PackFaulty.

    The same content twice is one publication. Records PackPublished.
    """
    if report.content is None:
        raise refusal(report.problems)
    content = report.content
    standing = Pack.objects.filter(code=content.head.pack, version=content.head.version).first()
    if standing and standing.sha256 == content.sha256:
        return standing
    problems = [
        *_standing_problems(report, content),
        *_version_problems(
            StandardVersion, content.standards_by_code, report.place_of_standard, "standard_stands"
        ),
        *_gone_problems(content),
        *_version_problems(
            LedgerVersion, content.ledgers_by_code, report.place_of_ledger, "ledger_stands"
        ),
        *_template_problems(report, content),
    ]
    if problems:
        raise refusal(tuple(problems))
    return _publish(content, actor, require_aware(at))


def _publish(content: PackContent, actor: Actor, at: datetime) -> Pack:
    head = content.head
    before = Pack.objects.filter(code=head.pack, status=Pack.Status.PUBLISHED).first()
    changes = changes_to(content)
    if before:
        before.status = Pack.Status.RETIRED
        before.save(update_fields=["status"])
    pack = Pack.objects.create(
        code=head.pack,
        version=head.version,
        title=head.title,
        title_en=head.title_en,
        sha256=content.sha256,
        content=content.body,
        valid_from=head.valid_from,
        published_at=at,
        published_by=actor.name,
        status=Pack.Status.PUBLISHED,
    )
    today = timezone.localdate(at, timezone.get_default_timezone())
    last_day = max(head.valid_from, today) - timedelta(days=1)
    store_content(pack, content, last_day=last_day)
    event = PackPublished(
        pack=head.pack,
        version=head.version,
        sha256=content.sha256,
        before=before.version if before else "",
        changes=len(changes),
    )
    record(event, actor=actor, at=at)
    return pack


def _standing_problems(report: PackReport, content: PackContent) -> list[Problem]:
    """Faults of the pack's version and requirements that only show against what is published."""
    head = content.head
    version, requires = report.place("pack.yaml", "version"), report.place("pack.yaml", "requires")
    found: list[Problem] = []
    if Pack.objects.filter(code=head.pack, version=head.version).exists():
        found.append(problem("version_stands", *version, code=head.pack, version=head.version))
    in_force = Pack.objects.filter(code=head.pack, status=Pack.Status.PUBLISHED).first()
    if in_force and _order(head.version) < _order(in_force.version):
        current = in_force.version
        found.append(problem("version_lower", *version, version=head.version, current=current))
    published = set(Pack.objects.values_list("code", flat=True))
    for code in head.requires:
        if code not in published:
            found.append(problem("required_not_published", *requires, code=code))
    return found


def _version_problems(
    model: type[StandardVersion] | type[LedgerVersion],
    named: Mapping[str, StandardDef | LedgerDef],
    place_of: Callable[[str], Place],
    changed: str,
) -> Iterator[Problem]:
    """Entries changed under their version, which is told as `changed`, or lowered."""
    for code, entry in named.items():
        place, version = place_of(code), entry.version
        rows = model._default_manager.filter(code=code)
        standing = dict(rows.values_list("version", "sha256"))
        latest = max(standing, key=_order, default=version)
        if standing.get(version, "") not in ("", sha256_of(body_of(entry))):
            yield problem(changed, *place, code=code, version=version)
        if _order(version) < _order(latest):
            yield problem("version_lower", *place, version=version, current=latest)


def _gone_problems(content: PackContent) -> Iterator[Problem]:
    """Standards that are left out while matters of other packs name them."""
    rows = StandardVersion.objects.filter(
        pack__code=content.head.pack, status=StandardVersion.Status.PUBLISHED
    )
    gone = set(rows.values_list("code", flat=True)) - content.standards_by_code.keys()
    users = Matter.objects.filter(standard_code__in=gone, valid_to__isnull=True)
    users = users.exclude(pack__code=content.head.pack)
    for code, pack in sorted(set(users.values_list("standard_code", "pack__code"))):
        yield problem("standard_in_use", "pack.yaml", 1, code=code, pack=pack)


def _template_problems(report: PackReport, content: PackContent) -> list[Problem]:
    """Templates changed under a published version of a standard that uses them."""
    found: list[Problem] = []
    now = {one.template: one.sha256 for one in content.templates}
    for standard in (one for one in content.standards if one.documents):
        rows = StandardVersion.objects.filter(code=standard.standard, version=standard.version)
        standing = rows.select_related("pack").first()
        then = templates_in(standing.pack.content.get("templates")) if standing else {}
        for name in sorted({one.template for one in standard.documents} & then.keys()):
            if then[name].sha256 != now[name]:
                place = report.place_of_standard(standard.standard)
                code, version = standard.standard, standard.version
                said = problem("template_stands", *place, name=name, code=code, version=version)
                found.append(said)
    return found


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
