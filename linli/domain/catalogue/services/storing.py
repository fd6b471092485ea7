"""Laying a pack's content down in rows, in place of what its earlier version said."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q

from linli.domain.catalogue.models import (
    CalendarDay,
    CalendarYear,
    Example,
    LedgerVersion,
    Matter,
    Pack,
    Parameter,
    Source,
    StandardVersion,
    UrgencyWord,
    WorkingHours,
)
from linli.domain.catalogue.rules.bodies import sha256_of
from linli.domain.catalogue.rules.content import FlatMatter, PackContent, body_of
from linli.domain.catalogue.rules.files import CalendarDef
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.standard import StandardDef

PUBLISHED, RETIRED = Pack.Status.PUBLISHED, Pack.Status.RETIRED
MATTER_FIELDS = (
    "pack",
    "parent",
    "path",
    "level",
    "position",
    "name",
    "name_en",
    "standard_code",
    "clock_code",
    "synonyms",
    "source",
    "valid_from",
    "valid_to",
)


def store_content(pack: Pack, content: PackContent, *, last_day: date) -> None:
    """Replace what earlier versions of the pack laid down.

    Matters and standards that cases hang on are ended, never deleted; the rest is replaced.
    `last_day` is the last day of validity of what the new version leaves out.
    """
    sources = _store_sources(pack, content)
    _store_matters(pack, content, sources, last_day)
    _store_versions(StandardVersion, pack, content.standards_by_code, last_day)
    _store_versions(LedgerVersion, pack, content.ledgers_by_code, last_day)
    _store_calendar(pack, content, sources)
    _store_numbers(pack, content, sources)
    _store_words(pack, content, sources)


def _store_sources(pack: Pack, content: PackContent) -> dict[str, Source]:
    rows = [
        Source(
            pack_code=pack.code,
            code=source.id,
            title=source.title,
            number=source.number,
            article=source.article,
            url=source.url or "",
            seen_on=source.seen_on,
            confidence=source.confidence,
            note=source.note,
        )
        for source in content.sources
    ]
    Source.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["pack_code", "code"],
        update_fields=["title", "number", "article", "url", "seen_on", "confidence", "note"],
    )
    return {row.code: row for row in Source.objects.filter(pack_code=pack.code)}


def _store_matters(
    pack: Pack, content: PackContent, sources: Mapping[str, Source], last_day: date
) -> None:
    ids: dict[str, int] = {}
    matters = content.flat_matters
    for level in range(1, max((matter.level for matter in matters), default=0) + 1):
        layer = [_matter(pack, m, sources, ids) for m in matters if m.level == level]
        Matter.objects.bulk_create(
            layer, update_conflicts=True, unique_fields=["code"], update_fields=MATTER_FIELDS
        )
        codes = [row.code for row in layer]
        ids |= dict(Matter.objects.filter(code__in=codes).values_list("code", "id"))
    gone = Matter.objects.filter(pack__code=pack.code).exclude(code__in=ids)
    gone.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)).update(valid_to=last_day)


def _matter(
    pack: Pack, flat: FlatMatter, sources: Mapping[str, Source], ids: Mapping[str, int]
) -> Matter:
    return Matter(
        pack=pack,
        code=flat.code,
        parent_id=ids[flat.parent] if flat.parent else None,
        path=flat.path,
        level=flat.level,
        position=flat.position,
        name=flat.name,
        name_en=flat.name_en,
        standard_code=flat.standard,
        clock_code=flat.clock,
        synonyms=list(flat.synonyms),
        source=sources[flat.source],
        valid_from=flat.valid_from,
        valid_to=flat.valid_to,
    )


def _store_versions(
    model: type[StandardVersion] | type[LedgerVersion],
    pack: Pack,
    named: Mapping[str, StandardDef | LedgerDef],
    last_day: date,
) -> None:
    """End what is left out, put in force what is new; what began under a version keeps it."""
    own = model._default_manager.filter(pack__code=pack.code)
    for code, entry in named.items():
        standing = own.filter(code=code, version=entry.version)
        if standing.exists():
            standing.filter(status=RETIRED).update(status=PUBLISHED, valid_to=None)
            continue
        older = own.filter(code=code, status=PUBLISHED)
        eve = entry.valid_from - timedelta(days=1)
        older.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=eve)).update(valid_to=eve)
        older.update(status=RETIRED)
        body = body_of(entry)
        model._default_manager.create(
            pack=pack,
            code=code,
            version=entry.version,
            name=entry.name,
            name_en=entry.name_en,
            body=body,
            sha256=sha256_of(body),
            status=PUBLISHED,
            valid_from=entry.valid_from,
            published_at=pack.published_at,
        )
    gone = own.filter(status=PUBLISHED).exclude(code__in=named)
    gone.update(status=RETIRED, valid_to=last_day)


def _versions(pack: Pack) -> list[int]:
    """Row ids of all versions of a pack; as a list, for a join within a delete is planned badly."""
    return list(Pack.objects.filter(code=pack.code).values_list("pk", flat=True))


def _store_calendar(pack: Pack, content: PackContent, sources: Mapping[str, Source]) -> None:
    CalendarDay.objects.filter(pack_id__in=_versions(pack)).delete()
    CalendarYear.objects.filter(pack_id__in=_versions(pack)).delete()
    CalendarYear.objects.bulk_create(
        CalendarYear(
            pack=pack,
            region=year.region,
            year=year.year,
            status=year.status,
            source=sources[year.source],
        )
        for year in content.years
    )
    CalendarDay.objects.bulk_create(
        day for year in content.years for day in _days(pack, year, sources)
    )


def _days(pack: Pack, year: CalendarDef, sources: Mapping[str, Source]) -> list[CalendarDay]:
    named = [
        (day, CalendarDay.Kind.REST, holiday.name, holiday.name_en)
        for holiday in year.holidays
        for day in holiday.days
    ]
    named += [(day, CalendarDay.Kind.WORK, "调休上班", "Make-up day") for day in year.workdays]
    return [
        CalendarDay(
            pack=pack,
            region=year.region,
            date=day,
            kind=kind,
            name=name,
            name_en=name_en,
            status=year.status,
            source=sources[year.source],
        )
        for day, kind, name, name_en in named
    ]


def _store_numbers(pack: Pack, content: PackContent, sources: Mapping[str, Source]) -> None:
    WorkingHours.objects.filter(pack_id__in=_versions(pack)).delete()
    if content.hours:
        hours = content.hours
        WorkingHours.objects.create(
            pack=pack,
            region=hours.region,
            zone=hours.zone,
            periods=[[period.opens, period.closes] for period in hours.periods],
            source=sources[hours.source],
            valid_from=hours.valid_from,
            valid_to=hours.valid_to,
        )
    Parameter.objects.filter(pack_id__in=_versions(pack)).delete()
    Parameter.objects.bulk_create(
        Parameter(
            pack=pack,
            code=entry.code,
            name=entry.name,
            name_en=entry.name_en,
            value=entry.value,
            unit=entry.unit,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            source=sources[entry.source],
            confidence=entry.confidence,
            note=entry.note,
        )
        for entry in content.parameters
    )


def _store_words(pack: Pack, content: PackContent, sources: Mapping[str, Source]) -> None:
    Example.objects.filter(pack_id__in=_versions(pack)).delete()
    codes = {entry.matter for entry in content.examples}
    ids = dict(Matter.objects.filter(code__in=codes).values_list("code", "id"))
    Example.objects.bulk_create(
        Example(pack=pack, matter_id=ids[entry.matter], text=text)
        for entry in content.examples
        for text in entry.texts
    )
    UrgencyWord.objects.filter(pack_id__in=_versions(pack)).delete()
    UrgencyWord.objects.bulk_create(
        UrgencyWord(
            pack=pack,
            word=entry.word,
            level=entry.level,
            kind=entry.kind,
            source=sources[entry.source],
        )
        for entry in content.urgency
    )
