"""The vault bench at work, once a database and Django are there."""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction

from linli.config.bench._answer import Figures, progress
from linli.config.database.migrating import migrate
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.vault.selectors import NAME, PHONE, find_by, verify_seals
from linli.domain.vault.services import (
    Person,
    erase_person,
    open_fields,
    rotate_master_key,
    seal_many,
    seal_person,
)
from linli.kernel.clock import utc_now
from linli.kernel.crypto import SealBroken, bound_to, new_key, suite_named

T = TypeVar("T")
BATCH = 100
LOOKS = 1_000
ROUNDS = 20_000
TAMPERED = 100
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def measure(home: Path, *, people: int, suite: str, seed: int) -> Figures:
    """Seal, find, open, rotate, verify, tamper and erase; returns the figures of the bench."""
    settings.LINLI_CRYPTO = suite
    migrate()
    chance = random.Random(seed)  # noqa: S311  # planted persons, not secrets
    made = [_person(place, chance) for place in range(people)]
    batches = [made[start : start + BATCH] for start in range(0, people, BATCH)]
    progress(f"sealing {people} persons")
    sealed = _timed(lambda batch: seal_many(batch, at=utc_now()), batches)
    alone = [Person(f"alone{place}", one.fields) for place, one in enumerate(made[:LOOKS])]
    singly = _timed(lambda one: seal_person(one.subject, one.fields, at=utc_now()), alone)
    asked = chance.sample(made, min(LOOKS, people))
    failed: list[str] = []
    opened = _timed(lambda one: _compare(one, failed), asked)
    found = _timed(lambda one: _find(one, failed), asked)
    progress("changing the master key, and opening everything")
    kept = _rotate_and_verify(failed)
    failed += _open_tampered(asked[:TAMPERED])
    size = _bytes() / (people + len(alone))
    erased = _timed(lambda one: erase_person(one.subject, actor=SYSTEM_ACTOR, at=utc_now()), alone)
    return {
        "people": people,
        "suite": suite,
        "seed": seed,
        "sealed_per_s": round(sealed * BATCH),
        "one_by_one_per_s": round(singly),
        "opened_per_s": round(opened),
        "found_per_s": round(found),
        "moved_per_s": round(kept.moved_per_s),
        "verified_per_s": round(kept.verified_per_s),
        "erased_per_s": round(erased),
        **_in_memory(suite),
        "bytes_per_person": round(size),
        "tried": 2 * len(asked) + kept.opened + min(TAMPERED, len(asked)),
        "failed": len(failed),
    }


@dataclass(frozen=True)
class _Kept:
    moved_per_s: float
    verified_per_s: float
    opened: int


def _rotate_and_verify(failed: list[str]) -> _Kept:
    began = time.monotonic()
    moved = rotate_master_key(actor=SYSTEM_ACTOR, at=utc_now()).moved
    middle = time.monotonic()
    report = verify_seals()
    failed += report.broken
    return _Kept(moved / (middle - began), report.keys / (time.monotonic() - middle), report.keys)


def _person(place: int, chance: random.Random) -> Person:
    name = "".join(chance.choices(FAMILY, k=3))
    return Person(f"case{place}", {NAME: name, PHONE: f"199{place:08d}"})


def _timed(act: Callable[[T], object], things: Sequence[T]) -> float:
    """Return how many a second."""
    began = time.monotonic()
    for thing in things:
        act(thing)
    return len(things) / max(time.monotonic() - began, 1e-9)


def _compare(one: Person, failed: list[str]) -> None:
    shown = open_fields(
        one.subject, (NAME, PHONE), actor=SYSTEM_ACTOR, reason="bench", at=utc_now()
    )
    if shown != one.fields:
        failed.append(one.subject)


def _find(one: Person, failed: list[str]) -> None:
    if one.subject not in find_by("repeat_caller", one.fields[PHONE]):
        failed.append(one.subject)


def _open_tampered(people: Iterable[Person]) -> list[str]:
    """Change one byte of each person's number and try to open it; returns which opened."""
    opened = []
    for one in people:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE vault_sealedfield SET sealed = set_byte(sealed, 14, "
                "get_byte(sealed, 14) # 1) WHERE field = %s AND key_id = "
                "(SELECT id FROM vault_datakey WHERE subject = %s)",
                [PHONE, one.subject],
            )
            try:
                open_fields(one.subject, [PHONE], actor=SYSTEM_ACTOR, reason="x", at=utc_now())
                opened.append(one.subject)
            except SealBroken:
                pass
            transaction.set_rollback(True)
    return opened


def _in_memory(name: str) -> dict[str, float]:
    suite = suite_named(name)
    key, place, plain = new_key(suite), bound_to("a", "b", "c"), b"13800001234"
    began = time.process_time()
    for _ in range(ROUNDS):
        sealed = suite.seal(key, plain, bound=place)
    middle = time.process_time()
    for _ in range(ROUNDS):
        suite.open(key, sealed, bound=place)
    ended = time.process_time()
    return {
        "seal_us": round((middle - began) / ROUNDS * 1e6, 2),
        "open_us": round((ended - middle) / ROUNDS * 1e6, 2),
    }


def _bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'vault'::regnamespace"
        )
        return int(cursor.fetchone()[0])
