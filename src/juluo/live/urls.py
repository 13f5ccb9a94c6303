"""The address of the stream."""

from django.urls import path

from juluo.live import views

app_name = "live"
urlpatterns = [path("live/", views.stream, name="stream")]
