"""Addresses of the report pages."""

from django.urls import path

from juluo.domains.reporting.views import actions, giving, plan_document, reports, writing

app_name = "reporting"
_REPORT = "console/reports/<int:report_id>/"
urlpatterns = [
    path("console/reports/", reports.report_list, name="list"),
    path("console/reports/new/", reports.new_report, name="new"),
    path("console/reports/schedules/", giving.schedules, name="schedules"),
    path(
        "console/reports/schedules/<int:schedule_id>/end/",
        giving.end_schedule,
        name="end_schedule",
    ),
    path(_REPORT, reports.report, name="report"),
    path(f"{_REPORT}anew/", reports.make_anew, name="make_anew"),
    path(f"{_REPORT}submit/", reports.submit, name="submit"),
    path(f"{_REPORT}decide/", reports.decide, name="decide"),
    path(f"{_REPORT}issue/", reports.issue, name="issue"),
    path(f"{_REPORT}discard/", reports.drop, name="drop"),
    path(f"{_REPORT}notes/", writing.write_note, name="write_note"),
    path(
        "console/reports/notes/<int:report_note_id>/remove/",
        writing.remove_note,
        name="remove_note",
    ),
    path(f"{_REPORT}remarks/", writing.comments, name="comments"),
    path("console/reports/remarks/<int:remark_id>/settle/", writing.settle, name="settle"),
    path(f"{_REPORT}actions/", actions.report_actions, name="report_actions"),
    path(f"{_REPORT}files/", giving.files, name="files"),
    path("console/reports/files/<int:file_id>/", giving.download, name="download"),
    path(f"{_REPORT}share/", giving.share, name="share"),
    path("console/reports/links/<int:share_id>/end/", giving.end_share, name="end_share"),
    path(f"{_REPORT}mail/", giving.mail, name="mail"),
    path(f"{_REPORT}since/", giving.since, name="since"),
    path("r/<str:secret>/", giving.shared, name="shared"),
    path("console/improvement/", actions.action_list, name="actions"),
    path("console/improvement/<int:action_id>/", actions.action, name="action"),
    path("console/improvement/<int:action_id>/withdraw/", actions.withdraw, name="withdraw"),
    path(
        "console/plans/<int:plan_id>/document/",
        plan_document.plan_document,
        name="plan_document",
    ),
    path(
        "console/plans/<int:plan_id>/document/file/",
        plan_document.plan_document_file,
        name="plan_document_file",
    ),
]
