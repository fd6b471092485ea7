"""How often the worker looks, how long it waits, and when it gives a job up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """The times of a worker, in seconds; tests take a faster one.

    Parameters
    ----------
    look_s : between two looks at the outbox and at the queue, ≤ 1.
    heartbeat_s : between two signs of life of a worker.
    stalled_after_s : silence after which a worker counts as dead, several heartbeats.
    reap_s : between two looks for the jobs of dead workers.
    claims : how many times a job is taken up before a person must look at it. Counts every
        claim, also those that ended with the death of the worker: an exception is not needed.
    first_wait_s, longest_wait_s : before the second claim, and before any; each wait is four
        times the one before.
    at_once : how many jobs a worker runs at the same time.
    """

    look_s: float = 0.5
    heartbeat_s: float = 5
    stalled_after_s: float = 20
    reap_s: float = 5
    claims: int = 5
    first_wait_s: float = 5
    longest_wait_s: float = 600
    at_once: int = 4

    def wait_s(self, claims: int) -> float:
        """Return how long a job rests after so many claims have failed, in seconds."""
        return min(self.longest_wait_s, self.first_wait_s * 4.0 ** (claims - 1))
