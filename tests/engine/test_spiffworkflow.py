"""Two hundred made-up standards, left as BPMN and run by SpiffWorkflow, take the same road.

Only what both know: ways on and back, chosen by whoever does the work, and joint work that waits
for all. The words that the export puts where BPMN has expressions are made expressions here.

Serves: R105 R106.
"""

from collections.abc import Iterator
from random import Random

from lxml import etree
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from linli.config.bench._engine_definitions import body_of
from linli.domain.cases.rules.flow import ItemView, Move, move_after
from linli.domain.catalogue.rules.charting import ChartWords, chart_of
from linli.domain.catalogue.rules.stage import CLOSED, StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.methods.process.bpmn import bpmn_of, process_id
from linli.methods.tests.bpmn_oracle import MODEL, spiff_spec

STANDARDS, LONGEST, UNITS = 220, 14, 2


def test_both_go_through_the_same_stages_to_the_same_end() -> None:
    ended, joint, back = 0, 0, 0
    for number in range(STANDARDS):
        body = StandardDef.model_validate(body_of(Random(number), f"x{number}", is_plain=True))
        choices = [Random(f"{number} {place}").random() for place in range(LONGEST)]

        ours, theirs = list(_ours(body, choices)), list(_theirs(body, choices))

        assert ours == theirs, body.standard
        ended += CLOSED in ours
        joint += any(stage.each == "units" and stage.key in ours for stage in body.stages)
        back += len(set(ours)) < len(ours)
    assert min(ended, joint, back) > STANDARDS / 10


def _way(stage: StageDef, choice: float) -> str:
    return stage.ways[int(choice * len(stage.ways))].code


def _ours(body: StandardDef, choices: list[float]) -> Iterator[str]:
    stage = body.first_stage
    for choice in choices:
        yield stage.key
        count = UNITS if stage.each == "units" else 1
        moves: list[Move | None] = []
        for done in range(count):
            items = [ItemView(n, n, n == 0, is_open=n >= done) for n in range(count)]
            moves.append(move_after(stage, items, done=done, outcome=_way(stage, choice)))
        *waiting, move = moves
        assert not any(waiting)
        assert move is not None
        if move.closes:
            yield CLOSED
            return
        stage = body.stage(move.to) or body.first_stage


def _theirs(body: StandardDef, choices: list[float]) -> Iterator[str]:
    workflow = BpmnWorkflow(spiff_spec(_runnable(body), process_id(body.standard)))
    for choice in choices:
        workflow.do_engine_steps()
        if workflow.completed:
            yield CLOSED
            return
        tasks = [
            task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual
        ]
        keys = {task.task_spec.bpmn_id.removeprefix("stage_") for task in tasks}
        assert len(keys) == 1
        stage = body.stage(keys.pop()) or body.first_stage
        assert len(tasks) == (UNITS if stage.each == "units" else 1)
        yield stage.key
        for task in tasks:
            task.data["way"] = _way(stage, choice)
            task.run()
    workflow.do_engine_steps()
    if workflow.completed:
        yield CLOSED


def _runnable(body: StandardDef) -> str:
    root = etree.fromstring(bpmn_of(chart_of(body, ChartWords(lang="en"))).encode())
    for flow in root.iter(f"{MODEL}sequenceFlow"):
        for condition in flow.iter(f"{MODEL}conditionExpression"):
            condition.text = f"way == '{flow.get('name').removeprefix('Name ')}'"
    for many in root.iter(f"{MODEL}loopCardinality"):
        many.text = str(UNITS)
    return str(etree.tostring(root, encoding="unicode"))
