"""SQL over the cases in reach: the one predicate, compiled, as a table called `reach`."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from linli.domain.cases.models import Case

Row = tuple[object, ...]
Value = str | int | datetime


def rows_over(
    reach: "QuerySet[Case]", columns: tuple[str, ...], *, sql: str, values: Mapping[str, Value]
) -> list[Row]:
    """Return what a statement finds over some columns of the cases in reach, none where none is.

    Parameters
    ----------
    reach : cases, already narrowed by the visibility predicate; order does not matter.
    columns : names of columns of the case that the statement reads from `reach`.
    sql : ours, never a person's; continues `WITH reach AS (…)`, values as `%(name)s`.
    """
    try:
        inner, inner_values = reach.order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return []
    named = {f"reach_{place}": value for place, value in enumerate(inner_values)}
    inner = inner.replace("%%", "%%%%") % tuple(f"%({name})s" for name in named)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH reach AS ({inner}){sql}", {**named, **values})  # noqa: S608  # ours and the ORM's
        return [tuple(row) for row in cursor.fetchall()]
