"""Sessions whose content lies sealed in the database.

What a resident has answered so far waits in the session, name and telephone number too. The key
comes from SECRET_KEY, which lies outside the database; with a new one everybody begins anew,
unless the former is among LINLI_OLD_SECRET_KEYS.

Serves: X02.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.serializers import JSONSerializer

from linli.kernel.crypto import SealBroken, bound_to, derived_key, suite_named

PLACE = bound_to("django_session", "session_data")


class SessionStore(DatabaseStore):
    """Keeps sessions as Django does, sealed."""

    def encode(self, session_dict: Mapping[str, object]) -> str:
        """Return the session as sealed text."""
        suite = suite_named(settings.LINLI_CRYPTO)
        plain = JSONSerializer().dumps(session_dict)
        return base64.b64encode(suite.seal(next(_keys()), plain, bound=PLACE)).decode()

    def decode(self, session_data: bytes | str) -> dict[str, object]:
        """Return what was sealed; empty where it does not open, so that one signs in anew."""
        suite = suite_named(settings.LINLI_CRYPTO)
        try:
            sealed = base64.b64decode(session_data, validate=True)
        except (binascii.Error, ValueError):
            return {}
        for key in _keys():
            try:
                opened: dict[str, object] = JSONSerializer().loads(
                    suite.open(key, sealed, bound=PLACE)
                )
            except SealBroken:
                continue
            return opened
        return {}


def _keys() -> Iterator[bytes]:
    suite = suite_named(settings.LINLI_CRYPTO)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield derived_key(suite, suite.digest(secret.encode()), "session")
