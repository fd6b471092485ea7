"""What follows from facts about cases, by the table itself.

Serves: R109.
"""

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.selectors import facts_about
from linli.domain.cases.selectors import CaseEvent, items_of, notices_for
from linli.domain.cases.services import dispatch_case, fire_timers, lift_supervision
from linli.domain.cases.tests.builders import AT, build_town, later, new_case
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, write
from linli.domain.needs.selectors import newest_model
from linli.jobs.reactions import REACTIONS, reactions_to
from linli.jobs.tasks import carry_out

pytestmark = pytest.mark.django_db


def test_the_unit_that_has_the_case_hears_that_its_supervision_is_over():
    town = build_town()
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(hours=1), key="d")
    fire_timers(at=later(days=30))
    item = next(item for item in items_of(case) if item.kind == "side")
    lift_supervision(
        case.public_id, item.pk, reason="已到场", actor=town.supervisor, at=later(days=31), key="l"
    )
    fact = CaseEvent.objects.get(case=case, activity="supervision_lifted")

    for reaction in reactions_to(fact.activity, table=REACTIONS):
        carry_out(reaction.name, fact.journal_id, table=REACTIONS)

    assert [notice.kind for notice in notices_for(town.handler)] == ["supervision_lifted"]
    assert notices_for(town.supervisor) == []


DANCING = """\
- matter: noise.dancing
  texts:
    - 广场舞音响太大
    - 楼下天天跳舞放歌
"""


@pytest.mark.parametrize(
    "files, learnt", [(SMALL, 0), ({**SMALL, "examples/dancing.yaml": DANCING}, 4)]
)
def test_what_a_published_pack_teaches_is_learnt(tmp_path, files, learnt):
    pack = publish_pack(write(tmp_path / "small", files), actor=SYSTEM_ACTOR, at=AT)
    (published,) = facts_about("pack", pack.code)

    for reaction in reactions_to(published.event, table=REACTIONS):
        carry_out(reaction.name, published.id, table=REACTIONS)

    model = newest_model()
    assert (model.examples if model else 0) == learnt
