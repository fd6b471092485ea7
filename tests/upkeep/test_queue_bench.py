"""The queue bench, few kills for every run; and each half-way state, planted and ended.

Serves: X02.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test import Client

from linli.config.anchor import FolderAnchor
from linli.config.attachment_files import files_of
from linli.config.bench._queue_halfway import Plot, unrepaired
from linli.config.bench._queue_jobs import EFFECTS, KILLER, ORDINARY, SLOW
from linli.config.bench._queue_run import Run, counted, measure, shown_to
from linli.config.seal_keys import FileSealKeys
from linli.domain.cases.services import close_by_route, dispatch_case
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.jobs.pace import Pace
from linli.jobs.tests.builders import write
from linli.kernel.clock import utc_now
from tests.upkeep.test_jobs_page import administrator

FAST = Pace(
    look_s=0.02,
    heartbeat_s=0.1,
    stalled_after_s=0.6,
    reap_s=0.1,
    claims=2,
    first_wait_s=0.1,
    longest_wait_s=0.2,
)
# Planted by the bench alone: they take a server, a reader and a ledger of their own.
APART = (
    "a server left behind by a process that was killed",
    "an export file taken in part",
    "a record that is due for review and whose unit was not reminded",
)


@pytest.fixture
def person(settings) -> Client:
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "AccountGuard" not in one]
    return administrator(build_town())


@pytest.fixture
def url(transactional_db: None) -> Iterator[str]:
    held = connection.settings_dict
    yield f"postgresql:///{held['NAME']}?host={held['HOST']}"
    write("DROP TABLE bench_queue_effect")
    write("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_events CASCADE")


def test_nothing_is_lost_doubled_or_unseen_where_workers_and_the_reaper_are_killed(
    url, person, tmp_path
):
    env = {"LINLI_DATABASE_URL": url, "LINLI_ROLE": "owner"}

    figures = measure(person, kills=3, seed=3, env=env, log=tmp_path / "log", pace=FAST, workers=2)

    assert figures["failed"] == 0, figures
    assert (figures["kills"], figures["died_of_jobs"]) == (3, FAST.claims)
    assert figures["tried"] > 25
    assert figures["most_claims"] == FAST.claims


def plot(town: Town, person: Client, home: Path) -> Plot:
    at = utc_now()
    cases = [new_case(town, key=f"k{n}", at=at).public_id for n in range(3)]
    for ref in cases[:2]:
        dispatch_case(ref, to="works", actor=town.clerk, at=at, key="d")
    now = utc_now()
    close_by_route(cases[2], route="route_statutory", actor=town.clerk, at=now, key="r")
    ref, whole, part = cases
    return Plot(home, ref, whole, part, [], sees=lambda job: job in shown_to(person))


@pytest.mark.django_db
def test_each_half_way_state_is_ended_by_what_the_list_names(settings, tmp_path):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "AccountGuard" not in one]
    settings.LINLI_ANCHOR = FolderAnchor(tmp_path / "anchor")
    settings.LINLI_SEAL_KEYS = FileSealKeys(tmp_path / "seal-keys", algorithm="ed25519")
    settings.LINLI_ATTACHMENTS = files_of(tmp_path)
    town = build_town()
    planted = plot(town, administrator(town), tmp_path)

    assert unrepaired(planted, without=APART) == []


@pytest.mark.django_db
def test_what_is_lost_doubled_half_or_unseen_is_counted(capsys):
    write(EFFECTS)
    write("INSERT INTO bench_queue_effect VALUES (2), (2), (3)")
    run = Run(Client(), Random(1), kinds={1: ORDINARY, 2: SLOW, 3: KILLER})

    figures = counted(run, {7: (3, 6)}, given_up=[7], unseen=[7], pace=Pace())

    faults = ("lost", "doubled", "half", "claimed_too_often", "unseen")
    assert [figures[name] for name in faults] == [1, 1, 1, 1, 1]
    assert (figures["failed"], figures["most_claims"]) == (5, 6)
    assert "1 jobs lost" in capsys.readouterr().err
