"""Addresses of the pages."""

from django.urls import path

from juluo.domains.planning.views import (
    capacity,
    content,
    plan_placeholder,
    schedule,
    tasks,
    time,
    work,
)

app_name = "planning"
urlpatterns = [
    # Until the plans part brings its own.
    path("console/plans/<int:plan_id>/", plan_placeholder.plan, name="plan"),
    # Schedule
    path("console/plans/<int:plan_id>/schedule/", schedule.schedule, name="schedule"),
    path("console/plans/<int:plan_id>/phases/", schedule.make_phases, name="make_phases"),
    path("console/plans/<int:plan_id>/gantt/", time.gantt, name="gantt"),
    path(
        "console/plans/<int:plan_id>/milestones/new/",
        schedule.add_milestone,
        name="add_milestone",
    ),
    path("console/phases/<int:phase_id>/", schedule.phase, name="phase"),
    path("console/phases/<int:phase_id>/gate/", schedule.pass_gate, name="pass_gate"),
    path("console/phases/<int:phase_id>/criteria/", schedule.add_criterion, name="add_criterion"),
    path(
        "console/criteria/<int:criterion_id>/remove/",
        schedule.remove_criterion,
        name="remove_criterion",
    ),
    path(
        "console/criteria/<int:criterion_id>/state/",
        schedule.state_criterion,
        name="state_criterion",
    ),
    path("console/milestones/<int:milestone_id>/", schedule.change_milestone, name="milestone"),
    path(
        "console/milestones/<int:milestone_id>/reach/",
        schedule.reach_milestone,
        name="reach_milestone",
    ),
    path(
        "console/milestones/<int:milestone_id>/move/",
        schedule.move_milestone,
        name="move_milestone",
    ),
    path("console/tasks/new/", tasks.add_task, name="add_task"),
    path("console/tasks/<int:task_id>/", tasks.task, name="task"),
    path("console/tasks/<int:task_id>/edit/", tasks.change_task, name="change_task"),
    path("console/tasks/<int:task_id>/step/", tasks.step, name="step"),
    path("console/tasks/<int:task_id>/place/", tasks.place_task, name="place_task"),
    path("console/tasks/<int:task_id>/move/", tasks.move_task, name="move_task"),
    path("console/tasks/<int:task_id>/needs/", tasks.add_need, name="add_need"),
    path(
        "console/tasks/<int:task_id>/needs/<int:needs_id>/remove/",
        tasks.remove_need,
        name="remove_need",
    ),
    path("console/tasks/<int:task_id>/link/", tasks.link_task, name="link_task"),
    path("console/links/<int:link_id>/remove/", tasks.unlink_task, name="unlink_task"),
    path("console/calendar/", time.calendar, name="calendar"),
    path("console/work/", work.work, name="work"),
    path("console/work/feed/", work.show_feed, name="show_feed"),
    path("console/work/<str:token>.ics", work.feed, name="feed"),
    path("console/capacity/", capacity.capacity, name="capacity"),
    path("console/capacity/hours/", capacity.state_hours, name="state_hours"),
    path("console/capacity/absences/", capacity.add_absence, name="add_absence"),
    path(
        "console/capacity/absences/<int:absence_id>/remove/",
        capacity.remove_absence,
        name="remove_absence",
    ),
    path("console/plans/<int:plan_id>/content/", content.content, name="content"),
    path(
        "console/plans/<int:plan_id>/content/new/",
        content.add_content_line,
        name="add_content_line",
    ),
    path(
        "console/content/<int:line_id>/drop/", content.drop_content_line, name="drop_content_line"
    ),
]
