"""Area paths: codes from the root down, each followed by "/", compared byte by byte.

"Inside area X" is a range of such texts, which a plain index answers; that is twenty
times faster over a million rows than asking the tree.
"""

import re

EVERYWHERE = ""
SEPARATOR = "/"
AFTER_SEPARATOR = "0"  # the byte that follows "/", so it closes the range of a prefix
AFTER_EVERYTHING = "~"
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


def path_range(path: str) -> tuple[str, str]:
    """Return `(lo, hi)` such that `lo <= area_path < hi` holds inside the area and nowhere else.

    Parameters
    ----------
    path : an area's path; `""` means everywhere.

    >>> path_range("99/9901/")
    ('99/9901/', '99/99010')
    """
    if path == EVERYWHERE:
        return EVERYWHERE, AFTER_EVERYTHING
    if not path.endswith(SEPARATOR):
        raise ValueError(f"an area path ends with /, not {path!r}")
    return path, path[:-1] + AFTER_SEPARATOR


def is_inside(path: str, ancestor: str) -> bool:
    """Say whether the area of `path` is `ancestor` or lies below it.

    >>> is_inside("99/9901/990101/", "99/9901/"), is_inside("99/99010/", "99/9901/")
    (True, False)
    """
    low, high = path_range(ancestor)
    return low <= path < high


def path_codes(path: str) -> tuple[str, ...]:
    """Return the codes of a path from the root down, the area's own last."""
    return tuple(path.split(SEPARATOR)[:-1])


def parent_codes(path: str) -> tuple[str, ...]:
    """Return the codes of all areas above, from the root down.

    >>> parent_codes("99/9901/990101/")
    ('99', '9901')
    """
    return path_codes(path)[:-1]


def paths_above(path: str) -> tuple[str, ...]:
    """Return the path itself and those of all areas above it, deepest first.

    >>> paths_above("99/9901/")
    ('99/9901/', '99/')
    """
    codes = path_codes(path)
    lengths = range(len(codes), 0, -1)
    return tuple("".join(f"{code}{SEPARATOR}" for code in codes[:n]) for n in lengths)


def tree_label(path: str) -> str:
    """Return the path as PostgreSQL's ltree writes it.

    >>> tree_label("99/9901/")
    '99.9901'
    """
    return ".".join(path_codes(path))
