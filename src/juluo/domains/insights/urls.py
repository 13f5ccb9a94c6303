"""Addresses of dashboards, alerts and the notes on the time axis."""

from django.urls import path

from juluo.domains.insights import views

app_name = "insights"
urlpatterns = [
    path("console/dashboards/", views.dashboards.dashboard_list, name="dashboards"),
    path("console/dashboards/<int:dashboard_id>/", views.dashboards.dashboard, name="dashboard"),
    path(
        "console/dashboards/<int:dashboard_id>/edit/",
        views.dashboards.edit,
        name="edit_dashboard",
    ),
    path(
        "console/dashboards/<int:dashboard_id>/remove/",
        views.dashboards.remove,
        name="remove_dashboard",
    ),
    path(
        "console/dashboards/<int:dashboard_id>/cards/<int:card_id>/",
        views.dashboards.card,
        name="dashboard_card",
    ),
    path("console/views/new/", views.dashboards.new_view, name="new_view"),
    path("console/views/<int:view_id>/share/", views.dashboards.share_view, name="share_view"),
    path("console/views/<int:view_id>/remove/", views.dashboards.remove_view, name="remove_view"),
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
