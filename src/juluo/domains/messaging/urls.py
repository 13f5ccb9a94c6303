"""Addresses of pages of chat groups and private conversations."""

from django.urls import path

from juluo.domains.messaging.views import conversations, groups, membership

app_name = "messaging"
_GROUP = "spaces/groups/<int:group_id>/"
_MESSAGE = "spaces/messages/<int:message_id>/"
_TALK = "chats/with/<int:conversation_id>/"
urlpatterns = [
    path("chats/", membership.chats, name="chats"),
    path("chats/new/", membership.open_group, name="open_group"),
    path(_GROUP, groups.group, name="group"),
    path(f"{_GROUP}news/", groups.news, name="news"),
    path(f"{_GROUP}send/", groups.send, name="send"),
    path(f"{_GROUP}settings/", membership.settings, name="group_settings"),
    path(f"{_GROUP}members/", membership.members, name="group_members"),
    path(f"{_GROUP}members/decide/", membership.decide, name="decide"),
    path(f"{_GROUP}join/", membership.join, name="join"),
    path(f"{_GROUP}leave/", membership.leave, name="leave"),
    path(f"{_GROUP}mute/", membership.mute, name="mute"),
    path(_MESSAGE, groups.message, name="message"),
    path(f"{_MESSAGE}edit/", groups.edit, name="edit"),
    path(f"{_MESSAGE}delete/", groups.delete, name="delete"),
    path(f"{_MESSAGE}react/", groups.react, name="react"),
    path("chats/write/", conversations.write, name="write"),
    path("chats/privacy/", conversations.privacy, name="privacy"),
    path("chats/block/<int:member_id>/", conversations.block, name="block"),
    path("chats/unblock/<int:member_id>/", conversations.unblock, name="unblock"),
    path(_TALK, conversations.conversation, name="conversation"),
    path(f"{_TALK}news/", conversations.news, name="conversation_news"),
    path(f"{_TALK}send/", conversations.send, name="send_private"),
    path(f"{_TALK}mute/", conversations.mute, name="mute_private"),
    path(f"{_TALK}leave/", conversations.leave, name="leave_conversation"),
    path("chats/messages/<int:private_id>/edit/", conversations.edit, name="edit_private"),
    path("chats/messages/<int:private_id>/delete/", conversations.delete, name="delete_private"),
]
