import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from linli.config.refusals import RefusalFile
from linli.domain.catalogue.services import check_pack
from linli.domain.needs.services import Export, Refusal
from linli.kernel.bounds import CHILD_MEMORY, MIB, MOST_PACK_FILES
from linli.kernel.errors import Rejected
from tests.hostile.books import BAD_BOOKS, HARMLESS_BOOKS
from tests.hostile.texts import BAD_TEXTS, HARMLESS_TEXTS
from tests.hostile.trees import BAD_TREES, HARMLESS_TREES

BAD_TABLES = {f"{name}.table": build for name, build in {**BAD_BOOKS, **BAD_TEXTS}.items()}
OTHER_TABLES = {**HARMLESS_BOOKS, **HARMLESS_TEXTS}
BAD = {**BAD_TABLES, **BAD_TREES}
ALL = {**BAD, **{f"{n}.table": build for n, build in OTHER_TABLES.items()}, **HARMLESS_TREES}
ROOT = Path(__file__).parents[2]
MOST_CPU_S = 1.0
MOST_GROWTH_MIB = 100


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, build in ALL.items():
        (folder / name).write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.reading", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    for file in folder.iterdir():
        file.unlink()
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_file_is_refused_in_words(told, name):
    assert told[name]["outcome"] != "read"
    assert 10 < len(told[name]["zh"]) < 1_000
    assert 30 < len(told[name]["en"]) < 1_000


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_file_costs_a_second_and_a_hundred_mebibytes_at_most(told, name):
    assert told[name]["cpu_s"] <= MOST_CPU_S
    assert told[name]["grown_mib"] <= MOST_GROWTH_MIB
    assert told[name]["child_mib"] <= CHILD_MEMORY // MIB


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("dimension_lies.table", 0),
        ("macro.table", 0),
        ("formula.table", 1),
        ("long_cell.table", 0),
        ("long_line.table", 1),
        ("open_quote_over_long_lines.table", 1),
        ("million_cells_in_a_row.table", 1),
        ("surrogates.table", 1),
        ("zigzag.features", 1),
    ],
)
def test_what_is_sound_beside_a_trick_is_read(told, name, count):
    assert told[name].get("count") == count


@pytest.mark.django_db
def test_a_pack_of_too_many_files_is_refused(tmp_path):
    for number in range(MOST_PACK_FILES + 1):
        (tmp_path / f"{number}.yaml").touch()

    with pytest.raises(Rejected, match=str(MOST_PACK_FILES)):
        check_pack(tmp_path)


@pytest.mark.django_db
def test_a_pack_reads_no_file_outside_its_folder(tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    (tmp_path / "secret.yaml").write_text("a: secret\n", encoding="utf-8")
    (pack / "sources.yaml").symlink_to(tmp_path / "secret.yaml")

    assert "sources.yaml" not in check_pack(pack).trees


def test_refused_rows_are_written_as_text_in_every_cell(tmp_path):
    cells = ("=1+1", " @SUM(1)", "＝cmd", "\t-2", "plain")
    file = tmp_path / "errors.csv"
    export = Export(head=("=h",), rows=iter(()), expected=1, columns={}, unlisted=())
    with RefusalFile(file, export) as refusals:
        refusals.write([Refusal(2, cells, (Rejected("=甲", "=a"),))])
    written = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))

    assert written[0][-1] == "'=h"
    assert written[1] == ["2", "", "'=甲", "'=a", *(f"'{cell}" for cell in cells[:-1]), "plain"]
