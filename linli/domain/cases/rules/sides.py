"""What waits beside the road of a case, by the stage of its side item; no standard names these."""

EXTENSION = "extension"
EXCLUSION = "exclusion"
SUPERVISION = "supervision"
DEFERRAL = "deferral"  # asked for
DEFERRED = "deferred"  # granted; due when it is to be checked again
# The rungs of supervision, lowest first: 督办、挂牌督办、约谈、通报.
RUNGS = ("supervise", "list", "talk", "circulate")
# What ends with the stage in which it was asked for.
OF_A_STAGE = (EXTENSION, DEFERRAL, DEFERRED)


def is_higher(level: str, *, than: str) -> bool:
    """Whether a rung of supervision stands above another; one that is not known stands lowest."""
    order = {rung: place for place, rung in enumerate(RUNGS)}
    return order.get(level, -1) > order.get(than, -1)
