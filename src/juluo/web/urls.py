"""Addresses of pages made of several domains."""

from django.urls import path

from juluo.web import (
    background,
    cohorts,
    community_settings,
    comparison,
    components,
    evidence,
    explorer,
    feed,
    funnels,
    home,
    kept,
    movements,
    steering,
    views,
    waiting,
    why,
)

app_name = "web"
urlpatterns = [
    path("console/", home.home, name="home"),
    path("console/steer/", steering.steer, name="steer"),
    path("console/steer/review/", steering.review, name="week_review"),
    path("console/explorer/", explorer.explorer, name="explorer"),
    path("console/explorer/cohorts/", cohorts.cohorts, name="cohorts"),
    path("console/explorer/cohorts/members/", cohorts.cohort_members, name="cohort_members"),
    path("console/explorer/funnels/", funnels.funnels, name="funnels"),
    path("console/explorer/funnels/members/", funnels.funnel_members, name="funnel_members"),
    path("console/explorer/movement/", movements.movement, name="movement"),
    path("console/explorer/movement/members/", movements.movement_members, name="movement_members"),
    path("console/explorer/compare/", comparison.compare, name="compare"),
    path("console/why/", why.why, name="why"),
    path("console/metrics/", explorer.catalog, name="catalog"),
    path("console/explorer/records/", evidence.records, name="records"),
    path("console/explorer/records/csv/", evidence.export, name="export_records"),
    path("console/evidence/", kept.kept_list, name="kept_list"),
    path("console/evidence/keep/", kept.keep, name="keep"),
    path("console/evidence/<slug:figure_key>/", kept.kept, name="kept"),
    path("console/background/", background.background, name="background"),
    path("console/background/jobs/<int:job_id>/retry/", background.retry_job, name="retry_job"),
    path(
        "console/background/deliveries/<int:delivery_id>/retry/",
        background.retry_delivery,
        name="retry_delivery",
    ),
    path("console/settings/", community_settings.settings, name="settings"),
    path("console/settings/logo/", community_settings.logo, name="logo"),
    path("console/members/<int:member_id>/", views.member, name="member"),
    path("console/components/", components.components, name="components"),
    path("feed/", feed.feed, name="feed"),
    path("feed/waiting/", waiting.waiting, name="waiting"),
    path("spaces/", views.spaces, name="spaces"),
    path("spaces/<int:space_id>/", views.space, name="space"),
]
