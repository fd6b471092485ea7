"""Who works while things are killed: residents who post, an import, and a desk that dispatches.

Each keeps what was acknowledged to it, and asks again with the same key until it is.
"""

import csv
import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import django.db
from django.db import connection

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import CaseFilter, cases_for
from linli.domain.cases.services import dispatch_case
from linli.domain.organisations.selectors import duty_for
from linli.kernel.clock import utc_now
from linli.kernel.errors import WrongState

PAUSE_S, PATIENCE_S = 0.1, 20.0
SOURCE = "crash"
ROUTED, TIED, SHARED = 0.1, 0.2, 0.5  # by chance of a case: who may do what with it in triage
REFUSALS = (400, 401, 403, 404, 409, 422)  # asking again would not help
Message = dict[str, object]


class Work(threading.Thread):
    """Somebody at work until told to stop; then finishes what was begun."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.told_to_stop = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.refused: set[str] = set()
        self.contradicted = 0

    def give_up(self) -> None:
        """End what does not end by itself."""

    def rest(self, seconds: float = PAUSE_S) -> None:
        """Wait a moment, less when told to stop."""
        self.told_to_stop.wait(seconds)


@dataclass(frozen=True)
class Came:
    """An answer."""

    status: int
    body: bytes
    location: str


class Door:
    """A connection to the web process, which may be killed behind it at any moment."""

    def __init__(self, bind: str) -> None:
        self.connection = http.client.HTTPConnection(bind, timeout=20)

    def post(self, path: str, body: str, headers: Mapping[str, str]) -> Came | None:
        """Post something; None where no answer came."""
        try:
            self.connection.request("POST", path, body, dict(headers))
            response = self.connection.getresponse()
            return Came(response.status, response.read(), response.getheader("Location", ""))
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return None


class Resident(Work):
    """Posts messages over the API; an answer other than 200 or 201 is none."""

    def __init__(self, bind: str, token: str, messages: Sequence[Message], name: str) -> None:
        super().__init__()
        self.token, self.messages, self.told_name = token, messages, name
        self.door = Door(bind)

    def run(self) -> None:
        """Post one message after the other."""
        for serial, message in enumerate(self.messages):
            key = f"{self.told_name}-{serial:06d}"
            while (number := self._post(key, message)) is None:
                self.rest()
            self.acknowledged[key] = number
            if self.told_to_stop.is_set():
                return

    def _post(self, key: str, message: Message) -> str | None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        came = self.door.post("/api/v1/messages", json.dumps(message), headers)
        if came is not None and came.status in REFUSALS:
            raise RuntimeError(f"refused: {came.body[:300]!r}")
        is_told = came is not None and came.status in (200, 201)
        return str(json.loads(came.body)["number"]) if came is not None and is_told else None


class Importer(Work):
    """Runs the import again and again until it ends well; what it tells is acknowledged.

    Parameters
    ----------
    folder : where the export and its mapping are written.
    """

    def __init__(self, rows: Sequence[Message], folder: Path) -> None:
        super().__init__()
        self.rows = len(rows)
        self.files = write_export(rows, folder)
        self.process: subprocess.Popen[str] | None = None
        self.has_given_up = False

    def run(self) -> None:
        """Run, note each row that was taken in, and run anew after a fall."""
        while not self.has_given_up and self._run_once() != 0:
            self.rest()

    def give_up(self) -> None:
        """End the import for good."""
        self.has_given_up = True
        self.kill()
        self.join(PATIENCE_S)

    def kill(self) -> None:
        """Kill the import that runs."""
        if self.process is not None:
            self.process.kill()

    def _run_once(self) -> int:
        with subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "-m", "linli.config.bench._crash_importer", *self.files],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "LINLI_ROLE": "web"},
        ) as process:
            self.process = process
            for line in process.stdout or ():
                key, _, number = line.strip().partition(" ")
                if number:
                    self.acknowledged[key] = number
        return process.returncode


def write_export(rows: Sequence[Message], folder: Path) -> tuple[str, str]:
    """Write rows as an export with a mapping that calls columns what we call them."""
    export, mapping = folder / "crash.csv", folder / "crash.yaml"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    columns = "\n".join(f"  {name}: {name}" for name in rows[0])
    mapping.write_text(f"source: {SOURCE}\ncolumns:\n{columns}\n", encoding="utf-8")
    return str(export), str(mapping)


def chance_of(ref: str) -> float:
    """Return a number from 0 to 1 that a case keeps: whoever looks draws the same fate."""
    return Random(ref).random()  # noqa: S311  # no secret


class Desk(Work):
    """Dispatches what waits, by the duty list; `acknowledged` holds case by command key."""

    def __init__(self, clerk: Actor, rng: Random) -> None:
        super().__init__()
        self.clerk, self.rng = clerk, rng

    def run(self) -> None:
        """Dispatch case after case."""
        while not self.told_to_stop.is_set():
            try:
                self._dispatch_some()
            except django.db.Error:
                connection.close()
            self.rest()
        connection.close()

    def _dispatch_some(self) -> None:
        waiting = cases_for(self.clerk, CaseFilter(stage="triage"), size=60, order="oldest").items
        mine = [case for case in waiting if chance_of(case.public_id) >= TIED]
        for case in self.rng.sample(mine, min(5, len(mine))):
            self._dispatch(case.public_id, case.matter.code, case.area_path)

    def _dispatch(self, ref: str, matter: str, area_path: str) -> None:
        at = utc_now()
        duty = duty_for(matter, area_path, at=at)
        if duty is None:
            return
        key = f"desk:{ref}"
        while not {key} & (self.acknowledged.keys() | self.refused):
            try:
                dispatch_case(ref, to=duty.lead.code, actor=self.clerk, at=at, key=key)
            except django.db.Error:
                connection.close()
                self.rest()
            except WrongState:  # another has closed it meanwhile
                self.refused.add(key)
                return
            else:
                self.acknowledged[key] = ref
