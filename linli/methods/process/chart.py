"""A process as plain values: tasks in lanes, the ways between them, what rings when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Lane:
    """Who has tasks: a role, or the field's own word for it."""

    key: str
    title: str


@dataclass(frozen=True)
class Alarm:
    """What rings while a task is under way, without ending it.

    Parameters
    ----------
    title : what is done, e.g. 提醒. mark : when, in a few characters, e.g. 70%.
    when : when, in words. duration : ISO 8601 from the start of the task, "" where working time
        or a calendar decides, which ISO 8601 cannot say.
    """

    title: str
    mark: str
    when: str
    duration: str = ""


@dataclass(frozen=True)
class Children:
    """Processes of their own that a task may open and waits for.

    Parameters
    ----------
    title : what they are. called : `Chart.key` of the process, "" where it is not one alone.
    to : key of the task that follows once they are over, "" for the end, None where the task
        itself goes on.
    """

    title: str
    called: str = ""
    to: str | None = None


@dataclass(frozen=True)
class Task:
    """A stage. `key` is fit for an XML id; `notes` are lines of documentation.

    Parameters
    ----------
    lane : key of a lane. limit : time standard in words.
    is_many : whether several units have it at once. many : how they come together, in words.
    """

    key: str
    title: str
    lane: str
    limit: str = ""
    is_many: bool = False
    many: str = ""
    notes: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    children: Children | None = None


@dataclass(frozen=True)
class Flow:
    """A way from a task to another, or to the end (`target` None); `code` names it in events.

    `condition` says in words for which cases it is; several flows may share a code.
    """

    source: str
    target: str | None
    code: str
    title: str
    condition: str = ""
    is_back: bool = False


@dataclass(frozen=True)
class Chart:
    """A process; the first task is where it begins. `lang` is zh-hans or en.

    Raises ValueError for keys that are unfit or double, and for ways and lanes that lead nowhere.
    """

    key: str
    version: str
    title: str
    lang: str
    lanes: tuple[Lane, ...]
    tasks: tuple[Task, ...]
    flows: tuple[Flow, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        keys = [task.key for task in self.tasks]
        known = set(keys)
        ends = {flow.source for flow in self.flows} | {flow.target for flow in self.flows}
        ends |= {task.children.to or None for task in self.tasks if task.children}
        if not keys or len(known) != len(keys):
            raise ValueError("a chart needs tasks, each with a key of its own")
        if unfit := [key for key in (self.key, *keys) if not KEY.fullmatch(key)]:
            raise ValueError(f"unfit for an XML id: {unfit}")
        if lost := {end for end in ends if end is not None} - known:
            raise ValueError(f"no such task: {sorted(lost)}")
        if lost := {task.lane for task in self.tasks} - {lane.key for lane in self.lanes}:
            raise ValueError(f"no such lane: {sorted(lost)}")

    @property
    def has_end(self) -> bool:
        """Whether anything leads to the end."""
        parts = (task.children.to == "" for task in self.tasks if task.children)
        return any(flow.target is None for flow in self.flows) or any(parts)

    def ways_of(self, key: str) -> list[Flow]:
        """Return the ways out of a task, in the standard's order."""
        return [flow for flow in self.flows if flow.source == key]


@dataclass(frozen=True)
class Figure:
    """How often, and how long as a rule. `hours` is a median; either may be unknown."""

    count: int | None = None
    hours: float | None = None


@dataclass(frozen=True)
class Overlay:
    """Figures laid over a picture: of tasks by key, of ways by (source, code, target or "")."""

    tasks: Mapping[str, Figure] = field(default_factory=dict)
    ways: Mapping[tuple[str, str, str], Figure] = field(default_factory=dict)
