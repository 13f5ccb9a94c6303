"""What dimensions, their values, reasons and weaknesses of a diagnosis are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

DIMENSIONS: dict[str, str | Promise] = {
    "space": gettext_lazy("Space"),
    "source": gettext_lazy("Source"),
    "kind": gettext_lazy("Kind of content"),
    "language": gettext_lazy("Language"),
    "cohort": gettext_lazy("First month"),
    "tenure": gettext_lazy("Time since the first activity"),
    "band": gettext_lazy("Contributions in the four weeks before"),
    "channel": gettext_lazy("Channel of arrival"),
}
# What a slice is called by these values of its dimensions, where the table's short word is not
# enough by itself.
SLICES: dict[tuple[str, str], str | Promise] = {
    ("tenure", "new"): gettext_lazy("newcomers of the last four weeks"),
    ("tenure", "3 months"): gettext_lazy("members of one to three months"),
    ("tenure", "year"): gettext_lazy("members of three months to a year"),
    ("tenure", "older"): gettext_lazy("members of more than a year"),
    ("band", "0"): gettext_lazy("members silent in the four weeks before"),
    ("band", "1"): gettext_lazy("members with 1 contribution in the four weeks before"),
    ("band", "2-4"): gettext_lazy("members with 2–4 contributions in the four weeks before"),
    ("band", "5-19"): gettext_lazy("members with 5–19 contributions in the four weeks before"),
    ("band", "20+"): gettext_lazy("members with 20 or more contributions in the four weeks before"),
}
# What the values of a dimension are called; spaces by their names, others as they are.
VALUES: dict[tuple[str, str], str | Promise] = {
    ("tenure", "new"): gettext_lazy("up to four weeks"),
    ("tenure", "3 months"): gettext_lazy("one to three months"),
    ("tenure", "year"): gettext_lazy("three months to a year"),
    ("tenure", "older"): gettext_lazy("more than a year"),
    ("band", "0"): pgettext_lazy("contributions", "none"),
    ("band", "2-4"): "2–4",
    ("band", "5-19"): "5–19",
    ("band", "20+"): pgettext_lazy("contributions", "20 or more"),
    ("kind", "posts"): gettext_lazy("posts"),
    ("kind", "questions"): gettext_lazy("questions"),
    ("kind", "answers"): gettext_lazy("answers"),
    ("kind", "comments"): gettext_lazy("comments"),
    ("kind", "messages"): gettext_lazy("chat messages"),
    ("language", "zh"): gettext_lazy("Chinese"),
    ("language", "en"): gettext_lazy("English"),
    ("source", "native"): gettext_lazy("this site"),
}
REASONS: dict[str, str | Promise] = {
    "began_then": gettext_lazy("began when the change did"),
    "ended_then": gettext_lazy("ended when the change began"),
    "during_the_window": gettext_lazy("lies in these days"),
    "other_metric": gettext_lazy("concerns another figure"),
    "other_place": gettext_lazy("concerns another place"),
    "too_early": gettext_lazy("came too early"),
    "too_late": gettext_lazy("came too late"),
    "wrong_way": gettext_lazy("would move the figure the other way"),
    "all_days_alike": gettext_lazy("changed the count of all days alike, before and after"),
}
WEAKNESSES: dict[str, str | Promise] = {
    "barely_clear": gettext_lazy("It stands out only a little from what quiet times show."),
    "no_change_point": gettext_lazy("No day can be named on which it began."),
    "short_history": gettext_lazy("There is little history to compare with."),
    "total_is_usual": gettext_lazy("The figure as a whole is not out of the ordinary."),
}
WHATS: dict[str, str | Promise] = {
    "days_missing": gettext_lazy("Days without data"),
    "new_bots": gettext_lazy("New bots"),
    "definition_changed": gettext_lazy("New definition"),
    "test_accounts": gettext_lazy("Test accounts"),
    "import": gettext_lazy("Data"),
    "outage": gettext_lazy("Outage"),
    "rules_changed": gettext_lazy("Change of rules"),
    "campaign": gettext_lazy("Campaign"),
    "activity": gettext_lazy("Activity"),
    "space_opened": gettext_lazy("New space"),
    "other": gettext_lazy("Note"),
}
