"""Division codes: what a code's length says about its kind and about the area above it.

Twelve digits reach down to the community (2 province, 2 city, 2 district, 3 street,
3 community: the statistical division code); grids add three and micro-grids two (our
own convention, as no national one was found).
"""

from enum import StrEnum


class AreaKind(StrEnum):
    """Levels of the area tree, from the top down."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    MICRO_GRID = "micro_grid"


SCHEME: tuple[tuple[AreaKind, int], ...] = (
    (AreaKind.PROVINCE, 2),
    (AreaKind.CITY, 4),
    (AreaKind.DISTRICT, 6),
    (AreaKind.STREET, 9),
    (AreaKind.COMMUNITY, 12),
    (AreaKind.GRID, 15),
    (AreaKind.MICRO_GRID, 17),
)
_KIND_BY_LENGTH = {length: kind for kind, length in SCHEME}
_LENGTHS = tuple(length for _, length in SCHEME)


def kind_of(code: str) -> AreaKind | None:
    """Return the kind a code of the scheme has by its length, None if it is not of the scheme.

    >>> kind_of("990101001003007").value
    'grid'
    """
    if not (code.isascii() and code.isdigit()):
        return None
    return _KIND_BY_LENGTH.get(len(code))


def parent_code(code: str) -> str | None:
    """Return the code one level up, None for a province or a code outside the scheme.

    >>> parent_code("990101001003"), parent_code("99")
    ('990101001', None)
    """
    if kind_of(code) is None:
        return None
    shorter = [length for length in _LENGTHS if length < len(code)]
    return code[: shorter[-1]] if shorter else None


def depth_of(kind: AreaKind) -> int:
    """Return how far down the tree a kind stands, 0 for a province."""
    return tuple(AreaKind).index(kind)


_PADDED_LENGTH = 12
_PADDED_STEPS = (9, 6, 4, 2)


def unpadded(code: str) -> str:
    """Return a twelve-digit code that was filled up with zeros in its short form.

    Statistical tables write every level with twelve digits; no street, community, city or
    district of theirs is numbered zero. Codes of other lengths are left alone: some cities
    without districts do carry six digits that end in zeros.

    >>> unpadded("990101000000"), unpadded("990101001003"), unpadded("990100")
    ('990101', '990101001003', '990100')
    """
    if len(code) != _PADDED_LENGTH or not code.isdigit():
        return code
    for shorter in _PADDED_STEPS:
        if code[shorter:].strip("0"):
            break
        code = code[:shorter]
    return code
