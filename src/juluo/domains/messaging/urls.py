"""Addresses of pages of chat groups."""

from django.urls import path

from juluo.domains.messaging import views

app_name = "messaging"
urlpatterns = [path("spaces/groups/<int:group_id>/", views.group, name="group")]
