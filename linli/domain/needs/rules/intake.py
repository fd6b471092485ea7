"""What a message must be before it may come in: checked and cleaned, all faults told at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from linli.domain.needs.errors import (
    ChannelMissing,
    ChannelUnknown,
    MessageEmpty,
    PointIncomplete,
    ReceivedInFuture,
    ReceivedTooEarly,
    TextTooLong,
)
from linli.domain.needs.rules.channels import CHANNELS
from linli.kernel.calendar import FIRST_DAY
from linli.kernel.errors import LinliError, RejectedTogether
from linli.kernel.secrecy import SecretMarked, secret_mark
from linli.methods.normalise import clean

# Widths of the columns that hold them; a pack may ask for less.
TITLE_CHARS = 200
ADDRESS_CHARS = 300
NAME_CHARS = 64
PHONE_CHARS = 32
CODE_CHARS = 128
MADE_TITLE_CHARS = 30
# A day later than the calendar's first, so that it is that day or a later one in every zone.
EARLIEST = datetime.combine(FIRST_DAY, time(), tzinfo=UTC) + timedelta(days=1)
_LENGTHS: tuple[tuple[str, tuple[str, str], int], ...] = (
    ("address", ("地址", "address"), ADDRESS_CHARS),
    ("reporter_name", ("姓名", "name"), NAME_CHARS),
    ("reporter_phone", ("联系电话", "telephone number"), PHONE_CHARS),
    ("source", ("来源系统", "source system"), 64),
    ("source_id", ("来源编号", "number in the source system"), CODE_CHARS),
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_WORDLESS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class NewMessage:
    """What a resident, a clerk, another system or a file hands in.

    Parameters
    ----------
    channel : how it came in, one of `rules.channels`.
    body : the words, as spoken or written.
    title : "" where none was given; then the first sentence serves.
    address : as said, "" where none was.
    area : code of an area, "" to have it read from point and text.
    lng, lat : degrees, both or neither.
    received_at : when it reached the office, aware; None means now.
    reporter_name, reporter_phone : kept apart from the message; "" where not given.
    source, source_id : system and number there, so that the same message comes in once.
    matter, petition_type, urgency : what a person has already chosen, "" where left to the reader.
    receipt : the resident's receipt code, "" to have one made.
    is_confidential : the reporter asked that it be kept confidential.
    row : row of the file that it comes from, counted from 1; None outside files.
    """

    channel: str
    body: str
    title: str = ""
    address: str = ""
    area: str = ""
    lng: float | None = None
    lat: float | None = None
    received_at: datetime | None = None
    reporter_name: str = ""
    reporter_phone: str = ""
    source: str = ""
    source_id: str = ""
    matter: str = ""
    petition_type: str = ""
    urgency: str = ""
    receipt: str = ""
    is_confidential: bool = False
    row: int | None = None


@dataclass(frozen=True)
class IntakeLimits:
    """Numbers of the packs in force that bound a message.

    Parameters
    ----------
    body_chars, title_chars : longest text taken, in characters after cleaning.
    future : how far ahead of our clock another system's may run.
    zone : IANA name of the zone in which people read times.
    secrecy_basis : the law on state secrets, in Chinese and English.
    """

    body_chars: int
    title_chars: int
    future: timedelta
    zone: str
    secrecy_basis: tuple[str, str]


def checked_message(new: NewMessage, *, limits: IntakeLimits, at: datetime) -> NewMessage:
    """Return the message cleaned, titled and dated.

    Control characters go; HTML and formula signs stay, as text.

    Raises
    ------
    SecretMarked : a text bears a mark of state secrecy; whatever else is wrong is not told.
    Rejected : one fault, naming field and row.
    RejectedTogether : several; `.faults` holds each.
    """
    cleaned = _cleaned(new, limits)
    refuse_secrets(cleaned, limits=limits)  # alone and first: other faults quote what they found
    faults = list(_faults(cleaned, limits, at))
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise RejectedTogether(faults)
    return replace(
        cleaned,
        title=cleaned.title or title_from(cleaned.body),
        received_at=cleaned.received_at or at,
    )


def refuse_secrets(new: NewMessage, *, limits: IntakeLimits) -> None:
    """Raise SecretMarked where a text of the message bears a mark of state secrecy."""
    for field in ("title", "body", "address", "reporter_name"):
        mark = secret_mark(getattr(new, field))
        if mark:
            raise SecretMarked(mark, limits.secrecy_basis, new.row, field=field)


def title_from(body: str) -> str:
    """Return the first sentence of a body, at most thirty characters of it.

    Examples
    --------
    >>> title_from("路灯坏了三天。晚上看不见路。")
    '路灯坏了三天'
    """
    for sentence in _SENTENCE_END.split(body):
        words = " ".join(sentence.split()).strip(" ，,、")
        if words:
            short = words[:MADE_TITLE_CHARS]
            return short if len(words) <= MADE_TITLE_CHARS else f"{short[:-1]}…"
    return " ".join(body.split())[:MADE_TITLE_CHARS]


def _cleaned(new: NewMessage, limits: IntakeLimits) -> NewMessage:
    """Clean each text; one that is far too long is only measured, so that it costs nothing."""
    return replace(
        new,
        channel=_line(new.channel),
        body=new.body if len(new.body) > 4 * limits.body_chars else clean(new.body),
        title=_line(new.title),
        address=_line(new.address),
        area=_line(new.area),
        reporter_name=_line(new.reporter_name),
        reporter_phone=_line(new.reporter_phone),
        source=_line(new.source),
        source_id=_line(new.source_id),
    )


def _line(text: str) -> str:
    return text if len(text) > 4 * ADDRESS_CHARS else " ".join(clean(text).split())


def _faults(new: NewMessage, limits: IntakeLimits, at: datetime) -> Iterator[LinliError]:
    if not new.channel:
        yield ChannelMissing(new.row)
    elif new.channel not in CHANNELS:
        yield ChannelUnknown(new.channel, CHANNELS, new.row)
    yield from _text_faults(new, limits)
    if new.received_at is not None and new.received_at > at + limits.future:
        yield ReceivedInFuture(new.received_at, limits.zone, new.row)
    if new.received_at is not None and new.received_at < EARLIEST:
        yield ReceivedTooEarly(new.received_at, new.row)
    if not _is_point(new.lng, new.lat):
        yield PointIncomplete(new.row)


def _text_faults(new: NewMessage, limits: IntakeLimits) -> Iterator[LinliError]:
    if not _WORDLESS.sub("", new.body):
        yield MessageEmpty(new.row)
    lengths = (
        ("body", ("诉求内容", "message"), limits.body_chars),
        ("title", ("标题", "title"), limits.title_chars),
        *_LENGTHS,
    )
    for field, names, most in lengths:
        length = len(getattr(new, field))
        if length > most:
            yield TextTooLong(field, names, length=length, most=most, row=new.row)
            return


def _is_point(lng: float | None, lat: float | None) -> bool:
    if lng is None or lat is None:
        return lng is None and lat is None
    return -180 <= lng <= 180 and -90 <= lat <= 90
