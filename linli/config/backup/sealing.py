"""Small files that stay readable and cannot be altered unseen: JSON with a code of the key."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from linli.config.backup.errors import Damaged, WrongKey, WrongVersion
from linli.config.backup.keys import BackupKey
from linli.config.durable import sync_folder

FORMAT = 1
Payload = Mapping[str, object]


def write_sealed(path: Path, payload: Payload, key: BackupKey, *, salt: bytes) -> None:
    """Write a payload whole or not at all, sealed by the key."""
    marked = {"format": FORMAT, "salt": salt.hex(), "mark": key.mark(salt), **payload}
    sealed = {**marked, "seal": key.seal(salt, _canonical(marked))}
    write_whole(path, json.dumps(sealed, ensure_ascii=False, indent=1).encode())


def read_sealed(path: Path, key: BackupKey | None, *, place: str) -> dict[str, object]:
    """Return the payload of a sealed file; without a key its seal is not looked at.

    Raises Damaged, WrongKey or WrongVersion, each with the place.
    """
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise Damaged(place, "文件缺失", "it is missing") from error
    except (ValueError, RecursionError) as error:
        raise Damaged(place, "不是完整的 JSON", "it is not whole JSON") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise Damaged(place, "内容不对", "its content is not ours")
    if content["format"] > FORMAT:
        raise WrongVersion(place, f"format {content['format']}", f"format {FORMAT}")
    if key is not None:
        _require_seal(content, key, place=place)
    return content


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a crash there is the old or the new one, never a part."""
    draft = path.with_name(path.name + ".partial")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(descriptor)
    draft.rename(path)
    sync_folder(path.parent)


def _require_seal(content: dict[str, object], key: BackupKey, *, place: str) -> None:
    try:
        salt = bytes.fromhex(str(content["salt"]))
        seal, mark = str(content["seal"]), content["mark"]
    except (KeyError, ValueError) as error:
        raise Damaged(place, "没有封印", "it bears no seal") from error
    rest = {name: value for name, value in content.items() if name != "seal"}
    if key.seal(salt, _canonical(rest)) == seal:
        return
    if key.mark(salt) != mark:
        raise WrongKey(place)
    raise Damaged(place, "内容与封印不符", "its content does not fit its seal")


def _canonical(payload: Payload) -> bytes:
    return json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()
