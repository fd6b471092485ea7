"""What the machine makes of a message, as the desk shows it: each suggestion with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.domain.needs.selectors import DuplicateGuess, TextReading
from linli.web.desk.intake_form import IntakeForm
from linli.web.ui.parts import Suggestion

TAKE = "take_"


@dataclass(frozen=True)
class Offer:
    """One suggestion beside the form.

    Parameters
    ----------
    title, label : what is suggested, and the answer in words.
    name, value : what its button sends; `value` "" where there is nothing to take.
    key : the figure that presses the button together with Alt.
    is_taken : whether the form holds this very answer.
    """

    title: str
    label: str
    reason: str
    name: str
    value: str
    is_taken: bool
    key: str = ""


@dataclass(frozen=True)
class Panel:
    """All suggestions for one message; `contrary` is the field whose one goes against the form."""

    matters: list[Suggestion]
    matter_taken: str
    offers: list[Offer]
    duplicates: Sequence[DuplicateGuess]
    is_sure: bool
    contrary: str = ""

    def answers(self) -> dict[str, str]:
        """Return what one press takes: each answer offered, the matter only where it is sure.

        Not one that goes against what the clerk has stated; that is taken by itself.
        """
        taken = {o.name.removeprefix(TAKE): o.value for o in self.offers if o.value}
        taken.pop(self.contrary, None)
        return {"matter": self.matters[0].value, **taken} if self.is_sure else taken


@dataclass(frozen=True)
class Reasons:
    """The sentences of a reading by what they speak for; "" where none does."""

    matter: str
    place: str
    urgency: str


def reasons_apart(
    sentences: Sequence[str], *, is_place_read: bool, is_urgent: bool, duplicates: int
) -> Reasons:
    """Tell the sentences of a reading apart: matter, place, urgency, then one a duplicate."""
    left = list(sentences[: len(sentences) - duplicates])
    matter = left.pop(0) if left else ""
    place = left.pop(0) if left and is_place_read else ""
    urgency = left.pop(0) if left and is_urgent else ""
    return Reasons(matter, place, urgency)


def panel_of(reading: TextReading, form: IntakeForm, chosen: Mapping[str, str]) -> Panel:
    """Return what stands beside the intake form, which holds `chosen` now."""
    lang, place = get_language() or "", reading.place
    reasons = reasons_apart(
        [sentence.text(lang) for sentence in reading.reasons],
        is_place_read=place is None or place.origin != "stated" or place.is_contradicted,
        is_urgent=reading.urgency.level != "ordinary",
        duplicates=len(reading.duplicates),
    )
    matters = _matters(reading, form, reasons.matter)
    contrary = place.others[0] if place and place.is_contradicted else ""
    answers = (
        ("area", contrary or (place.code if place else ""), reasons.place or _("已由受理员选定")),
        ("urgency", reading.urgency.level, reasons.urgency or _("没有出现表示紧急的词语")),
        ("petition_type", reading.petition_type, _("依据内容里的说法")),
    )
    offers = [_offer(form, name, value, reason, chosen) for name, value, reason in answers]
    best = matters[0].value if matters else ""
    return Panel(
        matters=matters,
        matter_taken=best if best and chosen.get("matter") == best else "",
        contrary="area" if contrary else "",
        offers=_numbered(offers, after=len(matters)),
        duplicates=reading.duplicates,
        is_sure=bool(matters) and not reading.abstained,
    )


def _matters(reading: TextReading, form: IntakeForm, reason: str) -> list[Suggestion]:
    words = form.words_of("matter")
    guesses = [guess for guess in reading.matters if guess.code in words]
    return [
        Suggestion(
            label=words[guess.code],
            value=guess.code,
            share=guess.probability,
            reasons=[] if place else [reason],
            key=str(place + 1),
        )
        for place, guess in enumerate(guesses)
    ]


def _offer(
    form: IntakeForm, name: str, value: str, reason: str, chosen: Mapping[str, str]
) -> Offer:
    words = form.words_of(name)
    known = value if value in words else ""
    return Offer(
        title=str(form.fields[name].label),
        label=words[known] if known else _("没有把握，请人工选择"),
        reason=reason,
        name=f"{TAKE}{name}",
        value=known,
        is_taken=bool(known) and chosen.get(name) == known,
    )


def _numbered(offers: Sequence[Offer], *, after: int) -> list[Offer]:
    """Give each suggestion its figure, as they stand from top to bottom."""
    return [replace(offer, key=str(after + place + 1)) for place, offer in enumerate(offers)]
