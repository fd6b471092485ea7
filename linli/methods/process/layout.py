"""Where each part of a diagram lies: layers from left to right, lanes from top to bottom.

Between two columns of tasks lies a gap for gateways and upright lines; below the tasks of each
lane lie tracks for lines that go back or further than one column. Each such line has a track and
two upright places of its own, so that no line runs over another or through a task. After the
layered method of Sugiyama, Tagawa and Toda (1981), with the order of the standard in place of
its crossing reduction.
"""

from collections import defaultdict
from dataclasses import dataclass

from linli.methods.process.chart import Chart
from linli.methods.process.graph import END, START, Edge, Graph, Node

Point = tuple[int, int]
HEADER, PAD = 30, 24
TASK_WIDTH, TASK_HEIGHT, ALARM_PITCH = 140, 80, 64
EVENT, GATE = 36, 50
GATE_ROOM, UPRIGHT, TRACK, BELOW_ALARMS = 90, 14, 24, 110
LABEL = (100, 16)


@dataclass(frozen=True)
class Box:
    """A rectangle, in pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.x + self.width // 2, self.y + self.height // 2)


@dataclass(frozen=True)
class Drawing:
    """Boxes of nodes and lanes by id, points of edges, places of the words beside them."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box]
    edges: dict[str, tuple[Point, ...]]
    labels: dict[str, Box]


def drawing_of(chart: Chart, graph: Graph) -> Drawing:
    """Lay out a chart's graph. Every node lies inside its lane, and no two nodes touch."""
    return _Plan(chart, graph).drawn()


class _Plan:
    """The layout as it is worked out, from layers to points."""

    def __init__(self, chart: Chart, graph: Graph) -> None:
        self.graph = graph
        self.layers = _layers(graph)
        self.gaps = self._gap_of()
        self.slots = self._slots()
        self.far = [edge for edge in self._flows() if not self._is_near(edge)]
        self.uprights: dict[tuple[str, int], int] = {}
        self.width_of_gap = self._uprights()
        self.columns = self._columns()
        self.lanes, self.tracks = self._lanes([lane.key for lane in chart.lanes])
        self.boxes = {node.id: self._box(node) for node in graph.nodes.values()}
        self._ring()

    def drawn(self) -> Drawing:
        last = max(self.columns)
        beyond = self._gap_width(last + 1) if self.width_of_gap.get(last + 1) else 0
        right = sum(self.columns[last]) + beyond + PAD
        bottom = max(box.y + box.height for box in self.lanes.values())
        lanes = {
            key: Box(PAD + HEADER, box.y, right - PAD - HEADER, box.height)
            for key, box in self.lanes.items()
        }
        edges = {edge.id: self._points(edge) for edge in self.graph.edges.values()}
        labels = self._labels(edges)
        return Drawing(Box(PAD, PAD, right - PAD, bottom - PAD), lanes, self.boxes, edges, labels)

    def _flows(self) -> list[Edge]:
        """Edges that leave a task's column: all but those to a gateway and from alarms."""
        return [
            edge
            for edge in self.graph.edges.values()
            if self.graph.nodes[edge.target].kind not in ("gateway", "told")
        ]

    def _gap_of(self) -> dict[str, int]:
        """The gap that a node's ways out begin in, by the number of the column after it."""
        return {id: layer + 1 for id, layer in self.layers.items()} | {START: 0}

    def _is_near(self, edge: Edge) -> bool:
        return self.gaps[edge.source] == self.layers[edge.target]

    def _slots(self) -> dict[str, int]:
        """How far down in its lane a task stands, counted in rows."""
        used: dict[tuple[str, int], int] = defaultdict(int)
        slots = {}
        for node in self._standing():
            slots[node.id] = used[node.lane, self.layers[node.id]]
            used[node.lane, self.layers[node.id]] += 1
        return slots

    def _standing(self) -> list[Node]:
        return [node for node in self.graph.nodes.values() if node.kind in ("task", "call", "end")]

    def _uprights(self) -> dict[int, int]:
        """Give each line its upright places; return how many a gap has."""
        used: dict[int, int] = defaultdict(int)
        for edge in self._flows():
            for gap in dict.fromkeys((self.gaps[edge.source], self.layers[edge.target])):
                self.uprights[edge.id, gap] = used[gap]
                used[gap] += 1
        return used

    def _columns(self) -> dict[int, tuple[int, int]]:
        """Left edge and width of each column of tasks."""
        widths = dict.fromkeys(range(max(self.layers.values()) + 1), TASK_WIDTH)
        for node in self._standing():
            if node.task:
                layer = self.layers[node.id]
                widths[layer] = max(widths[layer], len(node.task.alarms) * ALARM_PITCH)
        columns, x = {}, PAD + 2 * HEADER
        for layer, width in sorted(widths.items()):
            x += self._gap_width(layer)
            columns[layer] = (x, width)
            x += width
        return columns

    def _gap_width(self, gap: int) -> int:
        return GATE_ROOM + UPRIGHT * (self.width_of_gap.get(gap, 0) + 1)

    def _lanes(self, keys: list[str]) -> tuple[dict[str, Box], dict[str, int]]:
        """Top and height of each lane, and how far down the track of each far line lies."""
        lanes, tracks, y = {}, {}, PAD
        for key in keys:
            standing = [node for node in self._standing() if node.lane == key]
            rows = max((self.slots[node.id] for node in standing), default=0) + 1
            below = y + PAD + rows * self._row(key)
            for edge in self.far:
                if self.graph.nodes[edge.source].lane == key:
                    tracks[edge.id] = below
                    below += TRACK
            lanes[key] = Box(PAD, y, 0, below + PAD // 2 - y)
            y = below + PAD // 2
        return lanes, tracks

    def _row(self, lane: str) -> int:
        tasks = [node.task for node in self._standing() if node.lane == lane and node.task]
        return TASK_HEIGHT + (BELOW_ALARMS if any(task.alarms for task in tasks) else PAD)

    def _box(self, node: Node) -> Box:
        if node.kind in ("task", "call", "end"):
            x, width = self.columns[self.layers[node.id]]
            top = self.lanes[node.lane].y + PAD + self.slots[node.id] * self._row(node.lane)
            if node.kind == "end":
                return Box(x, top + (TASK_HEIGHT - EVENT) // 2, EVENT, EVENT)
            return Box(x, top, width, TASK_HEIGHT)
        if node.kind == "start":
            first = next(one for one in self._standing() if one.kind == "task")
            middle = self._box(first).middle[1]
            return Box(
                self.columns[0][0] - self._gap_width(0) + 4, middle - EVENT // 2, EVENT, EVENT
            )
        host = self._box(self.graph.nodes[node.host])
        if node.kind == "gateway":
            return Box(host.x + host.width + 20, host.middle[1] - GATE // 2, GATE, GATE)
        return Box(host.x, host.y + host.height - EVENT // 2, EVENT, EVENT)

    def _ring(self) -> None:
        """Put alarms side by side on the lower edge of their task, and what they lead to below."""
        rung: dict[str, int] = defaultdict(int)
        for node in self.graph.nodes.values():
            if node.kind not in ("alarm", "told"):
                continue
            x, y = self.boxes[node.id].x, self.boxes[node.id].y
            if node.kind == "alarm":
                self.boxes[node.id] = Box(x + 6 + rung[node.host] * ALARM_PITCH, y, EVENT, EVENT)
                rung[node.host] += 1
            else:
                last = x + 6 + (rung[node.host] - 1) * ALARM_PITCH
                self.boxes[node.id] = Box(last, y + EVENT + 24, EVENT, EVENT)

    def _points(self, edge: Edge) -> tuple[Point, ...]:
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        kind = self.graph.nodes[edge.target].kind
        if kind == "told":
            return _ringing(source, target)
        begin = (source.x + source.width, source.middle[1])
        end = (target.x, target.middle[1])
        if kind == "gateway":
            return (begin, end)
        out = self._upright(edge, self.gaps[edge.source])
        if edge.id not in self.tracks:
            return (
                (begin, end) if begin[1] == end[1] else (begin, (out, begin[1]), (out, end[1]), end)
            )
        track, back = self.tracks[edge.id], self._upright(edge, self.layers[edge.target])
        return (begin, (out, begin[1]), (out, track), (back, track), (back, end[1]), end)

    def _upright(self, edge: Edge, gap: int) -> int:
        last = max(self.columns)
        x, width = self.columns[min(gap, last)]
        start = x - self._gap_width(gap) if gap <= last else x + width
        return start + GATE_ROOM + UPRIGHT * self.uprights[edge.id, gap]

    def _labels(self, edges: dict[str, tuple[Point, ...]]) -> dict[str, Box]:
        """Places of words: above tracks and straight lines, before the end of others."""
        labels: dict[str, Box] = {}
        met: dict[str, int] = defaultdict(int)
        for edge in self.graph.edges.values():
            if not edge.title:
                continue
            points = edges[edge.id]
            if len(points) == 6:
                x, y = min(points[2][0], points[3][0]) + 4, points[2][1] - LABEL[1]
            elif len(points) == 2:
                x, y = points[0][0] + 2, points[0][1] - LABEL[1] - 2
            else:
                (x, y), again = points[2], met[edge.target]
                met[edge.target] += 1
                x, y = x + 4, y - (again + 1) * LABEL[1]
            labels[edge.id] = Box(x, y, *LABEL)
        for node in self.graph.nodes.values():
            box = self.boxes[node.id]
            if node.kind in ("start", "end"):
                labels[node.id] = Box(box.x - 12, box.y + EVENT + 4, EVENT + 24, LABEL[1])
            elif node.kind in ("alarm", "told"):
                labels[node.id] = Box(box.x - 4, box.y + EVENT + 2, ALARM_PITCH - 8, LABEL[1])
        return labels


def _ringing(source: Box, target: Box) -> tuple[Point, ...]:
    x, y = source.middle[0], source.y + source.height
    if x == target.middle[0]:
        return ((x, y), (x, target.y))
    return ((x, y), (x, target.middle[1]), (target.x, target.middle[1]))


def _layers(graph: Graph) -> dict[str, int]:
    """The longest way to each node along edges that lead onward in the order of the standard."""
    hosts = {node.id: node.host or node.id for node in graph.nodes.values()}
    layers = {node.id: 0 for node in graph.nodes.values()}
    onward: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges.values():
        source, target = graph.nodes[hosts[edge.source]], graph.nodes[hosts[edge.target]]
        leads = target.order > source.order or target.kind == "call"
        if source.id != START and source.id != target.id and leads:
            onward[source.id].append(target.id)
    for node in sorted(graph.nodes.values(), key=lambda one: (one.order, one.kind == "call")):
        for reached in onward[node.id]:
            layers[reached] = max(layers[reached], layers[node.id] + 1)
    if END in layers:
        layers[END] = max(1, max(layers.values()) + (layers[END] < max(layers.values())))
    return {id: layers[hosts[id]] for id in graph.nodes}
