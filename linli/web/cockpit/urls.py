"""Addresses of the cockpit."""

from django.urls import path

from linli.web.cockpit import areas, home

app_name = "cockpit"
urlpatterns = [
    path("", home.home_page, name="home"),
    path("areas.json", areas.areas_file, name="areas"),
]
