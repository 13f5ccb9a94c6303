"""Addresses of plans and what they hold."""

from django.urls import path

from juluo.domains.planning.views import plans, surroundings, versions

app_name = "planning"
PLAN = "console/plans/<int:plan_id>"
urlpatterns = [
    path("console/plans/", plans.plan_list, name="plans"),
    path("console/plans/new/", plans.new_plan, name="new_plan"),
    path(f"{PLAN}/", plans.plan, name="plan"),
    path(f"{PLAN}/frame/", plans.frame, name="frame"),
    path(f"{PLAN}/sections/<slug:section>/", plans.section, name="section"),
    path(f"{PLAN}/baseline/", plans.baseline, name="baseline"),
    path(f"{PLAN}/close/", plans.close, name="close_plan"),
    path(f"{PLAN}/reopen/", plans.reopen, name="reopen_plan"),
    path(f"{PLAN}/comments/", plans.comment, name="comment"),
    path(f"{PLAN}/comments/<int:comment_id>/", plans.resolve, name="resolve_comment"),
    path(f"{PLAN}/notes/", surroundings.attach, name="attach_notes"),
    path(f"{PLAN}/versions/", versions.versions, name="versions"),
    path(f"{PLAN}/submit/", versions.submit, name="submit_plan"),
    path(f"{PLAN}/changes/", versions.changes, name="changes"),
    path(f"{PLAN}/versions/<int:number>/", versions.version, name="version"),
    path(f"{PLAN}/versions/<int:number>/decide/", versions.decide, name="decide"),
    path("console/positioning/", surroundings.positioning, name="positioning"),
    path("console/watch/", surroundings.watch, name="watch"),
    path("console/watch/new/", surroundings.new_note, name="new_note"),
    path("console/watch/<int:note_id>/", surroundings.note, name="note"),
    path("console/watch/<int:note_id>/review/", surroundings.review, name="review_note"),
    path("console/watch/<int:note_id>/withdraw/", surroundings.withdraw, name="withdraw_note"),
]
