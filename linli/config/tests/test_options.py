import pytest

from linli.config import options
from linli.kernel.errors import Rejected


def test_a_variable_that_nobody_reads_is_refused_by_name():
    with pytest.raises(Rejected, match="LINLI_HOSTZ"):
        options.refuse_unknown({"LINLI_HOSTZ": "town.example", "PATH": "/bin"})


def test_the_file_of_a_secret_is_a_known_variable():
    options.refuse_unknown({"LINLI_SECRET_KEY_FILE": "/run/key"})


@pytest.mark.parametrize("value", ["PRODUCTION", "prod", " demo"])
def test_a_value_outside_the_choices_is_refused(value):
    with pytest.raises(Rejected, match="demo"):
        options.text("LINLI_ENV", {"LINLI_ENV": value})


@pytest.mark.parametrize("value", ["", "0", "-1", "2.5", "two", "２"])
def test_a_number_of_workers_that_cannot_be_is_refused(value):
    with pytest.raises(Rejected, match="LINLI_WEB_WORKERS"):
        options.integer(
            "LINLI_WEB_WORKERS", least=1, environment={"LINLI_WEB_WORKERS": value or "x"}
        )


@pytest.mark.parametrize(
    ("value", "said"), [("yes", True), ("No", False), ("", False), ("1", True)]
)
def test_yes_and_no_are_read_as_people_write_them(value, said):
    assert options.flag("LINLI_BEHIND_PROXY", {"LINLI_BEHIND_PROXY": value}) is said


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path):
    file = tmp_path / "key"
    file.write_text("k" * 64 + "\n")

    assert options.text("LINLI_SECRET_KEY", {"LINLI_SECRET_KEY_FILE": str(file)}) == "k" * 64


def test_a_missing_file_of_a_secret_is_named(tmp_path):
    with pytest.raises(Rejected, match="gone"):
        options.text("LINLI_SECRET_KEY", {"LINLI_SECRET_KEY_FILE": str(tmp_path / "gone")})
