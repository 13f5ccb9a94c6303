"""Addresses of pages of chat groups."""

from django.urls import path

from juluo.domains.messaging import views

app_name = "messaging"
urlpatterns = [
    path("spaces/groups/<int:group_id>/", views.group, name="group"),
    path("spaces/messages/<int:message_id>/", views.message, name="message"),
]
