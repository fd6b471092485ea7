"""What stands beside a case: the machine's reading with its reasons, and what a person decided.

Serves: R045 R049.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from linli.domain.needs.selectors import Called, NamedReading, Reading, duplicates_of
from linli.web.desk.acting import ACTS, act_url, is_offered
from linli.web.desk.acts.base import ActForm, Standing
from linli.web.desk.choices import petition_choices, urgency_words
from linli.web.desk.readings import Reasons, reasons_apart
from linli.web.desk.words import name_of
from linli.web.ui.languages import is_english


@dataclass(frozen=True)
class Line:
    """One suggestion, why, and what a person decided: "" while nobody has."""

    title: str
    suggested: str
    reason: str
    decided: str
    share: float | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the person decided otherwise."""
        return bool(self.decided) and self.decided != self.suggested


@dataclass(frozen=True)
class Alike:
    """An earlier case that may be the same thing, and what can be done about it."""

    ref: str
    number: str
    title: str
    score: float
    distance_m: float | None
    merge_url: str
    link_url: str


@dataclass(frozen=True)
class Beside:
    """A reading as it stands beside its case.

    Parameters
    ----------
    accept : the form that takes the suggestions with one press; None where the reader is not
        sure, or it is too late. correct_url : "" where it is too late.
    """

    lines: Sequence[Line]
    alike: Sequence[Alike]
    decided_by: str
    decided_at: datetime | None
    accept: ActForm | None
    accept_url: str
    correct_url: str


def beside(standing: Standing) -> Beside | None:
    """Return what the machine made of a case's message; None where it came without one."""
    named = standing.named_reading
    if named is None:
        return None
    reading = named.reading
    may_accept = is_offered(ACTS["accept"], standing)
    may_correct = is_offered(ACTS["correct"], standing)
    return Beside(
        lines=_lines(standing, named),
        alike=_alike(standing, reading),
        decided_by=reading.decided_by_name,
        decided_at=reading.decided_at,
        accept=ACTS["accept"].form(standing=standing) if may_accept else None,
        accept_url=act_url(standing, "accept"),
        correct_url=act_url(standing, "correct") if may_correct else "",
    )


def _lines(standing: Standing, named: NamedReading) -> list[Line]:
    reading, matters, areas = named.reading, named.matters, named.areas
    reasons = _reasons(reading)
    kinds = dict(petition_choices(standing.at, standing.standard))
    best = reading.matters[0] if reading.matters else None
    guess = "" if best is None or reading.abstained else str(best["code"])
    return [
        Line(
            _("事项"),
            _called(matters, guess),
            reasons.matter,
            _called(matters, reading.decided_matter),
            float(best["probability"]) if guess and best else None,
        ),
        Line(
            _("区域"),
            _called(areas, reading.area),
            reasons.place or _("已随诉求写明"),
            _called(areas, reading.decided_area),
        ),
        Line(
            _("紧急程度"),
            urgency_words(reading.urgency),
            reasons.urgency or _("没有出现表示紧急的词语"),
            urgency_words(reading.decided_urgency),
        ),
        Line(
            _("诉求类型"),
            kinds.get(reading.petition_type, reading.petition_type),
            _("依据内容里的说法"),
            kinds.get(reading.decided_petition_type, reading.decided_petition_type),
        ),
    ]


def _reasons(reading: Reading) -> Reasons:
    lang = "en" if is_english() else "zh"
    return reasons_apart(
        [str(reason[lang]) for reason in reading.reasons],
        is_place_read=reading.area_origin != "stated" or bool(reading.area_others),
        is_urgent=reading.urgency != "ordinary",
        duplicates=len(reading.duplicates),
    )


def _called(names: Mapping[str, Called], code: str) -> str:
    """Name a matter or place; one that is not known any more keeps its code."""
    return name_of(names[code]) if code in names else code


def _alike(standing: Standing, reading: Reading) -> list[Alike]:
    if not reading.duplicates:
        return []
    may_merge = is_offered(ACTS["merge"], standing)
    may_link = is_offered(ACTS["link"], standing)
    return [
        Alike(
            ref=guess.ref,
            number=guess.number,
            title=guess.title,
            score=guess.score,
            distance_m=guess.distance_m,
            merge_url=_filled(standing, "merge", into=guess.number) if may_merge else "",
            link_url=_filled(standing, "link", to=guess.number) if may_link else "",
        )
        for guess in duplicates_of(standing.actor, reading)
    ]


def _filled(standing: Standing, act: str, **values: str) -> str:
    """Return the address of an act's form in which something is chosen already."""
    return f"{act_url(standing, act)}?{urlencode(values)}"
