"""What an area's path is made of; what lies inside it, `linli.kernel.paths` says."""

import re

from linli.kernel.paths import EVERYWHERE, SEPARATOR, is_inside, path_range, paths_above

__all__ = [
    "EVERYWHERE",
    "SEPARATOR",
    "child_path",
    "is_area_code",
    "is_inside",
    "parent_codes",
    "path_codes",
    "path_range",
    "paths_above",
]

_CODE = re.compile(r"[0-9A-Za-z_]{1,24}")


def is_area_code(text: str) -> bool:
    """Say whether a text may stand as a code in a path and as a label of the tree."""
    return _CODE.fullmatch(text) is not None


def child_path(parent: str, code: str) -> str:
    """Return the path of an area below another.

    Parameters
    ----------
    parent : path of the area above, `""` for a root.
    code : letters, digits and `_`, at most 24; anything else raises ValueError.

    >>> child_path("99/9901/", "990101")
    '99/9901/990101/'
    """
    if not is_area_code(code):
        raise ValueError(f"an area code is letters, digits and _, not {code!r}")
    return f"{parent}{code}{SEPARATOR}"


def path_codes(path: str) -> tuple[str, ...]:
    """Return the codes of a path from the root down, the area's own last."""
    return tuple(path.split(SEPARATOR)[:-1])


def parent_codes(path: str) -> tuple[str, ...]:
    """Return the codes of all areas above, from the root down.

    >>> parent_codes("99/9901/990101/")
    ('99', '9901')
    """
    return path_codes(path)[:-1]


def tree_label(path: str) -> str:
    """Return the path as PostgreSQL's ltree writes it.

    >>> tree_label("99/9901/")
    '99.9901'
    """
    return ".".join(path_codes(path))
