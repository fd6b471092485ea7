"""The other side of the load bench, a process of its own: posts messages as fast as it may.

Closed loop: each connection sends the next message when the last is answered. Reads its orders
as JSON from standard input, writes what came of them as JSON to standard output.
"""

import http.client
import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import TypedDict

WARM_UP = 5  # messages of each connection that are sent before the clock runs


class Order(TypedDict):
    """What to send, where, and for how long."""

    bind: str
    token: str
    seconds: float
    connections: int
    messages: list[dict[str, object]]


@dataclass
class Outcome:
    """What came of it: milliseconds of each answer, keys and numbers acknowledged."""

    seconds: float = 0.0
    failures: int = 0
    latencies_ms: list[float] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)


class Sender(threading.Thread):
    """One persistent connection and its share of the messages."""

    def __init__(self, order: Order, number: int, start: threading.Barrier) -> None:
        super().__init__()
        self.order, self.number, self.begin = order, number, start
        self.connection = http.client.HTTPConnection(order["bind"], timeout=60)
        self.outcome = Outcome()

    def run(self) -> None:
        """Warm up, wait for the others, then send until the time is up."""
        mine = enumerate(self.order["messages"][self.number :: self.order["connections"]])
        for _, (serial, message) in zip(range(WARM_UP), mine, strict=False):
            self._send(serial, message)
        self.outcome.latencies_ms.clear()
        self.begin.wait()
        began = time.perf_counter()
        for serial, message in mine:
            self._send(serial, message)
            if time.perf_counter() - began >= self.order["seconds"]:
                break
        self.outcome.seconds = time.perf_counter() - began
        self.connection.close()

    def _send(self, serial: int, message: dict[str, object]) -> None:
        key = f"load-{self.number:03d}-{serial:06d}"
        began = time.perf_counter()
        status, answer = self._answer(key, message)
        if status not in (200, 201):
            self.outcome.failures += 1
            if self.outcome.failures == 1:
                print(f"{status}: {answer[:300]!r}", file=sys.stderr)
            return
        self.outcome.latencies_ms.append((time.perf_counter() - began) * 1000)
        self.outcome.acknowledged[key] = json.loads(answer)["number"]

    def _answer(self, key: str, message: dict[str, object]) -> tuple[int, bytes]:
        headers = {
            "Authorization": f"Bearer {self.order['token']}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            self.connection.request("POST", "/api/v1/messages", json.dumps(message), headers)
            response = self.connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return 0, repr(error).encode()


def main() -> None:
    """Carry out the order of standard input."""
    order: Order = json.load(sys.stdin)
    start = threading.Barrier(order["connections"])
    senders = [Sender(order, number, start) for number in range(order["connections"])]
    for sender in senders:
        sender.start()
    whole = Outcome()
    for sender in senders:
        sender.join()
        whole.seconds = max(whole.seconds, sender.outcome.seconds)
        whole.failures += sender.outcome.failures
        whole.latencies_ms += sender.outcome.latencies_ms
        whole.acknowledged |= sender.outcome.acknowledged
    json.dump(asdict(whole), sys.stdout)


if __name__ == "__main__":
    main()
