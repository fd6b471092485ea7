"""The verbs that take files of places, units and duties, called in this process."""

import json

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from linli.config.cli.organisations import command as organisations
from linli.config.cli.places import command as places
from linli.config.preparing import publish_packs
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import create_user
from linli.domain.organisations.selectors import actor_for, unit_by_code
from linli.domain.places.selectors import area_by_code, areas_under, gazetteer, grid_at
from linli.kernel.clock import utc_now

CODES = "code,name\n99,示例省\n9901,示例市\n990101,东岸区\n990101001,梧桐街道\n"
UNITS = """\
units:
  - {code: works, name: 城管局, kind: department, area: "990101",
     posts: [{code: handler, name: 承办人, role: handler}]}
"""


@pytest.fixture(autouse=True)
def tables(db, monkeypatch):
    # The tests' own server, which the verb must not start again.
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


@pytest.fixture
def put(tmp_path):
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def call(group, *words: str) -> Result:
    return CliRunner().invoke(group, words, catch_exceptions=False)


def test_codes_and_landmarks_go_in_and_are_counted(put):
    said = call(places, "import", put("codes.csv", CODES))
    call(places, "import", "--landmarks", put("marks.csv", "name,area\n红星菜场,990101001\n"))

    assert said.exit_code == 0
    assert "4 read, 4 new, 0 changed" in said.output
    assert ("红星菜场", "990101001") in gazetteer()


def test_a_dry_run_writes_nothing(put):
    said = call(places, "import", "--dry-run", put("codes.csv", CODES))

    assert (said.exit_code, areas_under().count()) == (0, 0)
    assert "nothing was written" in said.output


def test_faults_are_told_by_file_line_and_column(put):
    said = call(places, "import", put("codes.csv", CODES + "9801,无\n"))

    assert (said.exit_code, areas_under().count()) == (1, 0)
    assert "codes.csv:6:parent: There is no parent 98" in said.output
    assert "1 faults in all" in said.output


def test_polygons_need_the_tolerances_of_a_pack_and_come_with_their_report(put, base_pack):
    ring = [[110, 30], [110.01, 30], [110.01, 30.01], [110, 30.01], [110, 30]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    features = [
        {"type": "Feature", "properties": {"code": f"99010100{i}", "name": "街"}, "geometry": shape}
        for i in (1, 2)
    ]
    file = put("grids.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    said = call(places, "import", put("codes.csv", CODES), file)

    assert said.exit_code == 0
    assert "overlap 990101001 990101002" in said.output
    assert grid_at(110.005, 30.005) is None


def test_units_and_a_post_are_given_by_verbs(put):
    call(places, "import", put("codes.csv", CODES))
    user = create_user("zhang", name="张", password="a-long-one", actor=SYSTEM_ACTOR, at=utc_now())
    said = call(organisations, "units", put("units.yaml", UNITS))
    call(organisations, "appoint", "zhang", "works", "handler", "--area", "990101001")

    assert said.exit_code == 0
    (holding,) = actor_for(user, at=utc_now()).holdings
    assert holding.unit_id == unit_by_code("works").pk
    assert holding.area_path == area_by_code("990101001").path


def test_a_duty_list_that_names_an_unknown_matter_is_refused(put):
    call(places, "import", put("codes.csv", CODES))
    call(organisations, "units", put("units.yaml", UNITS))
    entry = "{matter: nothing, area: '990101', lead: works, nature: basic, source: 清单}"
    text = f"valid_from: 2026-01-01\nduties:\n  - {entry}\n"
    said = call(organisations, "duties", put("duties.yaml", text))

    assert said.exit_code == 1
    assert "3:matter: There is no matter nothing" in said.output


@pytest.fixture
def base_pack(settings):
    publish_packs((settings.LINLI_PACKS / "cn-base",), at=utc_now())
