"""Addresses that belong to no single face."""

from django.urls import include, path

from linli.web.ui import views

urlpatterns = [
    path("-/patterns", views.patterns, name="patterns"),
    path("-/patterns/areas.json", views.patterns_map, name="patterns-map"),
    path("-/healthz", views.healthz, name="healthz"),
    path("-/i18n/", include("django.conf.urls.i18n")),
]
