"""A link by which an account's holder sets a password, once.

The link dies when it is used, when the password changes otherwise, and after a day
(PASSWORD_RESET_TIMEOUT). It sets a password and nothing else: the second step stays.

Serves: R109.
"""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from linli.domain.access.selectors import Actor, User
from linli.domain.access.services import note_link


def password_link(user: User, *, actor: Actor, at: datetime) -> str:
    """Make the link's address on this site, and write down that it was handed out."""
    note_link(user, actor=actor, at=at)
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
