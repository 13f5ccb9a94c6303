"""Addresses of pages of what is said in spaces."""

from django.urls import path, register_converter

from juluo.domains.discussions.views import (
    changing,
    following,
    marking,
    public,
    reading,
    spaces,
    tags,
    threads,
    writing,
)
from juluo.domains.discussions.views.shell import TagInAddress

register_converter(TagInAddress, "tag")

app_name = "discussions"
_SPACE = "spaces/<int:space_id>/"
_POST = "spaces/posts/<int:post_id>/"
_TALK = "spaces/talk/<slug:talk>/"
urlpatterns = [
    path("feed/following/", following.following, name="following"),
    path("feed/follow/", following.follow, name="follow"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<tag:tag>/", tags.tag, name="tag"),
    path("spaces/new/", spaces.new_space, name="new_space"),
    path("spaces/preview/", threads.preview, name="preview"),
    path("spaces/bookmarks/", threads.bookmarks, name="bookmarks"),
    path(f"{_SPACE}change/", spaces.change_space, name="change_space"),
    path(f"{_SPACE}archive/", spaces.archive_space, name="archive_space"),
    path(f"{_SPACE}join/", spaces.join_space, name="join_space"),
    path(f"{_SPACE}leave/", spaces.leave_space, name="leave_space"),
    path(f"{_SPACE}level/", spaces.space_level, name="space_level"),
    path(f"{_SPACE}members/", spaces.space_members, name="space_members"),
    path(f"{_SPACE}members/decide/", spaces.decide_member, name="decide_member"),
    path(f"{_SPACE}write/", writing.write, name="write"),
    path(_POST, threads.post, name="post"),
    path(f"{_POST}card.png", public.card, name="card"),
    path(f"{_POST}answer/", writing.answer, name="answer"),
    path(f"{_POST}new/", reading.first_new, name="first_new"),
    path(f"{_SPACE}read/", reading.mark_space_read, name="mark_space_read"),
    path(f"{_POST}bookmark/", threads.bookmark, name="bookmark"),
    path(f"{_POST}mark/", marking.mark, name="mark"),
    path("spaces/similar/", threads.similar, name="similar"),
    path(f"{_POST}duplicate/", marking.duplicate, name="duplicate"),
    path(f"{_POST}move/", marking.move, name="move"),
    path("spaces/answers/<int:answer_id>/accept/", marking.accept, name="accept"),
    path(_TALK, threads.talk, name="talk"),
    path(f"{_TALK}reply/", writing.reply, name="reply"),
    path(f"{_TALK}react/", marking.react, name="react"),
    path(f"{_TALK}edit/", changing.edit, name="edit"),
    path(f"{_TALK}history/", changing.history, name="history"),
    path(f"{_TALK}revert/", changing.revert, name="revert"),
    path(f"{_TALK}delete/", changing.delete, name="delete"),
    path(f"{_TALK}restore/", changing.restore, name="restore"),
]
