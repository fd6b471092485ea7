"""Deciding on what the machine suggested: taken as it is, or corrected.

Serves: R049.
"""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.services import Revision
from linli.domain.needs.selectors import Reading
from linli.domain.needs.services import decide_reading
from linli.web.desk.acts.base import Act, ActForm, By, Data, Standing
from linli.web.desk.choices import (
    Urgency,
    area_choices,
    matter_choices,
    matters_of,
    offer,
    petition_choices,
    urgency_choices,
)

# Places of which the reader need not be asked again; "home" is where nothing else was found.
SURE_PLACES = frozenset({"stated", "point", "names"})


class SeenForm(ActForm):
    """Knows which state of the case the clerk looked at; what came between is not overwritten."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        self.fields["seen"].initial = standing.case.seq


class AcceptForm(SeenForm):
    """Nothing but the button."""


class CorrectForm(SeenForm):
    """What the case is about and where it is; holds the present values."""

    matter = forms.ChoiceField(label=_("事项"))
    area = forms.ChoiceField(label=_("区域"))
    urgency = forms.ChoiceField(label=_("紧急程度"))
    petition_type = forms.ChoiceField(label=_("诉求类型"))

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        case, at = standing.case, standing.at
        own = standing.standard
        offer(
            self,
            "matter",
            matter_choices(at) if own.is_for_residents else matters_of(own.standard, at),
        )
        offer(self, "area", area_choices(standing.actor, "case.triage"))
        offer(self, "urgency", urgency_choices())
        offer(self, "petition_type", petition_choices(at, standing.standard))
        present = {
            "matter": case.matter.code,
            "area": case.area.code,
            "urgency": case.urgency,
            "petition_type": case.petition_type,
        }
        for name, value in present.items():
            self.fields[name].initial = value


def is_sure(reading: Reading | None) -> bool:
    """Whether the reading names one matter and one place, so that one press may take both."""
    if reading is None or reading.abstained or not reading.matters:
        return False
    return reading.area_origin in SURE_PLACES and not reading.area_others


def suggested(reading: Reading) -> Revision:
    """Return the decision that takes a reading as it is."""
    return Revision(
        matter=str(reading.matters[0]["code"]),
        area=reading.area,
        petition_type=reading.petition_type,
        urgency=cast(Urgency, reading.urgency),
    )


def _accept(standing: Standing, data: Data, by: By) -> object:
    reading = standing.reading
    if reading is None or not is_sure(reading):
        return None
    return decide_reading(standing.case.public_id, suggested(reading), seen=_seen(data), **by)


def _correct(standing: Standing, data: Data, by: By) -> object:
    decision = Revision(
        matter=str(data["matter"]),
        area=str(data["area"]),
        petition_type=str(data["petition_type"]),
        urgency=cast(Urgency, data["urgency"]),
    )
    return decide_reading(standing.case.public_id, decision, seen=_seen(data), **by)


def _seen(data: Data) -> int:
    return int(str(data["seen"]))


def _may_decide(standing: Standing) -> bool:
    is_first = standing.is_open and standing.stage == standing.standard.first_stage
    return is_first and standing.may("case.triage") and standing.reading is not None


def _may_accept(standing: Standing) -> bool:
    if not _may_decide(standing):
        return False
    reading = standing.reading
    return is_sure(reading) and reading is not None and reading.decided_at is None


REVISING: dict[str, Act] = {
    "accept": Act(noop("采纳建议"), "case.triage", AcceptForm, _accept, _may_accept),
    "correct": Act(noop("改正"), "case.triage", CorrectForm, _correct, _may_decide),
}
