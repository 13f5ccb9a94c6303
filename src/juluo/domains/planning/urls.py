"""Addresses of plans and what they hold."""

from django.urls import path

from juluo.domains.planning.views import goals, plans, strategies, surroundings, targets, versions

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
    path(f"{PLAN}/goals/", goals.goals, name="goals"),
    path(f"{PLAN}/goals/new/", goals.new_goal, name="new_goal"),
    path(f"{PLAN}/objectives/", goals.add_objective, name="add_objective"),
    path("console/objectives/<int:objective_id>/", goals.rename_objective, name="objective"),
    path(
        "console/objectives/<int:objective_id>/move/", goals.move_objective, name="move_objective"
    ),
    path("console/goals/<int:goal_id>/", goals.goal, name="goal"),
    path("console/goals/<int:goal_id>/owner/", goals.owner, name="goal_owner"),
    path("console/goals/<int:goal_id>/days/", goals.days, name="goal_days"),
    path("console/goals/<int:goal_id>/drop/", goals.drop, name="drop_goal"),
    path("console/goals/<int:goal_id>/targets/new/", targets.new_target, name="new_target"),
    path("console/targets/<int:target_id>/change/", targets.change_target, name="change_target"),
    path(f"{PLAN}/strategies/", strategies.strategies, name="strategies"),
    path(f"{PLAN}/strategies/new/", strategies.new_strategy, name="new_strategy"),
    path("console/strategies/<int:strategy_id>/", strategies.strategy, name="strategy"),
    path("console/strategies/<int:strategy_id>/change/", strategies.change, name="change_strategy"),
    path("console/strategies/<int:strategy_id>/effect/", strategies.effect, name="state_effect"),
    path("console/strategies/<int:strategy_id>/turn/", strategies.turn, name="turn_strategy"),
]
