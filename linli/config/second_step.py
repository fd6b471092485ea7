"""The forms of the second step, stricter than allauth's own.

Serves: R109.
"""

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as passkeys
from django.utils.translation import gettext as _

from linli.domain.organisations.selectors import actor_for, factor_for
from linli.kernel.clock import utc_now


class CodeForm(codes.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code of the second step: for posts that ask for a passkey, only a recovery code."""

    def clean_code(self) -> str:
        """Refuse a code that can be phished where a passkey is asked for and at hand."""
        code = str(super().clean_code())
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        asked = factor_for(actor_for(self.user, at=utc_now()).roles())
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and asked == "passkey" and Authenticator.Type.WEBAUTHN in kinds:
            self.add_error(
                "code", _("您的岗位须用通行密钥，验证码不够。请用通行密钥，或用备用码。")
            )
        return code


class _Careful:
    """What a device sends comes from outside: what cannot be read is wrong, no fault of ours.

    allauth looks into the answer before it has checked its shape.
    """

    def clean_credential(self) -> object:
        """Refuse what has not the shape of an answer."""
        return _read(super().clean_credential)  # type: ignore[misc]  # of the form beside


class PasskeyForm(_Careful, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]  # untyped
    """The second step by passkey."""


class AloneForm(_Careful, passkeys.LoginWebAuthnForm):  # type: ignore[misc]  # untyped
    """Signing in by passkey alone."""


class AgainForm(_Careful, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # untyped
    """Showing again by passkey who it is."""


class AddForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Enrolling a passkey."""

    def clean(self) -> object:
        """Refuse what has not the shape of an answer."""
        return _read(super().clean)


def _read(clean: Callable[[], object]) -> object:
    try:
        return clean()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise get_adapter().validation_error("incorrect_code") from error
