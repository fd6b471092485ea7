"""The page of docs/reference that says of every column why it is kept and who sees it."""

from collections.abc import Iterator

from linli.domain.privacy.selectors import Catalogue, Column

HEAD = (
    "| columns | purpose | basis | level | kept | seen by | leaves by |",
    "|---|---|---|---|---|---|---|",
)


def data_page(note: str, known: Catalogue) -> str:
    """Return the page, a section a table; columns of which the same is said share a line."""
    terms = known.terms
    lines = ["# Data", "", "What every column of the database is for. " + note]
    lines += ["Kept:", ""]
    for code, keep in terms.keep.items():
        span = f" (`{keep.parameter}` {terms.since[keep.since].en})" if keep.parameter else ""
        lines.append(f"- **{code}**: {keep.en}{span}")
    for table, entry in sorted(known.tables.items()):
        lines += ["", f"## {table}", "", f"{entry.zh} · {entry.en}", "", *HEAD]
        lines += _rows(known, table)
    return "\n".join([*lines, ""])


def _rows(known: Catalogue, table: str) -> Iterator[str]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for column in known.of(table):
        alike.setdefault(_cells(known, column), []).append(f"`{column.name}`")
    for cells, names in alike.items():
        yield f"| {' '.join(names)} | {' | '.join(cells)} |"


def _cells(known: Catalogue, column: Column) -> tuple[str, ...]:
    terms = known.terms
    level = terms.levels[column.person].en
    if column.data != "general":
        level += f", {terms.classes[column.data].en}"
    return (
        terms.purposes[column.purpose].en,
        terms.bases[column.basis].en,
        level,
        column.keep,
        ", ".join(column.seen),
        ", ".join(column.out),
    )
