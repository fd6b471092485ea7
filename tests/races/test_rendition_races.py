"""Several processes at one rendition: one wins, the others are told.

Serves: R129 X08.
"""

import pytest

from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import CaseEvent, Rendition
from linli.domain.cases.services import (
    answer_rendition,
    approve_rendition,
    clear_respondent,
    send_rendition,
)
from linli.domain.cases.tests.builders import build_town, member
from linli.domain.cases.tests.shielding import Complaint, complaint
from tests.races.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def about() -> Complaint:
    return complaint(build_town())


def test_each_moment_of_a_rendition_belongs_to_one(about):
    draft = about.written()
    path = about.town.supervisor.holdings[0].area_path
    other = member("supervisor2", "supervisor", None, path)
    ref, name = about.ref, draft.public_id

    approvals = race(
        lambda: approve_rendition(ref, name, **about.by("supervisor", "one")),
        lambda: approve_rendition(ref, name, **{**about.by(key="two"), "actor": other}),
        over=about.case,
    )
    assert sorted(approvals) == ["RenditionElsewhere", "done"]

    sends = race(*[lambda: send_rendition(ref, name, **about.by(key="same"))] * 2, over=about.case)
    assert sends == ["done", "done"]

    ends = race(
        lambda: answer_rendition(name, reply="已核实", **about.by("handler", "r")),
        lambda: clear_respondent(ref, unit="works", reason="误标", **about.by("supervisor", "c")),
        over=about.case,
    )
    kept = Rendition.objects.get()
    assert ends[1] == "done"
    assert (kept.state, ends[0]) in {("answered", "done"), ("withdrawn", "RenditionElsewhere")}
    facts = list(CaseEvent.objects.filter(case=about.case).values_list("activity", flat=True))
    assert [facts.count(f"rendition_{act}") for act in ("approved", "sent")] == [1, 1]
    assert verify_chain().is_whole
