"""Addresses of the inbox."""

from django.urls import path

from juluo.domains.notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.mark_all_read, name="mark_all_read"),
    path("inbox/mail/", views.mail, name="mail"),
    path("inbox/preferences/", views.preferences, name="preferences"),
    path("inbox/mute/", views.mute, name="mute"),
    path("inbox/stop/<str:token>/", views.stop, name="stop"),
    path("console/outbox/", views.outbox, name="outbox"),
    path("inbox/<int:notification_id>/", views.open_one, name="open"),
]
