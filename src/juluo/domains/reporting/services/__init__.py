"""Everything that changes reports, one module for each subject."""

from juluo.domains.reporting.services.actions import (
    change_action,
    decide_action,
    promise_action,
    withdraw_action,
)
from juluo.domains.reporting.services.checking import ask_for_check, check_again
from juluo.domains.reporting.services.composing import (
    AlreadyBegun,
    begin_report,
    compose,
    make_anew,
)
from juluo.domains.reporting.services.deciding import (
    NotThatFar,
    SecondPersonNeeded,
    drop_report,
    issue_report,
    return_report,
    sign_report,
    submit_report,
)
from juluo.domains.reporting.services.files import ask_for_file, make_file, report_folder, take_file
from juluo.domains.reporting.services.schedules import (
    end_schedule,
    make_due_reports,
    schedule_reports,
)
from juluo.domains.reporting.services.sharing import (
    end_share,
    mail_report,
    open_share,
    share_report,
)
from juluo.domains.reporting.services.writing import (
    UnknownSection,
    comment_on_report,
    remove_note,
    settle_comment,
    write_note,
)

__all__ = [
    "AlreadyBegun",
    "NotThatFar",
    "SecondPersonNeeded",
    "UnknownSection",
    "ask_for_check",
    "ask_for_file",
    "begin_report",
    "change_action",
    "check_again",
    "comment_on_report",
    "compose",
    "decide_action",
    "drop_report",
    "end_schedule",
    "end_share",
    "issue_report",
    "mail_report",
    "make_anew",
    "make_due_reports",
    "make_file",
    "open_share",
    "promise_action",
    "remove_note",
    "report_folder",
    "return_report",
    "schedule_reports",
    "settle_comment",
    "share_report",
    "sign_report",
    "submit_report",
    "take_file",
    "withdraw_action",
    "write_note",
]
