"""The verbs that write a process, and what happened to cases, into files.

Serves: R105 R106.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from lxml import etree

from linli.config.cli.cases import command as cases
from linli.config.cli.standards import command as standards
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.audit.selectors import JournalSearch, search_journal
from linli.domain.cases.selectors.logs import log_cases
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.domain.catalogue.errors import NoStandard
from linli.kernel.errors import NotFound
from linli.methods.tests.bpmn_oracle import MODEL, read

XES = "{http://www.xes-standard.org/}"


@pytest.fixture(autouse=True)
def town(db, monkeypatch) -> Town:
    # The tests' own server, which the verb must not start again.
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return build_town()


def call(group, *words: str) -> Result:
    return CliRunner().invoke(group, words, catch_exceptions=False)


def test_a_process_is_written_as_bpmn_in_chinese(tmp_path: Path):
    file = tmp_path / "demand.bpmn"
    said = call(standards, "export", "demand", "--format", "bpmn", "-o", str(file))
    root = read(file.read_text(encoding="utf-8"))

    assert said.exit_code == 0
    assert "群众诉求办理" in [one.get("name") for one in root.iter(f"{MODEL}process")]


def test_a_process_is_written_as_a_picture_in_english(tmp_path: Path):
    file = tmp_path / "demand.svg"
    call(standards, "export", "demand", "--format", "svg", "--language", "en", "-o", str(file))
    words = [one.text for one in etree.parse(str(file)).iter("{http://www.w3.org/2000/svg}text")]

    assert "Intake and dispatch" in " ".join(words)


def test_a_version_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(NoStandard):
        call(standards, "export", "demand", "--version", "1900.1", "-o", str(tmp_path / "x"))


@pytest.mark.parametrize("form", ["xes", "ocel-json", "ocel-xml"])
def test_what_happened_is_written_and_that_it_was_is_kept(form: str, town: Town, tmp_path: Path):
    new_case(town)
    [log] = log_cases(SYSTEM_ACTOR)
    file = tmp_path / "log"
    said = call(cases, "events", "--format", form, "--standard", "demand", "-o", str(file))

    assert f"1 cases, {len(log.events)} events" in said.output
    text = file.read_text(encoding="utf-8")
    if form == "ocel-json":
        assert len(json.loads(text)["events"]) == len(log.events)
    else:
        assert len(list(etree.fromstring(text.encode()).iter(f"{XES}event", "event"))) == len(
            log.events
        )
    assert [path.name for path in tmp_path.iterdir()] == ["log"]
    kept = search_journal(JournalSearch(act="rows_exported"), page=1).items
    assert [row.data["query"] for row in kept] == [f"events format={form} standard=demand"]


def test_an_account_writes_what_it_may_export(town: Town, tmp_path: Path):
    new_case(town)
    assert User.objects.filter(username="handler").exists()
    said = call(cases, "events", "--as", "handler", "-o", str(tmp_path / "log"))

    assert "0 cases, 0 events" in said.output
    with pytest.raises(NotFound):
        call(cases, "events", "--as", "nobody", "-o", str(tmp_path / "log"))
