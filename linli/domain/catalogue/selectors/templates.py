"""Templates of documents, as the pack that a version of a standard came with holds them.

Serves: R105.
"""

from linli.domain.catalogue.models import Source, StandardVersion
from linli.domain.catalogue.rules.templates import PERSON, TemplateDef, templates_in

__all__ = ["PERSON", "TemplateDef", "quoted_sources", "template_of"]


def template_of(standard: StandardVersion, name: str) -> TemplateDef | None:
    """Return a template by name, as it stood when the version was published; None for none."""
    return templates_in(standard.pack.content.get("templates")).get(name)


def quoted_sources(standard: StandardVersion) -> dict[str, str]:
    """Return how each source of a standard's pack is quoted in an official letter, by code."""
    rows = Source.objects.filter(pack_code=standard.pack.code)
    return {row.code: _quoted(row) for row in rows}


def _quoted(source: Source) -> str:
    is_rule = bool(source.article or source.number)
    title = f"《{source.title}》" if is_rule and "《" not in source.title else source.title
    number = f"（{source.number}）" if source.number else ""
    return f"{title}{number}{source.article}"
