"""Addresses of the API."""

from django.urls import path

from linli.api.root import api

urlpatterns = [path("", api.urls)]
