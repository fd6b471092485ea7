"""Keys of purposes at work: digests that cannot be guessed at, and secrets of other tables.

Serves: X02.
"""

from collections.abc import Callable
from datetime import datetime

from linli.domain.vault.rules.places import place_of_secret
from linli.domain.vault.rules.secrets import read_back, written
from linli.domain.vault.services.keys import purpose_key
from linli.kernel.crypto import SealBroken


def digester(purpose: str, *, at: datetime) -> Callable[[str], str]:
    """Return what makes keyed digests for a purpose, 64 hexadecimal signs each.

    Whoever has the tables and not the key cannot try out what was digested. Records nothing.
    Raises PurposeUnknown, KeyMissing.
    """
    secret = purpose_key(purpose, at=at)
    return lambda text: secret.suite.mac(secret.key, text.encode()).hex()


def seal_secret(purpose: str, text: str, *, at: datetime) -> str:
    """Seal a secret that lies in another table, as text. Records nothing.

    Raises PurposeUnknown, KeyMissing, KeyChanged.
    """
    secret = purpose_key(purpose, at=at)
    sealed = secret.suite.seal(secret.key, text.encode(), bound=place_of_secret(purpose))
    return written(secret.suite.name, sealed)


def open_secret(purpose: str, text: str, *, at: datetime) -> str:
    """Return a secret that `seal_secret` sealed. Records nothing. Raises SealBroken, KeyMissing."""
    secret = purpose_key(purpose, at=at)
    suite, sealed = read_back(text)
    if suite != secret.suite.name:
        raise SealBroken
    return secret.suite.open(secret.key, sealed, bound=place_of_secret(purpose)).decode()
