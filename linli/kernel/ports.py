"""One edge reaches another only by a port: a name, a protocol, and who fills it."""

from typing import Generic, TypeVar

from linli.kernel.errors import Unavailable

Filler = TypeVar("Filler")


class PortRegistry(Generic[Filler]):
    """The fillers of one port, by name; tests make a fresh one.

    Parameters
    ----------
    port : the port's name, as `docs/words.md` has it.
    """

    def __init__(self, port: str) -> None:
        self.port = port
        self._fillers: dict[str, Filler] = {}

    def register(self, name: str, filler: Filler) -> None:
        """Fill the port under a name; the same name twice is a mistake and raises ValueError."""
        if name in self._fillers:
            raise ValueError(f"port {self.port} already has a filler named {name}")
        self._fillers[name] = filler

    def get(self, name: str) -> Filler:
        """Return who fills the port under a name; raises Unavailable if nobody does."""
        if name not in self._fillers:
            raise Unavailable(
                f"接口“{self.port}”没有名为“{name}”的适配器，请检查配置。",
                f"Port {self.port} has no adapter named {name}; check the settings.",
            )
        return self._fillers[name]

    def names(self) -> list[str]:
        """Return the names under which the port is filled."""
        return sorted(self._fillers)
