"""Addresses that belong to no single face."""

from django.urls import include, path

from linli.web.ui import sessions, views

urlpatterns = [
    path("-/patterns", views.patterns, name="patterns"),
    path("-/patterns/areas.json", views.patterns_map, name="patterns-map"),
    path("-/healthz", views.healthz, name="healthz"),
    path("accounts/sessions/<int:number>/end/", sessions.end_session, name="session-end"),
    path("accounts/notices/", sessions.account_notices, name="account-notices"),
    path("accounts/password/reset/", sessions.absent),
    path("accounts/email/", sessions.absent),
    path("accounts/3rdparty/", sessions.absent),
    path("accounts/3rdparty/signup/", sessions.absent),
    path("-/i18n/", include("django.conf.urls.i18n")),
]
