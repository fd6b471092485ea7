"""Opening a part of a case, in a stage whose standard has parts.

Serves: R011 R020.
"""

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases import services
from linli.domain.cases.selectors import act_for
from linli.web.desk.acts.base import Act, ActForm, By, Data, Standing
from linli.web.desk.choices import matters_below, offer


class PartForm(ActForm):
    """What the part is, and of which kind; it lies where the whole lies."""

    lengths: ClassVar[Mapping[str, str]] = {"body": "desk.answer_max"}
    matter = forms.ChoiceField(label=_("子工单类别"))
    title = forms.CharField(label=_("标题"), max_length=200)
    body = forms.CharField(label=_("内容和要求"), widget=forms.Textarea)

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        parts = standing.stage.parts if standing.stage else None
        offer(self, "matter", matters_below(parts.matters if parts else (), standing.at))


def _open(standing: Standing, data: Data, by: By) -> object:
    case = standing.case
    part = services.NewCase(
        title=str(data["title"]),
        body=str(data["body"]),
        matter=str(data["matter"]),
        area=case.area.code,
        petition_type="",
        channel=case.channel,
        received_at=by["at"],
        address=case.address,
        lng=case.lng,
        lat=case.lat,
    )
    return services.open_part(case.public_id, part, **by)


def part_act(standing: Standing) -> Act | None:
    """The act by which whoever has the stage opens a part; None where it has none."""
    stage = standing.stage
    if stage is None or stage.parts is None:
        return None
    grant = act_for(stage.role, by_units=stage.by_units)
    return Act(noop("立子工单"), grant, PartForm, _open, lambda s: s.step is not None)
