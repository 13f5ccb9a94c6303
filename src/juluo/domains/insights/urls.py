"""Addresses of the insights pages."""

from django.urls import path

from juluo.domains.insights import views

app_name = "insights"
urlpatterns = [
    path("console/explorer/", views.explorer, name="explorer"),
    path("console/metrics/", views.catalog, name="catalog"),
]
