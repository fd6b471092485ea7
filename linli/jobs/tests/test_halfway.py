"""Each state that can be left half-way has something that ends it."""

from pathlib import Path

import yaml

from linli.jobs.schedule import SCHEDULE
from tests.architecture.sources import ROOT

ROWS = yaml.safe_load((Path(__file__).parents[1] / "halfway.yaml").read_text(encoding="utf-8"))
# Appointments that begin something new; whatever they leave is on the list under another name.
BEGINNING = {"check_new_facts", "check_all_facts", "make_extracts"}


def test_each_has_a_sweeper_that_exists_a_place_and_a_test():
    known = {one.name for one in SCHEDULE}
    by_clock = {row["sweeper"] for row in ROWS if row["kind"] == "clock"}

    assert by_clock - known == set()
    for row in ROWS:
        assert set(row) == {"state", "zh", "sweeper", "kind", "after", "where", "test"}
        assert (ROOT / row["where"]).is_file(), row["state"]
        assert (ROOT / row["test"]).is_file(), row["state"]
    assert len({row["state"] for row in ROWS}) == len(ROWS)


def test_the_sweepers_for_what_is_written_in_two_places_are_on_the_list():
    by_clock = {row["sweeper"] for row in ROWS if row["kind"] == "clock"}

    assert {"queue_reactions", "free_stalled_jobs", "sweep_attachments", "seal_journal"} <= by_clock
