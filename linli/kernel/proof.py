"""Whether facts about a case were sealed: for anybody, without a database and without Linli.

This file needs nothing of Linli. Take it alone and run `python proof.py FILE --key HEX`, with the
public key as the office has published it. It needs Python 3.11 and the package cryptography.

A proof holds rows, for each the path to the root that a seal states, and the seal as it was
signed. A row's hash is H(previous ‖ its fields joined by U+001F); a leaf is H(0x00 ‖ hash), a
node H(0x01 ‖ left ‖ right).

Serves: X02.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "linli proof 1"
FIELDS = (
    "stream",
    "seq",
    "at",
    "recorded_at",
    "event",
    "subject_type",
    "subject_id",
    "actor_id",
    "actor_name",
    "payload",
    "algorithm",
)
Said = dict[str, object]


@dataclass(frozen=True)
class Report:
    """What a check found, line by line."""

    lines: list[str]
    is_good: bool


def report_on(text: str, *, key: str = "") -> Report:
    """Check a proof.

    Parameters
    ----------
    text : the proof as it was exported.
    key : the public key that its seals must carry, in hexadecimal; "" for whichever they carry,
        which then only shows that the proof fits itself.
    """
    try:
        return _report(json.loads(text), key.lower())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Report([f"not a proof, or damaged: {type(error).__name__}"], is_good=False)


def row_hash(row: Said) -> bytes:
    """Return the hash that a row must carry."""
    text = "\x1f".join(str(row[name]) for name in FIELDS)
    previous = bytes.fromhex(str(row["previous"]))
    return hashlib.new(str(row["algorithm"]), previous + text.encode()).digest()


def canonical(said: Said) -> bytes:
    """Write a seal as it was signed."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _report(proof: Said, key: str) -> Report:
    if proof["format"] != FORMAT:
        return Report([f"not a proof of the form “{FORMAT}”"], is_good=False)
    rows = [_mapping(entry) for entry in _list(proof["rows"])]
    seals = {str(entry["number"]): entry for entry in map(_mapping, _list(proof["seals"]))}
    lines, is_good = [], bool(rows)
    for number, seal in sorted(seals.items(), key=lambda pair: int(pair[0])):
        fault = _seal_fault(seal, key)
        said = dict(_mapping(seal["seal"]))
        is_good &= not fault
        lines.append(f"seal {number} of {said['at']}: {fault or 'signature good'}")
    for entry in rows:
        fault = _row_fault(entry, seals)
        is_good &= not fault
        row = _mapping(entry["row"])
        lines.append(
            f"row {row['stream']}/{row['seq']} {row['recorded_at']} {row['event']}: "
            f"{fault or 'sealed by ' + str(entry['seal'])}"
        )
    keys = {str(_mapping(seal["seal"])["public_key"]) for seal in seals.values()}
    lines.append(f"public key: {', '.join(sorted(keys))}" + ("" if key else " (compare it!)"))
    lines.append("all of it holds" if is_good else "this does NOT hold")
    return Report(lines, is_good)


def _seal_fault(entry: Said, key: str) -> str:
    said = dict(_mapping(entry["seal"]))
    if str(said["number"]) != str(entry["number"]):
        return "is another seal"
    if key and said["public_key"] != key:
        return "signed by another key"
    public, signature = (
        bytes.fromhex(str(said["public_key"])),
        bytes.fromhex(str(entry["signature"])),
    )
    if said["signed_by"] != "ed25519":
        is_good = _sm2_fits(public, canonical(said), signature)
    else:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical(said))
            is_good = True
        except InvalidSignature:
            is_good = False
    return "" if is_good else "the signature does not fit"


def _sm2_fits(public: bytes, data: bytes, signature: bytes) -> bool:
    from gmssl import sm2  # noqa: PLC0415  # only for seals signed by SM2

    pair = sm2.CryptSM2(private_key="", public_key="")
    pair.public_key = public.hex()
    return bool(pair.verify_with_sm3(signature.hex(), data))


def _row_fault(entry: Said, seals: dict[str, Said]) -> str:
    row, seal = _mapping(entry["row"]), seals.get(str(entry["seal"]))
    if seal is None:
        return "its seal is not in the proof"
    said = _mapping(seal["seal"])
    algorithm = str(said["algorithm"])
    at = hashlib.new(algorithm, b"\x00" + row_hash(row)).digest()
    for side, sister in _pairs(entry["path"]):
        other = bytes.fromhex(sister)
        pair = other + at if side == "left" else at + other
        at = hashlib.new(algorithm, b"\x01" + pair).digest()
    return "" if at.hex() == said["rows_root"] else "was not sealed as it stands here"


def _mapping(value: object) -> Said:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _pairs(value: object) -> list[tuple[str, str]]:
    return [(str(side), str(sister)) for side, sister in map(_list, _list(value))]


def main() -> None:
    """Check the file that is named on the command line."""
    parser = argparse.ArgumentParser(description="Check a proof that facts were sealed.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", default="", help="public key in hexadecimal")
    given = parser.parse_args()
    report = report_on(given.file.read_text(encoding="utf-8"), key=given.key)
    sys.stdout.write("\n".join(report.lines) + "\n")
    sys.exit(0 if report.is_good else 1)


if __name__ == "__main__":
    main()
