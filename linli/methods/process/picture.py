"""Drawing a process as SVG that reads at the width of a phone, on paper and without a script.

Stages stand below one another in the order of the standard, each with its ways out as lines of
text; a line leads from each way along the edge to where it goes: onward on the right, back on the
left and dashed. The picture carries its own title and description for those who do not see it.
Colours come from `color`, so that a page may set them; a white ground keeps it legible anywhere.

Serves: R105 R106.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO

from linli.methods.process.chart import Chart, Figure, Flow, Overlay, Task
from linli.methods.process.fitting import joined_lines
from linli.methods.process.sayings import say
from linli.methods.process.xml_out import XmlOut

WIDTH, PITCH = 320, 9  # of the picture, and between lines along an edge, in pixels
TITLE, TEXT, SMALL = 15, 13, 12  # sizes of letters in pixels; none is smaller
LEADING, PAD, BETWEEN, MARGIN = 18, 10, 18, 12
MOST_TRACKS = 6  # beyond that, lines along an edge share places
FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
NOTHING_LAID_OVER = Overlay()


@dataclass
class Line:
    """A line of text in a card: how far down, how large, whether a way leaves from it."""

    text: str
    size: int
    y: int
    way: Flow | None = None
    is_strong: bool = False


@dataclass
class Card:
    """A stage as it is drawn. `y` and `height` in pixels."""

    task: Task | None
    y: int
    height: int = 0
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Wire:
    """A line along an edge: from and to in pixels down, and which way it belongs to."""

    begin: int
    end: int
    way: Flow
    is_back: bool


def svg_of(chart: Chart, overlay: Overlay = NOTHING_LAID_OVER, *, head: bool = True) -> str:
    """Return a chart as an SVG document.

    Parameters
    ----------
    overlay : figures to write beside stages and ways; none by default.
    head : whether it begins with an XML declaration; False for a picture inside a page.
    """
    out = StringIO()
    _Picture(chart, overlay).write(XmlOut(out.write, head=head))
    return out.getvalue()


def described(chart: Chart) -> str:
    """Say in sentences what a picture of a chart shows."""
    titles: dict[str | None, str] = {task.key: task.title for task in chart.tasks}
    titles[None] = say("end", chart.lang)
    told = [say("begins", chart.lang).format(chart.tasks[0].title)]
    for task in chart.tasks:
        ways = "; ".join(
            say("to", chart.lang).format(_way_words(flow, chart.lang), titles[flow.target])
            for flow in chart.ways_of(task.key)
        )
        told.append(
            say("leads", chart.lang).format(task.title, ways or say("dead_end", chart.lang))
        )
    return " ".join(told)


class _Picture:
    """The cards one below the other, and the wires beside them."""

    def __init__(self, chart: Chart, overlay: Overlay) -> None:
        self.chart, self.overlay = chart, overlay
        self.place = {task.key: number for number, task in enumerate(chart.tasks)}
        self.cards: list[Card] = []
        self._lay(MOST_TRACKS, MOST_TRACKS)
        wires = self._wires()
        beside = [
            max(_tracks([wire for wire in wires if wire.is_back is is_back]), default=-1) + 1
            for is_back in (True, False)
        ]
        self._lay(*beside)

    def _lay(self, back: int, onward: int) -> None:
        """Put the cards below one another, with room beside them for so many wires."""
        self.left = MARGIN + PITCH * (min(back, MOST_TRACKS) + 1)
        self.right = WIDTH - MARGIN - PITCH * (min(onward, MOST_TRACKS) + 1)
        self.cards, y = [], MARGIN
        for task in self.chart.tasks:
            self.cards.append(self._card(task, y))
            y += self.cards[-1].height + BETWEEN
        if self.chart.has_end:
            end = Card(None, y, LEADING + PAD)
            words = say("end", self.chart.lang)
            end.lines.append(Line(words, TITLE, y + LEADING + 1, is_strong=True))
            self.cards.append(end)
            y += end.height + BETWEEN
        self.height = y - BETWEEN + MARGIN

    def _is_back(self, flow: Flow) -> bool:
        if flow.target is None:
            return False
        return flow.is_back or self.place[flow.target] <= self.place[flow.source]

    def _card(self, task: Task, top: int) -> Card:
        card = Card(task, top)
        lang, lanes = self.chart.lang, {lane.key: lane.title for lane in self.chart.lanes}
        self._add(card, [task.title], TITLE, most=3)
        many = say("many", lang) if task.is_many else ""
        self._add(card, [lanes[task.lane], task.limit, many], TEXT)
        self._add(card, _figure_words(self.overlay.tasks.get(task.key), lang), SMALL)
        self._add(card, [f"{alarm.title} {alarm.mark}" for alarm in task.alarms], SMALL)
        if task.children:
            self._add(card, [say("part", lang).format(task.children.title)], SMALL)
        for flow in self.chart.ways_of(task.key):
            self._add(card, [self._way_text(flow)], TEXT, way=flow)
            self._add(card, _figure_words(self._figure(flow), lang), SMALL)
        card.height = card.lines[-1].y + PAD - top
        return card

    def _add(
        self, card: Card, parts: Sequence[str], size: int, *, most: int = 2, way: Flow | None = None
    ) -> None:
        """Write parts into a card, below what stands there; a way leaves from its first line."""
        room = (self.right - self.left - 2 * PAD) / size
        for number, words in enumerate(joined_lines(parts, ems=room, most=most)):
            y = (card.lines[-1].y if card.lines else card.y + PAD // 2) + LEADING
            card.lines.append(Line(words, size, y, None if number else way, size == TITLE))

    def _way_text(self, flow: Flow) -> str:
        """A way and where it leads."""
        titles = {task.key: task.title for task in self.chart.tasks}
        lang = self.chart.lang
        target = titles[flow.target] if flow.target else say("end", lang)
        return say("to", lang).format(_way_words(flow, lang), target)

    def _figure(self, flow: Flow) -> Figure | None:
        return self.overlay.ways.get((flow.source, flow.code, flow.target or ""))

    def _wires(self) -> list[Wire]:
        tops = {card.task.key if card.task else None: card.y + 14 for card in self.cards}
        return [
            Wire(line.y - 5, tops[line.way.target], line.way, self._is_back(line.way))
            for card in self.cards
            for line in card.lines
            if line.way
        ]

    def write(self, xml: XmlOut) -> None:
        """Write the picture."""
        chart, lang = self.chart, self.chart.lang
        title = say("picture", lang).format(f"{chart.title} {chart.version}")
        name = f"process-{chart.key}"
        xml.open(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "process",
                "viewBox": f"0 0 {WIDTH} {self.height}",
                "width": WIDTH,
                "height": self.height,
                "role": "img",
                "xml:lang": "en" if lang.startswith("en") else "zh-Hans",
                "aria-labelledby": f"{name}-title {name}-described",
                "color": "#1b1f24",
                "font-family": FONT,
            },
        )
        xml.leaf("title", {"id": f"{name}-title"}, title)
        xml.leaf("desc", {"id": f"{name}-described"}, described(chart))
        size = {"width": WIDTH, "height": self.height}
        xml.leaf("rect", {"class": "process__ground", **size, "fill": "#ffffff"})
        for card in self.cards:
            self._write_card(xml, card)
        wires = self._wires()
        for is_back in (False, True):
            self._write_wires(xml, [wire for wire in wires if wire.is_back is is_back])
        xml.end()

    def _write_card(self, xml: XmlOut, card: Card) -> None:
        size = {"width": self.right - self.left, "height": card.height}
        xml.open("g", {"class": "process__stage" if card.task else "process__end"})
        if card.task:
            xml.leaf("title", text=card.task.title)
        place = {"x": self.left, "y": card.y, "rx": 4 if card.task else card.height // 2}
        xml.leaf("rect", {**place, **size, "fill": "none", "stroke": "currentColor"})
        for line in card.lines:
            look: dict[str, str | int] = {"x": self.left + PAD, "y": line.y, "font-size": line.size}
            if line.is_strong:
                look["font-weight"] = "600"
            xml.leaf("text", {**look, "fill": "currentColor"}, line.text)
        xml.close()

    def _write_wires(self, xml: XmlOut, wires: Sequence[Wire]) -> None:
        heaviest = max([self._count(wire) for wire in wires], default=0)
        for wire, track in zip(wires, _tracks(wires), strict=True):
            side, step = (self.left, -PITCH) if wire.is_back else (self.right, PITCH)
            x = side + step * (track % MOST_TRACKS + 1)
            tip = side + (-5 if wire.is_back else 5)
            weight = 1 + 2 * self._count(wire) / heaviest if heaviest else 1
            line = {
                "class": "process__back" if wire.is_back else "process__way",
                "d": f"M{side} {wire.begin}H{x}V{wire.end}H{tip}",
                "fill": "none",
                "stroke": "currentColor",
                "stroke-width": f"{weight:.1f}",
            }
            if wire.is_back:
                line["stroke-dasharray"] = "4 3"
            xml.leaf("path", line)
            arrow = f"M{side} {wire.end}L{tip} {wire.end - 4}V{wire.end + 4}Z"
            xml.leaf("path", {"d": arrow, "fill": "currentColor"})

    def _count(self, wire: Wire) -> int:
        figure = self._figure(wire.way)
        return figure.count or 0 if figure else 0


def _tracks(wires: Sequence[Wire]) -> list[int]:
    """Give each wire the innermost place that no other one takes beside it (interval colouring)."""
    taken: list[list[tuple[int, int]]] = []
    places = [0] * len(wires)
    spans = [(min(wire.begin, wire.end), max(wire.begin, wire.end)) for wire in wires]
    for number in sorted(range(len(wires)), key=lambda n: spans[n][1] - spans[n][0]):
        top, bottom = spans[number]
        free = (
            track
            for track, others in enumerate(taken)
            if all(bottom + 4 < low or high + 4 < top for low, high in others)
        )
        places[number] = next(free, len(taken))
        if places[number] == len(taken):
            taken.append([])
        taken[places[number]].append((top, bottom))
    return places


def _way_words(flow: Flow, lang: str) -> str:
    back = f"（{say('back', lang)}）" if flow.is_back and not lang.startswith("en") else ""
    if flow.is_back and lang.startswith("en"):
        back = f" ({say('back', lang)})"
    condition = f" [{flow.condition}]" if flow.condition else ""
    return f"{flow.title}{back}{condition}"


def _figure_words(figure: Figure | None, lang: str) -> list[str]:
    if figure is None:
        return []
    words = [] if figure.count is None else [say("count", lang).format(figure.count)]
    if figure.hours is not None:
        words.append(say("hours", lang).format(figure.hours))
    return words
