"""Going to the identity provider, and coming back."""

import logging
from typing import cast
from urllib.parse import urlsplit

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from linli.adapters.oidc.tokens import Claims, Expected, TokenRefused, verified_claims
from linli.kernel.egress import EgressError

log = logging.getLogger("linli.oidc")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
State = dict[str, object]


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Talks to the provider; believes an ID token only after checking it whole."""

    state: State

    @property
    def openid_config(self) -> dict[str, object]:
        """What the provider says of itself, refused where it names another issuer or plain http."""
        said = cast(dict[str, object], super().openid_config)
        if said.get("issuer") != settings.LINLI_OIDC_ISSUER:
            raise OAuth2Error("the provider calls itself by another name than configured")
        for name in ENDPOINTS:
            scheme = urlsplit(str(said.get(name, ""))).scheme
            if scheme != "https" and (settings.IS_PRODUCTION or scheme != "http"):
                raise OAuth2Error(f"{name} of the provider is no https address")
        return said

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the address that the provider sends people back to."""
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: object, **kwargs: dict[str, object]
    ) -> object:
        """Return the sign-in that a checked ID token stands for."""
        sent = kwargs["response"].get("id_token")
        if not isinstance(sent, str):
            raise OAuth2Error("the provider sent no ID token")
        named = request.GET.get("iss", settings.LINLI_OIDC_ISSUER)
        if named != settings.LINLI_OIDC_ISSUER:
            raise OAuth2Error("the answer names another issuer")
        expected = Expected(
            settings.LINLI_OIDC_ISSUER, app.client_id, str(self.state.get("nonce") or "")
        )
        try:
            claims = verified_claims(sent, keys=self._keys(), expected=expected)
        except TokenRefused as error:
            raise OAuth2Error(f"ID token refused: {error}") from error
        request.oidc_claims = claims  # type: ignore[attr-defined]  # for `linking`
        return self.get_provider().sociallogin_from_response(request, {"id_token": dict(claims)})

    def _keys(self) -> Claims:
        with get_adapter().get_requests_session() as session:
            answer = session.get(str(self.openid_config["jwks_uri"]))
            answer.raise_for_status()
            keys = answer.json()
        return cast(Claims, keys) if isinstance(keys, dict) else {}


class StrictCallbackView(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """Keeps the state of the sign-in at hand: it holds the nonce."""

    def _get_state(
        self, request: HttpRequest, provider: object
    ) -> tuple[State | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, response


class LoginView(OAuth2LoginView):  # type: ignore[misc]  # allauth has no types
    """Starts a sign-in; only a POST does, and only to a page of this site."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse to be sent on to another site afterwards."""
        target = request.GET.get("next", "")
        if target and not url_has_allowed_host_and_scheme(target, {request.get_host()}):
            raise Http404
        try:
            answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        except (OAuth2Error, EgressError, ValueError) as error:
            log.warning("the identity provider cannot be used: %s", error)
            return cast(HttpResponse, get_adapter().unreachable(request))
        return answer


@login_not_required  # type: ignore[untyped-decorator]  # allauth has no types
def login(request: HttpRequest) -> HttpResponse:
    """Go to the identity provider."""
    return _answer(LoginView, request)


@login_not_required  # type: ignore[untyped-decorator]  # allauth has no types
def callback(request: HttpRequest) -> HttpResponse:
    """Come back from the identity provider."""
    return _answer(StrictCallbackView, request)


def _answer(view: type[LoginView] | type[StrictCallbackView], request: HttpRequest) -> HttpResponse:
    if not settings.LINLI_OIDC_ISSUER:
        raise Http404
    return cast(HttpResponse, view.adapter_view(StrictAdapter(request, "oidc"))(request))
