"""Two thousand made-up standards, in memory: the rules of flow say what the model says.

The same model holds the rows of the database in `test_made_up` and in `linli bench engine`.

Serves: R105 R106.
"""

from datetime import timedelta
from random import Random

from linli.config.bench._engine_definitions import body_of, renamed
from linli.config.bench._engine_model import Model, Piece
from linli.domain.cases.rules.flow import ItemView, join_is_met, move_after, next_round
from linli.domain.cases.rules.migrating import Placed, landing_of, require_mapping
from linli.domain.cases.tests.builders import AT
from linli.domain.catalogue.rules.standard import StandardDef

RUNS, STEPS = 2_000, 12
OWN, HELPER = "works", "water"


def test_where_a_case_goes_when_parts_join_and_where_it_lands_are_as_the_model_says() -> None:
    closed = joined = landed = 0
    for number in range(RUNS):
        rng = Random(number)
        walk = Walk(rng, f"m{number}")
        for _ in range(STEPS):
            walk.step()
        closed += walk.model.is_closed
        joined += len(walk.model.joined)
        landed += walk.landed
    assert closed > RUNS / 4
    assert joined > RUNS / 20
    assert landed > RUNS / 20


class Walk:
    """A case in memory, the rules beside the model."""

    def __init__(self, rng: Random, name: str) -> None:
        body = body_of(rng, name, part_matter="part")
        self.rng, self.standard, self.landed = rng, StandardDef.model_validate(body), 0
        self.model = Model(body, own=OWN)

    def step(self) -> None:
        """Do one thing; nothing can be done with a case that has ended."""
        model, rng = self.model, self.rng
        model.clock += 1
        if model.is_closed:
            assert not model.complete(model.pieces[0], "go", who="a", homes=None)
            assert not model.dispatch(OWN, [], who="a")
            assert model.open == []
            return
        hands_over = model.now["outcomes"][0]["code"] == "dispatch"
        if hands_over and rng.random() < 0.6:
            assert model.dispatch(OWN, [HELPER] if rng.random() < 0.7 else [], who=rng.choice("ab"))
        elif "parts" in model.now and rng.random() < 0.5:
            self._part()
        elif rng.random() < 0.1 and not self.landed:
            self._land()
        else:
            self._complete()
        self._is_sound()

    def _complete(self) -> None:
        model, rng = self.model, self.rng
        ways = model.ways()
        if not ways:
            return
        place, code = rng.randrange(len(model.open)), rng.choice(ways)
        homes = rng.choice((None, 0, 3, 9))
        stage, number = self.standard.stage(model.stage), model.round
        assert stage is not None
        items = [ItemView(n, None, p.leads, is_open=True) for n, p in enumerate(model.open)]
        piece, visited = model.open[place], frozenset(p.stage for p in model.pieces)
        said = {} if homes is None or "homes" not in stage.form else {"homes": homes}
        facts = {**model.known, "round": number, **said}
        move = move_after(stage, items, done=place, outcome=code, facts=facts)  # type: ignore[arg-type]  # answers
        since = model.since

        if not model.complete(piece, code, who=rng.choice("ab"), homes=homes):
            assert piece.state == "open"
        elif move is None:
            assert model.since == since or len(items) == 1
        else:
            first = self.standard.first_stage.key
            assert model.stage in {move.to, first}
            assert model.stage == move.to or model.at(move.to)["each"] == "units"
            assert model.round == next_round(number, move, visited=visited)

    def _part(self) -> None:
        model, rng = self.model, self.rng
        still = [place for place, end in enumerate(model.parts) if end is None]
        if not still or rng.random() < 0.4:
            assert model.part()
            return
        model.part_ends(rng.choice(still))
        stage, since = self.standard.stage(model.stage), model.since
        assert stage is not None
        assert stage.parts is not None
        ends = [None if end is None else AT + timedelta(hours=end) for end in model.parts]
        is_met = join_is_met(stage.parts.join, ends, since=AT + timedelta(hours=since))
        came = model.joins()
        assert is_met or not came
        assert not model.joins() or came

    def _land(self) -> None:
        model = self.model
        body, mapping = renamed(self.rng, dict(model.body), "2026.2")
        target = StandardDef.model_validate(body)
        require_mapping(self.standard, target, mapping)
        landing = landing_of(Placed(model.stage, "plain", ""), self.standard, target, mapping)
        model.rename(body, mapping)
        assert (landing.stage, landing.refusals) == (model.stage, ())
        self.standard, self.landed = target, 1

    def _is_sound(self) -> None:
        model = self.model
        open_: list[Piece] = model.open
        assert bool(open_) is not model.is_closed
        assert {(p.stage, p.round) for p in open_} <= {(model.stage, model.round)}
        assert [p.leads for p in open_].count(True) <= 1
        assert not (model.is_closed and None in model.parts)
