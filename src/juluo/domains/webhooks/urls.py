"""Addresses of webhooks in the console."""

from django.urls import path

from juluo.domains.webhooks import views

app_name = "webhooks"
_ONE = "console/webhooks/<int:endpoint_id>/"
urlpatterns = [
    path("console/webhooks/", views.webhooks, name="webhooks"),
    path(_ONE, views.webhook, name="webhook"),
    path(f"{_ONE}act/", views.act, name="act"),
    path(f"{_ONE}end/", views.end, name="end"),
]
