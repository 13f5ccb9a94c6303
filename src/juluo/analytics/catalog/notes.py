"""What the note keys of metrics and answers say to a reader."""

from juluo.analytics.definition import Text

NOTES: dict[str, Text] = {
    "edge_points_partial": Text(
        "The window begins or ends inside a week or month, so the first or last point is partial.",
        "窗口的起止不在周或月的边界上，首个或末个时段不完整。",
    ),
    "last_points_unfinished": Text(
        "The last points have not wholly passed yet.",
        "最后的时段尚未结束。",
    ),
    "window_before_is_full_grain": Text(
        "Each point is compared with the full day, week, month or window just before it.",
        "每个时段与紧邻其前的完整日、周、月或等长窗口比较。",
    ),
    "open_windows_left_out": Text(
        "Only those whose wait has passed are counted; the open ones are shown apart.",
        "只计等待期已满者；尚未期满的另行列出。",
    ),
    "late_replies_count_as_none": Text(
        "A reply after more than 7 days counts as none, so that a settled figure stays as it is.",
        "超过 7 天的回复视为未回复，因此已定的数值不再变动。",
    ),
    "deleted_still_counts": Text(
        "Content that was deleted later still happened and counts.",
        "事后删除的内容仍然计入。",
    ),
    "undated_reactions_stand_at_their_message": Text(
        "Where a source gives reactions no time, the time of their message stands in.",
        "来源未记录互动时间时，以所针对内容的时间代替。",
    ),
    "not_recorded": Text(
        "The source does not record what this figure needs.",
        "来源未记录该数值所需的信息。",
    ),
}
