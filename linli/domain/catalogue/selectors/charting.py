"""Standards as charts, with the names that stand elsewhere: roles, sources, matters.

Serves: R105 R106.
"""

from django.db.models import QuerySet

from linli.domain.access.selectors import POLICY
from linli.domain.catalogue.errors import NoStandard
from linli.domain.catalogue.models import Matter, Source, StandardVersion
from linli.domain.catalogue.rules.charting import (
    ChartWords,
    chart_of,
    condition_words,
    limit_words,
    timer_words,
    who_words,
)
from linli.domain.catalogue.rules.standard import StandardDef
from linli.methods.process.chart import Chart

__all__ = [
    "ChartWords",
    "chart_for",
    "chart_words",
    "condition_words",
    "limit_words",
    "published_version",
    "published_versions",
    "timer_words",
    "who_words",
]


def published_versions(code: str) -> list[StandardVersion]:
    """Every version of a standard that was ever published, the newest first; empty for none."""
    return list(_published(code).order_by("-valid_from", "-published_at"))


def published_version(code: str, version: str) -> StandardVersion:
    """A version of a standard that was published, still in force or not. Raises NoStandard."""
    found = _published(code).filter(version=version).first()
    if found is None:
        raise NoStandard(f"{code} {version}", "—")
    return found


def chart_words(standard: StandardVersion, *, lang: str) -> ChartWords:
    """Return what a standard is told by in a language (zh-hans or en).

    A source that its own pack does not list is looked up in the others.
    """
    rows = Source.objects.order_by("pack_code")
    quoted = {row.code: str(row) for row in rows}
    quoted |= {row.code: str(row) for row in rows if row.pack_code == standard.pack.code}
    return ChartWords(
        lang=lang,
        roles={role.value: named.name(lang) for role, named in POLICY.roles.items()},
        sources=quoted,
        texts={row.code: row.url for row in rows if row.pack_code == standard.pack.code},
        matters=_matters(standard.definition, lang),
    )


def chart_for(standard: StandardVersion, *, lang: str) -> Chart:
    """Return the chart of a version of a standard in a language (zh-hans or en)."""
    return chart_of(standard.definition, chart_words(standard, lang=lang))


def _published(code: str) -> "QuerySet[StandardVersion]":
    rows = StandardVersion.objects.select_related("pack").filter(code=code)
    return rows.exclude(status=StandardVersion.Status.DRAFT)


def _matters(body: StandardDef, lang: str) -> dict[str, tuple[str, str]]:
    """Name and standard of each matter that parts may be of."""
    codes = {code for stage in body.stages if stage.parts for code in stage.parts.matters}
    if not codes:
        return {}
    english = lang.startswith("en")
    return {
        row.code: (row.name_en if english else row.name, row.standard_code)
        for row in Matter.objects.filter(code__in=codes)
    }
