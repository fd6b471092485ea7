"""A chart as BPMN knows it: events, tasks, gateways where ways part, and the flows between."""

from dataclasses import dataclass

from linli.methods.process.chart import Alarm, Chart, Task
from linli.methods.process.sayings import say

START, END = "start", "closed"


@dataclass(frozen=True)
class Node:
    """An element of the flow: start, task, call, gateway, alarm, told or end.

    `host` is the task that an alarm or gateway belongs to; `order` decides which way is onward.
    """

    id: str
    kind: str
    title: str
    lane: str
    order: int
    host: str = ""
    alarm: Alarm | None = None
    task: Task | None = None


@dataclass(frozen=True)
class Edge:
    """A sequence flow; a `condition` says in words when it is taken."""

    id: str
    source: str
    target: str
    title: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Graph:
    """All of it, nodes and edges by id in the order in which they are written."""

    nodes: dict[str, Node]
    edges: dict[str, Edge]


def graph_of(chart: Chart) -> Graph:
    """Return the events, tasks, gateways and flows of a chart."""
    first = chart.tasks[0]
    nodes = [Node(START, "start", say("start", chart.lang), first.lane, 0)]
    edges = [Edge("flow_start", START, task_id(first.key))]
    for order, task in enumerate(chart.tasks):
        made, ways = _stage(chart, task, order)
        nodes += made
        edges += ways
    if chart.has_end:
        ending = {flow.source for flow in chart.flows if flow.target is None}
        lanes = [task.lane for task in chart.tasks if task.key in ending]
        lane = lanes[-1] if lanes else chart.tasks[-1].lane
        nodes.append(Node(END, "end", say("end", chart.lang), lane, len(chart.tasks)))
    return Graph({node.id: node for node in nodes}, {edge.id: edge for edge in edges})


def task_id(key: str | None) -> str:
    """Return the id of a task, or of the end for None."""
    return END if key is None else f"stage_{key}"


def _stage(chart: Chart, task: Task, order: int) -> tuple[list[Node], list[Edge]]:
    here = task_id(task.key)
    nodes = [Node(here, "task", task.title, task.lane, order, task=task)]
    edges: list[Edge] = []
    outs = [
        Edge(
            f"flow_{task.key}_{number}",
            here,
            task_id(flow.target),
            flow.title,
            flow.condition or say("outcome", chart.lang).format(flow.title),
        )
        for number, flow in enumerate(chart.ways_of(task.key))
    ]
    if task.children:
        parts = Node(f"parts_{task.key}", "call", task.children.title, task.lane, order, task=task)
        nodes.append(parts)
        asked = say("parts", chart.lang)
        outs.append(Edge(f"flow_{task.key}_parts", here, parts.id, asked, asked))
        after = here if task.children.to is None else task_id(task.children.to or None)
        edges.append(Edge(f"flow_{task.key}_parts_over", parts.id, after))
    if len(outs) > 1:
        fork = Node(f"ways_{task.key}", "gateway", "", task.lane, order, host=here)
        nodes.append(fork)
        edges.append(Edge(f"flow_{task.key}_ways", here, fork.id))
        outs = [Edge(e.id, fork.id, e.target, e.title, e.condition) for e in outs]
    rung, ringing = _alarms(chart, task, order)
    return nodes + rung, edges + outs + ringing


def _alarms(chart: Chart, task: Task, order: int) -> tuple[list[Node], list[Edge]]:
    here = task_id(task.key)
    alarms = [
        Node(
            id=f"alarm_{task.key}_{number}",
            kind="alarm",
            title=f"{alarm.title} {alarm.mark}",
            lane=task.lane,
            order=order,
            host=here,
            alarm=alarm,
        )
        for number, alarm in enumerate(task.alarms)
    ]
    if not alarms:
        return [], []
    told = Node(f"told_{task.key}", "told", say("told", chart.lang), task.lane, order, host=here)
    return [*alarms, told], [Edge(f"flow_{node.id}", node.id, told.id) for node in alarms]
