"""Addresses of the risk register."""

from django.urls import path

from juluo.domains.risks.views import register, risks, treating

app_name = "risks"
RISK = "console/risks/<int:risk_id>"
urlpatterns = [
    path("console/risks/", register.register, name="register"),
    path("console/risks/new/", risks.new_risk, name="new"),
    path("console/risks/calibration/", register.calibration, name="calibration"),
    path("console/risks/appetite/", register.appetite, name="appetite"),
    path("console/plans/<int:plan_id>/risks/", register.plan_risks, name="plan"),
    path(f"{RISK}/", risks.risk, name="risk"),
    path(f"{RISK}/change/", risks.change, name="change"),
    path(f"{RISK}/score/", risks.score, name="score"),
    path(f"{RISK}/review/", risks.review, name="review"),
    path(f"{RISK}/outcome/", risks.outcome, name="outcome"),
    path(f"{RISK}/reopen/", risks.reopen, name="reopen"),
    path(f"{RISK}/indicators/new/", treating.new_indicator, name="new_indicator"),
    path(f"{RISK}/responses/new/", treating.new_mitigation, name="new_mitigation"),
    path(
        "console/risks/indicators/<int:indicator_id>/end/",
        treating.end_indicator,
        name="end_indicator",
    ),
    path(
        "console/risks/responses/<int:mitigation_id>/start/",
        treating.start_mitigation,
        name="start_mitigation",
    ),
    path(
        "console/risks/responses/<int:mitigation_id>/drop/",
        treating.drop_mitigation,
        name="drop_mitigation",
    ),
    path(
        "console/risks/episodes/<int:episode_id>/answer/",
        treating.answer_proposal,
        name="answer_proposal",
    ),
]
