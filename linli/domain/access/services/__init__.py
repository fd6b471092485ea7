"""Public verbs of access."""

from linli.domain.access.services.accounts import create_user, set_language
from linli.domain.access.services.permission import require, require_act, require_reach
from linli.domain.access.services.tokens import issue_token, revoke_token

__all__ = [
    "create_user",
    "issue_token",
    "require",
    "require_act",
    "require_reach",
    "revoke_token",
    "set_language",
]
