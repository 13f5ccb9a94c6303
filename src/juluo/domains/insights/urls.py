"""Addresses of alerts and of the notes on the time axis."""

from django.urls import path

from juluo.domains.insights import views

app_name = "insights"
urlpatterns = [
    path("console/alerts/", views.alert_list, name="alerts"),
    path("console/alerts/new/", views.new_alert, name="new_alert"),
    path("console/alerts/<int:alert_id>/", views.alert, name="alert"),
    path("console/alerts/<int:alert_id>/change/", views.change, name="change_alert"),
    path("console/alerts/<int:alert_id>/mute/", views.mute, name="mute_alert"),
    path("console/alerts/<int:alert_id>/end/", views.end, name="end_alert"),
    path("console/episodes/<int:firing_id>/", views.decide, name="decide_episode"),
    path("console/annotations/", views.annotations, name="annotations"),
    path("console/annotations/<int:annotation_id>/", views.withdraw, name="withdraw_annotation"),
]
