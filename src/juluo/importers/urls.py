"""Addresses of the pages about imports."""

from django.urls import path

from juluo.importers import views

app_name = "importers"
urlpatterns = [
    path("console/imports/", views.listing, name="list"),
    path("console/imports/new/", views.new, name="new"),
    path("console/imports/<int:run_id>/", views.run, name="run"),
    path("console/imports/<int:run_id>/progress/", views.progress, name="progress"),
]
