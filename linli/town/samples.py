"""Writes the sample export of a hotline, its mapping, and the truth about its rows."""

import csv
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TypedDict

import yaml

from linli.town.chance import chance_for, weighted
from linli.town.demands import Demand, DemandSet, make_demands
from linli.town.geography import make_geography
from linli.town.organisation import make_organisation
from linli.town.rhythm import ZONE
from linli.town.text_data import Checked, read_data
from linli.town.truth import MessageTruth, truth_of, write_truth

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FULL_WIDTH_FIELDS = ("phone", "received_at", "address")
HEAD_LINES = 1
Row = dict[str, str]


class Fault(Checked):
    """What is wrong with one row: a value put into a field; `outcome` is refused, once or text."""

    kind: str
    field: str
    value: str
    repeat: int = 1
    outcome: str


class SampleFile(Checked):
    """What `data/samples.yaml` holds."""

    last_day: date
    days: int
    columns: dict[str, str]
    petition_types: dict[str, str]
    channels: dict[str, str]
    extra: dict[str, list[str]]
    date_formats: dict[str, float]
    full_width_share: float
    faults: list[Fault]


class FaultTruth(TypedDict):
    """A row that is wrong on purpose; `row` counts records from 1, the head being the first."""

    row: int
    kind: str
    field: str
    outcome: str


def write_sample(folder: Path, *, seed: int, rows: int = 2000) -> None:
    """Write hotline.csv (UTF-8 with mark), hotline.mapping.yaml and hotline.truth.json.

    The same seed and number of rows give the same bytes. Numbers of orders in the truth are
    those of the file.
    """
    shape = read_data("samples", shape=SampleFile)
    geography = make_geography(seed=seed)
    made = make_demands(
        geography,
        seed=seed,
        until=shape.last_day,
        size=rows,
        days=shape.days,
        managers=make_organisation(geography).managers,
    )
    rng = chance_for(seed, "sample")
    numbers = {demand.id: _order_number(demand) for demand in made.demands}
    table = [_row(demand, numbers[demand.id], shape, rng) for demand in made.demands]
    faults = _spoil(table, _plain(made), shape, rng)
    folder.mkdir(parents=True, exist_ok=True)
    _write_table(folder / "hotline.csv", table, shape)
    _write_mapping(folder / "hotline.mapping.yaml", shape)
    truth = _truth(made, numbers, faults)
    write_truth(truth, path=folder / "hotline.truth.json")


def _order_number(demand: Demand) -> str:
    day = demand.received_at.astimezone(ZONE)
    return f"QQ{day:%Y%m%d}{demand.id[1:]}"


def _row(demand: Demand, number: str, shape: SampleFile, rng: Random) -> Row:
    row = {
        "source_id": number,
        "received_at": _written(demand.received_at, shape, rng),
        "reporter_name": demand.reporter.name,
        "phone": demand.reporter.phone,
        "petition_type": shape.petition_types[demand.petition_type],
        "title": demand.title,
        "body": demand.body,
        "address": demand.address,
        "channel": shape.channels[demand.channel],
    }
    for field in FULL_WIDTH_FIELDS:
        if rng.random() < shape.full_width_share:
            row[field] = row[field].translate(FULL_WIDTH)
    return row | {head: rng.choice(values) for head, values in shape.extra.items()}


def _written(at: datetime, shape: SampleFile, rng: Random) -> str:
    local = at.astimezone(ZONE)
    form = weighted(rng, shape.date_formats).format(month=local.month, day=local.day)
    return local.strftime(form)


def _plain(made: DemandSet) -> list[int]:
    """Return the places of demands that belong to no issue and that nothing repeats."""
    repeated = {demand.duplicate_of for demand in made.demands}
    return [
        place
        for place, demand in enumerate(made.demands)
        if place and not demand.issue and not demand.duplicate_of and demand.id not in repeated
    ]


def _spoil(table: list[Row], plain: list[int], shape: SampleFile, rng: Random) -> list[FaultTruth]:
    """Put one fault into each of some plain rows, and say where."""
    places = sorted(rng.sample(plain, len(shape.faults)))
    truth = []
    for place, fault in zip(places, shape.faults, strict=True):
        value = fault.value.replace("{previous}", table[place - 1]["source_id"])
        table[place][fault.field] = value * fault.repeat
        truth.append(
            FaultTruth(
                row=place + 1 + HEAD_LINES,
                kind=fault.kind,
                field=fault.field,
                outcome=fault.outcome,
            )
        )
    return truth


def _write_table(path: Path, table: list[Row], shape: SampleFile) -> None:
    fields = [*shape.columns, *shape.extra]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([shape.columns.get(field, field) for field in fields])
        writer.writerows([row[field] for field in fields] for row in table)


def _write_mapping(path: Path, shape: SampleFile) -> None:
    mapping = {
        "columns": shape.columns,
        "petition_types": {name: code for code, name in shape.petition_types.items()},
        "channels": {name: code for code, name in shape.channels.items()},
    }
    text = yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def _truth(made: DemandSet, numbers: dict[str, str], faults: list[FaultTruth]) -> dict[str, object]:
    """Return the truth in the file's own numbers; rows that are wrong have no true matter."""
    spoilt = {made.demands[fault["row"] - 1 - HEAD_LINES].id for fault in faults}
    truth = truth_of(made)
    for issue in truth["issues"]:
        issue["messages"] = [numbers[id_] for id_ in issue["messages"]]
    for pair in truth["duplicates"]:
        pair["duplicate"] = numbers[pair["duplicate"]]
        pair["original"] = numbers[pair["original"]]
    messages: dict[str, MessageTruth] = {
        numbers[id_]: message for id_, message in truth["messages"].items() if id_ not in spoilt
    }
    return {**truth, "messages": messages, "faults": faults}
