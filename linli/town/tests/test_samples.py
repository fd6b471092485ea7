"""The sample export is what the generator writes, and its faults are where the truth says."""

import csv
import json
from pathlib import Path

import pytest
import yaml

from linli.town.samples import write_sample

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
NAMES = ("hotline.csv", "hotline.mapping.yaml", "hotline.truth.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("samples")
    write_sample(made, seed=1)
    return made


def rows_of(folder: Path) -> list[list[str]]:
    with (folder / "hotline.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_files_in_data_are_what_the_generator_writes(folder):
    for name in NAMES:
        assert (SAMPLES / name).read_bytes() == (folder / name).read_bytes(), name


def test_the_export_holds_two_thousand_rows_and_stays_small(folder):
    assert len(rows_of(folder)) == 2001
    assert (folder / "hotline.csv").stat().st_size < 1_500_000


def test_the_mapping_names_heads_types_and_channels_of_the_export(folder):
    mapping = yaml.safe_load((folder / "hotline.mapping.yaml").read_text(encoding="utf-8"))
    head, *rows = rows_of(folder)
    kinds = {row[head.index(mapping["columns"]["petition_type"])] for row in rows}
    channels = {row[head.index(mapping["columns"]["channel"])] for row in rows}

    assert set(mapping["columns"].values()) <= set(head)
    assert kinds <= set(mapping["petition_types"])
    assert channels <= set(mapping["channels"])


def test_each_fault_lies_in_the_row_that_the_truth_names(folder):
    truth = json.loads((folder / "hotline.truth.json").read_text(encoding="utf-8"))
    rows = rows_of(folder)
    row_of = {fault["kind"]: rows[fault["row"] - 1] for fault in truth["faults"]}

    assert len(truth["faults"]) >= 12
    assert "2035年5月6日09时10分" in row_of["future_date"]
    assert len(max(row_of["too_long_body"], key=len)) == 50_000
    assert row_of["formula"][6].startswith("=HYPERLINK")
    assert row_of["empty_body"][6] == ""


def test_the_truth_speaks_in_the_numbers_of_the_export(folder):
    truth = json.loads((folder / "hotline.truth.json").read_text(encoding="utf-8"))
    numbers = {row[0] for row in rows_of(folder)}

    assert set(truth["messages"]) <= numbers
    assert len(truth["issues"]) >= 6
    for issue in truth["issues"]:
        assert set(issue["messages"]) <= set(truth["messages"])


def test_dates_are_written_in_more_than_one_way(folder):
    dates = [row[1] for row in rows_of(folder)[1:]]

    assert sum("年" in text for text in dates) > 100
    assert sum("/" in text for text in dates) > 100
    assert sum("-" in text for text in dates) > 100
