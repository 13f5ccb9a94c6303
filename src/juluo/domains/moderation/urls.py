"""Addresses of pages of flags, cases, decisions and claims."""

from django.urls import path

from juluo.domains.moderation.views import authors, claims, flagging, queue

app_name = "moderation"
_CASE = "console/moderation/cases/<int:case_id>/"
_CLAIM = "console/moderation/claims/<int:claim_id>/"
urlpatterns = [
    path("flag/<slug:talk>/", flagging.flag, name="flag"),
    path("console/moderation/", queue.queue, name="queue"),
    path("console/moderation/first-aid/", queue.first_aid, name="first_aid"),
    path(_CASE, queue.case, name="case"),
    path(f"{_CASE}take/", queue.take, name="take"),
    path(f"{_CASE}release/", queue.release, name="release"),
    path(f"{_CASE}decide/", queue.decide, name="decide"),
    path(f"{_CASE}withdraw/", queue.withdraw, name="withdraw"),
    path(f"{_CASE}objection/", queue.objection, name="objection"),
    path("decisions/<int:case_id>/", authors.decision, name="decision"),
    path("accounts/closed/", authors.closed, name="closed"),
    path("members/<int:person_id>/claim/", claims.claim_history, name="claim_history"),
    path("claims/<int:claim_id>/", claims.claim, name="claim"),
    path("claims/<int:claim_id>/drop/", claims.drop, name="drop_claim"),
    path("claims/<int:claim_id>/check/", claims.check, name="check_claim"),
    path("console/moderation/claims/", claims.claims, name="claims"),
    path(f"{_CLAIM}approve/", claims.approve, name="approve_claim"),
    path(f"{_CLAIM}decline/", claims.decline, name="decline_claim"),
    path(f"{_CLAIM}undo/", claims.undo, name="undo_claim"),
    path("console/moderation/people/<int:person_id>/", claims.give, name="give_history"),
]
