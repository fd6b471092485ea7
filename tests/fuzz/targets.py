"""The parsers that the fuzzer feeds: a row each. A new parser is a new row and a seed."""

from linli.config.bench._fuzz_target import Target
from tests.fuzz import readers, seeds

TARGETS: tuple[Target, ...] = (
    Target("delimited", readers.delimited, seeds.TABLES, share=900),
    Target("text_table", readers.text_table, (*seeds.TABLES, *seeds.GZIPS), share=700),
    Target("packed_table", readers.packed_table, seeds.GZIPS, share=300),
    Target("packed_anew", readers.packed_anew, seeds.TABLES, share=100),
    Target("archive", readers.archive, seeds.ZIPS, share=600),
    Target("sheet", readers.sheet, seeds.BOOKS, share=300),
    Target("sheet_parts", readers.sheet_parts, seeds.BOOK_PARTS, share=300),
    Target("sheet_apart", readers.sheet_apart, seeds.BOOKS, share=1),
    Target("picture", readers.picture, seeds.PICTURES, share=300),
    Target("picture_chunks", readers.picture_chunks, seeds.PNGS, share=200),
    Target("picture_apart", readers.picture_apart, seeds.PICTURES, share=1),
    Target("features", readers.features, seeds.FEATURES, share=400),
    Target("areas", readers.areas, seeds.AREAS, share=500),
    Target("landmarks", readers.landmarks, seeds.LANDMARKS, share=500),
    Target("units", readers.units, seeds.UNITS, share=150),
    Target("duties", readers.duties, seeds.DUTIES, share=150),
    Target("pack", readers.pack, seeds.PACKS, share=60),
    Target("mapping", readers.mapping, seeds.MAPPINGS, share=150),
)


def named(name: str) -> Target:
    """Return a parser by its name. Raises KeyError."""
    return {target.name: target for target in TARGETS}[name]
