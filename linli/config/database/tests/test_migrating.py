import pytest

from linli.config.database.migrating import require_prepared
from linli.config.database.tests.builders import connect
from linli.kernel.errors import Unavailable


def test_a_prepared_database_is_taken(server):
    with connect(server, role="linli_owner") as owner:
        require_prepared(owner)


def test_a_missing_extension_is_named_with_its_command(server):
    with connect(server, role="linli_owner") as owner:
        owner.execute("CREATE DATABASE bare TEMPLATE template0")

    bare = connect(server, role="linli_owner", database="bare")
    with bare as owner, pytest.raises(Unavailable, match="CREATE EXTENSION ltree;") as told:
        require_prepared(owner)

    assert "postgresql-contrib" in told.value.en
    assert "CREATE ROLE" not in told.value.en


def test_a_missing_role_is_named_with_its_command(server):
    with connect(server, role="postgres") as superuser:
        superuser.execute("ALTER ROLE linli_backup RENAME TO away")
        try:
            with pytest.raises(Unavailable, match="CREATE ROLE linli_backup LOGIN REPLICATION;"):
                require_prepared(superuser)
        finally:
            superuser.execute("ALTER ROLE away RENAME TO linli_backup")


def test_an_owner_who_may_make_no_schema_is_told_who_makes_it(server):
    with connect(server, role="postgres") as superuser:
        superuser.execute("CREATE DATABASE of_others TEMPLATE linli")

    lent = connect(server, role="linli_owner", database="of_others")
    with lent as owner, pytest.raises(Unavailable, match="CREATE SCHEMA vault") as told:
        require_prepared(owner)

    assert "AUTHORIZATION linli_owner;" in told.value.en
