"""A key management service that tests can take away, alter and watch."""

import os
from dataclasses import dataclass, field

from linli.domain.vault.errors import KeyMissing
from linli.kernel.crypto import suite_named


@dataclass
class FakeService:
    """Keeps master keys in memory, as a service beyond our reach would: it wraps and unwraps."""

    roots: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def make(self, generation: int, *, suite: str) -> None:
        self.roots.setdefault(generation, (suite, os.urandom(suite_named(suite).key_bytes)))

    def generations(self) -> list[int]:
        return sorted(self.roots)

    def wrap(self, generation: int, key: bytes, *, bound: bytes) -> bytes:
        suite, root = self._root("wrap", generation)
        return suite_named(suite).seal(root, key, bound=bound)

    def unwrap(self, generation: int, wrapped: bytes, *, bound: bytes) -> bytes:
        suite, root = self._root("unwrap", generation)
        return suite_named(suite).open(root, wrapped, bound=bound)

    def check_value(self, generation: int) -> str:
        suite, root = self._root("check", generation)
        return suite_named(suite).mac(root, b"check").hex()[:16]

    def destroy(self, generation: int) -> None:
        self.roots.pop(generation, None)

    def _root(self, act: str, generation: int) -> tuple[str, bytes]:
        self.asked.append((act, generation))
        if generation not in self.roots:
            raise KeyMissing(generation)
        return self.roots[generation]
