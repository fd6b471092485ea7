"""How people shorten the names of places in speech and writing."""

_ENDINGS = (
    "社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "街道办事处", "村委会", "居委会",
    "街道", "社区", "地区", "自治县", "自治区", "自治州", "新区",
    "省", "市", "区", "县", "镇", "乡", "村",
)  # fmt: skip
_SHORTEST = 2
_EMPTY_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


def spoken_names(name: str) -> tuple[str, ...]:
    """Return the full name and, where one remains, the name without its ending.

    A name that only fills a level of the tree ("市辖区") is nobody's word for a place
    and gives none.

    >>> spoken_names("东岸街道")
    ('东岸街道', '东岸')
    """
    if name in _EMPTY_NAMES:
        return ()
    for ending in _ENDINGS:
        short = name.removesuffix(ending)
        if short != name and len(short) >= _SHORTEST:
            return name, short
    return (name,)
