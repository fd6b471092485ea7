"""A whole that would end once any of its parts is closed waits for the last of them.

Serves: R106.
"""

from datetime import timedelta
from random import Random

from linli.config.bench._engine_case import Cast, add_matter, put_in_force
from linli.config.bench._engine_definitions import CLOSED, body_of, named, part_body
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.tests.builders import AT
from linli.domain.cases.tests.trials import done, trial


def test_it_neither_ends_before_its_parts_nor_holds_up_the_other_wholes(cast: Cast) -> None:
    body = body_of(Random(1), "whole")  # noqa: S311  # no secret
    parts = {"matters": ["part"], "join": "any", "then": "go"}
    stage = {"each": "own", "outcomes": [{**named("go"), "to": CLOSED}], "parts": parts}
    body["stages"] = [{**body["stages"][0], "role": "handler", "back": [], **stage}]
    for one, matter in ((body, "whole"), (part_body("piece"), "part")):
        put_in_force(one)
        add_matter(matter, one["standard"])
    new, piece = trial(matter="whole"), trial(matter="part")
    whole = services.open_by_hand(new, actor=cast.lead, at=AT, key="w")
    opened = [
        services.open_part(whole.public_id, piece, actor=cast.lead, at=AT, key=key)
        for key in ("p1", "p2")
    ]

    came = []
    for hours, part in enumerate(opened, start=1):
        at = AT + timedelta(hours=hours)
        done(part, "go", SYSTEM_ACTOR, at=at)
        came.append(services.advance_waiting(at=at))

    whole.refresh_from_db()
    assert (came, whole.status) == ([0, 1], "closed")
