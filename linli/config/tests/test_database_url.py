from pathlib import Path

import pytest

from linli.config.database.url import address, django_database
from linli.kernel.errors import Rejected

HOME = Path("/nowhere")


def test_without_a_url_the_embedded_server_is_used():
    assert address("", HOME).host == "/nowhere/run"


def test_every_part_of_a_url_is_read():
    where = address("postgresql://me:p%40ss@db.example:5433/town?sslmode=require", HOME)

    assert (where.host, where.port, where.name) == ("db.example", "5433", "town")
    assert (where.user, where.password) == ("me", "p@ss")
    assert where.options == (("sslmode", "require"),)


def test_without_a_user_each_process_takes_the_name_of_its_role():
    where = address("postgresql://db.example/linli", HOME)

    users = [django_database(where, role=role)["USER"] for role in ("owner", "web", "worker")]

    assert users == ["linli_owner", "linli_web", "linli_worker"]


@pytest.mark.parametrize(
    "url", ["mysql://db/linli", "postgresql://db", "postgresql://db:port/linli", "db.example"]
)
def test_what_is_no_address_is_refused_without_repeating_it(url):
    with pytest.raises(Rejected) as refused:
        address(url, HOME)

    assert url not in str(refused.value)


def test_a_password_is_not_shown_where_an_address_is_printed():
    assert "secret" not in repr(address("postgresql://me:secret@db/linli", HOME))
