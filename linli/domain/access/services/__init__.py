"""Public verbs of access."""

from linli.domain.access.services.accounts import create_user, set_language
from linli.domain.access.services.permission import require, require_act

__all__ = ["create_user", "require", "require_act", "set_language"]
