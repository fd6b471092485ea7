"""Public verbs of access."""

from linli.domain.access.services.accounts import create_user, set_language
from linli.domain.access.services.permission import require, require_act, require_reach
from linli.domain.access.services.standing import (
    close_account,
    drop_second_steps,
    end_sessions,
    mark_account_notices_seen,
    note_link,
    note_linked,
    note_secured,
    note_sign_in,
    reopen_account,
)
from linli.domain.access.services.tokens import issue_token, revoke_token

__all__ = [
    "close_account",
    "create_user",
    "drop_second_steps",
    "end_sessions",
    "issue_token",
    "mark_account_notices_seen",
    "note_link",
    "note_linked",
    "note_secured",
    "note_sign_in",
    "reopen_account",
    "require",
    "require_act",
    "require_reach",
    "revoke_token",
    "set_language",
]
