"""Addresses of signing in at the identity provider; included by the sign-in package."""

from django.urls import path

from linli.adapters.oidc import views

urlpatterns = [
    path("oidc/login/", views.login, name="oidc_login"),
    path("oidc/login/callback/", views.callback, name="oidc_callback"),
]
