"""Places in PostgreSQL's log, and the names of the segments that hold them.

>>> segment_name(1, segment_of(parse("0/6001F40")))
'000000010000000000000006'
"""

SEGMENT = 16 * 2**20
A_LOG = 2**32 // SEGMENT


def parse(text: str) -> int:
    """Return a place as bytes from the log's beginning."""
    high, _, low = text.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def written(place: int) -> str:
    """Return a place as PostgreSQL writes it.

    >>> written(parse("1/A000028"))
    '1/A000028'
    """
    return f"{place >> 32:X}/{place & 0xFFFFFFFF:X}"


def segment_of(place: int) -> int:
    """Return the number of the segment that holds the byte at a place."""
    return place // SEGMENT


def end_of_segment(place: int) -> int:
    """Return where the segment ends that a switch at a place has closed.

    >>> written(end_of_segment(parse("0/6001F40"))), written(end_of_segment(parse("0/6000000")))
    ('0/7000000', '0/6000000')
    """
    return -(-place // SEGMENT) * SEGMENT


def segment_name(timeline: int, number: int) -> str:
    """Return the name of a segment's file."""
    return f"{timeline:08X}{number // A_LOG:08X}{number % A_LOG:08X}"


def number_of(name: str) -> int:
    """Return the number of a segment from its file's name."""
    return int(name[8:16], 16) * A_LOG + int(name[16:24], 16)


def is_segment(name: str) -> bool:
    """Return whether a file's name is a segment's.

    >>> is_segment("000000010000000000000006"), is_segment("00000002.history")
    (True, False)
    """
    return len(name) == 24 and all(letter in "0123456789ABCDEF" for letter in name)
