"""`linli import`, called in this process on files of every kind."""

import csv
import gzip
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from django.db import connection

from linli.config.cli.import_ import command
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import build_town
from linli.domain.needs.models import Message
from linli.kernel.errors import LinliError

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
MAPPING = "columns: {source_id: 编号, title: 标题, body: 内容, received_at: 时间}\n"
HEAD = "编号,标题,内容,时间\n"
GOOD = "1,灯坏了,学府路口的路灯坏了,2026/8/1 02:15\n"
BAD = "2,=cmd|'/c calc'!A0,,2026-08-01\n"


@pytest.fixture(autouse=True)
def tables(db, monkeypatch):
    # The tests' own server, which the verb must not start again.
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    build_town()


@pytest.fixture
def take(tmp_path):
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")

    def run(data: str | bytes, *words: str, name: str = "export.csv") -> Result:
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        called = [str(file), "--mapping", str(tmp_path / "m.yaml"), *words]
        return CliRunner().invoke(command, called, catch_exceptions=False)

    return run


def refused(folder: Path, name: str = "export.csv.errors.csv") -> list[list[str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_good_file_goes_in_and_leaves_no_file_of_refusals(take, tmp_path):
    said = take(HEAD + GOOD)

    assert said.exit_code == 0
    assert "1 rows read: 1 taken, 0 already known, 0 refused" in said.output
    assert not (tmp_path / "export.csv.errors.csv").exists()
    assert take(HEAD + GOOD).exit_code == 0
    assert Message.objects.count() == 1


def test_a_refused_row_is_written_down_with_its_reason_and_runs_nothing(take, tmp_path):
    said = take(HEAD + GOOD + BAD)

    head, row = refused(tmp_path)
    assert said.exit_code == 2
    assert "row 3 内容: The message is empty" in said.output
    assert head[4:] == HEAD.strip().split(",")
    assert row[:2] == ["3", "内容"]
    assert "空的" in row[2]
    assert "empty" in row[3]
    assert row[4:] == ["2", "'=cmd|'/c calc'!A0", "", "2026-08-01"]


def test_the_file_of_refusals_can_be_mended_and_taken_in(take, tmp_path):
    take(HEAD + GOOD + BAD)
    head, row = refused(tmp_path)
    row[6] = "垃圾桶满了"

    said = take("\n".join(",".join(cells) for cells in ([*head], ["3", "", "", "", *row[4:]])))

    assert said.exit_code == 0
    assert Message.objects.count() == 2


def test_the_words_of_a_secret_are_written_nowhere(take, tmp_path):
    said = take(HEAD + "1,x,机密★10年 某工程的部署,2026-08-01\n")

    assert said.exit_code == 1
    assert refused(tmp_path)[1][:2] == ["2", "内容"]
    assert "部署" not in str(refused(tmp_path)) + said.output


def test_a_second_fault_brings_no_secret_into_the_file(take, tmp_path):
    said = take(HEAD + "1,x,机密★10年 某工程的部署,机密★10年 上月部署\n")

    assert refused(tmp_path)[1][:2] == ["2", "内容"]
    assert "部署" not in str(refused(tmp_path)) + said.output


def test_a_dry_run_writes_no_row(take, tmp_path):
    said = take(HEAD + GOOD + BAD, "--dry-run")

    assert said.exit_code == 2
    assert "1 would be taken" in said.output
    assert "nothing was written" in said.output
    assert len(refused(tmp_path)) == 2
    assert not Case.objects.exists()


def test_where_every_row_is_refused_nothing_could_be_done(take):
    assert take(HEAD + BAD).exit_code == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (HEAD, "not one row"),
        ("标题,内容\n1,2\n", "编号"),
        (bytes(range(128, 256)) * 9, "neither UTF-8 nor GB18030"),
        (b"PK\x03\x04junk", "unusually built"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(take, tmp_path, data, said):
    with pytest.raises(LinliError) as caught:
        take(data)

    assert said in caught.value.en
    assert caught.value.zh
    assert not (tmp_path / "export.csv.errors.csv").exists()


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: data.decode().encode("gb18030")])
def test_packed_files_and_other_encodings_are_read(take, pack):
    assert take(pack((HEAD + GOOD).encode())).exit_code == 0
    assert Message.objects.get().body == "学府路口的路灯坏了"


def test_refusals_never_overwrite_what_is_read(take, tmp_path):
    said = take(HEAD + BAD, "--errors", str(tmp_path / "export.csv"))

    assert said.exit_code == 2
    assert (tmp_path / "export.csv").read_text(encoding="utf-8") == HEAD + BAD


def test_a_place_for_refusals_that_cannot_be_written_stops_all(take, tmp_path):
    with pytest.raises(LinliError, match="--errors"):
        take(HEAD + GOOD, "--errors", str(tmp_path / "nowhere" / "e.csv"))
    assert not Message.objects.exists()


def test_progress_is_told_in_lines_where_there_is_no_terminal(take):
    lines = "".join(f"{n},x,第{n}盏路灯坏了,2026-08-01\n" for n in range(1000))

    assert "1000 rows read …" in take(HEAD + lines, "--dry-run").output


def test_the_sample_goes_in_as_its_truth_says(tmp_path):
    truth = yaml.safe_load((SAMPLES / "hotline.truth.json").read_text(encoding="utf-8"))
    called = [str(SAMPLES / "hotline.csv"), "-m", str(SAMPLES / "hotline.mapping.yaml")]
    said = CliRunner().invoke(command, [*called, "--errors", str(tmp_path / "e.csv"), "--dry-run"])

    rows = {int(row[0]) for row in refused(tmp_path, "e.csv")[1:]}
    assert said.exit_code == 2
    assert rows == {f["row"] for f in truth["faults"] if f["outcome"] in ("refused", "once")}
