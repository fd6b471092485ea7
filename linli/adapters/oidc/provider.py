"""The identity provider as the sign-in package sees it."""

import secrets

from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.adapters.oidc.views import StrictAdapter

LONGEST = 191


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """OpenID Connect with PKCE, state and nonce, for signing in and nothing else."""

    id = "oidc"
    name = "OpenID Connect"
    oauth2_adapter_class = StrictAdapter
    pkce_enabled_default = True
    supports_token_authentication = False

    def get_login_url(self, request: HttpRequest, **kwargs: str) -> str:
        """Return where the sign-in starts."""
        return reverse("oidc_login")

    def get_callback_url(self) -> str:
        """Return where the provider sends people back to."""
        return reverse("oidc_callback")

    def get_default_scope(self) -> list[str]:
        """Ask for no more than who it is."""
        return ["openid", "profile"]

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **kwargs: object,
    ) -> HttpResponse:
        """Send the visitor to the provider; the calling address cannot change what is asked."""
        nonce = secrets.token_urlsafe(32)
        answer: HttpResponse = super().redirect(
            request,
            AuthProcess.LOGIN,
            next_url,
            data,
            auth_params={"nonce": nonce},
            scope=self.get_scope(),
            nonce=nonce,
        )
        return answer

    def extract_uid(self, data: dict[str, dict[str, object]]) -> str:
        """Name the subject with its issuer: another provider's same number is somebody else."""
        claims = data["id_token"]
        uid = f"{claims['iss']}#{claims['sub']}"
        if len(uid) > LONGEST:
            raise ValueError("issuer and subject are too long to be kept")
        return uid

    def extract_extra_data(self, data: dict[str, dict[str, object]]) -> dict[str, object]:
        """Keep nothing of what the provider tells about the person."""
        return {}

    def extract_email_addresses(self, data: object) -> list[object]:
        """Take no addresses: they prove nothing here."""
        return []


provider_classes = [StrictProvider]
