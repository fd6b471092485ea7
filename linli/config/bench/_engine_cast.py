"""The demo town's people, as they run made-up standards."""

from datetime import datetime

from linli.config.bench._engine_case import Cast
from linli.config.bench._ground import Ground
from linli.config.bench._work_road import HELPER, LEAD, Hands
from linli.domain.access.selectors import Actor


def cast_of(ground: Ground, *, at: datetime) -> Cast:
    """Return who acts; the outsider holds no post at all."""
    hands = Hands.of(ground, at=at)
    return Cast(
        clerk=hands.clerk,
        supervisor=hands.supervisor,
        lead=hands.lead,
        helper=hands.helper,
        outsider=Actor(None, "outsider", ()),
        units=(LEAD, HELPER),
        area=ground.geography.communities[0].code,
    )
