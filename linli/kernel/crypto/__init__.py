"""Seals, digests and signatures behind one narrow port, in two families of algorithms.

`intl` is AES-256-GCM, SHA-256, HMAC-SHA-256 and Ed25519; `gm` is SM4-GCM, SM3, HMAC-SM3 and SM2,
the commercial algorithms of GB/T 32907, 32905 and 32918.

Serves: X04.
"""

from linli.kernel.crypto.gm import GM
from linli.kernel.crypto.intl import INTL
from linli.kernel.crypto.signing import Ed25519Signer, Signer, Sm2Signer, verifies
from linli.kernel.crypto.suite import SealBroken, Suite, bound_to, derived_key, new_key
from linli.kernel.errors import Rejected

SUITES: dict[str, Suite] = {suite.name: suite for suite in (INTL, GM)}

__all__ = [
    "GM",
    "INTL",
    "SUITES",
    "Ed25519Signer",
    "SealBroken",
    "Signer",
    "Sm2Signer",
    "Suite",
    "bound_to",
    "derived_key",
    "new_key",
    "suite_named",
    "verifies",
]


def suite_named(name: str) -> Suite:
    """Return the family of algorithms of a name. Raises Rejected where there is none."""
    if name not in SUITES:
        raise Rejected(
            f"没有名为“{name}”的密码算法组。可选：{'、'.join(SUITES)}。",
            f"There is no family of algorithms called {name}. There are: {', '.join(SUITES)}.",
            field="suite",
        )
    return SUITES[name]
