"""Writing a process as BPMN 2.0 with its diagram (OMG formal/2011-01-03, ISO/IEC 19510).

It is for reading and for exchange: `isExecutable` is false, and what only words can say (working
days, shares of a limit, conditions) stands as an expression in natural language, for which the
standard has `tExpression`. Lanes are roles; reminders and supervision are timers that interrupt
nothing; what each unit does for itself is a parallel multi-instance; parts are call activities.

Serves: R105 R106.
"""

from io import StringIO

from linli.methods.process.chart import Chart, Lane
from linli.methods.process.graph import Edge, Graph, Node, graph_of
from linli.methods.process.layout import Box, Drawing, drawing_of
from linli.methods.process.sayings import say
from linli.methods.process.xml_out import Attributes, XmlOut

NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
TAGS = {
    "start": "startEvent",
    "task": "userTask",
    "call": "callActivity",
    "gateway": "exclusiveGateway",
    "alarm": "boundaryEvent",
    "told": "endEvent",
    "end": "endEvent",
}
POOL = "office"


def bpmn_of(chart: Chart) -> str:
    """Return a chart as a BPMN 2.0 document, valid against the OMG's schema."""
    out = StringIO()
    graph = graph_of(chart)
    _Writer(XmlOut(out.write), chart, graph, drawing_of(chart, graph)).write()
    return out.getvalue()


def process_id(key: str) -> str:
    """Return the id of the process that a chart becomes; call activities name it."""
    return f"standard_{key}"


class _Writer:
    """The parts of the document in their order."""

    def __init__(self, xml: XmlOut, chart: Chart, graph: Graph, drawing: Drawing) -> None:
        self.xml, self.chart, self.graph, self.drawing = xml, chart, graph, drawing

    def write(self) -> None:
        chart, xml = self.chart, self.xml
        named = {"id": "definitions", "name": f"{chart.title} {chart.version}"}
        here = {"targetNamespace": f"urn:linli:standard:{chart.key}", "exporter": "Linli"}
        xml.open("bpmn:definitions", {**NAMESPACES, **named, **here})
        xml.open("bpmn:collaboration", {"id": "collaboration"})
        pool = {"id": POOL, "name": chart.title, "processRef": process_id(chart.key)}
        xml.leaf("bpmn:participant", pool)
        xml.close()
        self._process()
        self._diagram()
        xml.end()

    def _process(self) -> None:
        chart = self.chart
        about = {"id": process_id(chart.key), "name": chart.title, "isExecutable": "false"}
        self.xml.open("bpmn:process", about)
        self._documentation([f"{chart.title} {chart.version}", *chart.notes])
        self.xml.open("bpmn:laneSet", {"id": "lanes"})
        for number, lane in enumerate(chart.lanes):
            self._lane(number, lane)
        self.xml.close()
        for node in self.graph.nodes.values():
            self._node(node)
        for edge in self.graph.edges.values():
            self._edge(edge)
        self.xml.close()

    def _lane(self, number: int, lane: Lane) -> None:
        self.xml.open("bpmn:lane", {"id": f"lane_{number}", "name": lane.title})
        for node in self.graph.nodes.values():
            if node.lane == lane.key:
                self.xml.leaf("bpmn:flowNodeRef", text=node.id)
        self.xml.close()

    def _node(self, node: Node) -> None:
        tag = f"bpmn:{TAGS[node.kind]}"
        about: dict[str, str] = {"id": node.id}
        if node.title:
            about["name"] = node.title
        if node.kind == "alarm":
            about |= {"attachedToRef": node.host, "cancelActivity": "false"}
        if node.kind == "call" and node.task and node.task.children and node.task.children.called:
            about["calledElement"] = process_id(node.task.children.called)
        if node.kind == "gateway":
            about["gatewayDirection"] = "Diverging"
        self.xml.open(tag, about)
        if node.kind == "task" and node.task:
            self._documentation(node.task.notes)
        if node.alarm:
            self._documentation([node.alarm.when])
        self._ends(node)
        if node.alarm:
            self._timer(node)
        if node.kind == "call":
            self._many(say("each_part", self.chart.lang))
        elif node.kind == "task" and node.task and node.task.is_many:
            self._many(say("each", self.chart.lang))
        self.xml.close()

    def _documentation(self, lines: "list[str] | tuple[str, ...]") -> None:
        if lines:
            self.xml.leaf("bpmn:documentation", text="\n".join(lines))

    def _ends(self, node: Node) -> None:
        for edge in self.graph.edges.values():
            if edge.target == node.id:
                self.xml.leaf("bpmn:incoming", text=edge.id)
        for edge in self.graph.edges.values():
            if edge.source == node.id:
                self.xml.leaf("bpmn:outgoing", text=edge.id)

    def _timer(self, node: Node) -> None:
        alarm = node.alarm
        if alarm is None:
            return
        self.xml.open("bpmn:timerEventDefinition", {"id": f"{node.id}_timer"})
        formal = {"xsi:type": "bpmn:tFormalExpression"} if alarm.duration else {}
        self.xml.leaf("bpmn:timeDuration", formal, alarm.duration or alarm.when)
        self.xml.close()

    def _many(self, how: str) -> None:
        self.xml.open("bpmn:multiInstanceLoopCharacteristics", {"isSequential": "false"})
        self.xml.leaf("bpmn:loopCardinality", text=how)
        self.xml.close()

    def _edge(self, edge: Edge) -> None:
        about = {"id": edge.id, "sourceRef": edge.source, "targetRef": edge.target}
        if edge.title:
            about["name"] = edge.title
        if not edge.condition or self.graph.nodes[edge.source].kind != "gateway":
            self.xml.leaf("bpmn:sequenceFlow", about)
            return
        self.xml.open("bpmn:sequenceFlow", about)
        self.xml.leaf("bpmn:conditionExpression", text=edge.condition)
        self.xml.close()

    def _diagram(self) -> None:
        xml, drawing = self.xml, self.drawing
        xml.open("bpmndi:BPMNDiagram", {"id": "diagram", "name": self.chart.title})
        xml.open("bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
        self._shape(POOL, drawing.pool, {"isHorizontal": "true"})
        for number, lane in enumerate(self.chart.lanes):
            self._shape(f"lane_{number}", drawing.lanes[lane.key], {"isHorizontal": "true"})
        for node in self.graph.nodes.values():
            marked = {"isMarkerVisible": "true"} if node.kind == "gateway" else {}
            self._shape(node.id, drawing.nodes[node.id], marked)
        for edge in self.graph.edges.values():
            xml.open("bpmndi:BPMNEdge", {"id": f"{edge.id}_di", "bpmnElement": edge.id})
            for x, y in drawing.edges[edge.id]:
                xml.leaf("di:waypoint", {"x": x, "y": y})
            self._label(edge.id)
            xml.close()

    def _shape(self, element: str, box: Box, more: Attributes) -> None:
        about = {"id": f"{element}_di", "bpmnElement": element, **more}
        self.xml.open("bpmndi:BPMNShape", about)
        self.xml.leaf("dc:Bounds", _bounds(box))
        self._label(element)
        self.xml.close()

    def _label(self, element: str) -> None:
        if element in self.drawing.labels:
            self.xml.open("bpmndi:BPMNLabel")
            self.xml.leaf("dc:Bounds", _bounds(self.drawing.labels[element]))
            self.xml.close()


def _bounds(box: Box) -> dict[str, int]:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
