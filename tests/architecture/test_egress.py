"""Nobody but the one door calls other machines."""

import ast

from tests.architecture.sources import files, is_test, text, tree

CALLING = (
    *("socket", "ssl", "requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp"),
    *("smtplib", "ftplib", "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "socketserver"),
    *("asyncio.open_connection", "websockets", "paramiko", "pycurl", "django.core.mail"),
    *("http.server", "multiprocessing.connection", "urllib.robotparser", "asyncore", "anyio"),
)
# Who may, and why: each talks with this machine alone.
EXCUSED = {
    "linli/kernel/egress/policy.py": "the door itself",
    "linli/kernel/egress/session.py": "the door itself",
    "linli/config/supervision.py": "finds a free port of this machine",
    "linli/config/bench/_system.py": "finds a free port of this machine",
    "linli/config/bench/_load_run.py": "measures the pages of this machine",
    "linli/config/bench/_load_client.py": "measures the pages of this machine",
    "linli/config/bench/_crash_work.py": "measures the pages of this machine",
    "linli/config/bench/_accounts_visitor.py": "measures the pages of this machine",
    "linli/config/bench/_egress_run.py": "stands on both sides of the door, on this machine",
}


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"{node.value.id}.{node.attr}"]
    return []


def calling(source: ast.AST) -> set[str]:
    named = {name for node in ast.walk(source) for name in imported(node)}
    return {
        name
        for name in named
        if any(name == other or name.startswith(f"{other}.") for other in CALLING)
    }


def test_no_module_but_the_door_opens_connections():
    sources = [path for path in files(".py", under="linli") if not is_test(path)]
    # Most files hold none of the words, and need not be looked at one by one.
    words = {name.rpartition(".")[2] for name in CALLING}
    likely = [path for path in sources if any(word in text(path) for word in words)]
    found = {str(path) for path in likely if calling(tree(path))}

    assert found - EXCUSED.keys() == set()
    assert EXCUSED.keys() - found == set(), "excuses that nobody needs any more"


def test_the_look_sees_each_way_of_writing_it():
    for line in (
        *("import requests", "import urllib.request as r", "from urllib import request"),
        *("from http import client", "from socket import create_connection", "import ssl, os"),
        *("from requests.adapters import HTTPAdapter", "asyncio.open_connection('a', 1)"),
    ):
        assert calling(ast.parse(line)), line
    for line in ("from urllib.parse import urlsplit", "import asyncio", "from linli import egress"):
        assert not calling(ast.parse(line)), line
