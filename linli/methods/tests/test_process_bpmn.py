"""What is exported as BPMN is valid, says what the chart says, and lies well on the page.

Serves: R105 R106.
"""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from linli.methods.process.bpmn import bpmn_of
from linli.methods.process.chart import Chart
from linli.methods.process.graph import graph_of
from linli.methods.process.layout import Box, Drawing, drawing_of
from linli.methods.tests.bpmn_oracle import DI, MODEL, read, spiff_spec
from linli.methods.tests.charts import ODD, charts, demand


def test_stages_are_tasks_in_the_lanes_of_those_who_do_them():
    root = read(bpmn_of(demand()))

    tasks = {task.get("id"): task.get("name") for task in root.iter(f"{MODEL}userTask")}
    lane = next(lane for lane in root.iter(f"{MODEL}lane") if lane.get("name") == "督办")

    assert tasks["stage_triage"] == "受理派单"
    assert len(tasks) == 4
    assert "stage_objection" in [ref.text for ref in lane]


def test_it_says_that_nobody_should_run_it():
    root = read(bpmn_of(demand()))

    assert [one.get("isExecutable") for one in root.iter(f"{MODEL}process")] == ["false"]


def test_reminders_and_supervision_are_timers_that_interrupt_nothing():
    root = read(bpmn_of(demand()))
    events = list(root.iter(f"{MODEL}boundaryEvent"))

    assert [one.get("name") for one in events] == ["提醒 70%", "督办 150%"]
    assert {one.get("attachedToRef") for one in events} == {"stage_handle"}
    assert {one.get("cancelActivity") for one in events} == {"false"}
    told = [one.text for one in root.iter(f"{MODEL}timeDuration")]
    assert told == ["PT5040S", "用去时限的 150% 时督办"]


def test_what_each_unit_does_is_marked_as_many_and_parts_are_called():
    root = read(bpmn_of(demand()))
    many = {
        one.getparent().get("id") for one in root.iter(f"{MODEL}multiInstanceLoopCharacteristics")
    }
    call = next(root.iter(f"{MODEL}callActivity"))
    after = next(
        f for f in root.iter(f"{MODEL}sequenceFlow") if f.get("sourceRef") == call.get("id")
    )

    assert many == {"stage_handle", "parts_follow_up"}
    assert call.get("calledElement") == "standard_part"
    assert after.get("targetRef") == "closed"


def test_ways_back_lead_back():
    flows = graph_of(demand()).edges.values()
    back = {(flow.source, flow.target, flow.title) for flow in flows}

    assert ("ways_objection", "stage_triage", "成立") in back
    assert ("ways_follow_up", "stage_handle", "未解决") in back


def test_the_documentation_holds_limit_and_checks():
    root = read(bpmn_of(demand()))
    task = next(root.iter(f"{MODEL}userTask"))

    assert task.findtext(f"{MODEL}documentation") == "时限：2小时\n检查项：问清"


def test_spiffworkflow_reads_every_way_between_the_stages():
    spec = spiff_spec(bpmn_of(demand()), "standard_demand")

    def after(name: str) -> set[str]:
        return {one.name.partition(".")[0] for one in spec.task_specs[name].outputs}

    assert after("ways_objection") == {"stage_handle", "stage_triage"}
    assert after("ways_triage") == {"stage_handle", "closed"}


def test_odd_names_stay_valid_and_whole():
    chart = demand()
    tasks = tuple(replace(task, title=ODD, notes=(ODD, ODD)) for task in chart.tasks)
    root = read(bpmn_of(replace(chart, title=ODD, tasks=tasks)))

    names = {task.get("name") for task in root.iter(f"{MODEL}userTask")}
    assert names == {ODD.replace("\x07", "").replace("\ud800", "")}


def test_a_chart_that_leads_nowhere_is_refused():
    with pytest.raises(ValueError, match="no such task"):
        replace(demand(), tasks=demand().tasks[:2])


@settings(max_examples=200, deadline=None)
@given(charts())
def test_any_chart_is_valid_read_by_spiffworkflow_and_drawn_without_overlap(chart: Chart):
    text = bpmn_of(chart)
    root = read(text)
    spiff_spec(text, "standard_any")

    shown = [one.get("bpmnElement") for one in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")]
    kept = {one.get("id") for one in root.find(f"{MODEL}process").iter() if one.get("id")}
    graph = graph_of(chart)
    drawing = drawing_of(chart, graph)
    assert len(shown) == len(set(shown))
    assert {*graph.nodes, *graph.edges} <= set(shown) <= kept | {"office"}
    assert _faults(chart, drawing) == []


def _faults(chart: Chart, drawing: Drawing) -> list[str]:
    """Nodes that touch or leave their lane, and lines that run through a task."""
    graph = graph_of(chart)
    solid = {id: box for id, box in drawing.nodes.items() if graph.nodes[id].kind != "alarm"}
    faults = [f"{a} on {b}" for a, b in combinations(solid, 2) if _meet(solid[a], solid[b])]
    for id, box in drawing.nodes.items():
        lane = drawing.lanes[graph.nodes[id].lane]
        is_low = box.y + box.height > lane.y + lane.height
        is_far = box.x + box.width > lane.x + lane.width
        if box.y < lane.y or box.x < lane.x or is_low or is_far:
            faults.append(f"{id} out of its lane")
    for id, points in drawing.edges.items():
        edge = graph.edges[id]
        for begin, end in pairwise(points):
            line = Box(min(begin[0], end[0]), min(begin[1], end[1]), 0, 0)
            line = replace(line, width=abs(begin[0] - end[0]), height=abs(begin[1] - end[1]))
            met = [one for one, box in solid.items() if _meet(line, box)]
            faults += [
                f"{id} through {one}" for one in met if one not in (edge.source, edge.target)
            ]
    return faults


def _meet(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    down = one.y < other.y + other.height and other.y < one.y + one.height
    return across and down
