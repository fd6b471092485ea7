"""The worker: looks at the outbox, runs the queue, keeps the clock, frees what the dead held.

It lives through restarts of the database: whatever fails in it, it says so, waits a second and
begins anew. What was running then is freed by the reaper like any job of a dead worker.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import close_old_connections
from procrastinate import App
from procrastinate.contrib.django import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from linli.jobs.outbox import QUEUE, queue_reactions
from linli.jobs.pace import Pace
from linli.jobs.reactions import REACTIONS, Reactions
from linli.jobs.schedule import SCHEDULE, Appointment
from linli.jobs.tasks import worker_app
from linli.jobs.upkeep import free_stalled_jobs

BATCH = 200
AFTER_A_FAILURE_S = 1.0
logger = logging.getLogger(__name__)


class WorkerStopped(Exception):
    """A part of the worker ended although nobody asked it to."""


@dataclass(frozen=True)
class Worker:
    """What a worker works by; the tables are the product's unless a test gives its own."""

    reactions: Reactions
    schedule: Sequence[Appointment]
    pace: Pace

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; jobs that run then are finished first."""
        threads = ThreadPoolExecutor(self.pace.at_once + 2, thread_name_prefix="linli-job")
        asyncio.get_running_loop().set_default_executor(threads)
        while not stop.is_set():
            try:
                await self._run_once(stop)
            except Exception as error:  # noqa: BLE001  # the outermost edge; logged
                # Not its message: a database's error repeats the words of people.
                state = getattr(error.__cause__, "sqlstate", "") or ""
                kind = type(error).__qualname__
                logger.error("worker: %s %s; beginning anew", kind, state)
                await _wait(stop, AFTER_A_FAILURE_S)

    async def _run_once(self, stop: asyncio.Event) -> None:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=5)
        app = worker_app(
            connector, reactions=self.reactions, schedule=self.schedule, pace=self.pace
        )
        async with app.open_async():
            parts = [
                self._work(app),
                _repeat(self._look_at_outbox, self.pace.look_s),
                _repeat(self._free_stalled, self.pace.reap_s),
            ]
            logger.info("worker: ready")
            await _all_until(stop, parts)

    async def _work(self, app: App) -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=self.pace.at_once,
            fetch_job_polling_interval=self.pace.look_s,
            update_heartbeat_interval=self.pace.heartbeat_s,
            stalled_worker_timeout=self.pace.stalled_after_s,
            install_signal_handlers=False,
            delete_jobs="successful",
        )

    def _look_at_outbox(self) -> bool:
        return queue_reactions(self.reactions, limit=BATCH) == BATCH

    def _free_stalled(self) -> bool:
        freed = free_stalled_jobs(self.pace)
        if freed.seen:
            logger.warning(
                "worker: of jobs held by dead workers, %d queued again, %d given up",
                freed.queued_again,
                freed.given_up,
            )
        return False


def run_worker(
    *,
    reactions: Reactions = REACTIONS,
    schedule: Sequence[Appointment] = SCHEDULE,
    pace: Pace | None = None,
) -> None:
    """Work until SIGTERM or SIGINT; jobs that run then are finished first."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    asyncio.run(_run_until_signal(Worker(reactions, schedule, pace or Pace())))


async def _run_until_signal(worker: Worker) -> None:
    stop = asyncio.Event()
    for known in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(known, stop.set)
    await worker.run(stop)


async def _all_until(stop: asyncio.Event, parts: Sequence[Coroutine[None, None, None]]) -> None:
    """Run the parts side by side until stop is set or one of them ends; then end them all."""
    running = [asyncio.create_task(part) for part in parts]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
    ended = [task for task in running if task.done()]
    for task in (*running, stopping):
        task.cancel()
    await asyncio.gather(*running, stopping, return_exceptions=True)
    for task in ended:
        await task
    if ended:
        raise WorkerStopped


async def _repeat(look: Callable[[], bool], pause_s: float) -> None:
    """Look again and again, in a thread; at once while a look says that there is more."""
    while True:
        if not await asyncio.to_thread(_on_a_live_connection, look):
            await asyncio.sleep(pause_s)


def _on_a_live_connection(look: Callable[[], bool]) -> bool:
    close_old_connections()
    try:
        return look()
    finally:
        close_old_connections()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
