"""From LINLI_DATABASE_URL, or the embedded server, to what Django connects with."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from linli.config.database.folders import socket_folder
from linli.config.database.roles import DATABASE
from linli.kernel.errors import Rejected

# Django knows no schemas; who may not enter the vault's does not see it on the path either.
SEARCH_PATH = "-c search_path=public,vault"
# Nobody waits that long for a page; a request that holds rows longer must give them back.
WEB_LIMITS = (
    "-c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
)


@dataclass(frozen=True)
class Address:
    """Where a PostgreSQL answers; `host` may be a folder of sockets."""

    host: str
    port: str = ""
    name: str = DATABASE
    user: str = ""
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = ()


def address(url: str, home: Path) -> Address:
    """Return the address that a URL tells, or the embedded server's where it is empty."""
    return _parsed(url) if url else Address(host=str(socket_folder(home)))


def django_database(where: Address, *, role: str) -> dict[str, object]:
    """Return Django's entry for a database, for a process of the given role."""
    options = dict(where.options)
    given = (options.get("options", ""), SEARCH_PATH, WEB_LIMITS if role == "web" else "")
    options["options"] = " ".join(filter(None, given))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.name,
        "USER": where.user or f"linli_{role}",
        "PASSWORD": where.password,
        "HOST": where.host,
        "PORT": where.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _parsed(url: str) -> Address:
    parts = urlsplit(url)
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise _refused() from error
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise _refused()
    options = dict(parse_qsl(parts.query))
    return Address(
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=port,
        name=unquote(parts.path.strip("/")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple(sorted(options.items())),
    )


def _refused() -> Rejected:
    # The value itself is not repeated: it may carry a password.
    return Rejected(
        "LINLI_DATABASE_URL 的写法不对。应为 postgresql://用户@主机:端口/库名，用户和端口可以省略。",
        "LINLI_DATABASE_URL is not written as an address. Write postgresql://user@host:port/name; "
        "user and port may be left out.",
        field="LINLI_DATABASE_URL",
    )
