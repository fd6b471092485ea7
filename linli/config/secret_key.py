"""The key of signatures: given, or made once and kept where only we read it."""

import secrets
from pathlib import Path

from linli.config.durable import make_folder, write_once
from linli.kernel.errors import Rejected

SHORTEST = 50
FOR_TESTS = "a-key-that-signs-nothing-but-what-the-tests-make-0123456789"


def secret_key(home: Path, *, given: str, is_test: bool) -> str:
    """Return the key of this installation; makes and keeps one at the first start."""
    if is_test:
        return FOR_TESTS
    if not given:
        return _kept_key(home)
    if len(given) < SHORTEST or given == FOR_TESTS:
        raise Rejected(
            "LINLI_SECRET_KEY 太短或是公开的，签名会被伪造。"
            f"请用至少 {SHORTEST} 个随机字符，或留空。",
            f"LINLI_SECRET_KEY is too short or public, so signatures could be forged. "
            f"Use {SHORTEST} random characters or more, or leave it empty.",
            field="LINLI_SECRET_KEY",
        )
    return given


def _kept_key(home: Path) -> str:
    path = home / "secret_key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        make_folder(home)
    write_once(path, secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()
