"""Addresses of the report pages."""

from django.urls import path

from juluo.domains.reporting import views

app_name = "reporting"
urlpatterns = [
    path("console/reports/", views.reports, name="list"),
    path("console/reports/<int:report_id>/file/", views.download, name="download"),
]
