"""Which roles weigh more: the second step they need, and whether giving one takes two persons.

Serves: R109 R129.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from linli.domain.access.policy import Role

FILE = Path(__file__).parents[1] / "weights.yaml"
Factor = Literal["", "any", "passkey"]
ORDER: tuple[Factor, ...] = ("", "any", "passkey")
PASSKEY = "webauthn"
FACTORS = frozenset({PASSKEY, "totp"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weight(_Strict):
    """What a role asks for; see the head of `weights.yaml`."""

    factor: Factor = ""
    grant: Literal["", "two"] = ""


class Weights(_Strict):
    """The table whole."""

    roles: dict[Role, Weight]


def read_weights(text: str) -> Weights:
    """Read a table of weights. Raises ValueError for a role or word that does not exist."""
    return Weights.model_validate(yaml.safe_load(text))


WEIGHTS = read_weights(FILE.read_text(encoding="utf-8"))


def needs_two_persons(role: str) -> bool:
    """Whether giving a role takes a proposal and another person's decision.

    >>> needs_two_persons("auditor"), needs_two_persons("clerk")
    (True, False)
    """
    return any(name == role and weight.grant == "two" for name, weight in WEIGHTS.roles.items())


def factor_for(roles: Collection[str]) -> Factor:
    """Return the strongest second step that any of the roles asks for.

    >>> factor_for({"clerk", "admin"}), factor_for({"clerk"})
    ('passkey', '')
    """
    asked = [weight.factor for name, weight in WEIGHTS.roles.items() if name in roles]
    return max(asked, key=ORDER.index, default="")


def is_enough(held: Collection[str], asked: Factor) -> bool:
    """Whether kinds of second steps contain what is asked for.

    Parameters
    ----------
    held : kinds, of `webauthn`, `totp` and `recovery_codes`.
    asked : what `factor_for` returned.
    """
    if asked == "passkey":
        return PASSKEY in held
    return not asked or bool(FACTORS & set(held))
