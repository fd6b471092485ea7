"""A walk over every table, view and column of the database, asking which are about persons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.apps import apps
from django.db import connection

from linli.domain.catalogue.rules.persons import judging_word, names_person, person_word

KNOWN = yaml.safe_load(Path(__file__).with_name("schema.yaml").read_text(encoding="utf-8"))
COLUMNS = """
SELECT c.relname::text, a.attname::text, coalesce(col_description(c.oid, a.attnum), ''),
       coalesce(obj_description(c.oid, 'pg_class'), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> ALL (%s)
"""
# A view leads to whatever tables its rule reads.
LINKS = """
SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'
UNION
SELECT r.ev_class::regclass::text, d.refobjid::regclass::text
FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
"""


@dataclass
class Table:
    """A table or view: its columns with what is said of each, and the tables that it leads to."""

    columns: dict[str, str] = field(default_factory=dict)
    leads_to: set[str] = field(default_factory=set)
    about: str = ""


def tables() -> dict[str, Table]:
    """Read the whole database, with the labels that the program gives its columns."""
    found: dict[str, Table] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [KNOWN["skip"]])
        for name, column, said, about in cursor.fetchall():
            table = found.setdefault(name, Table(about=about))
            table.columns[column] = said
        cursor.execute(LINKS)
        for child, parent in cursor.fetchall():
            child, parent = (name.rpartition(".")[2].strip('"') for name in (child, parent))
            if child in found and parent in found:
                found[child].leads_to.add(parent)
    for model in apps.get_models(include_auto_created=True):
        table = found.get(model._meta.db_table)
        if table is not None:
            table.about += f" {model.__name__} {model._meta.verbose_name}"
            for one in model._meta.concrete_fields:
                labels = [one.verbose_name, one.help_text, *(words for _, words in one.flatchoices)]
                table.columns[one.column] += " " + " ".join(map(str, labels))
    return found


def about_persons(found: dict[str, Table]) -> set[str]:
    """Return the tables that hold persons or lead to one, however far."""
    near = {name for name, table in found.items() if _names_one(table)} | set(KNOWN["persons"])
    while True:
        more = {name for name, table in found.items() if table.leads_to & near} - near
        if not more:
            return near
        near |= more


def scores_of_persons(found: dict[str, Table]) -> Iterator[str]:
    """Yield every column that scores, ranks or labels a person, with the word that says so."""
    near = about_persons(found)
    for name, table in sorted(found.items()):
        if word := person_word(name):
            yield f"{name}: {word}"
        for column, said in sorted(table.columns.items()):
            word = person_word(f"{column} {said}") or (judging_word(column) if name in near else "")
            word = word or (name in near and judging_word(said)) or person_word(f"{name} {column}")
            if word and f"{name}.{column}" not in KNOWN["excused"]:
                yield f"{name}.{column}: {word}"


def _names_one(table: Table) -> bool:
    parts = {part for column in table.columns for part in (column, *column.split("_"))}
    spoken = any(not column.isascii() and names_person(column) for column in table.columns)
    return spoken or bool(parts & set(KNOWN["columns"]))
