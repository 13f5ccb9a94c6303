"""Addresses of pages made of several domains."""

from django.urls import path

from juluo.web import components, views

app_name = "web"
urlpatterns = [
    path("console/", views.home, name="home"),
    path("console/members/<int:member_id>/", views.member, name="member"),
    path("console/components/", components.components, name="components"),
    path("spaces/", views.spaces, name="spaces"),
    path("spaces/<int:space_id>/", views.space, name="space"),
]
