"""Days that stand out against the days before them.

Serves: X02.
"""

from collections.abc import Sequence
from statistics import median

# Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 lets the median of the
# deviations stand for a standard deviation, and scores above 3.5 stand out.
SCALE, THRESHOLD = 0.6745, 3.5
SHORTEST_HISTORY = 7


def usual_and_most(history: Sequence[int]) -> tuple[float, float] | None:
    """Return the usual count of a day, and the count above which a day stands out.

    Parameters
    ----------
    history : counts of earlier days, idle ones included; at least seven, else None is returned:
        too little to say anything.

    The deviation counts as one at least, so that an office that never looks does not stand out by
    looking three times.

    >>> usual_and_most([10, 12, 11, 9, 10, 13, 10])
    (10, 15.189028910303929)
    """
    if len(history) < SHORTEST_HISTORY:
        return None
    middle = median(history)
    deviation = max(1.0, median(abs(count - middle) for count in history))
    return middle, middle + THRESHOLD * deviation / SCALE
