"""Addresses of the portal."""

from django.urls import path

from linli.web.portal import figures, looks, personal, reporting, tracking

app_name = "portal"
urlpatterns = [
    path("", reporting.start_page, name="start"),
    path("report/check/", reporting.check_page, name="check"),
    path("report/done/", reporting.done_page, name="done"),
    path("report/<slug:step>/", reporting.step_page, name="step"),
    path("track/", tracking.track_page, name="track"),
    path("track/rate/", tracking.rate_page, name="rate"),
    path("track/photo/", tracking.photo_page, name="photo"),
    path("track/looks/", looks.looks_page, name="looks"),
    path("track/data/", personal.own_page, name="own"),
    path("track/data/copy/", personal.copy_file, name="copy"),
    path("privacy/", personal.privacy_page, name="privacy"),
    path("figures/", figures.figures_page, name="figures"),
    path("figures/<int:number>/", figures.release_page, name="release"),
    path("figures/<int:number>/figures.csv", figures.release_file, name="release-file"),
]
