"""YAML, JSON and tables of areas that nobody honest sends; the suffix says as what they are read.

`tree` is a file of a pack or a mapping, `units` and `duties` are those lists, `features` is
GeoJSON, `areas` and `marks` are tables of places.
"""

import json
from collections.abc import Callable, Mapping

from tests.hostile.books import LAUGHS, book, cell, declared, parts

LAUGHING = "a0: &a0 [ha]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def feature(geometry: object, **properties: object) -> str:
    """Return a collection of one feature."""
    made = {"type": "Feature", "properties": {"code": "99", **properties}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [made]})


def ring(*points: tuple[float, float]) -> dict[str, object]:
    """Return a polygon."""
    return {"type": "Polygon", "coordinates": [list(points)]}


def nested(depth: int) -> str:
    """Return a collection whose coordinates are so deep."""
    deep = "[" * depth + "]" * depth
    polygon = f'{{"type": "Polygon", "coordinates": {deep}}}'
    return feature(0).replace('"geometry": 0', f'"geometry": {polygon}')


BAD_TREES: Mapping[str, Callable[[], bytes]] = {
    "deep_flow.tree": lambda: b"[" * 1_000_000,
    "deep_block.tree": lambda: "".join(f"{' ' * n}a:\n" for n in range(1_500)).encode(),
    "laughs.tree": LAUGHING.encode,
    "merge_keys.tree": lambda: b"a: &a {b: 1}\nc:\n  <<: *a\n",
    "python_object.tree": lambda: b"a: !!python/object/apply:os.system ['true']\n",
    "million_values.tree": lambda: b"[" + b"a," * 1_900_000 + b"a]",
    "million_faults.tree": lambda: b"[" + b"!x a," * 700_000 + b"a]",
    "million_aliases.tree": lambda: b"[&a 1," + b"*a," * 1_000_000 + b"1]",
    "same_key.tree": lambda: b"a: 1\n" * 500_000,
    "large.tree": lambda: b"a: " + b"x" * 5_000_000,
    "not_utf_8.tree": lambda: "事项: 甲\n".encode("gb18030"),
    "nul.tree": lambda: b"a: \0\n",
    "many_documents.tree": lambda: b"---\na: 1\n" * 100_000,
    "no_list.units": lambda: b"units: " + b"9" * 3_000_000,
    "wrong_entries.units": lambda: b"units: [" + b"1," * 90_000 + b"1]",
    "far_cell.duties": lambda: book(parts(cell("A1") + cell("XFD1048576"))),
    "laughs.duties": lambda: declared(LAUGHS, "&a9;"),
    "many_rows.duties": lambda: book(
        parts(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>事项代码</t></is></c></row>'
            + "".join(cell(f"A{n}", str(n * n)) for n in range(2, 100_003))
        )
    ),
    "deep.features": lambda: b"[" * 200_000,
    "deep_in_bounds.features": lambda: b'{"a":' * 900 + b"1" + b"}" * 900,
    "deep_coordinates.features": lambda: nested(900).encode(),
    "deep_system.features": lambda: (
        feature(ring((0, 0), (1, 0), (1, 1), (0, 0)))
        .replace(
            '"type": "FeatureCollection"',
            f'"crs": {"[" * 970}{"]" * 970}, "type": "FeatureCollection"',
        )
        .encode()
    ),
    "long_number.features": lambda: feature(0).replace("0}", "9" * 10_000 + "}").encode(),
    "not_a_number.features": lambda: feature(
        ring((float("nan"), 0), (1, 0), (1, 1), (float("nan"), 0))
    ).encode(),
    "endless.features": lambda: feature(
        ring((float("inf"), 0), (1, 0), (1, 1), (float("inf"), 0))
    ).encode(),
    "words_as_points.features": lambda: feature(ring(("a", "b"), ("c", "d"))).encode(),  # type: ignore[arg-type]  # the trick
    "half_a_million_faults.features": lambda: (
        '{"type": "FeatureCollection", "features": [' + "0," * 500_000 + "0]}"
    ).encode(),
    "large.features": lambda: b" " * 34_000_000 + feature(0).encode(),
    "million_columns.areas": lambda: b"code," * 500_000 + b"name\n",
    "many_faults.areas": lambda: b"code,name,lng\n" + b"99,a,x\n" * 500_000,
    "long_cell.areas": lambda: b"code,name\n99," + b"x" * 5_000_000 + b"\n",
    "open_quote.areas": lambda: b'code,name\n99,"' + b"x\n" * 1_000_000,
    "nul.areas": lambda: b"code,name\n99,\0\n",
    "large.areas": lambda: b"code,name\n" + b"99,a\n" * 14_000_000,
    "long_cell.marks": lambda: b"name\n" + b"x" * 5_000_000 + b"\n",
    "million_columns.marks": lambda: b"name," * 500_000 + b"kind\n",
    "many_faults.marks": lambda: b"name,lng\n" + b",x\n" * 500_000,
}

HARMLESS_TREES: Mapping[str, Callable[[], bytes]] = {
    "digits_without_end.tree": lambda: b"a: " + b"1" * 3_000_000 + b"x\n",
    "colons_without_end.tree": lambda: b"a: '1'\nb: 1" + b":59" * 1_000_000 + b"x\n",
    "long_key.tree": lambda: b"k" * 900 + b": 1\n",
    "zigzag.features": lambda: feature(
        ring(*[(n / 1e4, (n % 2) / 1e3) for n in range(50_000)], (5, 1), (0, 1), (0, 0))
    ).encode(),
}
