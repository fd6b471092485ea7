"""Reads what vouches for others: proofs, seals, tokens, backups; addresses that are called."""

import base64
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from linli.adapters.oidc.tokens import Expected, verified_claims
from linli.config.backup.carrying import read_head
from linli.config.backup.framing import opened, sealing
from linli.config.backup.homefiles import unpack
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import MANIFEST, read_manifest, salt_of
from linli.config.backup.store import Store
from linli.config.sessions import SessionStore
from linli.domain.audit.rules.anchor import AnchorReader
from linli.kernel.crypto import verifies
from linli.kernel.egress.policy import Listed, Policy, listed_of
from linli.kernel.proof import Report, canonical, report_on, row_hash

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
EXPECTED = Expected("https://id.example.org", "linli", "once")
BACKUP_KEY = BackupKey(b"a secret of twenty signs and more")
HEAD_BYTES = 24  # magic and salt of a sealed file: each other salt costs a stretched key
SET, PART = "20261125T080000Z", "files/a.sealed"


def proof(data: bytes) -> Report:
    """Check a proof, of any key and of a certain one."""
    text = data.decode("utf-8", "replace")
    report_on(text, key=PUBLIC.hex())
    return report_on(text)


def proof_seed(signed_by: str = "ed25519") -> bytes:
    """Return a proof that holds."""
    row = dict.fromkeys(("at", "recorded_at"), "2026-11-25T08:00:00.000000Z") | {
        **{"stream": 3, "seq": 1, "event": "case.opened", "subject_type": "case"},
        **{"subject_id": "a", "actor_id": "", "actor_name": "", "payload": "{}"},
        **{"algorithm": "sha256", "previous": "00" * 32},
    }
    leaf = hashlib.sha256(b"\0" + row_hash(row)).digest()
    root = hashlib.sha256(b"\1" + leaf + b"\2" * 32).hexdigest()
    said = {"number": 1, "at": "2026-11-25", "public_key": PUBLIC.hex(), "signed_by": signed_by}
    said |= {"algorithm": "sha256", "rows_root": root}
    seal = {"number": 1, "seal": said, "signature": PRIVATE.sign(canonical(said)).hex()}
    entry = {"row": row, "seal": 1, "path": [["right", "02" * 32]]}
    return json.dumps({"format": "linli proof 1", "rows": [entry], "seals": [seal]}).encode()


def seal_line(data: bytes) -> object:
    """Read lines of the sealed journal."""
    reader = AnchorReader([("ed25519", PUBLIC)], verifies)
    found = list(reader.read(data.split(b"\n")))
    return found, reader.close(noted={1: b"", 9: b""})


def seal_seed() -> bytes:
    """Return a line as a seal writes it."""
    said = {"number": 1, "at": "2026-11-25T08:00:00Z", "server": "a", "rows": 1}
    said |= {"moved": {"3": [0, 1, "00" * 32]}, "algorithm": "sha256", "signed_by": "ed25519"}
    said |= dict.fromkeys(("heads_root", "rows_root", "marks_digest", "previous"), "00" * 32)
    said |= {"public_key": PUBLIC.hex(), "is_caught_up": True, "restart": ""}
    said["marks_digest"] = hashlib.sha256(bytes(3)).hexdigest()
    signature = PRIVATE.sign(canonical(said)).hex()
    line = canonical({"seal": said, "signature": signature, "marks": "AAAA"})
    return line + b"\n" + line


def oidc_token(data: bytes) -> object:
    """Check an ID token."""
    return verified_claims(data.decode("latin-1"), keys=KEYS, expected=EXPECTED)


def oidc_claims(data: bytes) -> object:
    """Check an ID token whose claims the provider did sign."""
    return verified_claims(signed(data), keys=KEYS, expected=EXPECTED)


def oidc_keys(data: bytes) -> object:
    """Check a token by whatever the provider calls its keys."""
    try:
        keys = json.loads(data)
    except (ValueError, RecursionError):
        keys = None
    if not isinstance(keys, dict):  # the client of the provider refuses it before
        return None
    return verified_claims(signed(CLAIMS), keys=keys, expected=EXPECTED)


def signed(claims: bytes, header: bytes = b'{"alg":"EdDSA","kid":"a"}') -> str:
    """Return claims as a provider signs them."""
    said = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (header, claims))
    return (said + b"." + base64.urlsafe_b64encode(PRIVATE.sign(said)).rstrip(b"=")).decode()


KEYS: dict[str, object] = {
    "keys": [
        {
            **{"kty": "OKP", "crv": "Ed25519", "kid": "a", "use": "sig", "alg": "EdDSA"},
            "x": base64.urlsafe_b64encode(PUBLIC).rstrip(b"=").decode(),
        }
    ]
}
CLAIMS = json.dumps(
    {
        **{"iss": EXPECTED.issuer, "sub": "u-1", "aud": ["linli"], "azp": "linli"},
        **{"exp": 4_102_444_800, "iat": 1_700_000_000, "nonce": "once"},
    }
).encode()


def session(data: bytes) -> object:
    """Open what the database keeps of a session."""
    return SessionStore().decode(data.decode("utf-8", "replace"))


def called(data: bytes) -> object:
    """Read an address that is to be called."""
    return Policy([Listed("api.example.org")]).target_of(data.decode("utf-8", "replace"))


def listed(data: bytes) -> object:
    """Read an entry of the list of hosts that may be called."""
    return listed_of(data.decode("utf-8", "replace"))


@contextmanager
def _folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="linli-fuzz-"))
    try:
        yield place
    finally:
        shutil.rmtree(place)


def manifest(data: bytes) -> object:
    """Read what a set of a backup says of itself."""
    with _folder() as place:
        folder = place / SET
        folder.mkdir()
        (folder / MANIFEST).write_bytes(data)
        salt_of(folder)
        return read_manifest(folder, None, place=SET)


MANIFEST_SEED = json.dumps(
    {
        **{"format": 1, "salt": "00" * 16, "mark": "00" * 8, "seal": "00" * 32},
        **{"name": SET, "kind": "full", "parent": None, "linli": "0.1", "server": "16.1"},
        **dict.fromkeys(("began_at", "made_at"), "2026-11-25T08:00:00Z"),
        **{"system": "7", "timeline": 1, "start_lsn": "0/1", "stop_lsn": "0/2", "unpacked": 9},
        "parts": [{"name": "a", "size": 9, "sha256": "00" * 32}],
    }
).encode()


def head(data: bytes) -> object:
    """Read how far the backups reach."""
    with _folder() as place:
        store = Store(place)
        store.head.write_bytes(data)
        return read_head(store, None)


HEAD_SEED = json.dumps(
    {
        **{"format": 1, "salt": "00" * 16, "mark": "00" * 8, "seal": "00" * 32, "timeline": 1},
        **{"at": "2026-11-25T08:00:00Z", "end": "0/2", "system": "7", "files": None},
    }
).encode()


def sealed_file(data: bytes) -> int:
    """Open a sealed file whose salt is the one that this machine has stretched."""
    with _folder() as place:
        path = place / "a"
        path.write_bytes(b"LINLIBK1".ljust(HEAD_BYTES, b"\0") + data)
        with opened(path, BACKUP_KEY, name=PART) as plain:
            return len(plain.read())


def sealed_seed() -> bytes:
    """Return what stands behind the salt of a sealed file."""
    with _folder() as place:
        path, salt = place / "a", bytes(16)
        with sealing(path, BACKUP_KEY, salt=salt, name=PART) as out:
            out.write(b"something")
        return path.read_bytes()[HEAD_BYTES:]


def home_files(data: bytes) -> object:
    """Put the files of an archive into a home."""
    with _folder() as place:
        return unpack(io.BytesIO(data), place / "home", place="files/a")
