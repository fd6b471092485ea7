"""The shipped catalogue says something of every column that the database has, and of no other.

To add a column: say of it in `linli/domain/privacy/catalogue/<app>.yaml` why it is kept, on what
basis, how personal it is, how long, and who sees it; then `linli docs`.
"""

import pytest
from django.db import connection

from linli.domain.privacy.selectors import CATALOGUE, database_columns, gaps

pytestmark = pytest.mark.django_db


def test_every_column_of_the_database_is_in_the_catalogue_and_none_that_is_gone():
    """Serves: X01."""
    found = database_columns()

    assert "\n".join(gaps(CATALOGUE, found)) == ""
    assert {"cases_case", "vault_sealedfield", "procrastinate_jobs", "mfa_authenticator"} <= set(
        found
    )


def test_a_planted_column_would_be_missed():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_note ADD COLUMN planted text")

    assert gaps(CATALOGUE, database_columns()) == ["cases_note.planted: not in the catalogue"]
