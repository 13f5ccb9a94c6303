"""Addresses of the report pages."""

from django.urls import path

from juluo.domains.reporting import views

app_name = "reporting"
urlpatterns = [
    path("console/reports/", views.reports, name="list"),
    path("console/plans/<int:plan_id>/document/", views.plan_document, name="plan_document"),
    path(
        "console/plans/<int:plan_id>/document/file/",
        views.plan_document_file,
        name="plan_document_file",
    ),
    path("console/reports/<int:report_id>/file/", views.download, name="download"),
]
